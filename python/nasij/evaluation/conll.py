"""Texts and mentions out of columns: a token a line, a blank line behind a sentence."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Final, NamedTuple

from nasij.errors import AnnotationError, NasijWarning
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Document", "Span", "documents"]

_TAG: Final = re.compile(r"(?P<prefix>[BIOESLUMW])(?:[-_](?P<type>.+))?")
#: What stands outside of every mention; treebanks write a line.
_OUTSIDE: Final = frozenset({"O", "_", "-"})
#: One letter for what means the same in the schemes IOB, IOBES, BILOU and BMES(W).
_SCHEMES: Final = {"L": "E", "U": "S", "W": "S", "M": "I"}
_BLANKS: Final = re.compile(r"[ \t]+")
#: Marks of order and direction that some corpora put before every token.
_INVISIBLE: Final = "\u200b\u200e\u200f\ufeff"
#: Comments of a sentence, as CoNLL-U writes them; all others begin a document.
_OF_SENTENCE: Final = re.compile(r"#\s*(?:sent|text|newpar|translit|lang|global)", re.IGNORECASE)
_MARK: Final = "-DOCSTART-"
#: The name of a document: "# newdoc id = a1", "# id: a1", "-DOCSTART- (a1)".
_NAME: Final = re.compile(
    r"(?:#\s*(?:newdoc\s+id|newdoc|document|doc|id|url)\b\s*[=:]?\s*|-DOCSTART-\s+\()([^\s)]+)",
    re.IGNORECASE,
)


class Span(NamedTuple):
    """A mention: code points into the text of its document, and the type as the tag has it."""

    start: int
    end: int
    type: str


class Document(NamedTuple):
    """One text with its mentions; `name` is "" where the file gives none."""

    name: str
    text: str
    spans: list[Span]


def documents(
    content: str, file: str, columns: tuple[int, int] = (0, -1), sentences: int | None = None
) -> Iterator[Document]:
    """Reads one file.

    Args:
        content: of the file.
        file: what messages call it.
        columns: which columns, from 0 or from -1 backwards, hold the token and the tag.
        sentences: how many a document has at most; None sets no bound.

    Raises:
        AnnotationError: a line without these columns, or a tag that is none.
    """
    reader = _Reader(file)
    widths: tuple[int, int] | None = None
    for number, raw in enumerate(content.split("\n"), start=1):
        line = raw.strip(" \r") if "\t" in raw else raw.strip(" \r\t")
        cells = line.split("\t") if "\t" in line else _BLANKS.split(line)
        if not any(cell.strip(_INVISIBLE) for cell in cells):
            reader.end_sentence()
            if reader.sentences == sentences:
                yield from reader.end_document()
        elif line.startswith(_MARK) or (line.startswith("#") and not _tagged(cells, columns[1])):
            if not _OF_SENTENCE.match(line):
                yield from reader.end_document()
                name = _NAME.match(line)
                reader.name = name[1] if name else reader.name
        else:
            place = f"{file}, line {number}"
            widths = widths or (len(cells), number)
            if len(cells) == 1:
                msg = f"{place}: a token and a tag are needed, not {line!r} alone"
                raise AnnotationError(msg)
            if len(cells) != widths[0] and columns[1] < 0:
                msg = (
                    f"{place}: {len(cells)} columns, but {widths[0]} in line {widths[1]}; if tags "
                    f"are nested, columns=(0, 1) takes the first"
                )
                raise AnnotationError(msg)
            try:
                token, tag = cells[columns[0]], cells[columns[1]]
            except IndexError:
                msg = f"{place}: no column {max(columns)} (counted from 0) in {line!r}"
                raise AnnotationError(msg) from None
            if not token:
                msg = f"{place}: no token before the tag {tag!r}"
                raise AnnotationError(msg)
            reader.add(token, tag, number)
    yield from reader.end_document()
    reader.warn()


def _tagged(cells: list[str], column: int) -> bool:
    """Whether a line that begins with # is a token with a tag."""
    in_row = len(cells) > 1 and -len(cells) <= column < len(cells)
    return in_row and (cells[column] in _OUTSIDE or _TAG.fullmatch(cells[column]) is not None)


class _Reader:
    """Grows one document after the other; mentions begin and end where conlleval has them so."""

    def __init__(self, file: str) -> None:
        self.name = ""
        self.sentences = 0
        self._file = file
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._place = 0
        self._break = ""
        self._previous, self._type, self._start, self._end = "O", "", 0, 0
        # B where no mention of its type ends is not IOB1, in which an I begins mentions.
        self._begun, self._orphans, self._first_orphan = False, 0, 0

    def add(self, token: str, tag: str, number: int) -> None:
        """The next token of the sentence, with its tag."""
        found = _TAG.fullmatch(tag)
        if tag in _OUTSIDE:
            prefix, kind = "O", ""
        elif found and found["type"] and found["prefix"] != "O":
            prefix, kind = found["prefix"], found["type"]
        else:
            msg = f"{self._file}, line {number}: {tag!r} is no tag like O, B-PER or I-PER"
            raise AnnotationError(msg)
        prefix = _SCHEMES.get(prefix, prefix)
        self._parts += (self._break, token)
        start = self._place + len(self._break)
        self._place = start + len(token)
        self._break = " "
        open_ = self._previous in "BI"
        behind = self._previous if kind == self._type else "O"
        begins = prefix in "BS" or (prefix != "O" and (not open_ or kind != self._type))
        if begins or prefix == "O":
            self._close()
        if begins:
            self._start, self._type = start, kind
            if prefix in "IE":
                self._orphans += 1
                self._first_orphan = self._first_orphan or number
            self._begun |= prefix in "BS" and behind == "O"
        self._end = self._place
        self._previous = prefix

    def _close(self) -> None:
        if self._previous != "O":
            self._spans.append(Span(self._start, self._end, self._type))
        self._previous = "O"

    def end_sentence(self) -> None:
        """What a blank line does."""
        self._close()
        if self._parts and self._break != "\n":
            self._break = "\n"
            self.sentences += 1

    def end_document(self) -> Iterator[Document]:
        """The document so far, if it has tokens."""
        self.end_sentence()
        if self._parts:
            yield Document(self.name, "".join(self._parts), self._spans)
            self.name = ""
        self.sentences = 0
        self._parts, self._spans, self._place, self._break = [], [], 0, ""

    def warn(self) -> None:
        """Says how many mentions began with no B, where others do."""
        if self._orphans and self._begun:
            words = counted(self._orphans, "tag I- without B-", "tags I- without B-")
            msg = (
                f"{self._file}: {words}, the first in line {self._first_orphan}; each begins a "
                f"mention, as conlleval reads it"
            )
            warnings.warn(msg, NasijWarning, stacklevel=4)
