"""Composition and presentation forms against Unicode's own test and two other implementations.

NormalizationTest.txt comes with the source package of pyunormalize, which `make` fetches; its
functions are of the same version of Unicode as nasij's tables. Python's `unicodedata` is asked
for the characters that it knows.
"""

import sys
import tarfile
import unicodedata
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import ARABIC, apart

import nasij

pyunormalize = pytest.importorskip("pyunormalize", reason="make installs requirements-oracles.txt")

compose = nasij.Normalizer("none", composition=True).normalize
letters = nasij.Normalizer("none", presentation_forms=True, word_ligatures=True).normalize
both = nasij.Normalizer(
    "none", composition=True, presentation_forms=True, word_ligatures=True
).normalize

# Marks: behind a mark from above, or before one from below, they change places. And the letters
# that have a mark in them.
AROUND = ("a\u0301{}", "a{}\u0316")
BEHIND = [
    c
    for c in ARABIC
    if any((text := around.format(c)) != pyunormalize.NFD(text) for around in AROUND)
]
# Composes with a mark of the Arabic blocks.
BASES = [c for c in ARABIC if any(len(pyunormalize.NFC(c + mark)) == 1 for mark in BEHIND)]


def official() -> list[list[str]]:
    """The lines of NormalizationTest.txt: source, NFC, NFD, NFKC, NFKD."""
    packages = sorted(Path(sys.prefix, "oracles").glob("pyunormalize-*.tar.gz"))
    if not packages:
        pytest.skip("make fetches the source package of pyunormalize")
    with tarfile.open(packages[-1]) as package:
        names = [n for n in package.getnames() if n.endswith("/NormalizationTest.txt")]
        file = package.extractfile(names[0])
        assert file
        lines = file.read().decode().splitlines()
    cells = (line.split(";")[:5] for line in lines if line and line[0] not in "#@")
    return [["".join(chr(int(p, 16)) for p in cell.split()) for cell in row] for row in cells]


def test_every_line_of_the_official_test_composes():
    rows = official()
    assert len(rows) > 19_000
    for source, nfc, nfd, nfkc, nfkd in rows:
        assert compose(source) == compose(nfc) == compose(nfd) == nfc
        assert compose(nfkc) == compose(nfkd) == nfkc


def test_every_arabic_line_of_the_official_test_decomposes_by_compatibility():
    arabic = set(ARABIC)
    rows = [row for row in official() if arabic & set(row[0])]
    assert len(rows) > 900
    # An isolated mark loses the space that Unicode sets it on; the Kazakh letters with a high
    # hamza are letters; and what is not Arabic is not decomposed.
    unlike = [ascii(row[0]) for row in rows if both(row[0]) != compose(row[3].removeprefix(" "))]
    assert unlike == [ascii(c) for c in "ٵٶٷٸ"]


def test_every_character():
    assert not list(apart(compose, pyunormalize.NFC))


def test_every_pair():
    pairs = [first + second for first, second in product(ARABIC, BEHIND)]
    assert len(pairs) > 100_000
    assert not list(apart(compose, pyunormalize.NFC, pairs))


def test_every_letter_with_two_marks():
    assert {"ا", "و", "ي", "ە", "ہ", "ے"} <= set(BASES)
    threes = product([*BASES, "ب"], BEHIND, BEHIND)
    assert not list(apart(compose, pyunormalize.NFC, ["".join(three) for three in threes]))


@given(st.text(ARABIC + "".join(BEHIND) * 4 + "a."))
def test_any_text(text):
    assert compose(text) == pyunormalize.NFC(text)
    if all(unicodedata.category(c) != "Cn" for c in text):
        assert compose(text) == unicodedata.normalize("NFC", text)
    # Forms first or composed first, the letters are the same.
    assert both(text) == compose(letters(text)) == compose(letters(compose(text)))
