"""How right the tagger is on articles it has not seen: by itself, and in the whole of nasij."""

from __future__ import annotations

import collections
import dataclasses
import json
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from exporting import to_bytes
from finetuning import Annotated, Score, Tagger, names
from inputs import Vocabulary
from network import TYPES

import nasij
from nasij import _nasij

Floats = npt.NDArray[np.float32]
Span = tuple[int, int, str]

# What is scored: the tagger by itself in the convention of the corpus and as it ships, and names
# as nasij finds them, with the tagger that ships and without.
RUNS = ("tagger, its own", "tagger, as shipped", "nasij", "nasij without tagger")


class Report:
    """What was found in each corpus, and what of it was right."""

    def __init__(self, annotated: dict[str, Annotated], conventions: Sequence[str]) -> None:
        self.annotated = annotated
        self.conventions = conventions
        # By corpus and run: scores by type.
        self.scores: dict[tuple[str, str], dict[str, Score]] = collections.defaultdict(
            lambda: collections.defaultdict(Score)
        )
        # By corpus: how each name of nasij was found, its probability, and whether it is right.
        self.found: dict[str, list[tuple[str, float, bool]]] = collections.defaultdict(list)
        # All ways of finding, in the order of the core.
        self.ways: list[str] = []

    def add(
        self,
        tagger: Tagger,
        vocabulary: Vocabulary,
        documents: dict[str, list[int]],
        mixture: Sequence[float],
    ) -> bytes:
        """Adds what a tagger finds in documents it was not trained on; returns it as it ships."""
        shipped = to_bytes(tagger, vocabulary, mixture, "fold")
        for name in self.annotated:
            one = [float(name == convention) for convention in self.conventions]
            own = to_bytes(tagger, vocabulary, one, "fold")
            self.add_alone(name, {RUNS[0]: own, RUNS[1]: shipped}, documents[name])
            self.add_whole(name, shipped, documents[name])
        return shipped

    def add_alone(self, name: str, models: dict[str, bytes], documents: Sequence[int]) -> None:
        """Adds what models find by themselves: names are the same if their tokens are."""
        corpus = self.annotated[name]
        core = nasij.Lexicon.default()._lexicon  # noqa: SLF001
        texts = [corpus.documents[d].text for d in documents]
        seen = _nasij.tagger_inputs(_nasij.Texts([texts]), core)
        begins = np.concatenate([[0], seen["text_ends"]])
        gold = []
        for d in documents:
            begin = int(corpus.inputs.texts[d])
            gold.append(
                {
                    (first + at - begin, end + at - begin, kind)
                    for at, stop in corpus.inputs.sentences(d, longest=1 << 30)
                    for first, end, kind in names(corpus.labels[at:stop])
                }
            )
        for run, model in models.items():
            found = _nasij.tagger_run(model, seen, with_scores=False)
            for real, mine in zip(gold, _by_text(found, begins), strict=True):
                self._count(name, run, real, mine)

    def add_whole(self, name: str, model: bytes, documents: Sequence[int]) -> None:
        """Adds what nasij finds with a model and without.

        Names are the same if their characters are, their proclitics left out.
        """
        corpus = self.annotated[name]
        core = nasij.Lexicon.default()._lexicon  # noqa: SLF001
        texts = _nasij.Texts([[corpus.documents[d].text for d in documents]])
        gold = [set(corpus.documents[d].spans) for d in documents]
        for run, tagger in zip(RUNS[2:], (model, False), strict=True):
            analysis = _nasij.analyze(texts, core, None, None, None, 0.0, tagger)
            mentions, kinds = analysis.mentions(), analysis.entities()["type"]
            codes, self.ways = mentions["found_by"]
            spans: list[set[Span]] = [set() for _ in documents]
            for doc, start, end, entity, way, score in zip(
                mentions["doc"],
                mentions["start"],
                mentions["end"],
                mentions["entity"],
                codes,
                mentions["score"],
                strict=True,
            ):
                if kinds[entity] not in TYPES:
                    continue
                span = (int(start), int(end), kinds[entity])
                spans[doc].add(span)
                if tagger:
                    self.found[name].append((self.ways[way], float(score), span in gold[doc]))
            for real, mine in zip(gold, spans, strict=True):
                self._count(name, run, real, mine)

    def _count(self, name: str, run: str, gold: set[Span], mine: set[Span]) -> None:
        table = self.scores[name, run]
        for kind in TYPES:
            table[kind].add({s for s in gold if s[2] == kind}, {s for s in mine if s[2] == kind})
        gold, mine = ({s for s in spans if s[2] != "MISC"} for spans in (gold, mine))
        table["PER, ORG, LOC"].add(gold, mine)
        one = [
            {(s[0], s[1], "PER" if s[2] == "PER" else "LOC") for s in spans}
            for spans in (gold, mine)
        ]
        table["LOC and ORG as one"].add(*one)

    def calibration(self, corpus: str = "news") -> list[Floats]:
        """For each way of finding, points (probability, share right) of a rising line."""
        return self._lines(self.found[corpus])

    def _lines(self, found: Sequence[tuple[str, float, bool]]) -> list[Floats]:
        return [rising((p, right) for by, p, right in found if by == way) for way in self.ways]

    def reliability(self, corpus: str) -> list[tuple[float, float, int, float, float]]:
        """By tenths of the score: bounds, names, mean score, share right.

        Every other name is scored by lines made of the rest.
        """
        found = self.found[corpus]
        pairs = []
        for part, rest in ((found[::2], found[1::2]), (found[1::2], found[::2])):
            lines = dict(zip(self.ways, self._lines(rest), strict=True))
            pairs += [
                (np.interp(p, *lines[by].T) if len(lines[by]) else p, right)
                for by, p, right in part
            ]
        table = np.asarray(pairs)
        rows = []
        for tenth in range(10):
            some = table[np.minimum((table[:, 0] * 10).astype(int), 9) == tenth]
            if len(some):
                score, right = some.mean(0)
                rows.append((tenth / 10, (tenth + 1) / 10, len(some), float(score), float(right)))
        return rows

    def to_json(self) -> str:
        """What was counted."""
        scores = [
            {"corpus": name, "run": run, "type": kind, **dataclasses.asdict(score)}
            for (name, run), table in self.scores.items()
            for kind, score in table.items()
        ]
        return json.dumps({"scores": scores, "found": self.found})


def _by_text(found: _nasij._Tagged, begins: npt.NDArray[np.int64]) -> list[set[Span]]:
    """The names found in each text, counted from its first token."""
    text = np.searchsorted(begins, found["first"], side="right") - 1
    mine: list[set[Span]] = [set() for _ in begins[1:]]
    first, end = found["first"] - begins[text], found["end"] - begins[text]
    for t, at, stop, kind in zip(text, first, end, found["type"], strict=True):
        mine[t].add((int(at), int(stop), kind))
    return mine


def rising(pairs: Iterable[tuple[float, bool]], least: int = 60) -> Floats:
    """A rising line through what share of names of like probability is right.

    By pools of adjacent violators (Ayer et al. 1955) over groups of at least `least`.
    """
    ordered = np.asarray(sorted(pairs), float).reshape(-1, 2)
    pools: list[npt.NDArray[np.float64]] = []
    for group in np.array_split(ordered, max(len(ordered) // least, 1)):
        pools.append(group)
        while len(pools) > 1 and pools[-2][:, 1].mean() >= pools[-1][:, 1].mean():
            last = pools.pop()
            pools[-1] = np.concatenate([pools[-1], last])
    if len(ordered) < least:
        return np.zeros((0, 2), np.float32)
    points: Floats = np.asarray([pool.mean(0) for pool in pools], np.float32)
    kept: Floats = points[np.concatenate([[True], np.diff(points[:, 0]) > 0])]
    return kept
