"""Whose rate really differs between two populations, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij import _nasij, tables
from nasij.trends.items import Items
from nasij.trends.series import quantile

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.trends.sides import Side

    Ints = npt.NDArray[np.integer[Any]]

__all__ = ["Compared", "compare", "spread"]

#: What the columns of both sides begin with in the extension's table.
_SIDES: Final = ("", "other_")


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

    def series(
        self, items: Items, values: npt.NDArray[np.int32], length: int, groups: Any
    ) -> _nasij._Series:
        """How often each item stands in the documents of each value."""
        return _nasij.series(
            self.extraction, self.unit, self.entities, groups, items.a, items.b, values, length
        )

    def shown(self, side: Side, items: Items) -> tuple[list[Any], list[Any]]:
        """For each item the ids and texts of its first units on one side."""
        # A sentence that holds an entity is in every larger unit that does.
        unit = self.unit if self.pairs else "sentence"
        found = self.extraction.first_units(
            unit,
            items.a,
            items.b if self.pairs else None,
            self.entities,
            side.documents,
            self.groups,
            self.examples,
        )
        ids: list[list[str]] = [[] for _ in items.a]
        texts: list[list[str]] = [[] for _ in items.a]
        docs = self.documents["doc"].array.take(found["doc"])
        cut = self.extraction.texts.slices(found["doc"], found["start"], found["end"])
        for row, doc, sentence, text in zip(
            found["pair"], docs, found["sentence"], cut, strict=True
        ):
            ids[row].append(f"{doc}#{sentence}")
            texts[row].append(text.strip())
        return ids, texts


def compare(
    of: Compared,
    couples: list[tuple[Side, Side]],
    names: tuple[str, str],
    *,
    second_first: bool = False,
) -> pd.DataFrame:
    """The rows that differ, by how much they do at least.

    `names` are what the columns of the sides begin with; those of the second side may come first.
    The ratio is that of the first side to the second. The column "couple" has a row's place among
    the couples.
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
    order = (1, 0) if second_first else (0, 1)
    rates = {}
    for at in order:
        count, total = rows[f"{_SIDES[at]}count"], rows[f"{_SIDES[at]}total"]
        rates[at] = np.divide(count, total, out=np.full(len(kept), np.nan), where=total > 0)
        name = names[at]
        columns |= {f"{name}count": count, f"{name}total": total, f"{name}rate": rates[at]}
    with np.errstate(divide="ignore", invalid="ignore"):
        columns["ratio"] = rates[0] / rates[1]
    columns |= {"ratio_low": rows["low"], "ratio_high": rows["high"]}
    columns |= {name: rows[name] for name in ("log_odds", "z", "p", "q")}
    seen = _seen(of, couples, _asked(of, rows, known["id"]), rows["couple"])
    for at in order:
        columns |= {f"{names[at]}{what}": values[:, at] for what, values in seen.items()}
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


def spread(of: Compared, table: pd.DataFrame, values: npt.NDArray[np.int32]) -> Ints:
    """In how many of the `values` (a number for each document, -1 for none) each row stands."""
    a, b = ("a", "b") if of.pairs else ("entity", "entity")
    items = _coded(of, table[a].tolist(), table[b].tolist())
    found = of.series(items, values, int(values.max(initial=-1)) + 1, of.groups)
    return np.bincount(found["item"], minlength=len(table))


def _asked(of: Compared, rows: dict[str, Any], ids: list[str]) -> Items:
    a, b = ([ids[place] for place in rows[name].tolist()] for name in ("a", "b"))
    return _coded(of, a, b)


def _coded(of: Compared, a: list[str], b: list[str]) -> Items:
    codes = {name: code for code, name in enumerate(of.extraction.entities()["id"])}
    first = np.array([codes[name] for name in a], dtype=np.int32)
    second = np.array([codes[name] if of.pairs else -1 for name in b], dtype=np.int32)
    return Items(first, second, of.pairs)


def _seen(
    of: Compared, couples: list[tuple[Side, Side]], items: Items, couple: Ints
) -> dict[str, Any]:
    """On how many days each row stands on each side; the first units, and what they say."""
    days, _ = pd.factorize(of.documents["date"].dt.normalize())
    on = np.zeros((len(couple), 2), dtype=np.int64)
    evidence, texts = (np.empty((len(couple), 2), dtype=object) for _ in range(2))
    for place, (one, other) in enumerate(couples):
        rows = np.flatnonzero(couple == place)
        mine = Items(items.a[rows], items.b[rows], items.paired)
        side = np.where(one.documents, 0, np.where(other.documents, 1, -1)).astype(np.int32)
        found = of.series(mine, side, 2, days.astype(np.int32))
        on[rows[found["item"]], found["period"]] = found["count"]
        if of.examples:
            for at, documents in enumerate((one, other)):
                units = of.shown(documents, mine)
                for row, ids, said in zip(rows, *units, strict=True):
                    evidence[row, at], texts[row, at] = ids, said
    return {"days": on} | ({"evidence": evidence, "texts": texts} if of.examples else {})
