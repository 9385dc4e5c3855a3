"""Learning names from annotated texts."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from corpora import Document
from inputs import Inputs, Ints, Rows, Vocabulary, gathered, read
from network import LABELS, TYPES, Chain, Encoder, Shape
from optimizer import Optimizer
from torch import Tensor

Sentence = tuple[int, int]
Span = tuple[int, int, str]


@dataclasses.dataclass(frozen=True)
class Plan:
    """How long, and with what."""

    epochs: int = 6
    tokens: int = 3000  # of a batch
    dropout: float = 0.3
    words_dropped: float = 0.2
    evidence_dropped: float = 0.1
    rate: float = 2e-3
    seed: int = 1


@dataclasses.dataclass
class Annotated:
    """Texts with their names as labels of tokens."""

    documents: Sequence[Document]
    inputs: Inputs
    labels: Ints
    rows: Rows

    @classmethod
    def of(cls, documents: Sequence[Document], vocabulary: Vocabulary) -> Annotated:
        """Labels for the tokens that names cover."""
        inputs = read(document.text for document in documents)
        labels = np.zeros(len(inputs.form), np.int64)
        for d, document in enumerate(documents):
            first, end = inputs.texts[d], inputs.texts[d + 1]
            for start, stop, kind in document.spans:
                i = first + np.searchsorted(inputs.end[first:end], start, side="right")
                j = first + np.searchsorted(inputs.start[first:end], stop, side="left")
                if i < j and not labels[i:j].any():
                    label = 1 + 2 * TYPES.index(kind)
                    labels[i], labels[i + 1 : j] = label, label + 1
        annotated = cls(documents, inputs, labels, vocabulary.rows_of(inputs))
        for d in range(len(documents)):
            for first, _ in inputs.sentences(d):
                # A name over the end of a sentence begins anew.
                if labels[first] and LABELS[labels[first]][0] == "I":
                    labels[first] -= 1
        return annotated

    def sentences(self, documents: Sequence[int]) -> list[Sentence]:
        """The sentences of some documents."""
        return [s for d in documents for s in self.inputs.sentences(d)]


class Tagger:
    """An encoder and a chain that learn together."""

    def __init__(self, encoder: Encoder) -> None:
        torch.manual_seed(0)
        self.encoder = copy.deepcopy(encoder)
        conventions = encoder.convention.num_embeddings
        self.chain = Chain(encoder.shape.hidden, conventions)

    @property
    def shape(self) -> Shape:
        return self.encoder.shape

    def only(self, convention: int) -> Tensor:
        """The mixture of one convention."""
        return F.one_hot(torch.tensor(convention), len(self.chain.own)).float()

    def emissions(
        self,
        annotated: Annotated,
        sentences: Sequence[Sentence],
        mixture: Tensor,
        plan: Plan | None = None,
        dropped: tuple[int, np.random.Generator] | None = None,
    ) -> tuple[Tensor, Tensor, Ints]:
        """Scores of the labels of each token, which of these are tokens, and where they stand."""
        (forms, evidence, elsewhere), places, inside = gathered(
            annotated.inputs, sentences, self.shape
        )
        if plan and dropped:
            # What was found before is left out now and then, a name at a time.
            rng = dropped[1]
            name = np.cumsum((evidence % 2 == 1) | (evidence == 0))
            gone = rng.random(name[-1] + 1) < plan.evidence_dropped
            evidence = np.where(gone[name], 0, evidence)
            elsewhere = np.where(rng.random(len(forms)) < plan.evidence_dropped, 0, elsewhere)
        batch = annotated.rows.batch(self.shape, forms, evidence, elsewhere)
        known = self.encoder(
            batch,
            mixture,
            dropout=plan.dropout if plan else 0.0,
            words_dropped=(dropped[0], plan.words_dropped) if plan and dropped else None,
        )
        known = F.dropout(known, plan.dropout if plan else 0.0, self.encoder.training)
        scores = self.chain.emissions(known, mixture)
        return scores[torch.from_numpy(places)], torch.from_numpy(inside), places

    def train(
        self,
        parts: Sequence[tuple[Annotated, Sequence[Sentence], int, float]],
        end_of_words: int,
        plan: Plan,
    ) -> None:
        """Trains on sentences of several corpora.

        A part is a corpus, its sentences, its convention, and what share of them an epoch has.
        """
        torch.manual_seed(plan.seed)
        rng = np.random.default_rng(plan.seed)
        optimizer = Optimizer(
            [*self.encoder.parameters(), *self.chain.parameters()],
            [self.encoder.table.weight],
            plan.rate,
            plan.rate,
        )
        self.encoder.train()
        plans = [list(_batches(parts, plan, rng)) for _ in range(plan.epochs)]
        steps, step = sum(map(len, plans)), 0
        for batches in plans:
            for part, sentences in batches:
                annotated, _, convention, _ = parts[part]
                emissions, inside, _ = self.emissions(
                    annotated, sentences, self.only(convention), plan, (end_of_words, rng)
                )
                labels = np.zeros(inside.shape, np.int64)
                for s, (first, end) in enumerate(sentences):
                    labels[s, : end - first] = annotated.labels[first:end]
                loss = self.chain.loss(emissions, torch.from_numpy(labels), inside)
                optimizer.step(loss.sum() / plan.tokens, step, steps)
                step += 1
        self.encoder.eval()


def _batches(
    parts: Sequence[tuple[Annotated, Sequence[Sentence], int, float]],
    plan: Plan,
    rng: np.random.Generator,
) -> Iterator[tuple[int, list[Sentence]]]:
    """An epoch: sentences of one corpus and of like length together, in any order."""
    batches = []
    for part, (_, sentences, _, share) in enumerate(parts):
        chosen = rng.permutation(len(sentences))[: round(share * len(sentences))]
        for at in range(0, len(chosen), 1500):
            group = [sentences[s] for s in chosen[at : at + 1500]]
            batch: list[Sentence] = []
            for sentence in sorted(group, key=lambda s: s[1] - s[0]):
                batch.append(sentence)
                if sum(end - first for first, end in batch) >= plan.tokens:
                    batches.append((part, batch))
                    batch = []
            if batch:
                batches.append((part, batch))
    for b in rng.permutation(len(batches)):
        yield batches[b]


def names(labels: Sequence[int] | Ints) -> list[Span]:
    """The names that labels make: first token, one past the last, and type."""
    found: list[Span] = []
    for i, label in enumerate(labels):
        place, _, kind = LABELS[label].partition("-")
        if place == "B" or (place == "I" and (not found or found[-1][1:] != (i, kind))):
            found.append((i, i + 1, kind))
        elif place == "I":
            first, _, _ = found[-1]
            found[-1] = (first, i + 1, kind)
    return found


@dataclasses.dataclass
class Score:
    """How many names there are, were found, and were found rightly."""

    gold: int = 0
    found: int = 0
    right: int = 0

    def add(self, gold: set[Span], found: set[Span]) -> None:
        self.gold += len(gold)
        self.found += len(found)
        self.right += len(gold & found)

    @property
    def precision(self) -> float:
        return self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.gold, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(self.gold + self.found, 1)
