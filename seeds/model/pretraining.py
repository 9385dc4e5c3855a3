"""Learning words and contexts from news that nobody annotated.

A word is hidden and guessed from what stands about it, among others drawn by frequency (Mikolov et
al. 2013; Devlin et al. 2019; sampled softmax by Jean et al. 2015); so is what the lexicon and the
rules say of it: thus the network learns where names of each type stand.
"""

from __future__ import annotations

import dataclasses
import time

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from inputs import Inputs, Rows, Vocabulary, apart
from network import EVIDENCE, Encoder
from optimizer import Optimizer
from torch import nn


@dataclasses.dataclass(frozen=True)
class Plan:
    """How long, and with what."""

    steps: int = 6000
    tokens: int = 8192  # of a batch
    guessed: int = 30_000  # words that can be guessed
    drawn: int = 1024  # words drawn against which to guess
    hidden: float = 0.16  # share of the words hidden
    hidden_names: float = 0.3  # share of those in names
    rate: float = 2e-3
    table_rate: float = 4e-3
    seed: int = 1


# Types and places in the name that evidence tells: none, or five types, first or later word.
KINDS = 11


def pretrain(  # noqa: PLR0915  (one loop, and what it needs)
    encoder: Encoder, vocabulary: Vocabulary, inputs: Inputs, plan: Plan
) -> None:
    """Trains the encoder."""
    torch.manual_seed(plan.seed)
    rng = np.random.default_rng(plan.seed)
    shape = encoder.shape
    rows: Rows = vocabulary.rows_of(inputs)
    frequency = np.bincount(inputs.form, minlength=len(inputs.forms) - 1)
    guessed = np.argsort(-frequency, kind="stable")[: plan.guessed]
    word = np.full(len(inputs.forms) - 1, -1)
    word[guessed] = np.arange(len(guessed))
    chance = frequency[guessed] ** 0.75
    chance = chance / chance.sum()
    cumulative = chance.cumsum()
    log_chance = torch.from_numpy(np.log(chance)).float()
    codes = np.arange(EVIDENCE) - 1
    kind = np.where(codes < 0, 0, 1 + codes // 2 % 5 * 2 + codes % 2)

    ask = nn.Linear(shape.hidden, shape.size)
    answers = nn.Embedding(len(guessed), shape.size, sparse=True)
    nn.init.normal_(answers.weight, std=0.05)
    prior = nn.Embedding(len(guessed), 1, sparse=True)
    nn.init.zeros_(prior.weight)
    kinds = nn.Linear(shape.hidden, KINDS)
    optimizer = Optimizer(
        [*encoder.parameters(), *ask.parameters(), *kinds.parameters()],
        [encoder.table.weight, answers.weight, prior.weight],
        plan.rate,
        plan.table_rate,
    )

    forms, evidence, elsewhere = apart(inputs, shape)
    blocks = len(forms) // plan.tokens
    order = rng.permutation(blocks)
    began, told = time.monotonic(), []
    encoder.train()
    for step in range(plan.steps):
        if step and step % blocks == 0:
            order = rng.permutation(blocks)
        at = int(order[step % blocks]) * plan.tokens
        part = slice(at, at + plan.tokens)
        form, found, found_elsewhere = forms[part], evidence[part], elsewhere[part]
        share = np.where(found > 0, plan.hidden_names, plan.hidden)
        hide = (rng.random(len(form)) < share) & (form >= 0)
        seen = np.where(hide, -1, form)
        # Outside the block stand boundaries.
        seen[: shape.padding] = -2
        hide &= seen == -1
        batch = rows.batch(
            shape, seen, np.where(seen < 0, 0, found), np.where(seen < 0, 0, found_elsewhere)
        )
        known = encoder(batch, dropout=0.1, words_dropped=(vocabulary.end_of_words, 0.1))
        known = known[torch.from_numpy(np.flatnonzero(hide))]
        kind_loss = F.cross_entropy(kinds(known), torch.from_numpy(kind[found[hide]]))
        target = torch.from_numpy(word[form[hide]])
        listed = target >= 0
        target = target[listed]
        drawn = torch.from_numpy(
            np.searchsorted(cumulative, rng.random(plan.drawn)).clip(max=len(guessed) - 1)
        )
        candidates = torch.cat([target, drawn])
        scores = F.linear(ask(known[listed]), answers(candidates), prior(candidates)[:, 0])
        scores = scores - log_chance[candidates]
        own = torch.arange(len(target))
        again = candidates[None, :] == target[:, None]
        again[own, own] = False
        word_loss = F.cross_entropy(scores.masked_fill(again, -1e4), own)
        optimizer.step(word_loss + kind_loss, step, plan.steps)
        told.append((word_loss.item(), kind_loss.item()))
        if (step + 1) % 200 == 0:
            words, names = np.mean(told[-200:], 0)
            seconds = time.monotonic() - began
            print(
                f"  {step + 1} steps, {seconds:.0f} s: words {words:.3f}, names {names:.3f}",
                flush=True,
            )
