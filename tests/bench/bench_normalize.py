"""Folding spellings, beside ``str.translate`` and pyarabic.

The table of ``str.translate`` is written here from Unicode's data and the documented rules, not
taken from nasij; both give the same for every character of Unicode and for every text, or nothing
is measured. It cannot look back, so nasij leaves ``whitespace`` out in that race; the whole
profile is shown with it. pyarabic is called for the rules it has; it takes ى for an alef, which
nasij never does, and but for that gives the same. Every function is given one ``str`` at a time.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import TYPE_CHECKING

from harness import race
from pyarabic import araby

import nasij

if TYPE_CHECKING:
    from harness import Sample

CODES = [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]
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
    # U+0897 is of Unicode 16, which older Pythons do not know.
    return (arabic and unicodedata.category(c) == "Mn") or c == "\u0897"


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
    for code in CODES:
        c = chr(code)
        letters = unicodedata.normalize("NFKC", c).removeprefix(" ") if code in FORMS else c
        if (folded := "".join(map(search_letter, letters))) != c:
            table[code] = folded
    return table


def by_pyarabic(text: str) -> str:
    """Marks, tatweel, alefs and ta marbuta."""
    text = araby.strip_tatweel(araby.strip_diacritics(text))
    return str(araby.normalize_teh(araby.normalize_alef(text)))


def run(sample: Sample) -> None:
    """Compares, then measures."""
    texts, size = sample.texts, sample.megabytes
    whole = nasij.Normalizer("search").normalize
    search = nasij.Normalizer("search", whitespace=False).normalize
    table = search_table()
    characters = (chr(code) for code in CODES)
    assert all(search(c) == c.translate(table) for c in characters), "a character folds otherwise"
    assert all(search(text) == text.translate(table) for text in texts), "a text folds otherwise"
    assert all(whole(done) == done for done in map(whole, texts)), "folding twice changes something"
    print("  the search profile: the same as str.translate on every text")
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
    pairs = [(some(text), by_pyarabic(text)) for text in texts]
    assert all(ours.replace("ى", "ا") == theirs for ours, theirs in pairs), "more than ى differs"
    apart = sum(ours != theirs for ours, theirs in pairs)
    print("  marks, tatweel, alef and ta marbuta: the same as pyarabic but for ى, which it makes")
    print(f"  an alef (علا for على), in {apart:,} of {len(texts):,} texts")
    race(
        {
            "nasij": lambda: [some(text) for text in texts],
            "pyarabic": lambda: [by_pyarabic(text) for text in texts],
        },
        size,
        "MB/s",
    )
