"""The tagger once more, in plain single precision: what the compiled one is held against.

A model's file is read here by itself (postcard: numbers of any size seven bits to a byte, arrays
behind their length, floats as they stand), and its network run with numpy over the columns that
`_nasij.tagger_inputs` gives, without the caches and the whole numbers of `src/tagger`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

MAGIC = b"nsjtagr\x01"
# Of `src/tagger`: what every model knows by number, the last of them for unknown words; the codes
# of what was found at a token and elsewhere; the tokens that are read together at most.
DIRECT, EVIDENCE, ELSEWHERE, LONGEST = 80, 121, 6, 512
# Of `python/src/tagger.rs`: the kind of a feature stands in its highest bits.
WORD, LETTERS, HASH = 1, 2, (1 << 62) - 1


class Reader:
    """Takes values from the front of bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self) -> int:
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def octets(self, width: int = 1) -> bytes:
        size = self.number() * width
        self.at += size
        return self.data[self.at - size : self.at]

    def numbers(self) -> list[int]:
        return [self.number() for _ in range(self.number())]

    def floats(self) -> npt.NDArray[np.float32]:
        return np.frombuffer(self.octets(4), "<f4").astype(np.float32)


@dataclass(frozen=True)
class Model:
    """The weights of the network, by the names and shapes of `src/tagger/model.rs`."""

    labels: list[str]
    vocabulary: npt.NDArray[np.uint64]
    rows: npt.NDArray[np.float32]
    window: npt.NDArray[np.float32]
    evidence: npt.NDArray[np.float32]
    elsewhere: npt.NDArray[np.float32]
    outside: npt.NDArray[np.float32]
    bias: npt.NDArray[np.float32]
    layers: list[tuple[int, npt.NDArray[np.float32], npt.NDArray[np.float32]]]
    output: npt.NDArray[np.float32]
    output_bias: npt.NDArray[np.float32]

    @property
    def reach(self) -> int:
        """How far the window reaches to each side."""
        return len(self.outside) // 2


def read(data: bytes) -> Model:
    """The model of a file."""
    assert data.startswith(MAGIC), "no model of this version"
    source = Reader(data[len(MAGIC) :])
    source.octets()  # its name
    labels = [source.octets().decode() for _ in range(source.number())]
    vocabulary = np.array(source.numbers(), np.uint64)
    table = np.frombuffer(source.octets(), np.int8)
    scales, window, evidence, elsewhere, outside, bias = (source.floats() for _ in range(6))
    hidden = len(bias)
    layers = []
    for _ in range(source.number()):
        dilation, weights, shift = source.number(), source.floats(), source.floats()
        layers.append((dilation, weights.reshape(3, hidden, hidden), shift))
    output, output_bias = source.floats(), source.floats()
    rows = table.reshape(len(scales), -1).astype(np.float32) * scales[:, None]
    return Model(
        labels,
        vocabulary,
        rows,
        window.reshape(-1, rows.shape[1], hidden),
        evidence.reshape(-1, EVIDENCE, hidden),
        elsewhere.reshape(-1, ELSEWHERE, hidden),
        outside.reshape(-1, hidden),
        bias,
        layers,
        output.reshape(hidden, len(labels)),
        output_bias,
    )


def features_of(inputs: dict[str, Any], form: int) -> list[int]:
    """The features of a form."""
    ends = inputs["feature_ends"]
    return inputs["features"][ends[form - 1] if form else 0 : ends[form]].tolist()


def vector(model: Model, features: list[int]) -> npt.NDArray[np.float32]:
    """The sum of the rows of a form's features."""
    rows, seen = [], False
    words = len(model.vocabulary)
    for feature in features:
        kind, value = feature >> 62, feature & HASH
        if kind == WORD:
            word = value & 0xFFFF_FFFF
            place = int(np.searchsorted(model.vocabulary, np.uint64(word)))
            if place < words and int(model.vocabulary[place]) == word:
                rows.append(DIRECT + place)
            elif not seen:
                rows.append(DIRECT - 1)
            seen = True
        elif kind == LETTERS:
            rows.append(DIRECT + words + value % (len(model.rows) - DIRECT - words))
        else:
            rows.append(value)
    return model.rows[rows].sum(axis=0, dtype=np.float32)


def sentences(inputs: dict[str, Any]) -> list[tuple[int, int]]:
    """From where to where each sentence goes, of all texts."""
    starts = np.ones(len(inputs["sentence"]), bool)
    starts[1:] = np.diff(inputs["sentence"].astype(np.int64)) != 0
    ends = inputs["text_ends"]
    starts[ends[ends < len(starts)]] = True
    places = [*np.flatnonzero(starts).tolist(), len(starts)]
    return list(pairwise(places))


def scores(model: Model, inputs: dict[str, Any]) -> npt.NDArray[np.float32]:
    """The score of each label at each token: tokens × labels."""
    forms, form = np.unique(inputs["form"], return_inverse=True)
    vectors = np.array([vector(model, features_of(inputs, int(f))) for f in forms])[form]
    cut = (range(a, b, LONGEST) for a, b in sentences(inputs))
    starts = np.array([place for places in cut for place in places])
    part = np.searchsorted(starts, np.arange(len(form)), "right")

    def seen(distance: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """The tokens so far away, and whether they stand in the same part."""
        places = np.arange(len(form)) + distance
        near = places.clip(0, len(form) - 1)
        return near, ((places == near) & (part[near] == part))[:, None]

    hidden = np.tile(model.bias, (len(form), 1))
    for offset in range(2 * model.reach + 1):
        near, inside = seen(offset - model.reach)
        given = vectors[near] @ model.window[offset]
        given += model.evidence[offset][inputs["evidence"][near]]
        given += model.elsewhere[offset][inputs["elsewhere"][near]]
        hidden += np.where(inside, given, model.outside[offset])
    hidden = np.maximum(hidden, 0)
    for dilation, weights, bias in model.layers:
        made = np.tile(bias, (len(form), 1))
        for side, weight in enumerate(weights):
            near, inside = seen((side - 1) * dilation)
            made += np.where(inside, hidden[near], 0) @ weight
        hidden += np.maximum(made, 0)
    return hidden @ model.output + model.output_bias
