"""Pairs as a network, what its numbers say, and files of it.

`build` makes networks of pairs, `bipartite` those between two kinds of nodes; `backbone`,
`communities`, `centralities` and `paths` measure them; `tables` is what files are written from, and
`write` chooses among `gexf`, `graphml` and `delimited`.
"""

from __future__ import annotations

from nasij.graph.backbone import disparity
from nasij.graph.bipartite import between, of_documents
from nasij.graph.build import build, build_tables
from nasij.graph.centralities import CENTRALITIES, centralities_table, check_centralities
from nasij.graph.communities import communities_table, louvain
from nasij.graph.delimited import TOOLS, write_csv
from nasij.graph.gexf import write_gexf
from nasij.graph.graphml import write_graphml
from nasij.graph.looks import COLOURS
from nasij.graph.sources import first_units
from nasij.graph.spells import PERIODS, Spells
from nasij.graph.tables import Tables, check_graph, of_graph, to_graph
from nasij.graph.write import check_ending, write

__all__ = [
    "CENTRALITIES",
    "COLOURS",
    "PERIODS",
    "TOOLS",
    "Spells",
    "Tables",
    "between",
    "build",
    "build_tables",
    "centralities_table",
    "check_centralities",
    "check_ending",
    "check_graph",
    "communities_table",
    "disparity",
    "first_units",
    "louvain",
    "of_documents",
    "of_graph",
    "to_graph",
    "write",
    "write_csv",
    "write_gexf",
    "write_graphml",
]
