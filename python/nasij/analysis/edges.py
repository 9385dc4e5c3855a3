"""Networks as tables: the pairs that are edges, the units behind them, and when they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from nasij import graph as networks
from nasij import tables
from nasij._nasij import Counts
from nasij.analysis.counting import Counting
from nasij.arguments import check_unit, check_whole
from nasij.errors import ArgumentError
from nasij.graph.weights import check_weight, needed, weigh
from nasij.population import periods

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Edges"]

_ENDS: Final = ("source", "target")


class Edges(Counting):
    """What the networks of an analysis are made of."""

    def _network(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
        count: str = "units",
        q: float | None = None,
        alpha: float | None = None,
        evidence: int = 3,
        min_each: int = 1,
    ) -> networks.Tables:
        shown = check_whole("evidence", evidence, 0)
        pairs = self._weighed(unit, types, min_count, weight, count, min_each)
        return self._shown(networks.build_tables(self._entities, pairs, weight, q, alpha), shown)

    def _weighed(
        self,
        unit: str | int,
        types: str | Iterable[str] | None,
        min_count: int,
        weight: str,
        count: str,
        min_each: int = 1,
    ) -> pd.DataFrame:
        """The pairs with the usual measures and that which is the weight."""
        check_weight(weight)
        usual = Counts.usual()
        measures = None if weight in ("count", *usual) else [*usual, *needed(weight)]
        return self.cooccurrence(
            unit, types, min_count, count=count, measures=measures, min_each=min_each
        )

    def _shown(self, made: networks.Tables, evidence: int = 3) -> networks.Tables:
        """The network with the ids of the first units that were counted for each edge."""
        if evidence == 0:
            return made
        a, b = (made.edges[end].map(self._codes) for end in _ENDS)
        unit, count, types = (made.about.get(name) for name in ("unit", "count", "types"))
        found = networks.first_units(
            self._extraction,
            self._documents["doc"],
            check_unit(unit or "sentence"),
            (a, b),
            self._population(None if types is None else types.split(", "), count or "units"),
            evidence,
        )
        return made._replace(edges=made.edges.assign(evidence=found))

    def _spells(self, made: networks.Tables, freq: str) -> networks.Spells:
        """When the nodes and edges of a network are there."""
        about = made.about
        if "count" not in about:
            msg = "over time, nasij writes networks made by network, ego or bipartite of types"
            raise ArgumentError(msg)
        if networks.PERIODS[freq] in self._documents.columns:
            msg = f"a column of the documents is called {networks.PERIODS[freq]}; rename it"
            raise ArgumentError(msg)
        types, weight, by = about.get("types"), about["weight"], networks.PERIODS[freq]
        chosen, measures = None if types is None else types.split(", "), needed(weight)
        pairs = self.cooccurrence(about["unit"], chosen, 1, by, about["count"], measures)
        weights = weigh(pairs, weight).reindex(pairs.index, fill_value=0)
        edges = pairs.rename(columns={by: "period", "a": "source", "b": "target"})
        edges = edges.assign(weight=weights, count_then=edges["count"])
        found, ids = self._extraction.mentions(), self._extraction.entities()["id"]
        period = periods(self._documents, freq).array.take(found["doc"])
        mentions = pd.DataFrame({"period": period, "code": found["entity"]}).dropna()
        nodes = mentions.groupby(["period", "code"]).size().reset_index(name="mentions_then")
        nodes.insert(0, "id", tables.take(ids, nodes.pop("code").to_numpy()))
        return networks.Spells(nodes, edges[["source", "target", "period", "weight", "count_then"]])
