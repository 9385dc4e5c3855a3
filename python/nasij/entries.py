"""Tables of entities from files, frames and lists, as the extension takes them."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any, Final

import pandas as pd

from nasij.errors import ArgumentError, LexiconError
from nasij.reading import decoding

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
_DELIMITERS: Final = (",", ";", "\t")


def sources(entries: Entries) -> list[Source]:
    """The tables in a file, a folder of them, a frame, or a list with a dict for each row."""
    if isinstance(entries, pd.DataFrame):
        return [_frame("the frame", entries)]
    if isinstance(entries, list):
        if not all(isinstance(row, dict) for row in entries):
            msg = "a list of entities has a dict for each, such as {'type': 'PER', 'name': ...}"
            raise ArgumentError(msg)
        return [_frame("the list", pd.DataFrame(entries, columns=None if entries else ["name"]))]
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
    ids = [entities] if isinstance(entities, str) else list(entities)
    table = pd.DataFrame({"id": ids, "type": "-", "name": ""}, index=pd.Index(ids))
    return [_frame("the entities to remove", table)]


def _frame(name: str, frame: pd.DataFrame) -> Source:
    cells = frame.astype(object).where(frame.notna(), "")
    lines = ["\t".join(map(_one_line, cells.columns))]
    lines += ["\t".join(map(_one_line, row)) for row in cells.itertuples(index=False)]
    return name, "\n".join(lines) + "\n", ["", *map(repr, frame.index)]


def _file(file: Path) -> Source:
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"{file}: not readable: {error.strerror}"
        raise LexiconError(msg) from error
    encoding = decoding.detect(data)
    if encoding is None:
        msg = f"{file}: its encoding is not recognised; save it as UTF-8"
        raise LexiconError(msg)
    content = data.decode(encoding, "replace").removeprefix("\ufeff")
    return _csv(file, content) if file.suffix.lower() == ".csv" else (str(file), content, [])


def _csv(file: Path, content: str) -> Source:
    lines = (line for line in content.splitlines() if line.strip() and line[0] != "#")
    head = next(lines, "")
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter, strict=True)
    table, rows, before = [], [], 0
    try:
        for row in reader:
            number, before = before + 1, reader.line_num
            if any(cell.strip() for cell in row) and not row[0].startswith("#"):
                table.append("\t".join(map(_one_line, row)).rstrip("\t"))
                rows.append(str(number))
    except csv.Error as error:
        msg = f"{file}, row {reader.line_num}: {error}"
        raise LexiconError(msg) from error
    return str(file), "\n".join(table) + "\n", rows


def _one_line(cell: object) -> str:
    if isinstance(cell, list | tuple | set):  # aliases
        cell = "|".join(map(str, cell))
    if isinstance(cell, float) and cell.is_integer():  # a priority beside missing ones
        cell = int(cell)
    return " ".join(str(cell).split())
