"""Shortest ways through a network: how many lead through a node, and how long its own are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt
    from scipy import sparse

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

__all__ = ["Ways", "ways"]

#: Two ways are as long as each other if they differ by less than this share: 1/3 + 1/6 is 1/2.
_SAME: Final = 1e-12
#: From so many nodes the distances are computed at a time.
_BATCH: Final = 64


class Ways(NamedTuple):
    """For each node."""

    betweenness: Floats
    closeness: Floats


def ways(lengths: sparse.csr_array[Any, tuple[int, int]], pivots: Ints) -> Ways:
    """Betweenness and closeness by the shortest ways from `pivots` to all nodes.

    Brandes (2001) with his two sums written as matrix products: let D be the edges on shortest ways
    from a node s, outwards. The numbers of ways are the sum of all powers of D' on s, and the
    dependencies of s on the others follow from the sum of the powers of D on 1/ways; D has no
    circle, so both end after as many steps as the longest of the ways has edges. With every node a
    pivot the result is exact; with fewer, what they find is taken for all (Brandes and Pich 2007).

    Args:
        lengths: a symmetric matrix of lengths above 0.
        pivots: numbers of nodes, from 0.

    Returns:
        `betweenness`: the share of all pairs of others between which the node lies, from 0 to 1.
        `closeness`: one over the mean distance to the nodes that can be reached, times the share
        they are of all others (Wasserman and Faust 1994), as in networkx.
    """
    from scipy.sparse import csgraph  # noqa: PLC0415

    nodes = lengths.shape[0]
    starts = np.repeat(np.arange(nodes), np.diff(lengths.indptr))
    through = np.zeros(nodes)
    total, reaching = np.zeros(nodes), np.zeros(nodes)
    for first in range(0, len(pivots), _BATCH):
        batch = pivots[first : first + _BATCH]
        distances = csgraph.dijkstra(lengths, directed=True, indices=batch)
        for pivot, distance in zip(batch, distances, strict=True):
            through += _dependencies(lengths, starts, int(pivot), distance)
            reached = np.isfinite(distance)
            reached[pivot] = False
            total[reached] += distance[reached]
            reaching += reached
    share = nodes / max(len(pivots), 1) / max((nodes - 1) * (nodes - 2), 1)
    _, part = csgraph.connected_components(lengths, directed=False)
    others = np.bincount(part, minlength=1)[part] - 1
    mean = np.divide(total, reaching, out=np.full(nodes, np.inf), where=reaching > 0)
    return Ways(through * share, others / max(nodes - 1, 1) / mean)


def _dependencies(
    lengths: sparse.csr_array[Any, tuple[int, int]], starts: Ints, pivot: int, distance: Floats
) -> Floats:
    """For each node the share of shortest ways from `pivot` that lead through it, summed."""
    from scipy import sparse  # noqa: PLC0415

    ends = lengths.indices
    near, far = distance[starts], distance[ends]
    on = (near < far) & np.isfinite(far) & (near + lengths.data <= far * (1 + _SAME))
    pointers = np.concatenate([[0], np.cumsum(on)])[lengths.indptr]
    outward = sparse.csr_array(
        (np.ones(int(on.sum())), ends[on], pointers), shape=lengths.shape, copy=False
    )
    number = np.zeros(len(distance))
    number[pivot] = 1.0
    number = _powers(outward.T.tocsr(), number)
    there = number > 0
    each = np.divide(1.0, number, out=np.zeros_like(number), where=there)
    dependency = number * (_powers(outward, each) - each)
    dependency[pivot] = 0.0
    return dependency


def _powers(matrix: sparse.csr_array[Any, tuple[int, int]], vector: Floats) -> Floats:
    """The sum of all powers of a matrix without circles on a vector."""
    total = vector.copy()
    step = matrix @ vector
    while step.any():
        total += step
        step = matrix @ step
    return total
