"""A network as two tables, nodes and edges: what the files are written from."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij.errors import ArgumentError
from nasij.tables import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

__all__ = ["Tables", "check_graph", "kind", "of_graph", "to_graph"]

#: The types of cells, as GEXF and GraphML call them.
_KINDS: Final = {"b": "boolean", "i": "long", "u": "long", "f": "double"}


class Tables(NamedTuple):
    """`nodes` has id, label and attributes; `edges` source, target, weight and attributes.

    `about` says what was counted: unit, count, total ...
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame
    about: dict[str, Any]


def check_graph(graph: object, *, weighted: bool) -> nx.Graph[Any]:
    """An undirected graph of networkx; if it is to be `weighted`, weights finite and above 0."""
    import networkx as nx  # noqa: PLC0415

    if not isinstance(graph, nx.Graph) or graph.is_directed() or graph.is_multigraph():
        msg = f"a graph is an undirected networkx.Graph, not {type(graph).__name__}"
        raise ArgumentError(msg)
    if weighted:
        for a, b, held in graph.edges(data=True):
            weight = held.get("weight", 1)
            if not isinstance(weight, int | float | np.number) or not 0 < weight < math.inf:
                msg = f"weights are finite and above 0, not {weight!r} between {a!r} and {b!r}"
                raise ArgumentError(msg)
    return graph


def kind(column: pd.Series) -> str:
    """What the cells of a column are: boolean, long, double or string."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return "string"
    return _KINDS.get(column.dtype.kind, "string")


def to_graph(tables: Tables) -> nx.Graph[str]:
    """The networkx graph; what is missing or not finite is no attribute."""
    import networkx as nx  # noqa: PLC0415

    graph: nx.Graph[str] = nx.Graph(**tables.about)
    ids, rows = tables.nodes["id"].tolist(), _rows(tables.nodes, ("id", "label"))
    graph.add_nodes_from(zip(ids, rows, strict=True))
    ends = (tables.edges["source"].tolist(), tables.edges["target"].tolist())
    graph.add_edges_from(zip(*ends, _rows(tables.edges, ("source", "target")), strict=True))
    return graph


def _rows(table: pd.DataFrame, without: Iterable[str]) -> list[dict[str, Any]]:
    names = [str(name) for name in table.columns if name not in without]
    columns = [table[name].tolist() for name in names]
    present = [_present(table[name]) for name in names]
    if all(column.all() for column in present):
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    held = [column.tolist() for column in present]
    return [
        {name: value for name, value, there in zip(names, row, here, strict=True) if there}
        for row, here in zip(zip(*columns, strict=True), zip(*held, strict=True), strict=True)
    ]


def _present(column: pd.Series) -> Any:
    """Which cells hold something that is not missing and, of numbers, finite."""
    if kind(column) == "double":
        return np.isfinite(column.to_numpy(dtype=np.float64, na_value=np.nan))
    return column.notna().to_numpy()


def of_graph(graph: nx.Graph[Any]) -> Tables:
    """The tables of a networkx graph, with whatever attributes it has; ids become strings.

    The label of a node is its ``label``, ``name`` or id; an edge without weight has 1.
    """
    ids = [str(node) for node in graph]
    data = [held for _, held in graph.nodes(data=True)]
    nodes = pd.DataFrame({"id": pd.Series(ids, dtype=TEXT)})
    labels = [
        str(held.get("label", held.get("name", node))) for node, held in zip(ids, data, strict=True)
    ]
    nodes["label"] = pd.Series(labels, dtype=TEXT)
    nodes = _with(nodes, data, ("id", "label"))
    ends = [(str(a), str(b), held) for a, b, held in graph.edges(data=True)]
    edges = pd.DataFrame(
        {
            "source": pd.Series([a for a, _, _ in ends], dtype=TEXT),
            "target": pd.Series([b for _, b, _ in ends], dtype=TEXT),
            "weight": _column([held.get("weight", 1) for *_, held in ends]),
        }
    )
    edges = _with(edges, [held for *_, held in ends], ("source", "target", "weight"))
    return Tables(nodes, edges, dict(graph.graph))


def _with(
    table: pd.DataFrame, data: Sequence[Mapping[str, Any]], without: Iterable[str]
) -> pd.DataFrame:
    names = dict.fromkeys(name for held in data for name in held if name not in without)
    columns = {str(name): _column([held.get(name) for held in data]) for name in names}
    return pd.concat([table, pd.DataFrame(columns, index=table.index)], axis=1)


def _column(values: list[Any]) -> pd.Series:
    """A column of the narrowest kind that holds all values; None is missing."""
    plain = [value.item() if isinstance(value, np.generic) else value for value in values]
    types = {type(value) for value in plain if value is not None}
    if types == {bool}:
        return pd.Series(plain, dtype="boolean")
    if types == {int}:
        return pd.Series(plain, dtype="Int64")
    if types and types <= {int, float, bool}:
        return pd.Series([np.nan if v is None else float(v) for v in plain], dtype=np.float64)
    return pd.Series([None if value is None else str(value) for value in plain], dtype=TEXT)
