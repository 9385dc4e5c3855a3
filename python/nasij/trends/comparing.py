"""Whose rate really differs between two populations, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from nasij import _nasij, tables
from nasij.trends.series import quantile

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.trends.sides import Side

__all__ = ["Compared", "compare"]


class Compared(NamedTuple):
    """What is compared, and how."""

    documents: pd.DataFrame
    extraction: Extraction
    pairs: bool
    unit: str | int
    #: Which entities take part; None for all.
    entities: npt.NDArray[np.bool_] | None
    counted: str
    groups: npt.NDArray[np.int32] | None
    min_count: int
    #: None shows all that was tested.
    max_q: float | None
    level: float
    #: How many of the units of each side are shown.
    examples: int

    def counts(self, side: Side) -> _nasij.Counts:
        """What is counted on one side."""
        return self.extraction.counts(
            self.unit, self.entities, side.documents, self.counted, self.groups
        )

    def shown(self, side: Side, a: list[int], b: list[int]) -> tuple[list[Any], list[Any]]:
        """For each item the ids and texts of its first units on one side."""
        # A sentence that holds an entity is in every larger unit that does.
        unit = self.unit if self.pairs else "sentence"
        found = self.extraction.first_units(
            unit,
            np.array(a, dtype=np.int32),
            np.array(b, dtype=np.int32) if self.pairs else None,
            self.entities,
            side.documents,
            self.groups,
            self.examples,
        )
        ids: list[list[str]] = [[] for _ in a]
        texts: list[list[str]] = [[] for _ in a]
        docs = self.documents["doc"].array.take(found["doc"])
        cut = self.extraction.texts.slices(found["doc"], found["start"], found["end"])
        for row, doc, sentence, text in zip(
            found["pair"], docs, found["sentence"], cut, strict=True
        ):
            ids[row].append(f"{doc}#{sentence}")
            texts[row].append(text.strip())
        return ids, texts


def compare(of: Compared, couples: list[tuple[Side, Side]], names: tuple[str, str]) -> pd.DataFrame:
    """The rows that differ, by how much they do at least.

    `names` are what the columns of the sides begin with. The ratio is that of the first side to
    the second. The label of a row's couple is in the column "couple".
    """
    counted = [(of.counts(one), of.counts(other)) for one, other in couples]
    found, known = _nasij.compare(counted, of.pairs, of.min_count, quantile(of.level))
    tests = len(found["p"])
    kept = np.arange(tests) if of.max_q is None else np.flatnonzero(found["q"] <= of.max_q)
    rows: dict[str, Any] = {name: np.asarray(values)[kept] for name, values in found.items()}
    types = tables.type_column(known["type"])
    columns: dict[str, Any] = {"couple": rows["couple"]}
    for place, column in (("a", "a"), ("b", "b")) if of.pairs else (("a", "entity"),):
        columns[column] = tables.take(known["id"], rows[place])
    for place, prefix in (("a", "a_"), ("b", "b_")) if of.pairs else (("a", ""),):
        columns[f"{prefix}name"] = tables.take(known["name"], rows[place])
    for place, prefix in (("a", "a_"), ("b", "b_")) if of.pairs else (("a", ""),):
        columns[f"{prefix}type"] = types.take(rows[place])
    rates = []
    for name, side in zip(names, ("", "other_"), strict=True):
        count, total = rows[f"{side}count"], rows[f"{side}total"]
        rate = np.divide(count, total, out=np.full(len(kept), np.nan), where=total > 0)
        columns |= {f"{name}count": count, f"{name}total": total, f"{name}rate": rate}
        rates.append(rate)
    with np.errstate(divide="ignore", invalid="ignore"):
        columns["ratio"] = rates[0] / rates[1]
    columns |= {"ratio_low": rows["low"], "ratio_high": rows["high"]}
    columns |= {name: rows[name] for name in ("log_odds", "z", "p", "q")}
    if of.examples:
        columns |= _examples(of, couples, names, rows, known["id"])
    table = pd.DataFrame(columns)
    table.attrs |= {
        "tests": tests,
        "unit": of.unit,
        "count": of.counted,
        "min_count": of.min_count,
        "max_q": of.max_q,
        "level": of.level,
    }
    return table


def _examples(
    of: Compared,
    couples: list[tuple[Side, Side]],
    names: tuple[str, str],
    rows: dict[str, Any],
    ids: list[str],
) -> dict[str, Any]:
    """The first units of each row on each side: where they stand, and what they say."""
    codes = {name: code for code, name in enumerate(of.extraction.entities()["id"])}
    a, b = ([codes[ids[place]] for place in rows[name].tolist()] for name in ("a", "b"))
    columns: dict[str, Any] = {}
    for name, place in zip(names, (0, 1), strict=True):
        evidence = np.empty(len(a), dtype=object)
        texts = np.empty(len(a), dtype=object)
        for couple, sides in enumerate(couples):
            mine = np.flatnonzero(rows["couple"] == couple).tolist()
            found = of.shown(sides[place], [a[row] for row in mine], [b[row] for row in mine])
            for row, one, text in zip(mine, *found, strict=True):
                evidence[row], texts[row] = one, text
        columns |= {f"{name}evidence": evidence, f"{name}texts": texts}
    return columns
