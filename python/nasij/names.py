"""Which entity a reader means by an id, a name or another spelling of it."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Final

from nasij._nasij import Normalizer
from nasij.errors import ArgumentError
from nasij.lazy import lazy

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from nasij.lexicon import Lexicon

__all__ = ["Names"]

_LISTED: Final = 5
_BRACES: Final = re.compile(r"\{([^{}]*)\}")


class Names:
    """Finds entities of a table by id, name, surface seen in the texts or spelling of the lexicon.

    In this order: what one way finds, the later ones do not question. Spellings are compared
    after the "search" normalization and without case. Last, a family name in English finds the
    only person who has it, if no other name of the corpus has that word.
    """

    def __init__(self, entities: pd.DataFrame, lexicon: Lexicon | None = None) -> None:
        """Indexes the columns entity, name, name_en and variants of `entities`."""
        self._lexicon = lexicon
        self._fold = Normalizer("search").normalize
        self._name = dict(zip(entities["entity"], entities["name"], strict=True))
        self._by_name: dict[str, list[str]] = {}
        self._by_variant: dict[str, list[str]] = {}
        columns = (entities[name] for name in ("entity", "name", "name_en", "variants"))
        for entity, name, name_en, variants in zip(*columns, strict=True):
            for full in (name, name_en):
                if isinstance(full, str) and full:
                    self._add(self._by_name, full, entity)
            for variant in variants:
                self._add(self._by_variant, variant, entity)

    def find(self, query: str) -> str:
        """The id of the entity meant.

        Raises:
            ArgumentError: no entity of the corpus has this name (those whose names contain its
                words, and then the nearest, are listed), or several have (they are listed).
        """
        if not isinstance(query, str):
            msg = f"an entity is named by its id or name, not by {type(query).__name__}"
            raise ArgumentError(msg)
        if query in self._name:
            return query
        key = self._key(query)
        found = next((index[key] for index in self._indexes() if key in index), [])
        found = found or self._called(key)
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{entity} ({self._name[entity]})" for entity in found[:_LISTED])
            msg = f"{query!r} may mean {listed}; ask by id"
            raise ArgumentError(msg)
        msg = f"no entity {query!r} in this corpus{self._nearest(key)}"
        raise ArgumentError(msg)

    def _called(self, family: str) -> list[str]:
        """The one person whose English name ends in this word, if no other has it anywhere."""
        names = [name for name in self._by_name if family in name.split()]
        owners = {entity for name in names for entity in self._by_name[name]}
        ends = any(" " in name and name.endswith(f" {family}") for name in names)
        person = len(owners) == 1 and ends and family.isascii()
        return [entity for entity in owners if person and entity.startswith("per:")]

    def _key(self, name: str) -> str:
        return " ".join(self._fold(name).casefold().split())

    def _add(self, index: dict[str, list[str]], name: str, entity: str) -> None:
        if key := self._key(name):
            entities = index.setdefault(key, [])
            if entity not in entities:
                entities.append(entity)

    def _indexes(self) -> tuple[dict[str, list[str]], ...]:
        return self._by_name, self._by_variant, self._by_lexicon

    @lazy
    def _by_lexicon(self) -> dict[str, list[str]]:
        """What the lexicon lists as aliases and short forms of the entities."""
        index: dict[str, list[str]] = {}
        if self._lexicon is not None:
            entries = self._lexicon._lexicon.entries()
            columns = (entries[name] for name in ("id", "aliases", "short"))
            for entity, *cells in zip(*columns, strict=True):
                if entity in self._name:
                    for spelling in "|".join(cells).split("|"):
                        for plain in _choices(spelling.strip().lstrip("?~")):
                            self._add(index, plain, entity)
        return index

    def _nearest(self, key: str) -> str:
        slack, words = max(3, len(key) // 2), set(key.split())
        known: dict[str, list[str]] = {}
        for index in self._indexes():
            known |= {name: found for name, found in index.items() if name not in known}
        near = [name for name in known if words and words <= set(name.split())]
        names = [name for name in known if abs(len(name) - len(key)) <= slack]
        near += difflib.get_close_matches(key, names, n=_LISTED)
        ids = dict.fromkeys(entity for name in near for entity in known[name])
        listed = ", ".join(f"{entity} ({self._name[entity]})" for entity in list(ids)[:_LISTED])
        return f"; the nearest: {listed}" if listed else ""


def _choices(pattern: str) -> Iterator[str]:
    """Every spelling a pattern stands for: `سير{غ,ج}ي` for two."""
    braces = _BRACES.search(pattern)
    if braces is None:
        yield pattern
        return
    for choice in braces[1].split(","):
        yield from _choices(pattern[: braces.start()] + choice + pattern[braces.end() :])
