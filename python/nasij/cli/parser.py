"""The words of the command line, and the help that teaches them."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Final, TypeVar

from nasij._nasij import __version__
from nasij.arguments import COUNTED, TYPES, check_min_score, check_types, check_unit
from nasij.cli import commands
from nasij.errors import ArgumentError
from nasij.evaluation import command
from nasij.export import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["parser"]

_Given = TypeVar("_Given")
_Checked = TypeVar("_Checked")

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
documents, mentions, entities, roles, stories, pairs (and problems, if there were any) as tables
and the network of pairs as network.gexf for Gephi, all or none of them. Prints the top of each.

INPUT is a folder, a file or a glob: .txt (one article a file), .jsonl, .csv, .tsv, .parquet,
each also .gz, and .zip. Encodings and usual column names are found.
"""
_ANALYZE_EXAMPLES: Final = """\
examples:
  nasij analyze articles/ -o results
  nasij analyze 2024.csv 2025.csv -o results --text body --date published --source outlet
  nasij analyze news.jsonl.gz -o results --unit document --min-count 5 --types PER,LOC
  nasij analyze news.jsonl.gz -o results --unit 20       a window of 20 tokens
  nasij analyze news.jsonl.gz -o results --count stories --since 2023-05 --until 2023-08
  nasij analyze articles/ -o results --lexicon my_names.tsv --format parquet

exit status: 0 done, 1 nothing usable, 2 wrong usage
"""
_EXTRACT_EXAMPLES: Final = """\
examples:
  echo 'وصل فلاديمير بوتين إلى الصين.' | nasij extract
  nasij extract --format jsonl < article.txt > mentions.jsonl
"""
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


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    form = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(
        "nasij", description=_ABOUT, epilog=_EXAMPLES, formatter_class=form
    )
    top.add_argument("--version", action="version", version=f"nasij {__version__}")
    kinds = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    analyze = kinds.add_parser(
        "analyze",
        help="articles to tables, pairs and a network",
        description=_ANALYZE,
        epilog=_ANALYZE_EXAMPLES,
        formatter_class=form,
    )
    analyze.set_defaults(run=commands.run_analyze)
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
        "a number of tokens, or 'around 10': so many before and after each name",
    )
    add(
        "--count",
        choices=COUNTED,
        default="units",
        help="what is counted: the units themselves (default), or the documents, stories (a report "
        "and its copies are one), sources or days that have one",
    )
    add("--since", metavar="DATE", help="only documents from this date on, such as 2023-05")
    add("--until", metavar="DATE", help="only documents up to the end of this date")
    add("--min-count", type=_count, default=2, metavar="N", help="least count of a pair (2)")
    _add_wanted(analyze)
    _add_shared(analyze)
    columns = analyze.add_argument_group("columns", "found by their usual names unless given")
    for role in ("text", "id", "date", "source", "title"):
        columns.add_argument(f"--{role}", metavar="COLUMN", help=f"the column of the {role}")
    add("--top", type=_count, default=10, metavar="N", help="how many of each to print (10)")
    add("--threads", type=_count, metavar="N", help="how many threads work (default: all cores)")
    add("--quiet", action="store_true", help="print nothing but problems")

    evaluate = kinds.add_parser(
        "evaluate",
        help="how right names are, against names marked by hand",
        description=command.ABOUT,
        epilog=command.EXAMPLES,
        formatter_class=form,
    )
    evaluate.set_defaults(run=commands.run_evaluate)
    command.add_arguments(evaluate)
    evaluate.add_argument(
        "--top", type=_count, default=20, metavar="N", help="how many errors to print (20)"
    )
    _add_shared(evaluate, encoding="of annotations utf-8; of texts it is found")

    extract_ = kinds.add_parser(
        "extract",
        help="the names in one text from standard input",
        description="Reads one text from standard input and writes a line for each name in it.",
        epilog=_EXTRACT_EXAMPLES,
        formatter_class=form,
    )
    extract_.set_defaults(run=commands.run_extract)
    extract_.add_argument("--format", choices=("tsv", "jsonl"), default="tsv")
    _add_wanted(extract_)
    _add_shared(extract_)

    normalize = kinds.add_parser(
        "normalize",
        help="normalize standard input line by line",
        description="Normalizes Arabic text from standard input, line by line.",
        epilog=_NORMALIZE_EXAMPLES,
        formatter_class=form,
    )
    normalize.set_defaults(run=commands.run_normalize)
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
    return top


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
