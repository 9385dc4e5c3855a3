"""The network of entities: colour the type or community, area the mentions, width the weight."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from nasij.graph import COLOURS, louvain
from nasij.plotting import canvas
from nasij.plotting.labels import families, label
from nasij.plotting.layout import apart, overlapping, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx
    import numpy.typing as npt
    from matplotlib.axes import Axes
    from matplotlib.text import Text

__all__ = ["communities", "draw_network"]

_SIZE: Final = (11.0, 8.0)
#: How much of the picture labels and nodes may cover.
_FILL: Final = 0.2
_SMALLEST, _LARGEST = 7.5, 11.5
_SHRINK: Final = (1.0, 0.85, 0.7, 0.58)
_THIN, _THICK = 0.4, 6.0
#: More lines are drawn fainter, so that the heavy ones show; more in the legend take two rows.
_MANY_LINES, _FAINT, _FAINTER = 150, 0.45, 0.2
_LEGEND: Final = 7


def draw_network(
    graph: nx.Graph[str],
    groups: dict[str, list[str]],
    weight: str | tuple[str, str],
    ax: Axes | None,
) -> Axes:
    """Draws a graph whose nodes have name, type and mentions, and whose edges have a weight.

    `groups` are the communities to colour by, each under its name; none, to colour by type.
    `weight` is the measure, or what is counted, of one and of several.
    """
    from matplotlib.patheffects import withStroke  # noqa: PLC0415

    nodes = sorted(graph, key=lambda node: (-graph.nodes[node]["mentions"], node))
    mentions = np.array([graph.nodes[node]["mentions"] for node in nodes], dtype=float)
    share = mentions / mentions.max()
    areas = 50 + 850 * share
    kinds, colours = _colours(graph, nodes, groups)
    mine, ax = ax is None, canvas.axes(ax, _SIZE)
    ax.set_axis_off()
    ax.set(xlim=(0, 1), ylim=(0, 1))
    sizes = _SMALLEST + (_LARGEST - _SMALLEST) * np.sqrt(share)
    halo = [withStroke(linewidth=2, foreground="white", alpha=0.8)]
    words = [
        ax.text(0.5, 0.5, label(graph.nodes[node]["name"]), fontsize=size)
        for node, size in zip(nodes, sizes, strict=True)
    ]
    for word in words:
        word.set(ha="center", va="top", zorder=3, fontfamily=families(), path_effects=halo)
    edges: list[tuple[str, str, float]] = sorted(
        graph.edges(data="weight"), key=lambda edge: abs(edge[2])
    )
    heaviest = max((abs(edge[2]) for edge in edges), default=1) or 1
    _legend(ax, colours, _widths(edges, heaviest), weight)
    if mine:
        _grow(ax, words, areas)
    for edge in graph.edges:
        graph.edges[edge]["strength"] = math.sqrt(abs(graph.edges[edge]["weight"]) / heaviest)
    at = _placed(graph, nodes, words, areas, ax)
    _lines(ax, dict(zip(nodes, at, strict=True)), edges, heaviest, _inside(kinds, groups, colours))
    drawn = [colours[kinds[node]] for node in nodes]
    ax.scatter(at[:, 0], at[:, 1], s=areas, c=drawn, edgecolors="white", zorder=2)
    return ax


def communities(graph: nx.Graph[str]) -> dict[str, list[str]]:
    """The communities of a graph, the largest first, named by their most mentioned members."""
    number = louvain(graph)
    groups: dict[int, list[str]] = {}
    for node in sorted(graph, key=lambda node: (-graph.nodes[node]["mentions"], node)):
        groups.setdefault(number[node], []).append(node)
    named = [groups[place] for place in sorted(groups)]
    return {"، ".join(graph.nodes[node]["name"] for node in part[:2]): part for part in named}


def _colours(
    graph: nx.Graph[str], nodes: list[str], groups: dict[str, list[str]]
) -> tuple[dict[str, str], dict[str, str]]:
    """What each node is by colour, and the colour of each such kind, in the legend's order."""
    if not groups:
        kinds = {node: canvas.TYPE_NAMES[graph.nodes[node]["type"]] for node in nodes}
        colours = {canvas.TYPE_NAMES[kind]: colour for kind, colour in COLOURS.items()}
    else:
        kinds = {node: name for name, members in groups.items() for node in members}
        colours = dict(zip(groups, canvas.LINES, strict=False))
        kinds = {node: kinds[node] if kinds[node] in colours else "others" for node in nodes}
        colours["others"] = canvas.GREY
    seen = set(kinds.values())
    return kinds, {kind: colour for kind, colour in colours.items() if kind in seen}


def _inside(
    kinds: dict[str, str], groups: dict[str, list[str]], colours: dict[str, str]
) -> dict[str, tuple[str, str]]:
    """The community and colour of each node whose lines to its own are coloured."""
    return {node: (kind, colours[kind]) for node, kind in kinds.items() if groups}


def _widths(edges: Sequence[tuple[str, str, float]], heaviest: float) -> dict[float, float]:
    """The weights that the legend shows, with their widths."""
    if not edges:
        return {}
    shown = dict.fromkeys((abs(edges[0][2]), abs(edges[-1][2])))
    return {value: _THIN + (_THICK - _THIN) * value / heaviest for value in shown}


def _legend(
    ax: Axes,
    colours: dict[str, str],
    widths: dict[float, float],
    weight: str | tuple[str, str],
) -> None:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    handles: list[Any] = [
        Line2D([], [], marker="o", linestyle="", markersize=8, color=colour, label=label(kind))
        for kind, colour in colours.items()
    ]
    handles += [
        Line2D([], [], color="#999999", linewidth=width, label=_weighed(weight, value))
        for value, width in widths.items()
    ]
    ax.legend(
        handles=handles,
        frameon=False,
        loc="upper left",
        bbox_to_anchor=(0, 0),
        ncols=_LEGEND if len(handles) <= _LEGEND else _LEGEND // 2 + 1,
        prop={"family": families(), "size": 9},
        borderaxespad=0.2,
    )


def _weighed(weight: str | tuple[str, str], value: float) -> str:
    if isinstance(weight, str):
        return f"{weight} {value:.3g}"
    return f"{value:,.0f} {weight[value != 1]}"


def _grow(ax: Axes, words: list[Text], areas: npt.NDArray[np.float64]) -> None:
    """Makes the figure as large as its labels ask."""
    figure = canvas.root(ax)
    covered = float(_boxes(words, areas, figure.dpi).prod(axis=1).sum()) / figure.dpi**2
    across, up = _SIZE
    scale = max(1.0, math.sqrt(covered / _FILL / (across * up)))
    figure.set_size_inches(across * scale, up * scale)


def _boxes(
    words: list[Text], areas: npt.NDArray[np.float64], dpi: float
) -> npt.NDArray[np.float64]:
    """Width and height in pixels of each node with its label below."""
    extents = [word.get_window_extent() for word in words]
    across = np.sqrt(areas) * dpi / 72
    wide = np.maximum([box.width for box in extents], across) + 4
    return np.column_stack([wide, np.array([box.height for box in extents]) + across + 4])


def _placed(
    graph: nx.Graph[str],
    nodes: list[str],
    words: list[Text],
    areas: npt.NDArray[np.float64],
    ax: Axes,
) -> npt.NDArray[np.float64]:
    """Places nodes and labels so that no label covers another or a node.

    In axes too small for them labels shrink, and at last those of the least mentioned are hidden.
    """
    figure = canvas.root(ax)
    figure.draw_without_rendering()
    frame = ax.get_window_extent()
    pixels = np.array([frame.width, frame.height])
    start = places(graph, nodes, frame.width / frame.height)
    sizes = [float(word.get_fontsize()) for word in words]
    for shrink in _SHRINK:
        for word, size in zip(words, sizes, strict=True):
            word.set_fontsize(size * shrink)
        boxes = _boxes(words, areas, figure.dpi) / pixels
        centre = apart(start.copy(), boxes)
        hit = overlapping(centre, boxes)
        if not hit.any():
            break
    # The nodes are in the order of their mentions.
    for row in np.flatnonzero(hit.any(axis=1)):
        if hit[row, :row].any():
            words[row].set_visible(False)
            hit[row], hit[:, row] = False, False
    across = np.sqrt(areas) * figure.dpi / 72 / pixels[1]
    at = centre.copy()
    at[:, 1] += (boxes[:, 1] - across) / 2
    for word, (x, y), radius in zip(words, at, across / 2, strict=True):
        word.set_position((x, y - radius))
    return at


def _lines(
    ax: Axes,
    place: dict[str, npt.NDArray[np.float64]],
    edges: Sequence[tuple[str, str, float]],
    heaviest: float,
    inside: dict[str, tuple[str, str]],
) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415
    from matplotlib.colors import to_rgba  # noqa: PLC0415

    colours, widths = [], []
    faint = _FAINT if len(edges) <= _MANY_LINES else _FAINTER
    for a, b, weight in edges:
        share = abs(weight) / heaviest
        same = inside and inside[a] == inside[b]
        alpha = faint + (0.85 - faint) * math.sqrt(share)
        colours.append(to_rgba(inside[a][1] if same else "#a0a0a0", alpha * (0.7 if same else 1)))
        widths.append(_THIN + (_THICK - _THIN) * share)
    ends = [(place[a], place[b]) for a, b, _ in edges]
    lines = LineCollection(ends, colors=colours, linewidths=widths, capstyle="round", zorder=1)
    ax.add_collection(lines, autolim=False)
