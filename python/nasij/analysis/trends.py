"""Names over time, and what differs between periods and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from nasij import trends
from nasij.analysis.parts import Parts
from nasij.arguments import (
    check_count,
    check_min_count,
    check_number,
    check_share,
    check_types,
    check_unit,
    check_whole,
    one_of,
)
from nasij.errors import ArgumentError
from nasij.population import values_of
from nasij.trends.series import Counted

if TYPE_CHECKING:
    from collections.abc import Iterable


__all__ = ["Trends"]

_FREQUENCIES: Final = ("D", "W", "M", "Q", "Y")
_COMPARED: Final = ("entities", "pairs")


class Trends(Parts):
    """Series, bursts and comparisons."""

    def timeline(
        self,
        entities: str | Iterable[str | tuple[str, str]] | pd.DataFrame | None = None,
        freq: str = "M",
        unit: str | int = "sentence",
        count: str = "documents",
        smooth: int | None = None,
        level: float = 0.95,
    ) -> pd.DataFrame:
        """How often entities are mentioned over time, and what share that is.

        Args:
            entities: ids or names, as for `evidence`; pairs of them as tuples,
                ``[("بوتين", "شي جين بينغ")]``; a table with the column entity, or with a and b,
                such as rows of `cooccurrence`. None for all entities.
            freq: "D", "W" (Monday to Sunday), "M", "Q" or "Y" for day, week, month, quarter or
                year, in UTC.
            unit: as for `counts`: what a pair must share.
            count: as for `counts`: "documents" tells the share of a period's documents that
                mention the entity, "stories" that of its stories, "units" that of the units.
            smooth: also a smoothed rate, of the periods up to so many before and after, the
                nearer the more (kernel regression with tricube weights: Nadaraya 1964, Watson
                1964, Cleveland 1979). At both ends the window is cut off, and a rise looks flatter.
            level: of the intervals.

        Returns:
            One row a period and entity: period (a pandas Period), entity, name (of pairs a, b,
            a_name, b_name), mentions (not of pairs), docs (documents that mention it, or both in
            one unit); count and total (of what is counted), rate (count / total), rate_low and
            rate_high (Wilson 1927), and smoothed. Of entities that are named every period from
            the first document to the last has a row; if it has no documents, its total is 0 and
            its rate missing, not 0. Of all, only periods with a mention. Documents without a date
            are left out, and a warning says how many.

        Raises:
            ArgumentError: an unknown frequency, unit, count or entity; `smooth` without names.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"text": ["وصل بوتين.", "لا أحد.", "وصل بوتين."],
            ...                       "date": ["2024-01-03", "2024-01-09", "2024-03-02"]})
            >>> analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
            >>> analysis.timeline("بوتين")[["period", "count", "total", "rate"]]
                period  count  total  rate
            0  2024-01      1      2   0.5
            1  2024-02      0      0   NaN
            2  2024-03      1      1   1.0
        """
        if smooth is not None:
            smooth = check_whole("smooth", smooth, 1)
            if entities is None:
                msg = "smooth is for entities that are named: of all, rows without a mention lack"
                raise ArgumentError(msg)
        share = check_share("level", level, ends=False)
        items = trends.resolve(entities, self._find, len(self._codes))
        of = self._by_period(freq, unit, count)
        return trends.timeline_table(of, items, smooth, share, sparse=entities is None)

    def bursts(
        self,
        entities: str | Iterable[str | tuple[str, str]] | pd.DataFrame | None = None,
        freq: str = "D",
        s: float = 2.0,
        gamma: float = 1.0,
        levels: int = 1,
        min_count: int = 5,
        unit: str | int = "sentence",
        count: str = "stories",
    ) -> pd.DataFrame:
        """When entities or pairs were in the news more than usual (Kleinberg 2002).

        An automaton that is usually in state 0, where an entity has its share p of all that is
        counted in the whole time, and in a burst in state j, where it has p·s^j, explains the
        counts of the periods at the least cost; rising by one state costs gamma·ln n of n
        periods. Shares are of what each period holds, so a busy day is no burst.

        Args:
            entities: as for `timeline`.
            freq: as for `timeline`.
            s: how many times the usual share a burst has; over 1.
            gamma: how hard it is to call a burst; from 0.
            levels: how many states above the usual; bursts of level 2 lie within those of 1.
            min_count: only what has so many in all.
            unit: as for `counts`.
            count: as for `counts`. Copies of one report are one story, or it would be a burst.

        Returns:
            One row a burst, the heaviest first. Columns entity, name (of pairs a, b, a_name,
            b_name); start and end (the first and last period), level, weight (by how much it is
            likelier at this level than one lower: the difference of log likelihoods), count and
            total (in the burst), rate, and usual (the share in the whole time). Periods without
            documents tell nothing, and a burst may reach over them. What is in 1/s of everything
            or more has none. Documents without a date are left out, and a warning says how many.

        Raises:
            ArgumentError: an unknown frequency, unit, count or entity; s, gamma or levels out of
                their range.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"text": ["وصل بوتين."] * 4 + ["لا أحد."] * 6,
            ...                       "date": [f"2024-01-{day:02}" for day in
            ...                                (3, 3, 3, 4, 1, 2, 4, 5, 6, 7)]})
            >>> analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
            >>> found = analysis.bursts("بوتين", min_count=3, count="documents", gamma=0.5)
            >>> found[["entity", "start", "end", "count", "total"]].values.tolist()
            [['per:vladimir-putin', Period('2024-01-03', 'D'), Period('2024-01-03', 'D'), 3, 3]]
        """
        items = trends.resolve(entities, self._find, len(self._codes))
        least, most = check_min_count(min_count), check_whole("levels", levels, 1)
        of = self._by_period(freq, unit, count)
        return trends.bursts_table(
            of, items, check_number("s", s), check_number("gamma", gamma), most, least
        )

    def changes(
        self,
        before: object,
        after: object = None,
        what: str = "entities",
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 5,
        count: str = "stories",
        max_q: float | None = 0.05,
        level: float = 0.95,
        examples: int = 1,
    ) -> pd.DataFrame:
        """Who, or which pairs, the news spoke of more or less than before.

        Args:
            before: a period: "2023-05", "2023", "2023-05-17", a pandas Period, or the two dates
                from and to which it goes, ``("2023-05-01", "2023-07-15")``, both within it. With
                nothing as `after`, a date: what is earlier is held against the rest.
            after: another period; the two may not overlap, but need not meet.
            what: "entities" or "pairs".
            unit: as for `counts`.
            types: as for `counts`.
            min_count: only what is in at least so many on both sides together; how they are
                shared out plays no part in what is tested.
            count: as for `counts`. Sentences of one article, and copies of one report, are not
                independent: with "units" p is far too small.
            max_q: only rows with at most this q; None for all that was tested.
            level: of the intervals.
            examples: how many sentences (for pairs, units) of each side to show, of different
                stories or whatever is counted; 0 for none.

        Returns:
            One row an entity or pair, what changed most first: by the end of the ratio's
            interval nearest to 1. Columns entity, name, type (of pairs a, b, a_name, b_name,
            a_type, b_type); before_count, before_total, before_rate, and the same of after; ratio
            (of the rates, after to before; infinite where there was nothing before), ratio_low
            and ratio_high (Koopman 1984); log_odds and z (log odds ratio drawn towards 0 by a
            prior, and its standard score: Monroe, Colaresi and Quinn 2008); p (Fisher's exact
            test, two-sided), q (Benjamini and Hochberg 1995, of all ``attrs["tests"]`` tested);
            before_days (of the calendar: ten stories of one day are one event), before_evidence
            and before_texts (lists of the units shown: ``doc#sentence``, and what they say), and
            the same of after.
            Documents without a date are left out, and a warning says how many.

        Raises:
            ArgumentError: a period that is none, has no documents or overlaps the other; an
                unknown argument.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"text": ["وصل بوتين."] * 8 + ["وصل لافروف."] * 8,
            ...                       "date": ["2023-05-02"] * 8 + ["2023-06-02"] * 8})
            >>> analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
            >>> changed = analysis.changes("2023-05", "2023-06", count="documents")
            >>> changed[["entity", "before_count", "after_count"]].values.tolist()
            [['per:sergei-lavrov', 0, 8], ['per:vladimir-putin', 8, 0]]
        """
        one, other = trends.changed(self._documents, before, after)
        of = self._compared(what, unit, types, min_count, count, max_q, level, examples)
        table = trends.compare(of, [(other, one)], ("after_", "before_"), second_first=True)
        table.attrs |= {"before": one.label, "after": other.label}
        return table.drop(columns="couple")

    def contrast(
        self,
        by: str = "source",
        a: object = None,
        b: object = None,
        what: str = "entities",
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 5,
        count: str = "stories",
        max_q: float | None = 0.05,
        level: float = 0.95,
        examples: int = 1,
    ) -> pd.DataFrame:
        """Who, or which pairs, one source speaks of more or less than the others.

        Args:
            by: as for `cooccurrence`: "source", another column of `documents`, or a period.
            a: one value of it; None for each.
            b: another, against which `a` is held; None for all others together.
            what: "entities" or "pairs".
            unit: as for `counts`.
            types: as for `counts`.
            min_count: as for `changes`.
            count: as for `changes`. A story that both sides have counts on both.
            max_q: as for `changes`.
            level: of the intervals.
            examples: as for `changes`.

        Returns:
            One row a value and entity or pair, as of `changes`: the column `by`; entity, name,
            type (of pairs a, b, ...); count, total and rate (of the value), other_count,
            other_total and other_rate; ratio (of the value's rate to the other), ratio_low,
            ratio_high, log_odds, z, p and q (of all rows tested, of all values).

        Raises:
            ArgumentError: an unknown column, value or other argument; a column of one value.
        """
        couples = trends.contrasted(self._documents, by, a, b)
        of = self._compared(what, unit, types, min_count, count, max_q, level, examples)
        table = trends.compare(of, couples, ("", "other_"))
        labels = [one.label for one, _ in couples]
        couple = table.pop("couple")
        table.insert(0, by, [labels[place] for place in couple], allow_duplicates=True)
        values, _ = pd.factorize(values_of(self._documents, by))
        found = trends.spread(of, table, values.astype(np.int32))
        table.insert(list(table.columns).index("days"), "spread", found)
        table.attrs["other"] = couples[0][1].label
        return table

    def _by_period(self, freq: str, unit: str | int, count: str) -> Counted:
        one_of("freq", freq, _FREQUENCIES)
        groups = self._groups(check_count(count))
        return Counted(self._documents, self._extraction, freq, check_unit(unit), groups)

    def _compared(
        self,
        what: str,
        unit: str | int,
        types: str | Iterable[str] | None,
        min_count: int,
        count: str,
        max_q: float | None,
        level: float,
        examples: int,
    ) -> trends.Compared:
        return trends.Compared(
            self._documents,
            self._extraction,
            one_of("what", what, _COMPARED) == "pairs",
            check_unit(unit),
            self._mask(check_types(types)),
            check_count(count),
            self._groups(count),
            check_min_count(min_count),
            None if max_q is None else check_share("max_q", max_q),
            check_share("level", level, ends=False),
            check_whole("examples", examples, 0),
        )
