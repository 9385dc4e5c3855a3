"""Which documents are one story: copies of each other, or what a column of one's own says."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij import _nasij
from nasij.arguments import check_threads
from nasij.errors import ArgumentError, warn
from nasij.lazy import lazy
from nasij.progress import reporter
from nasij.tables import TEXT
from nasij.text import normalize

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from nasij.corpus import Corpus

__all__ = ["THRESHOLD", "Stories", "differences"]

#: How alike the copies in a story are, on average, where nothing else is asked for.
THRESHOLD: Final = 0.4

# With the marks behind it, also those that stand apart.
_WORD: Final = re.compile(r"\S*\w\S*(?:\s+[^\w\s]+(?!\S))*")


class Stories:
    """The story of each document; looked for when first asked for.

    `found` has one row a document: story (its id), nearest, similarity, taken and kept, as in
    `Analysis.copies`; all but the story are missing for stories that were not found but given.
    """

    def __init__(self, corpus: Corpus, threshold: float = THRESHOLD) -> None:
        """Those of a corpus, by how alike its texts are."""
        self._corpus = corpus
        self._threshold = check_threshold(threshold)

    @classmethod
    def of(cls, found: pd.DataFrame) -> Stories:
        """Those that are known."""
        stories = cls.__new__(cls)
        stories.__dict__["found"] = found
        return stories

    @classmethod
    def given(cls, documents: pd.DataFrame, by: object) -> Stories:
        """Those that a column of the documents, or a value for each of them, says."""
        name, values = _values(documents, by)
        missing = int(values.isna().sum())
        if missing:
            note = f"{missing:,} of {len(values):,} documents have no {name} and are in no story"
            warn(note)
        nothing = np.full(len(values), np.nan)
        return cls.of(
            pd.DataFrame(
                {
                    "story": values.reset_index(drop=True),
                    "nearest": pd.Series(None, index=range(len(values)), dtype=TEXT),
                    "similarity": nothing,
                    "taken": nothing,
                    "kept": nothing,
                }
            )
        )

    @lazy
    def found(self) -> pd.DataFrame:
        """One row a document."""
        return self.find()

    def find(
        self,
        threads: int | None = None,
        progress: bool | Callable[[int, int], None] | None = None,  # noqa: FBT001
    ) -> pd.DataFrame:
        """Looks for the stories, and keeps them."""
        pool, texts = check_threads(threads), self._corpus._texts
        documents = self._corpus._documents
        # A missing date is the least whole number, here and there.
        dates = documents["date"].dt.tz_localize(None).to_numpy().astype("datetime64[s]")
        with reporter(progress, len(texts), texts.nbytes, "stories") as report:
            copies = _nasij.find_stories(
                texts, dates.astype(np.int64), self._threshold, pool, report
            )
        docs, alone = documents["doc"].array, copies["nearest"] < 0
        table = pd.DataFrame(
            {
                "story": docs.take(copies["first"]),
                "nearest": docs.take(copies["nearest"], allow_fill=True),
                "similarity": np.where(alone, np.nan, copies["similarity"]),
                "taken": copies["taken"].astype(np.float64),
                "kept": copies["kept"].astype(np.float64),
            }
        )
        kept: pd.DataFrame = self.__dict__.setdefault("found", table)
        return kept

    def select(self, kept: npt.NDArray[np.bool_]) -> Stories:
        """Those of some of the documents; ids stay, though a story's first may be left out."""
        return _Selected(self, kept)

    @lazy
    def numbers(self) -> npt.NDArray[np.int32]:
        """The story of each document as a number; -1 for none."""
        return pd.factorize(self.found["story"])[0].astype(np.int32)

    def table(self, documents: pd.DataFrame) -> pd.DataFrame:
        """One row a story, as `Analysis.stories`."""
        found = self.found
        told = documents[["doc", "date", "source", "title"]].assign(
            story=found["story"].array, similarity=found["similarity"].array
        )
        told = told.dropna(subset="story").sort_values("date", kind="stable")
        by_story = told.groupby("story", sort=False)
        table = by_story.agg(
            title=("title", "first"),
            docs=("doc", "size"),
            sources=("source", "nunique"),
            first=("date", "min"),
            last=("date", "max"),
            similarity=("similarity", "mean"),
            members=("doc", list),
        )
        order = ["docs", "sources"]
        return table.reset_index().sort_values(
            order, ascending=False, kind="stable", ignore_index=True
        )

    def copies(self, documents: pd.DataFrame, story: object | None) -> pd.DataFrame:
        """One row a document that shares its story, as `Analysis.copies`."""
        found = self.found
        table = pd.concat(
            [found[["story"]], documents[["doc", "date", "source", "title"]]], axis=1
        ).assign(**{name: found[name] for name in ("nearest", "similarity", "taken", "kept")})
        if story is None:
            sizes = table.groupby("story")["doc"].transform("size")
            table, size = table[sizes > 1], sizes[sizes > 1]
        else:
            table = table[(table["story"] == story).to_numpy(dtype=bool, na_value=False)]
            size = pd.Series(len(table), index=table.index)
            if not len(table):
                msg = f"no story is called {story!r}; see Analysis.stories"
                raise ArgumentError(msg)
        place = table.groupby("story", sort=False).ngroup()
        table = table.assign(_size=-size, _place=place)
        table = table.sort_values(["_size", "_place", "date"], kind="stable", ignore_index=True)
        return table.drop(columns=["_size", "_place"])

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles what was found; what was not yet will be."""
        if "found" in self.__dict__:
            return Stories.of, (self.found,)
        return Stories, (self._corpus, self._threshold)


class _Selected(Stories):
    def __init__(self, whole: Stories, kept: npt.NDArray[np.bool_]) -> None:
        self._whole = whole
        self._kept = kept

    def find(
        self,
        threads: int | None = None,
        progress: bool | Callable[[int, int], None] | None = None,  # noqa: FBT001
    ) -> pd.DataFrame:
        """Looks for the stories of all the documents."""
        whole = self._whole.__dict__.get("found")
        if whole is None:
            whole = self._whole.find(threads, progress)
        table = whole[self._kept].reset_index(drop=True)
        kept: pd.DataFrame = self.__dict__.setdefault("found", table)
        return kept

    def __reduce__(self) -> tuple[Any, ...]:
        return Stories.of, (self.found,)


def check_threshold(value: object) -> float:
    """A similarity to ask for: over 0, at most 1."""
    number = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not number or not 0 < value <= 1:  # type: ignore[operator]
        msg = f"threshold is a number over 0 and at most 1, not {value!r}"
        raise ArgumentError(msg)
    return float(value)  # type: ignore[arg-type]


def differences(a: str, b: str) -> pd.DataFrame:
    """Where two texts part, word by word.

    Words count as the same where outlets only spell them differently (marks, hamzas, punctuation).

    Args:
        a: a text, as `Corpus.text` gives it.
        b: another.

    Returns:
        One row a passage, in order: change ("same", "changed", "only a" or "only b"), a and b
        (the words of it in each).

    Example:
        >>> import nasij
        >>> table = nasij.stories.differences("قال الوزير أمس إن", "وقال الوزير إنّ")
        >>> table.values.tolist()
        [['changed', 'قال', 'وقال'], ['same', 'الوزير', 'الوزير'], ['only a', 'أمس', ''], \
['same', 'إن', 'إنّ']]
    """
    words = _WORD.findall(a), _WORD.findall(b)
    before, after = (
        [re.sub(r"\W", "", key) for key in normalize(of, profile="aggressive")] for of in words
    )
    change = {"equal": "same", "replace": "changed", "delete": "only a", "insert": "only b"}
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    rows = [
        (change[tag], " ".join(words[0][i:j]), " ".join(words[1][k:m]))
        for tag, i, j, k, m in matcher.get_opcodes()
    ]
    return pd.DataFrame(rows, columns=["change", "a", "b"], dtype=TEXT)


def _values(documents: pd.DataFrame, by: object) -> tuple[str, pd.Series]:
    if isinstance(by, str):
        if by not in documents.columns:
            allowed = ", ".join(str(name) for name in documents.columns)
            msg = f"by is a column of documents ({allowed}) or a value for each, not {by!r}"
            raise ArgumentError(msg)
        return by, documents[by]
    try:
        values = pd.Series(by)
    except (TypeError, ValueError) as error:
        msg = f"by is a column of documents or a value for each, not {by!r}"
        raise ArgumentError(msg) from error
    if len(values) != len(documents):
        msg = f"by has {len(values):,} values for {len(documents):,} documents"
        raise ArgumentError(msg)
    return "story", values
