"""What a tie weighs: any measure of a pair, as a number above 0."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from nasij._nasij import Counts
from nasij.arguments import one_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check_weight", "needed", "weigh"]

#: The less, the stronger; or nothing about how strong a tie is.
_NO_WEIGHTS: Final = ("expected", "p", "p_greater", "q", "few")
#: Above 0 whenever the two meet: no tells more from less than by chance.
_OVERLAP: Final = ("count", "dice", "logdice", "jaccard", "cosine", "min_sensitivity")
#: At most 0; so many times log2(total) more is the form over counts.
_SHIFTED: Final = {"pmi2": 1, "pmi3": 2}
_DIRECTIONS: Final = ("b_given_a", "a_given_b")


def check_weight(weight: str) -> str:
    """A measure that can be a weight."""
    known = ["count", *(name for name in Counts.columns() if name not in (*_NO_WEIGHTS, "count"))]
    return one_of("weight", weight, known)


def needed(weight: str) -> list[str]:
    """The measures that `weigh` looks at."""
    return ["expected", *_both(weight)]


def _both(weight: str) -> tuple[str, ...]:
    """A measure that has a direction in both of them."""
    stem = weight.removesuffix(_DIRECTIONS[0]).removesuffix(_DIRECTIONS[1])
    return (weight,) if stem == weight else tuple(stem + way for way in _DIRECTIONS)


def weigh(pairs: pd.DataFrame, weight: str) -> pd.Series:
    """The weights of those pairs that are ties.

    A tie has a weight above 0 and, by all measures but those of overlap, is seen more often than
    expected by chance. Ties have no direction: of a measure in both directions the smaller counts.
    An infinite weight, that of a table with an empty cell, is the largest of the others (1, if
    there is none). pmi2 and pmi3, which are never above 0, are taken over counts.
    """
    values = pairs[list(_both(weight))].astype(np.float64).min(axis=1)
    if weight in _SHIFTED:
        # The total that chance was reckoned with, larger where groups hold the two apart.
        total = pairs["a_count"] * (pairs["b_count"] / pairs["expected"])
        values += _SHIFTED[weight] * np.log2(total)
    tied = values > 0
    if weight not in _OVERLAP:
        tied &= pairs["count"] > pairs["expected"]
    values = values[tied]
    endless = np.isposinf(values)
    largest = values[~endless].max() if not endless.all() else 1.0
    return values.mask(endless, largest)
