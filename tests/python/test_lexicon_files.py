"""The files of seeds/lexicon, as `make lexicon` checks them; faults are named by file and row."""

import re
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest

import nasij

FOLDER = Path(__file__).parents[2] / "seeds" / "lexicon"
COLUMNS = ["id", "type", "subtype", "name", "name_en", "aliases", "short", "country", "note"]
WITH_WIKIDATA = [*COLUMNS, "wikidata"]
FOLDING = dict.fromkeys(
    ("marks", "tatweel", "alef", "alef_maqsura", "ta_marbuta", "presentation_forms", "persian",
     "digits", "invisible"),
    True,
)  # fmt: skip


def rows(path):
    """Its header and its rows (number, cells), without comments and blank lines."""
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), start=1)
    kept = [(n, line.split("\t")) for n, line in lines if line.strip() and line[0] != "#"]
    return kept[0][1], kept[1:]


FILES = sorted(FOLDER.glob("*.tsv"))
TABLES = [path for path in FILES if rows(path)[0][0] == "id"]


def entries(path):
    for number, cells in rows(path)[1]:
        yield f"{path.name}:{number}", dict(zip(WITH_WIKIDATA, cells, strict=False))


def spellings(pattern):
    """`شي جين بين{غ,ج}` as both of its spellings."""
    found = re.search(r"\{([^{}]*)\}", pattern)
    if not found:
        return [pattern]
    head, tail = pattern[: found.start()], pattern[found.end() :]
    return [s for choice in found[1].split(",") for s in spellings(head + choice + tail)]


def certain(row):
    """The spellings that stand for an entity wherever they occur, and those that need support."""
    aliases = [a.strip() for a in row["aliases"].split("|")]
    weak = {s for a in aliases if a.startswith("?") for s in spellings(a.lstrip("?~"))}
    plain = [a for a in aliases if a and a[0] not in "?~"]
    strong = {s for a in [row["name"], *plain] for s in spellings(a)}
    # A name that is itself among the short forms asks for a fuller one in the article.
    return strong - set(row["short"].split("|")), weak


def test_the_folder_is_read_whole():
    lexicon = nasij.Lexicon.read(FOLDER)
    assert len(lexicon) == len(nasij.Lexicon.default())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_rows_are_plain(path):
    text = path.read_text(encoding="utf-8")
    assert "\r" not in text
    assert text.endswith("\n")
    header, body = rows(path)
    wrong = [f"{path.name}:{n}: {len(c)} cells" for n, c in body if len(c) != len(header)]
    wrong += [f"{path.name}:{n}: blanks around {x!r}" for n, c in body for x in c if x != x.strip()]
    assert not wrong, "\n".join(wrong)
    # A word may stand in a list as two kinds of thing, each once.
    places = defaultdict(list)
    for number, cells in body:
        places[tuple(cells[:2])].append(number)
    twice = [f"{path.name}: {key[0]} in rows {n}" for key, n in places.items() if len(n) > 1]
    assert not twice, "\n".join(twice)


# What newsrooms write without, so that a table shows the name as they do.
NORMAL = dict.fromkeys(
    ("marks", "composition", "presentation_forms", "persian", "digits", "invisible", "whitespace"),
    True,
)  # fmt: skip


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_names_are_in_normal_form(path):
    found = [(place, row[cell]) for place, row in entries(path) for cell in ("name", "short")]
    normal = nasij.normalize([name for _, name in found], "none", **NORMAL)
    wrong = [f"{place}: {name!r}" for (place, name), n in zip(found, normal, strict=True)
             if n != name or "ـ" in re.sub(r"ـ(?=\d)", "", name)]  # fmt: skip
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_entities_are_well_formed(path):
    assert rows(path)[0] in (COLUMNS, WITH_WIKIDATA)
    wrong = []
    for place, row in entries(path):
        kind = row["type"]
        if not re.fullmatch(r"(per|org|loc|misc|norp):[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            wrong.append(f"{place}: the id {row['id']!r} is no slug")
        elif row["id"].split(":")[0].upper() != kind:
            wrong.append(f"{place}: the id {row['id']!r} of the type {kind!r}")
        if not re.fullmatch(r"([A-Z]{2})?", row["country"]):
            wrong.append(f"{place}: the country {row['country']!r} is no alpha-2 code")
        if not re.fullmatch(r"(Q[1-9][0-9]*)?", row.get("wikidata", "")):
            wrong.append(f"{place}: the Wikidata item {row['wikidata']!r}")
        if not re.search(r"[ء-ي0-9]", row["name"]) or re.search(r"[{}|?~]", row["name"]):
            wrong.append(f"{place}: the name {row['name']!r}")
        for spelling in (row["aliases"] + "|" + row["short"]).split("|"):
            bare = re.sub(r"\{[^{}|]*\}", "", spelling)
            if "{" in bare or "}" in bare:
                wrong.append(f"{place}: braces in {spelling!r}")
            if "?" in spelling[1:] or "~" in spelling.lstrip("?")[1:]:
                wrong.append(f"{place}: a sign inside {spelling!r}")
    assert not wrong, "\n".join(wrong)


def test_an_id_stands_in_one_row():
    places = defaultdict(list)
    for path in TABLES:
        for place, row in entries(path):
            places[row["id"]].append(place)
    twice = [f"{id_}: {', '.join(where)}" for id_, where in places.items() if len(where) > 1]
    assert not twice, "\n".join(twice)


def test_a_certain_spelling_names_one_entity():
    # Of a spelling with two claims, one is weak; among weak ones the context and the rank decide.
    found = [
        (f"{place} {row['id']}", spelling, weak)
        for path in TABLES
        for place, row in entries(path)
        for group, weak in zip(certain(row), (False, True), strict=True)
        for spelling in group
    ]
    folded = nasij.normalize(pd.Series([s for _, s, _ in found]), "none", **FOLDING)
    claims = defaultdict(lambda: defaultdict(list))
    for (who, _, weak), spelling in zip(found, folded.str.strip().str.lower(), strict=True):
        claims[spelling][who].append(weak)
    # A form said to be weak is weak though the name gives it again.
    claims = {s: [w for w, weak in who.items() if not any(weak)] for s, who in claims.items()}
    twice = [f"{s}: {', '.join(sorted(who))}" for s, who in claims.items() if len(who) > 1]
    assert not twice, "\n".join(twice)
