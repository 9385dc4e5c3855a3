"""The pairs as a network: what holds it together, and its files."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from nasij import graph as networks
from nasij.analysis.edges import Edges
from nasij.arguments import (
    TYPES,
    check_min_count,
    check_number,
    check_seed,
    check_types,
    check_whole,
    one_of,
)
from nasij.errors import ArgumentError
from nasij.graph.build import check_level

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    import networkx as nx
    import pandas as pd

__all__ = ["Networks"]


class Networks(Edges):
    """Graphs and their files."""

    def network(
        self,
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
        count: str = "units",
        q: float | None = None,
        alpha: float | None = None,
        communities: bool = False,  # noqa: FBT001, FBT002
        centralities: str | Iterable[str] = (),
        evidence: int = 3,
        min_each: int = 1,
    ) -> nx.Graph[str]:
        """The pairs as a networkx graph.

        A pair is an edge if its weight is above 0 and, where the weight is more than a count or
        an overlap (pmi, npmi, llr, odds_ratio ...), it occurs more often than expected by chance.
        An infinite weight counts as the largest of the others, and of a measure in two directions
        the smaller counts. docs/networks.md says what each number means.

        Args:
            unit: as for `counts`.
            types: as for `counts`.
            min_count: only pairs seen together in at least so many units.
            weight: the measure that is the edges' ``weight``: count, npmi, llr, logdice, any of
                docs/measures.md but p and q, which fall where a tie grows.
            count: as for `counts`.
            q: only pairs seen together more often than expected by chance whose q is at most this,
                such as 0.05.
            alpha: of the network these make, only edges whose ``alpha`` is at most this: its
                backbone. alpha is how likely an edge at least so heavy is if its node shared out
                its weight at random, at the end where it is less likely (the disparity filter of
                Serrano, Boguñá and Vespignani 2009).
            communities: give nodes the number of their community, as `communities` does.
            centralities: give nodes these, as `centralities` does.
            min_each: as for `cooccurrence`: of rarer entities no pair is tested.
            evidence: how many ids of units an edge has: the first of those that `evidence` gives
                for the pair, ``doc#sentence``, joined by " | ".

        Returns:
            Nodes are entity ids with name, name_en, type, subtype, mentions and docs; edges have
            weight, alpha, count, the measures that `cooccurrence` gives unasked, and evidence. What
            is missing or not finite is no attribute.

        Raises:
            ArgumentError: an unknown unit, type, measure or centrality, or no level.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى موسكو."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> graph = analysis.network(min_count=1)
            >>> graph.edges["per:vladimir-putin", "loc:moscow"]["weight"]
            2
            >>> graph.edges["per:vladimir-putin", "per:xi-jinping"]["evidence"]
            '0#0'
        """
        # Wrong names are told before anything is counted.
        chosen = networks.check_centralities(centralities)
        made = networks.to_graph(
            self._network(unit, types, min_count, weight, count, q, alpha, evidence, min_each)
        )
        if communities:
            for node, number in networks.louvain(made).items():
                made.nodes[node]["community"] = number
        if chosen:
            table = networks.centralities_table(made, chosen).set_index("entity")
            for name in chosen:
                for node, value in zip(table.index, table[name].tolist(), strict=True):
                    made.nodes[str(node)][name] = value
        return made

    def centralities(
        self,
        graph: nx.Graph[Any] | None = None,
        measures: str | Iterable[str] | None = None,
        pivots: int | None = None,
        seed: int = 0,
    ) -> pd.DataFrame:
        """How central each node of a network is, by several measures.

        Args:
            graph: made by `network`, `bipartite` or `ego`, or any undirected networkx graph whose
                weights are above 0; None for ``network()``.
            measures: degree, strength, betweenness, closeness, eigenvector, pagerank; None for
                all.
            pivots: from how many nodes, chosen at random, the shortest ways are followed for
                betweenness and closeness, which are then estimates; None follows them from all
                unless the network is large (nodes times edges above 200 million).
                ``attrs["pivots"]`` says from how many it was.
            seed: of the choice of pivots.

        Returns:
            One row a node, by strength from high to low: entity, name, type; degree (edges);
            strength (sum of their weights); betweenness (share of the pairs of others whose
            shortest way leads through the node; Freeman 1977, Brandes 2001) and closeness (one
            over the mean distance to others, times the share of nodes that can be reached;
            Wasserman and Faust 1994), where an edge is as long as one over its weight (Newman
            2001); eigenvector (Bonacich 1972; the highest is 1; 0 in parts that the strongest part
            of the network is not tied to); pagerank (Brin and Page 1998, damping 0.85; sums to 1).

        Raises:
            ArgumentError: an unknown measure, or weights that are not finite and above 0.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> table = analysis.centralities(analysis.network(min_count=1))
            >>> table[["entity", "degree", "betweenness"]].head(2).values.tolist()
            [['per:vladimir-putin', 3, 0.6666666666666666], ['loc:moscow', 2, 0.0]]
        """
        made = self._given(graph, weighted=True)
        return networks.centralities_table(made, measures, pivots, seed)

    def communities(
        self, graph: nx.Graph[Any] | None = None, resolution: float = 1.0, seed: int = 0
    ) -> pd.DataFrame:
        """Groups of entities that occur with each other more than with the rest.

        Found by Louvain (Blondel et al. 2008) on the weights; a group in parts that no edge ties
        together becomes several. The same network and seed give the same groups, another seed may
        give others of nearly the same modularity.

        Args:
            graph: as for `centralities`.
            resolution: above 1 for more and smaller communities, below for fewer.
            seed: of the order in which nodes are tried.

        Returns:
            One row a community, the largest first: community (its number), size (nodes), inside
            (weight of its edges), across (weight of those that leave it), names (of its three
            strongest nodes) and members (ids, the strongest first). ``attrs["modularity"]`` tells
            how far it is from chance: 0 to 1, above 0.3 for a clear structure (Newman and Girvan
            2004).

        Raises:
            ArgumentError: a resolution that is not above 0, or weights as for `centralities`.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> table = analysis.communities(analysis.network(min_count=1))
            >>> table[["size", "names"]].values.tolist()
            [[2, 'فلاديمير بوتين · الصين'], [2, 'موسكو · شي جين بينغ']]
        """
        seed = check_seed(seed)
        if not 0 < check_number("resolution", resolution) < math.inf:
            msg = f"resolution is a number above 0, not {resolution!r}"
            raise ArgumentError(msg)
        made = self._given(graph, weighted=True)
        return networks.communities_table(made, networks.louvain(made, resolution, seed))

    def ego(
        self, entity: str, graph: nx.Graph[str] | None = None, radius: int = 1
    ) -> nx.Graph[str]:
        """The part of a network around one entity: who occurs with it, and which of them together.

        Args:
            entity: an id or a name, as for `evidence`.
            graph: as for `centralities`.
            radius: how many edges away; 1 for those it occurs with.

        Returns:
            A graph of its own, whose nodes have ``distance``, the number of edges to `entity`.

        Raises:
            ArgumentError: no entity, or several, are called so, or it has no edge in the network.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> sorted(analysis.ego("الصين", analysis.network(min_count=1)))
            ['loc:china', 'per:vladimir-putin']
        """
        import networkx as nx  # noqa: PLC0415

        radius = check_whole("radius", radius)
        node = self._names.find(entity)
        made = self._given(graph, weighted=False)
        if node not in made:
            msg = f"{node} has no edge in this network; a lower min_count may give it some"
            raise ArgumentError(msg)
        away = nx.single_source_shortest_path_length(made, node, cutoff=radius)
        around: nx.Graph[str] = made.subgraph(away).copy()
        nx.set_node_attributes(around, away, "distance")
        return around

    def bipartite(
        self,
        left: str | Iterable[str] = "document",
        right: str | Iterable[str] | None = None,
        unit: str | int = "sentence",
        min_count: int = 1,
        weight: str = "count",
        count: str = "units",
        q: float | None = None,
        alpha: float | None = None,
        evidence: int = 3,
    ) -> nx.Graph[str]:
        """A network between two kinds of nodes: documents and entities, or types of entities.

        Args:
            left: "document", or types of entities, such as "PER".
            right: types of entities, such as "ORG"; None for all that are not of `left`.
            unit: as for `counts`. Documents are tied to what they mention, and this, `weight`,
                `count` and `q` do not apply.
            min_count: only pairs seen together in at least so many units, or documents with so
                many mentions of an entity.
            weight: as for `network`; an edge from a document weighs the mentions.
            count: as for `counts`.
            q: as for `network`; the tests are those among all pairs of these types.
            alpha: as for `network`.
            evidence: as for `network`; from a document the first sentences with the entity.

        Returns:
            Nodes have ``bipartite``, 0 on the left and 1 on the right, as networkx has it, and
            edges and entities what `network` gives them. Documents are ``doc:`` and their id, with
            name (the title), type ("DOC"), mentions, doc, date and source.

        Raises:
            ArgumentError: as for `network`; a type on both sides.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> analysis.bipartite().edges["doc:0", "per:vladimir-putin"]["weight"]
            2
            >>> analysis.bipartite("PER", "LOC").number_of_edges()
            3
        """
        least, level = check_min_count(min_count), check_level("alpha", alpha)
        shown = check_whole("evidence", evidence, 0)
        others = check_types(right)
        if isinstance(left, str) and left == "document":
            if (weight, count, q) != ("count", "units", None):
                msg = "an edge from a document weighs mentions; weight, count and q do not apply"
                raise ArgumentError(msg)
            args = (self._documents, self._entities, self._extraction, others, least, level)
            return networks.to_graph(networks.of_documents(*args, shown))
        sides = check_types(left) or []
        others = [name for name in TYPES if name not in sides] if others is None else others
        both = sorted(set(sides) & set(others))
        if both or not sides or not others:
            msg = f"left and right are types that differ, not {sides!r} and {others!r}"
            raise ArgumentError(msg)
        pairs = self._weighed(unit, [*sides, *others], least, weight, count)
        made = networks.between(self._entities, pairs, (sides, others), weight, q, level)
        return networks.to_graph(self._shown(made, shown))

    def write_network(
        self,
        path: str | os.PathLike[str],
        graph: nx.Graph[Any] | None = None,
        freq: str | None = None,
        tool: str = "gephi",
    ) -> list[Path]:
        """Writes a network in the form that the ending of `path` names, whole or not at all.

        The same network gives the same bytes. docs/networks.md says how to open each.

        Args:
            path: ``.gexf`` or ``.graphml`` for Gephi; ``.csv`` for what `tool` takes.
            graph: made by `network`, `bipartite` or `ego`, with whatever attributes were added;
                None for ``network()``.
            freq: "D", "W", "M", "Q" or "Y": nodes and edges are there in the days, weeks, months,
                quarters or years that have a mention or evidence of them, with the mentions,
                ``weight`` and count of each. In ``.gexf``, and in ``.csv`` for Datawrapper, where
                it gives the counts of the ten heaviest pairs, a column each.
            tool: for ``.csv``: "gephi" writes ``NAME_nodes.csv`` and ``NAME_edges.csv``,
                "flourish" ``NAME_points.csv`` and ``NAME_links.csv``, "datawrapper" ``NAME.csv``,
                a row a pair.

        Returns:
            The paths written.

        Raises:
            ArgumentError: another ending, tool or frequency, or a form that knows no time.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
            >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
            >>> import pathlib, tempfile
            >>> folder = pathlib.Path(tempfile.mkdtemp())
            >>> paths = analysis.write_network(folder / "net.csv", analysis.network(min_count=1))
            >>> [path.name for path in paths]
            ['net_nodes.csv', 'net_edges.csv']
        """
        ending = networks.check_ending(path)
        one_of("tool", tool, networks.TOOLS)
        if freq is not None:
            one_of("freq", freq, tuple(networks.PERIODS))
            if ending == ".graphml" or (ending == ".csv" and tool != "datawrapper"):
                msg = "over time, a network is written as .gexf, or as .csv for datawrapper"
                raise ArgumentError(msg)
        if graph is None:
            made = self._network()
        else:
            made = networks.of_graph(networks.check_graph(graph, weighted=False))
        spells = None if freq is None else self._spells(made, freq)
        return networks.write(made, path, spells, tool)

    def write_gexf(
        self,
        path: str | os.PathLike[str],
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        weight: str = "count",
        count: str = "units",
    ) -> Path:
        """Writes the `network` for Gephi, whole or not at all, with Arabic labels and colours.

        `write_network` writes any network, over time too, and in other forms.
        """
        made = self._network(unit, types, min_count, weight, count)
        return networks.write_gexf(made, path)

    def _given(self, graph: nx.Graph[Any] | None, *, weighted: bool) -> nx.Graph[Any]:
        return self.network() if graph is None else networks.check_graph(graph, weighted=weighted)
