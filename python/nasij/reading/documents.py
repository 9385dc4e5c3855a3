"""The table of documents, grown row by row: ids made unique, dates read, other columns kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.reading.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nasij.reading.formats import Record
    from nasij.reading.problems import Problems

__all__ = ["RESERVED", "DocumentTable"]

#: Columns nasij writes itself; a column of the input with such a name gets ``_original``.
RESERVED: Final = frozenset(
    ["doc", "date", "source", "title", "file", "row", "encoding", "sentences", "tokens", "mentions"]
)
_LONGEST: Final = 1_000
_MOST_COLUMNS: Final = 64
_SCALARS: Final = (str, int, float, bool, datetime, date, np.generic)


def _missing(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value != value  # noqa: PLR0124


def _clean(value: str) -> str:
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _label(value: object) -> str | None:
    """A scalar as a short text: whole floats lose their ``.0``, blanks are missing."""
    if not isinstance(value, _SCALARS) or _missing(value):
        return None
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    return _clean(str(value)).strip() or None


class DocumentTable:
    """Lists of values by column, and the rules that fill them."""

    def __init__(self, problems: Problems) -> None:
        """Starts empty; problems of dates, ids and columns are added to `problems`."""
        self._problems = problems
        self._ids: dict[str, int] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._extra: dict[str, list[Any]] = {}
        self._left_out: set[str] = set()

    def add(self, record: Record, roles: Mapping[str, str], file: str | None, label: str) -> None:
        """Adds one document; `label` is its id if the record has none."""
        fields = record.fields
        value = {role: fields[column] for role, column in roles.items()}

        def note(reason: str, role: str) -> None:
            self._problems.add(reason, file=file, row=record.row, column=roles.get(role))

        doc = _label(value.get("id"))
        if doc is None:
            doc = label
            if "id" in value and not _missing(value["id"]):
                note(f"the id is no plain value; the document is called {doc!r}", "id")
        doc = self._unique(doc, note)
        moment = None
        try:
            moment = parse_date(value.get("date"))
        except (ValueError, OverflowError) as error:
            note(f"unreadable date {value['date']!r}: {error}"[:200], "date")
        source, title = _label(value.get("source")), _label(value.get("title"))
        self._rows.append((doc, moment, source, title, file, record.row, record.encoding))
        if file is not None:
            used = set(roles.values())
            for column, other in fields.items():
                if column not in used:
                    self._keep(column, other, file)

    def keep_columns(self, frame: pd.DataFrame) -> None:
        """Keeps the columns of a frame for the documents that came from it."""
        kept = frame.iloc[[row[5] - 1 for row in self._rows]].reset_index(drop=True)
        self._extra = {str(name): kept[name] for name in kept.columns}  # type: ignore[misc]

    def frame(self) -> pd.DataFrame:
        """Columns doc, date, source, title, file, row, encoding and those kept from the input."""
        text = pd.Series(["text"]).dtype
        columns = list(zip(*self._rows, strict=True)) or [()] * 7
        table = pd.DataFrame(
            {
                "doc": pd.Series(columns[0], dtype=text),
                "date": pd.Series(columns[1], dtype="datetime64[us]"),
                "source": pd.Series(columns[2], dtype="category"),
                "title": pd.Series(columns[3], dtype=text),
                "file": pd.Series(columns[4], dtype="category"),
                "row": pd.Series(columns[5], dtype="Int64"),
                "encoding": pd.Series(columns[6], dtype="category"),
            }
        )
        for name, values in self._extra.items():
            if name not in self._left_out:
                column = name
                while column in table.columns or column in RESERVED:
                    column += "_original"
                padding = [None] * (len(self._rows) - len(values))
                table[column] = pd.Series([*values, *padding]) if padding else pd.Series(values)
        return table

    def _unique(self, doc: str, note: Any) -> str:
        if doc not in self._ids:
            self._ids[doc] = 1
            return doc
        number, unique = self._ids[doc], doc
        while unique in self._ids:
            number += 1
            unique = f"{doc}#{number}"
        self._ids[doc] = number
        self._ids[unique] = 1
        note(f"the id {doc!r} is taken; the document is called {unique!r}", "id")
        return unique

    def _keep(self, column: str, value: Any, file: str) -> None:
        if value is None or not isinstance(value, _SCALARS) or column in self._left_out:
            return
        reason = None
        if column not in self._extra and len(self._extra) >= _MOST_COLUMNS:
            reason = f"more than {_MOST_COLUMNS} other columns; this one is left out"
        elif isinstance(value, str) and len(value) > _LONGEST:
            reason = f"values of over {_LONGEST} characters; the column is left out"
        if reason is not None:
            self._left_out.add(column)
            self._extra.pop(column, None)
            self._problems.add(reason, file=file, column=column)
            return
        values = self._extra.setdefault(column, [])
        values.extend([None] * (len(self._rows) - 1 - len(values)))
        values.append(_clean(value) if isinstance(value, str) else value)
