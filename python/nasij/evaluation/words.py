"""Spans widened to whole words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij import _nasij

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

__all__ = ["Cuts", "codes", "cut_sentences", "cut_words", "widen"]

_TOKEN: Final = re.compile(r"\S+")


class Cuts(NamedTuple):
    """Where the pieces of several texts lie: document, start, end, in order."""

    doc: Ints
    start: Ints
    end: Ints

    def bases(self, *ends: tuple[Any, Any]) -> Ints:
        """Where each document would begin if all were one text that holds these spans too."""
        doc = np.concatenate([self.doc, *(codes for codes, _ in ends)])
        end = np.concatenate([self.end, *(place for _, place in ends)])
        lengths = np.zeros(int(doc.max(initial=-1)) + 1, dtype=np.int64)
        np.maximum.at(lengths, doc, end)
        return np.cumsum(lengths) - lengths


def codes(values: Any, names: list[str]) -> Ints:
    """The place of each value in `names`."""
    return pd.Index(names).get_indexer(pd.Index(values)).astype(np.int64)


def cut_words(texts: list[str], *, by_blanks: bool) -> Cuts:
    """The tokens of texts: parted by blanks, as columns were joined, or nasij's own."""
    if not by_blanks:
        return Cuts(*_nasij.tokens(texts)[:3])
    found = [
        (place, *match.span())
        for place, text in enumerate(texts)
        for match in _TOKEN.finditer(text)
    ]
    return Cuts(*np.array(found, dtype=np.int64).reshape(-1, 3).T)


def cut_sentences(texts: list[str]) -> Cuts:
    """The sentences of texts."""
    return Cuts(*_nasij.sentences(texts))


def widen(mentions: pd.DataFrame, doc: Ints, words: Cuts) -> pd.DataFrame:
    """The mentions from the start of their first word to the end of their last.

    Of several within one word the first stays.
    """
    start, end = mentions["start"].to_numpy(), mentions["end"].to_numpy()
    base = words.bases((doc, end))
    starts, ends = base[words.doc] + words.start, base[words.doc] + words.end
    last = max(len(starts) - 1, 0)
    first = np.searchsorted(ends, base[doc] + start, side="right").clip(0, last)
    final = (np.searchsorted(starts, base[doc] + end, side="left") - 1).clip(0, last)
    wide = mentions.assign(
        start=np.minimum(start, starts[first] - base[doc]),
        end=np.maximum(end, ends[final] - base[doc]),
    )
    return wide.drop_duplicates(["doc", "start", "end"], ignore_index=True)
