"""What finding names takes as the lexicon grows: its cost is that of the text.

The lexicon that ships is extended by as many made-up names again as it has, and by nine times as
many. Half of them are words of seven to nine letters that the texts do not have, too long to
sound like one that they have; the others begin with the first word of a person who is in it, so
that a look-up goes on past its first word. The answers stay the same, which is checked. The
tagger, whose cost no lexicon changes, is off.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pandas as pd
from harness import race

import nasij

if TYPE_CHECKING:
    from harness import Sample

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"


def made_up(count: int, begins: list[str], words: set[str]) -> pd.DataFrame:
    """Entries of no one, none of whose last words is among `words`."""
    draw = random.Random(count)  # noqa: S311 - no secret
    rows = []
    while len(rows) < count:
        word = "".join(draw.choices(LETTERS, k=draw.randint(7, 9)))
        if word in words:
            continue
        name = f"{draw.choice(begins)} {word}" if len(rows) % 2 else word
        kind = "PER" if len(rows) % 2 else "LOC"
        rows.append(
            (f"{kind.lower()}:made-up-{len(rows)}", kind, name, f"{{ال,}}{name}|{name}ستان")
        )
    return pd.DataFrame(rows, columns=["id", "type", "name", "aliases"])


def run(sample: Sample) -> None:
    """Checks, then measures."""
    shipped = nasij.Lexicon.default()
    entries = shipped.entries
    people = entries.loc[entries["type"] == "PER", "name"]
    begins = people.str.split(" ").str[0].unique().tolist()
    words = set(" ".join(sample.texts).split())
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": sample.texts}))
    lexicons = {
        f"{times} x {len(shipped):,} entries": shipped.extend(
            made_up((times - 1) * len(shipped), begins, words)
        )
        if times > 1
        else shipped
        for times in (1, 2, 10)
    }
    answers = [
        corpus.analyze(lexicon, threads=1, tagger=False).mentions for lexicon in lexicons.values()
    ]
    for grown in answers[1:]:
        pd.testing.assert_frame_equal(answers[0], grown)
    seconds = race(
        {
            name: lambda lexicon=lexicon: corpus.analyze(lexicon, threads=1, tagger=False)
            for name, lexicon in lexicons.items()
        },
        sample.megabytes,
        "MB/s",
    )
    first, *_, last = seconds.values()
    print(f"  ten times the entries take {last / first:.2f} times as long")
