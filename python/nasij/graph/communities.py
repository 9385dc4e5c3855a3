"""Groups of nodes that are tied among themselves more than to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from nasij.tables import texts

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["communities_table", "louvain"]

#: How many names stand for a community.
_NAMED = 3


def louvain(graph: nx.Graph[Any], resolution: float = 1.0, seed: int = 0) -> dict[Any, int]:
    """The community of each node, numbered from 0, the largest first.

    Louvain (Blondel et al. 2008) on the edges' weight, by networkx. It may leave a community in
    parts that nothing ties together (Traag, Waltman and van Eck 2019); each part is then one of its
    own, which never lowers the modularity. The result depends on the graph, `resolution` and
    `seed` alone, not on the order of nodes and edges.
    """
    import networkx as nx  # noqa: PLC0415

    order = sorted(graph, key=str)
    number = {node: place for place, node in enumerate(order)}
    ends = (
        (min(number[a], number[b]), max(number[a], number[b]), float(held.get("weight", 1)))
        for a, b, held in graph.edges(data=True)
    )
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(order)))
    plain.add_weighted_edges_from(sorted(ends))
    found = nx.community.louvain_communities(
        plain, weight="weight", resolution=resolution, seed=seed
    )
    parts = [
        sorted(part) for group in found for part in nx.connected_components(plain.subgraph(group))
    ]
    parts.sort(key=lambda part: (-len(part), part))
    return {order[node]: place for place, part in enumerate(parts) for node in part}


def communities_table(graph: nx.Graph[Any], groups: dict[Any, int]) -> pd.DataFrame:
    """One row a community, the largest first; the modularity of all in ``attrs``."""
    import networkx as nx  # noqa: PLC0415

    strength = dict(graph.degree(weight="weight"))
    members: list[list[Any]] = [[] for _ in range(max(groups.values(), default=-1) + 1)]
    for node in sorted(graph, key=lambda node: (-strength[node], str(node))):
        members[groups[node]].append(node)
    inside, across = [0.0] * len(members), [0.0] * len(members)
    for a, b, weight in graph.edges(data="weight", default=1.0):
        if groups[a] == groups[b]:
            inside[groups[a]] += weight
        else:
            across[groups[a]] += weight
            across[groups[b]] += weight
    table = pd.DataFrame(
        {
            "community": range(len(members)),
            "size": [len(part) for part in members],
            "inside": inside,
            "across": across,
            "names": texts(
                " · ".join(str(graph.nodes[node].get("name", node)) for node in part[:_NAMED])
                for part in members
            ),
            "members": pd.Series([[str(node) for node in part] for part in members], dtype=object),
        }
    )
    if graph.size() > 0:
        parts = [set(part) for part in members]
        table.attrs["modularity"] = nx.community.modularity(graph, parts, weight="weight")
    return table
