"""Scores stories against pairs of articles that were read, one by one.

    python tests/eval/stories.py saudinewsnet.jsonl.gz ant.jsonl.gz

`stories.jsonl` holds 200 pairs of articles of SaudiNewsNet (M. Alhagri, 2015) and of ANT (A.
Chouigui and others, 2017): their ids, and whether one is a copy. One reader, a language model,
judged by the texts before it saw how alike nasij finds them: a copy is what tells the same news in
the same words, most of the shorter one in the longer one, lightly edited, cut or added to; not
bulletins of one mould, follow-ups that repeat a paragraph, and digests of many news.

The pairs were drawn from all that share eight runs of three words or more, in strata by how alike
they are (cosine of the runs, stock phrases included); `of` says how many pairs a stratum has, by
which its pairs are weighted. Intervals are of 2,000 resamples within the strata.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

import nasij
from nasij.stories import THRESHOLD, Stories

MARKS = Path(__file__).parent / "stories.jsonl"
RESAMPLES = 2_000


def scores(pairs: pd.DataFrame) -> tuple[float, float]:
    """Precision and recall over pairs with the columns copy, found and weight."""
    right = pairs["weight"][pairs["copy"] & pairs["found"]].sum()
    found = pairs["weight"][pairs["found"]].sum()
    copies = pairs["weight"][pairs["copy"]].sum()
    return right / found if found else np.nan, right / copies if copies else np.nan


def report(name: str, pairs: pd.DataFrame) -> None:
    """Prints both with intervals."""
    pairs = pairs.reset_index(drop=True)
    strata = list(pairs.groupby(["corpus", "stratum"]).indices.values())
    rng = np.random.default_rng(0)
    drawn = [
        scores(pairs.iloc[np.concatenate([rng.choice(rows, len(rows)) for rows in strata])])
        for _ in range(RESAMPLES)
    ]
    low, high = np.nanquantile(np.array(drawn), [0.025, 0.975], axis=0)
    precision, recall = scores(pairs)
    print(
        f"{name:<22} {len(pairs):>4} pairs   "
        f"precision {precision:.3f} ({low[0]:.2f} to {high[0]:.2f})   "
        f"recall {recall:.3f} ({low[1]:.2f} to {high[1]:.2f})"
    )


def main() -> None:
    """Finds the stories of each corpus, and prints how right they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="+", help="articles with id, date and text")
    parser.add_argument("--threshold", type=float, default=THRESHOLD)
    parser.add_argument("--marks", type=Path, default=MARKS)
    parser.add_argument("--wrong", action="store_true", help="list the pairs it gets wrong")
    given = parser.parse_args()
    pairs = pd.DataFrame(map(json.loads, given.marks.open(encoding="utf-8")))
    story: dict[str, str] = {}
    for path in given.corpora:
        corpus = nasij.Corpus.read(path)
        found = Stories(corpus, given.threshold).found
        story |= dict(zip(corpus.documents["doc"], path.name + found["story"], strict=True))
        print(f"{path.name}: {len(corpus):,} articles, {found['story'].nunique():,} stories")
    pairs = pairs[pairs["a"].isin(story) & pairs["b"].isin(story)].copy()
    pairs["found"] = pairs["a"].map(story) == pairs["b"].map(story)
    size = pairs.groupby(["corpus", "stratum"])["a"].transform("size")
    pairs["weight"] = pairs["of"] / size
    print(pairs.groupby(["corpus", "stratum", "of"])[["copy", "found"]].sum().to_string(), "\n")
    report("all", pairs)
    for name, some in pairs.groupby("corpus"):
        report(str(name), some)
    report("as drawn, unweighted", pairs.assign(weight=1))
    if given.wrong:
        wrong = pairs[pairs["copy"] != pairs["found"]]
        print(wrong[["corpus", "stratum", "a", "b", "copy", "found"]].to_string())


if __name__ == "__main__":
    main()
