"""Runs the benchmarks: ``python tests/bench/run.py [--corpus PATH] [--megabytes N] [name ...]``.

A corpus is what `nasij.Corpus.read` reads; give the option again for another. Each benchmark first
checks its answers against a peer's and says where they part, then measures both in the same
process. Without a corpus the sample articles are repeated, which is kind to every cache.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
import sys

from harness import ROUNDS, sample

BENCHES = {
    "normalize": "bench_normalize",
    "extract": "bench_extract",
    "tagger": "bench_tagger",
    "growth": "bench_growth",
    "start": "bench_start",
    "count": "bench_count",
    "count_growth": "bench_count_growth",
    "stories": "bench_stories",
    "resample": "bench_resample",
    "segment": "bench_segment",
    "core": "bench_core",
    "networks": "bench_networks",
}


def main() -> None:
    """Reads the arguments and runs what they name."""
    parser = argparse.ArgumentParser(description="Measure nasij beside its peers.")
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(BENCHES)}; all")
    parser.add_argument("--corpus", action="append", default=[], metavar="PATH", help="articles")
    parser.add_argument("--megabytes", type=float, default=5.0, help="how much text; 5")
    given = parser.parse_args()
    if unknown := set(given.names) - set(BENCHES):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    measured = sample(given.corpus, given.megabytes)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(f"{len(measured.texts):,} texts, {measured.megabytes:.1f} MB; medians of {ROUNDS} rounds")
    for name in given.names or BENCHES:
        bench = importlib.import_module(BENCHES[name])
        print(f"\n{name}: {str(bench.__doc__).splitlines()[0]}")
        bench.run(measured)
        sys.stdout.flush()


if __name__ == "__main__":
    main()
