"""Tables of entities from files, frames and lists, as the extension takes them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from nasij import sheets
from nasij.errors import ArgumentError, LexiconError

__all__ = ["COLUMNS", "Entries", "Source", "removals", "sources"]

#: What entities can be given as.
Entries = str | os.PathLike[str] | pd.DataFrame | list[dict[str, Any]]
#: A name, tab-separated text, and what messages call its lines, where not by their numbers.
Source = tuple[str, str, list[str]]

COLUMNS: Final = (
    "id", "type", "subtype", "name", "name_en", "aliases", "short", "country", "note",
    "wikidata", "priority",
)  # fmt: skip
_SUFFIXES: Final = (".tsv", ".csv")


def sources(entries: Entries) -> list[Source]:
    """The tables in a file, a folder of them, a frame, or a list with a dict for each row."""
    if isinstance(entries, pd.DataFrame):
        return [_frame("the frame", entries)]
    if isinstance(entries, list):
        if not all(isinstance(row, dict) for row in entries):
            msg = "a list of entities has a dict for each, such as {'type': 'PER', 'name': ...}"
            raise ArgumentError(msg)
        return [_frame("the list", pd.DataFrame(entries, columns=None if entries else COLUMNS))]
    if not isinstance(entries, str | os.PathLike):
        msg = (
            "a path, a data frame or a list of dicts is needed, not "
            f"{type(entries).__name__ if entries is not None else 'None'}"
        )
        raise ArgumentError(msg)
    place = Path(entries)
    files = [place]
    if place.is_dir():
        files = sorted(file for file in place.iterdir() if file.suffix.lower() in _SUFFIXES)
    if not files:
        msg = f"{place}: no .tsv or .csv file in this folder"
        raise LexiconError(msg)
    return [_file(file) for file in files]


def removals(entities: str | list[str] | pd.DataFrame) -> list[Source]:
    """The table that removes entities: by ids, or by a frame with a column id or entity."""
    if isinstance(entities, pd.DataFrame):
        column = next((name for name in ("id", "entity") if name in entities.columns), None)
        if column is None:
            msg = "the frame has no column id or entity"
            raise ArgumentError(msg)
        entities = entities[column].tolist()
    elif not isinstance(entities, str | Iterable):
        msg = f"an id, a list of them or a frame is needed, not {type(entities).__name__}"
        raise ArgumentError(msg)
    ids = [entities] if isinstance(entities, str) else list(entities)
    table = pd.DataFrame({"id": ids, "type": "-", "name": ""}, index=pd.Index(ids))
    return [_frame("the entities to remove", table)]


def _frame(name: str, frame: pd.DataFrame) -> Source:
    twice = frame.columns[frame.columns.duplicated()]
    if len(twice):
        msg = f"{name}, column {twice[0]}: given twice"
        raise LexiconError(msg)
    cells = frame.astype(object).where(frame.notna(), "")
    lines = ["\t".join(map(_one_line, cells.columns))]
    lines += ["\t".join(map(_one_line, row)) for row in cells.itertuples(index=False)]
    labels = [repr(label) for label in frame.index]
    for line, label in zip(lines[1:], labels, strict=True):
        if line.startswith("#"):
            # In a file it would be a comment.
            msg = f"{name}, row {label}, column {frame.columns[0]}: begins with #"
            raise LexiconError(msg)
        try:
            line.encode()
        except UnicodeEncodeError as error:
            msg = f"{name}, row {label}: a lone surrogate, which is no Unicode text"
            raise LexiconError(msg) from error
    return name, "\n".join(lines) + "\n", ["", *labels]


def _file(file: Path) -> Source:
    if file.suffix.lower() != ".csv":
        return str(file), sheets.text_of(file, LexiconError), []
    rows = [row for row in sheets.rows(file, LexiconError) if not row[1][0].startswith("#")]
    table = ["\t".join(map(_one_line, cells)).rstrip("\t") for _, cells in rows]
    return str(file), "\n".join(table) + "\n", [str(line) for line, _ in rows]


def _one_line(cell: object) -> str:
    if isinstance(cell, list | tuple | set):  # aliases
        cell = "|".join(map(str, cell))
    if isinstance(cell, float) and cell.is_integer():  # a priority beside missing ones
        cell = int(cell)
    return " ".join(str(cell).split())
