"""The texts behind the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij.analysis.parts import Parts
from nasij.arguments import check_count, check_types, check_unit, check_whole, one_of
from nasij.concordance import (
    SORTS,
    WITHIN,
    Concordance,
    concordance_table,
    ordered,
    spelled,
)
from nasij.errors import ArgumentError
from nasij.evidence import Evidence, evidence_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nasij.roles import Holder

__all__ = ["Reading"]


class Reading(Parts):
    """Evidence and concordance."""

    def evidence(
        self,
        a: str,
        b: str | None = None,
        unit: str | int = "sentence",
        role: str | None = None,
        holder: Holder = None,
        types: str | Iterable[str] | None = None,
        count: str = "units",
    ) -> Evidence:
        """The units behind a count: exactly those in which `a`, or `a` and `b`, were counted.

        Args:
            a: an entity: its id, Arabic or English name, a spelling seen in the texts, or one
                that the lexicon lists for it (an alias or a short form).
            b: another one; None for the units of `a` alone.
            unit: as for `counts`.
            role: only where `a` is called so; a role of the table `roles`.
            holder: with `role`, only of this country or body, by its id or name in `roles`; a
                missing value, as it stands there, for roles that name none; None for any.
            types: as for `counts`; needed with "around k", whose windows are those of mentions
                of these types.
            count: as for `counts`: with "stories", "documents", "sources" or "days" the first
                unit of each, so that there are as many rows as were counted; of stories there is
                a column story, their id.

        Returns:
            One row a unit: unit (its id, the document and its first sentence as ``doc#sentence``),
            doc, date, source, sentence (the first of the unit), text (without white space around
            it), spans (a list of ``(start, end, entity)`` into text), start and end (of text in
            the document). Notebooks show it right to left, names marked.

        Raises:
            ArgumentError: no entity, or several, are called so, or not by this role; the message
                lists candidates.

        Example:
            A row of a table made with `by` leads to its units through `select`:

            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame(
            ...     {
            ...         "text": ["وصل بوتين إلى الصين.", "زار بوتين الصين."],
            ...         "date": ["2023-03-21", "2024-05-16"],
            ...     }
            ... )
            >>> analysis = nasij.Corpus.from_frame(frame).analyze()
            >>> pair = analysis.cooccurrence(by="month", min_count=1).iloc[1]
            >>> units = analysis.select(month=pair["month"]).evidence(pair["a"], pair["b"])
            >>> units[["unit", "text"]].values.tolist()
            [['1#0', 'زار بوتين الصين.']]
        """
        asked = [self._find(name) for name in ((a,) if b is None else (a, b))]
        if b is not None and asked[0] == asked[1]:
            msg = f"{a!r} and {b!r} are the same entity"
            raise ArgumentError(msg)
        if role is None and holder is not None:
            msg = "holder says whose role is meant; name the role too"
            raise ArgumentError(msg)
        mentions = None if role is None else self._roles.find(asked[0], role, holder)
        unit = check_unit(unit)
        population = self._population(check_types(types), check_count(count))
        stories = self._stories.found["story"] if count == "stories" else None
        return evidence_table(
            self._corpus, self._extraction, unit, asked, mentions, population, stories
        )

    def concordance(
        self,
        entity: str,
        width: int = 40,
        words: int | None = None,
        within: str = "paragraph",
        sort: str = "place",
        spelling: str | None = None,
    ) -> Concordance:
        """Every mention of an entity with what stands before and after it (KWIC).

        Args:
            entity: its id or a name, as for `evidence`.
            width: how many code points of context on either side, at most; no word is cut.
            words: so many words of context on either side instead.
            within: what the context does not leave: "sentence", "paragraph" or "document".
            sort: "place" (documents in order), "date", or "before" or "after" to see together
                what the same words stand beside: by the nearest word, then the next.
            spelling: only mentions spelled so, but for marks, forms of alef and the like.

        Returns:
            One row a mention: doc, date, source, sentence, before, prefix (the proclitics on the
            name), text (the name), after, start and end (code points of text in the document).
            ``before + prefix + text + after`` is what the document shows. In notebooks it stands
            right to left with the names in the middle, and so does ``print``.

        Raises:
            ArgumentError: no entity, or several, are called so; an unknown `within` or `sort`.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين نظيره الصيني شي جين بينغ. ووصل بوتين إلى الصين."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> lines = analysis.concordance("بوتين", words=2, sort="after")
            >>> lines[["before", "text", "after"]].values.tolist()
            [['بينغ. ووصل ', 'بوتين', ' إلى الصين.'], ['التقى ', 'فلاديمير بوتين', ' نظيره الصيني']]
        """
        size = check_whole("width", width) if words is None else check_whole("words", words)
        one_of("within", within, WITHIN)
        one_of("sort", sort, SORTS)
        if spelling is not None and not isinstance(spelling, str):
            msg = f"spelling is a text, not {type(spelling).__name__}"
            raise ArgumentError(msg)
        table = concordance_table(
            self._corpus,
            self._extraction,
            self._find(entity),
            size,
            words=words is not None,
            within=within,
        )
        return ordered(table if spelling is None else spelled(table, spelling), sort)
