"""Where a picture is drawn, and what its colours mean."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

from nasij.plotting.labels import families, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure

__all__ = [
    "GREY",
    "LINES",
    "STYLES",
    "TYPE_NAMES",
    "axes",
    "darker",
    "diverging",
    "fit",
    "root",
    "say",
    "sequential",
    "words",
]

#: Okabe and Ito (2008), the darker ones first; yellow is too light for a line on white.
LINES: Final = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
STYLES: Final = ("-", "--", ":", "-.")
GREY: Final = "#8c8c8c"
TYPE_NAMES: Final = {
    "PER": "people",
    "ORG": "organisations",
    "LOC": "places",
    "MISC": "other names",
    "NORP": "nationalities",
}
_BELOW: Final = ("#8fbedb", "#0072B2", "#00324f")
_MIDDLE: Final = "#e6e6e6"
_ABOVE: Final = ("#ecb083", "#D55E00", "#5c2800")
#: Points: the largest label of a row, and the smallest that can be read in print.
_LARGEST, _SMALLEST = 10.0, 4.5
#: How large letters may be that stand in lines of height 1.
_SHARE: Final = 0.7


def axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """The axes given, or those of a new figure of a size in inches."""
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot as plt  # noqa: PLC0415
    except ImportError as error:
        msg = "pictures need matplotlib: pip install nasij[plot]"
        raise ImportError(msg) from error
    return plt.subplots(figsize=size, layout="constrained")[1]


def root(ax: Axes) -> Figure:
    """The figure as a whole, where `ax` may stand in a part of it."""
    figure: Any = ax.figure
    whole: Figure = figure.canvas.figure
    return whole


def say(ax: Axes, text: str) -> Axes:
    """Axes that tell why there is nothing to draw."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, text, ha="center", va="center", color="#444444", transform=ax.transAxes)
    return ax


def words(unit: str | int, count: str) -> tuple[str, str]:
    """What is counted, of one and of several."""
    if count == "stories":
        return "story", "stories"
    one = count[:-1] if count != "units" else str(unit)
    one = one if one in {"sentence", "paragraph", "document", "source", "day"} else "window"
    return one, f"{one}s"


def diverging() -> Colormap:
    """Blue below, light grey in the middle, vermilion above; dark at both ends."""
    return _map([*reversed(_BELOW), _MIDDLE, *_ABOVE])


def sequential() -> Colormap:
    """The upper half of `diverging`: light grey to dark vermilion."""
    return _map([_MIDDLE, *_ABOVE])


def _map(colours: list[str]) -> Colormap:
    from matplotlib.colors import LinearSegmentedColormap  # noqa: PLC0415

    return LinearSegmentedColormap.from_list("nasij", colours)


def darker(colour: str) -> tuple[float, float, float]:
    """A colour for words: those of lines are too light for thin letters."""
    from matplotlib.colors import to_rgb  # noqa: PLC0415

    red, green, blue = to_rgb(colour)
    return 0.72 * red, 0.72 * green, 0.72 * blue


def fit(along: Sequence[Axis], names: Sequence[str]) -> None:
    """Writes names along axes of as many cells, one at each half number.

    They shrink with the room, and at last only every second, third ... is written.
    """
    written = [label(name) for name in names]
    ax = along[0].axes
    figure = root(ax)
    for _ in range(2):  # the names themselves take room
        figure.draw_without_rendering()
        room = ax.get_window_extent().height / figure.dpi * 72 / len(names)
        step = max(1, math.ceil(_SMALLEST / _SHARE / room))
        size = min(_LARGEST, room * step * _SHARE)
        places = [at + 0.5 for at in range(0, len(names), step)]
        for axis in along:
            axis.set_ticks(places, written[::step], fontsize=size, fontfamily=families())
