"""Cutting tokens and sentences, beside CAMeL Tools, PyArabic, NLTK and regular expressions.

Checked first: nasij's sentences put together are the text, and between its tokens stands nothing
that one sees. Where the peers cut otherwise is counted, with examples of the sample articles.
nasij gives arrays of places in code points and the kinds of tokens; the others give strings, and
wordpunct's expression by ``regex.finditer`` gives places.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import regex
from camel_tools.tokenizers.word import simple_word_tokenize
from harness import SEEDS, examples, in_context, race_over
from nltk.tokenize import NLTKWordTokenizer, wordpunct_tokenize
from pyarabic import araby

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


def compare_camel(texts: list[str]) -> None:
    """Where CAMeL Tools, which cuts at blanks and every mark, cuts the same text otherwise."""
    more: list[str] = []
    other: list[str] = []
    for text in texts:
        ours = [text[a:b] for a, b in token_spans(text)]
        theirs = simple_word_tokenize(text)
        more += (Counter(ours) - Counter(theirs)).elements()
        other += (Counter(theirs) - Counter(ours)).elements()
    examples("tokens of the sample articles, only nasij", more)
    examples("tokens of the sample articles, only CAMeL Tools", other)


def run(sample: Sample) -> None:
    """Compares, then measures."""
    check(sample.texts)
    articles = pd.read_json(SEEDS, lines=True)["text"].tolist()
    compare(articles)
    compare_camel(articles)
    words = NLTKWordTokenizer()
    print("  tokens, str to arrays of places or lists of strings:")
    race_over(
        sample,
        {
            "nasij, a column": _nasij.tokens,
            "nasij, sentences too": lambda texts: (_nasij.sentences(texts), _nasij.tokens(texts)),
            "nasij, text by text": lambda texts: [_nasij.tokens([text]) for text in texts],
            "CAMeL Tools": lambda texts: [simple_word_tokenize(text) for text in texts],
            "PyArabic": lambda texts: [araby.tokenize(text) for text in texts],
            "NLTK words": lambda texts: [words.tokenize(text) for text in texts],
            "NLTK wordpunct": lambda texts: [wordpunct_tokenize(text) for text in texts],
            "regex.finditer": lambda texts: [wordpunct_spans(text) for text in texts],
        },
    )
    print("  sentences:")
    race_over(
        sample,
        {
            "nasij, a column": _nasij.sentences,
            "nasij, text by text": lambda texts: [_nasij.sentences([text]) for text in texts],
            "re.split": lambda texts: [SENTENCE_GAP.split(text) for text in texts],
        },
    )
