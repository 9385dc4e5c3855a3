"""One reader a format: each turns a file into records, and faults into problems.

Readers stream: a line, a row or a batch at a time is in memory, and for ``.txt`` one article.
"""

from __future__ import annotations

import csv
import inspect
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from nasij.errors import ReadError
from nasij.reading import decoding

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

    from nasij.reading.problems import Problems
    from nasij.reading.sources import Archives, Source

__all__ = ["Record", "read_source"]

_BATCH: Final = 1024


class Record(NamedTuple):
    """One article as the file has it: its row (from 1), its fields and the file's encoding."""

    row: int | None
    fields: Mapping[str, Any]
    encoding: str | None


def read_source(
    source: Source, archives: Archives, encoding: str | None, problems: Problems
) -> Iterator[Record]:
    """The records of one source, in order. What cannot be read is noted in `problems`.

    The row of a record is its line in JSONL, and its record number in CSV (the header is 1, as a
    spreadsheet shows it) and Parquet (from 1). Damaged bytes come as lone surrogates, which the
    collector reports and replaces.
    """
    if source.kind == "parquet":
        yield from _parquet(archives.open(source))
        return
    given = encoding is not None
    if encoding is None:
        sample, complete = decoding.sample_of(archives.open(source))
        encoding = decoding.detect(sample, complete=complete)
    if encoding is None:
        reason = "the encoding is not recognised; name it with encoding="
        problems.add(reason, file=source.name)
        return
    if not given and decoding.western(encoding):
        reason = f"read as {encoding}, a Western encoding without Arabic; if wrong, pass encoding="
        problems.add(reason, file=source.name)
    stream = archives.open(source)
    if source.kind == "text":
        text = stream.read().decode(encoding, decoding.DAMAGED)
        yield Record(None, {"text": text}, encoding)
    elif source.kind == "jsonl":
        yield from _jsonl(stream, source.name, encoding, problems)
    else:
        delimiter = "\t" if source.kind == "tsv" else None
        yield from _csv(stream, source.name, encoding, delimiter, problems)


def _lines(stream: BinaryIO, encoding: str) -> Iterator[str | UnicodeDecodeError]:
    r"""Lines ended by ``\n`` only: a line separator inside a JSON string is text."""
    if decoding.is_wide(encoding):
        with io.TextIOWrapper(stream, encoding, decoding.DAMAGED, newline="\n") as lines:
            yield from lines
        return
    for line in stream:
        try:
            yield line.decode("utf-8" if encoding == "utf-8-sig" else encoding)
        except UnicodeDecodeError as error:
            yield error


def _jsonl(stream: BinaryIO, file: str, encoding: str, problems: Problems) -> Iterator[Record]:
    for row, line in enumerate(_lines(stream, encoding), start=1):
        if isinstance(line, UnicodeDecodeError):
            reason = f"invalid {encoding} at byte {line.start + 1} of the line"
            problems.add(reason, file=file, row=row)
            continue
        if row == 1:
            line = line.removeprefix("\ufeff")  # noqa: PLW2901
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            reason = f"broken JSON: {error.msg} at character {error.pos + 1}"
            problems.add(reason, file=file, row=row)
        except (ValueError, RecursionError) as error:
            problems.add(f"broken JSON: {error}", file=file, row=row)
        else:
            if isinstance(value, dict):
                yield Record(row, value, encoding)
            else:
                reason = f"a JSON {_json_kind(value)} where an object is expected"
                problems.add(reason, file=file, row=row)


def _json_kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    kinds = {list: "array", str: "string", int: "number", float: "number"}
    return kinds[type(value)]


def _csv(
    stream: BinaryIO, file: str, encoding: str, delimiter: str | None, problems: Problems
) -> Iterator[Record]:
    csv.field_size_limit(max(csv.field_size_limit(), 2**31 - 1))
    with io.TextIOWrapper(stream, encoding, decoding.DAMAGED, newline="") as lines:
        header_line = lines.readline()
        if delimiter is None:
            delimiter = max(",;\t|", key=lambda mark: _outside_quotes(header_line).count(mark))
        chained = _chain(header_line, lines)
        rows = csv.reader(chained, delimiter=delimiter)
        header = [name.strip().removeprefix("\ufeff") for name in next(rows, [])]
        if not any(header):
            problems.add("the file is empty", file=file)
            return
        for name in sorted(name for name, times in Counter(header).items() if name and times > 1):
            reason = f"{header.count(name)} columns are called {name!r}; the last is read"
            problems.add(reason, file=file, row=1, column=name)
        number = 1
        for number, values in enumerate(rows, start=2):
            if not values:
                continue
            # Only inside quotation marks does a row ask for lines that are not there.
            if inspect.getgeneratorstate(chained) == inspect.GEN_CLOSED:
                reason = "a quotation mark is not closed; the row runs to the end of the file"
                problems.add(reason, file=file, row=number)
            if len(values) == len(header):
                yield Record(number, dict(zip(header, values, strict=True)), encoding)
                continue
            reason = f"{len(values)} fields where the header has {len(header)}"
            if len(values) < len(header) and any("\n" in value for value in values):
                reason += "; a quotation mark may not be closed"
            problems.add(reason, file=file, row=number)
        if number == 1:
            problems.add("there are no rows below the header", file=file)


def _chain(first: str, rest: Iterable[str]) -> Generator[str]:
    yield first
    yield from rest


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _parquet(stream: BinaryIO) -> Iterator[Record]:
    try:
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError as error:
        msg = "reading Parquet needs pyarrow: pip install nasij[parquet]"
        raise ReadError(msg) from error
    seekable = stream if isinstance(stream, io.BufferedReader) else io.BytesIO(stream.read())
    row = 0
    for batch in parquet.ParquetFile(seekable).iter_batches(batch_size=_BATCH):
        names = batch.schema.names
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            row += 1
            yield Record(row, dict(zip(names, values, strict=True)), None)
