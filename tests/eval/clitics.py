"""Clitics against a text whose words are cut by hand, in the conventions of UD Arabic-PUD.

    python tests/eval/clitics.py cut.txt
    python tests/eval/clitics.py --wikifane wikifane_gold.txt

A cut text has words apart by white space and their parts by ``+``: ``و+ب+مدرست+ه``. Of WikiFANE
(F. Alotaibi, M. Lee, 2013), a token a line, the tokens are joined to words again; it parts و, ف and
the pronouns, so only these are compared, and not words that it mostly leaves whole though they are
a preposition with its pronoun. Half of its sentences, drawn by chance, were looked at while nasij's
clitics were made. Beside nasij stand whole words, and
greedy stripping of whatever looks like a clitic while two letters remain.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import nasij

Cut = tuple[str, ...]

PRONOUNS = ("هما", "كما", "ها", "هم", "هن", "كم", "كن", "ني", "نا", "ه", "ك", "ي")
PROCLITICS = {"و", "ف", "ب", "ك", "ل", "س"}
LETTERS = re.compile(r"[\u0621-\u0652\u0670]+")
INVISIBLE = re.compile(r"[\u200e\u200f\ufeff]")
LEFT_WHOLE = re.compile(r"(ب|ل|في|علي|الي|من|عن|ان)(ه|ها|هم|هما|هن|نا|ك|ي)")
LOOSE = {"ب", "ك", "ل", "س", "ال", "لل", "ي", "و", "ف"}


def cut_by_nasij(words: list[str]) -> list[Cut]:
    """The parts of each word by its best reading."""
    table = nasij.clitics("\n".join(words))
    assert table["text"].tolist() == words
    cuts = []
    rows = zip(words, table.to_dict("records"), strict=True)
    for word, row in rows:
        stem = (row["stem_start"] - row["start"], row["stem_end"] - row["start"])
        before = row["proclitics"].split("+") if row["proclitics"] else []
        assert LETTERS.fullmatch(word)
        places = [0]
        for _ in before[1:]:
            # Marks belong to the letter before them.
            places.append(re.compile(r"[\u0621-\u064a]").search(word, places[-1] + 1).start())
        places += [stem[0], stem[1], len(word)]
        cuts.append(tuple(word[a:b] for a, b in pairwise(places) if a < b))
    return cuts


def cut_greedily(word: str) -> Cut:
    """Every letter that may be a clitic, while two letters remain."""
    parts, rest = [], word
    for group in ("وف", "بكلس"):
        if len(rest) > 2 and rest[0] in group:
            parts.append(rest[0])
            rest = rest[1:]
    for pronoun in PRONOUNS:
        if rest.endswith(pronoun) and len(rest) > len(pronoun) + 1:
            return (*parts, rest.removesuffix(pronoun), pronoun)
    return (*parts, rest)


def without_prepositions(cut: Cut) -> Cut:
    """The parts with ب, ك, ل and س back on the stem."""
    for i, part in enumerate(cut[:-1]):
        if part in {"ب", "ك", "ل", "س"} and i <= 1 and cut[i + 1] not in PRONOUNS:
            return (*cut[:i], part + cut[i + 1], *cut[i + 2 :])
    return cut


def read_wikifane(path: Path) -> list[Cut]:
    """The words of the sentences, with و, ف and pronouns apart."""
    blocks: list[list[str]] = [[]]
    for line in path.read_text(encoding="utf-8").splitlines():
        token = INVISIBLE.sub("", line.split("\t")[0]).strip()
        if token:
            blocks[-1].append(token)
        elif blocks[-1]:
            blocks.append([])
    return [cut for block in blocks for cut in join(block)]


def join(tokens: list[str]) -> list[Cut]:
    """Tokens as words again: the ends of stems as they are before a pronoun."""
    cuts, i = [], 0
    pronouns = {"ه", "ها", "هم", "هن", "هما", "نا", "ني", "كم"}
    alone = {"هم", "هما", "هن"}
    while i < len(tokens):
        at, before, behind = i, "", ""
        token = tokens[i]
        follows = tokens[i + 1] if i + 1 < len(tokens) else ""
        may_join = len(follows) > 1 and follows not in pronouns - alone
        if token in {"و", "ف"} and LETTERS.fullmatch(follows) and may_join:
            before, token, i = token, follows, i + 1
        i += 1
        if not LETTERS.fullmatch(token) or (not before and at and tokens[at - 1] in LOOSE):
            continue
        follows = tokens[i] if i < len(tokens) else ""
        host = not token.startswith("ال") and token not in LOOSE - {"ب", "ل"}
        if follows in pronouns and host and (follows not in alone or token not in pronouns):
            behind, i = follows, i + 1
            ends = {"ة": "ت", "ى": "ي" if token in {"على", "الى", "لدى"} else "ا"}
            token = token[:-1] + ends.get(token[-1], token[-1])
            token = token[:-1] if token.endswith("وا") else token
        if (len(token) > 1 or behind) and (behind or not LEFT_WHOLE.fullmatch(token)):
            cuts.append(tuple(part for part in (before, token, behind) if part))
    return cuts


def is_preposition(cut: Cut) -> bool:
    """Whether ب or ل is what a pronoun stands behind."""
    return cut[0] in {"ب", "ل"} and cut[1:] in {(pronoun,) for pronoun in PRONOUNS}


def clitics_of(cut: Cut) -> Counter[tuple[str, int]]:
    """The boundaries of a word, each by the clitic it parts and its place."""
    stem = 0
    while stem < len(cut) - 1 and cut[stem] in PROCLITICS and not is_preposition(cut[stem:]):
        stem += 1
    found: Counter[tuple[str, int]] = Counter()
    for i, part in enumerate(cut):
        if i != stem:
            name = f"{part}+" if i < stem else f"+{part}"
            found[name, len("".join(cut[: i + (i < stem)]))] += 1
    return found


def score(name: str, gold: list[Cut], found: list[Cut], *, detail: bool) -> None:
    """Prints how many words are cut right, and precision and recall of the boundaries."""
    right = sum(a == b for a, b in zip(gold, found, strict=True))
    there: Counter[str] = Counter()
    claimed: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for a, b in zip(gold, found, strict=True):
        one, other = clitics_of(a), clitics_of(b)
        for counter, boundaries in ((there, one), (claimed, other), (both, one & other)):
            counter.update(clitic for clitic, _ in boundaries.elements())
    total = (both.total(), claimed.total(), there.total())
    print(f"{name:<8}{right / len(gold):8.2%} of {len(gold)} words; boundaries {figures(*total)}")
    for clitic in sorted(there | claimed) if detail else ():
        print(f"    {clitic:<6}{figures(both[clitic], claimed[clitic], there[clitic])}")


def figures(both: int, claimed: int, there: int) -> str:
    """Precision, recall and F1."""
    f1 = 2 * both / max(claimed + there, 1)
    return f"P {both / max(claimed, 1):.3f}  R {both / max(there, 1):.3f}  F1 {f1:.3f}  n {there}"


def main() -> None:
    """Scores three ways to cut words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--wikifane", action="store_true", help="a token a line, not a cut text")
    parser.add_argument("--errors", action="store_true", help="list the words cut wrong")
    arguments = parser.parse_args()
    if arguments.wikifane:
        gold, seen = read_wikifane(arguments.file), without_prepositions
    else:
        text = arguments.file.read_text(encoding="utf-8")
        gold, seen = [tuple(word.split("+")) for word in text.split()], tuple
    words = ["".join(cut) for cut in gold]
    found = [seen(cut) for cut in cut_by_nasij(words)]
    score("whole", gold, [(word,) for word in words], detail=False)
    score("greedy", gold, [seen(cut_greedily(word)) for word in words], detail=False)
    score("nasij", gold, found, detail=True)
    if arguments.errors:
        wrong = Counter((a, b) for a, b in zip(gold, found, strict=True) if a != b)
        for (a, b), n in wrong.most_common():
            print(n, "+".join(a), "+".join(b), sep="\t")


if __name__ == "__main__":
    main()
