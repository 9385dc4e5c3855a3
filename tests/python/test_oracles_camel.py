"""nasij's rules against the functions of CAMeL Tools: equal but for the tables here.

The reasons in the tables stand in docs/normalization.md too, by rule.
"""

import functools
import importlib.resources
import json
import re
import unicodedata
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracles import ARABIC, Apart, Oracle, check_characters, check_texts, dropped, kept, span, texts

pytest.importorskip("camel_tools", reason="make installs requirements-oracles.txt")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from camel_tools.utils import dediac, normalize
    from camel_tools.utils.charmap import CharMapper

CHARMAPS = importlib.resources.files("camel_tools.utils") / "charmaps"
ARCLEAN = json.loads((CHARMAPS / "arclean_map.json").read_text(encoding="utf-8"))["charMap"]
# The command takes away what is not in its map; the map is what is compared.
arclean = CharMapper(ARCLEAN, default=None)
compose = functools.partial(normalize.normalize_unicode, compatibility=False)


def compatible(text: str) -> str:
    """The compatibility form of what is Arabic; nasij leaves ² and ﬁ and … alone."""
    return re.sub(f"[{ARABIC}]+", lambda run: normalize.normalize_unicode(run[0]), compose(text))


ISOLATED = [c for c in ARABIC if unicodedata.normalize("NFKC", c).startswith(" ")]

VOWEL_SIGNS = Apart(
    dropped(span(0x656, 0x65F)), "vowel signs of other languages, and of the Quran, are harakat too"
)
RECITATION = span(0x610, 0x61A) + span(0x653, 0x655) + span(0x6D6, 0x6ED)
RECITATION += span(0x897, 0x89F) + span(0x8CA, 0x8FF)
ALEFS = Apart(dict.fromkeys("ٲٳ", "ا"), "alefs with a wavy hamza are alefs too")
PHRASES = {
    "\ufd40": "رحمه الله",
    "\ufd41": "رضي الله عنه",
    "\ufd42": "رضي الله عنها",
    "\ufd43": "رضي الله عنهم",
    "\ufd44": "رضي الله عنهما",
    "\ufd45": "رضي الله عنهن",
    "\ufd46": "صلى الله عليه وآله",
    "\ufd47": "عليه السلام",
    "\ufd48": "عليهم السلام",
    "\ufd49": "عليهما السلام",
    "\ufd4a": "عليه الصلاة والسلام",
    "\ufd4b": "قدس سره",
    "\ufd4c": "صلى الله عليه وآله وسلم",
    "\ufd4d": "عليها السلام",
    "\ufd4e": "تبارك وتعالى",
    "\ufd4f": "رحمهم الله",
    "\ufdcf": "سلامه علينا",
    "\ufdfe": "سبحانه وتعالى",
    "\ufdff": "عز وجل",
}
# Where arclean changes the same characters, to something else.
ARCLEANED = {
    "harakat": [],
    "shadda": [],
    "superscript_alef": [],
    "quranic": [Apart(dropped("\u06dd\u06de\u06e9"), "signs of verses; arclean writes asterisks")],
    "tatweel": [],
    "alef": [],
    "presentation_forms persian persian_letters": [
        Apart(
            {
                **dict.fromkeys("\ufb66\ufb67\ufb68\ufb69", "ٹ"),
                **dict.fromkeys("\ufb88\ufb89", "ڈ"),
                **dict.fromkeys("\ufb8c\ufb8d", "ڑ"),
                **dict.fromkeys("\ufb9e\ufb9f", "ں"),
                **dict.fromkeys("\ufbae\ufbaf", "ے"),
                **dict.fromkeys("\ufbb0\ufbb1", "ۓ"),
            },
            "forms of letters that only Urdu has are those letters",
        ),
        Apart({"ی": "ي", "ۍ": "ي"}, "in Persian the ya has no dots; arclean makes it ى"),
        Apart({"ە": "ه"}, "a shape of ha, which arclean takes away"),
    ],
    "word_ligatures": [],
    "digits": [],
    "number_marks": [
        Apart({"٫": "."}, "a decimal point; the comma that arclean writes parts thousands"),
        Apart({"٬": ","}, "a comma, as in 1,250; arclean writes an apostrophe"),
    ],
    "punctuation": [],
    "quotes": [
        Apart({"‹": "'", "›": "'"}, "quotation marks; arclean writes < and >"),
        Apart({"″": '"'}, "one mark; arclean writes two apostrophes"),
    ],
    "invisible joiners": [
        Apart(
            dropped("\u180e\u2060\ufeff" + span(0x200B, 0x200F) + span(0x202A, 0x202E)),
            "a character that is not seen is no space: it would part a word",
        )
    ],
}
# Python's own tables, which normalize_unicode asks, may be older than nasij's.
KNOWN = "".join(c for c in ARABIC if unicodedata.category(c) != "Cn")

ORACLES = [
    Oracle("normalize_alef_ar", normalize.normalize_alef_ar, "alef", [ALEFS]),
    Oracle("normalize_alef_maksura_ar", normalize.normalize_alef_maksura_ar, "alef_maqsura"),
    Oracle("normalize_teh_marbuta_ar", normalize.normalize_teh_marbuta_ar, "ta_marbuta"),
    Oracle("dediac_ar", dediac.dediac_ar, "harakat shadda superscript_alef", [VOWEL_SIGNS]),
    Oracle(
        "dediac_ar",
        dediac.dediac_ar,
        "marks",
        [
            VOWEL_SIGNS,
            Apart(dropped(RECITATION), "signs of recitation and of verses, which it keeps"),
        ],
    ),
    Oracle("normalize_unicode, canonical", compose, "composition"),
    Oracle(
        "normalize_unicode",
        compatible,
        "composition presentation_forms word_ligatures",
        [
            Apart(
                {c: unicodedata.normalize("NFKC", c)[1:] for c in ISOLATED},
                "an isolated mark is the mark of the letter before it, without a space",
            ),
            Apart(kept("ٵٶٷٸ"), "Kazakh letters with a high hamza are letters, not forms"),
            Apart({"﷼": "ریال"}, "the ya of Unicode's own decomposition; persian makes it ريال"),
            Apart(PHRASES, "phrases that Unicode names and does not decompose"),
        ],
        join=compose,
    ),
]
SHARED = [
    Oracle("arclean", arclean, rules, apart, shared=True) for rules, apart in ARCLEANED.items()
]


@pytest.mark.parametrize("oracle", [*ORACLES, *SHARED], ids=str)
def test_every_character(oracle):
    check_characters(oracle)


@pytest.mark.parametrize("oracle", ORACLES, ids=str)
def test_every_article(oracle):
    check_texts(oracle, texts())


@pytest.mark.parametrize("oracle", ORACLES, ids=str)
@given(text=st.text(KNOWN + "a. "))
def test_any_text(oracle, text):
    check_texts(oracle, [text])
