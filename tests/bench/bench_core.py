"""The core by itself: speed by stage, on two threads, with vowel marks; growth on hard texts.

A Rust program (``core/``) runs the stages without Python; the texts go to it in one file, parted
by NUL. As a script, ``python tests/bench/bench_core.py linear 1000 4000 16000 [--corpus PATH]``
prints the time against the size, text by text; ``tagger`` the speed of a tagger of random weights.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

from harness import ROOT, Sample, sample

# Memory that is given back and fetched anew costs more a byte in large texts than in small ones;
# glibc keeps it if told so.
KEEP_MEMORY = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": str(1 << 40)}


def core(sample: Sample, command: str, *rest: str) -> None:
    """Runs the program over the texts; what it prints is the result."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "texts")
        file.write_text("\0".join(sample.texts), encoding="utf-8", newline="")
        cargo = ["cargo", "bench", "--locked", "--quiet", "--bench", "core", "--"]
        environment = os.environ | KEEP_MEMORY
        subprocess.run([*cargo, command, str(file), *rest], cwd=ROOT, env=environment, check=True)


def run(sample: Sample) -> None:
    """Measures."""
    core(sample, "speed")
    core(sample, "linear")
    core(sample, "tagger")


def main() -> None:
    """Reads the arguments and runs what they name."""
    parser = argparse.ArgumentParser(description="Measure the core by itself.")
    parser.add_argument("command", choices=["speed", "linear", "tagger"])
    parser.add_argument("sizes", nargs="*", metavar="KILOBYTES", help="of the texts of linear")
    parser.add_argument("--corpus", action="append", default=[], metavar="PATH", help="articles")
    parser.add_argument("--megabytes", type=float, default=5.0, help="how much text; 5")
    given = parser.parse_args()
    core(sample(given.corpus, given.megabytes), given.command, *given.sizes)


if __name__ == "__main__":
    main()
