"""When the nodes and edges of a network are there: the periods with evidence."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from nasij.graph.tables import Tables

__all__ = ["PERIODS", "Spells", "ends", "within"]

#: The periods of `Analysis.timeline`, as `Analysis.cooccurrence` calls them.
PERIODS: Final = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}


class Spells(NamedTuple):
    """One row a node (id) or edge (source, target) and period with evidence, in order of time.

    `period` is a pandas Period; nodes have `mentions_then`, edges `weight` and `count_then`: of it.
    """

    nodes: pd.DataFrame
    edges: pd.DataFrame


def ends(edges: pd.DataFrame) -> pd.MultiIndex:
    """The two ends of each edge, whichever comes first."""
    source, target = edges["source"].to_numpy(object), edges["target"].to_numpy(object)
    turned = source > target
    return pd.MultiIndex.from_arrays(
        [np.where(turned, target, source), np.where(turned, source, target)]
    )


def within(tables: Tables, spells: Spells) -> tuple[Tables, Spells]:
    """Only what is there at some time, and only the spells of these nodes and edges."""
    of_edges, of_spells = ends(tables.edges), ends(spells.edges)
    edges = tables.edges[of_edges.isin(of_spells)].reset_index(drop=True)
    linked = set(edges["source"]) | set(edges["target"])
    nodes = tables.nodes[tables.nodes["id"].isin(linked)].reset_index(drop=True)
    return Tables(nodes, edges, tables.about), Spells(
        spells.nodes[spells.nodes["id"].isin(linked)].reset_index(drop=True),
        spells.edges[of_spells.isin(of_edges)].reset_index(drop=True),
    )
