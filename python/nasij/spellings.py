"""How mentions are spelled: their texts, with the article whole, and what does not part them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nasij._nasij import Normalizer

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from nasij._nasij import Extraction

__all__ = ["fold", "spellings"]


def fold(names: Iterable[str]) -> list[str]:
    """Spellings without what does not part them: marks, forms of alef, case, blanks."""
    folded = Normalizer("search").normalize_all(list(names))
    return [" ".join(name.casefold().split()) for name in folded]


def spellings(extraction: Extraction) -> tuple[npt.NDArray[np.int32], list[str]]:
    """The texts of mentions, coded, with the alef of the article that a ل before it swallows.

    In للصين it is الصين that is spelled, in للبنان it is لبنان: what the entity is called
    elsewhere tells.
    """
    found, known = extraction.mentions(), extraction.entities()
    codes, surfaces = found["text"][0].astype(np.int64), list(found["text"][1])
    before = np.array([prefix.endswith("ل") for prefix in found["prefix"][1]], dtype=bool)
    begins = np.array([text.startswith("ل") for text in surfaces], dtype=bool)
    cut = np.flatnonzero(before[found["prefix"][0]] & begins[codes])
    entity, width = found["entity"].astype(np.int64), max(len(surfaces), 1)
    told = np.isin(entity, entity[cut])
    told[cut] = False
    named = sorted(set(entity[cut].tolist()))
    names = fold(known["name"][owner] for owner in named)
    words = {owner: set(name.split()) for owner, name in zip(named, names, strict=True)}
    owners, others = np.divmod(np.unique(entity[told] * width + codes[told]), width)
    for owner, name in zip(owners, fold(surfaces[code] for code in others), strict=True):
        words[owner].update(name.split())
    pairs, pair = np.unique(entity[cut] * width + codes[cut], return_inverse=True)
    owners, meant = np.divmod(pairs, width)
    whole = ["ا" + surfaces[code] for code in meant]
    code_of = {text: code for code, text in enumerate(surfaces)}
    for place, (owner, name) in enumerate(zip(owners, fold(whole), strict=True)):
        if name.split()[0] in words[owner]:
            meant[place] = code_of.setdefault(whole[place], len(code_of))
    codes[cut] = meant[pair]
    return codes.astype(np.int32), list(code_of)
