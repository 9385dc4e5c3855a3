"""Series over time: a line each, named at its end; many of them as rows of a heat map."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij.plotting import canvas
from nasij.plotting.labels import families, label
from nasij.plotting.layout import heights

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt
    from matplotlib.axes import Axes

    Floats = npt.NDArray[np.float64]

__all__ = ["Series", "dates", "draw_timeline", "edges_of"]

#: More series than this are rows: so many lines are told apart by nobody.
_MOST_LINES: Final = 12
_NAME: Final = 9.5


class Series(NamedTuple):
    """What is drawn of one entity or pair, a value a period; nan where nothing is known."""

    name: str
    values: Floats
    #: A line drawn instead, the values being points behind it.
    smoothed: Floats | None
    #: The lower and upper ends of the values' intervals.
    interval: tuple[Floats, Floats] | None
    #: The first and last period of each burst, by number.
    bursts: list[tuple[int, int]]

    @property
    def line(self) -> Floats:
        """What is drawn as a line."""
        return self.values if self.smoothed is None else self.smoothed


def edges_of(periods: pd.PeriodIndex) -> npt.NDArray[np.datetime64]:
    """The starts of the periods, and the end of the last."""
    return pd.period_range(periods[0], periods[-1] + 1).to_timestamp().to_numpy()


def dates(ax: Axes) -> None:
    """Writes dates below the axes, as short as they can be."""
    module: Any = importlib.import_module("matplotlib.dates")
    ways = module.AutoDateLocator(minticks=3, maxticks=9)
    ax.xaxis.set_major_locator(ways)
    ax.xaxis.set_major_formatter(module.ConciseDateFormatter(ways))


def draw_timeline(
    periods: pd.PeriodIndex, series: Sequence[Series], what: str, ax: Axes | None
) -> Axes:
    """Draws series over periods; `what` is told at the axis of values."""
    if len(series) > _MOST_LINES:
        return _rows(periods, series, what, ax)
    ax = canvas.axes(ax, (10.0, max(4.5, 1.5 + 0.25 * len(series))))
    days: Any = periods.to_timestamp().to_numpy()
    for place, one in enumerate(series):
        colour = canvas.LINES[place % len(canvas.LINES)]
        style = canvas.STYLES[place // len(canvas.LINES) % len(canvas.STYLES)]
        if one.interval is not None:
            ax.fill_between(days, *one.interval, color=colour, alpha=0.15, linewidth=0)
        for first, last in one.bursts:
            _shade(ax, periods, one, (first, last), colour, alone=len(series) == 1)
        if one.smoothed is not None:
            ax.plot(days, one.values, "o", color=colour, markersize=3, alpha=0.35, label="_raw")
        marker = "o" if one.smoothed is None else ""
        ax.plot(
            days,
            one.line,
            color=colour,
            linestyle=style,
            marker=marker,
            markersize=3,
            label=label(one.name),
        )
    ax.set_ylim(bottom=0)
    ax.set_ylabel(what)
    ax.grid(axis="y", alpha=0.3)
    ax.spines[["top", "right"]].set_visible(False)
    dates(ax)
    _name_ends(ax, days, series)
    return ax


def _shade(
    ax: Axes,
    periods: pd.PeriodIndex,
    one: Series,
    burst: tuple[int, int],
    colour: str,
    *,
    alone: bool,
) -> None:
    """The time of a burst behind the only line, or the line's part of it among others."""
    first, last = burst
    edges: Any = edges_of(periods)
    if alone:
        ax.axvspan(edges[first], edges[last + 1], color=colour, alpha=0.15, linewidth=0, zorder=0)
        return
    there = slice(max(first - 1, 0) if first == last else first, last + 1)
    wide: dict[str, Any] = {"linewidth": 9, "alpha": 0.25, "solid_capstyle": "round"}
    ax.plot(edges[:-1][there], one.line[there], color=colour, label="_burst", **wide)


def _name_ends(ax: Axes, days: Any, series: Sequence[Series]) -> None:
    """Writes the name of each line at its end, none over another."""
    known = [np.flatnonzero(np.isfinite(one.line)) for one in series]
    last = [int(places[-1]) if len(places) else 0 for places in known]
    wanted = np.nan_to_num([one.line[at] for one, at in zip(series, last, strict=True)])
    figure = canvas.root(ax)
    figure.draw_without_rendering()
    low, high = ax.get_ylim()
    left, right = ax.get_xlim()
    per_point = (high - low) / ax.get_window_extent().height * figure.dpi / 72
    levels = heights(wanted, _NAME * 1.35 * per_point, low, high)
    as_number: Any = ax.convert_xunits
    across = ax.get_yaxis_transform()
    lines = [line for line in ax.lines if not str(line.get_label()).startswith("_")]
    each = zip(series, last, wanted, levels, lines[-len(series) :], strict=True)
    for one, at, value, level, line in each:
        ax.annotate(
            label(one.name),
            xy=((as_number(days[at]) - left) / (right - left), value),
            xycoords=across,
            xytext=(1.02, level),
            textcoords=across,
            color=canvas.darker(str(line.get_color())),
            fontsize=_NAME,
            fontfamily=families(),
            va="center",
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": line.get_color(),
                "linestyle": line.get_linestyle(),
                "linewidth": 0.7,
                "alpha": 0.7,
                "shrinkA": 1,
                "shrinkB": 3,
            },
        )


def _rows(periods: pd.PeriodIndex, series: Sequence[Series], what: str, ax: Axes | None) -> Axes:
    from matplotlib.colors import PowerNorm  # noqa: PLC0415

    number = len(series)
    ax = canvas.axes(ax, (10.0, 1.5 + max(0.12 * number, min(0.24 * number, 6))))
    edges: Any = edges_of(periods)
    values = np.ma.masked_invalid(np.array([one.line for one in series]))
    # A root, because the most frequent would leave all others without colour.
    norm = PowerNorm(0.5, vmin=0, vmax=float(values.max() or 1) if values.count() else 1)
    mesh = ax.pcolormesh(edges, np.arange(number + 1), values, cmap=canvas.sequential(), norm=norm)
    for row, one in enumerate(series):
        for first, last in one.bursts:
            ax.plot(edges[[first, last + 1]], [row + 0.9] * 2, color="black", linewidth=1.2)
    ax.set_facecolor("white")
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)
    dates(ax)
    bar = ax.figure.colorbar(mesh, ax=ax, fraction=0.03, pad=0.02, aspect=30)
    bar.set_label(what)
    bar.outline.set_visible(False)
    canvas.fit((ax.yaxis,), [one.name for one in series])
    return ax
