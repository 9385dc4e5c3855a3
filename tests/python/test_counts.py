"""Counts of any table of mentions, merged, pickled, pruned, scored by what one asks for."""

from __future__ import annotations

import pickle
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

import nasij
from nasij._nasij import Counts as _Counts

FRAME = pd.DataFrame(
    {
        "text": [
            "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين.",
            "قال بوتين إن الصين شريكة. لا شيء هنا. شي جين بينغ في موسكو.",
            "التقى فلاديمير بوتين شي جين بينغ في الصين.",
        ],
        "source": ["أ", "ب", "أ"],
        "date": ["2023-03-21", "2023-03-21", "2024-05-16"],
    }
)


@pytest.fixture(scope="module")
def analysis() -> nasij.Analysis:
    return nasij.Corpus.from_frame(FRAME).analyze(tagger=False)


def drawn(seed: int, units: int = 300, kinds: int = 40) -> pd.DataFrame:
    """Mentions of entities, some of them twice in a unit, in order of the units."""
    draw = np.random.default_rng(seed)
    unit = np.repeat(np.arange(units), draw.integers(1, 9, units))
    entity = draw.zipf(1.4, len(unit)) % kinds
    return pd.DataFrame({"page": unit, "who": entity})


def by_hand(frame: pd.DataFrame) -> dict[tuple[str, str], int]:
    counts: dict[tuple[str, str], int] = {}
    for _, held in frame.groupby("page")["who"]:
        for pair in combinations(sorted({str(who) for who in held}), 2):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def test_mentions_count_as_the_analysis_they_are_of(analysis):
    total = int(analysis.documents["sentences"].sum())
    counts = nasij.Counts.from_mentions(analysis.mentions, total=total)
    ours = analysis.counts()
    assert (counts.unit, counts.total) == (ours.unit, ours.total)
    pd.testing.assert_frame_equal(counts.cooccurrence(min_count=1), ours.cooccurrence(min_count=1))


@pytest.mark.parametrize("seed", range(4))
def test_any_mentions_in_any_order_and_dtype_count_as_by_hand(seed):
    frame = drawn(seed)
    tables = []
    mixed = frame.sample(frac=1, random_state=seed)
    far = frame.assign(who=frame["who"] * 10**12 - 5, page=frame["page"] * -(10**10))
    for one in (frame, mixed, frame.astype(str), mixed.astype("category"), frame.astype("int16")):
        counts = nasij.Counts.from_mentions(one, unit="page", entity="who", total=500)
        table = counts.cooccurrence(min_count=1, measures=[])
        assert counts.total == 500
        found = dict(zip(zip(table["a"], table["b"], strict=True), table["count"], strict=True))
        assert found == by_hand(frame)
        tables.append(counts)
    assert all(counts == tables[0] for counts in tables)
    distant = nasij.Counts.from_mentions(far, unit="page", entity="who")
    assert sorted(distant.cooccurrence(min_count=1)["count"]) == sorted(by_hand(frame).values())


def test_mentions_of_several_columns_are_in_one_unit_where_all_agree():
    frame = pd.DataFrame(
        {"doc": ["x", "x", "y", "x"], "sentence": [0, 0, 0, 1], "entity": ["a", "b", "a", "b"]}
    )
    counts = nasij.Counts.from_mentions(frame)
    assert (counts.unit, counts.total) == ("sentence", 3)
    assert counts.cooccurrence(min_count=1)["count"].tolist() == [1]


def test_mentions_that_cannot_be_counted_are_refused_by_column():
    frame = drawn(0)
    of = {"unit": "page", "entity": "who"}
    with pytest.raises(nasij.ArgumentError, match="no column 'entity'; they have page, who"):
        nasij.Counts.from_mentions(frame, unit="page")
    holes = frame.assign(who=frame["who"].where(np.arange(len(frame)) != 1))
    with pytest.raises(nasij.ArgumentError, match=r"'who' of the mentions has missing .* row 1"):
        nasij.Counts.from_mentions(holes, **of)
    with pytest.raises(nasij.ArgumentError, match="total is 7, but mentions are in 300 units"):
        nasij.Counts.from_mentions(frame, **of, total=7)
    for wrong in (-1, 2.5, True, "9", 10**30):
        with pytest.raises(nasij.ArgumentError, match="total is a whole number"):
            nasij.Counts.from_mentions(frame, **of, total=wrong)
    with pytest.raises(nasij.ArgumentError, match="unit names no column"):
        nasij.Counts.from_mentions(frame, unit=[], entity="who")
    with pytest.raises(nasij.ArgumentError, match="unit is a name or a list of names, not 5"):
        nasij.Counts.from_mentions(frame, unit=5, entity="who")
    with pytest.raises(nasij.ArgumentError, match="frame is a pandas table of mentions, not list"):
        nasij.Counts.from_mentions([1, 2])


def test_no_mentions_make_no_pairs():
    counts = nasij.Counts.from_mentions(drawn(0).iloc[:0], unit="page", entity="who")
    assert counts.total == 0
    assert counts.cooccurrence().empty


@pytest.mark.parametrize("seed", range(3))
def test_shards_in_any_order_are_the_whole_to_the_byte(seed):
    frame = drawn(seed)
    of = {"unit": "page", "entity": "who"}
    whole = nasij.Counts.from_mentions(frame, **of)
    shards = [
        nasij.Counts.from_mentions(part, **of) for _, part in frame.groupby(frame["page"] * 7 % 5)
    ]
    for order in (shards, shards[::-1], shards[2:] + shards[:2]):
        merged = order[0]
        for shard in order[1:]:
            merged = merged.merge(shard)
        assert merged == whole
    assert pickle.loads(pickle.dumps(whole)) == whole


def test_what_does_not_add_up_is_not_merged(analysis):
    for count in ("documents", "stories", "sources", "days"):
        counts = analysis.counts(count=count)
        with pytest.raises(nasij.ArgumentError, match=f"counts of {count} cannot be merged"):
            counts.merge(counts)
    documents = analysis.counts(count="documents")
    with pytest.raises(nasij.ArgumentError, match="counts of units and of documents"):
        analysis.counts().merge(documents)


def test_broken_bytes_are_refused():
    good = nasij.Counts.from_mentions(drawn(0), unit="page", entity="who")._counts.to_bytes()
    assert _Counts.from_bytes(good).to_bytes() == good
    for bad in (b"", good[:7], good[:-1], b"nasijXX1" + good[8:], good[:7] + b"9" + good[8:]):
        with pytest.raises(nasij.FormatError):
            _Counts.from_bytes(bad)


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document", 5])
@pytest.mark.parametrize("count", ["units", "documents", "sources", "days"])
def test_pairs_left_out_early_change_nothing_of_the_others(analysis, unit, count):
    early = analysis.cooccurrence(unit, min_count=2, count=count)
    late = analysis.counts(unit, count=count).cooccurrence(min_count=2)
    pd.testing.assert_frame_equal(early, late)


def test_a_table_has_the_columns_asked_for_and_no_others(analysis):
    counts = ["a", "b", "a_name", "b_name", "a_type", "b_type", "count", "a_count", "b_count"]
    table = analysis.cooccurrence(min_count=1, measures=["dice", "count", "q", "dice"])
    assert list(table.columns) == [*counts, "total", "dice", "q"]
    assert table["dice"].is_monotonic_decreasing
    every = analysis.cooccurrence(min_count=1, measures="all")
    usual = analysis.cooccurrence(min_count=1)
    pd.testing.assert_frame_equal(every[usual.columns], usual)
    assert every["few"].dtype == bool
    with pytest.raises(nasij.ArgumentError, match="did you mean 'jaccard'"):
        analysis.cooccurrence(measures=["jacard"])
    with pytest.raises(nasij.ArgumentError, match="measures is a list"):
        analysis.cooccurrence(measures=3)


def test_cells_are_the_whole_table_of_a_pair(analysis):
    table = analysis.cooccurrence(min_count=1, cells=True)
    cells = table[["both", "a_only", "b_only", "neither"]]
    assert (cells.sum(axis=1) == table["total"]).all()
    assert (cells >= 0).all().all()
    assert (table["both"] + table["a_only"] == table["a_count"]).all()
    assert (table["both"] + table["b_only"] == table["b_count"]).all()


def test_what_was_asked_stays_with_the_table(analysis):
    table = analysis.cooccurrence("document", types=["PER", "LOC"], min_count=1, count="sources")
    asked = {name: table.attrs[name] for name in ("unit", "count", "types", "min_count", "total")}
    assert asked == {
        "unit": "document", "count": "sources", "types": ["PER", "LOC"], "min_count": 1, "total": 2,
    }  # fmt: skip
    window = analysis.cooccurrence(10, min_count=1)
    assert window.attrs["unit"] == 10
    sliced = analysis.cooccurrence(by="year", min_count=1)
    assert sliced.attrs["total"] == {"2023": 5, "2024": 1}
    assert set(sliced.attrs["tests"]) == {"2023", "2024"}


def test_unsorted_pairs_are_the_same_pairs(analysis):
    counts = analysis.counts()
    ordered = counts.cooccurrence(min_count=1).sort_values(["a", "b"], ignore_index=True)
    pd.testing.assert_frame_equal(counts.cooccurrence(min_count=1, sort=False), ordered)
