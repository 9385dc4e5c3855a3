"""One pair from all sides: over time, against chance, by source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij.plotting import canvas
from nasij.plotting.labels import families, label
from nasij.plotting.timeline import dates, edges_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

__all__ = ["Pair", "PairAxes", "draw_pair"]

_SIZE: Final = (11.0, 7.0)
_BLUE, _RED = canvas.LINES[0], canvas.LINES[1]
_NONE: Final = "#efefef"
_SOURCES: Final = 8
#: From this many standard deviations from chance on a cell has its full colour.
_FULL: Final = 10.0
_TEN, _SMALL = 9.95, 0.001
#: An interval from fewer stories is none.
_FEWEST: Final = 5


class PairAxes(NamedTuple):
    """The parts of the picture of a pair: over time, the four cells, by source."""

    time: Axes
    cells: Axes
    sources: Axes


class Pair(NamedTuple):
    """What is drawn of a pair."""

    names: tuple[str, str]
    #: What is counted, of one and of several.
    words: tuple[str, str]
    #: both, a_only, b_only, neither, total, expected, lift, lift_low, lift_high, clusters, p, q.
    numbers: Mapping[str, float]
    #: By period count and expected, missing where there are no documents.
    series: pd.DataFrame
    #: How many of what is counted by source, the most first.
    sources: pd.Series


def draw_pair(pair: Pair, ax: Axes | None) -> PairAxes:
    """Draws a pair on a new figure, or in the place of `ax`."""
    parts = _parts(canvas.axes(ax, _SIZE))
    _title(parts.time, pair)
    _time(parts.time, pair.series, pair.words[1])
    _cells(parts.cells, pair)
    _sources(parts.sources, pair.sources)
    return parts


def _parts(ax: Axes) -> PairAxes:
    figure: Any = ax.figure
    place, box = ax.get_subplotspec(), ax.get_position()
    ax.remove()
    shape: dict[str, Any] = {"height_ratios": (1.1, 1), "width_ratios": (1.3, 1)}
    if place is not None:
        grid = place.subgridspec(2, 2, **shape, hspace=0.12)
    else:
        sides = {"left": box.x0, "right": box.x1, "bottom": box.y0, "top": box.y1}
        grid = figure.add_gridspec(2, 2, **shape, **sides, hspace=0.5, wspace=0.4)
    return PairAxes(*(figure.add_subplot(grid[at]) for at in ((0, slice(None)), (1, 0), (1, 1))))


def _title(ax: Axes, pair: Pair) -> None:
    ax.set_title(
        label(" — ".join(pair.names)),
        loc="left",
        pad=58,
        fontsize=16,
        fontweight="bold",
        fontfamily=families(),
    )
    ax.annotate(
        _told(pair),
        (0, 1),
        (0, 25),
        xycoords="axes fraction",
        textcoords="offset points",
        fontsize=10,
        color="#333333",
        annotation_clip=False,
    )


def _told(pair: Pair) -> str:
    """The numbers that matter, in two lines."""
    numbers, (one, many) = pair.numbers, pair.words
    both, total = int(numbers["both"]), int(numbers["total"])
    told = f"Together in {both:,} of {total:,} {one if total == 1 else many}; "
    told += f"{_short(numbers['expected'])} expected by chance."
    if not both:
        return told
    told += f"\n{_short(numbers['lift'])} times as often as by chance"
    low, high = numbers["lift_low"], numbers["lift_high"]
    if numbers["clusters"] < _FEWEST:
        told += " (from too few texts for an interval)"
    elif np.isfinite(low) and np.isfinite(high):
        told += f" (95 % interval {_short(low)} to {_short(high)})"
    # Of one pair that was chosen p tells; of one picked because it stands out, q.
    small = [
        f"{name} < {_SMALL}" if numbers[name] < _SMALL else f"{name} = {numbers[name]:.2g}"
        for name in ("p", "q")
    ]
    return told + f"; {small[0]} by itself, {small[1]} among all pairs."


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= _TEN else f"{value:.2g}"


def _time(ax: Axes, series: pd.DataFrame, what: str) -> None:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    if series.empty:
        canvas.say(ax, "no dates")
        return
    edges = edges_of(pd.PeriodIndex(series.index))
    counts, expected = (series[name].to_numpy(dtype=float) for name in ("count", "expected"))
    bars: Any = ax.bar
    wide = np.diff(edges)
    left = edges[:-1] + wide * 0.06
    bars(left, np.nan_to_num(counts), wide * 0.88, align="edge", color=_BLUE, label="together")
    steps: Any = ax.stairs
    steps(expected, edges, baseline=None, color=_RED, linewidth=1.6, label="expected by chance")
    empty = np.isnan(counts)
    for number, (start, end) in enumerate(zip(edges[:-1][empty], edges[1:][empty], strict=True)):
        span: Any = ax.axvspan
        span(start, end, color=_NONE, zorder=0, label="_" * bool(number) + "no documents")
    dates(ax)
    ax.set_ylabel(what)
    ax.set_xlim(edges[0], edges[-1])
    ax.set_ylim(bottom=0)
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(frameon=False, loc="lower right", ncols=3, bbox_to_anchor=(1, 1), fontsize=9)


def _cells(ax: Axes, pair: Pair) -> None:
    """The four cells of the table, each with what chance would make it."""
    numbers = pair.numbers
    seen = np.array([[numbers["both"], numbers["a_only"]], [numbers["b_only"], numbers["neither"]]])
    total = max(seen.sum(), 1)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / total
    away = (seen - chance) / np.sqrt(np.maximum(chance, 1e-9))
    # Half the way to the full colour at most, so that the numbers are read on it.
    shade = np.clip(away / _FULL, -1, 1) * 0.35
    ax.pcolormesh(shade, vmin=-1, vmax=1, cmap=canvas.diverging(), edgecolors="white", linewidth=3)
    for (i, j), value in np.ndenumerate(seen):
        ax.text(j + 0.5, i + 0.46, f"{int(value):,}", ha="center", va="center", fontsize=14)
        expected = f"by chance {_short(chance[i, j])}"
        ax.text(j + 0.5, i + 0.74, expected, ha="center", va="center", fontsize=8.5)
    ax.set(xlim=(0, 2), ylim=(2, 0))
    a, b = map(label, pair.names)
    ax.set_xticks([0.5, 1.5], [b, "without"], fontfamily=families())
    ax.set_yticks([0.5, 1.5], [a, "without"], fontfamily=families())
    ax.tick_params(length=0, top=False, labeltop=True, bottom=False, labelbottom=False)
    ax.spines[:].set_visible(False)
    ax.set_xlabel(f"{pair.words[1]} with one, both and neither", color="#333333")


def _sources(ax: Axes, sources: pd.Series) -> None:
    if sources.empty:
        canvas.say(ax, "no sources")
        return
    shown = sources.head(_SOURCES)
    names = [label(str(name)) for name in shown.index]
    if len(sources) > len(shown):
        names.append(f"{len(sources) - len(shown)} others")
        shown = pd.concat([shown, pd.Series([sources.iloc[_SOURCES:].sum()])])
    at = np.arange(len(shown))
    drawn = ax.barh(at, shown.to_numpy(dtype=float), color=_BLUE, height=0.7)
    ax.bar_label(drawn, labels=[f"{int(value):,}" for value in shown], padding=3, fontsize=9)
    ax.set_yticks(at, names, fontfamily=families())
    ax.set_ylim(max(len(shown), 4) - 0.5, -0.5)
    ax.set_xlim(0, max(float(shown.max()), 1.0) * 1.12)
    ax.set_xticks([])
    ax.tick_params(length=0)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.set_xlabel("together, by source", color="#333333")
