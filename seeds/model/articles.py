"""Where one article ends and the next begins in a run of sentences.

The cuts are those of Eisenstein and Barzilay (2008): each article has words of its own, drawn with
the corpus as prior, so that a cut pays where the words on both sides differ; the best cuts are
found by dynamic programming. Beside the words stand how an article begins: with a dateline, hardly
with «and».
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
from collections import Counter

from clitics import fold


@dataclasses.dataclass(frozen=True)
class Prior:
    """What is known of the articles before they are read.

    cost: what a cut must gain in log odds; longest: no article has more sentences; weight: how
    many words the vocabulary of the corpus counts for in each article; opening: the first line of
    an article looks like this.
    """

    cost: float
    longest: int
    weight: float
    opening: re.Pattern[str]


_AGENCIES = "رويترز|ا ?ف ?ب|د ?ب ?ا|قنا|وام|سانا|بنا|كونا|واس|ا ?ش ?ا|بي بي سي|وكالات|الجزيره?"
NEWS = Prior(
    6.0, 120, 800.0,
    re.compile(rf"^\W*(?:\w+ ){{1,4}}\W*(?:{_AGENCIES})\W|^\W*\w+(?: \w+)? -+ "),
)  # fmt: skip
ENCYCLOPEDIA = Prior(
    6.0, 250, 800.0, re.compile(r"^(?:\S+ ){1,6}(?:، )?(?:هو|هي|عبارة عن|مدينة|ولد|تقع)(?: |$)")
)
_CONTINUES = re.compile(
    "^(?:و(?!زير|زار|كال|لي|اشنط|فد|اصل|قع|صل|الد|ضع)|ف(?=قد|ي حين|ي المقابل)|كما|لكن|ثم|غير ان"
    "|من جه|من ناحي|الا ان|بينما|حيث|اما|ايضا|هذا و|يذكر ان|يشار الي|في المقابل|بدوره|\\W*\\))"
)


def cuts(sentences: list[list[str]], prior: Prior) -> list[tuple[int, int]]:
    """The articles as first and behind the last sentence; sentences said before are in none.

    Three and more in a row that stood in the corpus before are taken to be a copy of an article.
    """
    runs = _runs(sentences)
    kept = [sentences[at] for run in runs for at in run]
    words = _contents(kept)
    found = []
    base = 0
    for run in runs:
        for first, last in _segment(
            words[base : base + len(run)], kept[base : base + len(run)], prior
        ):
            found.append((run[first], run[last - 1] + 1))
        base += len(run)
    return found


def _runs(sentences: list[list[str]]) -> list[range]:
    """What is left between copies."""
    seen: set[str] = set()
    again = []
    for sentence in sentences:
        key = "".join(re.findall(r"\w", fold("".join(sentence))))
        again.append(len(sentence) > 5 and key in seen)
        seen.add(key)
    runs = []
    first = 0
    for copied, group in itertools.groupby(range(len(sentences)), again.__getitem__):
        places = list(group)
        if copied and len(places) > 2:
            runs.append(range(first, places[0]))
            first = places[-1] + 1
    runs.append(range(first, len(sentences)))
    return [run for run in runs if run]


def _contents(sentences: list[list[str]]) -> list[list[tuple[str, float]]]:
    """The stems of each sentence that are not everywhere, once, with their share in the corpus."""
    stems = [
        sorted({stem for word in sentence if len(stem := _stem(word)) > 1})
        for sentence in sentences
    ]
    counts = Counter(stem for sentence in stems for stem in sentence)
    common = max(3.0, len(sentences) / 25)
    shares = {stem: count / counts.total() for stem, count in counts.items() if count <= common}
    return [[(s, shares[s]) for s in sentence if s in shares] for sentence in stems]


def _stem(word: str) -> str:
    """The word without conjunction, article and plain endings; nothing for marks and numbers."""
    word = fold(word)
    if not re.fullmatch("[\u0621-\u064a]+", word):
        return ""
    word = re.sub("^[وف]?(?:[بك]ال|لل|ال|[بلو](?=\\w{4}))", "", word) if len(word) > 4 else word
    return re.sub("(?:ها|هم|ات|ين|ون|ية|ه|ة|ي|ا)$", "", word) if len(word) > 4 else word


def _segment(
    words: list[list[tuple[str, float]]], sentences: list[list[str]], prior: Prior
) -> list[tuple[int, int]]:
    """The likeliest articles of one run of sentences."""
    starts = [_start(sentence, prior) for sentence in sentences]
    best = [0.0] + [-math.inf] * len(words)
    back = [0] * (len(words) + 1)
    for first in range(len(words)):
        counts: dict[str, int] = {}
        number = 0
        score = best[first] + starts[first]
        for last in range(first, min(len(words), first + prior.longest)):
            for stem, share in words[last]:
                seen = counts.get(stem, 0)
                score += math.log((prior.weight * share + seen) / (prior.weight + number) / share)
                counts[stem] = seen + 1
                number += 1
            if score > best[last + 1]:
                best[last + 1] = score
                back[last + 1] = first
    found = []
    last = len(words)
    while last:
        found.append((back[last], last))
        last = back[last]
    return found[::-1]


def _start(sentence: list[str], prior: Prior) -> float:
    """The log odds that a sentence begins an article, by its first words."""
    line = fold(" ".join(sentence[:14]))
    if prior.opening.match(line):
        return 2.0
    odds = -prior.cost
    if _CONTINUES.match(line):
        return odds - 5.0
    if len(sentence) < 5:
        return odds - 2.0
    return odds
