"""The pairs as a graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij import graph
from nasij.analysis.counting import Counting

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    import networkx as nx

__all__ = ["Networks"]


class Networks(Counting):
    """Graphs and their files."""

    def network(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
        count: str = "units",
    ) -> nx.Graph[str]:
        """The pairs as a networkx graph.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: only pairs seen together in at least so many units.
            weight: the measure that is the edges' ``weight``: count, npmi, llr, logdice, ...
            count: as for `counts`.

        Returns:
            Nodes are entity ids with name, name_en, type, subtype, mentions and docs; edges have
            weight, count, expected, pmi, npmi, llr, logdice, jaccard, p and q.
        """
        pairs = self.cooccurrence(unit, types, min_count, count=count)
        return graph.build(self._entities, pairs, weight)

    def write_gexf(
        self,
        path: str | os.PathLike[str],
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
        count: str = "units",
    ) -> Path:
        """Writes the `network` for Gephi, whole or not at all, with Arabic labels and colours."""
        pairs = self.cooccurrence(unit, types, min_count, count=count)
        return graph.write_gexf(self._entities, pairs, weight, path)
