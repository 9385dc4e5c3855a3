"""Series by period: how often, what share, and when more than usual."""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from nasij import _nasij
from nasij.population import dated, periods

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.trends.items import Items

    Ints = npt.NDArray[np.int64]

__all__ = ["Counted", "bursts_table", "quantile", "timeline_table"]


class Counted(NamedTuple):
    """Documents by period, and what is counted in them."""

    documents: pd.DataFrame
    extraction: Extraction
    freq: str
    unit: str | int
    #: The group of each document; None where units are counted.
    groups: npt.NDArray[np.int32] | None


class _Series(NamedTuple):
    totals: Ints
    #: Ascending keys, an item times the number of periods plus a period, and their counts.
    keys: Ints
    counts: Ints

    def at(self, keys: Ints) -> Ints:
        """The counts of these keys, 0 where there is none."""
        place = np.searchsorted(self.keys, keys)
        place[place == len(self.keys)] = 0
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64)
        return np.where(self.keys[place] == keys, self.counts[place], 0)


class _Span(NamedTuple):
    """The periods from the first to the last document, and that of each document (-1 for none)."""

    periods: pd.PeriodIndex
    of: npt.NDArray[np.int32]


def quantile(level: float) -> float:
    """The normal quantile of a two-sided interval."""
    return NormalDist().inv_cdf((1 + level) / 2)


def _span(documents: pd.DataFrame, freq: str) -> _Span:
    dated(documents)
    of = periods(documents, freq)
    if of.isna().all():
        return _Span(pd.PeriodIndex([], freq=freq), np.full(len(of), -1, dtype=np.int32))
    every = pd.period_range(of.min(), of.max(), freq=freq)
    return _Span(every, every.get_indexer(pd.PeriodIndex(of)).astype(np.int32))


def _counts(of: Counted, items: Items, span: _Span, groups: Any, unit: Any = None) -> _Series:
    length = len(span.periods)
    found = _nasij.series(
        of.extraction, unit or of.unit, None, groups, items.a, items.b, span.of, length
    )
    keys = found["item"].astype(np.int64) * length + found["period"]
    return _Series(found["totals"], keys, found["count"])


def timeline_table(
    of: Counted, items: Items, smooth: int | None, level: float, *, sparse: bool
) -> pd.DataFrame:
    """One row a period and item; `sparse` leaves out those without a mention."""
    span = _span(of.documents, of.freq)
    length = len(span.periods)
    counted = _counts(of, items, span, of.groups)
    every_document = np.arange(len(of.documents), dtype=np.int32)
    docs = _counts(of, items, span, every_document)
    mentions = None if items.paired else _mentions(of, items, span)
    if sparse and mentions is not None:
        keys = mentions.keys
    else:
        keys = np.arange(len(items.a) * length, dtype=np.int64)
    item, period = keys // max(length, 1), keys % max(length, 1)
    count, total = counted.at(keys), counted.totals[period]
    low, high = _nasij.wilson(count, total, quantile(level))
    columns: dict[str, Any] = {"period": span.periods.take(period)}
    columns |= items.columns(of.extraction, item)
    if mentions is not None:
        columns["mentions"] = mentions.at(keys)
    columns |= {"docs": docs.at(keys), "count": count, "total": total}
    columns["rate"] = np.divide(count, total, out=np.full(len(keys), np.nan), where=total > 0)
    columns |= {"rate_low": low, "rate_high": high}
    if smooth is not None:
        columns["smoothed"] = _nasij.smoothed(count, counted.totals, smooth)
    table = pd.DataFrame(columns)
    names = ["a", "b"] if items.paired else ["entity"]
    most = "count" if items.paired else "mentions"
    order = ["period", most, *names]
    return table.sort_values(
        order, ascending=[True, False, *(True for _ in names)], ignore_index=True
    )


def _mentions(of: Counted, items: Items, span: _Span) -> _Series:
    """The mentions of entities by period."""
    found = of.extraction.mentions()
    number = np.full(len(of.extraction.entities()["id"]), -1, dtype=np.int64)
    number[items.a] = np.arange(len(items.a))
    item, period = number[found["entity"]], span.of[found["doc"]]
    kept = (item >= 0) & (period >= 0)
    keys, counts = np.unique(item[kept] * len(span.periods) + period[kept], return_counts=True)
    return _Series(np.zeros(0, dtype=np.int64), keys, counts)


def bursts_table(
    of: Counted, items: Items, s: float, gamma: float, levels: int, min_count: int
) -> pd.DataFrame:
    """One row a burst, the heaviest first."""
    span = _span(of.documents, of.freq)
    length = max(len(span.periods), 1)
    counted = _counts(of, items, span, of.groups)
    item, period = counted.keys // length, counted.keys % length
    sums = np.bincount(item, counted.counts, minlength=len(items.a)).astype(np.int64)
    kept = sums[item] >= min_count
    found = _nasij.bursts(
        counted.totals,
        item[kept].astype(np.int32),
        period[kept].astype(np.int32),
        counted.counts[kept],
        s,
        gamma,
        levels,
    )
    rows = found["item"]
    table = pd.DataFrame(
        items.columns(of.extraction, rows)
        | {
            "start": span.periods.take(found["first"]),
            "end": span.periods.take(found["last"]),
            "level": found["level"],
            "weight": found["weight"],
            "count": found["count"],
            "total": found["total"],
            "rate": found["count"] / found["total"],
            "usual": sums[rows] / max(int(counted.totals.sum()), 1),
        }
    )
    names = ["a", "b"] if items.paired else ["entity"]
    order = ["weight", *names, "start", "level"]
    ascending = [False, *(True for _ in order[1:])]
    return table.sort_values(order, ascending=ascending, ignore_index=True)
