"""Cutting tokens and sentences, beside NLTK's wordpunct and regular expressions.

Checked first: nasij's sentences put together are the text, and between its tokens stands nothing
that one sees. Where the peers cut otherwise is counted, with examples of the sample articles.
nasij gives arrays of places in code points and the kinds of tokens; wordpunct gives strings, and
the same expression by ``regex.finditer`` gives places.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pandas as pd
import regex
from harness import SEEDS, examples, in_context, race
from nltk.tokenize import wordpunct_tokenize

from nasij import _nasij

if TYPE_CHECKING:
    from harness import Sample

    Span = tuple[int, int]

WORDPUNCT = regex.compile(r"\w+|[^\w\s]+")
SENTENCE_GAP = re.compile(r"(?<=[.!?؟…])\s+|\n+")
UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Zs", "Mn"}


def token_spans(text: str) -> list[Span]:
    """nasij's tokens."""
    _, start, end, _ = _nasij.tokens([text])
    return list(zip(start.tolist(), end.tolist(), strict=True))


def wordpunct_spans(text: str) -> list[Span]:
    """The tokens of NLTK's expression."""
    return [match.span() for match in WORDPUNCT.finditer(text)]


def expression_cuts(text: str) -> set[int]:
    """Where an expression of end marks and line ends begins a sentence."""
    return {end for match in SENTENCE_GAP.finditer(text) if 0 < (end := match.end()) < len(text)}


def sentence_cuts(text: str) -> set[int]:
    """Where nasij begins a sentence, the first left out."""
    return set(_nasij.sentences([text])[1].tolist()[1:])


def check(texts: list[str]) -> None:
    """Sentences partition each text; tokens and the gaps between them do."""
    for text in texts:
        _, start, end = (places.tolist() for places in _nasij.sentences([text]))
        assert start == [0, *end[:-1]][: len(start)]
        assert not text or end[-1] == len(text)
        at = 0
        for begin, stop in [*token_spans(text), (len(text), len(text))]:
            assert at <= begin
            assert all(unicodedata.category(c) in UNSEEN for c in text[at:begin]), text[at:begin]
            at = stop
        assert [text[a:b] for a, b in wordpunct_spans(text)] == wordpunct_tokenize(text)


def compare(texts: list[str]) -> None:
    """Counts what only one cuts."""
    more_tokens: list[str] = []
    other_tokens: list[str] = []
    more_cuts: list[str] = []
    other_cuts: list[str] = []
    for text in texts:
        ours, theirs = set(token_spans(text)), set(wordpunct_spans(text))
        more_tokens += [text[a:b] for a, b in sorted(ours - theirs)]
        other_tokens += [text[a:b] for a, b in sorted(theirs - ours)]
        cuts, others = sentence_cuts(text), expression_cuts(text)
        more_cuts += [in_context(text, at, at) for at in sorted(cuts - others)]
        other_cuts += [in_context(text, at, at) for at in sorted(others - cuts)]
    examples("tokens of the sample articles, only nasij", more_tokens)
    examples("tokens of the sample articles, only wordpunct", other_tokens)
    examples("sentences of the sample articles begin, only nasij", more_cuts)
    examples("sentences of the sample articles begin, only the expression", other_cuts)


def run(sample: Sample) -> None:
    """Compares, then measures."""
    texts, size = sample.texts, sample.megabytes
    check(texts)
    compare(pd.read_json(SEEDS, lines=True)["text"].tolist())
    print("  tokens:")
    race(
        {
            "nasij": lambda: [_nasij.tokens([text]) for text in texts],
            "NLTK wordpunct": lambda: [wordpunct_tokenize(text) for text in texts],
            "regex.finditer": lambda: [wordpunct_spans(text) for text in texts],
        },
        size,
        "MB/s",
    )
    print("  sentences:")
    race(
        {
            "nasij": lambda: [_nasij.sentences([text]) for text in texts],
            "re.split": lambda: [SENTENCE_GAP.split(text) for text in texts],
        },
        size,
        "MB/s",
    )
