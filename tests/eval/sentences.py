"""Score cutting into sentences: ``python tests/eval/sentences.py MARKS CORPUS...``.

Marks are JSON lines. One names an article by `sha256` (the first 16 digits, of its text in UTF-8)
or by `id`, and holds `boundaries`: where a sentence ends, in code points, the end of the text left
out. White space behind a sentence counts for neither side. Where `until` is given, only what lies
before it was marked. The corpora are JSON lines with `id` and `text`, also gzipped.

Beside nasij stand the rule everyone writes first and, where it is installed, pysbd.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import nasij

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Cutter = Callable[[str], Iterable[int]]

UNSEEN = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*")


@dataclass
class Article:
    """A text and where its sentences end."""

    name: str
    text: str
    marked: list[int]
    until: int

    def places(self, ends: Iterable[int]) -> set[int]:
        """Where the next sentences begin: the same however much white space an end takes."""
        begins = (UNSEEN.match(self.text, end).end() for end in ends)
        return {b for b in begins if b < self.until and self.text[:b].strip()}


def cut_nasij(text: str) -> Iterable[int]:
    return nasij.sentences(text)["end"].tolist()


def cut_regex(text: str) -> Iterable[int]:
    return (m.end() for m in re.finditer(r"[.!?؟…]+(?=\s)|\n", text))


def cutters() -> Iterator[tuple[str, Cutter]]:
    yield "nasij", cut_nasij
    yield "regex", cut_regex
    try:
        import pysbd  # noqa: PLC0415
    except ImportError:
        return
    segmenter = pysbd.Segmenter(language="ar", clean=False, char_span=True)
    yield "pysbd", lambda text: (span.end for span in segmenter.segment(text))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def read(marks: Path, corpora: Iterable[Path]) -> Iterator[Article]:
    texts = {}
    for path in corpora:
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                text = row.get("text") or ""
                texts[row["id"]] = texts[digest(text)] = text
    for mark in map(json.loads, marks.read_text(encoding="utf-8").splitlines()):
        if "boundaries" in mark:
            name = mark.get("sha256") or mark["id"]
            text = texts[name]
            yield Article(name, text, mark["boundaries"], mark.get("until", len(text)))


def score(name: str, cut: Cutter, articles: list[Article]) -> None:
    pairs = [(a.places(a.marked), a.places(cut(a.text))) for a in articles]
    right, true, found = (
        sum(map(len, sets))
        for sets in ((m & f for m, f in pairs), (m for m, _ in pairs), (f for _, f in pairs))
    )
    precision, recall = right / found, right / true
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{name:6} {true:6} {found:6} {precision:10.1%} {recall:7.1%} {f1:7.1%}")


def show(articles: list[Article]) -> None:
    for a in articles:
        marked, found = a.places(a.marked), a.places(cut_nasij(a.text))
        for place in sorted(marked ^ found):
            kind = "missed" if place in marked else "wrong"
            around = f"{a.text[max(place - 40, 0) : place]}|{a.text[place : place + 40]}"
            print(kind, a.name, place, repr(around))


def main() -> None:
    parser = argparse.ArgumentParser(description="Score cutting into sentences.")
    parser.add_argument("marks", type=Path, help="JSON lines: id or sha256, boundaries")
    parser.add_argument("corpora", type=Path, nargs="+", help="JSON lines: id, text")
    parser.add_argument("--errors", action="store_true", help="show where nasij and marks part")
    given = parser.parse_args()
    articles = list(read(given.marks, given.corpora))
    print(f"{'':6} {'marked':>6} {'found':>6} {'precision':>10} {'recall':>7} {'F1':>7}")
    for name, cut in cutters():
        score(name, cut, articles)
    if given.errors:
        show(articles)


if __name__ == "__main__":
    main()
