"""Pairs as a graph, and the graph as a file for Gephi."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nasij.arguments import MEASURES, one_of
from nasij.files import written_whole

if TYPE_CHECKING:
    import os

    import networkx as nx
    import pandas as pd

__all__ = ["COLOURS", "build", "write_gexf"]

#: Okabe and Ito (2008): colours that every kind of colour vision tells apart.
COLOURS: Final = {
    "PER": "#0072B2",
    "ORG": "#E69F00",
    "LOC": "#009E73",
    "MISC": "#CC79A7",
    "NORP": "#999999",
}
_NODE: Final = ("name", "name_en", "type", "subtype", "mentions", "docs")
_SMALLEST, _LARGEST = 5.0, 40.0


def build(entities: pd.DataFrame, pairs: pd.DataFrame, weight: str) -> nx.Graph[str]:
    """The graph of a table of pairs; only entities with an edge are nodes."""
    import networkx as nx  # noqa: PLC0415

    one_of("weight", weight, MEASURES)
    graph: nx.Graph[str] = nx.Graph()
    linked = set(pairs["a"]) | set(pairs["b"])
    for row in entities[entities["entity"].isin(linked)].to_dict("records"):
        graph.add_node(row["entity"], **_plain({name: row[name] for name in _NODE}))
    edges = pairs[["a", "b", *MEASURES]].to_dict("records")
    for row in edges:
        measures = _plain({name: row[name] for name in MEASURES})
        graph.add_edge(row["a"], row["b"], weight=measures.get(weight, 0.0), **measures)
    return graph


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Python numbers and strings; what is missing or not finite is left out."""
    plain = {name: getattr(value, "item", lambda value=value: value)()
             for name, value in values.items()}  # fmt: skip
    return {
        name: value
        for name, value in plain.items()
        if isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))
    }


def write_gexf(graph: nx.Graph[str], path: str | os.PathLike[str]) -> Path:
    """Writes a graph made by `build`: Arabic labels, colours by type, sizes by mentions."""
    import networkx as nx  # noqa: PLC0415

    shown: nx.Graph[str] = nx.Graph()
    most = max((data["mentions"] for _, data in graph.nodes(data=True)), default=1)
    for node, data in graph.nodes(data=True):
        red, green, blue = bytes.fromhex(COLOURS[data["type"]][1:])
        size = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(data["mentions"] / most)
        look = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": round(size, 2)}
        shown.add_node(node, label=data["name"], viz=look, **data)
    shown.add_edges_from(graph.edges(data=True))
    with written_whole(path) as part:
        nx.write_gexf(shown, part, encoding="utf-8")
    return Path(path)
