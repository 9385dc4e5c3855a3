"""`nasij.clitics`: offsets, columns, ranks and errors."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import nasij
from nasij.errors import ArgumentError, TextError

TEXT = "قَالَ وبمـدرسته 😀 لِلصِّينِ، abc\u200f وكتبوه"
READINGS = Path(__file__).parents[1] / "golden" / "readings.toml"


def pieces(text, row):
    """What stands before the stem, the stem, and what stands behind it."""
    places = (row["start"], row["stem_start"], row["stem_end"], row["end"])
    return [text[a:b] for a, b in pairwise(places)]


def test_offsets_are_code_points_of_the_text():
    words = nasij.clitics(TEXT)
    for row in words.to_dict("records"):
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert "".join(pieces(TEXT, row)) == row["text"]
    assert words["stem"].tolist() == ["قَالَ", "مـدرسة", "الصِّينِ", "abc", "كتبوا"]
    assert words["proclitics"].tolist() == ["", "و+ب", "ل", "", "و"]
    assert words["enclitic"].tolist() == ["", "ه", "", "", "ه"]
    assert words["article"].tolist() == [False, False, True, False, False]


def test_golden_words_in_one_text():
    cases = tomllib.loads(READINGS.read_text(encoding="utf-8"))["case"]
    text = " ".join(case["text"] for case in cases)
    words = nasij.clitics(text).to_dict("records")
    for case, row in zip(cases, words, strict=True):
        before = [f"{clitic}+" for clitic in row["proclitics"].split("+") if clitic]
        stem = pieces(text, row)[1]
        behind = [f"+{row['enclitic']}"] if row["enclitic"] else []
        assert " ".join([*before, stem, *behind]) == case["reading"]
        assert row["stem"] == case["stem"]


def test_ranked_begins_with_the_best():
    ranked = nasij.clitics("وجد للغة abc", ranked=True)
    first = ranked[ranked["rank"] == 0].drop(columns="rank").reset_index(drop=True)
    pd.testing.assert_frame_equal(first, nasij.clitics("وجد للغة abc"))
    assert ranked.groupby("start")["rank"].apply(list).map(lambda r: r == [*range(len(r))]).all()
    assert not ranked.duplicated(["start", "proclitics", "article", "stem", "enclitic"]).any()


def test_a_column_keeps_its_labels():
    column = pd.Series(["له بيت", None, ""], index=["a", "b", "c"])
    words = column.nasij.clitics()
    assert words["doc"].tolist() == ["a", "a"]
    nothing = pd.Series([], dtype=object).nasij.clitics()
    assert nothing.empty
    assert nothing.columns.tolist() == words.columns.tolist()


def test_errors_name_what_was_given():
    with pytest.raises(ArgumentError, match="int"):
        nasij.clitics(3)
    with pytest.raises(TextError, match="position 1"):
        nasij.clitics("ا\ud800")
