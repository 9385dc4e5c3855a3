"""Score cutting into sentences against boundaries marked by hand.

    python tests/eval/sentences.py marks.jsonl corpus.jsonl[.gz] ...

A line of `marks.jsonl` names an article by `corpus` and `id` and holds `boundaries`: where a
sentence ends, in code points of the article's `text`, the end of the text left out. White space
behind a sentence counts for neither side. Where `until` is given, only what lies before it was
marked; where `sha256` is given (its first digits, of the text in UTF-8), another text under the
same id is refused. The corpora are JSON lines with `id` and `text`.

Beside nasij stands a plain rule (`. ! ? ؟ …` before white space, and line breaks), and pysbd where
it is installed. `--errors` shows where nasij and the marks differ.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nasij

Cutter = Callable[[str], Iterable[int]]
UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")


def cut_nasij(text: str) -> Iterable[int]:
    """Where nasij's sentences end."""
    return (int(end) for end in nasij.sentences(text)["end"])


def cut_regex(text: str) -> Iterable[int]:
    """The rule everyone writes first."""
    return (m.end() for m in re.finditer(r"[.!?؟…]+(?=\s)|\n", text))


def cut_pysbd() -> Cutter | None:
    """Where pysbd's Arabic sentences end, if it is installed."""
    try:
        import pysbd  # noqa: PLC0415
    except ImportError:
        return None
    segmenter = pysbd.Segmenter(language="ar", clean=False, char_span=True)
    return lambda text: (span.end for span in segmenter.segment(text))


def read_texts(paths: Iterable[Path]) -> dict[str, str]:
    """The texts of JSON lines by id."""
    texts = {}
    for path in paths:
        opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open()
        with opened as lines:
            for line in lines:
                row = json.loads(line)
                texts[row["id"]] = row.get("text") or ""
    return texts


def boundaries(text: str, ends: Iterable[int], until: int) -> set[int]:
    """The same places by where the next sentence begins, those before `until` alone."""
    found = set()
    for end in ends:
        blank = UNSEEN.match(text, end)
        begin = blank.end() if blank else end
        if begin < min(until, len(text)) and text[:begin].strip():
            found.add(begin)
    return found


def score(name: str, cut: Cutter, marked: list[tuple[str, dict[str, Any]]]) -> None:
    """Print how well `cut` finds what was marked."""
    right = found = true = 0
    for text, mark in marked:
        until = mark.get("until", len(text))
        expected = boundaries(text, mark["boundaries"], until)
        predicted = boundaries(text, cut(text), until)
        right += len(expected & predicted)
        found += len(predicted)
        true += len(expected)
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{name:8} {true:6} {found:6} {precision:9.4f} {recall:9.4f} {f1:9.4f}")


def show_errors(cut: Cutter, marked: list[tuple[str, dict[str, Any]]]) -> None:
    """Print each place that only one side has."""
    for text, mark in marked:
        until = mark.get("until", len(text))
        expected = boundaries(text, mark["boundaries"], until)
        predicted = boundaries(text, cut(text), until)
        for place in sorted(expected ^ predicted):
            kind = "missed" if place in expected else "wrong"
            around = f"{text[max(place - 40, 0) : place]}|{text[place : place + 40]}"
            print(kind, mark["id"], place, repr(around))


def main() -> None:
    """Read the arguments and print one line for each way of cutting."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("marks", type=Path)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    texts = read_texts(options.corpora)
    marked = []
    for line in options.marks.read_text(encoding="utf-8").splitlines():
        mark = json.loads(line)
        if "id" not in mark:
            continue
        text = texts[mark["id"]]
        digest = hashlib.sha256(text.encode()).hexdigest()
        if not digest.startswith(mark.get("sha256", "")):
            raise SystemExit(f"{mark['id']}: another text than the one that was marked")
        marked.append((text, mark))
    print(f"{'':8} {'marked':>6} {'found':>6} {'precision':>9} {'recall':>9} {'F1':>9}")
    cutters: dict[str, Cutter | None] = {
        "nasij": cut_nasij,
        "regex": cut_regex,
        "pysbd": cut_pysbd(),
    }
    for name, cut in cutters.items():
        if cut is not None:
            score(name, cut, marked)
    if options.errors:
        show_errors(cut_nasij, marked)


if __name__ == "__main__":
    main()
