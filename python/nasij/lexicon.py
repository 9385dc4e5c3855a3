"""The list of known names: the one that ships, a journalist's own, or both."""

from __future__ import annotations

import functools
import os
import warnings
from typing import Final

import pandas as pd

from nasij import _nasij
from nasij.entries import Entries, removals, sources
from nasij.errors import ArgumentError, NasijWarning
from nasij.tables import texts
from nasij.wording import counted

__all__ = ["Lexicon", "as_lexicon"]

_SHOWN: Final = 3


class Lexicon:
    """Names of people, organisations, places and more, with their ids and other spellings.

    A lexicon is written as a table, ``.tsv``, ``.csv``, a frame or a list of dicts, with the
    columns type and name, and where wanted id, subtype, name_en, aliases, short, country, note,
    wikidata and priority; docs/lexicons.md says how. A lexicon never changes: `extend` and
    `remove` give a new one.

    Example:
        >>> import nasij, pandas as pd
        >>> mine = pd.DataFrame({"id": ["per:lina-hadi"], "type": ["PER"], "name": ["لينا هادي"]})
        >>> lexicon = nasij.Lexicon.default().extend(mine)
        >>> nasij.extract("قالت لينا هادي ذلك.", lexicon=lexicon)["entity"].tolist()
        ['per:lina-hadi']
    """

    __slots__ = ("_lexicon",)

    def __init__(self, lexicon: _nasij.Lexicon) -> None:
        """Wraps the extension's lexicon; use `default`, `read`, `from_frame` or `extend`."""
        self._lexicon = lexicon

    @staticmethod
    @functools.cache
    def default() -> Lexicon:
        """The lexicon that ships with nasij; it is loaded once."""
        return Lexicon(_nasij.Lexicon.default())

    @staticmethod
    def read(path: str | os.PathLike[str]) -> Lexicon:
        """Reads a lexicon from one ``.tsv`` or ``.csv`` file, or all of a folder by their names.

        It knows these names alone; to add them to those that ship, use ``default().extend``. A
        ``.csv`` may be parted by commas, semicolons or tabs. Files named as the word lists that
        ship (``titles.tsv``, ...) take their place.

        Raises:
            LexiconError: a fault in a file; the message names file, row and column.
        """
        return Lexicon(_nasij.Lexicon.parse(sources(path)))

    @staticmethod
    def from_frame(frame: pd.DataFrame) -> Lexicon:
        """A lexicon of the names in a frame alone, with its columns as in a file.

        Raises:
            LexiconError: a fault in the frame; the message names the row's label and the column.

        Example:
            >>> import nasij, pandas as pd
            >>> frame = pd.DataFrame({"type": ["ORG"], "name": ["شركة النخيل"]})
            >>> nasij.Lexicon.from_frame(frame)
            <Lexicon: 1 entry>
        """
        return Lexicon(_nasij.Lexicon.parse(sources(frame)))

    def extend(self, entries: Entries) -> Lexicon:
        """A new lexicon with `entries` added; an entry of the same id is replaced.

        Where two entities share a spelling, the one added later wins, unless the other has a
        higher `priority` (0 where none is given, as for all that ship). A row of the type ``-``
        removes the entity of its id.

        Args:
            entries: a ``.tsv`` or ``.csv`` file, a folder of them, a frame or a list of dicts,
                with at least type and name; without an id, one is made of the name.

        Raises:
            LexiconError: a fault in the entries; the message names file, row and column, or the
                label of the row in a frame.

        Warns:
            NasijWarning: two of the rows share a spelling, or a spelling is an ordinary word.

        Example:
            >>> import nasij
            >>> mine = [{"type": "ORG", "subtype": "startup", "name": "بيت البيانات"}]
            >>> lexicon = nasij.Lexicon.default().extend(mine)
            >>> found = nasij.extract("أعلنت بيت البيانات توسعها.", lexicon)
            >>> found[["entity", "name"]].values.tolist()
            [['org:بيت-البيانات', 'بيت البيانات']]
        """
        files = sources(entries)
        extended = Lexicon(self._lexicon.extend(files))
        _warn(self._lexicon.doubts(files))
        return extended

    def remove(self, entities: str | list[str] | pd.DataFrame) -> Lexicon:
        """A new lexicon without some entities.

        Args:
            entities: an id, a list of them, or a frame with a column id or entity, such as rows
                of `entries` or of ``analysis.entities``.

        Raises:
            LexiconError: an id that is not there.

        Example:
            >>> import nasij
            >>> lexicon = nasij.Lexicon.default().remove("loc:mali")
            >>> "loc:mali" in lexicon.entries["id"].tolist()
            False
        """
        return Lexicon(self._lexicon.extend(removals(entities)))

    @property
    def entries(self) -> pd.DataFrame:
        """All entries, with the columns of the file format, in order of rank."""
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


def as_lexicon(lexicon: Lexicon | Entries | None) -> Lexicon:
    """The lexicon meant by an argument: None is the default, entries extend the default."""
    if lexicon is None:
        return Lexicon.default()
    if isinstance(lexicon, Lexicon):
        return lexicon
    if isinstance(lexicon, str | os.PathLike | pd.DataFrame | list):
        return Lexicon.default().extend(lexicon)
    msg = f"lexicon is a nasij.Lexicon, a path, a frame or None, not {type(lexicon).__name__}"
    raise ArgumentError(msg)


def _warn(doubts: list[str]) -> None:
    if doubts:
        more = f" (and {len(doubts) - _SHOWN:,} more)" if len(doubts) > _SHOWN else ""
        warnings.warn("; ".join(doubts[:_SHOWN]) + more, NasijWarning, stacklevel=3)
