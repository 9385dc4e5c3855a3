"""The tagger's network: what is learnt here, `src/tagger` runs.

A token's form is the sum of the rows of its features (as in fastText, Bojanowski et al. 2017).
The first layer reads a window of forms and the evidence beside them, the next ones are dilated
convolutions with a way around them (Strubell et al. 2017), and a linear chain (Lafferty et al.
2001) decides between the labels of neighbours.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

TYPES = ("PER", "ORG", "LOC", "MISC")
LABELS = ("O", *(f"{place}-{kind}" for kind in TYPES for place in "BI"))
# As in src/tagger: codes of what was found before, and numbers of the features known to all.
EVIDENCE, ELSEWHERE, DIRECT = 121, 6, 80
NEVER = -1e4


@dataclasses.dataclass(frozen=True)
class Shape:
    """The sizes of a network."""

    rows: int
    size: int = 96
    hidden: int = 128
    reach: int = 2
    dilations: tuple[int, ...] = (1, 3)

    @property
    def boundary(self) -> int:
        """The row of what stands around a sentence."""
        return self.rows

    @property
    def masked(self) -> int:
        """The row of a word that is to be guessed."""
        return self.rows + 1

    @property
    def padding(self) -> int:
        """Boundaries between two sentences, so that neither sees the other."""
        return max(self.reach, *self.dilations)


@dataclasses.dataclass(frozen=True)
class Batch:
    """Tokens in a row, sentences parted by boundaries."""

    rows: Tensor  # rows of the distinct forms, one after another
    starts: Tensor  # where each form's rows start
    forms: Tensor  # the form of each token, as its place in `starts`
    evidence: Tensor
    elsewhere: Tensor
    inside: Tensor  # 1 for tokens, 0 for boundaries


class Encoder(nn.Module):
    """From tokens to what the network knows of each."""

    def __init__(self, shape: Shape, conventions: int) -> None:
        super().__init__()
        self.shape = shape
        size, hidden, window = shape.size, shape.hidden, 2 * shape.reach + 1
        self.table = nn.Embedding(shape.rows + 2, size, sparse=True)
        nn.init.normal_(self.table.weight, std=0.1)
        self.first = nn.Linear(size, window * hidden, bias=False)
        nn.init.normal_(self.first.weight, std=(size * window) ** -0.5)
        self.evidence = nn.Parameter(torch.randn(EVIDENCE, window, hidden) * 0.05)
        self.elsewhere = nn.Parameter(torch.randn(ELSEWHERE, window, hidden) * 0.05)
        self.bias = nn.Parameter(torch.zeros(hidden))
        self.convention = nn.Embedding(conventions, hidden)
        nn.init.zeros_(self.convention.weight)
        layers = [nn.Linear(3 * hidden, hidden) for _ in shape.dilations]
        self.layers: Sequence[nn.Linear] = nn.ModuleList(layers)  # type: ignore[assignment]

    def forward(
        self,
        batch: Batch,
        mixture: Tensor | None = None,
        *,
        dropout: float = 0.0,
        words_dropped: tuple[int, float] | None = None,
    ) -> Tensor:
        """What is known of each token, of shape (tokens, hidden), in a mixture of the conventions.

        `words_dropped` names the end of the rows of whole words and the share of them that is
        left out, so that letters and context must do.
        """
        weights = None
        if words_dropped is not None:
            end, share = words_dropped
            words = (batch.rows >= DIRECT) & (batch.rows < end)
            weights = (~(words & (torch.rand(len(batch.rows)) < share))).float()
        vectors = F.embedding_bag(
            batch.rows,
            self.table.weight,
            batch.starts,
            mode="sum",
            sparse=True,
            per_sample_weights=weights,
        )
        vectors = F.dropout(vectors, dropout, self.training)
        window = 2 * self.shape.reach + 1
        nothing = torch.zeros(1, window, self.shape.hidden)
        seen = torch.cat(
            [
                self.first(vectors).view(-1, self.shape.hidden),
                torch.cat([nothing, self.evidence[1:]]).view(-1, self.shape.hidden),
                torch.cat([nothing, self.elsewhere[1:]]).view(-1, self.shape.hidden),
            ]
        )
        evidence = len(vectors) * window
        elsewhere = evidence + EVIDENCE * window
        parts = [batch.forms, batch.evidence, batch.elsewhere]
        # Beyond both ends of the batch stand boundaries, whose evidence is nothing.
        edge = self.shape.reach
        padded = [
            F.pad(part * window + base, (edge, edge), value=fill)
            for part, base, fill in zip(
                parts,
                (0, evidence, elsewhere),
                (int(batch.forms[0]) * window, evidence, elsewhere),
                strict=True,
            )
        ]
        count = len(batch.forms)
        places = [part[k : k + count] + k for part in padded for k in range(window)]
        hidden = F.embedding_bag(torch.stack(places, 1), seen, mode="sum") + self.bias
        if mixture is not None:
            hidden = hidden + mixture @ self.convention.weight
        inside = batch.inside[:, None]
        hidden = F.relu(hidden) * inside
        for layer, dilation in zip(self.layers, self.shape.dilations, strict=True):
            around = F.pad(F.dropout(hidden, dropout, self.training), (0, 0, dilation, dilation))
            step: Tensor = layer.bias
            for k, weight in enumerate(layer.weight.chunk(3, 1)):
                step = torch.addmm(step, around[k * dilation : k * dilation + count], weight.T)
            hidden = hidden + F.relu(step) * inside
        return hidden


class Chain(nn.Module):
    """Labels of a sentence from what is known of its tokens."""

    def __init__(self, hidden: int, conventions: int) -> None:
        super().__init__()
        self.emit = nn.Linear(hidden, len(LABELS))
        # What each convention adds to that.
        self.own = nn.Parameter(torch.zeros(conventions, len(LABELS), hidden + 1))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.start = nn.Parameter(torch.zeros(len(LABELS)))
        self.end = nn.Parameter(torch.zeros(len(LABELS)))
        never = torch.zeros(len(LABELS), len(LABELS))
        for j, label in enumerate(LABELS):
            if label[0] == "I":
                for i, before in enumerate(LABELS):
                    if before[1:] != label[1:]:
                        never[i, j] = NEVER
        self.never = never

    def emissions(self, known: Tensor, mixture: Tensor) -> Tensor:
        """Scores of the labels in a mixture of conventions."""
        own = torch.tensordot(mixture, self.own, 1)
        return F.linear(known, self.emit.weight + own[:, :-1], self.emit.bias + own[:, -1])

    def legal(self) -> tuple[Tensor, Tensor]:
        """Transitions and starts, those that no names make forbidden."""
        never = self.never
        return self.transitions + never, self.start + never[0]

    def loss(self, emissions: Tensor, labels: Tensor, inside: Tensor) -> Tensor:
        """The negative log-likelihood of each sentence: (sentences, tokens, labels) in."""
        transitions, start = self.legal()
        alpha = start + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            step = torch.logsumexp(alpha[:, :, None] + transitions, 1) + emissions[:, t]
            alpha = torch.where(inside[:, t, None], step, alpha)
        total = torch.logsumexp(alpha + self.end, 1)
        path = start[labels[:, 0]]
        path = path + (emissions.gather(2, labels[:, :, None])[:, :, 0] * inside).sum(1)
        path = path + (transitions[labels[:, :-1], labels[:, 1:]] * inside[:, 1:]).sum(1)
        last = labels.gather(1, inside.sum(1, keepdim=True) - 1)[:, 0]
        return total - path - self.end[last]
