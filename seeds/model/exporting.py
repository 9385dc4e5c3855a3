"""From a trained network to the bytes that the core reads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from finetuning import Tagger
from inputs import Vocabulary
from network import DIRECT, LABELS, NEVER

from nasij import _nasij

Floats = npt.NDArray[np.float32]


def to_bytes(
    tagger: Tagger,
    vocabulary: Vocabulary,
    convention: Sequence[float],
    name: str,
) -> bytes:
    """A model that tags in a mixture of the conventions it learnt, by their weights."""
    encoder, chain, shape = tagger.encoder, tagger.chain, tagger.shape
    window = 2 * shape.reach + 1
    table = encoder.table.weight.detach().numpy()
    first = encoder.first.weight.detach().numpy().reshape(window, shape.hidden, shape.size)
    # The core knows words by fewer bits of their hashes.
    words, kept = np.unique(vocabulary.words & np.uint64(0xFFFF_FFFF), return_index=True)
    rows = np.concatenate(
        [
            table[:DIRECT],
            table[DIRECT : vocabulary.end_of_words][kept],
            table[vocabulary.end_of_words : shape.rows],
        ]
    )
    scales = np.maximum(np.abs(rows).max(1), 1e-6) / 127
    evidence = encoder.evidence.detach().numpy().copy()
    elsewhere = encoder.elsewhere.detach().numpy().copy()
    evidence[0], elsewhere[0] = 0, 0
    mixture = np.asarray(convention, np.float32)
    own = mixture @ encoder.convention.weight.detach().numpy()
    emit = np.tensordot(mixture, chain.own.detach().numpy(), 1)
    layers = [
        {
            "dilation": dilation,
            "weights": _floats(
                layer.weight.detach()
                .numpy()
                .reshape(shape.hidden, 3, shape.hidden)
                .transpose(1, 2, 0)
            ),
            "bias": _floats(layer.bias.detach().numpy()),
        }
        for layer, dilation in zip(encoder.layers, shape.dilations, strict=True)
    ]
    transitions, start = chain.legal()
    return _nasij.tagger_model(
        {
            "name": name,
            "labels": list(LABELS),
            "vocabulary": words.astype(np.uint32),
            "table": np.rint(rows / scales[:, None]).astype(np.int8),
            "scales": _floats(scales),
            "window": _floats(first.transpose(0, 2, 1)),
            "evidence": _floats(evidence.transpose(1, 0, 2)),
            "elsewhere": _floats(elsewhere.transpose(1, 0, 2)),
            "outside": _floats(first @ table[shape.boundary]),
            "bias": _floats(encoder.bias.detach().numpy() + own),
            "layers": layers,
            "output": _floats((chain.emit.weight.detach().numpy() + emit[:, :-1]).T),
            "output_bias": _floats(chain.emit.bias.detach().numpy() + emit[:, -1]),
            "transitions": _floats(
                np.where(transitions.detach() > NEVER / 2, transitions.detach(), 0)
            ),
            "start": _floats(np.where(start.detach() > NEVER / 2, start.detach(), 0)),
            "end": _floats(chain.end.detach().numpy()),
        }
    )


def _floats(array: npt.ArrayLike) -> Floats:
    return np.ascontiguousarray(array, np.float32)
