"""Folding spellings, beside ``str.translate`` and pyarabic.

The table of ``str.translate`` is written here from Unicode's data and the documented rules, not
taken from nasij, so that equal texts mean something. It cannot look back, so nasij leaves
``whitespace`` out in that race; the whole profile is shown with it. pyarabic is called for the
rules it has, as its manual does it; it takes ى for an alef, and its answers are compared letter by
letter. Every function is given one ``str`` at a time.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from harness import examples, race
from pyarabic import araby

import nasij

if TYPE_CHECKING:
    from collections.abc import Callable

    from harness import Sample

ALEFS = "أإآٱٲٳ"
PERSIAN = {"ک": "ك", "ڪ": "ك", "ی": "ي", "ې": "ي", "ۍ": "ي"}
PERSIAN |= dict.fromkeys("ہھەۀۂ", "ه") | {"ۃ": "ه"}
DIGIT_MARKS = {"٫": ".", "٬": ",", "٪": "%"}
FORMS = [*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF)]
INVISIBLE = [0xAD, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F)]
INVISIBLE += [*range(0x2060, 0x206A), *range(0xFE00, 0xFE10), 0xFEFF]


def is_mark(c: str) -> bool:
    """Whether it is a combining mark of the Arabic blocks."""
    arabic = 0x600 <= ord(c) < 0x700 or 0x890 <= ord(c) < 0x900
    return arabic and unicodedata.category(c) == "Mn"


def search_letter(c: str) -> str:
    """What the search profile makes of one character."""
    if is_mark(c) or c == "ـ" or ord(c) in INVISIBLE:
        return ""
    if "ARABIC" in unicodedata.name(c, "") and c.isdigit():
        return str(unicodedata.digit(c))
    if c in ALEFS:
        return "ا"
    return {"ى": "ي", "ة": "ه"}.get(c) or PERSIAN.get(c) or DIGIT_MARKS.get(c) or c


def search_table() -> dict[int, str]:
    """The search profile, less white space, for ``str.translate``."""
    table = {}
    for code in range(sys.maxunicode + 1):
        c = chr(code)
        letters = unicodedata.normalize("NFKC", c).removeprefix(" ") if code in FORMS else c
        if (folded := "".join(map(search_letter, letters))) != c:
            table[code] = folded
    return table


def by_pyarabic(text: str) -> str:
    """Marks, tatweel, alefs and ta marbuta."""
    text = araby.strip_tatweel(araby.strip_diacritics(text))
    return str(araby.normalize_teh(araby.normalize_alef(text)))


def compare(texts: list[str], ours: Callable[[str], str], theirs: Callable[[str], str]) -> None:
    """Says in how many texts the two part, and over which letters of texts of the same length."""
    pairs = [(ours(text), theirs(text)) for text in texts]
    apart = [pair for pair in pairs if pair[0] != pair[1]]
    aligned = [(a, b) for one, other in apart if len(one) == len(other)
               for a, b in zip(one, other, strict=True) if a != b]  # fmt: skip
    letters = Counter(aligned).most_common()
    examples("texts that differ", (text for text, _ in apart), limit=0)
    for (a, b), times in letters[:3]:
        print(f"      nasij {a!r}, peer {b!r}: {times:,} times")


def run(sample: Sample) -> None:
    """Compares, then measures."""
    texts, size = sample.texts, sample.megabytes
    whole = nasij.Normalizer("search").normalize
    search = nasij.Normalizer("search", whitespace=False).normalize
    table = search_table()
    print("  the search profile, str.translate:")
    compare(texts, search, lambda text: text.translate(table))
    assert all(whole(done) == done for done in map(whole, texts)), "folding twice changes something"
    race(
        {
            "nasij, without whitespace": lambda: [search(text) for text in texts],
            "nasij, the whole profile": lambda: [whole(text) for text in texts],
            "str.translate": lambda: [text.translate(table) for text in texts],
        },
        size,
        "MB/s",
    )
    some = nasij.Normalizer("none", marks=True, tatweel=True, alef=True, ta_marbuta=True).normalize
    print("  marks, tatweel, alef and ta marbuta, pyarabic:")
    compare(texts, some, by_pyarabic)
    race(
        {
            "nasij": lambda: [some(text) for text in texts],
            "pyarabic": lambda: [by_pyarabic(text) for text in texts],
        },
        size,
        "MB/s",
    )
