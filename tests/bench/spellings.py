"""Every spelling of the lexicon that ships, as a plain list for tools that take one.

The file format (alternatives in braces, ``?`` for spellings that need support, ``~`` for stems to
inflect) is read here as CONTRIBUTING describes it.
"""

from __future__ import annotations

import itertools
import re

import nasij

FOLDING = nasij.Normalizer(
    "none",
    marks=True,
    tatweel=True,
    alef=True,
    alef_maqsura=True,
    ta_marbuta=True,
    presentation_forms=True,
    persian=True,
    digits=True,
    invisible=True,
    joiners=True,
)
ENDINGS = ("", "ه", "ان", "ين", "ون", "ات", "تان", "تين")


def spread(pattern: str) -> list[str]:
    """``{ال,}ناتو`` as الناتو and ناتو."""
    parts = re.split(r"\{([^}]*)\}", pattern)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    return ["".join(choice) for choice in itertools.product(*choices)]


def inflect(stem: str) -> list[str]:
    """The genders, numbers and articles of a nationality."""
    endings = ENDINGS if stem.endswith("ي") else ("",)
    return [article + stem + ending for ending in endings for article in ("", "ال")]


def spellings(*, firm: bool) -> set[str]:
    """All spellings, folded; the firm ones stand for their entity whatever is about them."""
    found: set[str] = set()
    weak: set[str] = set()
    entries = nasij.Lexicon.default().entries.fillna("")
    for kind, name, aliases, shorts in entries[["type", "name", "aliases", "short"]].to_numpy():
        found.update(inflect(FOLDING.normalize(name)) if kind == "NORP" else [name])
        for alias in filter(None, aliases.split("|")):
            plain = alias.removeprefix("?")
            stem = plain.removeprefix("~")
            forms = spread(plain) if stem == plain else inflect(FOLDING.normalize(stem))
            (found if plain == alias else weak).update(forms)
        for short in filter(None, shorts.split("|")):
            weak.update(spread(short))
    folded, unsure = ({FOLDING.normalize(one).strip() for one in some} for some in (found, weak))
    return (folded - unsure if firm else folded | unsure) - {""}
