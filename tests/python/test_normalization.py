"""The table of docs/normalization.md against the rules, and what an audit tells."""

from __future__ import annotations

import doctest
import re
import tomllib
from pathlib import Path

import pandas as pd
import pytest

import nasij

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "normalization.md"
GOLDEN = tomllib.loads((ROOT / "tests/golden/normalize.toml").read_text(encoding="utf-8"))
ROW = re.compile(r"^\| `(\w+)` \|(.*)\|$", re.MULTILINE)
PROFILES = ("light", "search", "aggressive")


def documented() -> dict[str, list[str]]:
    """The cells of each rule's row, its keyword left out."""
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    return {rule: [cell.strip() for cell in cells.split("|")] for rule, cells in rows}


def test_every_rule_has_a_row_in_order() -> None:
    assert list(documented()) == list(nasij.Normalizer("none").rules)


@pytest.mark.parametrize("profile", PROFILES)
def test_profiles_are_as_documented(profile: str) -> None:
    column = PROFILES.index(profile) - len(PROFILES)
    told = {rule: cells[column] == "✓" for rule, cells in documented().items()}
    assert told == nasij.Normalizer(profile).rules


def test_losses_are_as_documented() -> None:
    seen = {}
    for case in GOLDEN["case"]:
        if len(case.get("rules", [])) == 1:
            normalizer = nasij.Normalizer("none", **{case["rules"][0]: True})
            for row in normalizer.audit(case["text"]).itertuples():
                seen[row.rule] = row.loses
    told = {rule: cells[1] for rule, cells in documented().items()}
    assert seen == {rule: "" if loses == "nothing" else loses for rule, loses in told.items()}


@pytest.mark.parametrize("document", [DOCUMENT, ROOT / "README.md"])
def test_examples_run(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    _, _, own = text.rpartition("## Its text tools by themselves")
    example = doctest.DocTestParser().get_doctest(own, {"nasij": nasij}, document.name, None, 0)
    result = doctest.DocTestRunner(verbose=False).run(example)
    assert (result.failed, result.attempted >= 3) == (0, True)


def test_a_single_rule_says_more_than_marks() -> None:
    for rules in ({"marks": True, "shadda": False}, {"shadda": False, "marks": True}):
        assert nasij.normalize("مُحَمَّد", "none", **rules) == "محمّد"


def test_an_audit_of_a_column_is_the_sum_of_its_texts() -> None:
    texts = ["كتـــاب أحمد", None, "إلى  القدس", ""]
    every = [nasij.Normalizer("search").audit(text) for text in texts if text]
    whole = pd.concat(every).groupby("rule")["count"].sum().to_dict()
    audit = pd.Series(texts).nasij.audit("search")
    assert audit.set_index("rule")["count"].to_dict() == whole
    assert audit["lossy"].tolist() == [False, True, True, True]
    assert nasij.Normalizer("none").audit("أحمد").empty


def test_an_audit_refuses_what_is_no_text() -> None:
    with pytest.raises(nasij.ArgumentError, match="row 1 holds int"):
        nasij.Normalizer("light").audit(["ا", 3])
    with pytest.raises(nasij.TextError, match="surrogate"):
        nasij.Normalizer("light").audit("ا\ud800")


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (2, 1), (0, 5)])
def test_a_span_outside_the_text_is_refused(start: int, end: int) -> None:
    aligned = nasij.align("أحمد")
    for way in (aligned.to_original, aligned.to_normalized):
        with pytest.raises(nasij.ArgumentError, match="not within a text of 4"):
            way(start, end)
