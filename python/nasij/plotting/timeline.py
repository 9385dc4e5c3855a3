"""Series over time: a line each, named at its end; many of them as rows of a heat map."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.plotting import canvas
from nasij.plotting.labels import families, label
from nasij.plotting.layout import heights

if TYPE_CHECKING:
    import numpy.typing as npt
    from matplotlib.axes import Axes

__all__ = ["draw_timeline"]

#: More series than this are rows: so many lines are told apart by nobody.
_MOST_LINES: Final = 12
_NAME: Final = 9.5


def draw_timeline(
    grid: pd.DataFrame, smoothed: pd.DataFrame | None, what: str, ax: Axes | None
) -> Axes:
    """Draws series, a column each, over the periods of the index; nan where nothing is known.

    Given `smoothed`, of the same shape, that is the line, and `grid` faint points behind it.
    """
    if len(grid.columns) > _MOST_LINES:
        return _rows(grid if smoothed is None else smoothed, what, ax)
    ax = canvas.axes(ax, (10.0, max(4.5, 1.5 + 0.25 * len(grid.columns))))
    days = pd.PeriodIndex(grid.index).to_timestamp().to_numpy()
    for place, name in enumerate(grid.columns):
        colour = canvas.LINES[place % len(canvas.LINES)]
        style = canvas.STYLES[place // len(canvas.LINES) % len(canvas.STYLES)]
        raw = grid[name].to_numpy()
        if smoothed is None:
            ax.plot(days, raw, color=colour, linestyle=style, marker="o", markersize=3)
        else:
            ax.plot(days, raw, color=colour, linestyle="", marker="o", markersize=3, alpha=0.35)
            ax.plot(days, smoothed[name].to_numpy(), color=colour, linestyle=style)
        ax.lines[-1].set_label(label(name))
    ax.set_ylim(bottom=0)
    ax.set_ylabel(what)
    ax.grid(axis="y", alpha=0.3)
    ax.spines[["top", "right"]].set_visible(False)
    _dates(ax)
    _name_ends(ax, days, grid if smoothed is None else smoothed)
    return ax


def _dates(ax: Axes) -> None:
    dates: Any = importlib.import_module("matplotlib.dates")
    ways = dates.AutoDateLocator(minticks=3, maxticks=9)
    ax.xaxis.set_major_locator(ways)
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(ways))


def _name_ends(ax: Axes, days: npt.NDArray[np.datetime64], grid: pd.DataFrame) -> None:
    """Writes the name of each line at its end, none over another."""
    ends = []
    for name in grid.columns:
        known = np.flatnonzero(grid[name].notna())
        last = int(known[-1]) if len(known) else 0
        ends.append((last, float(grid[name].iloc[last]) if len(known) else 0.0))
    figure = canvas.root(ax)
    figure.draw_without_rendering()
    low, high = ax.get_ylim()
    per_point = (high - low) / ax.get_window_extent().height * figure.dpi / 72
    wanted = np.array([value for _, value in ends])
    levels = heights(wanted, _NAME * 1.35 * per_point, low, high)
    lines = ax.lines[-len(ends) :] if len(ax.lines) == len(ends) else ax.lines[1::2]
    across = ax.get_yaxis_transform()
    left, right = ax.get_xlim()
    as_number: Any = ax.convert_xunits
    places = [(as_number(days[last]) - left) / (right - left) for last, _ in ends]
    each = zip(grid.columns, places, wanted, levels, lines, strict=True)
    for name, place, value, level, line in each:
        colour = line.get_color()
        ax.annotate(
            label(name),
            xy=(place, value),
            xycoords=across,
            xytext=(1.02, level),
            textcoords=across,
            color=colour,
            fontsize=_NAME,
            fontfamily=families(),
            va="center",
            annotation_clip=False,
            arrowprops={
                "arrowstyle": "-",
                "color": colour,
                "linewidth": 0.6,
                "alpha": 0.6,
                "shrinkA": 1,
                "shrinkB": 3,
            },
        )


def _rows(grid: pd.DataFrame, what: str, ax: Axes | None) -> Axes:
    from matplotlib.colors import PowerNorm  # noqa: PLC0415

    number = len(grid.columns)
    ax = canvas.axes(ax, (10.0, 1.5 + max(0.105 * number, min(0.24 * number, 6))))
    periods = pd.PeriodIndex(grid.index)
    edges = pd.period_range(periods[0], periods[-1] + 1).to_timestamp().to_numpy()
    values = np.ma.masked_invalid(grid.to_numpy(dtype=float).T)
    norm = PowerNorm(0.5, vmin=0, vmax=max(float(values.max()), 1e-9) if values.count() else 1)
    mesh = ax.pcolormesh(edges, np.arange(number + 1), values, cmap=canvas.sequential(), norm=norm)
    ax.set_facecolor("white")
    ax.invert_yaxis()
    ax.tick_params(axis="y", length=0)
    ax.spines[:].set_visible(False)
    _dates(ax)
    bar = ax.figure.colorbar(mesh, ax=ax, fraction=0.03, pad=0.02, aspect=30)
    bar.set_label(what)
    bar.outline.set_visible(False)
    figure = canvas.root(ax)
    figure.draw_without_rendering()
    room = ax.get_window_extent().height / figure.dpi * 72 / number
    canvas.fit(ax.yaxis, list(grid.columns), room)
    return ax
