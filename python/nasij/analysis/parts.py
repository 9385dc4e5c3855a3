"""What an analysis is made of, and how its parts are found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from nasij import tables
from nasij.evidence import Population
from nasij.lazy import lazy
from nasij.lexicon import as_lexicon
from nasij.names import Names
from nasij.population import chosen, groups, slices
from nasij.roles import Roles
from nasij.stories import Stories
from nasij.variants import entries_by_id
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Self

    import numpy.typing as npt
    import pandas as pd

    from nasij._nasij import Extraction
    from nasij.corpus import Corpus
    from nasij.lexicon import Lexicon
    from nasij.variants import Decision

__all__ = ["Parts"]


class Parts:
    """A corpus, what was found in it, and the lexicon and decisions that led to it."""

    def __init__(
        self,
        corpus: Corpus,
        extraction: Extraction,
        lexicon: Lexicon | None = None,
        decisions: Sequence[Decision] = (),
        stories: Stories | None = None,
    ) -> None:
        """Puts the parts together; use `Corpus.analyze`."""
        self._corpus = corpus
        self._extraction = extraction
        self._lexicon = lexicon
        self._decisions = tuple(decisions)
        self._stories = Stories(corpus) if stories is None else stories

    @property
    def corpus(self) -> Corpus:
        """The corpus that was analyzed."""
        return self._corpus

    def select(self, since: object = None, until: object = None, **columns: object) -> Self:
        """The analysis of some of the documents: every table, count and picture is of these alone.

        Nothing is read again, and entities keep their ids.

        Args:
            since: only documents of this date or later: a date, or text such as "2023-05-17",
                "2023-05" or "2023", of which the first moment counts.
            until: only documents of this date or earlier; of "2023-05" the last moment counts.
            columns: for a column of `documents` (``source="..."``), or day, week, month, quarter
                or year of the date (``month="2023-05"``), one value or a list of them. A row of a
                table made with ``by="month"`` is so led back to its documents.

        Raises:
            ArgumentError: an unknown column, a date that is none, or no document is left.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame(
            ...     {
            ...         "text": ["وصل بوتين إلى الصين.", "زار بوتين الصين."],
            ...         "date": ["2023-03-21", "2024-05-16"],
            ...     }
            ... )
            >>> analysis = nasij.Corpus.from_frame(frame).analyze()
            >>> spring = analysis.select(month="2024-05")
            >>> spring.evidence("بوتين", "الصين")["text"].tolist()
            ['زار بوتين الصين.']
        """
        kept = chosen(self._documents, since, until, columns)
        extraction = self._extraction.select(kept)
        corpus = self._corpus._select(extraction.texts, kept)
        return self._derived(corpus, extraction, stories=self._stories.select(kept))

    @lazy
    def _documents(self) -> pd.DataFrame:
        return tables.documents_table(self._corpus.documents, self._extraction)

    @lazy
    def _mentions(self) -> pd.DataFrame:
        return tables.mentions_table(self._corpus.documents, self._extraction)

    @lazy
    def _entities(self) -> pd.DataFrame:
        return tables.entities_table(self._corpus.documents, self._extraction)

    @lazy
    def _names(self) -> Names:
        return Names(self._entities, self._lexicon)

    @lazy
    def _roles(self) -> Roles:
        return Roles(self._extraction, as_lexicon(self._lexicon))

    @lazy
    def _codes(self) -> dict[str, int]:
        return {name: code for code, name in enumerate(self._extraction.entities()["id"])}

    @lazy
    def _listed(self) -> dict[str, list[str]]:
        return entries_by_id(as_lexicon(self._lexicon))

    @property
    def _story_of(self) -> npt.NDArray[np.int32]:
        """The story of each document, by number; -1 for none."""
        return self._stories.numbers

    def _find(self, name: str) -> int:
        """The code of the entity that is meant: an id is looked up before names are indexed."""
        if isinstance(name, str) and name in self._codes:
            return self._codes[name]
        return self._codes[self._names.find(name)]

    def _mask(self, types: list[str] | None) -> npt.NDArray[np.bool_] | None:
        """Which entities are of these types."""
        if types is None:
            return None
        return np.isin(np.array(self._extraction.entities()["type"], dtype=object), types)

    def _groups(self, count: str) -> npt.NDArray[np.int32] | None:
        """The group each document belongs to where `count` are not the units; -1 for none."""
        return groups(self._documents, count, lambda: self._story_of)

    def _population(self, types: list[str] | None, count: str) -> Population:
        """What takes part where these types are, and units or groups of documents counted."""
        return Population(entities=self._mask(types), groups=self._groups(count))

    def _slices(self, by: str) -> Iterator[tuple[Any, npt.NDArray[np.bool_]]]:
        """Each value of the documents' column `by`, or period of their dates, and its documents."""
        return slices(self._documents, by)

    def _derived(
        self,
        corpus: Corpus,
        extraction: Extraction,
        decisions: Sequence[Decision] | None = None,
        stories: Stories | None = None,
    ) -> Self:
        """An analysis of other parts, with what was set for this one."""
        made = self._decisions if decisions is None else decisions
        told = self._stories if stories is None else stories
        return type(self)(corpus, extraction, self._lexicon, made, told)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles the parts; tables are made anew."""
        parts = (self._corpus, self._extraction, self._lexicon, self._decisions, self._stories)
        return type(self), parts

    def __repr__(self) -> str:
        """The numbers of documents, mentions and entities."""
        documents, mentions = len(self._corpus), int(self._documents["mentions"].sum())
        return (
            f"<Analysis: {counted(documents, 'document')}, {counted(mentions, 'mention')}, "
            f"{counted(len(self._entities), 'entity', 'entities')}>"
        )
