"""nasij's rules against the functions of PyArabic: equal but for the tables here."""

import functools
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import ARABIC, Apart, Oracle, check_characters, check_texts, dropped, kept, span, texts

pytest.importorskip("pyarabic", reason="make installs requirements-oracles.txt")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pyarabic import araby

easier = functools.partial(araby.normalize_hamza, method="tasheel")

VOWEL_SIGNS = Apart(dropped(span(0x656, 0x65F)), "vowel signs of other languages are harakat too")
WASLA = Apart(dict.fromkeys("ٱٲٳ", "ا"), "alefs with a wasla or a wavy hamza are alefs too")
WAVY = Apart(dict.fromkeys("ٲٳ", "ا"), "alefs with a wavy hamza are alefs too")
LONE_HAMZA = Apart(kept("\u0654\u0655"), "a hamza by itself is no alef")
MAQSURA = Apart(kept("ى"), "ى is a ya without dots, not an alef: على would become علا")
SMALL_ALEF = Apart(kept("\u0670"), "a mark; superscript_alef takes it away, no rule writes it out")
HAMZA_LOST = Apart(
    {"\ufef5": "لآ", "\ufef7": "لأ", "\ufef9": "لإ"}, "the ligature's alef has a hamza or madda"
)

ORACLES = [
    Oracle("strip_harakat", araby.strip_harakat, "harakat", [VOWEL_SIGNS]),
    Oracle("strip_shadda", araby.strip_shadda, "shadda"),
    Oracle("strip_tashkeel", araby.strip_tashkeel, "harakat shadda", [VOWEL_SIGNS]),
    Oracle(
        "strip_diacritics",
        araby.strip_diacritics,
        "marks",
        [
            Apart(dropped("\u06e5\u06e6"), "the small waw and ya, which strip_small takes away"),
            Apart(dropped("\u06dd\u06de\u06e9"), "signs of verses, which stand among the marks"),
            Apart(
                dropped(span(0x897, 0x89F) + span(0x8CA, 0x8FF)),
                "marks of the blocks Arabic Extended A and B",
            ),
        ],
    ),
    Oracle("strip_tatweel", araby.strip_tatweel, "tatweel"),
    Oracle("normalize_alef", araby.normalize_alef, "alef", [WAVY, MAQSURA, SMALL_ALEF]),
    Oracle("normalize_hamza", easier, "alef hamza", [WASLA, LONE_HAMZA]),
    Oracle("normalize_teh", araby.normalize_teh, "ta_marbuta"),
]
SHARED = [
    Oracle("strip_small", araby.strip_small, "superscript_alef quranic", shared=True),
    Oracle(
        "normalize_ligature",
        araby.normalize_ligature,
        "presentation_forms",
        [HAMZA_LOST],
        shared=True,
    ),
]


@pytest.mark.parametrize("oracle", [*ORACLES, *SHARED], ids=str)
def test_every_character(oracle):
    check_characters(oracle)


@pytest.mark.parametrize("oracle", ORACLES, ids=str)
def test_every_article(oracle):
    check_texts(oracle, texts())


@pytest.mark.parametrize("oracle", ORACLES, ids=str)
@given(text=st.text(ARABIC + "a. "))
def test_any_text(oracle, text):
    check_texts(oracle, [text])
