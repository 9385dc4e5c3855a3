"""What search engines document of their Arabic normalization: tests/golden/peers.toml."""

import tomllib
from pathlib import Path

import pytest
from oracles import Apart, Oracle, check_characters, check_texts, texts

PEERS = tomllib.loads(
    (Path(__file__).parents[1] / "golden" / "peers.toml").read_text(encoding="utf-8")
)


def documented(peer) -> Oracle:
    """The map of a peer as a function."""
    table = {ord(c): to for characters, to in peer["maps"].items() for c in characters}
    apart = [Apart(dict.fromkeys(a["characters"], a["ours"]), a["why"]) for a in peer["apart"]]
    # What is kept is told as itself, one by one.
    assert all(len(a["characters"]) == 1 or a["characters"] != a["ours"] for a in peer["apart"])
    return Oracle(peer["name"], lambda text: text.translate(table), " ".join(peer["rules"]), apart)


ORACLES = {peer["name"]: documented(peer) for peer in PEERS["peer"]}


@pytest.mark.parametrize("oracle", ORACLES.values(), ids=str)
def test_every_character(oracle):
    check_characters(oracle)


@pytest.mark.parametrize("oracle", ORACLES.values(), ids=str)
def test_every_article(oracle):
    check_texts(oracle, texts())


@pytest.mark.parametrize("case", PEERS["case"], ids=lambda c: f"{c['peer']}: {c['name']}")
def test_every_case(case):
    oracle = ORACLES[case["peer"]]
    assert oracle.normalize(case["text"]) == case["normalized"]
    assert oracle.function(case["text"]) == case.get("theirs", case["normalized"])
    if "theirs" in case:
        assert case["theirs"] != case["normalized"]
        assert case["why"] in {apart.why for apart in oracle.apart}


@pytest.mark.parametrize("peer", PEERS["peer"], ids=lambda p: p["name"])
def test_search_does_all_that_they_do(peer):
    # Where both change a character they make the same of it; marks that they keep it drops.
    oracle = ORACLES[peer["name"]]
    rules = "alef alef_maqsura ta_marbuta tatweel marks persian digits number_marks"
    whole = Oracle("search", oracle.function, f"{rules} composition invisible joiners", shared=True)
    assert not whole.differences()
