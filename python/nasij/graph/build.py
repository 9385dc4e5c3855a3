"""From pairs to a network: which pairs are edges, and what an edge weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.arguments import MEASURES, one_of
from nasij.errors import ArgumentError
from nasij.graph.backbone import disparity
from nasij.graph.tables import Tables, to_graph

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt

__all__ = ["NODE", "alphas", "build", "build_tables", "check_level", "weigh"]

#: What a node tells of its entity.
NODE: Final = ("name", "name_en", "type", "subtype", "mentions", "docs")
#: What stands in a table of pairs and is no attribute of an edge.
_OF_ENDS: Final = ("a", "b", "a_name", "b_name", "a_type", "b_type", "a_count", "b_count", "total")
#: The less, the stronger: no weights.
_NO_WEIGHTS: Final = ("p", "q")


def check_level(what: str, level: float | None) -> float | None:
    """A level of significance, above 0 and at most 1; None for none."""
    if level is None:
        return None
    number = isinstance(level, int | float | np.number) and not isinstance(level, bool)
    if number and 0 < level <= 1:
        return float(level)
    msg = f"{what} is a number above 0 and at most 1, or None, not {level!r}"
    raise ArgumentError(msg)


def weigh(values: pd.Series) -> pd.Series:
    """A measure as the weights of edges: only what is above 0; infinite counts as the largest.

    A value of 0 or less says that the two occur together no more than by chance, or not at all: no
    tie. Nothing but a table with an empty cell is infinite; it weighs what the heaviest of the
    others does (1, if there is none).
    """
    numbers = values.astype(np.float64)
    endless = np.isposinf(numbers)
    numbers = numbers.mask(endless, numbers[~endless & (numbers > 0)].max(skipna=True))
    numbers = numbers.mask(endless & numbers.isna(), 1.0)
    return numbers[numbers > 0]


def build_tables(  # noqa: D417
    entities: pd.DataFrame,
    pairs: pd.DataFrame,
    weight: str = "count",
    q: float | None = None,
    alpha: float | None = None,
) -> Tables:
    """The network of a table of pairs; only entities with an edge are nodes.

    Args:
        weight: the column that is the weight, as `weigh` makes it.
        q: only pairs whose q is at most this.
        alpha: of the network these make, only edges whose `disparity` is at most this.
    """
    measures = [name for name in pairs.columns if name not in _OF_ENDS]
    allowed = [name for name in dict.fromkeys((*MEASURES, *measures)) if name not in _NO_WEIGHTS]
    one_of("weight", weight, allowed)
    q, alpha = check_level("q", q), check_level("alpha", alpha)
    if q is not None:
        pairs = pairs[pairs["q"] <= q]
    weights = weigh(pairs[weight])
    pairs = pairs.loc[weights.index]
    edges = pd.DataFrame({"source": pairs["a"], "target": pairs["b"], "weight": weights})
    edges["alpha"] = alphas(edges["source"], edges["target"], weights.to_numpy())
    # The weight of a count reads as one: 9, not 9.0.
    if pd.api.types.is_integer_dtype(pairs[weight]):
        edges["weight"] = pairs[weight]
    edges = pd.concat([edges, pairs[measures]], axis=1)
    if alpha is not None:
        edges = edges[edges["alpha"] <= alpha]
    linked = set(edges["source"]) | set(edges["target"])
    nodes = entities[entities["entity"].isin(linked)][["entity", *NODE]]
    nodes = nodes.rename(columns={"entity": "id"})
    nodes.insert(1, "label", nodes["name"])
    about: dict[str, Any] = {"weight": weight, "q": q, "alpha": alpha}
    about = {name: value for name, value in about.items() if value is not None}
    return Tables(nodes.reset_index(drop=True), edges.reset_index(drop=True), about)


def alphas(source: Any, target: Any, weight: npt.NDArray[np.float64]) -> Any:
    """The `disparity` of edges whose ends are told in any way."""
    codes, ids = pd.factorize(np.concatenate([np.asarray(source), np.asarray(target)]))
    first, second = np.split(codes.astype(np.int64), 2)
    return disparity(first, second, weight, len(ids))


def build(
    entities: pd.DataFrame,
    pairs: pd.DataFrame,
    weight: str = "count",
    q: float | None = None,
    alpha: float | None = None,
) -> nx.Graph[str]:
    """The networkx graph of `build_tables`."""
    return to_graph(build_tables(entities, pairs, weight, q, alpha))
