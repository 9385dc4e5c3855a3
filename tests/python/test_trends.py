"""Series, bursts and comparisons of periods and sources, by the numbers and by their laws."""

import datetime as dt
import itertools
import math
import random

import numpy as np
import pandas as pd
import pytest

import nasij
from nasij import _nasij

PUTIN, XI, LAVROV = "per:vladimir-putin", "per:xi-jinping", "per:sergei-lavrov"
BOTH, ONE, OTHER, NOBODY = (
    "التقى فلاديمير بوتين وشي جين بينغ.", "قال فلاديمير بوتين ذلك.", "قال سيرغي لافروف ذلك.",
    "لا اسم هنا.",
)  # fmt: skip


def analysis_of(rows):
    """Of texts with date and source."""
    frame = pd.DataFrame(rows, columns=["text", "date", "source"])
    return nasij.Corpus.from_frame(frame).analyze(tagger=False, threads=1)


@pytest.fixture(scope="module")
def drawn():
    """A corpus drawn at random, over four months with one that has no document."""
    draw = random.Random(6)  # noqa: S311
    rows = []
    for _ in range(150):
        text = " ".join(draw.choices([BOTH, ONE, OTHER, NOBODY], weights=[1, 2, 2, 4], k=3))
        text += draw.choice(["", f"\n{BOTH}", f" {ONE}"])
        month, day = draw.choice([1, 2, 4]), draw.randint(1, 28)
        rows.append((text, f"2024-{month:02}-{day:02}", draw.choice("ابج")))
    return analysis_of(rows)


@pytest.mark.parametrize("freq", ["D", "W", "M", "Q", "Y"])
@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document", 5])
@pytest.mark.parametrize("count", ["units", "documents", "stories", "sources", "days"])
def test_a_period_counts_as_its_documents_alone(drawn, freq, unit, count):
    period = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}[freq]
    entities = drawn.timeline([PUTIN, LAVROV], freq, unit, count)
    pairs = drawn.timeline([(XI, PUTIN)], freq, unit, count)
    for row in entities[entities["total"] > 0].groupby("period").head(1)["period"].unique()[:12]:
        alone = drawn.select(**{period: str(row)}).counts(unit, count=count)
        known = alone.entities.set_index("entity")["count"]
        for table in (entities, pairs):
            assert (table.loc[table["period"] == row, "total"] == alone.total).all()
        for found in entities[entities["period"] == row].to_dict("records"):
            assert found["count"] == known.get(found["entity"], 0)
        scored = alone.cooccurrence(min_count=1)
        both = scored[(scored["a"] == PUTIN) & (scored["b"] == XI)]["count"].sum()
        assert pairs.loc[pairs["period"] == row, "count"].tolist() == [both]


def test_rates_by_hand():
    found = analysis_of(
        [
            (ONE, "2024-01-03", "a"),
            (f"{ONE} {BOTH}", "2024-01-20", "a"),
            (NOBODY, "2024-01-21", "b"),
            (NOBODY, "2024-01-22", "b"),
            (BOTH, "2024-03-01", "a"),
        ]
    )
    table = found.timeline(PUTIN)
    assert table["period"].astype(str).tolist() == ["2024-01", "2024-02", "2024-03"]
    assert table["mentions"].tolist() == [3, 0, 1]
    assert table["docs"].tolist() == table["count"].tolist() == [2, 0, 1]
    assert table["total"].tolist() == [4, 0, 1]
    assert table["rate"].tolist()[::2] == [0.5, 1.0]
    assert table["rate"].isna().tolist() == [False, True, False]
    # Wilson's interval of 2 in 4: 1/2 -+ z / (4 + z^2) sqrt(1 + z^2 / 4).
    z = 1.959963984540054
    half = z / (4 + z * z) * math.sqrt(1 + z * z / 4)
    assert table["rate_low"][0] == pytest.approx(0.5 - half)
    assert table["rate_high"][0] == pytest.approx(0.5 + half)
    assert table["rate_high"][2] == 1
    units = found.timeline([(PUTIN, XI)], count="units")
    assert list(units.columns[:5]) == ["period", "a", "b", "a_name", "b_name"]
    assert units[["docs", "count", "total"]].to_numpy().tolist() == [
        [1, 1, 5],
        [0, 0, 0],
        [1, 1, 1],
    ]


def test_smoothing_weighs_periods_by_their_documents():
    found = analysis_of(
        [(ONE, "2024-01-01", "a"), *[(NOBODY, "2024-02-01", "a")] * 3, (ONE, "2024-04-01", "a")]
    )
    near = (1 - 1 / 8) ** 3
    table = found.timeline(PUTIN, smooth=1)
    expected = [1 / (1 + 3 * near), near / (3 + near), math.nan, 1.0]
    assert table["smoothed"].to_numpy() == pytest.approx(np.array(expected), nan_ok=True)
    with pytest.raises(nasij.ArgumentError, match="smooth is for entities that are named"):
        found.timeline(smooth=1)
    with pytest.raises(nasij.ArgumentError, match="smooth is a whole number from 1, not 0"):
        found.timeline(PUTIN, smooth=0)


def test_smoothing_keeps_each_series_to_itself(drawn):
    both = drawn.timeline([PUTIN, LAVROV], "W", smooth=2)
    for entity in (PUTIN, LAVROV):
        alone = drawn.timeline(entity, "W", smooth=2)["smoothed"]
        mine = both.loc[both["entity"] == entity, "smoothed"]
        assert mine.to_numpy() == pytest.approx(alone.to_numpy(), nan_ok=True)


def test_all_entities_have_rows_where_they_are_mentioned(drawn):
    every, named = drawn.timeline(), drawn.timeline([PUTIN, XI, LAVROV])
    mentioned = named[named["mentions"] > 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(every, mentioned)


def test_entities_are_asked_for_by_names_pairs_and_tables(drawn):
    pairs = drawn.cooccurrence()
    one = drawn.timeline([(PUTIN, XI)])
    pd.testing.assert_frame_equal(drawn.timeline([("بوتين", "شي جين بينغ")] * 2), one)
    mine = pairs[(pairs["a"] == PUTIN) & (pairs["b"] == XI)]
    pd.testing.assert_frame_equal(drawn.timeline(mine), one)
    entities = drawn.timeline(drawn.entities.head(2))
    pd.testing.assert_frame_equal(drawn.timeline(drawn.entities["entity"].head(2)), entities)
    for wrong, words in (
        ([PUTIN, (PUTIN, XI)], "not both at once"),
        ([(PUTIN, XI, LAVROV)], "a pair is two names"),
        ([(PUTIN, "بوتين")], "same entity"),
        (pd.DataFrame({"x": [1]}), "the column entity or the columns a and b, not DataFrame"),
        (3, "not int"),
    ):
        with pytest.raises(nasij.ArgumentError, match=words):
            drawn.timeline(wrong)


def test_dates_with_zones_are_those_of_utc():
    found = analysis_of([(ONE, "2024-06-01T01:00:00+03:00", "a"), (ONE, "2024-06-01", "a")])
    assert found.timeline(PUTIN, "D")["count"].tolist() == [1, 1]
    changed = found.changes("2024-05", "2024-06", min_count=1, max_q=None, count="documents")
    assert changed[["before_total", "after_total"]].to_numpy().tolist() == [[1, 1]]


def test_what_has_no_date_is_left_out_with_a_warning():
    found = analysis_of([(ONE, "2024-05-01", "a"), (ONE, "2024-06-01", "a"), (ONE, None, "a")])
    with pytest.warns(nasij.NasijWarning, match="1 of 3 documents have no date"):
        assert found.timeline(PUTIN)["total"].tolist() == [1, 1]
    with pytest.warns(nasij.NasijWarning, match="1 of 3 documents have no date"):
        changed = found.changes("2024-06", min_count=1, max_q=None, count="documents")
    assert changed[["before_count", "after_count"]].to_numpy().tolist() == [[1, 1]]
    with pytest.warns(nasij.NasijWarning, match="1 of 3 documents have no date"):
        assert found.bursts().empty


# Comparisons.


def planted():
    """Putin in 2 of 20 before and 12 of 20 after; Lavrov in 8 of 20 both times."""
    rows = []
    for month, putin in ((5, 2), (6, 12)):
        for i in range(20):
            parts = [ONE] * (i < putin) + [OTHER] * (i % 5 < 2) + [NOBODY]
            rows.append((" ".join(parts), f"2023-{month:02}-{i + 1:02}", f"s{i % 2}"))
    return rows


def test_a_planted_change_is_found_with_its_numbers():
    changed = analysis_of(planted()).changes("2023-05", "2023-06", max_q=None, count="documents")
    assert changed.attrs["tests"] == 2
    assert (changed.attrs["before"], changed.attrs["after"]) == ("2023-05", "2023-06")
    assert changed["entity"].tolist() == [PUTIN, LAVROV]
    row = changed.iloc[0]
    sides = ["before_count", "before_total", "after_count", "after_total"]
    assert row[sides].tolist() == [2, 20, 12, 20]
    assert (row["before_rate"], row["after_rate"], row["ratio"]) == (0.1, 0.6, pytest.approx(6))
    assert row["ratio_low"] < 6 < row["ratio_high"]
    assert row["ratio_low"] > 1
    stats = pytest.importorskip("scipy.stats")
    p = stats.fisher_exact([[2, 18], [12, 8]]).pvalue
    assert row["p"] == pytest.approx(p)
    assert row["q"] == pytest.approx(2 * p)
    # Two documents of 35% are added to either side.
    odds = math.log(12.7 / 9.3) - math.log(2.7 / 19.3)
    assert row["log_odds"] == pytest.approx(odds)
    spread = 1 / 12.7 + 1 / 9.3 + 1 / 2.7 + 1 / 19.3
    assert row["z"] == pytest.approx(odds / math.sqrt(spread))
    assert changed["ratio"].tolist()[1] == 1
    found = analysis_of(planted())
    for side, documents in (("before", "2023-05"), ("after", "2023-06")):
        shown = found.changes("2023-05", "2023-06", count="documents", examples=2)[
            f"{side}_evidence"
        ][0]
        lines = found.select(month=documents).evidence(PUTIN).head(2)
        assert shown == [f"{row.doc}#{row.sentence}" for row in lines.itertuples()]
        assert row[f"{side}_texts"] == [ONE]
    only = found.changes("2023-05", "2023-06", count="documents", examples=0)
    assert not any("evidence" in name for name in only.columns)
    assert only["entity"].tolist() == [PUTIN]
    assert only.attrs["tests"] == 2


def test_periods_may_be_told_in_many_ways():
    found = analysis_of(planted())
    expected = found.changes("2023-05", "2023-06", count="documents")
    for before, after in (
        (pd.Period("2023-05"), pd.Period("2023-06", "M")),
        (("2023-05-01", "2023-05-31"), ("2023-06-01", "2023-06-30")),
        ((dt.date(2023, 5, 1), dt.date(2023, 5, 31)), ["2023-06", "2023-06"]),
        ((pd.Timestamp("2023-05-01"), pd.Timestamp("2023-05-31")), np_period("2023-06")),
        ("2023-06-01", None),
        (pd.Timestamp("2023-06-01"), None),
        (dt.datetime(2023, 6, 1, tzinfo=dt.UTC), None),
        (dt.datetime(2023, 6, 1, 2, tzinfo=dt.timezone(dt.timedelta(hours=3))), None),
    ):
        pd.testing.assert_frame_equal(found.changes(before, after, count="documents"), expected)
    day = found.changes("2023-05-01", "2023-06-01", min_count=1, max_q=None, count="documents")
    assert set(day["before_total"]) == {1}


def np_period(month):
    return (np.datetime64(f"{month}-01"), np.datetime64(f"{month}-30"))


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("2022", "2023", r"no document is of 2022; dates go from 2023-05-01 to 2023-06-20"),
        ("2023", "2023-06", "2023 and 2023-06 overlap: 20 documents"),
        ("2023-05-01", None, "no document is of before 2023-05-01"),
        ("2024-05-01", None, "no document is of from 2024-05-01"),
        (("2023-06", "2023-05"), "2023-06", "from 2023-06 to 2023-05, which is earlier"),
        (("2023-05",), "2023-06", "the two dates from and to which it goes"),
        ("2023-05", "spring", "after is a date such as"),
        (pd.NaT, "2023-06", "before is a date such as"),
    ],
)  # fmt: skip
def test_periods_that_cannot_be_meant_are_refused(before, after, words):
    with pytest.raises(nasij.ArgumentError, match=words):
        analysis_of(planted()).changes(before, after)


def test_the_order_of_documents_and_of_sides_plays_no_part():
    rows = planted()
    tables = []
    for seed in range(3):
        random.Random(seed).shuffle(rows)  # noqa: S311
        tables.append(
            analysis_of(rows).changes(
                "2023-05", "2023-06", max_q=None, count="documents", examples=0
            )
        )
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])
    back = analysis_of(rows).changes(
        "2023-06", "2023-05", max_q=None, count="documents", examples=0
    )
    there = tables[0]
    assert back["entity"].tolist() == there["entity"].tolist()
    assert back[["p", "q"]].equals(there[["p", "q"]])
    assert back["ratio"].to_numpy() == pytest.approx(1 / there["ratio"].to_numpy())
    assert back["ratio_low"].to_numpy() == pytest.approx(1 / there["ratio_high"].to_numpy())
    assert back["log_odds"].to_numpy() == pytest.approx(-there["log_odds"].to_numpy())


@pytest.mark.parametrize("what", ["entities", "pairs"])
@pytest.mark.parametrize("count", ["units", "documents", "stories"])
def test_contrasts_count_as_their_documents_alone(drawn, what, count):
    table = drawn.contrast(what=what, count=count, min_count=1, max_q=None)
    assert table.attrs["tests"] == len(table)
    assert set(table["source"]) == set("ابج")
    for source, rows in table.groupby("source", observed=True):
        sides = {"": [source], "other_": [s for s in "ابج" if s != source]}
        for name, values in sides.items():
            alone = drawn.select(source=values).counts(count=count)
            assert (rows[f"{name}total"] == alone.total).all()
            if what == "entities":
                known = alone.entities.set_index("entity")["count"]
                expected = [known.get(entity, 0) for entity in rows["entity"]]
            else:
                scored = alone.cooccurrence(min_count=1).set_index(["a", "b"])["count"]
                expected = [scored.get(pair, 0) for pair in zip(rows["a"], rows["b"], strict=True)]
            assert rows[f"{name}count"].tolist() == expected


def test_one_value_against_another_or_all_others():
    rows = [(ONE, "2024-01-01", "a")] * 9 + [(OTHER, "2024-01-01", "b")] * 9
    rows += [(NOBODY, "2024-01-01", "c")] * 9
    found = analysis_of(rows)
    table = found.contrast(a="a", b="b", count="documents")
    assert table["source"].tolist() == ["a", "a"]
    assert table.attrs["other"] == "b"
    assert set(table["other_total"]) == {9}
    alone = found.contrast(a="a", count="documents")
    assert set(alone["other_total"]) == {18}
    assert alone.attrs["other"] == "others"
    first = table.iloc[0]
    assert (first["entity"], first["ratio"]) == (LAVROV, 0)
    assert math.isinf(table.iloc[1]["ratio"])
    for arguments, words in (
        ({"a": "x"}, r"a is a value of source \(a, b, c\), not 'x'"),
        ({"b": "a"}, "name a too"),
        ({"a": "a", "b": "a"}, "a and b are both a"),
        ({"by": "month"}, "one value, 2024-01"),
        ({"by": "soruce"}, "did you mean 'source'"),
        ({"what": "names"}, "what is one of"),
        ({"max_q": 2}, "max_q is a number from 0 to 1"),
        ({"level": 1}, "level is a number between 0 and 1"),
    ):
        with pytest.raises(nasij.ArgumentError, match=words):
            found.contrast(**arguments)


def test_copies_of_a_report_are_one_story():
    report = " ".join(
        f"قال فلاديمير بوتين إن البند {n} من الاتفاق لم يطبق بعد." for n in "ابجدهوزحط"
    )
    other = " ".join(f"يرى الخبراء أن المادة {n} من القانون غامضة جدا." for n in "ابجدهوزحط")
    found = analysis_of(
        [*[(report, f"2023-06-{day:02}", f"s{day}") for day in range(1, 10)],
         *[(f"{other} {n * 40}", "2023-05-02", "a") for n in "كلمنسعفصق"]]
    )  # fmt: skip
    arguments = {"min_count": 1, "max_q": None, "what": "entities"}
    copies = found.changes("2023-05", "2023-06", count="documents", **arguments)
    assert copies["after_count"].tolist() == [9]
    stories = found.changes("2023-05", "2023-06", **arguments)
    assert stories[["after_count", "after_total"]].to_numpy().tolist() == [[1, 1]]


def test_days_and_spread_tell_what_lives_on_one_day_or_in_one_source():
    rows = [(ONE, "2024-01-01", "a")] * 6 + [(BOTH, f"2024-01-{day:02}", "b") for day in (1, 2, 2)]
    rows += [(OTHER, "2024-01-03", "c"), (OTHER, "2024-01-03", "b"), (NOBODY, None, "c")]
    found = analysis_of(rows)
    table = found.contrast(count="documents", min_count=1, max_q=None).set_index(
        ["source", "entity"]
    )
    assert table.loc[("a", PUTIN), ["days", "other_days", "spread"]].tolist() == [1, 2, 2]
    assert table.loc[("b", PUTIN), ["days", "other_days", "spread"]].tolist() == [2, 1, 2]
    assert table.loc[("c", PUTIN), ["days", "other_days", "spread"]].tolist() == [0, 2, 2]
    assert table.loc[("a", LAVROV), ["days", "other_days", "spread"]].tolist() == [0, 1, 2]
    pairs = found.contrast(count="documents", what="pairs", min_count=1, max_q=None)
    assert pairs[["source", "spread"]].to_numpy().tolist() == [["b", 1], ["a", 1], ["c", 1]]
    with pytest.warns(nasij.NasijWarning, match="no date"):
        changed = found.changes("2024-01-02", count="documents", min_count=1, max_q=None)
    changed = changed.set_index("entity")
    assert changed.loc[PUTIN, ["before_days", "after_days"]].tolist() == [1, 1]


def test_columns_stand_in_the_order_of_time():
    changed = analysis_of(planted()).changes("2023-05", "2023-06", count="documents")
    assert list(changed.columns) == [
        "entity", "name", "type", "before_count", "before_total", "before_rate", "after_count",
        "after_total", "after_rate", "ratio", "ratio_low", "ratio_high", "log_odds", "z", "p", "q",
        "before_days", "before_evidence", "before_texts", "after_days", "after_evidence",
        "after_texts",
    ]  # fmt: skip


# Bursts.


def brute(relevant, total, s, gamma, levels):
    """The cheapest sequence of states among all, by the formulas of Kleinberg (2002)."""
    base = sum(relevant) / sum(total)
    shares = [base] + [base * s**j for j in range(1, levels + 1) if base * s**j < 1]
    best = (math.inf, ())
    for states in itertools.product(range(len(shares)), repeat=len(total)):
        cost = 0.0
        for before, state, r, d in zip((0, *states), states, relevant, total, strict=False):
            cost += max(0, state - before) * gamma * math.log(len(total))
            cost -= r * math.log(shares[state]) + (d - r) * math.log(1 - shares[state])
        best = min(best, (cost, states))
    return best[1]


def test_bursts_are_those_of_the_cheapest_states():
    draw = random.Random(4)  # noqa: S311
    for _ in range(40):
        total = [draw.randint(1, 6) for _ in range(6)]
        relevant = [draw.randint(0, d) for d in total]
        relevant[0] = min(relevant[0], total[0] - 1)
        relevant[1] = max(relevant[1], 1)
        days = [f"2024-01-{day + 1:02}" for day in range(6)]
        rows = [
            (ONE if i < r else NOBODY, day, "a")
            for day, r, d in zip(days, relevant, total, strict=True)
            for i in range(d)
        ]
        gamma = draw.choice([0.2, 0.5, 1.0])
        states = brute(relevant, total, 1.5, gamma, 2)
        found = analysis_of(rows).bursts(
            s=1.5, gamma=gamma, levels=2, min_count=1, count="documents"
        )
        covered = [0] * 6
        for burst in found.to_dict("records"):
            first, last = burst["start"].day - 1, burst["end"].day - 1
            for day in range(first, last + 1):
                covered[day] = max(covered[day], burst["level"])
            assert burst["count"] == sum(relevant[first : last + 1])
            assert burst["total"] == sum(total[first : last + 1])
            assert burst["rate"] == burst["count"] / burst["total"]
            assert burst["usual"] == sum(relevant) / sum(total)
            assert burst["weight"] > 0
        assert tuple(covered) == states


def test_bursts_of_pairs_and_by_week():
    rows = [(BOTH, "2024-02-05", "a")] * 6 + [(NOBODY, "2024-02-06", "a")]
    rows += [(NOBODY, str(day.date()), "a") for day in pd.date_range("2024-01-01", "2024-04-01")]
    found = analysis_of(rows).bursts([(PUTIN, XI)], "W", count="documents")
    assert found[["a", "b", "level", "count"]].to_numpy().tolist() == [[PUTIN, XI, 1, 6]]
    assert str(found["start"][0]) == "2024-02-05/2024-02-11" == str(found["end"][0])
    assert analysis_of(rows).bursts([(PUTIN, XI)], min_count=7, count="documents").empty


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"s": 1}, "s is a number over 1"),
        ({"s": "2"}, "s is a number, not '2'"),
        ({"gamma": -1}, "gamma is a number from 0"),
        ({"gamma": math.nan}, "gamma is a number from 0"),
        ({"levels": 0}, "levels is a whole number from 1"),
        ({"levels": 100}, "levels is a whole number from 1 to 64"),
        ({"min_count": 0}, "min_count is"),
        ({"freq": "H"}, "freq is one of"),
        ({"count": "words"}, "count is one of"),
    ],
)
def test_arguments_of_bursts_are_checked(drawn, arguments, words):
    with pytest.raises(nasij.ArgumentError, match=words):
        drawn.bursts(**arguments)


def test_series_of_different_lengths_are_refused():
    with pytest.raises(nasij.ArgumentError, match="as many counts"):
        _nasij.smoothed(np.zeros(3, dtype=np.int64), np.zeros(2, dtype=np.int64), 1)
