"""The tagger: what it adds to the analysis, beside a chain given the same and an encoder.

First the scores of the compiled network are held against the same network in plain single
precision. Then all take turns, each on as much text as it can read in some seconds, and the table
shows thousands of tokens a second:

- nasij from texts to tables with the tagger and without, and its tagger by itself over texts that
  were read beforehand, whose time holds the reading of the model;
- python-crfsuite with the same evidence, over items prepared and with the time to make them. Its
  model is small and learnt from a few texts, on others than it is timed on: a larger one would be
  slower. It sees less than the network, whose layers see past the window;
- the encoder of BERT-base over numbers of sub-words, without what cuts the words and what labels
  them; left out where PyTorch (requirements-model.txt) is not installed.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pycrfsuite
import tagger_reference as reference
from harness import ROOT, race_by
from tagger_peers import Attributes, labels_of, trained

import nasij
from nasij import _nasij

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from harness import Sample

    Contestant = tuple[Callable[[], object], float]

MODEL = ROOT / "seeds" / "model" / "tagger.bin"
# Of tokens: for the check, for the chain to learn from, for the chain and the encoder to read.
CHECKED, LEARNT, READ, ENCODED = 5_000, 40_000, 40_000, 1_500
WITHOUT, ALONE = "without its tagger", "its tagger by itself"
CHAIN, ENCODER = "python-crfsuite", "BERT-base"
# Of the spread of the scores: what whole numbers lose.
TOLERANCE = 0.01


def inputs_of(texts: Sequence[str], tokens: int | None = None) -> dict[str, Any]:
    """What the tagger reads of texts, of the first that have so many tokens."""
    lexicon = _nasij.Lexicon.default()
    if tokens is not None:
        seen = np.cumsum([text.count(" ") for text in texts])
        texts = texts[: int(np.searchsorted(seen, tokens)) + 1]
    return dict(_nasij.tagger_inputs(_nasij.Texts([list(texts)]), lexicon))


def check(data: bytes, model: reference.Model, texts: Sequence[str]) -> None:
    """Whether the compiled network gives the scores of the plain one."""
    inputs = inputs_of(texts, CHECKED)
    ours = _nasij.tagger_run(data, inputs)["scores"].reshape(-1, len(model.labels))
    plain = reference.scores(model, inputs)
    worst = np.abs(ours - plain).max() / plain.std()
    other = int((ours.argmax(axis=1) != plain.argmax(axis=1)).sum())
    print(f"  scores of {len(plain):,} tokens: at most {worst:.5f} of their spread from those of")
    print(f"  plain arithmetic; for {other:,} another label scores best")
    assert worst < TOLERANCE, "the compiled network is another"


def chain(data: bytes, reach: int, texts: Sequence[str]) -> dict[str, Contestant]:
    """The chain over items prepared, and with the time to make them.

    Says how far it learnt what it was shown.
    """
    learnt, read = inputs_of(texts[::2], LEARNT), inputs_of(texts[1::2], READ)
    names: dict[int, str] = {}
    tagger = trained(Attributes(learnt, reach, names).items(), labels_of(data, learnt))
    attributes = Attributes(read, reach, names)
    lists = list(attributes.items())
    items = [pycrfsuite.ItemSequence(item) for item in lists]
    ours = [label for labels in labels_of(data, read) for label in labels]
    theirs = [label for item in items for label in tagger.tag(item)]
    pairs = list(zip(ours, theirs, strict=True))
    named = [pair for pair in pairs if pair != ("O", "O")]
    every, some = (sum(a == b for a, b in of) / max(1, len(of)) for of in (pairs, named))
    size = sum(len(attributes) for item in lists for attributes in item) / len(pairs)
    print(f"  python-crfsuite: {size:.0f} attributes a token; learnt nasij's labels from")
    print(
        f"  {len(learnt['form']):,} tokens, gives the same to {every:.1%} of {len(pairs):,} others"
    )
    print(f"  and to {some:.1%} of those that either puts in a name")

    def prepared() -> None:
        for item in items:
            tagger.tag(item)

    def from_evidence() -> None:
        for item in attributes.items():
            tagger.tag(pycrfsuite.ItemSequence(item))

    thousands = len(pairs) / 1e3
    return {CHAIN: (prepared, thousands), f"{CHAIN}, items too": (from_evidence, thousands)}


def encoder(inputs: dict[str, Any]) -> dict[str, Contestant]:
    """The encoder of sentences as long as these, if there is PyTorch."""
    if not importlib.util.find_spec("torch"):
        print("  no PyTorch, so no encoder")
        return {}
    lengths = [end - begin for begin, end in reference.sentences(inputs)]
    work, tokens = importlib.import_module("encoder").prepared(lengths, ENCODED)
    return {ENCODER: (work, tokens / 1e3)}


def run(sample: Sample) -> None:
    """Compares, then measures."""
    data = MODEL.read_bytes()
    model = reference.read(data)
    texts = list(dict.fromkeys(sample.texts))
    check(data, model, texts)
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": sample.texts}))
    found = corpus.analyze(threads=1)
    inputs = inputs_of(sample.texts)
    tokens = len(inputs["form"])
    assert tokens == found.documents["tokens"].sum()
    by_tagger = int((found.mentions["found_by"] == "tagger").sum())
    print(f"  {tokens:,} tokens, {len(found.mentions):,} mentions, {by_tagger:,} by the tagger")
    rates = race_by(
        {
            "nasij": (lambda: corpus.analyze(threads=1), tokens / 1e3),
            WITHOUT: (lambda: corpus.analyze(threads=1, tagger=False), tokens / 1e3),
            ALONE: (lambda: _nasij.tagger_run(data, inputs, with_scores=False), tokens / 1e3),
            **chain(data, model.reach, texts),
            **encoder(inputs),
        },
        "k tokens/s",
    )
    whole, alone = rates["nasij"], rates[ALONE]
    print(f"  nasij {1e3 * whole * sample.megabytes / tokens:.1f} MB/s; the tagger and what it")
    print(
        f"  brings take {1 - whole / rates[WITHOUT]:.0%} of its time, by itself {whole / alone:.0%}"
    )
    peers = (name for name in rates if name.startswith((CHAIN, ENCODER)))
    shown = (f"{alone / rates[name]:,.1f} times {name}" for name in peers)
    print(f"  the tagger by itself does {'; '.join(shown)}")
