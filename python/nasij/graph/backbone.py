"""Which edges are more than chance leaves: the disparity filter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["disparity"]


def disparity(
    source: npt.NDArray[np.int64],
    target: npt.NDArray[np.int64],
    weight: npt.NDArray[np.float64],
    nodes: int,
) -> npt.NDArray[np.float64]:
    """How likely an edge at least so heavy is if its node shared out its weight at random.

    A node with k edges of total weight s breaks s at random into k parts; a part of at least w has
    the probability (1 - w/s)^(k-1) (Serrano, Boguñá and Vespignani 2009, "Extracting the multiscale
    backbone of complex weighted networks", PNAS 106, equation 2). An edge has two ends; the smaller
    of the two probabilities is given. An end that is a node's only edge tells nothing: 1.

    Args:
        source: for each edge the number of its one node, from 0.
        target: that of its other.
        weight: its weight, above 0.
        nodes: how many nodes there are.

    Returns:
        For each edge its alpha, from 0 to 1. Edges below a chosen level are the backbone.

    Example:
        >>> import numpy as np
        >>> star = np.zeros(3, dtype=np.int64), np.arange(1, 4)
        >>> disparity(*star, np.array([8.0, 1.0, 1.0]), 4).round(4).tolist()
        [0.04, 0.81, 0.81]
    """
    ends = np.concatenate([source, target])
    degree = np.bincount(ends, minlength=nodes)
    # In parts of the heaviest, so that no sum overflows.
    part = weight / weight.max(initial=1.0)
    strength = np.bincount(ends, np.concatenate([part, part]), minlength=nodes)

    def at(end: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        others = np.maximum(strength[end] - part, 0.0)
        return np.where(degree[end] == 1, 1.0, (others / strength[end]) ** (degree[end] - 1))

    return np.minimum(at(source), at(target))
