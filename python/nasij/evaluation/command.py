"""``nasij evaluate``: the tables of an evaluation, printed."""

from __future__ import annotations

import argparse
import functools
import sys
import warnings
from typing import TYPE_CHECKING, Any, Final

from nasij.corpus import Corpus
from nasij.errors import ArgumentError, NasijWarning
from nasij.evaluation.annotations import read_annotations
from nasij.evaluation.evaluate import evaluate

if TYPE_CHECKING:
    from nasij.evaluation.result import Evaluation
    from nasij.lexicon import Lexicon

__all__ = ["ABOUT", "EXAMPLES", "add_arguments", "evaluated"]

ABOUT: Final = """\
Holds the names nasij finds, or those in PREDICTED, against names marked by hand, and prints
precision, recall and F1 by type, which types are taken for which, and the worst errors.

GOLD and PREDICTED are .jsonl (texts with mentions, as annotation tools export them, or one
mention a line: doc, start, end, type), .csv of mentions, or columns as of CoNLL.
"""
EXAMPLES: Final = """\
examples:
  nasij evaluate marked.jsonl                           nasij, on the texts in the file
  nasij evaluate test.conll --types PER,ORG,LOC
  nasij evaluate gold.csv --texts articles/             offsets into texts elsewhere
  nasij evaluate gold.csv results/mentions.csv          what was found before
  nasij evaluate test.conll other.conll --types FAC=LOC,DATE=    another tagger; DATE left out
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes, but for what it shares with others."""
    add = parser.add_argument
    add("gold", metavar="GOLD", help="the names marked by hand")
    add("predicted", metavar="PREDICTED", nargs="?", help="names found (default: by nasij)")
    add("--texts", metavar="INPUT", nargs="+", help="the articles, where GOLD has only offsets")
    add("--types", type=_types, metavar="T,T", help="types that count, or what tags stand for")
    add("--spans", choices=("exact", "words"), help="compare characters or whole words")
    add("--sentences", type=int, metavar="N", help="of CoNLL, take N sentences as a document")
    add(
        "--columns",
        type=_columns,
        default=(0, -1),
        metavar="N,N",
        help="of CoNLL, where token and tag stand, from 0 (default: 0,-1, the last)",
    )
    add("--errors", metavar="FILE", help="write all errors to this CSV file")


def _types(word: str) -> list[str] | dict[str, str | None]:
    parts = [part.partition("=") for part in word.split(",")]
    if not any(sign for _, sign, _ in parts):
        return [name.upper() for name, _, _ in parts]
    if not all(sign for _, sign, _ in parts):
        msg = f"{word!r} is neither T,T nor TAG=TYPE,TAG="
        raise argparse.ArgumentTypeError(msg)
    return {tag: kind or None for tag, _, kind in parts}


def _columns(word: str) -> tuple[int, int]:
    try:
        token, tag = map(int, word.split(","))
    except ValueError as error:
        msg = f"{word!r} is no pair of columns, such as 0,1"
        raise argparse.ArgumentTypeError(msg) from error
    return token, tag


def evaluated(options: argparse.Namespace, lexicon: Lexicon) -> Evaluation:
    """The evaluation asked for; warnings go to the standard error stream."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NasijWarning)
        read = functools.partial(
            read_annotations,
            columns=options.columns,
            sentences=options.sentences,
            encoding=options.encoding or "utf-8",
        )
        gold = read(options.gold)
        texts = Corpus.read(options.texts, encoding=options.encoding) if options.texts else None
        predicted: Any
        if options.predicted is not None:
            predicted = read(options.predicted)
        elif texts is None and gold.documents["text"].isna().any():
            msg = "GOLD has offsets, but no texts; name the articles with --texts"
            raise ArgumentError(msg)
        else:
            predicted = (gold.corpus() if texts is None else texts).analyze(lexicon)
        evaluation = evaluate(gold, predicted, options.types, options.spans, texts)
    for warning in caught:
        sys.stderr.write(f"nasij: {warning.message}\n")
    return evaluation
