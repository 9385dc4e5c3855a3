"""When the nodes and edges of a network are there: the periods with evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij.graph.tables import Tables

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["PERIODS", "Spells", "within"]

#: The periods of `Analysis.timeline`, as `Analysis.cooccurrence` calls them.
PERIODS: Final = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}


class Spells(NamedTuple):
    """One row a node (id) or edge (source, target) and period with evidence, in order of time.

    `period` is a pandas Period; nodes have `mentions_then`, edges `weight` and `count_then`: of it.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


def within(tables: Tables, spells: Spells) -> tuple[Tables, Spells]:
    """Only what is there at some time, and only the spells of these nodes and edges.

    Spells of edges get `edge`, the row of the edge they are of.
    """
    ids = pd.Index(tables.nodes["id"])
    edge = pd.Index(_keys(tables.edges, ids)).get_indexer(pd.Index(_keys(spells.edges, ids)))
    there = np.unique(edge[edge >= 0])
    edges = tables.edges.iloc[there].reset_index(drop=True)
    linked = set(edges["source"]) | set(edges["target"])
    nodes = tables.nodes[tables.nodes["id"].isin(linked)].reset_index(drop=True)
    of_edges = spells.edges.assign(edge=np.searchsorted(there, edge))[edge >= 0]
    of_nodes = spells.nodes[spells.nodes["id"].isin(linked)]
    kept = Spells(of_nodes.reset_index(drop=True), of_edges.reset_index(drop=True))
    return Tables(nodes, edges, tables.about), kept


def _keys(edges: pd.DataFrame, ids: pd.Index) -> npt.NDArray[np.int64]:
    """A number for the two ends of each edge, whichever comes first; none of them for strangers."""
    ends = np.stack([ids.get_indexer(pd.Index(edges[end])) for end in ("source", "target")])
    low, high = ends.min(axis=0), ends.max(axis=0)
    return np.where(low < 0, -1 - np.arange(len(low)), low * len(ids) + high)
