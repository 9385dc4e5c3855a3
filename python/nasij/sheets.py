"""Tables that a person edits, as editors and spreadsheets save them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from nasij.reading import decoding

if TYPE_CHECKING:
    from pathlib import Path

    from nasij.errors import NasijError

__all__ = ["rows", "text_of"]

_DELIMITERS: Final = (",", ";", "\t")


def text_of(file: Path, fault: type[NasijError]) -> str:
    """What a file says, whatever its encoding; raises `fault` if it cannot be read."""
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"{file}: not readable: {error.strerror}"
        raise fault(msg) from error
    encoding = decoding.detect(data)
    if encoding is None:
        msg = f"{file}: its encoding is not recognised; save it as UTF-8"
        raise fault(msg)
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def rows(file: Path, fault: type[NasijError]) -> list[tuple[int, list[str]]]:
    """The rows of a CSV file, by commas, semicolons or tabs, each with its line, counted from 1.

    Blank rows are left out. A quotation mark that nothing closes raises `fault`: it would take all
    that follows for one cell.
    """
    content = text_of(file, fault)
    lines = (line for line in content.splitlines() if line.strip() and line[0] != "#")
    head = next(lines, "")
    reader = csv.reader(
        io.StringIO(content, newline=""), delimiter=max(_DELIMITERS, key=head.count), strict=True
    )
    found, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        msg = f"{file}, row {line}: {error}"
        raise fault(msg) from error
    return found
