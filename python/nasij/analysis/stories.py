"""Copies of one another as stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij.analysis.parts import Parts
from nasij.lazy import lazy
from nasij.stories import THRESHOLD, Stories
from nasij.tables import lend

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    import pandas as pd

__all__ = ["Told"]


class Told(Parts):
    """Stories and their copies."""

    @property
    def stories(self) -> pd.DataFrame:
        """One row a story, those of the most documents first.

        A story is an article and its copies: as they came from an agency, cut, with paragraphs
        added, under other headlines. Articles are one story if their mean similarity to each
        other is at least the threshold (0.4; see `with_stories`), or if their words are the same.
        Similarity is the geometric mean of how much of either stands in the other, in runs of
        three words, spelling and stock phrases aside; ``docs/stories.md`` tells the method (Broder
        1997; average linkage) and how right it is. Looked for once, when first asked for.

        Columns story (the id of its earliest document), title, docs and sources (how many), first
        and last (dates), similarity (the mean of its documents' to the one most like it; missing
        for one alone) and members (ids, the earliest first).

        Example:
            >>> import nasij, pandas as pd
            >>> text = "وصل وزير الخارجية أمس إلى القاهرة في زيارة رسمية تستمر ثلاثة أيام."
            >>> frame = pd.DataFrame({"id": ["a", "b"], "text": [text, f"القاهرة (وكالات) {text}"]})
            >>> nasij.Corpus.from_frame(frame).analyze().stories[["story", "docs"]].values.tolist()
            [['a', 2]]
        """
        return lend(self._story_table)

    @lazy
    def _story_table(self) -> pd.DataFrame:
        return self._stories.table(self._documents)

    def copies(self, story: object | None = None) -> pd.DataFrame:
        """Which documents are copies, of what, and how much of it: to check a story by.

        `nasij.stories.differences` shows where two of them part.

        Args:
            story: the id of one story, as in `stories`; None for all of two documents or more.

        Returns:
            One row a document, the largest stories first and each by date. Columns story, doc,
            date, source, title; nearest (the document of the story most like this one) and
            similarity (to it, from 0 to 1); taken (the share of this document that stands in the
            story's first) and kept (the share of the first that stands in this one): with kept far
            below taken it was cut, with taken far below kept something was added. All four are
            shares of runs of three words, stock phrases aside.

        Raises:
            ArgumentError: there is no such story.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "وصل وزير الخارجية أمس إلى القاهرة في زيارة رسمية تستمر ثلاثة أيام."
            >>> frame = pd.DataFrame({"id": ["a", "b"], "text": [text, f"القاهرة (وكالات) {text}"]})
            >>> copies = nasij.Corpus.from_frame(frame).analyze().copies()
            >>> copies[["doc", "nearest", "taken", "kept"]].round(2).values.tolist()
            [['a', 'b', 1.0, 1.0], ['b', 'a', 0.83, 1.0]]
        """
        return self._stories.copies(self._documents, story)

    def with_stories(
        self,
        threshold: float = THRESHOLD,
        *,
        by: object = None,
        threads: int | None = None,
        progress: bool | Callable[[int, int], None] | None = None,
    ) -> Self:
        """An analysis that counts other stories; all else is the same.

        Args:
            threshold: how alike the copies in a story are on average, over 0 and at most 1; higher
                for fewer copies, and surer ones.
            by: instead of looking for copies: a column of `documents` that names the story, or a
                value for each document. Where it is missing, the document is in no story.
            threads: how many threads look; None takes all cores. The result is the same.
            progress: as for `Corpus.analyze`.

        Raises:
            ArgumentError: a threshold that is none, an unknown column, or not a value for each
                document.

        Warns:
            NasijWarning: some documents are in no story.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame(
            ...     {"text": ["زار بوتين الصين.", "بوتين في الصين."], "event": ["visit", "visit"]}
            ... )
            >>> analysis = nasij.Corpus.from_frame(frame).analyze().with_stories(by="event")
            >>> analysis.stories[["story", "docs"]].values.tolist()
            [['visit', 2]]
        """
        if by is not None:
            stories = Stories.given(self._documents, by)
        else:
            stories = Stories(self._corpus, threshold)
            stories.find(threads, progress)
        return self._derived(self._corpus, self._extraction, stories=stories)
