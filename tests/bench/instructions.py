"""Instructions a byte by stage, counted by callgrind: ``python tests/bench/instructions.py``.

A count does not depend on what else the machine does, so a change of one per cent shows. The
stages of ``core/`` run once each over the sample articles under valgrind, which must be installed;
the counts stand beside those of ``instructions.toml``, and ``--write`` records them there. A
compiler of another version counts otherwise: the file names its own. Exits with 1 if the same
compiler now makes a stage more than 5 % longer.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from harness import ROOT, SEEDS

RECORD = Path(__file__).with_name("instructions.toml")
HEAD = """\
# Instructions a byte of the sample articles, by stage, as callgrind counts them.
# `make instructions` compares, `python tests/bench/instructions.py --write` records.
"""
MUCH = 5.0  # per cent


def output(*command: str) -> str:
    """What a command prints on both streams."""
    done = subprocess.run(command, cwd=ROOT, text=True, check=True, capture_output=True)
    return done.stdout + done.stderr


def build() -> str:
    """Builds the program; its path."""
    command = "cargo bench --locked --bench core --no-run --message-format=json"
    lines = subprocess.run(
        command.split(), cwd=ROOT, text=True, check=True, stdout=subprocess.PIPE
    ).stdout.splitlines()
    made = (json.loads(line).get("executable") for line in lines)
    return next(str(path) for path in made if path)


def stages() -> list[str]:
    """The names in the program's own table."""
    source = Path(__file__).with_name("core").joinpath("stages.rs").read_text(encoding="utf-8")
    return re.findall(r'\("([a-z ]+)", Work::', source)


def count(program: str) -> dict[str, float]:
    """Instructions a byte, by stage."""
    rows = SEEDS.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    size = sum(len(text.encode()) for text in texts)
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    valgrind.append("--toggle-collect=*Texts::run*")
    counts = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "texts")
        file.write_text("\0".join(texts), encoding="utf-8", newline="")
        for stage in stages():
            said = output(*valgrind, program, "once", stage, str(file))
            collected = re.search(r"Collected : (\d+)", said)
            assert collected, said
            counts[stage] = round(int(collected[1]) / size, 2)
    return counts


def main() -> int:
    """Counts, compares, and records if asked."""
    parser = argparse.ArgumentParser(description="Instructions a byte by stage.")
    parser.add_argument("--write", action="store_true", help="record them")
    given = parser.parse_args()
    compiler = output("rustc", "--version").strip()
    counts = count(build())
    recorded = tomllib.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {}
    before = recorded.get("instructions", {})
    by = recorded.get("compiler", "no one")
    print(f"{compiler}; recorded by {by}")
    print(f"  {'instructions a byte':24} {'recorded':>9} {'now':>9}")
    much = False
    for stage, now in counts.items():
        if was := before.get(stage):
            change = 100 * (now / was - 1)
            much |= change > MUCH and by == compiler
            print(f"  {stage:24} {was:>9.2f} {now:>9.2f} {change:>+8.1f} %")
        else:
            print(f"  {stage:24} {'':>9} {now:>9.2f}")
    if given.write:
        rows = "".join(f'"{stage}" = {now}\n' for stage, now in counts.items())
        head = f'{HEAD}compiler = "{compiler}"\n\n[instructions]\n'
        RECORD.write_text(head + rows, encoding="utf-8")
        return 0
    return int(much)


if __name__ == "__main__":
    sys.exit(main())
