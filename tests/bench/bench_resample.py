"""Intervals of the top pairs by resampling articles, beside numpy and scipy.

All resample whole articles 1,000 times and make BCa intervals of NPMI for pairs in sentences.
numpy's way is a matrix of weights times a sparse matrix of what each article adds, all pairs at
once, with the acceleration from a jackknife; scipy.stats.bootstrap takes the articles' numbers for
one pair after another, so it does few. First the counts are equal and the intervals agree but for
the draws. Then permutations: numpy shuffles the entities over the mentions and counts with a sparse
product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from harness import race_by
from scipy import sparse, stats

from nasij import _nasij

if TYPE_CHECKING:
    from harness import Sample

RESAMPLES = 1000
PERMUTATIONS = 100
TOP = 5000
#: How many pairs scipy does; how many numpy's jackknife holds at once.
FEW, PART = 5, 250
#: Pairs in fewer articles are not compared.
LEAST = 10
LEVEL = 0.95

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Task:
    """The top pairs of a corpus, and the sentences of its articles that hold them."""

    found: _nasij.Extraction
    a: Ints
    b: Ints
    count: Ints
    #: Sentences and, by column, those with each entity; the article of each sentence.
    holds: sparse.csr_array
    article: Ints

    def asked(self) -> _nasij._Asked:
        """The pairs for the extension."""
        codes = (self.a.astype(np.int32), self.b.astype(np.int32))
        nothing = {"entities": None, "docs": None, "groups": None}
        return {"unit": "sentence", **nothing, "a": codes[0], "b": codes[1]}  # type: ignore[typeddict-item]

    def by_article(self) -> tuple[sparse.csr_array, sparse.csr_array, Ints]:
        """Of each article the sentences with each pair, with each entity, and all."""
        number = len(self.found.documents()["sentences"])
        ones = np.ones(len(self.article), dtype=np.int64)
        rows = np.arange(len(self.article))
        shape = (number, len(self.article))
        total = sparse.csr_array((ones, (self.article, rows)), shape=shape)
        columns = self.holds.tocsc()
        both = columns[:, self.a].multiply(columns[:, self.b])
        sentences = np.bincount(self.article, minlength=number)
        some = sentences > 0
        return (
            sparse.csr_array(total @ both)[some],
            sparse.csr_array(total @ self.holds)[some],
            sentences[some],
        )


def task(sample: Sample) -> Task:
    """The strongest pairs of the sample's articles by log-likelihood ratio."""
    texts, lexicon = _nasij.Texts([sample.texts]), _nasij.Lexicon.default()
    found = _nasij.analyze(texts, lexicon, None, None, None, 0.0, tagger=True)
    counts = found.counts("sentence", None, None)
    table = counts.table(2)
    number = {name: i for i, name in enumerate(found.entities()["id"])}
    code = np.array([number[name] for name in counts.ids], dtype=np.int64)
    rows, documents = found.mentions(), found.documents()
    first = np.concatenate([[0], np.cumsum(documents["sentences"])])
    ones = np.ones(len(rows["doc"]), dtype=np.int64)
    places = (first[rows["doc"]] + rows["sentence"], rows["entity"])
    holds = sparse.csr_array((ones, places), shape=(first[-1], len(number)))
    holds.data[:] = 1
    article = np.repeat(np.arange(len(documents["sentences"])), documents["sentences"])
    top = slice(TOP)
    a, b = code[table["a"]][top], code[table["b"]][top]
    return Task(found, a, b, table["count"][top], holds, article)


def npmi(both: Floats, a: Floats, b: Floats, total: Floats) -> Floats:
    """Normalized PMI; -1 where the two never meet."""
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.log(both * total / (a * b)) / -np.log(both / total)
    inseparable = (both == a) & (both == b)
    return np.where(
        (a == 0) | (b == 0), 0, np.where(inseparable, 1, np.where(both == 0, -1, value))
    )


def by_nasij(task: Task, resamples: int = RESAMPLES, threads: int = 1) -> dict[str, npt.ArrayLike]:
    """nasij's table."""
    articles = np.arange(len(task.found.documents()["sentences"]), dtype=np.int32)
    return _nasij.bootstrap(
        task.found, task.asked(), articles, ["npmi"], resamples, LEVEL, 1, threads, None
    )


def by_numpy(task: Task) -> Floats:
    """Low and high of every pair."""
    both, alone, sentences = task.by_article()
    articles = len(sentences)
    draws = np.random.default_rng(2).multinomial(
        articles, np.full(articles, 1 / articles), RESAMPLES
    )
    singles, pairs, totals = draws @ alone, draws @ both, draws @ sentences
    estimates = npmi(both.sum(0), alone.sum(0)[task.a], alone.sum(0)[task.b], sentences.sum())
    bounds = np.empty((2, len(task.a)))
    z = stats.norm.ppf((1 - LEVEL) / 2)
    for start in range(0, len(task.a), PART):
        part = slice(start, start + PART)
        a, b = task.a[part], task.b[part]
        values = npmi(pairs[:, part], singles[:, a], singles[:, b], totals[:, None])
        parts = (both[:, part], alone[:, a], alone[:, b])
        left = [column.sum(0) - column.toarray() for column in parts]
        without = npmi(*left, (sentences.sum() - sentences)[:, None])
        influence = without.mean(0) - without
        spread = (influence**2).sum(0) ** 1.5
        skew = (influence**3).sum(0) / (6 * np.where(spread > 0, spread, 1))
        equal = (values == estimates[part]).mean(0)
        bias = stats.norm.ppf((values < estimates[part]).mean(0) + equal / 2)
        for side, quantile in enumerate((z, -z)):
            moved = bias + quantile
            at = stats.norm.cdf(bias + moved / (1 - skew * moved))
            values.sort(axis=0)
            rank = np.clip((at * (RESAMPLES + 1)).astype(int), 1, RESAMPLES) - 1
            bounds[side, part] = np.take_along_axis(values, rank[None], axis=0)[0]
    return bounds


def by_scipy(task: Task, pairs: Ints) -> Floats:
    """Low and high of some pairs."""
    both, alone, sentences = task.by_article()
    bounds = np.empty((2, len(pairs)))

    def statistic(*told: Floats, axis: int) -> Floats:
        return npmi(*(part.sum(axis) for part in told))

    for column, pair in enumerate(pairs):
        told = (both[:, [pair]], alone[:, [task.a[pair]]], alone[:, [task.b[pair]]])
        sample = (*(part.toarray().ravel() for part in told), sentences)
        found = stats.bootstrap(
            sample, statistic, paired=True, vectorized=True, n_resamples=RESAMPLES, batch=50,
            confidence_level=LEVEL, method="BCa", rng=np.random.default_rng(3),
        )  # fmt: skip
        bounds[:, column] = found.confidence_interval
    return bounds


def permuted_by_numpy(task: Task, permutations: int) -> Floats:
    """The mean counts of the pairs under permutations."""
    rows = task.found.mentions()
    first = np.concatenate([[0], np.cumsum(task.found.documents()["sentences"])])
    sentence, entity = first[rows["doc"]] + rows["sentence"], rows["entity"].copy()
    random, sums = np.random.default_rng(4), np.zeros(len(task.a))
    ones = np.ones(len(entity), dtype=np.int32)
    for _ in range(permutations):
        random.shuffle(entity)
        holds = sparse.csr_array((ones, (sentence, entity)), shape=task.holds.shape)
        holds.data[:] = 1
        columns = holds.tocsc()
        sums += columns[:, task.a].multiply(columns[:, task.b]).sum(axis=0)
    return sums / permutations


def permuted(task: Task, permutations: int, threads: int = 1) -> dict[str, npt.ArrayLike]:
    """nasij's table."""
    return _nasij.permute(
        task.found, task.asked(), None, None, permutations, "greater", 1, 1, threads, None
    )


def agree(name: str, ours: Floats, theirs: Floats) -> None:
    """Prints and checks how far the bounds of intervals lie apart, in widths of the intervals."""
    width = np.maximum(ours[1] - ours[0], 1e-9)
    apart = np.abs(ours - theirs) / width
    middle, most = np.median(apart), np.quantile(apart, 0.99)
    print(f"  bounds of {name} differ by {middle:.3f} widths, 99 % by under {most:.2f}")
    assert middle < 0.06, name
    assert most < 0.6, name


def run(sample: Sample) -> None:
    """Compares, then measures."""
    top = task(sample)
    ours = by_nasij(top)
    assert np.array_equal(ours["count"], top.count)
    both, alone, sentences = top.by_article()
    assert np.array_equal(ours["count"], both.sum(0))
    assert np.array_equal(ours["a_count"], alone.sum(0)[top.a])
    print(f"  {len(top.a):,} pairs, {len(sentences):,} articles, {len(top.article):,} sentences")
    bounds = np.array([ours["npmi_low"], ours["npmi_high"]])
    # In fewer articles a bound is one of few values, and the next is far.
    enough = np.flatnonzero((both > 0).sum(0) >= LEAST)
    agree("numpy", bounds[:, enough], by_numpy(top)[:, enough])
    few = enough[:: max(1, len(enough) // FEW)][:FEW]
    agree("scipy", bounds[:, few], by_scipy(top, few))
    race_by(
        {
            "nasij": (lambda: by_nasij(top), len(top.a)),
            "nasij, two threads": (lambda: by_nasij(top, threads=2), len(top.a)),
            "numpy": (lambda: by_numpy(top), len(top.a)),
            "scipy.stats.bootstrap": (lambda: by_scipy(top, few), len(few)),
        },
        "pairs/s",
    )
    null = permuted(top, PERMUTATIONS)
    theirs, error = permuted_by_numpy(top, 20), np.asarray(null["null_sd"]) / 20**0.5
    apart = np.abs(null["null_mean"] - theirs) / np.maximum(error, 0.05)
    middle, most = apart.mean(), apart.max()
    print(f"  means under chance differ by {middle:.2f} standard errors, at most {most:.1f}")
    assert apart.mean() < 1.2
    race_by(
        {
            "nasij": (lambda: permuted(top, PERMUTATIONS), PERMUTATIONS),
            "nasij, two threads": (lambda: permuted(top, PERMUTATIONS, 2), PERMUTATIONS),
            "numpy and scipy.sparse": (lambda: permuted_by_numpy(top, 5), 5),
        },
        "permutations/s",
    )
