"""Adam (Kingma and Ba 2015) over weights that all change and over rows of which few do."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn

WARM_UP, LEAST = 100, 0.03


class Optimizer:
    """Two rates, risen over the first steps and let fall to the last."""

    def __init__(
        self,
        parameters: Iterable[Tensor],
        tables: Iterable[Tensor],
        rate: float,
        table_rate: float,
    ) -> None:
        tables = list(tables)
        apart = {id(table) for table in tables}
        self.dense = [p for p in parameters if id(p) not in apart]
        self.optimizers = [
            (torch.optim.Adam(self.dense, lr=rate), rate),
            (torch.optim.SparseAdam(tables, lr=table_rate), table_rate),
        ]

    def step(self, loss: Tensor, step: int, steps: int) -> None:
        """One step of `steps` down the loss."""
        share = min(1.0, (step + 1) / WARM_UP) * max(LEAST, 1 - step / steps)
        for optimizer, _ in self.optimizers:
            optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.dense, 5.0)
        for optimizer, rate in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate * share
            optimizer.step()
