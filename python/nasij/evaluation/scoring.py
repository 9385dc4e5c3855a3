"""Precision, recall and F1 out of counts, and how sure they are."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij import tables

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = ["MEASURES", "Bootstrap", "reliability_table", "scores_table", "shares_table"]

MEASURES: Final = ("precision", "recall", "f1")
_BINS: Final = 10


class Bootstrap(NamedTuple):
    """How intervals are made: of so many resamples, with this seed, covering this share."""

    resamples: int
    seed: int
    confidence: float


def scores_table(counts: Floats, types: list[str], bootstrap: Bootstrap | None) -> pd.DataFrame:
    """One row a type, then micro and macro.

    Args:
        counts: units by types by gold, predicted and correct mentions.
        types: their names.
        bootstrap: None leaves the intervals out.
    """
    total = counts.sum(axis=0, dtype=np.float64)
    shown = np.vstack([total, total.sum(axis=0), total.sum(axis=0)])
    table = pd.DataFrame({"type": tables.texts([*types, "micro", "macro"])})
    for name, column in zip(("gold", "predicted", "correct"), shown.T, strict=True):
        table[name] = column.astype(np.int64)
    values = _measures(total[None])[0]
    low, high = np.full_like(values, np.nan), np.full_like(values, np.nan)
    if bootstrap is not None:
        low, high = _intervals(counts, bootstrap)
    for place, name in enumerate(MEASURES):
        table[name] = values[:, place]
        table[f"{name}_low"] = low[:, place]
        table[f"{name}_high"] = high[:, place]
    return table


def _measures(sums: Floats) -> Floats:
    """From samples by types by counts to samples by types, micro and macro by measures."""
    sums = np.concatenate([sums, sums.sum(axis=1, keepdims=True)], axis=1)
    gold, predicted, correct = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(invalid="ignore"):
        values = np.stack(
            [correct / predicted, correct / gold, 2 * correct / (gold + predicted)], axis=-1
        )
    by_type = values[:, :-1]
    defined = ~np.isnan(by_type)
    with np.errstate(invalid="ignore"):
        macro = np.where(defined, by_type, 0).sum(axis=1) / defined.sum(axis=1)
    return np.concatenate([values, macro[:, None]], axis=1)


def _intervals(counts: Floats, bootstrap: Bootstrap) -> tuple[Floats, Floats]:
    units, types, kinds = counts.shape
    flat = counts.reshape(units, types * kinds).astype(np.float64)
    random = np.random.default_rng(bootstrap.seed)
    sums = np.empty((bootstrap.resamples, types * kinds))
    for sample in range(bootstrap.resamples):
        times = np.bincount(random.integers(0, units, units), minlength=units)
        sums[sample] = times.astype(np.float64) @ flat
    values = _measures(sums.reshape(bootstrap.resamples, types, kinds))
    tail = (1 - bootstrap.confidence) / 2
    with warnings.catch_warnings():
        # A type that is nowhere predicted has no precision in any resample.
        warnings.simplefilter("ignore", RuntimeWarning)
        low, high = np.nanquantile(values, [tail, 1 - tail], axis=0)
    return low, high


def shares_table(name: str, groups: Iterable[Any], right: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """The share of right mentions in each group, the largest first; None is no group."""
    codes, names = pd.factorize(np.array(list(groups), dtype=object))
    mentions = np.bincount(codes[codes >= 0], minlength=len(names))
    correct = np.bincount(codes[right & (codes >= 0)], minlength=len(names))
    order = np.argsort(-mentions, kind="stable")
    table = pd.DataFrame({name: tables.texts(names), "mentions": mentions, "correct": correct})
    return table.assign(right=correct / mentions).iloc[order].reset_index(drop=True)


def reliability_table(scores: Floats, right: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Scores in ten bins of one width, and the share of right mentions in each that has any."""
    known = ~np.isnan(scores)
    scores, right = scores[known], right[known]
    # 0.8 of four bytes is a little more, and 1 belongs to the last bin.
    place = np.minimum((np.round(scores, 6) * _BINS).astype(np.int64), _BINS - 1)
    mentions = np.bincount(place, minlength=_BINS)
    filled = np.flatnonzero(mentions)
    mean = np.bincount(place, scores, _BINS)[filled] / mentions[filled]
    correct = np.bincount(place, right, _BINS)[filled].astype(np.int64)
    return pd.DataFrame(
        {
            "low": filled / _BINS,
            "high": (filled + 1) / _BINS,
            "mentions": mentions[filled],
            "score": mean,
            "correct": correct,
            "right": correct / mentions[filled],
        }
    )
