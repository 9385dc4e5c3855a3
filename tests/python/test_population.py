"""Some of the documents by themselves, and what is counted in them."""

import datetime as dt
import pickle

import pandas as pd
import pytest

import nasij

TEXTS = [
    "التقى فلاديمير بوتين وشي جين بينغ في موسكو.",
    "زار بوتين الصين. وقال فلاديمير بوتين إن الصين شريك. التقى فلاديمير بوتين وشي جين بينغ.",
    "وصل شي جين بينغ إلى موسكو. التقى شي جين بينغ فلاديمير بوتين. والتقى شي بوتين أيضا.",
    "لا أحد هنا.",
]
DATES = ["2023-03-21", "2023-03-31 23:30", "2023-04-01", None]
SOURCES = ["أ", "ب", "أ", None]
PUTIN, XI = "per:vladimir-putin", "per:xi-jinping"


@pytest.fixture(scope="module")
def analysis():
    frame = pd.DataFrame({"text": TEXTS, "date": DATES, "source": SOURCES})
    return nasij.Corpus.from_frame(frame).analyze(tagger=False)


def documents(analysis):
    return analysis.documents["doc"].tolist()


def test_a_selection_is_the_analysis_of_its_documents(analysis):
    part = analysis.select(source="أ")
    frame = pd.DataFrame({"text": [TEXTS[i] for i in (0, 2)]})
    alone = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    columns = ["sentence", "start", "end", "text", "prefix", "entity", "type", "role"]
    pd.testing.assert_frame_equal(part.mentions[columns], alone.mentions[columns])
    assert (
        part.cooccurrence(min_count=1)
        .drop(columns=["a_name", "b_name"])
        .equals(alone.cooccurrence(min_count=1).drop(columns=["a_name", "b_name"]))
    )
    assert part.corpus.text(documents(part)[1]) == TEXTS[2]
    assert pickle.loads(pickle.dumps(part)).mentions.equals(part.mentions)


def test_dates_name_whole_periods(analysis):
    whole = documents(analysis)
    assert documents(analysis.select(until="2023-03")) == whole[:2]
    assert documents(analysis.select(since="2023-04")) == [whole[2]]
    assert documents(analysis.select(month="2023-03")) == whole[:2]
    assert documents(analysis.select(since=dt.date(2023, 3, 31), until="2023-04-01")) == whole[1:3]
    assert documents(analysis.select(since=pd.Timestamp("2023-03-31 23:30:00"))) == whole[1:3]
    assert documents(analysis.select(year=2023, source=["أ", "ب"])) == whole[:3]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"since": "soon"}, "since is a date"),
        ({"until": True}, "until is a date"),
        ({"month": None}, "month is a date"),
        ({"month": "1999-01"}, "there are 2023-03"),
        ({"mouth": 3}, "did you mean 'month'"),
        ({"source": "ج"}, "no document has source ج; there are أ, ب"),
        ({"source": "ب", "month": "2023-04"}, "have none in common"),
    ],
)
def test_what_selects_nothing_is_refused(analysis, wrong, words):
    with pytest.raises(nasij.ArgumentError, match=words):
        analysis.select(**wrong)


def pair(analysis, count):
    table = analysis.cooccurrence(min_count=1, count=count)
    row = table[(table["a"] == PUTIN) & (table["b"] == XI)].iloc[0]
    return row[["count", "a_count", "b_count", "total"]].tolist()


def test_what_is_counted_is_counted_by_hand(analysis):
    assert pair(analysis, "units") == [4, 6, 5, 8]
    assert pair(analysis, "documents") == [3, 3, 3, 4]
    with pytest.warns(nasij.NasijWarning, match="1 of 4 documents have no day"):
        assert pair(analysis, "days") == [3, 3, 3, 3]
    with pytest.warns(nasij.NasijWarning, match="1 of 4 documents have no source"):
        assert pair(analysis, "sources") == [2, 2, 2, 2]


def test_groups_may_lie_apart_in_the_corpus(analysis):
    counts = analysis.select(source=["أ", "ب"]).counts(count="sources")
    assert (counts.total, counts.counted) == (2, "sources")
    assert counts.entities.set_index("entity")["count"][XI] == 2


def test_only_units_merge(analysis):
    units = analysis.counts()
    assert units.merge(units).total == 16
    for count in ("documents", "stories"):
        counts = analysis.counts(count=count)
        with pytest.raises(nasij.ArgumentError, match=f"{count} cannot be merged"):
            counts.merge(counts)
        with pytest.raises(nasij.ArgumentError, match=f"{count} and of units"):
            counts.merge(units)
    with pytest.raises(nasij.ArgumentError, match="count is one of units, documents"):
        analysis.counts(count="articles")


def test_the_cells_of_groups_are_those_of_groups():
    frame = pd.DataFrame(
        {
            "text": [
                "التقى فلاديمير بوتين شي جين بينغ.",
                "نام فلاديمير بوتين. وصل شي جين بينغ.",
                "نام فلاديمير بوتين.",
                "لا أحد.",
            ]
        }
    )
    made = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    pair = made.cooccurrence(min_count=1, count="documents", cells=True, measures="all").iloc[0]
    assert pair[["both", "a_only", "b_only", "neither", "total"]].tolist() == [1, 2, 1, 1, 4]
    own = nasij.association([1], [3], [2], 5).iloc[0]
    assert pair[["phi", "odds_ratio", "p"]].tolist() == own[["phi", "odds_ratio", "p"]].tolist()
    assert pickle.loads(pickle.dumps(made.counts(count="documents"))).counted == "documents"


def test_every_group_is_in_a_cell(analysis):
    for count in ("documents", "sources"):
        some = analysis.select(source=["أ", "ب"])
        table = some.cooccurrence(min_count=1, count=count, cells=True)
        assert (table[["both", "a_only", "b_only", "neither"]] >= 0).all(axis=None)


@pytest.mark.parametrize("count", ["units", "documents"])
def test_rare_entities_are_not_tested_and_change_nothing_else(analysis, count):
    whole = analysis.cooccurrence(min_count=1, count=count)
    some = analysis.cooccurrence(min_count=1, count=count, min_each=3)
    kept = whole[(whole["a_count"] >= 3) & (whole["b_count"] >= 3)].reset_index(drop=True)
    assert 0 < len(some) < len(whole)
    pd.testing.assert_frame_equal(some.drop(columns="q"), kept.drop(columns="q"))
    assert (some["q"] <= kept["q"]).all()
    entities = analysis.counts(count=count).entities
    n = int((entities["count"] >= 3).sum())
    assert some.attrs["tests"] == n * (n - 1) // 2
    with pytest.raises(nasij.ArgumentError, match="min_each is a whole number from 1"):
        analysis.cooccurrence(min_each=0)


def test_warnings_stand_at_the_line_that_called(analysis):
    for asked in (
        lambda: analysis.cooccurrence(count="days"),
        analysis.timeline,
        lambda: analysis.network(count="sources"),
    ):
        with pytest.warns(nasij.NasijWarning, match="documents have no") as found:
            asked()
        assert {warning.filename for warning in found} == {__file__}


@pytest.mark.parametrize("by", ["count", "a", "q"])
def test_a_column_called_as_one_of_the_table_is_refused(by):
    frame = pd.DataFrame({"text": TEXTS, by: [1, 1, 2, 2]})
    analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    with pytest.raises(nasij.ArgumentError, match=f"a column {by} of its own; rename"):
        analysis.cooccurrence(min_count=1, by=by)


def test_lists_make_no_groups():
    frame = pd.DataFrame({"text": TEXTS, "tags": [["x"], ["y"], ["x"], ["y"]]})
    analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    for method in (analysis.cooccurrence, analysis.contrast):
        with pytest.raises(nasij.ArgumentError, match="tags has lists"):
            method(by="tags")
