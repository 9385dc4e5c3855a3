"""Mentions out of JSON: one a line by offsets, or one text a line with its mentions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from nasij.errors import AnnotationError
from nasij.evaluation.conll import Document, Span
from nasij.reading.columns import find_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["documents", "spans_of"]

#: What the exports of annotation tools call the list of mentions, and the parts of one.
_LISTS: Final = ("entities", "label", "labels", "spans", "annotations", "mentions")
_START: Final = ("start", "start_offset", "begin")
_END: Final = ("end", "end_offset", "stop")
_TYPE: Final = ("type", "label", "labels", "tag", "entity_group", "entity_type")
_TRIPLE: Final = 3
#: No text has more code points.
_FARTHEST: Final = 2**32


def documents(content: str, file: str) -> Iterator[Document]:
    """Reads texts with their mentions from a file of JSON lines, or of one JSON array.

    Raises:
        AnnotationError: a line that is no such object.
    """
    for place, row in _objects(content, file):
        text = row.get("text")
        if not isinstance(text, str):
            msg = f"{place}: no text"
            raise AnnotationError(msg)
        name = next((key for key in _LISTS if isinstance(row.get(key), list)), None)
        if name is None:
            msg = f"{place}: no list of mentions under {', '.join(_LISTS)}"
            raise AnnotationError(msg)
        # A list the annotator left empty is an article without names.
        spans = [_span(item, text, place) for item in row[name]]
        chosen = find_columns(row, {"text": "text", "id": None}).get("id")
        named = "" if chosen is None or row[chosen] is None else str(row[chosen])
        yield Document(named, text, sorted(spans))


def spans_of(content: str, file: str) -> pd.DataFrame | None:
    """The frame of mentions if the objects are mentions; None if they are texts with mentions."""
    rows = list(_objects(content, file))
    if not rows or not {"start", "end"} <= rows[0][1].keys():
        return None
    for place, row in rows:
        if missing := {"start", "end", "type"} - row.keys():
            msg = f"{place}: no {', '.join(sorted(missing))}"
            raise AnnotationError(msg)
        _check_span(row, place)
    return pd.DataFrame([row for _, row in rows])


def _check_span(row: dict[str, Any], place: str) -> None:
    for name in ("start", "end"):
        try:
            whole = 0 <= float(row[name]) <= _FARTHEST
        except (TypeError, ValueError, OverflowError):
            whole = False
        if not whole:
            msg = f"{place}: {name} is {json.dumps(row[name])[:40]}, no place in a text"
            raise AnnotationError(msg)
    if isinstance(row["type"], list | dict):
        msg = f"{place}: type is {json.dumps(row['type'])[:40]}, not a string"
        raise AnnotationError(msg)


def _objects(content: str, file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object with the words for its place."""
    if content.lstrip().startswith("["):
        for number, row in enumerate(_parsed(content, file), start=1):
            yield _checked(row, f"{file}, item {number}")
        return
    for number, line in enumerate(content.split("\n"), start=1):
        if line.strip():
            place = f"{file}, line {number}"
            yield _checked(_parsed(line, place), place)


def _parsed(text: str, place: str) -> Any:
    try:
        parsed = json.loads(text)
        if "\\u" in text:
            # An escape may stand for half a character, which is no text.
            json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        msg = f"{place}: a lone surrogate, {error.object[error.start]!a}"
        raise AnnotationError(msg) from error
    except (ValueError, RecursionError) as error:
        msg = f"{place}: no JSON: {error}"
        raise AnnotationError(msg) from error
    return parsed


def _checked(row: object, place: str) -> tuple[str, dict[str, Any]]:
    if not isinstance(row, dict):
        msg = f"{place}: an object is needed, not {type(row).__name__}"
        raise AnnotationError(msg)
    return place, row


def _span(item: object, text: str, place: str) -> Span:
    """A mention from ``[start, end, type]`` or an object of these."""
    if isinstance(item, list) and len(item) == _TRIPLE:
        start, end, kind = item
    elif isinstance(item, dict):
        start, end, kind = (_first(item, names) for names in (_START, _END, _TYPE))
    else:
        start = end = kind = None
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    whole = type(start) is int and type(end) is int
    if not whole or not isinstance(kind, str):
        msg = f"{place}: {json.dumps(item, ensure_ascii=False)} is no [start, end, type]"
        raise AnnotationError(msg)
    if not 0 <= start < end <= len(text):
        msg = f"{place}: {start}:{end} is no span of the text, which has {len(text):,} characters"
        raise AnnotationError(msg)
    shown = item.get("text") if isinstance(item, dict) else None
    if isinstance(shown, str) and shown != text[start:end]:
        msg = f"{place}: {start}:{end} is {text[start:end]!r} in the text, not {shown!r}"
        raise AnnotationError(msg)
    return Span(start, end, kind)


def _first(item: dict[str, Any], names: tuple[str, ...]) -> Any:
    return next((item[name] for name in names if name in item), None)
