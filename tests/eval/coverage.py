"""How many names of a list the lexicon resolves: ``python tests/eval/coverage.py LIST CORPUS...``.

The list is a table with tabs and the columns string, type and count: names as articles write them,
found without nasij, the most frequent first. The corpora are what `nasij.Corpus.read` takes.

Some occurrences of each string are looked up: whole words, in any spelling that folds to the same,
with or without proclitics. One is resolved if a mention spans it and names an entity of the
lexicon or a body of its patterns. Inside a longer such mention it is part of another name, and
counts for neither side. A string is resolved if most of the rest of its occurrences are, or if
there is no rest.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

import nasij

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTCOMES = ["resolved", "inside", "open"]
KNOWN = ["lexicon", "context", "short", "pattern"]
MARKS = "\u0640\u064b-\u0652\u0670"
WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
PROCLITICS = re.compile(r"(?:[وف]?(?:[بكلس]|لل|ال)?)(?=..)")


class Place(NamedTuple):
    """Where a string stands: from where its first word begins, proclitics and all, to its end."""

    string: str
    doc: str
    first: range
    end: int


def fold(word: str) -> str:
    """A word without marks, with one alef, one ya and one ha."""
    bare = re.sub(rf"[{MARKS}]", "", word.lower())
    return bare.translate(str.maketrans("أإآٱىة", "اااايه"))


def words(text: str) -> Iterator[tuple[str, int, int]]:
    """The folded words of a text, عبد الله as one."""
    found = [(fold(m.group()), m.start(), m.end()) for m in WORD.finditer(text)]
    skip = False
    for (word, start, end), (after, _, until) in zip(found, [*found[1:], ("", 0, 0)], strict=True):
        if skip:
            skip = False
        elif word.endswith("عبد") and after.startswith("ال"):
            yield word + after, start, until
            skip = True
        else:
            yield word, start, end


def readings(word: str) -> Iterator[str]:
    """A word, and what it is without the proclitics it may begin with."""
    yield word
    if word[:1] in "وف":
        yield word[1:]
        word = word[1:]
    if word.startswith("لل"):
        yield "ال" + word[2:]
    if word[:1] in "بكل":
        yield word[1:]


def places(corpus: nasij.Corpus, strings: list[str], limit: int) -> Iterator[Place]:
    """Up to `limit` occurrences of each string, one an article; the longest string first."""
    beginning = defaultdict(list)
    for string in strings:
        parts = [word for word, _, _ in words(string)]
        beginning[parts[0]].append((parts, string))
    left = dict.fromkeys(strings, limit)
    for doc in corpus.documents["doc"]:
        found = list(words(corpus.text(doc)))
        folded = [word for word, _, _ in found]
        seen = set()
        for i, (word, start, end) in enumerate(found):
            for reading in set(readings(word)) & beginning.keys():
                for parts, string in beginning[reading]:
                    if folded[i + 1 : i + len(parts)] != parts[1:] or string in seen:
                        continue
                    seen.add(string)
                    if left[string] > 0:
                        left[string] -= 1
                        yield Place(string, doc, range(start, end), found[i + len(parts) - 1][2])


def judge(corpus: nasij.Corpus, sought: list[Place], lexicon: nasij.Lexicon) -> pd.DataFrame:
    """What becomes of the occurrences of each string."""
    docs = sorted({place.doc for place in sought})
    frame = pd.DataFrame({"id": docs, "text": [corpus.text(doc) for doc in docs]})
    analysis = nasij.Corpus.from_frame(frame, text="text", id="id").analyze(lexicon=lexicon)
    ids = set(lexicon.entries["id"])
    rows = analysis.mentions
    rows = rows[rows["found_by"].isin(KNOWN)]
    rows = rows[rows["entity"].isin(ids) | (rows["found_by"] == "pattern")]
    known = defaultdict(list)
    for doc, start, end in zip(rows["doc"], rows["start"], rows["end"], strict=True):
        known[doc].append((start, end))
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for string, doc, first, place_end in sought:
        over = [(s, e) for s, e in known[doc] if s < place_end and e > first.start]
        exact = any(s in first and e == place_end for s, e in over)
        longer = any(s <= first.stop and e >= place_end and not exact for s, e in over)
        counts[string][0] += exact
        counts[string][1] += longer
        counts[string][2] += not exact and not longer
    return pd.DataFrame.from_dict(counts, orient="index", columns=OUTCOMES)


def report(table: pd.DataFrame) -> str:
    """Shares by type, and of all, each string once and each as often as it occurs."""
    rows = {}
    for kind, of_kind in [*table.groupby("type"), ("all", table)]:
        good = of_kind["known"]
        weighted = of_kind.loc[good, "count"].sum() / of_kind["count"].sum()
        rows[kind] = (len(of_kind), f"{good.mean():.1%}", f"{weighted:.1%}")
    columns = ["strings", "resolved", "weighted"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).to_string()


def main() -> None:
    parser = argparse.ArgumentParser(description="How many names of a list are resolved.")
    parser.add_argument("list", type=Path, help="table with tabs: string, type, count")
    parser.add_argument("corpora", type=Path, nargs="+", help="files of articles")
    parser.add_argument("--lexicon", type=Path, help="a folder in place of the shipped lexicon")
    parser.add_argument("--limit", type=int, default=15, help="occurrences looked up of a string")
    parser.add_argument("--open", type=Path, help="where to write the strings not resolved")
    given = parser.parse_args()
    lexicon = nasij.Lexicon.read(given.lexicon) if given.lexicon else nasij.Lexicon.default()
    table = pd.read_csv(given.list, sep="\t", keep_default_na=False, quoting=3)
    table = table.set_index("string")
    counts = pd.DataFrame(0, index=table.index, columns=OUTCOMES)
    for path in given.corpora:
        corpus = nasij.Corpus.read(path)
        sought = list(places(corpus, list(table.index), given.limit))
        counts = counts.add(judge(corpus, sought, lexicon), fill_value=0)
    table = table.join(counts)
    whole = (table["resolved"] > 0) & (table["resolved"] >= table["open"])
    table["known"] = whole | ((table["inside"] > 0) & (table["open"] == 0))
    print(report(table))
    if given.open:
        table[~table["known"]].to_csv(given.open, sep="\t")


if __name__ == "__main__":
    main()
