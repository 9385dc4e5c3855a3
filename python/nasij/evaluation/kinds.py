"""What types of names are called, in corpora and by taggers, and which of them count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from nasij.arguments import TYPES, one_of
from nasij.errors import ArgumentError
from nasij.reading.columns import listed

__all__ = ["Types", "in_order", "with_types"]

#: Which types count: some of them, or what each tag stands for (None: it does not count).
Types = str | Iterable[str] | Mapping[str, str | None]

#: In a mapping, all tags that it does not have and that are not usual.
_REST: Final = "*"
_USUAL: Final = {
    name: kind
    for kind, names in {
        "PER": "PER PERS PERSON",
        "ORG": "ORG ORGANIZATION ORGANISATION",
        "LOC": "LOC LOCATION GPE PLACE",
        "MISC": "MISC MIS MISCELLANEOUS",
        "NORP": "NORP",
    }.items()
    for name in names.split()
}


def with_types(
    gold: pd.DataFrame, predicted: pd.DataFrame, types: Types | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables with the types that tags stand for, without the mentions that do not count.

    Raises:
        ArgumentError: a tag nobody knows, or a type that is nowhere.
    """
    if types is not None and not isinstance(types, str | Mapping | Iterable):
        msg = f"types is a list of types or a mapping of tags to them, not {type(types).__name__}"
        raise ArgumentError(msg)
    given = types if isinstance(types, Mapping) else {}
    chosen = None
    if types is not None and not isinstance(types, Mapping):
        seen = in_order([*TYPES, *gold["type"], *predicted["type"]])
        asked = [types] if isinstance(types, str) else types
        named_types = (one_of("type", name, seen) for name in asked)
        chosen = {_USUAL.get(name.upper(), name) for name in named_types}
    sides: list[pd.DataFrame] = []
    for what, mentions in (("gold", gold), ("predicted", predicted)):
        kinds: dict[str, str | None] = {}
        place, there = pd.factorize(mentions["type"])
        tags: list[str] = there.tolist()
        for tag in tags:
            usual = _USUAL.get(tag.upper())
            if tag in given or (usual is None and _REST in given):
                kind = given[tag if tag in given else _REST]
            elif usual is None and chosen is None:
                raise ArgumentError(_unknown(mentions, what, given))
            else:
                kind = usual or tag
            kinds[tag] = kind if chosen is None or kind in chosen else None
        named = pd.Series(np.array([kinds[tag] for tag in tags], dtype=object)[place], dtype=object)
        implied = chosen is None and "NORP" not in given
        if what == "predicted" and implied and "NORP" not in set(sides[0]["type"]):
            # Other corpora have no such type: a nationality is no error there.
            named = named.where(named != "NORP")
        sides.append(mentions.assign(type=named)[named.notna()].reset_index(drop=True))
    if len(gold) and sides[0].empty:
        shown = listed(gold["type"].unique())
        msg = f"gold has no mention of the types that count; its tags are: {shown}"
        raise ArgumentError(msg)
    return sides[0], sides[1]


def _unknown(mentions: pd.DataFrame, what: str, given: Mapping[str, str | None]) -> str:
    counts = mentions["type"].value_counts()
    tags = [tag for tag in counts.index if tag not in given and tag.upper() not in _USUAL]
    shown = listed(f"{tag} ({counts[tag]:,})" for tag in tags)
    return (
        f"{what} has tags that are no types of nasij: {shown}; say what they stand for, such as "
        f"types={{{tags[0]!r}: None}} to leave one out, or {{{tags[0]!r}: 'ORG'}}"
    )


def in_order(kinds: Iterable[str]) -> list[str]:
    """Types without repetition: those of nasij first, in their order, then others by name."""
    there = set(kinds)
    return [*(kind for kind in TYPES if kind in there), *sorted(there - set(TYPES))]
