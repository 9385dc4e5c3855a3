"""What the command line prints: the top of every table, in columns of equal width on screen.

Arabic is printed as it is, in reading order; terminals that know right-to-left text show it
rightly. Numbers come first and names last, so that a line stays readable either way.
"""

from __future__ import annotations

import textwrap
import unicodedata
from typing import TYPE_CHECKING, Final

import pandas as pd

from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from nasij.analysis import Analysis

__all__ = ["entities", "evidence", "pairs", "problems", "rate", "written"]

_HEADINGS: Final = {"PER": "people", "ORG": "organisations", "LOC": "places"}
_SENTENCES: Final = 3
_LONGEST: Final = 400
_WIDTH: Final = 96
_MEGABYTE: Final = 1_000_000


def width(text: str) -> int:
    """How many columns a terminal gives to `text`."""
    invisible = {"Mn", "Me", "Cf"}
    return sum(
        0 if unicodedata.category(c) in invisible else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def entities(analysis: Analysis, top: int) -> str:
    """The most mentioned people, organisations and places."""
    table = analysis.entities
    blocks = []
    for kind, heading in _HEADINGS.items():
        chosen = table[table["type"] == kind].head(top)
        rows = [
            (f"{row.mentions:,}", f"{row.docs:,}", _text(row.name_en), _text(row.name))
            for row in chosen.itertuples(index=False)
        ]
        blocks.append(_block(f"Top {heading}", ("mentions", "docs", "", ""), rows, right=2))
    return "".join(blocks)


def pairs(table: pd.DataFrame, top: int) -> str:
    """The pairs with the highest log-likelihood ratio, people first, and their measures."""
    people = (table["a_type"] == "PER") & (table["b_type"] == "PER")
    named = (table["a_type"] != "NORP") & (table["b_type"] != "NORP")
    return _pairs("Top pairs of people", table[people], top) + _pairs(
        "Top pairs (nationalities left out)" if not named.all() else "Top pairs",
        table[named],
        top,
    )


def _pairs(title: str, table: pd.DataFrame, top: int) -> str:
    columns = ["count", "expected", "llr", "npmi", "logdice", "q", "a_name", "b_name"]
    rows = [
        (
            f"{count:,}",
            f"{expected:,.1f}",
            f"{llr:,.1f}",
            f"{npmi:.2f}",
            f"{logdice:.1f}",
            f"{q:.1e}",
            f"{a} — {b}",
        )
        for count, expected, llr, npmi, logdice, q, a, b in table[columns].head(top).to_numpy()
    ]
    head = ("count", "expected", "LLR", "NPMI", "logDice", "q", "")
    return _block(title, head, rows, right=6)


def evidence(analysis: Analysis, table: pd.DataFrame, unit: str | int) -> str:
    """The first units of the top pair, of people if there is one."""
    if table.empty:
        return ""
    people = table[(table["a_type"] == "PER") & (table["b_type"] == "PER")]
    first = (table if people.empty else people).iloc[0]
    units = analysis.evidence(first["a"], first["b"], unit)
    title = f"{first['a_name']} — {first['b_name']}: {min(_SENTENCES, len(units))} of {len(units)}"
    lines = [f"Evidence, {title}"]
    for row in units.head(_SENTENCES).to_dict("records"):
        text = " ".join(row["text"].split())
        text = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
        date = "" if pd.isna(row["date"]) else f"{row['date']:%Y-%m-%d}"
        origin = " · ".join(
            part for part in (_text(row["doc"]), date, _text(row["source"])) if part
        )
        lines.append(textwrap.fill(text, _WIDTH, initial_indent="  ", subsequent_indent="  "))
        lines.append(f"  [{origin}]")
    return "\n".join(lines) + "\n\n"


def problems(table: pd.DataFrame, paths: Iterable[Path]) -> str:
    """How many problems, the first few, and where they all are."""
    where = next((path for path in paths if path.stem == "problems"), None)
    lines = [f"nasij: {counted(len(table), 'problem')} while reading, listed in {where}"]
    for row in table.head(_SENTENCES).to_dict("records"):
        place = [_text(row["file"])]
        if not pd.isna(row["row"]):
            place.append(f"row {row['row']}")
        if _text(row["column"]):
            place.append(f"column {row['column']}")
        lines.append(f"  {', '.join(place)}: {row['reason']}")
    return "\n".join(lines) + "\n"


def written(paths: Iterable[Path]) -> str:
    """The paths written."""
    return "".join(["Written\n", *(f"  {path}\n" for path in paths), "\n"])


def rate(documents: int, size: int, seconds: float) -> str:
    """Documents, megabytes, seconds, and megabytes a second."""
    megabytes, seconds = size / _MEGABYTE, max(seconds, 1e-9)
    return (
        f"{counted(documents, 'document')}, {megabytes:,.1f} MB in {seconds:,.1f} s "
        f"({megabytes / seconds:,.1f} MB/s, {documents / seconds:,.0f} documents/s)\n"
    )


def _text(value: object) -> str:
    return "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124


def _block(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], right: int) -> str:
    """A titled table whose first `right` columns are set to the right."""
    if not rows:
        return f"{title}: none\n\n"
    lines = [head, *rows]
    widths = [max(width(line[i]) for line in lines) for i in range(len(head))]
    printed = [title]
    for line in lines:
        cells = [
            " " * (space - width(cell)) + cell if i < right else cell + " " * (space - width(cell))
            for i, (cell, space) in enumerate(zip(line, widths, strict=True))
        ]
        printed.append("  " + "  ".join(cells).rstrip())
    return "\n".join(printed) + "\n\n"
