"""Who is called what: the offices and titles of people, counted, with the way back to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from nasij import tables
from nasij.errors import ArgumentError
from nasij.text import normalize

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.lexicon import Lexicon

__all__ = ["Holder", "Roles"]

#: A holder as it is asked for: an id or name, a missing value for roles without one, None for any.
Holder = str | float | None

_SHOWN = 5


class _Named(NamedTuple):
    """Distinct strings, and for each mention with a role its place among them."""

    codes: npt.NDArray[np.int32]
    names: list[str]


class Roles:
    """The mentions of an analysis that stand beside a role."""

    def __init__(self, extraction: Extraction, lexicon: Lexicon) -> None:
        """Asks the extension for them."""
        rows, holders = extraction.roles(lexicon._lexicon)
        found = extraction.mentions()
        #: Places in the table of mentions.
        self.mention = rows["mention"]
        self.role = _Named(*rows["role"])
        self.holder = _Named(rows["holder"], holders["id"])
        self._holder_names = holders["name"]
        self._entity = found["entity"][self.mention]
        self._doc = found["doc"][self.mention]
        self._sentence = found["sentence"][self.mention]
        self._known = extraction.entities()

    def held_of(self, holder: str) -> list[int]:
        """The codes of a country or body, by its id or name, among the holders of roles."""
        pairs = zip(self.holder.names, self._holder_names, strict=True)
        return [code for code, names in enumerate(pairs) if holder in names]

    def table(self, documents: pd.DataFrame, entity: str | None = None) -> pd.DataFrame:
        """One row an entity, role and holder; see `Analysis.roles`."""
        keys = ["entity", "role", "holder"]
        rows = pd.DataFrame(
            {
                "entity": self._entity,
                "role": self.role.codes,
                "holder": self.holder.codes,
                "doc": self._doc,
                "sentence": self._sentence,
            }
        )
        if entity is not None:
            own = np.array([name == entity for name in self._known["id"]], dtype=bool)
            rows = rows[own[rows["entity"]] | rows["holder"].isin(self.held_of(entity))]
        # One who is called so twice in a sentence is counted once, as in `evidence`.
        rows = rows.drop_duplicates()
        docs = rows.drop(columns="sentence").drop_duplicates()
        docs = docs.assign(
            date=documents["date"].array.take(docs["doc"]),
            source=pd.factorize(documents["source"])[0][docs["doc"]],
        )
        grouped = docs.groupby(keys)
        counted = rows.groupby(keys).size().rename("count").to_frame()
        counted["docs"] = grouped.size()
        named = docs[docs["source"] >= 0].drop_duplicates([*keys, "source"])
        counted["sources"] = named.groupby(keys).size().reindex(counted.index, fill_value=0)
        counted[["first", "last"]] = grouped["date"].agg(["min", "max"])
        counted = counted.reset_index()
        of, role, holder = (counted[key].to_numpy() for key in keys)
        table = pd.DataFrame(
            {
                "entity": tables.take(self._known["id"], of),
                "name": tables.take(self._known["name"], of),
                "role": tables.take(self.role.names, role),
                "holder": tables.take(self.holder.names, holder),
                "holder_name": tables.take(self._holder_names, holder),
                "count": counted["count"],
                "docs": counted["docs"],
                "sources": counted["sources"],
                "first": counted["first"],
                "last": counted["last"],
            }
        )
        order = ["count", "docs", "entity", "role", "holder"]
        return table.sort_values(order, ascending=[False, False, True, True, True],
                                 ignore_index=True)  # fmt: skip

    def find(self, entity: int, role: str, holder: Holder) -> npt.NDArray[np.int32]:
        """The mentions, by place, at which `entity` is called `role`, in order.

        Raises:
            ArgumentError: it is never called so; the message lists its roles.
        """
        here = self._entity == entity
        names = pd.Series(self.role.names, dtype=tables.TEXT)
        same = _folded(names) == _folded(pd.Series([role], dtype=tables.TEXT)).iloc[0]
        chosen = here & same.to_numpy(dtype=bool)[self.role.codes]
        if isinstance(holder, str):
            chosen &= np.isin(self.holder.codes, self.held_of(holder))
        elif holder is not None:
            chosen &= self.holder.codes < 0
        if not chosen.any():
            often = np.bincount(self.role.codes[here], minlength=len(names))
            best = np.argsort(-often, kind="stable")[:_SHOWN]
            roles = "، ".join(self.role.names[code] for code in best if often[code])
            of = f" of {holder}" if isinstance(holder, str) else ""
            name = self._known["id"][entity]
            msg = f"{name} is nowhere called {role!r}{of}; it is called: {roles or 'nothing'}"
            raise ArgumentError(msg)
        found: npt.NDArray[np.int32] = self.mention[chosen]
        return found


def _folded(names: pd.Series) -> pd.Series:
    return normalize(names, "search")
