"""What counting takes as the corpus grows: time and memory against 1, 10 and 100 times the pairs.

Each size is a process of its own. Shards of 300,000 sentences, drawn by Zipf's law over 50,000
entities, are counted one after the other and merged, as a corpus too large for the memory would be;
drawing them is not in the time. ``python tests/bench/bench_count_growth.py 300`` does it once for
so many million pair occurrences.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pandas as pd

import nasij

if TYPE_CHECKING:
    from harness import Sample

SHARD = 300_000
#: Million pair occurrences.
SIZES = (3, 30, 300)


def count(millions: float) -> None:
    """Counts at least so many million pair occurrences, and prints what it took."""
    from bench_count import zipf  # noqa: PLC0415 - sets threads

    seen, taken, shards = 0, 0.0, 0
    # Merged like the digits of a binary counter, each pair a logarithmic number of times.
    merged: list[tuple[int, nasij.Counts]] = []
    sentences = min(SHARD, int(millions / 5.7 * SHARD))
    while seen < millions * 1e6:
        mentions = zipf(sentences, 50_000, seed=shards)
        frame = pd.DataFrame({"sentence": mentions.sentence, "entity": mentions.entity})
        begin = time.perf_counter()
        counts = nasij.Counts.from_mentions(frame, "sentence", total=sentences)
        taken += time.perf_counter() - begin
        seen += int(counts._counts.pairs(1)["count"].sum())
        shards += 1
        begin = time.perf_counter()
        size = 1
        while merged and merged[-1][0] == size:
            counts = merged.pop()[1].merge(counts)
            size *= 2
        merged.append((size, counts))
        taken += time.perf_counter() - begin
    begin = time.perf_counter()
    whole = merged.pop()[1]
    while merged:
        whole = merged.pop()[1].merge(whole)
    table = whole.cooccurrence(min_count=5, measures=["pmi"], sort=False)
    taken += time.perf_counter() - begin
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    different = len(whole._counts.pairs(1)["a"])
    assert len(table) <= different
    print(
        f"  {seen / 1e6:7.1f} M occurrences, {different / 1e6:6.1f} M different pairs: "
        f"{taken:7.2f} s, {seen / 1e6 / taken:5.1f} M/s, {most:7,.0f} MB at most",
        flush=True,
    )


def run(sample: Sample) -> None:
    """Counts at each size."""
    del sample
    for millions in SIZES:
        subprocess.run([sys.executable, __file__, str(millions)], check=True)


if __name__ == "__main__":
    count(float(sys.argv[1]))
