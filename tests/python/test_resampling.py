"""Intervals by resampling stories and counts under chance, through the whole package."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import nasij

PUTIN, XI, MACRON, BEIRUT = "فلاديمير بوتين", "شي جين بينغ", "إيمانويل ماكرون", "بيروت"
FEW = "ignore:.*permutations are too few"
NAMES = [PUTIN, XI, MACRON, BEIRUT]


def articles(seed, number=60):
    """Articles of several sentences; those about a pair name it again and again."""
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(number):
        about = rng.random(4) < 0.5
        sentences = []
        for _ in range(rng.integers(1, 6)):
            said = [name for name, is_it in zip(NAMES, about & (rng.random(4) < 0.6), strict=True)
                    if is_it]  # fmt: skip
            sentences.append(f"اجتمع {' و'.join(said)} أمس." if said else "لا أحد هنا.")
        texts.append(" ".join(sentences))
    return pd.DataFrame({"text": texts, "source": [f"s{i % 7}" for i in range(number)]})


@pytest.fixture(scope="module")
def analysis():
    return nasij.Corpus.from_frame(articles(1)).analyze(tagger=False)


@pytest.fixture(scope="module")
def pairs(analysis):
    return analysis.cooccurrence(min_count=1)


def by_document(analysis, a, b):
    """Of each document the sentences with both, with a, with b, and all."""
    rows = analysis.mentions.groupby(["doc", "sentence"])["entity"].agg(set).reset_index()
    rows = rows.assign(a=[a in s for s in rows["entity"]], b=[b in s for s in rows["entity"]])
    rows["both"] = rows["a"] & rows["b"]
    sums = rows.groupby("doc")[["both", "a", "b"]].sum()
    return analysis.documents.set_index("doc")[["sentences"]].join(sums).fillna(0).astype(int)


def test_intervals_are_those_of_scipy(analysis, pairs):
    found = analysis.intervals(pairs, ["count", "npmi", "llr"], 4000, over="documents", seed=3)
    for row in found.head(3).itertuples():
        told = by_document(analysis, row.a, row.b)

        def npmi(units, both, a, b, axis):
            n, joint, x, y = (v.sum(axis=axis) for v in (units, both, a, b))
            with np.errstate(divide="ignore", invalid="ignore"):
                value = np.log(joint * n / (x * y)) / -np.log(joint / n)
            return np.where(joint == 0, -1, value)

        columns = tuple(told[name].to_numpy() for name in ("sentences", "both", "a", "b"))
        peer = stats.bootstrap(
            columns, npmi, paired=True, vectorized=True, n_resamples=4000, method="BCa",
            rng=np.random.default_rng(1), batch=500,
        )  # fmt: skip
        wide = peer.confidence_interval.high - peer.confidence_interval.low
        assert abs(row.npmi_low - peer.confidence_interval.low) < 0.08 * wide
        assert abs(row.npmi_high - peer.confidence_interval.high) < 0.08 * wide
        assert row.clusters == (told["both"] > 0).sum()
        assert row.count_low <= row.count <= row.count_high
        assert row.llr_low <= row.llr <= row.llr_high


def test_an_interval_holds_the_estimate_where_a_measure_has_its_least():
    # Two by chance to the digit but for one: nearly all resamples have a larger chi2.
    texts = [f"اجتمع {PUTIN} و{XI}.", f"اجتمع {PUTIN}.", f"اجتمع {XI}.", "لا أحد هنا."] * 40
    frame = pd.DataFrame({"text": [*texts, "لا أحد هناك."]})
    analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    pairs = analysis.cooccurrence(measures=["chi2"])
    (row,) = analysis.intervals(pairs, "chi2", over="documents").itertuples()
    assert 0 < row.chi2 < 0.01
    # A normal number is within 1.96 of a mean near 0 in 95 of 100: its square is within 3.84.
    assert row.chi2_low == 0
    assert 2.5 < row.chi2_high < 6


def test_a_table_keeps_its_rows_and_says_how_it_was_made(analysis, pairs):
    some = pairs.iloc[[3, 0]]
    found = analysis.intervals(some, "npmi", 99, level=0.9, over="documents")
    assert found.columns.tolist() == [*pairs.columns, "npmi_low", "npmi_high", "clusters"]
    pd.testing.assert_frame_equal(found[pairs.columns], some)
    assert found.attrs["resamples"] == 99
    assert found.attrs["level"] == 0.9
    tested = analysis.permutations(some, 99)
    assert tested.columns.tolist() == [*pairs.columns, "null_mean", "null_sd", "null_p", "null_q"]
    pd.testing.assert_frame_equal(tested[pairs.columns], some)


def test_threads_change_nothing_and_seeds_do(analysis, pairs):
    def both(seed, threads):
        return (
            analysis.intervals(pairs, seed=seed, threads=threads),
            analysis.permutations(pairs, 200, seed=seed, threads=threads),
        )

    for one, two, other in zip(both(1, 1), both(1, 3), both(2, 1), strict=True):
        pd.testing.assert_frame_equal(one, two)
        assert not one.equals(other)


@pytest.mark.filterwarnings(FEW)
@pytest.mark.parametrize("count", ["units", "documents", "stories", "sources"])
@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document", 5, "around 5"])
def test_what_is_resampled_and_permuted_is_what_was_counted(analysis, unit, count):
    pairs = analysis.cooccurrence(unit, min_count=1, count=count)
    given = {"unit": unit, "count": count}
    found = analysis.intervals(pairs, "count", 49, **given)
    assert (found["count_low"] <= found["count_high"]).all()
    tested = analysis.permutations(pairs, 49, **given)
    assert tested["null_mean"].gt(0).all()
    if count != "units":
        assert tested["null_mean"].le(pairs["total"]).all()


def test_all_copies_of_a_story_are_drawn_together():
    frame = articles(2, 30)
    copied = pd.concat([frame, frame, frame], ignore_index=True)
    once = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    thrice = nasij.Corpus.from_frame(copied).analyze(tagger=False)
    thrice = thrice.with_stories(by=np.tile(np.arange(30), 3))
    one = once.intervals(once.cooccurrence(min_count=1), "npmi", over="documents", seed=1)
    three = thrice.intervals(thrice.cooccurrence(min_count=1), "npmi", seed=1)
    columns = ["a", "b", "npmi_low", "npmi_high", "clusters"]
    pd.testing.assert_frame_equal(one[columns], three[columns])
    # As if they were independent, the copies would seem to make things surer.
    apart = thrice.intervals(thrice.cooccurrence(min_count=1), "npmi", over="documents", seed=1)
    width = apart["npmi_high"] - apart["npmi_low"]
    assert (width < 0.8 * (three["npmi_high"] - three["npmi_low"])).all()


def test_chance_counts_as_combinatorics_says():
    # Each sentence has two names: a pair is in one with probability 2ab / n(n - 1).
    said = [(PUTIN, XI)] * 9 + [(MACRON, BEIRUT)] * 14 + [(PUTIN, MACRON)] * 5 + [(XI, BEIRUT)] * 3
    texts = [f"اجتمع {a} و{b} أمس." for a, b in said]
    analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": texts})).analyze(tagger=False)
    assert (analysis.documents["mentions"] == 2).all()
    found = analysis.permutations(analysis.cooccurrence(), 5000, seed=1)
    mentions = analysis.entities.set_index("entity")["mentions"]
    n = 2 * len(said)
    for row in found.itertuples():
        expected = len(said) * 2 * mentions[row.a] * mentions[row.b] / (n * (n - 1))
        assert abs(row.null_mean - expected) < 4 * row.null_sd / 5000**0.5
    assert found.loc[found["count"] >= 9, "null_p"].lt(0.05).all()


def test_within_a_document_its_mentions_stay():
    # Every name keeps its article: a pair of two articles is never together.
    texts = [f"اجتمع {PUTIN} و{XI} أمس. اجتمع {PUTIN} و{XI} أمس. قال {PUTIN}. قال {XI}.",
             f"اجتمع {MACRON} و{PUTIN} أمس."]  # fmt: skip
    analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": texts})).analyze(tagger=False)
    pairs = analysis.cooccurrence(min_count=1)
    alone = pairs[(pairs["count"] == 1)]
    found = analysis.permutations(alone, 99, within="documents")
    assert found["null_mean"].tolist() == [1.0]
    assert found["null_p"].tolist() == [1.0]
    documents = analysis.cooccurrence("document", min_count=1)
    with pytest.raises(nasij.ArgumentError, match="take a smaller unit"):
        analysis.permutations(documents, within="documents", unit="document")


def test_mentions_of_a_story_may_move_together():
    # Each article is of two names that come back in all its sentences; which two is chance.
    articles = [pair for pair in itertools.combinations(NAMES, 2) for _ in range(6)]
    texts = [f"اجتمع {a} و{b} أمس. " * 8 for a, b in articles]
    analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": texts})).analyze(tagger=False)
    pairs = analysis.cooccurrence()
    apart = analysis.permutations(pairs, 500, seed=1, alternative="two-sided")
    together = analysis.permutations(pairs, 500, seed=1, together="documents")
    # 36 articles with two places each; a pair has 18 of 72 places twice.
    expected = 8 * 36 * 2 * 18 * 18 / (72 * 71)
    error = together["null_sd"] / 500**0.5
    assert (abs(together["null_mean"] - expected) < 4 * error).all()
    assert together["null_sd"].gt(2 * apart["null_sd"]).all()
    assert together["null_p"].gt(0.1).all()
    with pytest.raises(nasij.ArgumentError, match="together is one of stories, documents"):
        analysis.permutations(pairs, together="sources")


@pytest.mark.filterwarnings(FEW)
def test_a_grouped_table_may_be_rearranged_but_not_of_other_groups(analysis):
    grouped = analysis.cooccurrence(by="source", min_count=1)
    for method in (analysis.intervals, analysis.permutations):
        last = [name for name in grouped.columns if name != "source"]
        whole = method(grouped, seed=1)
        pd.testing.assert_frame_equal(
            method(grouped[[*last, "source"]], seed=1)[whole.columns], whole
        )
        indexed = method(grouped.reset_index(), seed=1).drop(columns="index")
        pd.testing.assert_frame_equal(indexed, whole)
        with pytest.raises(nasij.ArgumentError, match="made with by='source'"):
            method(grouped.drop(columns="source"))
    part = analysis.select(source=["s3", "s4"])
    for method in (part.intervals, part.permutations):
        with pytest.raises(nasij.ArgumentError, match="pairs is of source s0 too"):
            method(grouped)


@pytest.mark.filterwarnings(FEW)
def test_groups_are_resampled_by_themselves(analysis):
    grouped = analysis.cooccurrence(by="source", min_count=1)
    found = analysis.intervals(grouped, "npmi", 99, over="documents", seed=4)
    tested = analysis.permutations(grouped, 99, seed=4)
    one = grouped[grouped["source"] == "s3"]
    alone = analysis.select(source="s3")
    table = alone.cooccurrence(min_count=1)
    expected = alone.intervals(table, "npmi", 99, over="documents", seed=4)
    mine = found[found["source"] == "s3"].reset_index(drop=True)
    columns = ["a", "b", "npmi_low", "npmi_high", "clusters"]
    pd.testing.assert_frame_equal(mine[columns], expected[columns])
    assert len(one) == len(mine)
    expected = alone.permutations(table, 99, seed=4)
    mine = tested[tested["source"] == "s3"].reset_index(drop=True)
    columns = ["a", "b", "null_mean", "null_p", "null_q"]
    pd.testing.assert_frame_equal(mine[columns], expected[columns])
    assert tested.attrs["null_tests"]["s3"] == expected.attrs["null_tests"]


def test_the_family_may_be_larger_than_the_table(analysis, pairs):
    few = analysis.permutations(pairs, 199, tests=len(pairs))
    many = analysis.permutations(pairs, 199, tests=10 * len(pairs))
    assert many.attrs["null_tests"] == 10 * len(pairs)
    np.testing.assert_allclose(many["null_q"], np.minimum(1, 10 * few["null_q"]))
    frame = pd.DataFrame({"text": [f"اجتمع {PUTIN} و{XI}.", f"اجتمع {MACRON} و{BEIRUT}."] * 20})
    apart = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    with pytest.warns(nasij.NasijWarning, match="from about 100,000 on"):
        apart.permutations(apart.cooccurrence(), 199, tests=10_000)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"measures": "strength"}, "no measure is called"),
        ({"measures": []}, "at least one measure"),
        ({"measures": 2}, "measures is a name or a list of names, not 2"),
        ({"measures": None}, "measures is a name or a list of names"),
        ({"measures": "p"}, "p has no interval"),
        ({"resamples": 0}, "resamples is a whole number from 1, not 0"),
        ({"resamples": 2.5}, "resamples is a whole number"),
        ({"level": 1}, "level is a number between 0 and 1"),
        ({"level": "high"}, "level is a number"),
        ({"seed": -1}, "seed is a whole number from 0"),
        ({"seed": None}, "seed is a whole number from 0"),
        ({"seed": True}, "seed is a whole number from 0"),
        ({"over": "paragraphs"}, "over is one of stories, documents, sources, days"),
        ({"unit": "page"}, "unit is"),
        ({"unit": "document"}, "say with which unit"),
        ({"count": "stories"}, "say with which unit"),
        (
            {"count": "sources", "over": "documents"},
            "say with which unit|over as large as what is counted",
        ),
        ({"threads": 0}, "threads is a whole number"),
    ],
)
def test_wrong_arguments_are_told(analysis, pairs, wrong, words):
    with pytest.raises(nasij.ArgumentError, match=words):
        analysis.intervals(pairs, **wrong)


def test_wrong_tables_are_told(analysis, pairs):
    for method in (analysis.intervals, analysis.permutations):
        with pytest.raises(nasij.ArgumentError, match="columns a and b"):
            method(pairs.drop(columns="a"))
        with pytest.raises(nasij.ArgumentError, match="columns a and b"):
            method([("a", "b")])
        with pytest.raises(nasij.ArgumentError, match="no entity has the id 'per:nobody'"):
            method(pairs.assign(b="per:nobody"))
        with pytest.raises(nasij.ArgumentError, match="two different entities"):
            method(pairs.assign(b=pairs["a"]))
        with pytest.raises(nasij.ArgumentError, match="stands once"):
            method(pd.concat([pairs, pairs], ignore_index=True))
        with pytest.raises(nasij.ArgumentError, match="where here it is"):
            method(pairs.assign(count=0))
        with pytest.raises(nasij.ArgumentError, match="columns a and b"):
            method(pd.concat([pairs, pairs[["a"]]], axis=1))
        assert method(pairs.iloc[:0]).empty
    with pytest.raises(nasij.ArgumentError, match="permutations is a whole number"):
        analysis.permutations(pairs, 0)
    with pytest.raises(nasij.ArgumentError, match="alternative is one of"):
        analysis.permutations(pairs, alternative="larger")


def test_progress_is_told_and_may_stop(analysis, pairs):
    told = []
    analysis.permutations(pairs, 200, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (200, 200)
    assert all(x[0] < y[0] for x, y in itertools.pairwise(told))

    class StopError(Exception):
        pass

    def stop(*_):
        raise StopError

    for run in (analysis.intervals, analysis.permutations):
        with pytest.raises(StopError):
            run(pairs, progress=stop)
