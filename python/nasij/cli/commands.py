"""What each command does with its options; what it gives back is the exit status."""

from __future__ import annotations

import functools
import itertools
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from nasij import filtering
from nasij._nasij import Normalizer
from nasij.cli import report
from nasij.corpus import Corpus
from nasij.errors import ArgumentError, NasijWarning, ReadWarning
from nasij.evaluation import command
from nasij.export import check_folder, write_all, write_jsonl
from nasij.lexicon import Lexicon
from nasij.reading import decoding
from nasij.text import extract
from nasij.wording import counted

if TYPE_CHECKING:
    import argparse
    import io

__all__ = [
    "DONE",
    "UNUSABLE",
    "fail",
    "run_analyze",
    "run_evaluate",
    "run_extract",
    "run_normalize",
]

DONE, UNUSABLE = 0, 1

_NO_ENCODING: Final = "the encoding of the input is not recognised; name it: --encoding"


def fail(message: str, status: int) -> int:
    """Says what is wrong."""
    sys.stderr.write(f"nasij: {message}\n")
    return status


def run_analyze(options: argparse.Namespace) -> int:
    """Articles to tables, pairs and a network."""
    began = time.perf_counter()
    folder = check_folder(options.output, overwrite=options.force)
    _refuse_own_results(folder, options.input)
    columns = {role: getattr(options, role) for role in ("text", "id", "date", "source", "title")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadWarning)
        corpus = Corpus.read(options.input, encoding=options.encoding, **columns)
    shown = not options.quiet and sys.stderr.isatty()
    analysis = corpus.analyze(
        _lexicon(options.lexicon),
        options.threads,
        progress=shown,
        types=options.types,
        min_score=options.min_score,
        tagger=options.tagger,
    )
    if options.since or options.until:
        analysis = analysis.select(since=options.since, until=options.until)
    pairs = analysis.cooccurrence(options.unit, None, options.min_count, count=options.count)
    paths = write_all(analysis, pairs, options.output, options.format, overwrite=options.force)
    seconds = time.perf_counter() - began
    if len(corpus.problems):
        sys.stderr.write(report.problems(corpus.problems, paths))
    if not options.quiet:
        sys.stdout.write(report.entities(analysis, options.top))
        sys.stdout.write(report.stories(analysis, options.top))
        sys.stdout.write(report.pairs(pairs, options.top))
        sys.stdout.write(report.evidence(analysis, pairs, options.unit, options.count))
        sys.stdout.write(report.written(paths))
        sys.stdout.write(report.rate(len(corpus), corpus.texts.nbytes, seconds))
    return DONE


def _refuse_own_results(folder: Path, inputs: list[str]) -> None:
    """Results inside the input would be read as articles by the next run."""
    for place in map(Path, inputs):
        if place.is_dir() and folder.resolve().is_relative_to(place.resolve()):
            msg = f"{folder} lies in the input {place}; write the results elsewhere"
            raise ArgumentError(msg)


def run_evaluate(options: argparse.Namespace) -> int:
    """How right names are, against those marked by hand."""
    evaluation = command.evaluated(options, _lexicon(options.lexicon))
    if options.errors is not None:
        evaluation.errors.to_csv(options.errors, index=False, encoding="utf-8-sig")
    sys.stdout.write(report.evaluation(evaluation, options.top))
    return DONE


def run_extract(options: argparse.Namespace) -> int:
    """The names of one text, line by line."""
    data = sys.stdin.buffer.read()
    encoding = decoding.check_encoding(options.encoding) or decoding.detect(data)
    if encoding is None:
        return fail(_NO_ENCODING, UNUSABLE)
    text = data.decode(encoding, "replace")
    if not text.strip():
        return fail("there is no text on standard input", UNUSABLE)
    mentions = extract(
        text,
        _lexicon(options.lexicon),
        types=options.types,
        min_score=options.min_score,
        tagger=options.tagger,
    )
    if options.format == "jsonl":
        write_jsonl(mentions, sys.stdout)
    else:
        sys.stdout.write(mentions.to_csv(sep="\t", index=False, lineterminator="\n"))
    return DONE


def run_normalize(options: argparse.Namespace) -> int:
    """Standard input, normalized."""
    normalizer = Normalizer(options.profile, **dict(options.rule))
    encoding = decoding.check_encoding(options.encoding)
    blocks = filtering.read_ahead(cast("io.RawIOBase", cast("Any", sys.stdin.buffer).raw))
    # What has come so far tells; more may come only after it is answered.
    first = next(blocks)
    encoding = encoding or decoding.detect(first[: decoding.SAMPLE], complete=False)
    if encoding is None:
        return fail(_NO_ENCODING, UNUSABLE)
    blocks = itertools.chain([first], blocks)
    damaged = filtering.normalize_stream(normalizer, blocks, encoding, sys.stdout.buffer)
    if damaged:
        lines = counted(damaged, "line is", "lines are")
        sys.stderr.write(f"nasij: {lines} not {encoding}; damaged bytes became U+FFFD\n")
    return DONE


def _lexicon(files: list[str]) -> Lexicon:
    """The names that ship, with those of each file before them."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NasijWarning)
        lexicon = functools.reduce(Lexicon.extend, files, Lexicon.default())
    for warning in caught:
        sys.stderr.write(f"nasij: {warning.message}\n")
    return lexicon
