"""How sure the numbers of pairs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij.analysis.parts import Parts
from nasij.resampling import intervals, permute

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from nasij.resampling import Progress

__all__ = ["Uncertainty"]


class Uncertainty(Parts):
    """Intervals and tests."""

    def intervals(
        self,
        pairs: pd.DataFrame,
        measures: str | Iterable[str] = ("npmi", "llr"),
        resamples: int = 1000,
        level: float = 0.95,
        seed: int = 0,
        *,
        over: str | None = None,
        unit: str | int | None = None,
        types: str | Iterable[str] | None = None,
        count: str | None = None,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pd.DataFrame:
        """Adds intervals of measures to a table of pairs, by resampling stories.

        Estimated is the measure that the process behind these articles gives on average, of a
        corpus with as many stories. Sentences of one story depend on each other, so whole stories
        are drawn with replacement, with all their units, and the measures are taken of the counts
        of each resample. Stories are taken to be independent of each other, of one kind. From the
        resamples come bias-corrected and accelerated intervals (BCa; Efron 1987, Efron and
        Tibshirani 1993, chapter 14).

        Intervals hold what is estimated about as often as `level` says for pairs that are in some
        twenty stories and more, and a little less often for rarer ones; of a pair that is in fewer
        than five (`clusters`) they are a hint and no more. A pair that is in the table because it
        stood out has stood out partly by chance, of which intervals know nothing.
        ``docs/uncertainty.md`` has the figures.

        Args:
            pairs: rows of a table as `cooccurrence` gives it, also with ``by=``; columns a and b.
            measures: columns of that table: count, expected, npmi, llr ...
            resamples: how many are drawn; 1,000 or more for a level of 0.95.
            level: how often an interval should hold what it estimates, between 0 and 1.
            seed: the same seed gives the same intervals on any number of threads.
            over: what is resampled: "stories", "documents", "sources" or "days"; None for what is
                counted if that is sources or days, and else for stories.
            unit: as for `counts`, as are types and count; None for those the table was made with.
            types: see unit.
            count: see unit.
            threads: how many work on it; None for as many as the machine has cores.
            progress: True for a bar, or a function that is given how many pairs are done and all.

        Returns:
            The table with ``<measure>_low`` and ``<measure>_high`` (missing for pairs that are
            never together) and clusters, in how many of what is resampled the pair is.

        Raises:
            ArgumentError: an argument that cannot be meant; an unknown entity; a table whose counts
                are not those of this analysis.

        Example:
            >>> import nasij, pandas as pd
            >>> texts = ["التقى فلاديمير بوتين وشي جين بينغ.", "زار فلاديمير بوتين الصين."] * 20
            >>> frame = pd.DataFrame({"text": [f"{i} {text}" for i, text in enumerate(texts)]})
            >>> analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
            >>> pairs = analysis.cooccurrence().head(1)
            >>> table = analysis.intervals(pairs, "count", over="documents", seed=1)
            >>> table[["count", "count_low", "count_high"]].values.tolist()
            [[20.0, 14.0, 26.0]]
        """
        given = (unit, types, count)
        return intervals(
            self, pairs, measures, resamples, level, seed, over, given, threads, progress
        )

    def permutations(
        self,
        pairs: pd.DataFrame,
        permutations: int = 1000,
        seed: int = 0,
        *,
        alternative: str = "greater",
        within: str | None = None,
        together: str | None = None,
        tests: int | None = None,
        unit: str | int | None = None,
        types: str | Iterable[str] | None = None,
        count: str | None = None,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pd.DataFrame:
        """Adds to a table of pairs what chance would count, given how much each is spoken of.

        The null hypothesis: mentions are where they are, each entity has as many as it has, and
        which mention is whose is chance. So every sentence and article keeps its number of them,
        and every entity its own; all assignments are as probable. This is drawn `permutations`
        times, and the pairs are counted anew. Unlike p of the table, the test knows that long
        sentences hold many names. What it undoes as well is that an entity comes back within an
        article: where articles have their subjects, nearly all that share one are above chance.

        With ``together="stories"`` the mentions of an entity in a story move as one: each story
        keeps its number of entities and how these come back in it, and each entity its number of
        stories. Then it is asked whether two share stories, and sentences of them, more than
        stories drawn at random: the test to take for pairs in sentences. With
        ``within="documents"`` mentions change places within their article only: then it is asked
        whether two that share articles are more than others in the same sentences of them.

        Args:
            pairs: rows of a table as `cooccurrence` gives it, also with ``by=``; columns a and b.
            permutations: how many are drawn; the least p there can be is one over one more.
            seed: the same seed gives the same result on any number of threads.
            alternative: "greater" for more often together than by chance, "less", or "two-sided"
                (twice the smaller p).
            within: mentions change places within "documents", "stories", "sources" or "days" only;
                None for all of them.
            together: the mentions of an entity in one of "stories" or "documents" move together;
                None for each by itself.
            tests: the size of the family of tests, of which the rows given are some; None for
                ``attrs["tests"]`` of the table, or else the number of rows. Pairs that are in the
                table because they stood out are part of all that could have.
            unit: as for `counts`, as are types and count; None for those the table was made with.
            types: see unit; the mentions of all other types keep their places.
            count: see unit.
            threads: how many work on it; None for as many as the machine has cores.
            progress: True for a bar, or a function that is given how many permutations are done
                and all.

        Returns:
            The table with null_mean and null_sd (mean and standard deviation of count by chance),
            null_p ((1 + as extreme ones) / (1 + permutations); Phipson and Smyth 2010) and null_q
            (Benjamini and Hochberg 1995, among ``attrs["null_tests"]``; those not in the table are
            taken to have p = 1).

        Raises:
            ArgumentError: as for `intervals`.

        Example:
            >>> import nasij, pandas as pd
            >>> texts = ["التقى فلاديمير بوتين وشي جين بينغ.", "زار إيمانويل ماكرون بيروت."] * 5
            >>> frame = pd.DataFrame({"text": texts})
            >>> analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
            >>> table = analysis.permutations(analysis.cooccurrence().head(1), 999, seed=1)
            >>> table[["count", "null_mean", "null_p"]].round(3).values.tolist()
            [[5.0, 1.345, 0.001]]
        """
        given = (unit, types, count)
        return permute(
            self, pairs, permutations, seed, alternative, within, together, tests, given, threads,
            progress,
        )  # fmt: skip
