"""A heat map of pairs, its rows in the order of a hierarchical clustering."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from nasij.plotting import canvas

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    Floats = npt.NDArray[np.float64]

__all__ = ["clustered", "draw_matrix", "other_way", "square"]

#: Measures that are 0, and those that are 1, for a pair that is together as often as by chance.
_AROUND_ZERO: Final = ("pmi", "npmi", "llr", "phi", "t", "z", "delta_p")
_AROUND_ONE: Final = ("lift", "odds_ratio", "relative_risk")
_ONE_WAY: Final = re.compile("_(b_given_a|a_given_b)$")
#: From how many on they are shown by their logarithm.
_MANY_COUNTS, _FAR_FROM_ZERO = 20, 50
#: A tree has at least two joints; cells have lines between them where they are so few.
_FEWEST, _MOST_LINED = 3, 60
_INK: Final = "#b5b5b5"


def other_way(measure: str) -> str:
    """The same measure of b and a; most are the same both ways."""
    ways = {"_b_given_a": "_a_given_b", "_a_given_b": "_b_given_a"}
    return _ONE_WAY.sub(lambda way: ways[way[0]], measure)


def square(pairs: pd.DataFrame, entities: list[str], measure: str) -> Floats:
    """A measure of row and column as a and b; nan on the diagonal and for pairs not there."""
    place = {entity: at for at, entity in enumerate(entities)}
    known = pairs[pairs["a"].isin(place) & pairs["b"].isin(place)]
    a, b = (known[side].map(place).to_numpy(dtype=int) for side in ("a", "b"))
    values = np.full((len(entities), len(entities)), np.nan)
    values[a, b] = known[measure].to_numpy(dtype=float)
    values[b, a] = known[other_way(measure)].to_numpy(dtype=float)
    # What has no bound is drawn as the most that has one.
    bounded = values[np.isfinite(values)]
    if len(bounded):
        values = np.clip(values, bounded.min(), bounded.max())
    return values


def clustered(npmi: Floats) -> Floats | None:
    """The tree of average linkage over 1 - npmi, its leaves so that neighbours are alike.

    A pair that is not there is as far as one never together (npmi -1). The order of leaves is
    the best for the tree (Bar-Joseph, Gifford and Jaakkola 2001).
    """
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415
    from scipy.spatial.distance import squareform  # noqa: PLC0415

    if len(npmi) < _FEWEST:
        return None
    distance = 1 - np.nan_to_num(npmi, nan=-1.0)
    np.fill_diagonal(distance, 0)
    tree = linkage(squareform(distance, checks=False), "average", optimal_ordering=True)
    return np.asarray(tree, dtype=float)


def draw_matrix(
    values: Floats, names: list[str], tree: Floats | None, words: dict[str, str], ax: Axes | None
) -> Axes:
    """Draws a square of values; nan is a pair that is not there, and the diagonal.

    `words` are the measure, what to call it at the bar, and a pair that is not there.
    """
    from matplotlib.patches import Patch  # noqa: PLC0415

    number = len(names)
    side = max(3.0, min(0.28 * number, 4 + 0.09 * number))
    ax = canvas.axes(ax, (side + 2.6, side + 2.0))
    shown = np.ma.masked_invalid(values)
    norm, colours = _scale(words["measure"], shown)
    # Lines between the cells, as long as the cells are large.
    line = 0.6 if number <= _MOST_LINED else 0.0
    mesh = ax.pcolormesh(shown, norm=norm, cmap=colours, edgecolors="white", linewidth=line)
    ax.plot([0, number], [0, number], color=_INK, linewidth=0.8)
    ax.set(xlim=(0, number), ylim=(number, 0), aspect="equal")
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[:].set_color(_INK)
    _bar(ax, mesh, words["bar"])
    if tree is not None:
        _branches(ax, tree)
    absent = Patch(facecolor="white", edgecolor=_INK, label=words["absent"])
    ax.legend(
        handles=[absent], loc="upper left", bbox_to_anchor=(0, 0), frameon=False, borderaxespad=0.3
    )
    ax.tick_params(axis="x", rotation=90)
    canvas.fit((ax.xaxis, ax.yaxis), names)
    return ax


def _scale(measure: str, shown: np.ma.MaskedArray[Any, Any]) -> tuple[Normalize, Any]:
    """How values become colours: from the middle of chance, or from few to many."""
    from matplotlib.colors import CenteredNorm, LogNorm, Normalize, SymLogNorm  # noqa: PLC0415

    if not shown.count():
        return Normalize(0, 1), canvas.sequential()
    low, high = float(shown.min()), float(shown.max())
    far = max(abs(low), abs(high)) or 1.0
    kind = re.sub("_(low|high)$", "", _ONE_WAY.sub("", measure))
    if kind in _AROUND_ONE and low > 0:
        far = max(high, 1 / low, 1.01)
        return LogNorm(1 / far, far), canvas.diverging()
    if kind in _AROUND_ZERO:
        if far > _FAR_FROM_ZERO:
            return SymLogNorm(10, vmin=-far, vmax=far, base=10), canvas.diverging()
        return CenteredNorm(0, far), canvas.diverging()
    if measure == "count" and high > _MANY_COUNTS:
        return LogNorm(max(low, 1), high), canvas.sequential()
    return Normalize(min(low, 0), high if high > low else low + 1), canvas.sequential()


def _bar(ax: Axes, mesh: ScalarMappable, what: str) -> None:
    bar = ax.figure.colorbar(
        mesh, ax=ax, location="bottom", shrink=0.45, fraction=0.03, pad=0.02, anchor=(1.0, 1.0)
    )
    bar.set_label(what)
    bar.outline.set_visible(False)


def _branches(ax: Axes, tree: Floats) -> None:
    """Draws the tree to the right of the rows."""
    from scipy.cluster.hierarchy import dendrogram  # noqa: PLC0415

    drawn = dendrogram(tree, no_plot=True)
    beside = ax.inset_axes((1.005, 0, 0.1, 1), sharey=ax)
    for along, up in zip(drawn["dcoord"], drawn["icoord"], strict=True):
        beside.plot(along, np.array(up) / 10, color="#777777", linewidth=0.7)
    beside.set_axis_off()
    beside.set_xlim(left=0)
