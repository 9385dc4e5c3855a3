"""Networks: which pairs are edges, what the numbers are, and what the files hold."""

import csv
import itertools
import math
import random
import subprocess
import sys
import xml.etree.ElementTree as ET

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad

import nasij
from nasij import graph as networks
from nasij.graph.weights import weigh

BOTH = "التقى فلاديمير بوتين وشي جين بينغ في موسكو."
ARTICLES = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d", "e"],
        "title": ['لقاء "كبير"،\nفي, موسكو', None, "سفر", "بلا تاريخ", "قمة"],
        "text": [
            f"{BOTH} ووصل بوتين إلى الصين.\nوقال بوتين إن شي جين بينغ زار موسكو.",
            f"  {BOTH}\r\n\r\nوذكرت وكالة رويترز ذلك.",
            "سافر <بوتين> إلى الصين مع شي جين بينغ.",
            "زار إيمانويل ماكرون باريس. وقال إيمانويل ماكرون في باريس إنه سعيد.",
            "وصل بوتين إلى موسكو. وقال أنطونيو غوتيريش لوكالة رويترز إن الأمم المتحدة سعيدة.",
        ],
        "date": ["2024-01-05", "2024-01-20", "2024-03-02", None, "2024-04-09"],
        "source": ["أ", "ب", "أ", "ب", None],
    }
)
PUTIN, XI, MOSCOW, MACRON = (
    "per:vladimir-putin",
    "per:xi-jinping",
    "loc:moscow",
    "per:emmanuel-macron",
)
SPACE = {"g": "http://www.gexf.net/1.2draft", "m": "http://graphml.graphdrawing.org/xmlns"}
#: Measures that do not ask what chance would give.
OVERLAP = {"count", "dice", "logdice", "jaccard", "cosine", "min_sensitivity"}


@pytest.fixture(scope="module")
def analysis():
    return nasij.Corpus.from_frame(ARTICLES).analyze(threads=1, tagger=False)


@pytest.fixture(scope="module")
def network(analysis):
    return analysis.network(min_count=1)


def random_graph(seed, nodes=12, share=0.4):
    rng = random.Random(seed)  # noqa: S311
    graph = nx.Graph()
    graph.add_nodes_from(f"n{place}" for place in range(nodes))
    for a, b in itertools.combinations(list(graph), 2):
        if rng.random() < share:
            graph.add_edge(a, b, weight=rng.choice([1, 2, 3, 4, 6, 12]))
    return graph


# Edges


def test_edges_are_the_pairs_and_weigh_their_measure(analysis):
    network = analysis.network(weight="npmi", min_count=1)
    pairs = analysis.cooccurrence(min_count=1).set_index(["a", "b"])
    assert {frozenset(edge) for edge in network.edges} == {
        frozenset(pair) for pair in pairs.index[pairs["npmi"] > 0]
    }
    for a, b, held in network.edges(data=True):
        row = pairs.loc[(a, b) if (a, b) in pairs.index else (b, a)]
        assert held["weight"] == row["npmi"]
        assert {held[name] for name in ("count", "llr", "q")} == set(row[["count", "llr", "q"]])
    with pytest.raises(nasij.ArgumentError, match="weight is one of"):
        analysis.network(weight="strength")
    with pytest.raises(nasij.ArgumentError, match="weight is one of"):
        analysis.network(weight="p")


@pytest.mark.parametrize("count", ["units", "documents"])
def test_every_measure_weighs_ties_and_them_alone(analysis, count):
    table = analysis.cooccurrence(min_count=1, measures="all", count=count)
    table = table.set_index(["a", "b"])
    for name in ["count", *table.columns[table.columns.get_loc("total") + 1 :]]:
        if name in {"expected", "p", "p_greater", "q", "few"}:
            with pytest.raises(nasij.ArgumentError, match="weight is one of"):
                analysis.network(weight=name)
            continue
        edges = analysis.network(min_count=1, weight=name, count=count).edges
        assert edges
        for (a, b), row in table.iterrows():
            tied = name in OVERLAP or row["count"] > row["expected"]
            if (a, b) in edges:
                assert tied
                weight, turned = edges[a, b]["weight"], name
                if "_given_" in name:
                    turned = name.replace("b_given_a", "#").replace("a_given_b", "b_given_a")
                    turned = turned.replace("#", "a_given_b")
                value = min(row[name], row[turned])
                total = row["a_count"] * row["b_count"] / row["expected"]
                value += {"pmi2": 1, "pmi3": 2}.get(name, 0) * math.log2(total)
                assert 0 < weight < math.inf
                assert weight == pytest.approx(value) or math.isinf(value)
            elif tied and name not in {"poisson_stirling", "chi2_yates"}:
                assert row[name] <= 0


def test_an_infinite_weight_is_the_largest_of_the_others():
    def weights(*values):
        pairs = pd.DataFrame({"odds_ratio": values, "count": 3, "expected": 1.0, "total": 9})
        return weigh(pairs, "odds_ratio").to_dict()

    assert weights(2.0, 0.0, np.inf, np.nan, 7.0) == {0: 2.0, 2: 7.0, 4: 7.0}
    assert weights(np.inf, 0.0) == {0: 1.0}
    assert weights() == {}


def test_values_that_are_not_finite_stay_out_of_the_graph(analysis):
    pairs = analysis.cooccurrence(min_count=1)
    pairs.loc[0, ["pmi", "llr"]] = [np.inf, np.nan]
    for _, _, held in networks.build(analysis.entities, pairs, "pmi").edges(data=True):
        assert "weight" in held
        assert all(math.isfinite(value) for value in held.values())


def test_q_and_alpha_keep_the_edges_that_have_them(analysis, network):
    for name in ("q", "alpha"):
        values = sorted({held[name] for *_, held in network.edges(data=True)})
        level = values[len(values) // 2]
        kept = analysis.network(min_count=1, **{name: level})
        assert {frozenset(edge) for edge in kept.edges} == {
            frozenset((a, b)) for a, b, held in network.edges(data=True) if held[name] <= level
        }
        assert 0 < kept.number_of_edges() < network.number_of_edges()
        assert min(dict(kept.degree).values()) > 0
        for wrong in (0, -1, 1.5, "x", True, math.nan):
            with pytest.raises(nasij.ArgumentError, match=f"{name} is a number above 0"):
                analysis.network(**{name: wrong})


def test_an_edge_of_small_q_is_more_than_chance():
    alone = ["وصل فلاديمير بوتين.", "وصل إيمانويل ماكرون."] * 40
    texts = [*alone, "التقى فلاديمير بوتين إيمانويل ماكرون."]
    made = nasij.Corpus.from_frame(pd.DataFrame({"text": texts})).analyze(tagger=False)
    pair = made.cooccurrence(min_count=1).iloc[0]
    assert pair["q"] < 1e-9
    assert pair["count"] < pair["expected"]
    assert made.network(min_count=1, q=0.05).number_of_edges() == 0
    assert made.network(min_count=1).number_of_edges() == 1


def test_a_network_says_what_it_counts(analysis):
    made = analysis.network(unit=10, types=["PER", "LOC"], min_count=1, q=0.9, count="documents")
    assert made.graph == {
        "weight": "count", "q": 0.9, "unit": 10, "count": "documents", "min_count": 1,
        "total": 5, "types": "PER, LOC",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("unit", "count"),
    [
        ("sentence", "units"), ("document", "units"), (5, "units"), ("around 3", "units"),
        ("sentence", "documents"), ("paragraph", "days"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::nasij.errors.NasijWarning")
def test_edges_lead_to_their_first_units(analysis, unit, count):
    network = analysis.network(unit, min_count=1, count=count, types=["PER", "LOC"], evidence=2)
    for a, b, held in network.edges(data=True):
        units = analysis.evidence(a, b, unit, types=["PER", "LOC"], count=count)["unit"]
        assert held["evidence"].split(" | ") == list(dict.fromkeys(units))[:2]
    bare = analysis.network(unit, min_count=1, evidence=0)
    assert not any("evidence" in held for *_, held in bare.edges(data=True))
    with pytest.raises(nasij.ArgumentError, match="evidence is a whole number"):
        analysis.network(evidence=-1)


def test_edges_of_documents_lead_to_the_sentences_with_the_entity(analysis):
    network = analysis.bipartite()
    for a, b, held in network.edges(data=True):
        doc, entity = (a, b) if a.startswith("doc:") else (b, a)
        units = analysis.evidence(entity)["unit"]
        assert (
            held["evidence"].split(" | ")
            == [unit for unit in units if unit.split("#")[0] == doc.removeprefix("doc:")][:3]
        )


# The disparity filter


def test_the_alpha_of_a_star_is_that_of_its_centre_by_hand():
    # 0 is tied to 1 by 8 of 10, to 2 and 3 by 1 each: (1 - 0.8)^2, (1 - 0.1)^2.
    alpha = networks.disparity(
        np.array([0, 0, 0]), np.array([1, 2, 3]), np.array([8.0, 1.0, 1.0]), 4
    )
    assert alpha == pytest.approx([0.04, 0.81, 0.81], abs=1e-12)
    # A single edge tells nothing at either end.
    assert networks.disparity(np.array([0]), np.array([1]), np.array([5.0]), 2).tolist() == [1.0]


def test_the_alpha_of_equal_edges_is_as_by_hand():
    # In a triangle each end has two edges of a half: (1 - 1/2)^1.
    a, b = np.array([0, 0, 1]), np.array([1, 2, 2])
    assert networks.disparity(a, b, np.full(3, 1e300), 3) == pytest.approx([0.5] * 3)


@pytest.mark.parametrize("seed", range(20))
def test_alpha_equals_an_oracle_in_plain_python(seed):
    graph = random_graph(seed)
    order = list(graph)
    rows = [(order.index(a), order.index(b), w) for a, b, w in graph.edges(data="weight")]
    a, b, weight = (np.array(column) for column in zip(*rows, strict=True))
    alpha = networks.disparity(a, b, weight.astype(float), len(order))
    for (source, target, heavy), found in zip(rows, alpha, strict=True):
        ends = []
        for end in (order[source], order[target]):
            k, s = graph.degree(end), graph.degree(end, weight="weight")
            ends.append((1 - heavy / s) ** (k - 1) if k > 1 else 1.0)
        assert found == pytest.approx(min(ends), rel=1e-9, abs=1e-12)


def test_the_integral_of_the_paper_is_the_closed_form():
    for k, share in ((2, 0.3), (5, 0.4), (9, 0.05)):
        tail = 1 - (k - 1) * quad(lambda x, k=k: (1 - x) ** (k - 2), 0, share)[0]
        source = np.zeros(k, dtype=np.int64)
        weight = np.array([share] + [(1 - share) / (k - 1)] * (k - 1))
        alpha = networks.disparity(source, np.arange(1, k + 1), weight, k + 1)
        assert alpha[0] == pytest.approx(tail, abs=1e-9)


# Communities


def test_planted_communities_are_found():
    planted = nx.planted_partition_graph(5, 20, 0.6, 0.02, seed=3)
    groups = networks.louvain(planted)
    assert sorted(set(groups.values())) == [0, 1, 2, 3, 4]
    for part in planted.graph["partition"]:
        assert len({groups[node] for node in part}) == 1


def test_communities_do_not_depend_on_the_order_of_the_graph():
    graph = random_graph(1, 40, 0.1)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((b, a, held) for a, b, held in reversed(list(graph.edges(data=True))))
    assert networks.louvain(graph) == networks.louvain(turned)


def test_communities_hang_together_and_are_numbered_by_size():
    for seed in range(5):
        graph = random_graph(seed, 60, 0.03)
        groups = networks.louvain(graph)
        sizes = [list(groups.values()).count(number) for number in range(max(groups.values()) + 1)]
        assert sizes == sorted(sizes, reverse=True)
        for number in range(len(sizes)):
            part = [node for node in graph if groups[node] == number]
            assert nx.is_connected(graph.subgraph(part))


def test_the_table_of_communities_adds_up(analysis, network):
    table = analysis.communities(network)
    assert table["size"].sum() == len(network)
    assert sorted(itertools.chain(*table["members"])) == sorted(network)
    assert table["inside"].sum() + table["across"].sum() / 2 == network.size(weight="weight")
    parts = [set(part) for part in table["members"]]
    assert table.attrs["modularity"] == nx.community.modularity(network, parts)
    named = analysis.network(min_count=1, communities=True)
    for row in table.itertuples():
        assert {named.nodes[node]["community"] for node in row.members} == {row.community}
    for resolution in (0, float("nan"), float("inf"), "1", None):
        with pytest.raises(nasij.ArgumentError, match="resolution is a number"):
            analysis.communities(network, resolution=resolution)
    for seed in (-1, 1.5, "1", None):
        with pytest.raises(nasij.ArgumentError, match="seed is a whole number"):
            analysis.communities(network, seed=seed)
        with pytest.raises(nasij.ArgumentError, match="seed is a whole number"):
            analysis.centralities(network, seed=seed)


# Centralities


@pytest.mark.parametrize("seed", range(12))
def test_centralities_are_those_of_networkx(seed):
    graph = random_graph(seed, 14, 0.2 if seed % 2 else 0.5)
    for _, _, held in graph.edges(data=True):
        # Powers of two, so that its sums are exact and ways of one length are seen as such.
        held["weight"] = {1: 1, 2: 2, 3: 4, 4: 8, 6: 2, 12: 4}[held["weight"]]
        held["length"] = 1 / held["weight"]
    table = networks.centralities_table(graph).set_index("entity")
    peers = {
        "degree": dict(graph.degree),
        "strength": dict(graph.degree(weight="weight")),
        "betweenness": nx.betweenness_centrality(graph, weight="length"),
        "closeness": nx.closeness_centrality(graph, distance="length"),
        "pagerank": nx.pagerank(graph, tol=1e-12, max_iter=1000),
    }
    for name, peer in peers.items():
        assert table[name].to_dict() == pytest.approx(peer, abs=1e-9), name
    assert table.attrs["pivots"] == 14
    part = graph.subgraph(max(nx.connected_components(graph), key=len))
    if len(part) > len(graph) / 2 and len(part) > 2:
        peer = nx.eigenvector_centrality_numpy(part, weight="weight")
        most = max(peer.values())
        found = table.loc[list(part), "eigenvector"]
        if found.max() == 1.0:
            assert found.to_dict() == pytest.approx(
                {n: v / most for n, v in peer.items()}, abs=1e-6
            )


def test_ways_of_one_length_share_what_leads_through_them():
    # From a to d: by b (1/3 + 1/6) and direct (1/2). Floats do not show that they are as long.
    graph = nx.Graph()
    graph.add_edge("a", "b", weight=3)
    graph.add_edge("b", "d", weight=6)
    graph.add_edge("a", "d", weight=2)
    table = networks.centralities_table(graph, "betweenness").set_index("entity")
    assert table["betweenness"].to_dict() == {"a": 0, "b": 0.5, "d": 0}


def test_pivots_estimate_and_repeat():
    graph = random_graph(5, 80, 0.1)
    exact = networks.centralities_table(graph, ["betweenness", "closeness"]).set_index("entity")
    some = networks.centralities_table(graph, ["betweenness", "closeness"], pivots=40, seed=1)
    assert some.attrs["pivots"] == 40
    again = networks.centralities_table(graph, ["betweenness", "closeness"], pivots=40, seed=1)
    pd.testing.assert_frame_equal(some, again)
    some = some.set_index("entity").loc[exact.index]
    for name in exact.columns[2:]:
        assert np.corrcoef(some[name], exact[name])[0, 1] > 0.8
    for wrong in (0, True):
        with pytest.raises(nasij.ArgumentError, match="pivots"):
            networks.centralities_table(graph, pivots=wrong)


def test_the_largest_networks_are_sampled_unasked(monkeypatch):
    monkeypatch.setattr("nasij.graph.centralities._WORK", 1)
    monkeypatch.setattr("nasij.graph.centralities._FEWEST", 10)
    table = networks.centralities_table(random_graph(2, 30, 0.3), "closeness")
    assert table.attrs["pivots"] == 10


def test_equal_parts_share_the_eigenvector():
    graph = nx.disjoint_union(nx.complete_graph(3), nx.complete_graph(3))
    table = networks.centralities_table(graph, "eigenvector")
    assert table["eigenvector"].tolist() == pytest.approx([1.0] * 6)


def test_centralities_go_onto_nodes_on_request(analysis, network):
    made = analysis.network(min_count=1, centralities=["strength", "pagerank"])
    table = analysis.centralities(network).set_index("entity")
    for node, held in made.nodes(data=True):
        assert held["strength"] == table.loc[node, "strength"]
        assert held["pagerank"] == table.loc[node, "pagerank"]
        assert "degree" not in held
    with pytest.raises(nasij.ArgumentError, match="centralities is a name or a list"):
        analysis.centralities(network, 2)
    with pytest.raises(nasij.ArgumentError, match="centrality is one of"):
        analysis.network(centralities="fame")


def test_graphs_that_cannot_be_measured_are_refused(analysis, tmp_path):
    for weight in (-1.0, 0, math.inf, math.nan, "3", None):
        network = nx.Graph()
        network.add_edge("a", "b", weight=weight)
        for measured in (analysis.centralities, analysis.communities):
            with pytest.raises(nasij.ArgumentError, match="finite and above 0"):
                measured(network)
    for wrong in (nx.DiGraph([("a", "b")]), nx.MultiGraph([("a", "b")]), "graph"):
        with pytest.raises(nasij.ArgumentError, match="an undirected networkx"):
            analysis.centralities(wrong)
        with pytest.raises(nasij.ArgumentError, match="an undirected networkx"):
            analysis.write_network(tmp_path / "a.gexf", wrong)


def test_a_tie_of_a_node_to_itself_counts_for_nothing():
    graph = random_graph(4)
    table = networks.centralities_table(graph)
    graph.add_edge("n0", "n0", weight=5)
    pd.testing.assert_frame_equal(networks.centralities_table(graph), table)


# Parts


def test_an_ego_network_holds_its_neighbours_and_their_edges(analysis, network):
    around = analysis.ego("شي جين بينغ", network)
    near = set(network[XI])
    assert set(around) == near | {XI}
    assert {frozenset(edge) for edge in around.edges} == {
        frozenset(edge) for edge in network.edges if set(edge) <= near | {XI}
    }
    assert around.nodes[XI]["distance"] == 0
    assert {around.nodes[node]["distance"] for node in near} == {1}
    wide = analysis.ego(XI, network, radius=2)
    assert set(wide) == set(nx.ego_graph(network, XI, 2))
    with pytest.raises(nasij.ArgumentError, match="no edge in this network"):
        analysis.ego(MACRON, analysis.network(min_count=9))
    with pytest.raises(nasij.ArgumentError, match="radius"):
        analysis.ego(XI, network, radius=0)


def test_documents_are_tied_to_what_they_mention(analysis):
    graph = analysis.bipartite(right=["PER", "LOC"])
    mentions = analysis.mentions[analysis.mentions["type"].isin(["PER", "LOC"])]
    counted = mentions.groupby(["doc", "entity"]).size()
    assert graph.number_of_edges() == len(counted)
    for (doc, entity), count in counted.items():
        assert graph.edges[f"doc:{doc}", entity]["weight"] == count
    assert nx.is_bipartite(graph)
    sides = nx.get_node_attributes(graph, "bipartite")
    assert {node for node in graph if sides[node] == 0} == {f"doc:{d}" for d in mentions["doc"]}
    assert graph.nodes["doc:a"]["date"] == "2024-01-05"
    assert "date" not in graph.nodes["doc:d"]
    assert graph.nodes["doc:b"]["name"] == "b"
    with pytest.raises(nasij.ArgumentError, match="do not apply"):
        analysis.bipartite(q=0.1)


def test_two_types_are_tied_by_their_pairs(analysis):
    graph = analysis.bipartite("PER", "LOC")
    pairs = analysis.cooccurrence(types=["PER", "LOC"], min_count=1)
    mixed = pairs[pairs["a_type"].astype(str) != pairs["b_type"].astype(str)]
    assert len(mixed)
    assert {frozenset(edge) for edge in graph.edges} == {
        frozenset(pair) for pair in mixed[["a", "b"]].itertuples(index=False)
    }
    for a, b, held in graph.edges(data=True):
        units = analysis.evidence(a, b)["unit"]
        assert held["evidence"].split(" | ") == units.tolist()[:3]
    assert graph.graph["types"] == "PER, LOC"
    for node, held in graph.nodes(data=True):
        assert held["bipartite"] == node.startswith("loc:")
    for wrong in (("PER", "PER"), ("PER", ["PER", "LOC"]), ([], "PER")):
        with pytest.raises(nasij.ArgumentError, match="left and right"):
            analysis.bipartite(*wrong)


# Files


def test_gexf_holds_the_network(analysis, network, tmp_path):
    (path,) = analysis.write_network(tmp_path / "net.gexf", network)
    tree = ET.parse(path)
    labels = {node.get("id"): node.get("label") for node in tree.iterfind(".//g:node", SPACE)}
    assert labels == dict(network.nodes(data="name"))
    back = nx.read_gexf(path)
    assert set(back) == set(network)
    for node, held in network.nodes(data=True):
        assert {name: back.nodes[node][name] for name in held} == held
    assert back.number_of_edges() == network.number_of_edges()
    for a, b, held in network.edges(data=True):
        assert {name: back.edges[a, b][name] for name in held} == held
    assert [file.name for file in tmp_path.iterdir()] == ["net.gexf"]


def test_write_gexf_writes_the_network_of_its_arguments(analysis, tmp_path):
    path = analysis.write_gexf(tmp_path / "net.gexf", types=["PER", "LOC"], weight="npmi")
    back = nx.read_gexf(path)
    made = analysis.network(types=["PER", "LOC"], weight="npmi")
    assert {frozenset(edge) for edge in back.edges} == {frozenset(edge) for edge in made.edges}
    told = ET.parse(path).find(".//g:description", SPACE).text
    assert told == (
        "weight: npmi; unit: sentence; count: units; "
        f"min_count: 2; total: {made.graph['total']}; types: PER, LOC"
    )


def test_graphml_holds_the_network_with_types(analysis, network, tmp_path):
    (path,) = analysis.write_network(tmp_path / "net.graphml", network)
    keys = {key.get("id"): key for key in ET.parse(path).iterfind(".//m:key", SPACE)}
    assert len(keys) == len(ET.parse(path).findall(".//m:key", SPACE))
    assert keys["label"].get("attr.name") == "label"
    assert keys["weight"].get("for") == "edge"
    assert {key.get("attr.type") for key in keys.values()} <= {
        "boolean", "long", "double", "string"
    }  # fmt: skip
    for data in ET.parse(path).iterfind(".//m:data", SPACE):
        assert data.text not in {None, "None", "nan", "inf"}
    back = nx.read_graphml(path)
    for node, held in network.nodes(data=True):
        assert {name: back.nodes[node][name] for name in held} == held
        assert back.nodes[node]["label"] == held["name"]
    for a, b, held in network.edges(data=True):
        assert {name: back.edges[a, b][name] for name in held} == held


def months(element, kind):
    return [(spell.get("start"), spell.get("end")) for spell in element.iterfind(kind, SPACE)]


@pytest.mark.parametrize(
    ("freq", "column"),
    [("D", "day"), ("W", "week"), ("M", "month"), ("Q", "quarter"), ("Y", "year")],
)
@pytest.mark.filterwarnings("ignore::nasij.errors.NasijWarning")
def test_spells_are_the_periods_with_evidence(analysis, network, tmp_path, freq, column):
    (path,) = analysis.write_network(tmp_path / "net.gexf", network, freq=freq)
    root = ET.parse(path).find("g:graph", SPACE)
    assert root.get("mode") == "dynamic"
    assert root.get("timeformat") == "date"
    pairs = analysis.cooccurrence(min_count=1, by=column)
    dated = {frozenset(pair) for pair in pairs[["a", "b"]].itertuples(index=False)}
    seen = set()
    for edge in root.iterfind(".//g:edge", SPACE):
        ends = edge.get("source"), edge.get("target")
        seen.add(frozenset(ends))
        assert edge.get("weight") is None
        rows = pairs[pairs["a"].isin(ends) & pairs["b"].isin(ends)]
        expected = [(f"{p.start_time:%Y-%m-%d}", f"{p.end_time:%Y-%m-%d}") for p in rows[column]]
        assert sorted(expected) == months(edge, "g:spells/g:spell")
        weights = [
            (value.get("start"), int(float(value.get("value"))))
            for value in edge.iterfind(".//g:attvalue[@for='weight']", SPACE)
        ]
        starts = [start for start, _ in expected]
        assert weights == sorted(zip(starts, rows["count"], strict=True))
        for period, count in zip(rows[column], rows["count"], strict=True):
            part = analysis.select(**{column: period})
            assert len(part.evidence(*ends)) == count
    assert seen == dated
    timeline = analysis.timeline(freq=freq)
    for node in root.iterfind(".//g:node", SPACE):
        rows = timeline[timeline["entity"] == node.get("id")]
        expected = [f"{period.start_time:%Y-%m-%d}" for period in rows["period"]]
        assert [start for start, _ in months(node, "g:spells/g:spell")] == expected
        then = [int(v.get("value")) for v in node.iterfind(".//g:attvalue[@start]", SPACE)]
        assert then == rows["mentions"].tolist()
    assert MACRON not in {node.get("id") for node in root.iterfind(".//g:node", SPACE)}
    back = nx.read_gexf(path)
    assert {frozenset(edge) for edge in back.edges} == dated


READ = {"long": int, "double": float, "string": str, "boolean": {"true": 1, "false": 0}.__getitem__}


@pytest.mark.parametrize("freq", [None, "W", "Y"])
@pytest.mark.filterwarnings("ignore::nasij.errors.NasijWarning")
def test_gexf_keeps_the_rules_of_its_schema(analysis, tmp_path, freq):
    made = analysis.network(min_count=1, communities=True, centralities="closeness")
    (path,) = analysis.write_network(tmp_path / "net.gexf", made, freq=freq)
    gexf, viz = "{http://www.gexf.net/1.2draft}", "{http://www.gexf.net/1.2draft/viz}"
    inside = {
        "gexf": {"meta", "graph"}, "meta": {"creator", "description"},
        "graph": {"attributes", "nodes", "edges"}, "attributes": {"attribute"},
        "nodes": {"node"}, "edges": {"edge"}, "attvalues": {"attvalue"}, "spells": {"spell"},
        "node": {"attvalues", "spells", f"{viz}color", f"{viz}size"},
        "edge": {"attvalues", "spells"},
    }  # fmt: skip
    root = ET.parse(path).getroot()
    for element in root.iter():
        allowed = inside.get(element.tag.removeprefix(gexf), set())
        assert {child.tag.removeprefix(gexf) for child in element} <= allowed
    declared = {
        (block.get("class"), one.get("id")): (block.get("mode"), READ[one.get("type")])
        for block in root.iterfind(".//g:attributes", SPACE)
        for one in block
    }
    ids = [node.get("id") for node in root.iterfind(".//g:node", SPACE)]
    edges = list(root.iterfind(".//g:edge", SPACE))
    assert len(set(ids)) == len(ids)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} == set(ids)
    first, last = root.find("g:graph", SPACE).get("start"), root.find("g:graph", SPACE).get("end")
    for what in ("node", "edge"):
        for element in root.iterfind(f".//g:{what}", SPACE):
            for value in element.iterfind(".//g:attvalue", SPACE):
                mode, read = declared[what, value.get("for")]
                read(value.get("value"))
                assert mode == ("static" if value.get("start") is None else "dynamic")
            times = months(element, "g:spells/g:spell")
            assert times if freq else not times
            assert list(itertools.chain(*times)) == sorted(itertools.chain(*times))
            assert all(first <= start and end <= last for start, end in times)


def test_graphml_keeps_the_rules_of_its_schema(analysis, tmp_path):
    (path,) = analysis.write_network(tmp_path / "net.graphml", analysis.bipartite())
    root = ET.parse(path).getroot()
    keys = {
        key.get("id"): (key.get("for"), READ[key.get("attr.type")])
        for key in root.iterfind("m:key", SPACE)
    }
    for what in ("node", "edge"):
        for element in root.iterfind(f".//m:{what}", SPACE):
            for data in element:
                owner, read = keys[data.get("key")]
                assert owner == what
                read(data.text)
    ids = [node.get("id") for node in root.iterfind(".//m:node", SPACE)]
    assert len(set(ids)) == len(ids)
    for edge in root.iterfind(".//m:edge", SPACE):
        assert {edge.get("source"), edge.get("target")} <= set(ids)


@pytest.mark.filterwarnings("ignore::nasij.errors.NasijWarning")
def test_csv_for_gephi_survives_commas_quotes_newlines_and_arabic(analysis, tmp_path):
    network = analysis.bipartite()
    nodes, edges = analysis.write_network(tmp_path / "net.csv", network)
    assert [nodes.name, edges.name] == ["net_nodes.csv", "net_edges.csv"]
    assert nodes.read_bytes().startswith(b"Id,Label,")
    with nodes.open(encoding="utf-8", newline="") as file:
        rows = {row["Id"]: row for row in csv.DictReader(file)}
    assert rows["doc:a"]["Label"] == ARTICLES["title"][0]
    assert set(rows) == set(network)
    with edges.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert list(found[0])[:4] == ["Source", "Target", "Type", "Weight"]
    assert {row["Type"] for row in found} == {"Undirected"}
    assert not any("." in row["Weight"] for row in found)
    for row in found:
        assert float(row["Weight"]) == network.edges[row["Source"], row["Target"]]["weight"]


def test_csv_for_flourish_links_points_by_their_names(analysis, network, tmp_path):
    network = network.copy()
    network.nodes[XI]["name"] = network.nodes[PUTIN]["name"]
    paths = analysis.write_network(tmp_path / "net.csv", network, tool="flourish")
    points, links = (pd.read_csv(path) for path in paths)
    assert [path.name for path in paths] == ["net_points.csv", "net_links.csv"]
    assert list(points.columns[:3]) == ["Id", "Group", "Size"]
    assert list(links.columns[:3]) == ["Source", "Target", "Value"]
    assert points["Id"].is_unique
    assert f"فلاديمير بوتين ({XI})" in set(points["Id"])
    assert set(links["Source"]) | set(links["Target"]) == set(points["Id"])
    assert links["Value"].sum() == network.size(weight="weight")


@pytest.mark.filterwarnings("ignore::nasij.errors.NasijWarning")
def test_csv_for_datawrapper_is_a_row_a_pair_or_a_column(analysis, network, tmp_path):
    (path,) = analysis.write_network(tmp_path / "net.csv", network, tool="datawrapper")
    table = pd.read_csv(path)
    assert list(table.columns[:4]) == ["pair", "count", "a", "b"]
    assert table["count"].is_monotonic_decreasing
    assert len(table) == network.number_of_edges()
    odds = analysis.network(min_count=1, weight="odds_ratio")
    for tool in ("datawrapper", "gephi", "flourish"):
        for path in analysis.write_network(tmp_path / "odds.csv", odds, tool=tool):
            assert "inf" not in path.read_text(encoding="utf-8").split(",")
    (path,) = analysis.write_network(tmp_path / "odds.csv", odds, tool="datawrapper")
    assert pd.read_csv(path)["odds_ratio"].sum() == pytest.approx(odds.size(weight="weight"))
    (path,) = analysis.write_network(tmp_path / "s.csv", network, freq="M", tool="datawrapper")
    series = pd.read_csv(path)
    assert series["period"].tolist() == ["2024-01", "2024-02", "2024-03", "2024-04"]
    pairs = analysis.cooccurrence(min_count=1, by="month")
    rows = pairs[(pairs["a"].isin([PUTIN, XI])) & (pairs["b"].isin([PUTIN, XI]))]
    (title,) = {f"{a} – {b}" for a, b in rows[["a_name", "b_name"]].itertuples(index=False)} | {
        f"{b} – {a}" for a, b in rows[["a_name", "b_name"]].itertuples(index=False)
    } & set(series.columns)
    counts = dict(zip(rows["month"].astype(str), rows["count"], strict=True))
    assert series[title].tolist() == [counts.get(month, 0) for month in series["period"]]
    for freq, first in (("D", "2024-01-05"), ("W", "2024-01-01"), ("Q", "2024 Q1"), ("Y", "2024")):
        (path,) = analysis.write_network(tmp_path / "x.csv", network, freq=freq, tool="datawrapper")
        assert str(pd.read_csv(path)["period"][0]) == first


@pytest.mark.parametrize("ending", ["gexf", "graphml"])
def test_names_that_xml_cannot_hold_are_cleaned(analysis, tmp_path, ending):
    network = analysis.network()
    for _, held in network.nodes(data=True):
        held["name"] = 'أ\x00\x0b"<&>\ufffe\nب'
    (path,) = analysis.write_network(tmp_path / f"a.{ending}", network)
    read = nx.read_gexf if ending == "gexf" else nx.read_graphml
    assert {held["label"] for _, held in read(path).nodes(data=True)} == {'أ"<&>\nب'}


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("ending", ["gexf", "graphml", "csv"])
def test_the_smallest_networks_are_measured_and_written(analysis, tmp_path, size, ending):
    graph = nx.path_graph(["أ", "ب"][:size])
    paths = analysis.write_network(tmp_path / f"a.{ending}", graph)
    if ending == "gexf":
        assert set(nx.read_gexf(paths[0])) == set(graph)
    elif ending == "graphml":
        assert set(nx.read_graphml(paths[0])) == set(graph)
    else:
        assert len(pd.read_csv(paths[0])) == size
    for tool in ("flourish", "datawrapper"):
        assert analysis.write_network(tmp_path / "b.csv", graph, tool=tool)
    table = analysis.centralities(graph)
    assert len(table) == size
    assert np.isfinite(table.drop(columns=["entity", "name", "type"]).to_numpy(float)).all()
    assert len(analysis.communities(graph)) == min(size, 1)


def test_a_corpus_without_pairs_is_an_empty_network(tmp_path):
    frame = pd.DataFrame({"text": ["لا اسم هنا."], "date": ["2024-01-01"]})
    empty = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    assert len(empty.network(communities=True, centralities="betweenness")) == 0
    assert len(empty.bipartite()) == len(empty.bipartite("PER", "ORG")) == 0
    assert len(empty.centralities()) == len(empty.communities()) == 0
    for freq in (None, "M"):
        (path,) = empty.write_network(tmp_path / "net.gexf", freq=freq)
        assert len(nx.read_gexf(path)) == 0
        empty.write_network(tmp_path / "net.csv", freq=freq, tool="datawrapper")
    empty.write_network(tmp_path / "net.graphml")


def test_forms_that_are_not_there_are_refused(analysis, network, tmp_path):
    with pytest.raises(nasij.ArgumentError, match=r"\.gexf, \.graphml, \.csv"):
        analysis.write_network(tmp_path / "net.json")
    with pytest.raises(nasij.ArgumentError, match="path is that of a file, not 3"):
        analysis.write_network(3, network)
    with pytest.raises(nasij.ArgumentError, match="tool is one of"):
        analysis.write_network(tmp_path / "net.csv", network, tool="excel")
    with pytest.raises(nasij.ArgumentError, match="freq is one of"):
        analysis.write_network(tmp_path / "net.gexf", network, freq="H")
    for name in ("net.graphml", "net.csv"):
        with pytest.raises(nasij.ArgumentError, match="over time"):
            analysis.write_network(tmp_path / name, network, freq="M")
    with pytest.raises(nasij.ArgumentError, match="over time"):
        analysis.write_network(tmp_path / "net.gexf", analysis.bipartite(), freq="M")
    assert not list(tmp_path.iterdir())


def test_files_appear_together_or_not_at_all(analysis, network, tmp_path, monkeypatch):
    written = pd.DataFrame.to_csv
    calls = []

    def fail(*args, **kwargs):
        calls.append(args)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return written(*args, **kwargs)

    monkeypatch.setattr(pd.DataFrame, "to_csv", fail)
    with pytest.raises(OSError, match="No space"):
        analysis.write_network(tmp_path / "net.csv", network)
    assert not list(tmp_path.iterdir())


def test_the_same_network_gives_the_same_bytes_in_any_process(tmp_path):
    code = (
        "import sys, pathlib, warnings, nasij\n"
        "warnings.simplefilter('ignore')\n"
        "sys.path.insert(0, sys.argv[1])\n"
        "from test_networks import ARTICLES\n"
        "a = nasij.Corpus.from_frame(ARTICLES).analyze(tagger=False)\n"
        "central = ['betweenness', 'eigenvector']\n"
        "n = a.network(min_count=1, communities=True, centralities=central)\n"
        "out = pathlib.Path(sys.argv[2])\n"
        "a.write_network(out / 'a.gexf', n), a.write_network(out / 'b.gexf', n, freq='M')\n"
        "a.write_network(out / 'a.graphml', n), a.write_network(out / 'a.csv', n)\n"
    )
    made = []
    for seed in ("1", "2"):
        place = tmp_path / seed
        place.mkdir()
        here = __file__.rsplit("/", 1)[0]
        subprocess.run(
            [sys.executable, "-c", code, here, place], check=True, env={"PYTHONHASHSEED": seed}
        )
        made.append({path.name: path.read_bytes() for path in place.iterdir()})
    assert made[0] == made[1]
    assert len(made[0]) == 5
