"""Where nodes and their labels stand: the same graph, the same places."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = ["apart", "heights", "overlapping", "places"]

_STEPS: Final = 400
_SEED: Final = 7


def places(graph: nx.Graph[str], nodes: list[str], shape: float) -> Floats:
    """A place in the unit square for each node; `shape` is the width of the square by its height.

    Components share the square by their sizes; in each, those bound together stand together
    (Fruchterman and Reingold 1991), evened out so that a dense middle does not clot.
    """
    import networkx as nx  # noqa: PLC0415

    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=_size_first)
    place: dict[str, Floats] = {}
    for part, box in _boxes(parts, (0.0, 0.0, 1.0, 1.0), shape):
        left, low, wide, high = box
        at = _spread(nx.Graph(graph.subgraph(part)), part)
        if wide * shape < high:  # the longer side of what was laid out along that of the box
            at = at[:, ::-1]
        # Few nodes need not fill their box.
        span = min(0.94, 0.4 + 0.1 * len(part)) * np.array([wide, high])
        inside = (at - 0.5) * span + [left + wide / 2, low + high / 2]
        place.update(zip(part, inside, strict=True))
    return np.array([place[node] for node in nodes], dtype=float).reshape(-1, 2)


def _size_first(part: list[str]) -> tuple[int, list[str]]:
    return -len(part), part


def _boxes(
    parts: list[list[str]], box: tuple[float, float, float, float], shape: float
) -> list[tuple[list[str], tuple[float, float, float, float]]]:
    """Cuts a box (left, low, wide, high) into one for each part, as large as its size asks."""
    if len(parts) <= 1:
        return [(part, box) for part in parts]
    sizes = np.cumsum([len(part) + 1 for part in parts])
    cut = max(1, int(np.searchsorted(sizes, sizes[-1] / 2, side="right")))
    share = float(sizes[cut - 1] / sizes[-1])
    left, low, wide, high = box
    if wide * shape >= high:
        one = (left, low, wide * share, high)
        other = (left + wide * share, low, wide * (1 - share), high)
    else:
        one = (left, low + high * (1 - share), wide, high * share)
        other = (left, low, wide, high * (1 - share))
    return _boxes(parts[:cut], one, shape) + _boxes(parts[cut:], other, shape)


def _spread(graph: nx.Graph[str], nodes: list[str]) -> Floats:
    """Places of a connected graph, from 0 to 1 both ways, the longer way across."""
    import networkx as nx  # noqa: PLC0415

    if len(nodes) == 1:
        return np.full((1, 2), 0.5)
    found = nx.spring_layout(
        graph, k=2.2 / math.sqrt(len(nodes)), seed=_SEED, iterations=150, weight="strength"
    )
    at = np.array([found[node] for node in nodes], dtype=float)
    at -= at.mean(axis=0)
    across = np.linalg.eigh(at.T @ at)[1][:, ::-1]
    across *= np.where(across.sum(axis=0) < 0, -1, 1)
    at = at @ across
    span = np.ptp(at, axis=0)
    at = np.where(span > 0, (at - at.min(axis=0)) / np.where(span > 0, span, 1), 0.5)
    ranks = at.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable") / (len(nodes) - 1)
    return np.asarray(np.where(span > 0, 0.5 * at + 0.5 * ranks, 0.5))


def overlapping(centre: Floats, size: Floats) -> npt.NDArray[np.bool_]:
    """Which boxes cover each other, n by n; none covers itself."""
    hit = np.ones((len(size), len(size)), dtype=bool)
    for k in (0, 1):
        gap = np.abs(centre[:, None, k] - centre[None, :, k])
        hit &= gap < (size[:, None, k] + size[None, :, k]) / 2
    np.fill_diagonal(hit, val=False)
    return hit


def apart(centre: Floats, size: Floats) -> Floats:
    """Moves boxes within the unit square, as little as may be, until none covers another."""
    least = np.minimum(size / 2, 0.5)
    for _ in range(_STEPS):
        centre = np.clip(centre, least, 1 - least)
        one, other = np.nonzero(overlapping(centre, size))
        if not len(one):
            break
        gap = centre[one] - centre[other]
        over = (size[one] + size[other]) / 2 - np.abs(gap)
        away = np.where(gap == 0, np.where(one > other, 1, -1)[:, None], np.sign(gap))
        push = np.where(over == over.min(axis=1, keepdims=True), (over + 0.001) * away, 0)
        np.add.at(centre, one, 0.35 * push)
    return centre


def heights(wanted: Floats, gap: float, low: float, high: float) -> Floats:
    """Numbers near those wanted, in the same order, at least `gap` apart, from `low` to `high`.

    If there is no room for all, they stand as far apart as there is.
    """
    if not len(wanted):
        return wanted
    gap = min(gap, (high - low) / max(len(wanted) - 1, 1))
    order = np.argsort(wanted, kind="stable")
    free = wanted[order] - gap * np.arange(len(wanted))
    blocks: list[list[float]] = []
    for value in free:  # the nearest rising sequence, by pooling neighbours that fall
        blocks.append([float(value), 1.0])
        while len(blocks) > 1 and blocks[-2][0] >= blocks[-1][0]:
            mean, number = blocks.pop()
            before, others = blocks[-1]
            blocks[-1] = [(mean * number + before * others) / (number + others), number + others]
    level = np.concatenate([np.full(int(number), mean) for mean, number in blocks])
    level = np.clip(level, low, high - gap * (len(wanted) - 1))
    placed = np.empty(len(wanted))
    placed[order] = level + gap * np.arange(len(wanted))
    return placed
