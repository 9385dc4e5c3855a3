"""From pairs to a network: which pairs are edges, and what an edge weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.errors import ArgumentError
from nasij.graph.backbone import disparity
from nasij.graph.tables import Tables, to_graph
from nasij.graph.weights import check_weight, weigh

if TYPE_CHECKING:
    import networkx as nx
    import numpy.typing as npt

__all__ = ["NODE", "alphas", "build", "build_tables", "check_level"]

#: What a node tells of its entity.
NODE: Final = ("name", "name_en", "type", "subtype", "mentions", "docs")
#: What stands in a table of pairs and is no attribute of an edge.
_OF_ENDS: Final = ("a", "b", "a_name", "b_name", "a_type", "b_type", "a_count", "b_count", "total")


def check_level(what: str, level: float | None) -> float | None:
    """A level of significance, above 0 and at most 1; None for none."""
    if level is None:
        return None
    number = isinstance(level, int | float | np.number) and not isinstance(level, bool)
    if number and 0 < level <= 1:
        return float(level)
    msg = f"{what} is a number above 0 and at most 1, or None, not {level!r}"
    raise ArgumentError(msg)


def build_tables(  # noqa: D417
    entities: pd.DataFrame,
    pairs: pd.DataFrame,
    weight: str = "count",
    q: float | None = None,
    alpha: float | None = None,
) -> Tables:
    """The network of a table of pairs; only entities with an edge are nodes.

    Args:
        weight: the measure that is the weight, as `weigh` makes it.
        q: only pairs seen more often than expected by chance whose q is at most this.
        alpha: of the network these make, only edges whose `disparity` is at most this.
    """
    check_weight(weight)
    q, alpha = check_level("q", q), check_level("alpha", alpha)
    about = {"weight": weight, "q": q, "alpha": alpha, **counted(pairs)}
    about = {name: value for name, value in about.items() if value is not None}
    if q is not None:
        # q knows no direction: it is as small where two avoid each other.
        pairs = pairs[(pairs["q"] <= q) & (pairs["count"] > pairs["expected"])]
    weights = weigh(pairs, weight)
    pairs = pairs.loc[weights.index]
    edges = pd.DataFrame({"source": pairs["a"], "target": pairs["b"], "weight": weights})
    edges["alpha"] = alphas(edges["source"], edges["target"], weights.to_numpy())
    # The weight of a count reads as one: 9, not 9.0.
    if weight == "count":
        edges["weight"] = pairs["count"]
    # Nor has an edge a direction.
    of_ends = [name for name in pairs.columns if name in _OF_ENDS or "_given_" in name]
    measures = pairs.columns.drop(of_ends)
    edges = pd.concat([edges, pairs[measures]], axis=1)
    if alpha is not None:
        edges = edges[edges["alpha"] <= alpha]
    linked = set(edges["source"]) | set(edges["target"])
    nodes = entities[entities["entity"].isin(linked)][["entity", *NODE]]
    nodes = nodes.rename(columns={"entity": "id"})
    nodes.insert(1, "label", nodes["name"])
    return Tables(nodes.reset_index(drop=True), edges.reset_index(drop=True), about)


def counted(pairs: pd.DataFrame) -> dict[str, Any]:
    """What a table of pairs counts, as attributes of a graph: plain words and numbers."""
    attrs = pairs.attrs
    told = {name: attrs.get(name) for name in ("unit", "count", "min_count", "total")}
    if attrs.get("min_each", 1) > 1:
        told["min_each"] = attrs["min_each"]
    types = attrs.get("types")
    told["types"] = None if types is None else ", ".join(types)
    return told


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
