"""Who occurs with whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from nasij import tables
from nasij.analysis.parts import Parts
from nasij.arguments import (
    check_count,
    check_flag,
    check_measures,
    check_min_count,
    check_types,
    check_unit,
    check_whole,
)
from nasij.counts import Counts
from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    from scipy import sparse

    from nasij.evidence import Population

__all__ = ["Counting", "Matrix"]


class Matrix(NamedTuple):
    """Pair counts as a matrix.

    `matrix` is a symmetric CSR of int64 with a zero diagonal, n by n; row and column i belong to
    row i of `labels`, whose `count` is the number of units the entity occurs in.
    """

    matrix: sparse.csr_array[Any, tuple[int, int]]
    labels: pd.DataFrame


class Counting(Parts):
    """Counts and pairs."""

    def counts(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        count: str = "units",
    ) -> Counts:
        """Counts pairs of entities, to be kept or merged with the counts of other corpora.

        Args:
            unit: "sentence", "paragraph", "document", a whole number k for every window of k
                tokens, or "around k" for one window a mention: k tokens before it to k tokens
                after it (mentions of other `types` make none). An entity or pair counts once a
                unit, however often it occurs in it.
            types: the types of entities that take part (PER, ORG, LOC, MISC, NORP); None for all.
            count: what is counted: "units"; or "documents", "stories" (a report and its copies
                are one), "sources" or "days" that have at least one such unit. Documents without
                a source or date are in no source and day; a warning says how many.

        Raises:
            ArgumentError: an unknown unit, type or count.
        """
        unit, counted = check_unit(unit), check_count(count)
        return self._counted(unit, counted, self._population(check_types(types), counted))

    def cooccurrence(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        by: str | None = None,
        count: str = "units",
        measures: str | Iterable[str] | None = None,
        cells: bool = False,  # noqa: FBT001, FBT002
        min_each: int = 1,
    ) -> pd.DataFrame:
        """Which entities occur together, and how much more often than by chance.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: only pairs seen together in at least so many units.
            by: "day", "week", "month", "quarter", "year", or a column of `documents` such as
                "source": each group is counted and tested by itself. Documents without a value
                are in no group; a warning says how many.
            count: as for `counts`.
            measures: the columns wanted after the counts, by name, or "all" of them; None for
                those below. What is not asked for is not computed.
            cells: whether to show the four cells of each pair's table: both, a_only, b_only and
                neither. Where groups are counted, one that holds both names but in no unit together
                is in a_only and in b_only.
            min_each: only entities that each are in at least so many of what is counted. Which
                those are does not depend on who is with whom, so of fewer tests q is as true, and
                smaller (independent filtering: Bourgon, Gentleman and Huber 2010).

        Returns:
            One row a pair, by `llr` from high to low, or where that is not asked for by the first
            of `measures`, the strongest first; with `by`, that column comes first. Columns
            a, b, a_name, b_name, a_type, b_type; count, a_count, b_count and total (of
            what is counted);
            expected (count if the two were independent); pmi and npmi (base 2; Church and Hanks
            1990, Bouma 2009); llr (log-likelihood ratio G², negative if the pair is rarer than by
            chance; Dunning 1993); logdice (at most 14; Rychlý 2008); jaccard; p (Fisher's exact
            test, two-sided: of pairs that avoid each other it is small, too); q (of pairs with no
            greater q the share that is chance, at most: Benjamini and Hochberg 1995, among all
            ``attrs["tests"]`` pairs that the entities make, seen or not, whatever `min_count`;
            with `by`, a number for each group); few (whether in a cell of the table fewer than 5
            stand and fewer than 5 are expected: too few to trust a measure, though not p and q).
            docs/measures.md says what each may be used for, and what the cells are where groups
            are counted. `attrs` also has unit, types, count, total, min_count and min_each.

        Raises:
            ArgumentError: an unknown unit, type, column or measure.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"text": ["التقى بوتين شي جين بينغ.", "وصل بوتين. نام شي."]})
            >>> analysis = nasij.Corpus.from_frame(frame).analyze()
            >>> pairs = analysis.cooccurrence(min_count=1, measures=["pmi", "dice"], cells=True)
            >>> pairs[["both", "a_only", "b_only", "neither", "dice"]].values.tolist()
            [[1.0, 1.0, 0.0, 1.0, 0.6666666666666666]]
        """
        unit, chosen, least = check_unit(unit), check_types(types), check_min_count(min_count)
        counted, wanted = check_count(count), check_measures(measures)
        cells, each = check_flag("cells", cells), check_whole("min_each", min_each)
        whole = self._population(chosen, counted)

        def pairs(docs: npt.NDArray[np.bool_] | None) -> pd.DataFrame:
            kept = least if each == 1 else 1
            population = whole._replace(docs=docs)
            counts = self._counted(unit, counted, population, kept)._counts
            table = tables.pairs_table(counts, least, None, wanted, cells=cells, min_each=each)
            table.attrs["types"] = chosen
            return table

        if by is None:
            return pairs(None)
        parts: list[pd.DataFrame] = []
        attrs: dict[str, dict[str, int]] = {"tests": {}, "total": {}}
        for label, mask in self._slices(by):
            part = pairs(mask)
            if by in part.columns:
                msg = f"by: this table has a column {by} of its own; rename that of the documents"
                raise ArgumentError(msg)
            for name, of_slices in attrs.items():
                of_slices[str(label)] = part.attrs[name]
            part.insert(0, by, [label] * len(part))
            parts.append(part)
        if not parts:
            parts = [pairs(None).iloc[:0]]
            parts[0].insert(0, by, None)
        rest = parts[0].attrs
        for part in parts:
            part.attrs = {}
        table = pd.concat(parts, ignore_index=True)
        table.attrs = rest | attrs | {"by": by}
        return table

    def matrix(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 1,
        count: str = "units",
    ) -> Matrix:
        """Pair counts as a scipy matrix with labels; see `Matrix`.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: smaller counts are left out (zero).
            count: as for `counts`.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"text": ["التقى فلاديمير بوتين وشي جين بينغ."]})
            >>> matrix, labels = nasij.Corpus.from_frame(frame).analyze().matrix()
            >>> matrix.toarray().tolist()
            [[0, 1], [1, 0]]
        """
        from scipy import sparse  # noqa: PLC0415

        counts = self.counts(unit, types, count)
        labels = counts.entities
        pairs = counts._counts.pairs(check_min_count(min_count))
        a, b, both = pairs["a"], pairs["b"], pairs["count"]
        rows, columns = np.concatenate([a, b]), np.concatenate([b, a])
        shape = (len(labels), len(labels))
        matrix = sparse.coo_array((np.concatenate([both, both]), (rows, columns)), shape=shape)
        return Matrix(matrix.tocsr(), labels)

    def _counted(
        self, unit: str | int, count: str, population: Population, min_count: int = 1
    ) -> Counts:
        """Counts; pairs rarer than `min_count` are not kept, so that there may be many."""
        entities, docs, groups = population
        return Counts(self._extraction.counts(unit, entities, docs, count, groups, min_count))
