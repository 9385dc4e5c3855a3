"""Counting pairs of entities in sentences, beside scipy, pandas and polars.

All start from the same table of mentions, ready integers for sentence and entity, and count a pair
once a sentence; pairs, counts, marginals and PMI are equal before anything is measured. The first
races are over a table drawn by Zipf's law: 300,000 sentences, 5.7 million pair occurrences, some
900,000 different pairs. There the peers end with columns of numbers, and so does nasij's core in
the first line; the others end with a frame that has ids, names and types. Then the articles, where
counting starts from the analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl
from harness import race
from scipy import sparse

import nasij
from nasij import _nasij

if TYPE_CHECKING:
    from harness import Sample

Ints = npt.NDArray[np.signedinteger]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Mentions:
    """One row a mention; sentences are numbered through the corpus."""

    sentence: Ints
    entity: Ints
    entities: int
    sentences: int


@dataclass(frozen=True)
class Pairs:
    """One row a pair with a < b, of entity numbers."""

    a: Ints
    b: Ints
    count: Ints
    a_count: Ints
    b_count: Ints
    pmi: Floats

    def in_order(self) -> Pairs:
        """The same rows by a, then b."""
        order = np.lexsort((self.b, self.a))
        return Pairs(*(getattr(self, name)[order] for name in self.__dataclass_fields__))


def pmi(count: Ints, a_count: Ints, b_count: Ints, total: int) -> Floats:
    """Base 2."""
    return np.log2(count * float(total) / (a_count.astype(float) * b_count))


def mention_table(found: _nasij.Extraction) -> Mentions:
    """The mentions as integers."""
    rows, documents = found.mentions(), found.documents()
    first = np.concatenate([[0], np.cumsum(documents["sentences"])])
    sentence = first[rows["doc"]] + rows["sentence"]
    entities = len(found.entities()["id"])
    return Mentions(sentence, rows["entity"].astype(np.int64), entities, int(first[-1]))


def by_nasij(found: _nasij.Extraction) -> Pairs:
    """nasij's table in the numbers of the extraction."""
    counts = found.counts("sentence", None, None)
    number = {name: i for i, name in enumerate(found.entities()["id"])}
    code = np.array([number[name] for name in counts.ids], dtype=np.int64)
    table = counts.table(1)
    a, b = code[table["a"]], code[table["b"]]
    a_count, b_count = table["a_count"], table["b_count"]
    swap = a > b
    return Pairs(
        np.minimum(a, b), np.maximum(a, b), table["count"],
        np.where(swap, b_count, a_count), np.where(swap, a_count, b_count), table["pmi"],
    )  # fmt: skip


def scipy_counts(mentions: Mentions) -> tuple[sparse.coo_array, Ints]:
    """The upper triangle of XᵀX, where X says which sentence holds which entity."""
    ones = np.ones(len(mentions.entity), dtype=np.int64)
    shape = (mentions.sentences, mentions.entities)
    holds = sparse.csr_array((ones, (mentions.sentence, mentions.entity)), shape=shape)
    holds.data[:] = 1
    both = sparse.triu(holds.T @ holds, k=1).tocoo()
    return both, holds.sum(axis=0)


def by_scipy(mentions: Mentions) -> Pairs:
    """The product and its PMI."""
    both, alone = scipy_counts(mentions)
    a_count, b_count = alone[both.row], alone[both.col]
    score = pmi(both.data, a_count, b_count, mentions.sentences)
    return Pairs(both.row, both.col, both.data, a_count, b_count, score)


def pandas_counts(mentions: Mentions) -> tuple[pd.DataFrame, pd.Series]:
    """The mentions merged with themselves by sentence."""
    rows = pd.DataFrame({"sentence": mentions.sentence, "entity": mentions.entity})
    rows = rows.drop_duplicates()
    pairs = rows.merge(rows, on="sentence").query("entity_x < entity_y")
    counted = pairs.groupby(["entity_x", "entity_y"]).size().rename("count").reset_index()
    return counted, rows["entity"].value_counts()


def by_pandas(mentions: Mentions) -> Pairs:
    """The merge and its PMI."""
    pairs, alone = pandas_counts(mentions)
    a, b, count = (pairs[name].to_numpy() for name in ("entity_x", "entity_y", "count"))
    a_count, b_count = alone.loc[a].to_numpy(), alone.loc[b].to_numpy()
    return Pairs(a, b, count, a_count, b_count, pmi(count, a_count, b_count, mentions.sentences))


def polars_plan(mentions: Mentions) -> tuple[pl.LazyFrame, pl.LazyFrame]:
    """The mentions joined with themselves by sentence, not yet run."""
    rows = pl.LazyFrame({"sentence": mentions.sentence, "a": mentions.entity}).unique()
    pairs = rows.join(rows.rename({"a": "b"}), on="sentence").filter(pl.col("a") < pl.col("b"))
    return pairs.group_by("a", "b").agg(pl.len().cast(pl.Int64).alias("count")), rows


def polars_counts(mentions: Mentions) -> pl.DataFrame:
    """The join, run."""
    return polars_plan(mentions)[0].collect()


def by_polars(mentions: Mentions) -> Pairs:
    """The join and its PMI."""
    pairs, rows = polars_plan(mentions)
    alone = rows.group_by("a").agg(pl.len().cast(pl.Int64).alias("a_count"))
    table = pairs.join(alone, on="a").join(alone.rename({"a": "b", "a_count": "b_count"}), on="b")
    lift = pl.col("count") * float(mentions.sentences) / (pl.col("a_count") * pl.col("b_count"))
    done = table.with_columns(lift.log(2).alias("pmi")).collect()
    return Pairs(*(done[name].to_numpy() for name in Pairs.__dataclass_fields__))


def by_core(mentions: Mentions) -> Pairs:
    """nasij's core over the same columns, pairs in order of entity numbers."""
    width = len(str(mentions.entities))
    entities = [[f"{i:0{width}}", "", ""] for i in range(mentions.entities)]
    counts = _nasij.Counts.from_mentions(
        "sentence", [mentions.sentence], mentions.entity, entities, mentions.sentences
    )
    table = counts.table(1, None, ["pmi"], strongest_first=False)
    number = np.array([int(name) for name in counts.ids], dtype=np.int32)
    a, b = number[table["a"]], number[table["b"]]
    return Pairs(a, b, *(table[name] for name in ("count", "a_count", "b_count", "pmi")))


def zipf(sentences: int, entities: int = 5_000, seed: int = 0) -> Mentions:
    """Mentions by Zipf's law, about seven a sentence, in order of the sentences."""
    draw = np.random.default_rng(seed)
    weights = 1 / np.arange(1, entities + 1) ** 1.1
    lengths = 1 + (3.1 + draw.exponential(3.1, sentences)).astype(np.int64)
    ranks = np.searchsorted(np.cumsum(weights) / weights.sum(), draw.random(lengths.sum()))
    # The same names whatever is drawn, so that shards have entities in common.
    names = np.random.default_rng(entities).permutation(entities)
    return Mentions(np.repeat(np.arange(sentences), lengths), names[ranks], entities, sentences)


def same(ours: Pairs, mentions: Mentions) -> None:
    """Checks that the peers find the same."""
    for peer in (by_scipy, by_pandas, by_polars):
        theirs = peer(mentions).in_order()
        for name in ("a", "b", "count", "a_count", "b_count"):
            equal = np.array_equal(getattr(ours, name), getattr(theirs, name))
            assert equal, f"{peer.__name__}: another {name}"
        assert np.allclose(ours.pmi, theirs.pmi, rtol=1e-12, atol=1e-12), peer.__name__


def drawn() -> None:
    """The table drawn by Zipf's law."""
    mentions = zipf(300_000)
    ours = by_core(mentions).in_order()
    same(ours, mentions)
    seen = int(ours.count.sum())
    print(f"  Zipf: {len(mentions.entity):,} mentions, {mentions.sentences:,} sentences; {seen:,}")
    print(f"  pairs seen, {len(ours.a):,} different; all give the same counts, marginals and PMI")
    frame = pd.DataFrame({"sentence": mentions.sentence, "entity": mentions.entity})

    def table(**asked: object) -> pd.DataFrame:
        counts = nasij.Counts.from_mentions(frame, "sentence", total=mentions.sentences)
        return counts.cooccurrence(min_count=1, **asked)

    print("  from the mentions to the scored pairs:")
    race(
        {
            "nasij's core, PMI": lambda: by_core(mentions),
            "scipy, PMI": lambda: by_scipy(mentions),
            "polars, PMI": lambda: by_polars(mentions),
            "pandas, PMI": lambda: by_pandas(mentions),
            "nasij, PMI": lambda: table(measures=["pmi"], sort=False),
            "nasij, PMI, strongest first": lambda: table(measures=["pmi"]),
            "nasij, usual columns": table,
        },
        seen / 1e6,
        "M pairs/s",
    )
    halves = [mentions.sentence % 2 == half for half in (0, 1)]
    one, other = (nasij.Counts.from_mentions(frame[half], "sentence") for half in halves)
    different = sum(len(part._counts.pairs(1)["a"]) for part in (one, other))
    print("  merging two shards:")
    race({"nasij": lambda: one.merge(other)}, different / 1e6, "M pairs/s")


def run(sample: Sample) -> None:
    """Compares, then measures."""
    drawn()
    texts, lexicon = _nasij.Texts([sample.texts]), _nasij.Lexicon.default()
    found = _nasij.analyze(texts, lexicon, None, None, None, 0.0, tagger=True)
    mentions = mention_table(found)
    ours = by_nasij(found).in_order()
    assert found.counts("sentence", None, None).total == mentions.sentences
    same(ours, mentions)
    seen = int(ours.count.sum())
    print(f"  articles: {len(mentions.entity):,} mentions, {mentions.sentences:,} sentences;")
    print(f"  {seen:,} pairs seen, {len(ours.a):,} different; the same counts, marginals and PMI")

    def nasij_table(*columns: str) -> object:
        counts = found.counts("sentence", None, None)
        return counts.table(1, None, list(columns) or None, strongest_first=not columns)

    print("  counting:")
    race(
        {
            "nasij": lambda: found.counts("sentence", None, None).pairs(1),
            "scipy": lambda: scipy_counts(mentions),
            "pandas": lambda: pandas_counts(mentions),
            "polars": lambda: polars_counts(mentions),
        },
        seen / 1e6,
        "M pairs/s",
    )
    print("  counting and scoring:")
    race(
        {
            "nasij, PMI": lambda: nasij_table("pmi"),
            "scipy, PMI": lambda: by_scipy(mentions),
            "pandas, PMI": lambda: by_pandas(mentions),
            "polars, PMI": lambda: by_polars(mentions),
            "nasij, usual columns, sorted": nasij_table,
        },
        seen / 1e6,
        "M pairs/s",
    )
