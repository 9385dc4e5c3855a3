"""How much each node is at the centre, by several measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.arguments import check_names, check_seed, check_whole, one_of
from nasij.graph.paths import ways
from nasij.tables import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx
    import numpy.typing as npt
    from scipy import sparse

__all__ = ["CENTRALITIES", "centralities_table", "check_centralities"]

CENTRALITIES: Final = (
    "degree",
    "strength",
    "betweenness",
    "closeness",
    "eigenvector",
    "pagerank",
)
#: The work, nodes times edges, up to which all shortest ways are followed unasked.
_WORK: Final = 400_000_000
#: From how many nodes they are followed in a larger network, at least and at most.
_FEWEST, _MOST = 200, 2_000
_SMALL: Final = 64


def check_centralities(measures: str | Iterable[str] | None) -> list[str]:
    """The names of centralities; None stands for all."""
    if measures is None:
        return list(CENTRALITIES)
    chosen = check_names("centralities", measures)
    return [one_of("centrality", name, CENTRALITIES) for name in chosen]


def centralities_table(
    graph: nx.Graph[Any],
    measures: str | Iterable[str] | None = None,
    pivots: int | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """One row a node with its centralities; those of highest strength first."""
    import networkx as nx  # noqa: PLC0415

    chosen, seed = check_centralities(measures), check_seed(seed)
    # In one order of nodes, so that the order of those of the graph changes no digit.
    order = sorted(graph, key=str)
    values: dict[str, Any] = {}
    attributes: dict[str, Any] = {}
    weights = _weights(graph, order) if order else None
    values["degree"] = np.diff(weights.indptr) if weights is not None else np.zeros(0, np.int64)
    values["strength"] = weights.sum(axis=1) if weights is not None else np.zeros(0)
    if weights is None:
        values |= {name: np.zeros(0) for name in chosen if name not in values}
    else:
        if {"betweenness", "closeness"} & set(chosen):
            at = _pivots(weights, pivots, seed)
            lengths = weights.copy()
            lengths.data = 1.0 / lengths.data
            values |= ways(lengths, at)._asdict()
            attributes["pivots"] = len(at)
        if "eigenvector" in chosen:
            values["eigenvector"] = _eigenvector(weights)
        if "pagerank" in chosen:
            plain = nx.from_scipy_sparse_array(weights)
            ranks = nx.pagerank(plain, weight="weight", tol=1e-12, max_iter=1000)
            values["pagerank"] = np.array([ranks[place] for place in range(len(order))])
    table = pd.DataFrame(
        {
            "entity": texts(str(node) for node in order),
            "name": texts(str(graph.nodes[node].get("name", node)) for node in order),
            "type": texts(graph.nodes[node].get("type") for node in order),
            **{name: values[name] for name in chosen},
        }
    )
    place = np.lexsort((np.arange(len(order)), -np.asarray(values["strength"])))
    table = table.iloc[place].reset_index(drop=True)
    table.attrs.update(attributes)
    return table


def _weights(graph: nx.Graph[Any], order: list[Any]) -> sparse.csr_array[Any, tuple[int, int]]:
    """The weights as a matrix, without ties of a node to itself."""
    import networkx as nx  # noqa: PLC0415
    from scipy import sparse  # noqa: PLC0415

    whole = nx.to_scipy_sparse_array(graph, order, format="coo")
    off = whole.row != whole.col
    at = (whole.row[off], whole.col[off])
    return sparse.coo_array((whole.data[off].astype(np.float64), at), shape=whole.shape).tocsr()


def _pivots(
    weights: sparse.csr_array[Any, tuple[int, int]], asked: int | None, seed: int
) -> npt.NDArray[np.int64]:
    nodes = weights.shape[0]
    if asked is not None:
        asked = check_whole("pivots", asked)
    if asked is None:
        bearable = _WORK // max(weights.nnz, 1)
        asked = nodes if nodes <= bearable else min(max(bearable, _FEWEST), _MOST)
    if asked >= nodes:
        return np.arange(nodes)
    return np.sort(np.random.default_rng(seed).choice(nodes, asked, replace=False))


def _eigenvector(weights: sparse.csr_array[Any, tuple[int, int]]) -> npt.NDArray[np.float64]:
    """The eigenvector of the largest eigenvalue nearest to all being equal; its largest is 1.

    Where several parts of a network share that eigenvalue, this is what repeated multiplication of
    equal values would come to.
    """
    from scipy.sparse.linalg import eigsh  # noqa: PLC0415

    nodes = weights.shape[0]
    if weights.nnz == 0:
        return np.ones(nodes)
    scaled = weights / weights.data.max()
    if nodes <= _SMALL:
        found, vectors = np.linalg.eigh(scaled.toarray())
        top = vectors[:, found > found[-1] * (1 - 1e-9)]
        vector = top @ (top.T @ np.ones(nodes))
    else:
        vector = eigsh(scaled, k=1, which="LA", v0=np.ones(nodes))[1][:, 0]
    vector = np.abs(vector)
    vector[vector < vector.max() * 1e-12] = 0.0
    scaled_vector: npt.NDArray[np.float64] = vector / vector.max()
    return scaled_vector
