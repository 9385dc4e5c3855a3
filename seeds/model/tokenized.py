"""Sentences of corpora that come as one token a line, and how their tokens are written as text."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Span = tuple[int, int, str]


@dataclasses.dataclass
class Word:
    """A token of a corpus; `glued` if nothing stands between it and the one before."""

    text: str
    glued: bool = False


@dataclasses.dataclass
class Sentence:
    """Words, and spans over them as first, behind the last, type."""

    words: list[Word]
    spans: list[Span]


_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200e\u200f\u200b\u00ad"))


def blocks(path: str | Path, separator: str = " ") -> Iterator[list[list[str]]]:
    """The rows between empty lines, without marks of direction and byte order."""
    rows: list[list[str]] = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        row = line.translate(_INVISIBLE).strip("\r\n").split(separator)
        if row[0].strip():
            rows.append([field.strip() for field in row])
        elif rows:
            yield rows
            rows = []
    if rows:
        yield rows


def bio(tags: Iterable[str]) -> list[Span]:
    """Spans over tokens; an I without a beginning begins."""
    spans: list[Span] = []
    kind = ""
    first = 0
    at = -1
    for at, tag in enumerate(tags):
        if tag.startswith("I-") and kind == tag[2:]:
            continue
        if kind:
            spans.append((first, at, kind))
        kind, first = ("", at) if tag == "O" else (tag[2:], at)
    if kind:
        spans.append((first, at + 1, kind))
    return spans


_OPENING = frozenset("([{«“‘")
CLOSING = frozenset(")]}»”’.،,;؛:؟?!%…٪")
_QUOTES = frozenset("\"'")


def detokenize(words: list[Word]) -> None:
    """Glues marks to the words they belong to; quotes open and close in turn."""
    opened: set[str] = set()
    glue_next = False
    for at, word in enumerate(words):
        mark = word.text
        word.glued = word.glued or (glue_next and at > 0)
        glue_next = mark in _OPENING
        if mark in CLOSING:
            word.glued = at > 0
            glue_next = mark == "," and _between_numbers(words, at)
        elif mark in _QUOTES:
            if mark in opened:
                opened.remove(mark)
                word.glued = at > 0
            elif mark in {w.text for w in words[at + 1 :]}:
                opened.add(mark)
                glue_next = True
        elif mark == "/":
            word.glued = glue_next = _between_numbers(words, at)


def _between_numbers(words: list[Word], at: int) -> bool:
    near = words[at - 1 : at] + words[at + 1 : at + 2]
    return at > 0 and all(word.text.isdigit() for word in near)
