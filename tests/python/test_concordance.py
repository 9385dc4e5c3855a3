"""Keyword in context: where lines stand, how they are sorted, and how they are shown."""

import pickle

import pandas as pd
import pytest

import nasij

TEXTS = [
    (
        "زار الرئيس فلاديمير بوتين بكين أمس.\n"
        "قال بوتين: \u202a«CNN 2024» كذبت. ورحبت الصين ببوتين <b>."
    ),
    "ورد شي جين بينغ على بوتين في بكين، ثم غادر فلاديمير بُوتين.",
]


@pytest.fixture(scope="module")
def analysis():
    frame = pd.DataFrame(
        {"text": TEXTS, "date": ["2024-05-16", "2023-03-21"], "source": ["أ", None]}
    )
    return nasij.Corpus.from_frame(frame).analyze(tagger=False)


@pytest.mark.parametrize("within", ["sentence", "paragraph", "document"])
@pytest.mark.parametrize("size", [{"width": 1}, {"width": 12}, {"words": 2}, {"width": 10_000}])
def test_a_line_is_what_its_document_shows(analysis, within, size):
    lines = analysis.concordance("بوتين", within=within, **size)
    mentions = analysis.mentions[analysis.mentions["entity"] == "per:vladimir-putin"]
    for name in ("doc", "sentence", "start", "end", "text", "prefix"):
        assert lines[name].tolist() == mentions[name].tolist()
    for row in lines.itertuples():
        text = analysis.corpus.text(row.doc)
        assert text[row.start : row.end] == row.text
        start = row.start - len(row.prefix) - len(row.before)
        line = row.before + row.prefix + row.text + row.after
        assert text[start : start + len(line)] == line
        assert start == 0 or not row.before or text[start - 1].isspace()
        if "words" in size:
            assert max(len(row.before.split()), len(row.after.split())) <= 3
        else:
            assert max(len(row.before), len(row.after)) <= size["width"]
        assert within == "document" or "\n" not in line.strip()


def test_a_document_is_shown_whole_where_the_width_allows(analysis):
    lines = analysis.concordance("بوتين", width=10_000, within="document")
    assert (lines["before"] + lines["prefix"] + lines["text"] + lines["after"]).tolist() == [
        analysis.corpus.text(doc) for doc in lines["doc"]
    ]


def test_lines_are_sorted_by_the_nearest_words(analysis):
    after = analysis.concordance("بوتين", sort="after")
    words = [text.strip(" :.<>«»\u202a").split() for text in after["after"]]
    assert [word[0] if word else "" for word in words] == ["", "b", "CNN", "بكين", "في"]
    before = analysis.concordance("بوتين", sort="before")
    nearest = [text.split()[-1] for text in before["before"]]
    assert nearest == ["الرئيس", "الصين", "على", "غادر", "قال"]
    dates = analysis.concordance("بوتين", sort="date")["date"]
    assert dates.is_monotonic_increasing
    assert analysis.concordance("بوتين", spelling="بوتين")["text"].tolist() == ["بوتين"] * 3
    vowelled = analysis.concordance("بوتين", spelling="فلاديمير بوتين")["text"].tolist()
    assert vowelled == ["فلاديمير بوتين", "فلاديمير بُوتين"]


def test_a_notebook_shows_lines_right_to_left_each_part_by_itself(analysis):
    lines = analysis.concordance("بوتين")
    html = lines._repr_html_()
    assert html.count("<tr>") == len(lines) == 5
    assert html.count('<td dir="rtl"') == 4 * len(lines)
    assert "&lt;b&gt;" in html
    assert "2023-03-21" in html
    assert ">ب</span><mark" in html
    assert "<table" in lines[["doc", "text"]]._repr_html_()
    assert pickle.loads(pickle.dumps(lines))._repr_html_() == html


def test_as_text_the_names_stand_one_under_another(analysis):
    lines = str(analysis.concordance("بوتين", width=12)).split("\n")
    assert len(lines) == 5
    for line in lines:
        assert line.startswith("\u200f")
        # Before, the name, after, and where it is from: each part by itself.
        assert line.count("\u2067") == line.count("\u2069") >= 5
    marks = dict.fromkeys(map(ord, "\u200f\u202aُ"))
    before = [line.translate(marks).split("\u2069")[0].replace("\u2067", "") for line in lines]
    assert len({len(cell) for cell in before}) == 1
    assert len({len(cell.lstrip()) for cell in before}) > 1
    assert str(analysis.concordance("بوتين").head(0)) == ""
    assert "doc" in str(analysis.concordance("بوتين")[["doc"]])


def test_wrong_arguments_are_named(analysis):
    for wrong, words in [
        ({"width": 0}, "width is a whole number from 1"),
        ({"words": 1.5}, "words is a whole number from 1"),
        ({"within": "word"}, "within is one of"),
        ({"sort": "right"}, "sort is one of place, before, after, date"),
        ({"spelling": 3}, "spelling is a text"),
    ]:
        with pytest.raises(nasij.ArgumentError, match=words):
            analysis.concordance("بوتين", **wrong)
    with pytest.raises(nasij.ArgumentError, match="no entity"):
        analysis.concordance("نسيج")
