"""The list of known names: the one that ships, a journalist's own, or both."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Final

import pandas as pd

from nasij import _nasij
from nasij.errors import ArgumentError, LexiconError
from nasij.tables import texts
from nasij.wording import counted

__all__ = ["Lexicon", "as_lexicon"]

_COLUMNS: Final = (
    "id", "type", "subtype", "name", "name_en", "aliases", "short", "country", "note",
    "wikidata", "priority",
)  # fmt: skip


class Lexicon:
    """Names of people, organisations, places and more, with their ids and other spellings.

    A lexicon is a tab-separated file, or a folder of them, with the columns id, type, subtype,
    name, name_en, aliases, short, country, note, wikidata and priority; see CONTRIBUTING for how
    to write one. A lexicon never changes: `extend` gives a new one.

    Example:
        >>> import nasij, pandas as pd
        >>> mine = pd.DataFrame({"id": ["per:lina-hadi"], "type": ["PER"], "name": ["لينا هادي"]})
        >>> lexicon = nasij.Lexicon.default().extend(mine)
        >>> nasij.extract("قالت لينا هادي ذلك.", lexicon=lexicon)["entity"].tolist()
        ['per:lina-hadi']
    """

    __slots__ = ("_lexicon",)

    def __init__(self, lexicon: _nasij.Lexicon) -> None:
        """Wraps the extension's lexicon; use `default`, `read` or `extend`."""
        self._lexicon = lexicon

    @staticmethod
    @functools.cache
    def default() -> Lexicon:
        """The lexicon that ships with nasij; it is loaded once."""
        return Lexicon(_nasij.Lexicon.default())

    @staticmethod
    def read(path: str | os.PathLike[str]) -> Lexicon:
        """Reads a lexicon from one ``.tsv`` file or from all of a folder, in the order of names.

        Raises:
            LexiconError: a fault in a file; the message names file, row and column.
        """
        return Lexicon(_nasij.Lexicon.parse(_contents(path)))

    def extend(self, entries: str | os.PathLike[str] | pd.DataFrame) -> Lexicon:
        """A new lexicon with `entries` added; an entry of the same id is replaced.

        Args:
            entries: a ``.tsv`` file, a folder of them, or a frame with at least the columns type
                and name; without an id, one is made of the name.

        Raises:
            LexiconError: a fault in the entries; the message names file, row and column.
        """
        files = [_from_frame(entries)] if isinstance(entries, pd.DataFrame) else _contents(entries)
        return Lexicon(self._lexicon.extend(files))

    @property
    def entries(self) -> pd.DataFrame:
        """All entries, with the columns of the file format."""
        columns = self._lexicon.entries()
        priority = columns.pop("priority")
        table = {name: texts(values) for name, values in columns.items()}
        return pd.DataFrame(table | {"priority": pd.Series(priority, dtype="int64")})

    def __len__(self) -> int:
        """The number of entries."""
        return len(self._lexicon)

    def __reduce__(self) -> tuple[type[Lexicon], tuple[_nasij.Lexicon]]:
        """Pickles by the extension's versioned bytes."""
        return Lexicon, (self._lexicon,)

    def __repr__(self) -> str:
        """The number of entries."""
        return f"<Lexicon: {counted(len(self), 'entry', 'entries')}>"


def as_lexicon(lexicon: Lexicon | str | os.PathLike[str] | None) -> Lexicon:
    """The lexicon meant by an argument: None is the default, a path is the default extended."""
    if lexicon is None:
        return Lexicon.default()
    if isinstance(lexicon, Lexicon):
        return lexicon
    if isinstance(lexicon, str | os.PathLike):
        return Lexicon.default().extend(lexicon)
    msg = f"lexicon is a nasij.Lexicon, a path or None, not {type(lexicon).__name__}"
    raise ArgumentError(msg)


def _contents(path: str | os.PathLike[str]) -> list[tuple[str, str]]:
    if not isinstance(path, str | os.PathLike):
        msg = f"a path or a data frame is needed, not {type(path).__name__}"
        raise ArgumentError(msg)
    place = Path(path)
    files = sorted(place.glob("*.tsv")) if place.is_dir() else [place]
    if not files:
        msg = f"{place}: no .tsv file in this folder"
        raise LexiconError(msg)
    read = []
    for file in files:
        try:
            read.append((str(file), file.read_text(encoding="utf-8-sig")))
        except OSError as error:
            msg = f"{file}: not readable: {error.strerror}"
            raise LexiconError(msg) from error
        except UnicodeDecodeError as error:
            msg = f"{file}: not UTF-8 (byte {error.start})"
            raise LexiconError(msg) from error
    return read


def _from_frame(frame: pd.DataFrame) -> tuple[str, str]:
    unknown = [str(name) for name in frame.columns if name not in _COLUMNS]
    missing = [name for name in ("type", "name") if name not in frame.columns]
    if unknown or missing:
        fault = f"unknown column {unknown[0]!r}" if unknown else f"no column {missing[0]!r}"
        msg = f"the frame has {fault}; a lexicon has {', '.join(_COLUMNS)}"
        raise LexiconError(msg)
    table = frame.reindex(columns=list(_COLUMNS)).astype(object)
    table = table.where(table.notna(), "")
    lines = ["\t".join(_COLUMNS)]
    lines += ["\t".join(map(_one_line, row)) for row in table.itertuples(index=False)]
    return "the frame", "\n".join(lines) + "\n"


def _one_line(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():  # a priority beside missing ones
        cell = int(cell)
    return " ".join(str(cell).split())
