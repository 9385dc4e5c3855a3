"""What a process waits for before it has its first mentions, and what the lexicon takes.

Each round is a process of its own. The memory is what the process grows by from the import to its
first mentions: the lexicon with its strings, what is compiled from it, and the code that was read
from disk for it. It is told where the system keeps count in ``/proc``.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from typing import TYPE_CHECKING

from harness import ROUNDS

if TYPE_CHECKING:
    from harness import Sample

CHILD = """
import json, os, time

def resident():
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except OSError:
        return float("nan")

clock = time.perf_counter
times = [clock()]
import pandas
times.append(clock())
import nasij
times.append(clock())
before = resident()
nasij.extract("وصل فلاديمير بوتين إلى الصين.")
times.append(clock())
nasij.extract("وصل فلاديمير بوتين إلى الصين.")
times.append(clock())
print(json.dumps([1000 * (b - a) for a, b in zip(times, times[1:])] + [resident() - before]))
"""
ROWS = (
    "import pandas, ms",
    "import nasij after it, ms",
    "the first extract, ms",
    "the second, ms",
    "memory of the first, MiB",
)


def run(_: Sample) -> None:
    """Measures."""
    rounds = []
    for _round in range(1 + ROUNDS):
        child = [sys.executable, "-c", CHILD]
        said = subprocess.run(child, check=True, capture_output=True, text=True).stdout
        rounds.append(json.loads(said))
    for name, taken in zip(ROWS, zip(*rounds[1:], strict=True), strict=True):
        spread = f"{min(taken):,.1f} to {max(taken):,.1f}"
        print(f"  {name:26} {statistics.median(taken):>8,.1f}  {spread:>20}")
