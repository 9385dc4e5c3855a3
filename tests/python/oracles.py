"""What the tests against other people's normalizers share.

An `Oracle` sets a function that others wrote beside rules of nasij. Where nasij means to differ,
the difference stands in `apart`, character by character, with the reason; a difference that is not
in it fails, and one in it that is gone fails too.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import unicodedata
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import nasij
from nasij.errors import ReadWarning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SEEDS = Path(__file__).parents[2] / "seeds" / "articles" / "articles.jsonl"
BLOCKS = [(0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF)]
# Parts the characters that a function is given in one call; none of the functions touches it.
BETWEEN = "|"


def span(first: int, last: int) -> str:
    """The characters from one to another."""
    return "".join(map(chr, range(first, last + 1)))


ARABIC = "".join(span(*block) for block in BLOCKS)


def kept(characters: str) -> dict[str, str]:
    """nasij leaves them."""
    return {c: c for c in characters}


def dropped(characters: str) -> dict[str, str]:
    """nasij removes them."""
    return dict.fromkeys(characters, "")


@functools.cache
def texts() -> list[str]:
    """The sample articles, or what NASIJ_CORPUS names: paths parted by spaces."""
    given = os.environ.get("NASIJ_CORPUS", "").split() or [str(SEEDS)]
    with warnings.catch_warnings():
        # A corpus of one's own may have rows without a text.
        warnings.simplefilter("ignore", ReadWarning)
        return [text for text in nasij.Corpus.read(given).texts if text]


@functools.cache
def unicode() -> list[str]:
    """Every character of Unicode, in pieces, with `BETWEEN` between any two."""
    codes = [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]
    characters = [chr(code) for code in codes if chr(code) != BETWEEN]
    return [BETWEEN.join(characters[at : at + 4096]) for at in range(0, len(characters), 4096)]


def apart(
    one: Callable[[str], str], other: Callable[[str], str], texts: Iterable[str] | None = None
) -> Iterator[tuple[str, str, str]]:
    """What two functions make of every character, or text, where it is not the same."""
    for piece in unicode() if texts is None else [BETWEEN.join(texts)]:
        done = one(piece), other(piece)
        if done[0] != done[1]:
            made = zip(*(text.split(BETWEEN) for text in (piece, *done)), strict=True)
            yield from ((text, a, b) for text, a, b in made if a != b)


@dataclass(frozen=True)
class Apart:
    """Characters, what nasij makes of each, and why that is not what the others make of it."""

    ours: dict[str, str]
    why: str


@dataclass(frozen=True)
class Oracle:
    """A function of a peer, and the rules of nasij that do the same but for `apart`.

    With `shared`, the function does more than the rules do, and what is compared are the characters
    that both change. `join` is done where pieces that were worked on apart meet.
    """

    name: str
    function: Callable[[str], str]
    rules: str
    apart: list[Apart] = field(default_factory=list, repr=False)
    shared: bool = False
    join: Callable[[str], str] = str

    def __str__(self) -> str:
        """Names the test."""
        return f"{self.name}: {self.rules}"

    @functools.cached_property
    def normalize(self) -> Callable[[str], str]:
        """The rules of nasij."""
        return nasij.Normalizer("none", **dict.fromkeys(self.rules.split(), True)).normalize

    @functools.cached_property
    def deliberate(self) -> dict[str, str]:
        """All of `apart`."""
        return {c: ours for apart in self.apart for c, ours in apart.ours.items()}

    def differences(self) -> dict[str, str]:
        """Every character that nasij makes something else of, and what."""
        if not self.shared:
            return {c: ours for c, ours, _ in apart(self.normalize, self.function)}
        changed = {c: ours for c, ours, _ in apart(self.normalize, str)}
        theirs = {c: self.function(c) for c in changed}
        return {c: ours for c, ours in changed.items() if theirs[c] not in (c, ours)}

    def expected(self, text: str) -> str:
        """What the function makes of a text, with the deliberate differences put in."""
        meant = self.deliberate
        if not meant:
            return self.function(text)
        pieces = re.split(f"([{re.escape(''.join(meant))}])", text)
        done = (meant[piece] if piece in meant else self.function(piece) for piece in pieces)
        return self.join("".join(done))


def named(differences: dict[str, str]) -> Iterator[str]:
    """Differences as one reads them."""
    for c, ours in differences.items():
        points = " ".join(f"U+{ord(o):04X}" for o in ours) or "nothing"
        yield f"U+{ord(c):04X} {unicodedata.name(c, '?')} -> {points}"


def check_characters(oracle: Oracle) -> None:
    """Holds over every character of Unicode."""
    found, meant = oracle.differences(), oracle.deliberate
    new = {c: ours for c, ours in found.items() if meant.get(c) != ours}
    gone = {c: ours for c, ours in meant.items() if c not in found}
    assert not new, "not in the table:\n" + "\n".join(named(new))
    assert not gone, "no longer a difference:\n" + "\n".join(named(gone))


def check_texts(oracle: Oracle, texts: Iterable[str]) -> None:
    """Holds over whole texts."""
    normalize, expected = oracle.normalize, oracle.expected
    for text in texts:
        ours, theirs = normalize(text), expected(text)
        if ours != theirs:
            at = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), -1)
            around = slice(max(0, at - 20), at + 20)
            assert ours[around] == theirs[around], f"at {at}: {text[:60]!r}"
            raise AssertionError(text)
