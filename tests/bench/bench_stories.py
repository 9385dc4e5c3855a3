"""Copies among articles: MinHash and banding beside nasij's stories, the clusters compared first.

The articles are those of the corpus, and copies of every fifth made of them: cut to the first half,
with a paragraph of the next article added, and with every tenth word left out. The peers get the
same shingles of the same folded words, 128 permutations, and the threshold that fits a copy of half
the length; their pairs are those of which the sketches are as alike, which is what their users do.
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
from harness import examples, race

import nasij
from nasij import _nasij

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness import Sample

    Pairs = set[tuple[int, int]]

JACCARD = 0.4
PERMUTATIONS = 128
WORD = re.compile(r"[^\W_]+")
EVERY = 5
LEAST = 60


def run(sample: Sample) -> None:
    """Compares, then measures."""
    articles, planted = with_copies(sample.texts)
    pairs = {
        "nasij.stories": ours(articles),
        "datasketch": datasketch(articles),
        "rensa": rensa(articles),
    }
    print(f"  {len(articles):,} articles, {len(planted):,} pairs of copies among them made here")
    for name, found in pairs.items():
        known = len(planted & found) / len(planted)
        print(f"  {name:14} {len(found):>7,} pairs, {known:.1%} of those made")
    for name in ("datasketch", "rensa"):
        common = pairs["nasij.stories"] & pairs[name]
        print(f"  with {name}: {len(common):,} pairs in common")
        for other, without in ((name, "nasij.stories"), ("nasij.stories", name)):
            alone = sorted(pairs[other] - pairs[without])
            told = (f"{articles[a][:45]!r} {articles[b][:45]!r}" for a, b in alone)
            examples(f"only {other}", told, limit=2)
    race(
        {
            "nasij.stories": lambda: ours(articles),
            "nasij.stories, 2 threads": lambda: ours(articles, threads=2),
            "rensa (Rust)": lambda: rensa(articles),
            "datasketch (numpy)": lambda: datasketch(articles),
        },
        len(articles),
        "articles/s",
    )


def with_copies(texts: list[str]) -> tuple[list[str], Pairs]:
    """The texts, and behind them copies; the pairs of copies."""
    articles, planted = list(dict.fromkeys(texts)), set()
    long = [i for i, text in enumerate(articles) if len(text.split()) >= LEAST]
    for k in range(0, len(long) - 1, EVERY):
        words = articles[long[k]].split()
        other = articles[long[k + 1]].split()[: len(words) // 4]
        copies = (
            words[: len(words) // 2],
            words + other,
            [word for i, word in enumerate(words) if i % 10],
        )
        family = [long[k]]
        for copy in copies:
            family.append(len(articles))
            articles.append(" ".join(copy))
        planted |= {(family[0], copy) for copy in family[1:]}
    return articles, planted


def ours(articles: list[str], threads: int = 1) -> Pairs:
    """Pairs of one story."""
    texts = _nasij.Texts([articles])
    dates = np.full(len(articles), np.iinfo(np.int64).min)
    first = _nasij.find_stories(texts, dates, nasij.stories.THRESHOLD, threads, None)["first"]
    order = np.argsort(first, kind="stable")
    cuts = np.flatnonzero(np.diff(first[order])) + 1
    groups = (group.tolist() for group in np.split(order, cuts) if len(group) > 1)
    return {pair for group in groups for pair in combinations(group, 2)}


def shingles(articles: list[str]) -> Iterable[set[str]]:
    """The runs of three words of each article."""
    for text in nasij.normalize(articles, profile="aggressive"):
        words = WORD.findall(text)
        yield {" ".join(run) for run in zip(words, words[1:], words[2:], strict=False)} or {text}


def datasketch(articles: list[str]) -> Pairs:
    """Pairs by datasketch."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415

    sets = ([run.encode() for run in of] for of in shingles(articles))
    sketches = list(MinHash.generator(sets, num_perm=PERMUTATIONS))
    index = MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS)
    found = set()
    for i, sketch in enumerate(sketches):
        near = [j for j in index.query(sketch) if sketch.jaccard(sketches[j]) >= JACCARD]
        found |= {(j, i) for j in near}
        index.insert(i, sketch)
    return found


def rensa(articles: list[str]) -> Pairs:
    """Pairs by rensa."""
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415

    sketches = RMinHash.from_token_sets(map(list, shingles(articles)), PERMUTATIONS, 1)
    index = RMinHashLSH(JACCARD, PERMUTATIONS, PERMUTATIONS // 4)
    index.insert_many(sketches)
    return {
        (j, i)
        for i, near in enumerate(index.query_all(sketches))
        for j in near
        if j < i and sketches[i].jaccard(sketches[j]) >= JACCARD
    }
