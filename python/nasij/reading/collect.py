"""Turns records into texts and their metadata: the one place that decides what a document is.

A text is kept unless it is missing, empty or no string. Everything else that is wrong (a date, a
repeated id, a damaged character) is noted in the problems and mended in the documented way.
"""

from __future__ import annotations

import csv
import math
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from nasij._nasij import Texts
from nasij.errors import ArgumentError, ReadError
from nasij.reading import decoding
from nasij.reading.columns import ROLES, check_given, find_columns, listed
from nasij.reading.documents import DocumentTable
from nasij.reading.formats import Record, read_source
from nasij.reading.frames import to_pandas
from nasij.reading.problems import Problems
from nasij.reading.sources import Archives, Paths, Source, discover

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Collected", "read_files", "read_frame"]

#: Texts go to the extension in lists of about this many bytes.
_CHUNK: Final = 8 << 20
_READ_FAULTS: Final = (
    OSError, EOFError, MemoryError, ValueError, RuntimeError, csv.Error, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_REASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Collected:
    """What reading gives: texts, one row of `documents` a text, and the problems."""

    texts: Texts
    documents: pd.DataFrame
    problems: Problems


def read_files(paths: Paths, given: Mapping[str, str | None], encoding: str | None) -> Collected:
    """Reads files, folders and globs; see `nasij.Corpus.read`.

    Raises:
        ArgumentError: a column that no file has, or an encoding Python does not know.
        ReadError: there is nothing usable at all.
    """
    check_given(given)
    collector = _Collector(given, decoding.check_encoding(encoding))
    sources = discover(paths, collector.problems)
    texts = Texts(_chunks(collector.documents(sources)))
    collector.refuse_unknown_columns()
    return collector.finish(texts, what="files")


def read_frame(frame: object, given: Mapping[str, str | None]) -> Collected:
    """Reads a data frame; see `nasij.Corpus.from_frame`.

    Raises:
        ArgumentError: it is no data frame, or has no such column.
        ReadError: no row has a usable text.
    """
    check_given(given)
    table = to_pandas(frame)
    roles = find_columns(table.columns, given)
    for role in ROLES:
        if role not in roles and (role == "text" or given[role] is not None):
            wanted = f"column {given[role]!r} for {role}=" if given[role] else "text column"
            msg = f"the frame has no {wanted}; its columns are: {listed(table.columns)}"
            raise ArgumentError(msg)
    collector = _Collector(given, None)
    texts = Texts(_chunks(collector.rows(table, roles)))
    collector.table.keep_columns(table.drop(columns=list(set(roles.values()))))
    return collector.finish(texts, what="frame")


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += 2 * len(text)
        if size >= _CHUNK:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class _Collector:
    """Grows the table of documents while the texts stream through."""

    def __init__(self, given: Mapping[str, str | None], encoding: str | None) -> None:
        self.problems = Problems()
        self.table = DocumentTable(self.problems)
        self._given = given
        self._encoding = encoding
        self._columns: dict[str, None] = {}
        self._found: set[str] = set()
        self._text_files = False

    def finish(self, texts: Texts, *, what: str) -> Collected:
        if not len(texts):
            rows = self.problems.rows
            reasons = [self.problems.words(i) for i in range(min(_REASONS, len(rows)))]
            more = f" (and {len(rows) - _REASONS} more)" if len(rows) > _REASONS else ""
            msg = f"nothing usable in the {what}: {'; '.join(reasons) or 'no rows'}{more}"
            raise ReadError(msg)
        return Collected(texts, self.table.frame(), self.problems)

    def refuse_unknown_columns(self) -> None:
        for role, name in self._given.items():
            if name is None or role in self._found or not (self._columns or self._text_files):
                continue
            there = f"the columns are: {listed(self._columns)}"
            if not self._columns:
                there = ".txt files have no columns"
            msg = f"no file has a column {name!r} for {role}=; {there}"
            raise ArgumentError(msg)

    def rows(self, table: pd.DataFrame, roles: Mapping[str, str]) -> Iterator[str]:
        names = list(roles.values())
        columns = [table[name] for name in names]
        for row, (label, *values) in enumerate(zip(table.index, *columns, strict=True), start=1):
            record = Record(row, dict(zip(names, values, strict=True)), None)
            text = self._document(record, roles, None, str(label))
            if text is not None:
                yield text

    def documents(self, sources: Iterable[Source]) -> Iterator[str]:
        archives = Archives()
        try:
            for source in sources:
                yield from self._file(source, archives)
        finally:
            archives.close()

    def _file(self, source: Source, archives: Archives) -> Iterator[str]:
        is_text = source.kind == "text"
        self._text_files |= is_text
        given = dict.fromkeys(ROLES) if is_text else self._given
        by_keys: dict[tuple[str, ...], dict[str, str]] = {}
        columns: dict[str, None] = {}
        found: set[str] = set()
        without_text: list[int | None] = []
        noted = len(self.problems.rows)
        for record in self._guarded(source, archives):
            keys = tuple(record.fields)
            if keys not in by_keys:
                by_keys[keys] = find_columns(keys, given)
                found.update(by_keys[keys])
                columns.update(dict.fromkeys(keys))
            if "text" not in by_keys[keys]:
                without_text.append(record.row)
                continue
            label = source.label if is_text else f"{source.label}:{record.row}"
            text = self._document(record, by_keys[keys], source.name, label)
            if text is not None:
                yield text
        if not columns and len(self.problems.rows) == noted:
            self.problems.add("the file holds no articles", file=source.name)
        if columns and not is_text:
            self._columns.update(columns)
            self._found |= found
            self._note_missing(source.name, columns, found, without_text)

    def _guarded(self, source: Source, archives: Archives) -> Iterator[Record]:
        """The records up to the first fault of the file itself, which is noted."""
        records = read_source(source, archives, self._encoding, self.problems)
        while True:
            try:
                record = next(records)
            except StopIteration:
                return
            except _READ_FAULTS as error:
                words = str(error) or type(error).__name__
                if isinstance(error, OSError) and error.strerror:
                    words = error.strerror
                elif isinstance(error, MemoryError):
                    words = "it does not fit into memory"
                self.problems.add(f"not readable: {words}", file=source.name)
                return
            yield record

    def _note_missing(
        self, file: str, columns: Iterable[str], found: set[str], without_text: list[int | None]
    ) -> None:
        wanted = self._given["text"]
        if without_text and "text" not in found:
            what = f"no column {wanted!r}" if wanted else "no text column; name it with text="
            self.problems.add(
                f"{what}; the columns are: {listed(columns)}", file=file, column=wanted
            )
        else:
            for row in without_text:
                self.problems.add("no text", file=file, row=row, column=wanted)
        for role, name in self._given.items():
            if name is not None and role not in found and role != "text":
                reason = f"no column {name!r} for {role}=; the columns are: {listed(columns)}"
                self.problems.add(reason, file=file, column=name)

    def _document(
        self, record: Record, roles: Mapping[str, str], file: str | None, label: str
    ) -> str | None:
        """Adds one document if its text is usable; returns the text as it is kept."""
        column = None if record.row is None else roles["text"]
        text = self._usable(record.fields[roles["text"]], file, record.row, column)
        if text is not None:
            self.table.add(record, roles, file, label)
        return text

    def _usable(
        self, value: Any, file: str | None, row: int | None, column: str | None
    ) -> str | None:
        reason = None
        if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
            reason = "no text"
        elif not isinstance(value, str):
            reason = f"the text is of type {type(value).__name__}, not a string"
        elif not value or value.isspace():
            reason = "the text is empty"
        if reason is not None:
            self.problems.add(reason, file=file, row=row, column=column)
            return None
        text: str = value
        try:
            text.encode()
        except UnicodeEncodeError as error:
            text, count = _SURROGATE.subn("\ufffd", text)
            reason = (
                f"damaged characters (bytes that do not decode, or lone surrogates): {count}, the "
                f"first at position {error.start}; each is replaced by U+FFFD"
            )
            self.problems.add(reason, file=file, row=row, column=column)
        return text
