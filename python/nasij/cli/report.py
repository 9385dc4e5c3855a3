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
    from nasij.evaluation import Evaluation

__all__ = ["entities", "evaluation", "evidence", "pairs", "problems", "rate", "stories", "written"]

_HEADINGS: Final = {"PER": "people", "ORG": "organisations", "LOC": "places"}
_SPANS: Final = {"exact": "characters", "words": "whole words"}
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
    within = _within(table)
    rest = " (nationalities left out)" if not named.all() else ""
    return _pairs(f"Top pairs of people, {within}", table[people], top) + _pairs(
        f"Top pairs{rest}, {within}", table[named], top
    )


def _within(table: pd.DataFrame) -> str:
    """What the pairs were counted in: "in sentences", "in stories (in one sentence)"."""
    unit, count = table.attrs["unit"], table.attrs["count"]
    named = unit in {"sentence", "paragraph", "document"}
    if count != "units":
        return f"in {count} (in one {unit if named else 'window'})"
    return f"in {unit}s" if named else f"in windows of {unit} tokens"


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


def stories(analysis: Analysis, top: int) -> str:
    """How many stories there are, and those that were printed most."""
    table = analysis.stories
    rows = [
        (f"{row.docs:,}", f"{row.sources:,}", f"{row.similarity:.2f}", _short(_text(row.title)))
        for row in table[table["docs"] > 1].head(top).itertuples(index=False)
    ]
    number = counted(len(table), "story", "stories")
    title = f"Most copied ({counted(len(analysis.documents), 'document')}, {number})"
    return _block(title, ("docs", "sources", "similarity", ""), rows, right=3)


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH - 30 else text[: _WIDTH - 30] + " …"


def evidence(analysis: Analysis, table: pd.DataFrame, unit: str | int, count: str) -> str:
    """The first units of the top pair, of people if there is one."""
    if table.empty:
        return ""
    people = table[(table["a_type"] == "PER") & (table["b_type"] == "PER")]
    first = (table if people.empty else people).iloc[0]
    units = analysis.evidence(first["a"], first["b"], unit, count=count)
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


def evaluation(found: Evaluation, top: int) -> str:
    """Figures by type, confusions, the worst errors, and how true scores are."""
    return "".join(
        [
            _scores(found),
            _confusions(found.confusions),
            _worst(found.worst, top),
            _shares("Found by", found.found_by, "found_by"),
            _reliability(found.reliability),
        ]
    )


def _scores(found: Evaluation) -> str:
    rows = []
    for row in found.scores.to_dict("records"):
        cells = [row["type"], *(f"{row[name]:,}" for name in ("gold", "predicted", "correct"))]
        for name in ("precision", "recall", "f1"):
            low, high = row[f"{name}_low"], row[f"{name}_high"]
            cells += [_share(row[name]), "" if pd.isna(low) else f"({low:.3f}-{high:.3f})"]
        rows.append(cells)
    head = ("", "gold", "predicted", "correct", "precision", "", "recall", "", "F1", "")
    documents = counted(len(found.documents), "document")
    title = f"Scores, {documents}, spans of {_SPANS[found.spans]}, intervals over {found.unit}s"
    return _block(title, head, rows, right=len(head))


def _confusions(table: pd.DataFrame) -> str:
    rows = [(name, *(f"{n:,}" for n in row)) for name, *row in table.itertuples()]
    return _block("Gold (rows) taken for", ("", *table.columns), rows, right=len(table.columns) + 1)


def _worst(table: pd.DataFrame, top: int) -> str:
    rows = []
    for row in table.head(top).to_dict("records"):
        kinds = " → ".join(_text(row[side]) or "none" for side in ("gold", "predicted"))
        names = " → ".join(filter(None, (_text(row["text"]), _text(row["predicted_text"]))))
        rows.append((f"{row['count']:,}", f"{row['of']:,}", row["kind"], kinds, names))
    return _block("Worst errors", ("count", "of", "kind", "gold → predicted", ""), rows, right=2)


def _shares(title: str, table: pd.DataFrame, name: str) -> str:
    rows = [
        (f"{row['mentions']:,}", f"{row['correct']:,}", _share(row["right"]), row[name])
        for row in table.to_dict("records")
    ]
    return _block(title, ("mentions", "correct", "right", ""), rows, right=3) if rows else ""


def _reliability(table: pd.DataFrame) -> str:
    bins = [f"score {low:.1f}-{high:.1f}, {mean:.3f} on average" for low, high, mean in
            table[["low", "high", "score"]].to_numpy()]  # fmt: skip
    return _shares("Are scores true", table.assign(bin=bins), "bin")


def _share(value: float) -> str:
    return "" if pd.isna(value) else f"{value:.3f}"


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
