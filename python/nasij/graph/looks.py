"""What a node looks like: colour by type, size by mentions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["COLOURS", "colours", "sizes"]

#: Okabe and Ito (2008): colours that every kind of colour vision tells apart.
COLOURS: Final = {
    "PER": "#0072B2",
    "ORG": "#E69F00",
    "LOC": "#009E73",
    "MISC": "#CC79A7",
    "NORP": "#999999",
}
#: Documents, and nodes of no type.
_OTHER: Final = "#666666"
_SMALLEST, _LARGEST = 5.0, 40.0


def colours(nodes: pd.DataFrame) -> list[tuple[int, int, int]]:
    """Red, green and blue of each node."""
    rgb = {name: _rgb(colour) for name, colour in COLOURS.items()}
    types = nodes["type"].astype(str).tolist() if "type" in nodes else [""] * len(nodes)
    other = _rgb(_OTHER)
    return [rgb.get(name, other) for name in types]


def _rgb(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def sizes(nodes: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Areas grow with mentions; all alike if there are none."""
    if "mentions" not in nodes or nodes.empty:
        return np.full(len(nodes), _SMALLEST)
    mentions = pd.to_numeric(nodes["mentions"]).fillna(0).to_numpy(dtype=np.float64)
    share = np.sqrt(np.maximum(mentions, 0.0) / max(mentions.max(), 1.0))
    rounded: npt.NDArray[np.float64] = np.round(_SMALLEST + (_LARGEST - _SMALLEST) * share, 2)
    return rounded
