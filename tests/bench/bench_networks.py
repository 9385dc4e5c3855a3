"""Networks written and measured, beside networkx.

The network is made up: 20,000 nodes whose numbers of edges follow Zipf's law. networkx writes and
measures a tenth and a hundredth of it, so that it comes to an end. The texts have no part in it.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pandas as pd
from harness import race_by

from nasij import graph

if TYPE_CHECKING:
    from harness import Sample

NODES = 20_000
MEASURES = ("expected", "pmi", "npmi", "llr", "logdice", "jaccard", "p", "q")


def made_up(edges: int, nodes: int) -> graph.Tables:
    """A network with so many edges."""
    draw = np.random.default_rng(0)
    share = np.arange(1, nodes + 1) ** -0.7
    ends = draw.choice(nodes, (4 * edges, 2), p=share / share.sum())
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    draw.shuffle(ends)
    a, b = ends[:edges].T
    ids = np.array([f"per:فلان-{node}" for node in range(nodes)], dtype=object)
    entities = pd.DataFrame(
        {"entity": ids, "name": [f"فلان {node}" for node in range(nodes)], "name_en": None}
        | {"type": "PER", "subtype": None, "mentions": 9, "docs": 3}
    )
    pairs = pd.DataFrame({"a": ids[a], "b": ids[b], "count": draw.zipf(2, len(a)) + 1})
    return graph.build_tables(entities, pairs.assign(**{m: draw.random(len(a)) for m in MEASURES}))


def check(tables: graph.Tables) -> None:
    """What is written is read back, and betweenness is that of networkx."""
    network = graph.to_graph(tables)
    with tempfile.TemporaryDirectory() as folder:
        (path,) = graph.write(tables, Path(folder) / "a.gexf")
        back = nx.read_gexf(path)
        for a, b, held in network.edges(data=True):
            assert {name: back.edges[a, b][name] for name in held} == held
    for _, _, held in network.edges(data=True):
        # Sums of these are exact: networkx sees which ways are equally long.
        held["weight"] = 2.0 ** (held["weight"] % 4)
        held["length"] = 1 / held["weight"]
    ours = graph.centralities_table(network, "betweenness").set_index("entity")["betweenness"]
    theirs = nx.betweenness_centrality(network, weight="length")
    assert np.allclose(ours[list(theirs)], list(theirs.values()), atol=1e-12)
    print(f"  answers equal on {len(network):,} nodes and {network.size():,} edges")


def run(_: Sample) -> None:
    """Checks, then measures."""
    whole, tenth, little = made_up(200_000, NODES), made_up(20_000, NODES), made_up(2_000, 500)
    check(little)
    graphs = [graph.to_graph(tables) for tables in (whole, tenth, little)]
    for held in graphs:
        for *_, edge in held.edges(data=True):
            edge["length"] = 1 / edge["weight"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        race_by(
            {
                "GEXF": (lambda: graph.write(whole, path / "a.gexf"), 200),
                "GEXF, networkx": (lambda: nx.write_gexf(graphs[1], path / "b.gexf"), 20),
                "GraphML": (lambda: graph.write(whole, path / "a.graphml"), 200),
                "GraphML, networkx": (lambda: nx.write_graphml(graphs[1], path / "b.graphml"), 20),
                "CSV for Gephi": (lambda: graph.write(whole, path / "a.csv"), 200),
            },
            "k edges/s",
        )
    # An edge seen from one pivot is one unit of work.
    race_by(
        {
            "betweenness and closeness": (
                lambda: graph.centralities_table(graphs[0], ["betweenness", "closeness"], 20),
                200 * 20,
            ),
            "betweenness, networkx": (
                lambda: nx.betweenness_centrality(graphs[1], k=4, weight="length", seed=0),
                20 * 4,
            ),
        },
        "k edges/s",
    )
