"""What is asked for: entities, or pairs of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from nasij import tables
from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from nasij._nasij import Extraction

__all__ = ["Items", "resolve"]

_PAIR = 2


class Items(NamedTuple):
    """Codes of entities; of pairs, if `paired`, and otherwise `b` is -1 throughout."""

    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    paired: bool

    def columns(self, extraction: Extraction, rows: npt.NDArray[np.integer[Any]]) -> dict[str, Any]:
        """The columns that name the items of `rows`."""
        known = extraction.entities()
        a, b = self.a[rows], self.b[rows]
        if not self.paired:
            return {"entity": tables.take(known["id"], a), "name": tables.take(known["name"], a)}
        return {
            "a": tables.take(known["id"], a),
            "b": tables.take(known["id"], b),
            "a_name": tables.take(known["name"], a),
            "b_name": tables.take(known["name"], b),
        }


def resolve(asked: object, find: Callable[[str], int], known: int) -> Items:
    """The items that are asked for, each once.

    Args:
        asked: a name; names; pairs of names as tuples; a table with the column entity, or with a
            and b; None for all `known` entities.
        find: the code of the entity that is called so.
        known: how many entities there are.

    Raises:
        ArgumentError: something else, or no entity, or several, are called so.
    """
    if asked is None:
        none = np.full(known, -1, dtype=np.int32)
        return Items(np.arange(known, dtype=np.int32), none, paired=False)
    found: dict[tuple[int, int], None] = {}
    listed = _listed(asked)
    paired = [isinstance(one, tuple) for one in listed]
    if any(paired) and not all(paired):
        msg = "entities are names or pairs of names, not both at once"
        raise ArgumentError(msg)
    for one in listed:
        if not isinstance(one, tuple):
            found[find(one), -1] = None
            continue
        if len(one) != _PAIR:
            msg = f"a pair is two names, not {one!r}"
            raise ArgumentError(msg)
        a, b = (find(name) for name in one)
        if a == b:
            msg = f"{one[0]!r} and {one[1]!r} are the same entity"
            raise ArgumentError(msg)
        found[a, b] = None
    codes = np.array(list(found), dtype=np.int32).reshape(-1, _PAIR)
    return Items(codes[:, 0].copy(), codes[:, 1].copy(), any(paired))


def _listed(asked: object) -> list[Any]:
    if isinstance(asked, str):
        return [asked]
    if isinstance(asked, pd.DataFrame):
        if {"a", "b"} <= set(asked.columns):
            return list(zip(asked["a"], asked["b"], strict=True))
        if "entity" in asked.columns:
            return asked["entity"].tolist()
    elif isinstance(asked, Iterable):
        return list(asked)
    msg = (
        "entities are names, pairs of names such as [('a', 'b')], or a table with the column "
        f"entity or the columns a and b, not {type(asked).__name__}"
    )
    raise ArgumentError(msg)
