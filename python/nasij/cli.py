"""The command line: ``nasij analyze``, ``evaluate``, ``extract`` and ``normalize``."""

from __future__ import annotations

import argparse
import functools
import io
import itertools
import os
import sys
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from nasij import filtering, report
from nasij._nasij import Normalizer, __version__
from nasij.arguments import TYPES, check_min_score, check_types, check_unit
from nasij.corpus import Corpus
from nasij.errors import ArgumentError, LexiconError, NasijError, NasijWarning, ReadWarning
from nasij.evaluation import command
from nasij.export import FORMATS, check_folder, write_all, write_jsonl
from nasij.lexicon import Lexicon
from nasij.reading import decoding
from nasij.text import extract
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["main"]

_Given = TypeVar("_Given")
_Checked = TypeVar("_Checked")
_DONE, _UNUSABLE, _WRONG_USAGE, _INTERRUPTED = 0, 1, 2, 130

_ABOUT: Final = "Who and what Arabic news speaks of, who with whom, when, and where it says so."
_EXAMPLES: Final = """\
examples:
  nasij analyze articles/ -o results            a folder of articles, tables as CSV
  nasij analyze news.jsonl.gz -o results --text body --id url --types PER,ORG
  nasij evaluate marked.jsonl                   how right that is, by names you marked
  nasij extract < article.txt                   the names in one article
  nasij normalize --profile search < names.txt  one spelling for all

Each command has its own help: nasij analyze --help
"""
_ANALYZE: Final = """\
Reads articles, finds the names in them, counts which occur together, and writes
documents, mentions, entities, roles, pairs (and problems, if there were any) as tables and
the network of pairs as network.gexf for Gephi, all or none of them. Prints the top of each.

INPUT is a folder, a file or a glob: .txt (one article a file), .jsonl, .csv, .tsv, .parquet,
each also .gz, and .zip. Encodings and usual column names are found.
"""
_ANALYZE_EXAMPLES: Final = """\
examples:
  nasij analyze articles/ -o results
  nasij analyze 2024.csv 2025.csv -o results --text body --date published --source outlet
  nasij analyze news.jsonl.gz -o results --unit document --min-count 5 --types PER,LOC
  nasij analyze news.jsonl.gz -o results --unit 20       a window of 20 tokens
  nasij analyze articles/ -o results --lexicon my_names.tsv --format parquet

exit status: 0 done, 1 nothing usable, 2 wrong usage
"""
_EXTRACT_EXAMPLES: Final = """\
examples:
  echo 'وصل فلاديمير بوتين إلى الصين.' | nasij extract
  nasij extract --format jsonl < article.txt > mentions.jsonl
"""
_NO_ENCODING: Final = "the encoding of the input is not recognised; name it: --encoding"
_NORMALIZE_EXAMPLES: Final = """\
rules: harakat shadda superscript_alef quranic (marks for these four) tatweel alef
       alef_maqsura ta_marbuta hamza composition presentation_forms word_ligatures persian
       persian_letters digits number_marks punctuation quotes invisible joiners whitespace repeats
       html

examples:
  nasij normalize < article.txt
  nasij normalize --profile search --rule digits=off < names.txt
  gzip -dc news.txt.gz | nasij normalize --profile search | sort | uniq -c
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: the words after ``nasij``; None takes those of the process.

    Returns:
        0 done, 1 nothing usable, 2 wrong usage, 130 interrupted.
    """
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except (ArgumentError, LexiconError) as error:
        return _fail(str(error), _WRONG_USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _DONE
    except (NasijError, OSError) as error:
        return _fail(str(error), _UNUSABLE)
    except KeyboardInterrupt:
        return _fail("interrupted", _INTERRUPTED)
    return status


def _open_closed() -> None:
    """Standard streams the caller closed are empty, and swallow what is written."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


def _fail(message: str, status: int) -> int:
    sys.stderr.write(f"nasij: {message}\n")
    return status


def _analyze(options: argparse.Namespace) -> int:
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
    pairs = analysis.cooccurrence(options.unit, None, options.min_count)
    paths = write_all(analysis, pairs, options.output, options.format, overwrite=options.force)
    seconds = time.perf_counter() - began
    if len(corpus.problems):
        sys.stderr.write(report.problems(corpus.problems, paths))
    if not options.quiet:
        sys.stdout.write(report.entities(analysis, options.top))
        sys.stdout.write(report.pairs(pairs, options.top))
        sys.stdout.write(report.evidence(analysis, pairs, options.unit))
        sys.stdout.write(report.written(paths))
        sys.stdout.write(report.rate(len(corpus), corpus.texts.nbytes, seconds))
    return _DONE


def _refuse_own_results(folder: Path, inputs: list[str]) -> None:
    """Results inside the input would be read as articles by the next run."""
    for place in map(Path, inputs):
        if place.is_dir() and folder.resolve().is_relative_to(place.resolve()):
            msg = f"{folder} lies in the input {place}; write the results elsewhere"
            raise ArgumentError(msg)


def _evaluate(options: argparse.Namespace) -> int:
    evaluation = command.evaluated(options, _lexicon(options.lexicon))
    if options.errors is not None:
        evaluation.errors.to_csv(options.errors, index=False, encoding="utf-8-sig")
    sys.stdout.write(report.evaluation(evaluation, options.top))
    return _DONE


def _extract(options: argparse.Namespace) -> int:
    data = sys.stdin.buffer.read()
    encoding = decoding.check_encoding(options.encoding) or decoding.detect(data)
    if encoding is None:
        return _fail(_NO_ENCODING, _UNUSABLE)
    text = data.decode(encoding, "replace")
    if not text.strip():
        return _fail("there is no text on standard input", _UNUSABLE)
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
    return _DONE


def _normalize(options: argparse.Namespace) -> int:
    normalizer = Normalizer(options.profile, **dict(options.rule))
    encoding = decoding.check_encoding(options.encoding)
    blocks = filtering.read_ahead(cast("io.RawIOBase", cast("Any", sys.stdin.buffer).raw))
    # What has come so far tells; more may come only after it is answered.
    first = next(blocks)
    encoding = encoding or decoding.detect(first[: decoding.SAMPLE], complete=False)
    if encoding is None:
        return _fail(_NO_ENCODING, _UNUSABLE)
    blocks = itertools.chain([first], blocks)
    damaged = filtering.normalize_stream(normalizer, blocks, encoding, sys.stdout.buffer)
    if damaged:
        lines = counted(damaged, "line is", "lines are")
        sys.stderr.write(f"nasij: {lines} not {encoding}; damaged bytes became U+FFFD\n")
    return _DONE


def _lexicon(files: list[str]) -> Lexicon:
    """The names that ship, with those of each file before them."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NasijWarning)
        lexicon = functools.reduce(Lexicon.extend, files, Lexicon.default())
    for warning in caught:
        sys.stderr.write(f"nasij: {warning.message}\n")
    return lexicon


def _unit(word: str) -> str | int:
    return _checked(check_unit, int(word) if word.isdecimal() else word)


def _types(word: str) -> list[str] | None:
    return _checked(check_types, word.upper().split(","))


def _score(word: str) -> float:
    try:
        return _checked(check_min_score, float(word))
    except ValueError:
        msg = f"{word!r} is not a number from 0 to 1"
        raise argparse.ArgumentTypeError(msg) from None


def _count(word: str) -> int:
    if not word.isdecimal() or int(word) < 1:
        msg = f"{word!r} is not a whole number from 1"
        raise argparse.ArgumentTypeError(msg)
    return int(word)


def _rule(word: str) -> tuple[str, bool]:
    name, _, value = word.partition("=")
    switches = {"on": True, "true": True, "off": False, "false": False}
    if value.lower() not in switches:
        msg = f"{word!r} is not NAME=on or NAME=off"
        raise argparse.ArgumentTypeError(msg)
    return name, switches[value.lower()]


def _checked(check: Callable[[_Given], _Checked], value: _Given) -> _Checked:
    try:
        return check(value)
    except ArgumentError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        "nasij", description=_ABOUT, epilog=_EXAMPLES, formatter_class=form
    )
    parser.add_argument("--version", action="version", version=f"nasij {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    analyze = commands.add_parser(
        "analyze",
        help="articles to tables, pairs and a network",
        description=_ANALYZE,
        epilog=_ANALYZE_EXAMPLES,
        formatter_class=form,
    )
    analyze.set_defaults(run=_analyze)
    add = analyze.add_argument
    add("input", nargs="+", metavar="INPUT", help="folder, file or glob")
    add("-o", "--output", required=True, metavar="OUT", help="folder to write; made if missing")
    add("--force", action="store_true", help="replace what an earlier run wrote in OUT")
    add("--format", choices=FORMATS, default="csv", help="of the tables (default: csv)")
    add(
        "--unit",
        type=_unit,
        default="sentence",
        help="what two names share to count as a pair: sentence (default), paragraph, document, "
        "or a number of tokens",
    )
    add("--min-count", type=_count, default=2, metavar="N", help="least count of a pair (2)")
    _add_wanted(analyze)
    _add_shared(analyze)
    columns = analyze.add_argument_group("columns", "found by their usual names unless given")
    for role in ("text", "id", "date", "source", "title"):
        columns.add_argument(f"--{role}", metavar="COLUMN", help=f"the column of the {role}")
    add("--top", type=_count, default=10, metavar="N", help="how many of each to print (10)")
    add("--threads", type=_count, metavar="N", help="how many threads work (default: all cores)")
    add("--quiet", action="store_true", help="print nothing but problems")

    evaluate = commands.add_parser(
        "evaluate",
        help="how right names are, against names marked by hand",
        description=command.ABOUT,
        epilog=command.EXAMPLES,
        formatter_class=form,
    )
    evaluate.set_defaults(run=_evaluate)
    command.add_arguments(evaluate)
    evaluate.add_argument(
        "--top", type=_count, default=20, metavar="N", help="how many errors to print (20)"
    )
    _add_shared(evaluate, encoding="of annotations utf-8; of texts it is found")

    extract_ = commands.add_parser(
        "extract",
        help="the names in one text from standard input",
        description="Reads one text from standard input and writes a line for each name in it.",
        epilog=_EXTRACT_EXAMPLES,
        formatter_class=form,
    )
    extract_.set_defaults(run=_extract)
    extract_.add_argument("--format", choices=("tsv", "jsonl"), default="tsv")
    _add_wanted(extract_)
    _add_shared(extract_)

    normalize = commands.add_parser(
        "normalize",
        help="normalize standard input line by line",
        description="Normalizes Arabic text from standard input, line by line.",
        epilog=_NORMALIZE_EXAMPLES,
        formatter_class=form,
    )
    normalize.set_defaults(run=_normalize)
    normalize.add_argument("--profile", default="light", help="none, light, search, aggressive")
    normalize.add_argument(
        "--rule",
        type=_rule,
        action="append",
        default=[],
        metavar="NAME=on|off",
        help="switch one rule on or off; may be repeated",
    )
    _add_encoding(normalize)
    return parser


def _add_shared(parser: argparse.ArgumentParser, encoding: str = "found") -> None:
    parser.add_argument(
        "--lexicon",
        metavar="FILE",
        action="append",
        default=[],
        help="a .tsv or .csv file, or folder of them, of names to add; may be repeated, the later "
        "wins",
    )
    _add_encoding(parser, encoding)


def _add_wanted(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--types",
        type=_types,
        metavar="T,T",
        help=f"types of names to keep, of {','.join(TYPES)} (default: all)",
    )
    parser.add_argument(
        "--min-score",
        type=_score,
        metavar="S",
        help="least score of a name to keep, from 0 to 1 (default: all)",
    )
    parser.add_argument(
        "--no-tagger",
        dest="tagger",
        action="store_false",
        help="without the tagger: only names of the lexicon, and those that a title or the like "
        "shows",
    )


def _add_encoding(parser: argparse.ArgumentParser, default: str = "found") -> None:
    parser.add_argument("--encoding", metavar="NAME", help=f"of the input (default: {default})")
