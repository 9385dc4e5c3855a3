"""Counts of pairs that can be kept, merged across corpora and scored when all are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from nasij import tables
from nasij._nasij import Counts as _Counts
from nasij.arguments import (
    check_flag,
    check_measures,
    check_min_count,
    check_names,
    check_total,
    check_types,
    check_whole,
)
from nasij.errors import ArgumentError
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    import numpy.typing as npt

__all__ = ["Counts"]


class Counts:
    """In how many units each entity and each pair of entities occurs.

    Comes from `Analysis.counts`. Counts of one unit merge in any order and grouping to the same
    result; they pickle, so shards of a corpus can be counted on many machines. Measures are
    computed from the merged counts only. Counts of documents, stories, sources or days do not
    merge.

    Example:
        >>> import nasij, pandas as pd
        >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو."
        >>> frame = pd.DataFrame({"text": [text, text]})
        >>> counts = nasij.Corpus.from_frame(frame).analyze().counts("sentence")
        >>> both = counts.merge(counts)
        >>> counts.total, both.total
        (2, 4)
    """

    __slots__ = ("_counts",)

    def __init__(self, counts: _Counts) -> None:
        """Wraps the extension's counts; use `Analysis.counts`."""
        self._counts = counts

    @classmethod
    def from_mentions(
        cls,
        frame: pd.DataFrame,
        unit: str | Sequence[str] = ("doc", "sentence"),
        entity: str = "entity",
        total: int | None = None,
        name: str = "name",
        type: str = "type",  # noqa: A002
    ) -> Counts:
        """Counts any table of mentions, such as that of another tagger.

        Args:
            frame: one row a mention, in any order; in order of the units is the fastest.
            unit: the column or columns that tell which unit a mention is in. The last of them
                gives the counts their `unit`.
            entity: the column of what was mentioned: ids, names or numbers.
            total: how many units there are, with those that hold no mention, of which the frame
                does not know; None if all hold one. Measures of association need it right.
            name: a column of the entities' names, if there is one; else the ids are the names.
            type: a column of their types (PER, ORG, LOC, MISC, NORP), if there is one.

        Raises:
            ArgumentError: a column is not there or has missing values, or `total` is under the
                number of units with a mention.

        Example:
            >>> import nasij, pandas as pd
            >>> mentions = pd.DataFrame({"page": [1, 1, 2, 2, 3], "who": ["x", "y", "y", "x", "z"]})
            >>> counts = nasij.Counts.from_mentions(mentions, unit="page", entity="who", total=9)
            >>> counts.cooccurrence()[["a", "b", "count", "a_count", "total"]].values.tolist()
            [['x', 'y', 2, 2, 9]]
        """
        if not isinstance(frame, pd.DataFrame):
            msg = f"frame is a pandas table of mentions, not {frame.__class__.__name__}"
            raise ArgumentError(msg)
        units = check_names("unit", unit)
        if not units:
            msg = "unit names no column"
            raise ArgumentError(msg)
        numbers = [_numbered(frame, column)[0] for column in units]
        codes, ids = _numbered(frame, entity)
        labels = [str(label) for label in ids]
        names, types = labels, [""] * len(labels)
        if name in frame.columns or type in frame.columns:
            first = frame.iloc[_first_rows(codes, len(ids))]
            names = first[name].astype(str).tolist() if name in frame.columns else names
            types = first[type].astype(str).tolist() if type in frame.columns else types
        entities = [list(one) for one in zip(labels, names, types, strict=True)]
        if total is not None:
            total = check_total(total)
        return cls(_Counts.from_mentions(str(units[-1]), numbers, codes, entities, total))

    @property
    def unit(self) -> str:
        """What a pair shares: sentence, paragraph, document, "around 10", or a window's tokens."""
        return self._counts.unit

    @property
    def counted(self) -> str:
        """What the counts are numbers of: units, documents, stories, sources or days."""
        return self._counts.counted

    @property
    def total(self) -> int:
        """The number of units, or what else is `counted`, with or without entities."""
        return self._counts.total

    @property
    def entities(self) -> pd.DataFrame:
        """Columns entity, name, name_en, type and count, the number of units it occurs in."""
        known = self._counts.entities()
        return pd.DataFrame(
            {
                "entity": tables.texts(known["id"]),
                "name": tables.texts(known["name"]),
                "name_en": tables.texts(name or None for name in known["name_en"]),
                "type": tables.type_column(known["type"]),
                "count": known["count"],
            }
        )

    def merge(self, other: Counts) -> Counts:
        """The counts of both together, as if they had been counted as one corpus.

        Raises:
            ArgumentError: `other` is no Counts, or counts another unit; either counts something
                other than units (a story may be in both), or was made without rare pairs.
        """
        if not isinstance(other, Counts):
            msg = f"only Counts merge with Counts, not {type(other).__name__}"
            raise ArgumentError(msg)
        if other.unit != self.unit:
            msg = f"counts by {self.unit} do not merge with counts by {other.unit}"
            raise ArgumentError(msg)
        return Counts(self._counts.merge(other._counts))

    def cooccurrence(
        self,
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        measures: str | Iterable[str] | None = None,
        cells: bool = False,  # noqa: FBT001, FBT002
        sort: bool = True,  # noqa: FBT001, FBT002
        min_each: int = 1,
    ) -> pd.DataFrame:
        """Scores the pairs; the columns are those of `Analysis.cooccurrence`.

        Args:
            types: only pairs whose entities are both of these types; None for all.
            min_count: only pairs seen together in at least so many units.
            measures: as for `Analysis.cooccurrence`.
            cells: as for `Analysis.cooccurrence`.
            sort: the strongest pairs first; False, which is faster, for the order of the ids.
            min_each: as for `Analysis.cooccurrence`.

        Raises:
            ArgumentError: an unknown type or measure; of counts made without rare pairs, a
                smaller `min_count`, types or a `min_each`.
        """
        return tables.pairs_table(
            self._counts,
            check_min_count(min_count),
            check_types(types),
            check_measures(measures),
            cells=check_flag("cells", cells),
            sort=check_flag("sort", sort),
            min_each=check_whole("min_each", min_each),
        )

    def __eq__(self, other: object) -> bool:
        """Whether both hold the same counts of the same unit."""
        if not isinstance(other, Counts):
            return NotImplemented
        return self._counts.to_bytes() == other._counts.to_bytes()

    def __hash__(self) -> int:
        """A hash of the counts."""
        return hash(self._counts.to_bytes())

    def __reduce__(self) -> tuple[type[Counts], tuple[_Counts]]:
        """Pickles by the extension's versioned bytes."""
        return Counts, (self._counts,)

    def __repr__(self) -> str:
        """The unit, how many there are and of how many entities."""
        entities = counted(len(self._counts.ids), "entity", "entities")
        one = {"stories": "story"}.get(self.counted, self.counted.removesuffix("s"))
        return f"<Counts: {counted(self.total, one, self.counted)} ({self.unit}), {entities}>"


def _numbered(frame: pd.DataFrame, column: str) -> tuple[npt.NDArray[np.int64], Any]:
    """A number for each value of a column, and the values by these numbers."""
    if column not in frame.columns:
        there = ", ".join(map(str, frame.columns))
        msg = f"the mentions have no column {column!r}; they have {there}"
        raise ArgumentError(msg)
    values = frame[column]
    missing = values.isna().to_numpy()
    if missing.any():
        row = int(missing.argmax())
        msg = f"column {column!r} of the mentions has missing values, the first in row {row}"
        raise ArgumentError(msg)
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "iu" and values.dtype != "u8":
        numbers, distinct = _Counts.numbered(np.ascontiguousarray(values, dtype=np.int64))
        return numbers, distinct
    codes, labels = pd.factorize(values)
    return codes.astype(np.int64, copy=False), labels


def _first_rows(codes: npt.NDArray[np.int64], number: int) -> npt.NDArray[np.int64]:
    """The first row of each code."""
    rows = np.empty(number, dtype=np.int64)
    rows[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return rows
