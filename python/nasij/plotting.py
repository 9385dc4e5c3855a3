"""Pictures with Arabic labels: the network of names, and names over time.

matplotlib joins and orders Arabic letters itself from 3.11; for older ones arabic-reshaper and
python-bidi prepare the labels.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.arguments import one_of
from nasij.graph import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from nasij.analysis import Analysis

__all__ = ["Plot", "label"]

_LINES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
_STYLES: Final = ("-", "--", ":", "-.")
_TYPE_NAMES: Final = {
    "PER": "people",
    "ORG": "organisations",
    "LOC": "places",
    "MISC": "other names",
    "NORP": "nationalities",
}
_SHAPES_ITSELF: Final = (3, 11)
_STEPS: Final = 300


def label(text: str) -> str:
    """The text as this matplotlib must be given it to draw Arabic rightly.

    Raises:
        ImportError: this matplotlib is old and the libraries that prepare Arabic are not there.
    """
    import matplotlib as mpl  # noqa: PLC0415

    if tuple(int(part) for part in mpl.__version__.split(".")[:2]) >= _SHAPES_ITSELF:
        return text
    try:
        import arabic_reshaper  # noqa: PLC0415
        from bidi.algorithm import get_display  # noqa: PLC0415
    except ImportError as error:
        msg = "Arabic labels in matplotlib before 3.11 need more: pip install nasij[plot]"
        raise ImportError(msg) from error
    return str(get_display(arabic_reshaper.reshape(text)))


class Plot:
    """Pictures of one analysis; ``analysis.plot``. Each method returns matplotlib axes."""

    __slots__ = ("_analysis",)

    def __init__(self, analysis: Analysis) -> None:
        """Used as ``analysis.plot``."""
        self._analysis = analysis

    def network(
        self,
        top: int = 25,
        ax: Axes | None = None,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = ("PER", "ORG", "LOC", "MISC"),
        min_count: int = 2,
        weight: str = "count",
    ) -> Axes:
        """Draws who appears with whom.

        Args:
            top: how many entities, those with the most weight on their edges.
            ax: where to draw; None makes a new figure.
            unit: as for `Analysis.counts`.
            types: as for `Analysis.counts`; nationality adjectives are left out unless asked for.
            min_count: only pairs seen together in at least so many units.
            weight: the measure that the width of a line shows.

        Returns:
            The axes. Colour is the type, area the number of mentions, width the weight.
        """
        whole = self._analysis.network(unit, types, min_count, weight)
        strength = dict(whole.degree(weight="weight"))
        chosen = sorted(whole, key=lambda node: (-strength[node], node))[:top]
        graph = whole.subgraph(chosen)
        ax = _axes(ax, (11, 8))
        ax.set_axis_off()
        if not chosen:
            ax.text(0.5, 0.5, f"no pair occurs {min_count} times", ha="center", va="center")
            return ax
        _draw(graph, chosen, ax)
        return ax

    def timeline(
        self,
        entities: str | Iterable[str] | None = None,
        freq: str = "M",
        unit: str = "mentions",
        ax: Axes | None = None,
    ) -> Axes:
        """Draws how often entities are mentioned over time.

        Args:
            entities: ids or names; None takes the five most mentioned.
            freq: as for `Analysis.timeline`. A period without a mention is drawn as zero.
            unit: "mentions", or "documents" that mention the entity.
            ax: where to draw; None makes a new figure.

        Returns:
            The axes.
        """
        column = {"mentions": "mentions", "documents": "docs"}[
            one_of("unit", unit, ("mentions", "documents"))
        ]
        if entities is None:
            entities = self._analysis.entities["entity"].head(5).tolist()
        table = self._analysis.timeline(entities, freq)
        ax = _axes(ax, (10, 4.5))
        ax.set_ylabel(unit)
        ax.spines[["top", "right"]].set_visible(False)
        if table.empty:
            ax.text(0.5, 0.5, "no dated mentions", ha="center", transform=ax.transAxes)
            return ax
        grid = table.pivot_table(index="period", columns="entity", values=column, aggfunc="sum")
        every = pd.period_range(grid.index.min(), grid.index.max(), freq=freq)
        grid = grid.reindex(every).fillna(0)
        days = every.to_timestamp().to_numpy()
        names = dict(zip(table["entity"], table["name"], strict=True))
        for place, entity in enumerate(grid.sum().sort_values(ascending=False).index):
            ax.plot(
                days,
                grid[entity].to_numpy(),
                color=_LINES[place % len(_LINES)],
                linestyle=_STYLES[place // len(_LINES) % len(_STYLES)],
                marker="o",
                markersize=3,
                label=label(names[entity]),
            )
        ax.set_ylim(bottom=0)
        ax.grid(axis="y", alpha=0.3)
        ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(1.01, 1))
        ax.figure.autofmt_xdate()
        return ax


def _axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415
    except ImportError as error:
        msg = "pictures need matplotlib: pip install nasij[plot]"
        raise ImportError(msg) from error
    return plt.subplots(figsize=size, layout="constrained")[1]


def _draw(graph: nx.Graph[str], chosen: list[str], ax: Axes) -> None:
    most = max(graph.nodes[node]["mentions"] for node in chosen)
    areas = np.array([60 + 840 * graph.nodes[node]["mentions"] / most for node in chosen])
    at = _layout(graph, chosen)
    ax.set(xlim=(0, 1), ylim=(0, 1))
    words = [
        ax.text(0, 0, label(graph.nodes[node]["name"]), ha="center", va="top", fontsize=10)
        for node in chosen
    ]
    at = _apart(at, words, areas, ax)
    place = {node: at[i] for i, node in enumerate(chosen)}
    edges: list[tuple[str, str, float]] = list(graph.edges(data="weight"))
    heaviest = max((abs(weight) for _, _, weight in edges), default=1) or 1
    for a, b, weight in edges:
        (x, y), (to_x, to_y) = place[a], place[b]
        width = 0.4 + 5 * abs(weight) / heaviest
        ax.plot([x, to_x], [y, to_y], color="#bbbbbb", lw=width, alpha=0.6, zorder=1)
    types = [graph.nodes[node]["type"] for node in chosen]
    for kind in dict.fromkeys(types):
        mine = np.array([name == kind for name in types])
        ax.scatter(
            at[mine, 0],
            at[mine, 1],
            s=areas[mine],
            c=COLOURS[kind],
            edgecolors="white",
            label=_TYPE_NAMES[kind],
            zorder=2,
        )
    per_point = _per_pixel(ax)[1] * ax.figure.dpi / 72
    for word, (x, y), area in zip(words, at, areas, strict=True):
        word.set_position((x, y - math.sqrt(area) / 2 * per_point))
        word.set_bbox({"facecolor": "white", "alpha": 0.7, "pad": 0.5, "linewidth": 0})
        word.set_zorder(3)
    legend = ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, 0), ncols=5)
    for handle in legend.legend_handles:
        if handle is not None and hasattr(handle, "set_sizes"):
            handle.set_sizes([60])


def _layout(graph: nx.Graph[str], chosen: list[str]) -> npt.NDArray[np.float64]:
    """Places in the unit square: components side by side, each as wide as its size asks."""
    import networkx as nx  # noqa: PLC0415

    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: -len(p))
    widths = np.sqrt([len(part) for part in parts])
    edges = np.concatenate([[0], np.cumsum(widths / widths.sum())])
    place: dict[str, npt.NDArray[np.float64]] = {}
    for part, left, right in zip(parts, edges[:-1], edges[1:], strict=True):
        inner = nx.spring_layout(
            graph.subgraph(part), k=2.2 / math.sqrt(len(part)), seed=7, iterations=200
        )
        at = np.array([inner[node] for node in part], dtype=float)
        spread = np.ptp(at, axis=0)
        at = np.where(spread > 0, (at - at.min(axis=0)) / np.where(spread > 0, spread, 1), 0.5)
        at = at * [(right - left) * 0.84, 0.88] + [left + (right - left) * 0.08, 0.06]
        place.update(zip(part, at, strict=True))
    return np.array([place[node] for node in chosen], dtype=float)


def _per_pixel(ax: Axes) -> npt.NDArray[np.float64]:
    """How much of the axes (0 to 1) a pixel is, across and up."""
    box = ax.get_window_extent()
    return np.array([1 / box.width, 1 / box.height])


def _apart(
    at: npt.NDArray[np.float64], words: list[Text], areas: npt.NDArray[np.float64], ax: Axes
) -> npt.NDArray[np.float64]:
    """Moves nodes until no label covers another label or node."""
    figure: Any = ax.figure
    figure.draw_without_rendering()
    per_pixel = _per_pixel(ax)
    extents = [word.get_window_extent() for word in words]
    across = np.sqrt(areas) * figure.dpi / 72
    wide = np.maximum([box.width for box in extents], across) * per_pixel[0] + 0.006
    high = (np.array([box.height for box in extents]) + across) * per_pixel[1] + 0.006
    size = np.column_stack([wide, high])
    drop = np.column_stack([np.zeros(len(at)), (high - across * per_pixel[1]) / 2])
    centre = at - drop
    for _ in range(_STEPS):
        gap = centre[:, None, :] - centre[None, :, :]
        overlap = (size[:, None, :] + size[None, :, :]) / 2 - np.abs(gap)
        hit = (overlap > 0).all(axis=2)
        np.fill_diagonal(hit, val=False)
        if not hit.any():
            break
        axis = overlap.argmin(axis=2)
        order = np.where(np.arange(len(at))[:, None] > np.arange(len(at))[None, :], 1, -1)
        for k in (0, 1):
            away = np.where(gap[:, :, k] == 0, order, np.sign(gap[:, :, k]))
            push = np.where(hit & (axis == k), overlap[:, :, k] * away, 0)
            centre[:, k] += 0.3 * push.sum(axis=1)
        centre = np.clip(centre, size / 2, 1 - size / 2)
    return np.asarray(centre + drop)
