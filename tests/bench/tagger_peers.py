"""Other taggers, given what nasij's is given.

A linear chain by python-crfsuite, with every feature that nasij's network reads as an attribute:
those of the form of each token in the window, by where it stands, and what was found there and
elsewhere. It has the same labels, for it learns those that nasij's tagger gives to some texts.

The encoder stands apart (`encoder.py`), for it needs PyTorch.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pycrfsuite
from tagger_reference import EVIDENCE, features_of, sentences

from nasij import _nasij

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ITERATIONS = 30
# What was found at a token, as a list of none or one; zero stands for nothing.
CODES = [[str(code)] if code else [] for code in range(EVIDENCE)]


class Attributes:
    """The evidence of tokens as short strings, made once for each form and offset."""

    def __init__(self, inputs: dict[str, Any], reach: int, names: dict[int, str]) -> None:
        """Readies the strings of all forms; `names` gives a feature one, and gets the new ones."""
        self.reach = reach
        self.sentences = sentences(inputs)
        columns = ("form", "evidence", "elsewhere")
        self.form, self.evidence, self.elsewhere = (inputs[name].tolist() for name in columns)
        lists = [features_of(inputs, form) for form in range(len(inputs["feature_ends"]))]
        named = [[names.setdefault(f, f"{len(names):x}") for f in features] for features in lists]
        self.of_form, self.of_evidence, self.of_elsewhere = (
            [
                [[f"{offset}{sign}{name}" for name in some] for some in every]
                for offset in self._offsets
            ]
            for sign, every in ((":", named), ("=", CODES), ("~", CODES))
        )

    @property
    def _offsets(self) -> range:
        return range(2 * self.reach + 1)

    def items(self) -> Iterator[list[list[str]]]:
        """For each sentence the attributes of its tokens, made as they are asked for."""
        for begin, end in self.sentences:
            yield [self._item(place, begin, end) for place in range(begin, end)]

    def _item(self, place: int, begin: int, end: int) -> list[str]:
        attributes: list[str] = []
        for offset in self._offsets:
            at = place + offset - self.reach
            if begin <= at < end:
                attributes += self.of_form[offset][self.form[at]]
                attributes += self.of_evidence[offset][self.evidence[at]]
                attributes += self.of_elsewhere[offset][self.elsewhere[at]]
            else:
                attributes.append(f"{offset}|")
        return attributes


def labels_of(model: bytes, inputs: dict[str, Any]) -> list[list[str]]:
    """The labels that nasij's tagger gives the tokens of each sentence."""
    found = _nasij.tagger_run(model, inputs, with_scores=False)
    labels = ["O"] * len(inputs["form"])
    for first, end, kind in zip(found["first"], found["end"], found["type"], strict=True):
        labels[first:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - first - 1)
    return [labels[begin:end] for begin, end in sentences(inputs)]


def trained(items: Iterable[list[list[str]]], labels: list[list[str]]) -> pycrfsuite.Tagger:
    """A chain that has seen these sentences so many times."""
    trainer = pycrfsuite.Trainer("lbfgs", {"max_iterations": ITERATIONS}, verbose=False)
    for attributes, names in zip(items, labels, strict=True):
        trainer.append(attributes, names)
    tagger = pycrfsuite.Tagger()
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder, "model"))
        trainer.train(file)
        tagger.open(file)
    return tagger
