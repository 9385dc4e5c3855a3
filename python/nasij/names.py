"""Which entity a reader means by an id, a name or another spelling of it."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from nasij._nasij import Normalizer
from nasij.errors import ArgumentError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Names"]

_LISTED: Final = 5


class Names:
    """Finds entities of a table by id, then by name, then by any surface seen in the texts.

    Spellings are compared after the "search" normalization and without case.
    """

    def __init__(self, entities: pd.DataFrame) -> None:
        """Indexes the columns entity, name, name_en and variants of `entities`."""
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
            ArgumentError: no entity of the corpus has this name (the nearest are listed), or
                several have (they are listed).
        """
        if not isinstance(query, str):
            msg = f"an entity is named by its id or name, not by {type(query).__name__}"
            raise ArgumentError(msg)
        if query in self._name:
            return query
        key = self._key(query)
        found = self._by_name.get(key) or self._by_variant.get(key) or []
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(f"{entity} ({self._name[entity]})" for entity in found[:_LISTED])
            msg = f"{query!r} may mean {listed}; ask by id"
            raise ArgumentError(msg)
        msg = f"no entity {query!r} in this corpus{self._nearest(key)}"
        raise ArgumentError(msg)

    def _key(self, name: str) -> str:
        return " ".join(self._fold(name).casefold().split())

    def _add(self, index: dict[str, list[str]], name: str, entity: str) -> None:
        entities = index.setdefault(self._key(name), [])
        if entity not in entities:
            entities.append(entity)

    def _nearest(self, key: str) -> str:
        slack = max(3, len(key) // 2)
        known = {**self._by_variant, **self._by_name}
        names = [name for name in known if abs(len(name) - len(key)) <= slack]
        near = difflib.get_close_matches(key, names, n=_LISTED)
        ids = dict.fromkeys(entity for name in near for entity in known[name])
        listed = ", ".join(f"{entity} ({self._name[entity]})" for entity in ids)
        return f"; the nearest: {listed}" if listed else ""
