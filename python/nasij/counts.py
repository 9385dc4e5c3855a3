"""Counts of pairs that can be kept, merged across corpora and scored when all are in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from nasij import tables
from nasij.arguments import check_flag, check_measures, check_min_count, check_types
from nasij.errors import ArgumentError
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nasij._nasij import Counts as _Counts

__all__ = ["Counts"]


class Counts:
    """In how many units each entity and each pair of entities occurs.

    Comes from `Analysis.counts`. Counts of one unit merge in any order and grouping to the same
    result; they pickle, so shards of a corpus can be counted on many machines. Measures are
    computed from the merged counts only.

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

    @property
    def unit(self) -> str:
        """What was counted: sentence, paragraph, document, or the tokens of a window."""
        return self._counts.unit

    @property
    def counted(self) -> str:
        """What the counts are numbers of: units, documents, stories, sources or days."""
        return self._counts.counted

    @property
    def total(self) -> int:
        """The number of units, with or without entities."""
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
            ArgumentError: `other` is no Counts, or counts another unit.
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
    ) -> pd.DataFrame:
        """Scores the pairs; the columns are those of `Analysis.cooccurrence`.

        Args:
            types: only pairs whose entities are both of these types; None for all.
            min_count: only pairs seen together in at least so many units.
            measures: as for `Analysis.cooccurrence`.
            cells: as for `Analysis.cooccurrence`.
            sort: the strongest pairs first; False, which is faster, for the order of the ids.

        Raises:
            ArgumentError: an unknown type or measure; of counts made without rare pairs, a
                smaller `min_count`, or types.
        """
        return tables.pairs_table(
            self._counts,
            check_min_count(min_count),
            check_types(types),
            check_measures(measures),
            cells=check_flag("cells", cells),
            sort=check_flag("sort", sort),
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
        return f"<Counts: {counted(self.total, 'unit')} ({self.unit}), {entities}>"
