"""Scores the names that nasij finds against names marked by hand in other outlets' news.

    python tests/eval/names.py saudinewsnet.jsonl.gz

`names.jsonl` holds places of names in 68 articles of SaudiNewsNet (M. Alhagri, 2015), none of them
trained on; one reader, a language model, marked them by the convention of seeds/model/marks.jsonl.
"""

from __future__ import annotations

import argparse
import gzip
import json
import zlib
from pathlib import Path

import pandas as pd

import nasij

MARKS = Path(__file__).parent / "names.jsonl"


def main() -> None:
    """Prints scores with the tagger and without, then with places and bodies as one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path, help="SaudiNewsNet as .jsonl.gz: id and text")
    parser.add_argument("--marks", type=Path, default=MARKS)
    given = parser.parse_args()
    marks = {row["doc"]: row for row in map(json.loads, given.marks.open(encoding="utf-8"))}
    texts = {}
    with gzip.open(given.articles, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["id"] in marks:
                texts[row["id"]] = row["text"]
    for doc, row in marks.items():
        if zlib.crc32(texts[doc].encode()) != row["crc32"]:
            parser.error(f"{doc} is not the article that was marked")
    gold = pd.DataFrame(
        [(doc, *span) for doc, row in marks.items() for span in row["spans"]],
        columns=["doc", "start", "end", "type"],
    )
    frame = pd.DataFrame({"doc": list(texts), "text": list(texts.values())})
    corpus = nasij.Corpus.from_frame(frame, text="text", id="doc")
    three = {"PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": None}
    for tagger in (True, False):
        analysis = corpus.analyze(tagger=tagger)
        print("with the tagger" if tagger else "without")
        print(nasij.evaluate(gold, analysis, types=three).scores.to_string(), "\n")
        if tagger:
            both = {**three, "ORG": "LOC"}
            print("places and organisations as one")
            print(nasij.evaluate(gold, analysis, types=both).scores.to_string(), "\n")


if __name__ == "__main__":
    main()
