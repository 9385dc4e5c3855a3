"""Folding spellings: str to str, Arrow to Arrow and aligned, beside those who do the same.

The rules raced are the four that CAMeL Tools has functions for: marks on letters (harakat, shadda,
superscript alef), alef, alef maqsura, ta marbuta. Every contestant gives the same for every text
and, but where a table of tests/python/test_oracles_*.py says otherwise, for every character of
Unicode, or nothing is measured. PyArabic is called for what it has, and takes ى for an alef.

No function of a Python string written in another language is faster than taking its UTF-16, the
quickest there is, and making a string of it, which is shown as the ceiling; by UTF-8 beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from camel_tools.utils import dediac
from camel_tools.utils import normalize as camel
from harness import on_two_threads, race, race_over
from pyarabic import araby
from tokenizers import NormalizedString, Regex, normalizers

import nasij

if TYPE_CHECKING:
    from harness import Sample

MARKS = "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670"
LETTERS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}
MAP = dict.fromkeys(MARKS, "") | LETTERS
TABLE = str.maketrans(MAP)
MARK = re.compile(f"[{MARKS}]")
ALIGNED_MARKS = normalizers.Replace(Regex(f"[{MARKS}]"), "")
RULES = {
    "harakat": True,
    "shadda": True,
    "superscript_alef": True,
    "alef": True,
    "alef_maqsura": True,
    "ta_marbuta": True,
}
# What nasij's rules have beyond the peers'; none of it is in the texts raced.
BEYOND = "".join(map(chr, range(0x656, 0x660))) + "ٲٳ"


def by_camel(text: str) -> str:
    """The four functions."""
    text = camel.normalize_alef_ar(dediac.dediac_ar(text))
    return str(camel.normalize_teh_marbuta_ar(camel.normalize_alef_maksura_ar(text)))


def by_replace(text: str) -> str:
    """A pattern for the marks, str.replace for each letter."""
    text = MARK.sub("", text)
    for letter, plain in LETTERS.items():
        text = text.replace(letter, plain)
    return text


def by_pyarabic(text: str) -> str:
    """Its three functions; ى becomes an alef."""
    text = araby.normalize_alef(araby.strip_tashkeel(text))
    return str(araby.normalize_teh(text))


def by_arrow(texts: pa.Array) -> pa.Array:
    """Arrow's own kernels."""
    texts = pc.replace_substring_regex(texts, f"[{MARKS}]", "")
    texts = pc.replace_substring_regex(texts, "[أإآٱ]", "ا")
    return pc.replace_substring(pc.replace_substring(texts, "ى", "ي"), "ة", "ه")


def by_polars(texts: pl.Series) -> pl.Series:
    """One automaton for all."""
    return texts.to_frame("t").select(pl.col("t").str.replace_many(MAP)).to_series()


def by_tokenizers(text: str) -> NormalizedString:
    """The normalizers of Hugging Face, which keep the way back too."""
    aligned = NormalizedString(text)
    ALIGNED_MARKS.normalize(aligned)
    for letter, plain in LETTERS.items():
        aligned.replace(letter, plain)
    return aligned


def check(texts: list[str]) -> None:
    """All give the same."""
    ours = nasij.Normalizer("none", **RULES).normalize
    known = [text for text in texts if not set(BEYOND) & set(text)]
    for text in known:
        folded = ours(text)
        assert folded == by_camel(text) == text.translate(TABLE) == by_replace(text)
        assert folded == by_tokenizers(text).normalized
    column = pa.array(known)
    folded = nasij.normalize(column, "none", **RULES)
    assert folded.equals(by_arrow(column))
    assert folded.to_pylist() == by_polars(pl.Series(known)).to_list()
    apart = sum(ours(t).replace("ي", "ا") != by_pyarabic(t).replace("ي", "ا") for t in known)
    assert not apart, "more than ى differs from PyArabic"
    assert len(known) > 0.99 * len(texts)
    print(f"  nasij, CAMeL Tools, str.translate, Arrow, polars: the same on {len(known):,} texts")
    alike = sum(ours(text) == by_pyarabic(text) for text in known)
    print(f"  PyArabic, which makes ى an alef, on {alike:,}")


def strings(sample: Sample) -> None:
    """From str to str."""
    some = nasij.Normalizer("none", **RULES)
    search = nasij.Normalizer("search")
    one, column = some.normalize, some.normalize_all
    print("  str to str, the same rules:")
    taken = race_over(
        sample,
        {
            "nasij": lambda texts: [one(text) for text in texts],
            "CAMeL Tools": lambda texts: [by_camel(text) for text in texts],
            "re and str.replace": lambda texts: [by_replace(text) for text in texts],
            "str.translate": lambda texts: [text.translate(TABLE) for text in texts],
            "PyArabic, but for ى": lambda texts: [by_pyarabic(text) for text in texts],
            "the ceiling": lambda texts: [t.encode("utf-16-le").decode("utf-16-le") for t in texts],
            "to UTF-8 and back": lambda texts: [text.encode().decode() for text in texts],
            "nasij, a list": column,
            "nasij, a list, two threads": on_two_threads(column),
            "nasij, the search profile": lambda texts: [search.normalize(t) for t in texts],
        },
    )
    print(f"  nasij comes to {100 * taken['the ceiling'] / taken['nasij']:.0f} % of the ceiling")


def arrow(sample: Sample) -> None:
    """From Arrow to Arrow."""
    column, series = pa.array(sample.texts), pl.Series(sample.texts)
    print("  Arrow to Arrow, the same rules:")
    race(
        {
            "nasij": lambda: nasij.normalize(column, "none", **RULES),
            "CAMeL Tools": lambda: pa.array([by_camel(t) for t in column.to_pylist()]),
            "pyarrow.compute": lambda: by_arrow(column),
            "polars replace_many": lambda: by_polars(series),
            "nasij, two threads": on_two_threads(lambda: nasij.normalize(column, "none", **RULES)),
            "nasij, the search profile": lambda: nasij.normalize(column, "search"),
        },
        sample.megabytes,
        "MB/s",
    )


def aligned(sample: Sample) -> None:
    """With the way back."""
    align = nasij.Normalizer("none", **RULES).align
    print("  with the way back, the same rules:")
    race_over(
        sample,
        {
            "nasij": lambda texts: [align(text) for text in texts],
            "tokenizers": lambda texts: [by_tokenizers(text) for text in texts],
        },
    )


def run(sample: Sample) -> None:
    """Compares, then measures."""
    check(sample.texts)
    strings(sample)
    arrow(sample)
    aligned(sample)
