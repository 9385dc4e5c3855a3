"""Times the stages over the sample, after checking that they give what they should.

    python tests/bench/bench.py [COPIES]

The sample is repeated COPIES times (100 by default). Rates are in megabytes of UTF-8 a second, the
best of three runs, on all cores unless the line says otherwise.
"""

import sys
import time
from pathlib import Path

import nasij
import pandas as pd

SAMPLE = Path(__file__).parents[2] / "seeds" / "articles" / "articles.jsonl"
RUNS = 3


def best(work):
    """The result of `work` and the seconds of its fastest run."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return result, min(times)


def main(copies):
    sample = pd.read_json(SAMPLE, lines=True, dtype=False)
    once = nasij.Corpus.from_frame(sample).analyze()
    frame = pd.concat([sample.assign(id=sample["id"] + f"-{n}") for n in range(copies)])
    megabytes = sum(len(text.encode()) for text in frame["text"]) / 1e6
    corpus = nasij.Corpus.from_frame(frame)

    def show(what, seconds):
        print(f"{what:34} {seconds:8.3f} s {megabytes / seconds:9.1f} MB/s")

    nasij.Lexicon.default()
    many = corpus.analyze()
    assert len(many.mentions) == copies * len(once.mentions)
    expected = once.cooccurrence(min_count=1).set_index(["a", "b"])["count"] * copies
    counted = many.cooccurrence(min_count=1).set_index(["a", "b"])["count"]
    pd.testing.assert_series_equal(counted.sort_index(), expected.sort_index())

    folded, seconds = best(lambda: nasij.normalize(frame["text"], "search"))
    assert folded.iloc[: len(sample)].tolist() == folded.iloc[-len(sample) :].tolist()
    show("normalize, profile search", seconds)

    found, seconds = best(lambda: corpus.analyze(threads=1))
    assert len(found.mentions) == len(many.mentions)
    show("analyze, one thread", seconds)

    found, seconds = best(corpus.analyze)
    assert len(found.mentions) == len(many.mentions)
    show("analyze", seconds)

    for unit in ("sentence", "document", 20):
        pairs, seconds = best(lambda unit=unit: many.cooccurrence(unit=unit))
        assert pairs["count"].min() >= 2
        show(f"cooccurrence, unit {unit}", seconds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
