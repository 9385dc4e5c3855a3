"""Counting pairs of entities in sentences, beside scipy, pandas and polars.

All start from the same mentions and count a pair once a sentence; pairs, counts, marginals and PMI
are equal before anything is measured. The peers get ready integers for sentence and entity. In the
second race nasij computes all of its measures (PMI, NPMI, G², logDice, Jaccard, Fisher's exact p
and Benjamini-Hochberg q, on all cores) and the peers PMI alone; polars uses all cores throughout.
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


def run(sample: Sample) -> None:
    """Compares, then measures."""
    texts, lexicon = _nasij.Texts([sample.texts]), _nasij.Lexicon.default()
    found = _nasij.analyze(texts, lexicon, None, None, None, 0.0, tagger=True)
    mentions = mention_table(found)
    ours = by_nasij(found).in_order()
    assert found.counts("sentence", None, None).total == mentions.sentences
    for peer in (by_scipy, by_pandas, by_polars):
        theirs = peer(mentions).in_order()
        for name in ("a", "b", "count", "a_count", "b_count"):
            same = np.array_equal(getattr(ours, name), getattr(theirs, name))
            assert same, f"{peer.__name__}: another {name}"
        assert np.allclose(ours.pmi, theirs.pmi, rtol=1e-12, atol=1e-12), peer.__name__
    seen = int(ours.count.sum())
    print(f"  {len(mentions.entity):,} mentions, {mentions.sentences:,} sentences; {seen:,} pairs")
    print(f"  seen, {len(ours.a):,} different; all four give the same counts, marginals and PMI")
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
            "nasij, all measures": lambda: found.counts("sentence", None, None).table(1),
            "scipy, PMI": lambda: by_scipy(mentions),
            "pandas, PMI": lambda: by_pandas(mentions),
            "polars, PMI": lambda: by_polars(mentions),
        },
        seen / 1e6,
        "M pairs/s",
    )
