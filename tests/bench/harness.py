"""What the benchmarks share: the texts, the clock, the table.

The contestants of a race take turns, round by round, so that a machine that slows down slows all
of them; after one round of warm-up the median of five is shown, with the fastest and the slowest.
The first contestant is nasij. No figure is asserted: machines differ, and answers are what is
checked.

CPython keeps a string's UTF-8 with it once it was asked for, which nasij does and its peers do not:
contestants that take texts are given new strings each round, made before the clock starts. All run
on one thread unless the line says otherwise.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nasij

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds" / "articles" / "articles.jsonl"
ROUNDS = 5
THREADS = "RAYON_NUM_THREADS"
os.environ |= {THREADS: "1", "POLARS_MAX_THREADS": "1"}


@dataclass(frozen=True)
class Sample:
    """Texts to measure on, and their size in UTF-8."""

    texts: list[str]
    megabytes: float


def sample(paths: Sequence[str], megabytes: float) -> Sample:
    """About so many megabytes: of a large corpus every k-th text, of a small one all, repeated."""
    read = nasij.Corpus.read(list(paths) or [str(SEEDS)]).texts
    step = max(1, round(read.nbytes / (megabytes * 1e6)))
    every = [read[i] for i in range(0, len(read), step)]
    texts: list[str] = []
    size = 0
    for text in cycle(every):
        if size >= megabytes * 1e6 or (step > 1 and len(texts) == len(every)):
            break
        texts.append(text)
        size += len(text.encode())
    return Sample(texts, size / 1e6)


def on_two_threads(work: Callable[..., object]) -> Callable[..., object]:
    """The same with two threads for nasij's columns."""

    def run(*given: object) -> object:
        os.environ[THREADS] = "2"
        try:
            return work(*given)
        finally:
            os.environ[THREADS] = "1"

    return run


def race(
    contestants: dict[str, Callable[[], object]], amount: float, unit: str
) -> dict[str, float]:
    """Prints how much of `amount` each does a second, and how many times that nasij does.

    Gives back the seconds that each takes.
    """
    return _race({name: (run, tuple, amount) for name, run in contestants.items()}, unit)


def race_over(
    sample: Sample, contestants: dict[str, Callable[[list[str]], object]]
) -> dict[str, float]:
    """A `race` in MB a second of functions that are given new strings each round."""
    encoded = [text.encode() for text in sample.texts]

    def fresh() -> tuple[list[str]]:
        return ([text.decode() for text in encoded],)

    work = {name: (run, fresh, sample.megabytes) for name, run in contestants.items()}
    return _race(work, "MB/s")


def race_by(
    contestants: dict[str, tuple[Callable[[], object], float]], unit: str
) -> dict[str, float]:
    """A `race` of functions that each have an amount of their own, so that slow ones may do less.

    Gives back how much each does a second.
    """
    work = {name: (run, tuple, amount) for name, (run, amount) in contestants.items()}
    seconds = _race(work, unit)
    return {name: amount / seconds[name] for name, (_, amount) in contestants.items()}


def _race(
    contestants: dict[str, tuple[Callable[..., object], Callable[[], tuple[Any, ...]], float]],
    unit: str,
) -> dict[str, float]:
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(1 + ROUNDS):
        for name, (work, make, _) in contestants.items():
            given = make()
            begin = time.perf_counter()
            work(*given)
            seconds[name].append(time.perf_counter() - begin)
    medians = {name: statistics.median(taken[1:]) for name, taken in seconds.items()}
    rates = {name: amount / medians[name] for name, (_, _, amount) in contestants.items()}
    ours = next(iter(rates.values()))
    wide = max(map(len, contestants))
    print(f"  {'':{wide}}  {unit:>10}  {'slowest to fastest':>20}  {'nasij does':>10}")
    for name, rate in rates.items():
        taken, amount = seconds[name][1:], contestants[name][2]
        spread = f"{amount / max(taken):,.2f} to {amount / min(taken):,.2f}"
        print(f"  {name:{wide}}  {rate:>10,.2f}  {spread:>20}  {ours / rate:>9.2f}x")
    return medians


def examples(title: str, shown: Iterable[str], limit: int = 3) -> None:
    """Prints how many there are and the first few that differ."""
    unlike = dict.fromkeys(every := list(shown))
    print(f"  {title}: {len(every):,}")
    for one in list(unlike)[:limit]:
        print(f"      {one}")


def in_context(text: str, start: int, end: int, around: int = 14) -> str:
    """A span between bars, or a bar at a place, in a little of what stands about it."""
    before, after = text[max(0, start - around) : start], text[end : end + around]
    marked = f"|{text[start:end]}|" if start < end else "|"
    return " ".join(f"{before}{marked}{after}".split())
