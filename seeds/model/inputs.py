"""Texts as the network reads them: numbered forms with their features, evidence beside tokens.

The core itself tells the features (`tagger_inputs`), so that what is trained on and what is used
cannot differ.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import torch
from network import DIRECT, Batch, Shape

import nasij
from nasij import _nasij

Ints = npt.NDArray[np.int64]

# The feature of words that are not in the vocabulary, and the two bits that tell kinds apart.
UNKNOWN = DIRECT - 1
WORD, LETTERS = 1, 2
HASH = np.uint64((1 << 62) - 1)


@dataclasses.dataclass(frozen=True)
class Inputs:
    """The tokens of some texts."""

    form: Ints
    sentence: Ints
    evidence: Ints
    elsewhere: Ints
    start: Ints  # in code points of the text
    end: Ints
    texts: Ints  # where each text's tokens begin, and the last one's end
    features: npt.NDArray[np.uint64]
    forms: Ints  # where each form's features begin, and the last one's end

    def sentences(self, text: int, longest: int = 120) -> list[tuple[int, int]]:
        """The sentences of a text as ranges of tokens, long ones in pieces."""
        first, end = int(self.texts[text]), int(self.texts[text + 1])
        cuts = np.flatnonzero(np.diff(self.sentence[first:end])) + first + 1
        bounds = [first, *cuts.tolist(), end] if end > first else []
        return [
            (at, min(at + longest, stop))
            for begin, stop in itertools.pairwise(bounds)
            for at in range(begin, stop, longest)
        ]


def read(texts: Iterable[str]) -> Inputs:
    """What the core sees in texts."""
    core = nasij.Lexicon.default()._lexicon  # noqa: SLF001
    seen = _nasij.tagger_inputs(_nasij.Texts([list(texts)]), core)
    return Inputs(
        form=seen["form"].astype(np.int64),
        sentence=seen["sentence"].astype(np.int64),
        evidence=seen["evidence"].astype(np.int64),
        elsewhere=seen["elsewhere"].astype(np.int64),
        start=seen["start"].astype(np.int64),
        end=seen["end"].astype(np.int64),
        texts=np.concatenate([[0], seen["text_ends"]]),
        features=seen["features"],
        forms=np.concatenate([[0], seen["feature_ends"]]),
    )


@dataclasses.dataclass(frozen=True)
class Vocabulary:
    """The words that have rows of their own, and the number of rows that runs of letters share."""

    words: npt.NDArray[np.uint64]
    buckets: int

    @classmethod
    def of(cls, inputs: Inputs, words: int, buckets: int) -> Vocabulary:
        """The most frequent words, stems and clitics of texts."""
        frequency = np.bincount(inputs.form, minlength=len(inputs.forms) - 1)
        frequency = np.repeat(frequency, np.diff(inputs.forms))
        is_word = inputs.features >> np.uint64(62) == WORD
        hashes, place = np.unique(inputs.features[is_word] & HASH, return_inverse=True)
        counts = np.bincount(place, weights=frequency[is_word])
        kept = np.argsort(-counts, kind="stable")[:words]
        return cls(np.sort(hashes[kept]), buckets)

    @property
    def rows(self) -> int:
        return self.end_of_words + self.buckets

    @property
    def end_of_words(self) -> int:
        return DIRECT + len(self.words)

    def rows_of(self, inputs: Inputs) -> Rows:
        """The rows of the features of every form."""
        kind = inputs.features >> np.uint64(62)
        hashes = inputs.features & HASH
        rows = hashes.astype(np.int64)
        is_word = kind == WORD
        place = np.searchsorted(self.words, hashes[is_word]).clip(max=len(self.words) - 1)
        known = self.words[place] == hashes[is_word]
        rows[is_word] = np.where(known, DIRECT + place, -1)
        letters = hashes[kind == LETTERS] % np.uint64(self.buckets)
        rows[kind == LETTERS] = self.end_of_words + letters.astype(np.int64)
        form = np.repeat(np.arange(len(inputs.forms) - 1), np.diff(inputs.forms))
        words = np.flatnonzero(is_word)
        whole = words[np.unique(form[words], return_index=True)[1]]
        rows[whole[rows[whole] < 0]] = UNKNOWN
        kept = rows >= 0
        lengths = np.bincount(form[kept], minlength=len(inputs.forms) - 1)
        return Rows(rows[kept], np.concatenate([[0], np.cumsum(lengths)]))


@dataclasses.dataclass(frozen=True)
class Rows:
    """The rows of forms, one form after another.

    Two forms more stand for a boundary (-2) and for a word that is to be guessed (-1).
    """

    rows: Ints
    starts: Ints

    def batch(self, shape: Shape, forms: Ints, evidence: Ints, elsewhere: Ints) -> Batch:
        """Tokens with the rows of their distinct forms."""
        distinct, place = np.unique(forms, return_inverse=True)
        special = {-2: shape.boundary, -1: shape.masked}
        extra = [special[int(form)] for form in distinct[distinct < 0]]
        known = distinct[distinct >= 0]
        lengths = np.concatenate(
            [np.ones(len(extra), np.int64), self.starts[known + 1] - self.starts[known]]
        )
        ends = np.cumsum(lengths)
        starts = ends - lengths
        flat = np.arange(ends[-1] - len(extra)) + len(extra)
        flat = flat + np.repeat(self.starts[known] - starts[len(extra) :], lengths[len(extra) :])
        rows = np.concatenate([np.asarray(extra, np.int64), self.rows[flat]])
        return Batch(
            rows=torch.from_numpy(rows),
            starts=torch.from_numpy(starts),
            forms=torch.from_numpy(place),
            evidence=torch.from_numpy(evidence),
            elsewhere=torch.from_numpy(elsewhere),
            inside=torch.from_numpy((forms != -2).astype(np.float32)),
        )


def apart(inputs: Inputs, shape: Shape) -> tuple[Ints, Ints, Ints]:
    """All tokens in a row (forms, evidence, elsewhere), boundaries between their sentences."""
    text = np.repeat(np.arange(len(inputs.texts) - 1), np.diff(inputs.texts))
    new = np.ones(len(text), bool)
    new[1:] = (np.diff(text) != 0) | (np.diff(inputs.sentence) != 0)
    place = np.arange(len(text)) + shape.padding * np.cumsum(new)
    length = len(text) + shape.padding * (int(new.sum()) + 1)
    forms, evidence, elsewhere = (
        np.full(length, -2),
        np.zeros(length, np.int64),
        np.zeros(length, np.int64),
    )
    forms[place], evidence[place], elsewhere[place] = inputs.form, inputs.evidence, inputs.elsewhere
    return forms, evidence, elsewhere


def gathered(
    inputs: Inputs, sentences: Sequence[tuple[int, int]], shape: Shape
) -> tuple[tuple[Ints, Ints, Ints], Ints, npt.NDArray[np.bool_]]:
    """Some sentences in a row, as `apart` gives them all.

    With the place of each of their tokens there, of shape (sentences, longest), and which of
    these are tokens.
    """
    lengths = np.asarray([end - first for first, end in sentences])
    total = int(lengths.sum()) + shape.padding * (len(sentences) + 1)
    row = (np.full(total, -2), np.zeros(total, np.int64), np.zeros(total, np.int64))
    places = np.zeros((len(sentences), int(lengths.max())), np.int64)
    inside = np.arange(places.shape[1]) < lengths[:, None]
    at = shape.padding
    for s, (first, end) in enumerate(sentences):
        stop = at + end - first
        for column, values in zip(
            row, (inputs.form, inputs.evidence, inputs.elsewhere), strict=True
        ):
            column[at:stop] = values[first:end]
        places[s, : end - first] = np.arange(at, stop)
        at = stop + shape.padding
    return row, places, inside
