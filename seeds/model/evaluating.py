"""How right the tagger is on articles it has not seen, as the core runs it."""

from __future__ import annotations

import collections
import dataclasses
import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

import nasij
from exporting import to_bytes
from finetuning import Annotated, Score, Tagger, names
from inputs import Vocabulary
from nasij import _nasij
from network import TYPES

Floats = npt.NDArray[np.float32]

# As EntityType::ALL of the core.
CORE_TYPES = ("PER", "ORG", "LOC", "MISC", "NORP")


class Report:
    """What was found in each corpus in its own convention and in the one that ships."""

    def __init__(self, annotated: dict[str, Annotated], conventions: Sequence[str]) -> None:
        self.annotated = annotated
        self.conventions = conventions
        # By corpus and whether in its own convention: scores by type, as each fold gives them.
        self.scores: dict[tuple[str, bool], dict[str, Score]] = collections.defaultdict(
            lambda: collections.defaultdict(Score)
        )
        # By corpus: type, probability and rightness of each name found as it ships.
        self.found: dict[str, list[tuple[str, float, bool]]] = collections.defaultdict(list)

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
                    where = [{("PER" if s[2] == "PER" else "LOC", *s[:2]) for s in spans} for spans in three]
                    table["LOC and ORG as one"].add(*where)  # type: ignore[arg-type]
                    if not is_own:
                        self.found[name] += [
                            (kind, probability, (first, end, kind) in gold)
                            for first, end, kind, probability in found
                        ]
        return shipped

    def to_json(self) -> str:
        """What was counted."""
        scores = [
            {"corpus": name, "own": own, "type": kind, **dataclasses.asdict(score)}
            for (name, own), table in self.scores.items()
            for kind, score in table.items()
        ]
        return json.dumps({"scores": scores, "found": self.found})

    def calibration(self, corpus: str = "news") -> list[Floats]:
        """For each type of the core, points (probability, share right) of a rising line."""
        return [
            rising([(p, right) for found, p, right in self.found[corpus] if found == kind])
            for kind in CORE_TYPES
        ]

    def reliability(self, corpus: str) -> list[tuple[float, float, int, float, float]]:
        """By tenths of the calibrated score: bounds, names, mean score, share right."""
        lines = dict(zip(CORE_TYPES, self.calibration(), strict=True))
        pairs = np.asarray(
            [(np.interp(p, *lines[kind].T), right) for kind, p, right in self.found[corpus]]
        )
        rows = []
        for low in np.arange(0, 1, 0.1):
            some = pairs[(pairs[:, 0] >= low) & (pairs[:, 0] < low + 0.1 + (low > 0.85))]
            if len(some):
                rows.append((low, low + 0.1, len(some), *some.mean(0)))
        return rows


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
    if len(pairs) < 2 * least:
        return np.zeros((0, 2), np.float32)
    groups = np.array_split(np.asarray(sorted(pairs), float), len(pairs) // least)
    pools: list[npt.NDArray[np.float64]] = []
    for group in groups:
        pools.append(group)
        while len(pools) > 1 and pools[-2][:, 1].mean() >= pools[-1][:, 1].mean():
            last = pools.pop()
            pools[-1] = np.concatenate([pools[-1], last])
    points = np.asarray([pool.mean(0) for pool in pools], np.float32)
    kept = np.concatenate([[True], np.diff(points[:, 0]) > 0])
    return points[kept]
