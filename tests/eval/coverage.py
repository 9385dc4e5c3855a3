"""How many names the lexicon resolves: ``python tests/eval/coverage.py NAMES CORPUS...``.

The names come from elsewhere than nasij, as either of two files:

- a table with tabs and the columns string, type and count. The strings are looked up in the
  articles: whole words, in any spelling that folds to the same, with or without proclitics.
- JSON lines with doc, start, end (code points), string and type: where a tagger saw a name, and the
  name without proclitics. A word that is now and then a name is then judged only where it is one.

Some occurrences of each string are drawn. One is resolved if a mention spans it, but for a title
or the word for its kind before it, and names an entity of the lexicon or a body of its patterns.
Inside a longer mention it is part of another name and counts for neither side. A string is
resolved if half of the rest is, or if it stands only inside longer names that are.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

import nasij

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARKS = "\u0640\u064b-\u0652\u0670"
WORD = re.compile(rf"(?:[^\W_]|[{MARKS}])+")
OUTCOMES = ["resolved", "inside", "other", "open"]


class Place(NamedTuple):
    """Where a string stands, proclitics and all, and where its first word ends."""

    string: str
    doc: str
    start: int
    first: int
    end: int


class Mention(NamedTuple):
    """What nasij found, and whether it is known to the lexicon."""

    start: int
    end: int
    role: str
    entity: str
    known: bool


def fold(word: str) -> str:
    """A word without marks, with one alef, one ya and one ha."""
    bare = re.sub(rf"[{MARKS}]", "", word.lower())
    return bare.translate(str.maketrans("أإآٱىة", "اااايه"))


def words(text: str) -> list[tuple[str, int, int]]:
    """The folded words of a text, عبد الله as one."""
    found: list[tuple[str, int, int]] = []
    for match in WORD.finditer(text):
        word = fold(match.group())
        if found and word.startswith("ال") and re.fullmatch("[وفبكل]{0,2}عبد", found[-1][0]):
            before, start, _ = found.pop()
            found.append((before + word, start, match.end()))
        else:
            found.append((word, match.start(), match.end()))
    return found


def readings(word: str) -> Iterator[str]:
    """A word, and what it is without the proclitics it may begin with."""
    yield word
    if word[:1] in "وف":
        word = word[1:]
        yield word
    if word.startswith("لل"):
        yield "ال" + word[2:]
    if word[:1] in "بكل":
        yield word[1:]


def looked_up(corpus: nasij.Corpus, strings: Iterable[str]) -> Iterator[Place]:
    """The occurrences of the strings."""
    beginning = defaultdict(list)
    for string in strings:
        head, *rest = (word for word, _, _ in words(string))
        beginning[head].append((rest, string))
    for doc in corpus.documents["doc"].sample(frac=1, random_state=0):
        found = words(corpus.text(doc))
        folded = [word for word, _, _ in found]
        for i, (word, start, first) in enumerate(found):
            for reading in set(readings(word)) & beginning.keys():
                for rest, string in beginning[reading]:
                    if folded[i + 1 : i + 1 + len(rest)] == rest:
                        yield Place(string, doc, start, first, found[i + len(rest)][2])


def marked(corpus: nasij.Corpus, marks: pd.DataFrame) -> Iterator[Place]:
    """The occurrences that are marked, in an order drawn once."""
    here = marks[marks["doc"].isin(corpus.documents["doc"])].sample(frac=1, random_state=0)
    for string, doc, start, end in here[["string", "doc", "start", "end"]].to_numpy().tolist():
        first = corpus.text(doc)[start:end].split()[0]
        yield Place(string, doc, start, start + len(first), end)


def drawn(places: Iterable[Place], limit: int) -> list[Place]:
    """The first `limit` of each string."""
    counts: Counter[str] = Counter()
    kept = []
    for place in places:
        counts[place.string] += 1
        if counts[place.string] <= limit:
            kept.append(place)
    return kept


def spellings(lexicon: nasij.Lexicon) -> set[tuple[str, str]]:
    """The folded spellings of each entity, with its id."""
    found = set()
    for entity, name, aliases in lexicon.entries[["id", "name", "aliases"]].to_numpy().tolist():
        forms = [form.lstrip("?~") for form in (name, *aliases.split("|"))]
        while forms:
            form = forms.pop()
            if choices := re.search(r"\{([^{}]*)\}", form):
                head, tail = form[: choices.start()], form[choices.end() :]
                forms += [head + choice + tail for choice in choices[1].split(",")]
            else:
                found.add((entity, " ".join(word for word, _, _ in words(form))))
    return found


# Words for the kind of what follows.
HEADS = Path(__file__).parents[2] / "seeds" / "lexicon" / "org_heads.tsv"
KINDS = {
    fold(line.split("\t")[0])
    for line in HEADS.read_text(encoding="utf-8").splitlines()
    if not line.startswith(("#", "head\t"))
}


def outcome(place: Place, text: str, mentions: list[Mention], spelled: set[tuple[str, str]]) -> str:
    """What becomes of one occurrence."""
    found = "open"
    whole = " ".join(word for word, _, _ in words(place.string))
    for start, end, role, entity, known in mentions:
        title = text[place.start : start].strip()
        # «وكالة» or «محافظة» before a name is left out of the mention, as titles are.
        left_out = title and (
            title in role
            or (entity, whole) in spelled
            or not KINDS.isdisjoint(readings(fold(title)))
        )
        begins = place.start <= start < place.first or left_out
        if begins and end == place.end:
            return "resolved" if known else "open"
        if start < place.first and end >= place.end:
            found = "inside" if known else "other"
    return found


def outcomes(corpus: nasij.Corpus, places: list[Place], lexicon: nasij.Lexicon) -> pd.DataFrame:
    """What becomes of the occurrences of each string."""
    docs = sorted({place.doc for place in places})
    frame = pd.DataFrame({"id": docs, "text": [corpus.text(doc) for doc in docs]})
    found = nasij.Corpus.from_frame(frame, text="text", id="id").analyze(lexicon=lexicon).mentions
    known = found["entity"].isin(lexicon.entries["id"]) | (found["found_by"] == "pattern")
    columns = (
        found["doc"],
        found["start"],
        found["end"],
        found["role"].fillna(""),
        found["entity"],
        known,
    )
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for doc, *mention in zip(*columns, strict=True):
        mentions[doc].append(Mention(*mention))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    spelled = spellings(lexicon)
    for place in places:
        text = corpus.text(place.doc)
        counts[place.string][outcome(place, text, mentions[place.doc], spelled)] += 1
    return pd.DataFrame.from_dict(counts, orient="index").reindex(columns=OUTCOMES)


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
    parser = argparse.ArgumentParser(description="How many names the lexicon resolves.")
    parser.add_argument("names", type=Path, help=".tsv of strings, or .jsonl of marks")
    parser.add_argument("corpora", type=Path, nargs="+", help="files of articles")
    parser.add_argument("--lexicon", type=Path, help="a folder in place of the shipped lexicon")
    parser.add_argument("--limit", type=int, default=30, help="occurrences drawn of a string")
    parser.add_argument("--open", type=Path, help="where to write the strings not resolved")
    given = parser.parse_args()
    lexicon = nasij.Lexicon.read(given.lexicon) if given.lexicon else nasij.Lexicon.default()
    if given.names.suffix == ".jsonl":
        lines = given.names.read_text(encoding="utf-8").splitlines()
        marks = pd.DataFrame(map(json.loads, lines))
        by_string = marks.groupby("string")["type"]
        table = pd.DataFrame(
            {"type": by_string.agg(lambda t: t.mode()[0]), "count": by_string.size()}
        )
    else:
        marks = None
        table = pd.read_csv(given.names, sep="\t", keep_default_na=False, quoting=3)
        table = table.set_index("string")[["type", "count"]]
    counts = pd.DataFrame(0, index=table.index, columns=OUTCOMES)
    for path in given.corpora:
        corpus = nasij.Corpus.read(path)
        places = looked_up(corpus, table.index) if marks is None else marked(corpus, marks)
        new = outcomes(corpus, drawn(places, given.limit), lexicon)
        counts = counts.add(new, fill_value=0).fillna(0)
    table = table.join(counts)
    whole = (table["resolved"] > 0) & (table["resolved"] >= table["open"])
    part = (table["inside"] > 0) & (table["resolved"] + table["open"] == 0)
    table["known"] = whole | part
    print(report(table))
    if given.open:
        missing = table[~table["known"]].sort_values("count", ascending=False)
        missing.to_csv(given.open, sep="\t", float_format="%.0f")


if __name__ == "__main__":
    main()
