"""How right the tagger is on articles it has not seen, as the core runs it."""

from __future__ import annotations

import collections
import dataclasses
import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

import corpora
import nasij
from exporting import to_bytes
from finetuning import Annotated, Score, Tagger, names
from inputs import Vocabulary
from nasij import _nasij
from network import TYPES

Floats = npt.NDArray[np.float32]


class Report:
    """What was found in each corpus in its own convention and in the one that ships."""

    def __init__(self, annotated: dict[str, Annotated], conventions: Sequence[str]) -> None:
        self.annotated = annotated
        self.conventions = conventions
        # By corpus and whether in its own convention: scores by type, as each fold gives them.
        self.scores: dict[tuple[str, bool], dict[str, Score]] = collections.defaultdict(
            lambda: collections.defaultdict(Score)
        )
        # By corpus: what the whole flow finds as it ships.
        self.mentions: dict[str, Mentions] = collections.defaultdict(list)
        self.ways: list[str] = []

    def add(
        self,
        tagger: Tagger,
        vocabulary: Vocabulary,
        documents: dict[str, list[int]],
        mixture: Sequence[float],
    ) -> bytes:
        """Adds what a tagger finds in documents it was not trained on; returns it as it ships."""
        shipped = to_bytes(tagger, vocabulary, mixture, [], "fold")
        for name, corpus in self.annotated.items():
            own = [float(name == convention) for convention in self.conventions]
            for is_own, model in (
                (True, to_bytes(tagger, vocabulary, own, [], "fold")),
                (False, shipped),
            ):
                table = self.scores[name, is_own]
                for gold, found in run(model, corpus, documents[name]):
                    mine = {(first, end, kind) for first, end, kind, _ in found}
                    for kind in TYPES:
                        table[kind].add(
                            {span for span in gold if span[2] == kind},
                            {span for span in mine if span[2] == kind},
                        )
                    three = [{s for s in spans if s[2] != "MISC"} for spans in (gold, mine)]
                    table["all three"].add(*three)
                    where = [
                        {("PER" if s[2] == "PER" else "LOC", *s[:2]) for s in spans}
                        for spans in three
                    ]
                    table["LOC and ORG as one"].add(*where)  # type: ignore[arg-type]
            unseen = [corpus.documents[d] for d in documents[name]]
            mentions, self.ways = mentions_of(shipped, unseen)
            self.mentions[name] += mentions
        return shipped

    def to_json(self) -> str:
        """What was counted."""
        scores = [
            {"corpus": name, "own": own, "type": kind, **dataclasses.asdict(score)}
            for (name, own), table in self.scores.items()
            for kind, score in table.items()
        ]
        return json.dumps({"scores": scores, "mentions": self.mentions})

    def calibration(self, corpus: str = "news") -> list[Floats]:
        """For each way a mention is found, points (probability, share right) of a rising line."""
        return calibration(self.mentions[corpus], self.ways)

    def reliability(self, corpus: str) -> list[tuple[float, float, int, float, float]]:
        """By tenths of the calibrated score: bounds, mentions, mean score, share right."""
        return reliability(self.mentions[corpus], self.ways)


Mentions = list[tuple[str, float, bool]]


def calibration(mentions: Mentions, ways: Sequence[str]) -> list[Floats]:
    """For each way of finding, what share of its mentions of like probability is right."""
    return [rising([(p, right) for by, p, right in mentions if by == way]) for way in ways]


def reliability(
    mentions: Mentions, ways: Sequence[str]
) -> list[tuple[float, float, int, float, float]]:
    """What scores are worth, by tenths; each mention is scored by lines made without its half."""
    halves = [mentions[::2], mentions[1::2]]
    rows = []
    pairs = np.concatenate(
        [
            [
                (np.interp(p, *line.T) if len(line := lines[ways.index(by)]) else p, right)
                for by, p, right in half
            ]
            for half, other in zip(halves, reversed(halves), strict=True)
            for lines in [calibration(other, ways)]
        ]
    )
    for low in np.arange(0, 1, 0.1):
        some = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < low + 0.1 + (low > 0.85))]
        if len(some):
            rows.append((low, low + 0.1, len(some), *some.mean(0)))
    return rows


def mentions_of(model: bytes, documents: Sequence[corpora.Document]) -> tuple[Mentions, list[str]]:
    """What the whole flow finds with a model that has no calibration, nationalities apart: how it
    was found, its probability, and whether it is right; and all ways of finding."""
    core = nasij.Lexicon.default()._lexicon  # noqa: SLF001
    texts = _nasij.Texts([[document.text for document in documents]])
    extraction = _nasij.analyze(texts, core, None, None, None, 0.0, model)
    found, types = extraction.mentions(), extraction.entities()["type"]
    codes, ways = found["found_by"]
    gold = [set(document.spans) for document in documents]
    rows = zip(
        found["doc"], found["start"], found["end"], found["entity"], codes, found["score"],
        strict=True,
    )  # fmt: skip
    return [
        (ways[by], float(score), (int(start), int(end), types[entity]) in gold[doc])
        for doc, start, end, entity, by, score in rows
        if types[entity] != "NORP"
    ], ways


Span = tuple[int, int, str]


def run(
    model: bytes, corpus: Annotated, documents: Sequence[int]
) -> list[tuple[set[Span], list[tuple[int, int, str, float]]]]:
    """Of each document the gold names and what the core finds: tokens, types, probabilities."""
    texts = [corpus.documents[d].text for d in documents]
    core = nasij.Lexicon.default()._lexicon  # noqa: SLF001
    seen = _nasij.tagger_inputs(_nasij.Texts([texts]), core)
    found = _nasij.tagger_run(model, seen)
    begins = np.concatenate([[0], seen["text_ends"]])
    text = np.searchsorted(begins, found["first"], side="right") - 1
    by_text: list[list[tuple[int, int, str, float]]] = [[] for _ in texts]
    for t, first, end, kind, probability in zip(
        text, found["first"], found["end"], found["type"], found["probability"], strict=True
    ):
        begin = int(begins[t])
        by_text[t].append((int(first) - begin, int(end) - begin, kind, float(probability)))
    starts = corpus.inputs.texts
    gold = [
        {
            (first + at - starts[d], end + at - starts[d], kind)
            for at, stop in corpus.inputs.sentences(d, longest=1 << 30)
            for first, end, kind in names(corpus.labels[at:stop])
        }
        for d in documents
    ]
    return list(zip(gold, by_text, strict=True))


def rising(pairs: Sequence[tuple[float, bool]], least: int = 60) -> Floats:
    """A rising line through what share of names of like probability is right: pools of adjacent
    violators (Ayer et al. 1955) over groups of at least `least`."""
    if not pairs:
        return np.zeros((0, 2), np.float32)
    groups = np.array_split(np.asarray(sorted(pairs), float), max(len(pairs) // least, 1))
    pools: list[npt.NDArray[np.float64]] = []
    for group in groups:
        pools.append(group)
        while len(pools) > 1 and pools[-2][:, 1].mean() >= pools[-1][:, 1].mean():
            last = pools.pop()
            pools[-1] = np.concatenate([pools[-1], last])
    points = np.asarray([pool.mean(0) for pool in pools], np.float32)
    kept = np.concatenate([[True], np.diff(points[:, 0]) > 0])
    return points[kept]
