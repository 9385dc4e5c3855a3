"""From the extension's arrays to pandas tables.

The extension hands out strings as codes into a list of distinct ones, so a table of a million
mentions is built by array look-ups.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.arguments import TYPES
from nasij.spellings import spellings

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from nasij._nasij import Counts, Extraction, Lexicon

    Coded = tuple[npt.NDArray[np.int32], list[str]]

__all__ = [
    "TEXT",
    "audit_table",
    "categories",
    "documents_table",
    "entities_table",
    "lend",
    "mentions_table",
    "nested_table",
    "pairs_table",
    "take",
    "texts",
    "type_column",
    "with_nested",
]

#: The dtype pandas gives to strings: ``str`` from pandas 3, ``object`` before.
TEXT: Final = pd.Series(["text"]).dtype
_COPY_ON_WRITE: Final = int(pd.__version__.split(".")[0]) >= 3  # noqa: PLR2004


def lend(table: pd.DataFrame) -> pd.DataFrame:
    """A copy a caller may change; without data being copied where pandas copies on write."""
    return table.copy(deep=not _COPY_ON_WRITE)


def texts(values: Iterable[Any]) -> pd.Series:
    """A column of strings."""
    return pd.Series(list(values), dtype=TEXT)


def take(values: Iterable[str], codes: npt.NDArray[np.integer[Any]]) -> Any:
    """The string of each code, as an array; a missing code (-1) gives a missing value."""
    return texts(values).array.take(codes, allow_fill=True)


def categories(coded: Coded) -> pd.Categorical:
    """A column of few distinct strings."""
    codes, names = coded
    return pd.Categorical.from_codes(codes, categories=pd.Index(texts(names)))


def type_column(types: Iterable[str]) -> pd.Categorical:
    """A column of entity types; it has all of them as categories, so that tables concatenate."""
    return pd.Categorical(list(types), categories=texts(TYPES))


def audit_table(fired: list[tuple[str, int, str | None]]) -> pd.DataFrame:
    """The rules that changed a text, as `Normalizer.audit` gives them."""
    table = pd.DataFrame(fired, columns=["rule", "count", "loses"])
    lossy = table["loses"].notna()
    return pd.DataFrame(
        {
            "rule": texts(table["rule"]),
            "count": table["count"].astype("int64"),
            "lossy": lossy.astype(bool),
            "loses": texts(table["loses"].fillna("")),
        }
    )


def documents_table(documents: pd.DataFrame, extraction: Extraction) -> pd.DataFrame:
    """The corpus' documents with the numbers of sentences, tokens and mentions of each."""
    table = documents.copy(deep=False)
    at, counted = list(table.columns).index("title") + 1, extraction.documents()
    for name in ("mentions", "tokens", "sentences"):
        table.insert(at, name, counted[name])
    return table


def mentions_table(documents: pd.DataFrame, extraction: Extraction) -> pd.DataFrame:
    """One row a mention, in the order of documents and places in them."""
    found, known = extraction.mentions(), extraction.entities()
    entity = found["entity"]
    return pd.DataFrame(
        {
            "doc": documents["doc"].array.take(found["doc"]),
            "sentence": found["sentence"],
            "start": found["start"],
            "end": found["end"],
            "text": take(found["text"][1], found["text"][0]),
            "prefix": take(found["prefix"][1], found["prefix"][0]),
            "entity": take(known["id"], entity),
            "name": take(known["name"], entity),
            "type": type_column(known["type"]).take(entity),
            "role": take(found["role"][1], found["role"][0]),
            "found_by": categories(found["found_by"]),
            "score": found["score"],
        }
    )


def nested_table(documents: pd.DataFrame, extraction: Extraction, lexicon: Lexicon) -> pd.DataFrame:
    """One row a mention inside another; `outer` is the row of that one in `mentions_table`."""
    inner, outer = extraction.nested(lexicon)
    return mentions_table(documents, inner).assign(outer=outer)


def with_nested(mentions: pd.DataFrame, nested: pd.DataFrame) -> pd.DataFrame:
    """Both together in the order of the texts, each mention before those inside it.

    `outer` then counts these rows; it is missing for a mention that is in no other.
    """
    table = pd.concat([mentions.assign(outer=-1), nested], ignore_index=True)
    outer = table["outer"].to_numpy(copy=True)
    rows = np.arange(len(table))
    order = np.lexsort((rows, np.where(outer < 0, rows, outer)))
    place = np.argsort(order)
    table["outer"] = pd.array(np.where(outer < 0, -1, place[outer]), dtype="Int64")
    table.loc[outer < 0, "outer"] = pd.NA
    return table.iloc[order].reset_index(drop=True)


def entities_table(documents: pd.DataFrame, extraction: Extraction) -> pd.DataFrame:
    """One row an entity that is mentioned, the most mentioned first."""
    found, known = extraction.mentions(), extraction.entities()
    entity = found["entity"].astype(np.int64)
    number = len(known["id"])
    mentions = np.bincount(entity, minlength=number)
    pairs = pd.DataFrame({"entity": entity, "doc": found["doc"]}).drop_duplicates()
    pairs["date"] = documents["date"].array.take(pairs["doc"].to_numpy())
    by_entity = pairs.groupby("entity")["date"].agg(["size", "min", "max"])
    by_entity = by_entity.reindex(np.arange(number))
    table = pd.DataFrame(
        {
            "entity": texts(known["id"]),
            "name": texts(known["name"]),
            "name_en": texts(name or None for name in known["name_en"]),
            "type": type_column(known["type"]),
            "subtype": pd.Categorical([subtype or None for subtype in known["subtype"]]),
            "mentions": mentions,
            "docs": by_entity["size"].fillna(0).astype(np.int64),
            "first": by_entity["min"],
            "last": by_entity["max"],
            "variants": _variants(entity, spellings(extraction), number),
            "wikidata": texts(item or None for item in known["wikidata"]),
        }
    )
    table = table[table["mentions"] > 0]
    order = ["mentions", "docs", "entity"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _variants(entity: npt.NDArray[np.int64], text: Coded, number: int) -> pd.Series:
    """For each entity its distinct spellings, the most frequent first, ties by the letters."""
    codes, surfaces = text
    letters = np.argsort(np.argsort(np.array(surfaces, dtype=object), kind="stable"))
    width = max(len(surfaces), 1)
    keys, counts = np.unique(entity * width + codes, return_counts=True)
    owner, surface = keys // width, keys % width
    order = np.lexsort((letters[surface], -counts, owner))
    ends = np.searchsorted(owner[order], np.arange(number), side="right").tolist()
    listed, start = [], 0
    for end in ends:
        listed.append([surfaces[code] for code in surface[order[start:end]]])
        start = end
    return pd.Series(listed, dtype=object)


def pairs_table(
    counts: Counts,
    min_count: int,
    chosen: list[str] | None,
    measures: list[str] | None = None,
    *,
    cells: bool = False,
    sort: bool = True,
    min_each: int = 1,
) -> pd.DataFrame:
    """One row a pair of the `chosen` types with its counts and measures, the strongest first.

    ``attrs["tests"]`` is the number of pairs that the entities make, the family of the q values;
    unit, count, types, total and min_count stand beside it.
    """
    pairs, known = counts.table(min_count, chosen, measures, sort, min_each), counts.entities()
    tests = pairs.pop("tests")
    a, b, types = pairs.pop("a"), pairs.pop("b"), type_column(known["type"])
    ids, names = texts(known["id"]).array, texts(known["name"]).array
    both, a_count, b_count = (pairs.pop(name) for name in ("count", "a_count", "b_count"))
    apart = pairs.pop("apart")
    columns = {
        "a": ids.take(a),
        "b": ids.take(b),
        "a_name": names.take(a),
        "b_name": names.take(b),
        "a_type": types.take(a),
        "b_type": types.take(b),
        "count": both,
        "a_count": a_count,
        "b_count": b_count,
        "total": np.full(len(a), counts.total, dtype=np.int64),
    }
    if cells:
        columns["both"] = both
        columns["a_only"] = a_count - both
        columns["b_only"] = b_count - both
        columns["neither"] = counts.total + apart - a_count - b_count + both
    table = pd.DataFrame(columns | pairs, copy=False)
    table.attrs = {
        "tests": tests,
        "unit": int(counts.unit) if counts.unit.isdecimal() else counts.unit,
        "count": counts.counted,
        "types": chosen,
        "total": counts.total,
        "min_count": min_count,
        "min_each": min_each,
    }
    return table
