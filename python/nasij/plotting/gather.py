"""What is drawn of a pair and of series, taken from an analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from nasij.errors import ArgumentError
from nasij.plotting import canvas
from nasij.plotting.pair import Pair
from nasij.plotting.timeline import Series

if TYPE_CHECKING:
    from nasij.analysis import Analysis

__all__ = ["pair_of", "period_of", "series_of"]

#: The longest time, in days, that is told by each period; what is longer, by years.
_LONGEST: Final = {"D": 62, "W": 430, "M": 2200, "Q": 5500}
_MEASURES: Final = ("expected", "lift", "p", "q")
_CELLS: Final = ("both", "a_only", "b_only", "neither", "total")
_SURE: Final = ("lift_low", "lift_high", "clusters")


def period_of(analysis: Analysis) -> str:
    """The period by which the time of the documents is told: D, W, M, Q or Y."""
    known = analysis.documents["date"].dropna()
    days = (known.max() - known.min()).days if len(known) else 0
    return next((period for period, longest in _LONGEST.items() if days <= longest), "Y")


def pair_of(
    analysis: Analysis, a: str, b: str, unit: str | int, freq: str | None, count: str
) -> Pair:
    """What is known of a pair, also of one that is never together.

    Raises:
        ArgumentError: no entity, or several, are called so.
    """
    ids = analysis._names.find(a), analysis._names.find(b)
    if ids[0] == ids[1]:
        msg = f"{a!r} and {b!r} are the same entity"
        raise ArgumentError(msg)
    names = analysis.entities.set_index("entity")["name"]
    evidence = analysis.evidence(ids[0], ids[1], unit, count=count)
    return Pair(
        (names[ids[0]], names[ids[1]]),
        canvas.words(unit, count),
        _numbers(analysis, ids, unit, count),
        _series(analysis, ids, unit, freq or period_of(analysis), count),
        evidence["source"].value_counts(),
    )


def _numbers(
    analysis: Analysis, ids: tuple[str, str], unit: str | int, count: str
) -> dict[str, float]:
    pairs = analysis.cooccurrence(unit, None, 1, count=count, measures=_MEASURES, cells=True)
    row = pairs[pairs["a"].isin(ids) & pairs["b"].isin(ids)]
    if row.empty:
        return _apart(analysis, ids, unit, count)
    sure = analysis.intervals(row, "lift").iloc[0]
    numbers = {name: float(sure[name]) for name in (*_CELLS, *_SURE)}
    if sure["a"] != ids[0]:
        numbers["a_only"], numbers["b_only"] = numbers["b_only"], numbers["a_only"]
    return numbers | {name: float(sure[name]) for name in _MEASURES}


def _apart(
    analysis: Analysis, ids: tuple[str, str], unit: str | int, count: str
) -> dict[str, float]:
    """The numbers of a pair that is never together, which no table of pairs has."""
    counts = analysis.counts(unit, count=count)
    alone = counts.entities.set_index("entity")["count"]
    a, b = (int(alone.get(entity, 0)) for entity in ids)
    shared = _groups_of_both(analysis, ids, count)
    none = {"lift": 0.0, "lift_low": 0.0, "lift_high": 0.0, "clusters": 0, "p": 1.0, "q": 1.0}
    return none | {
        "both": 0,
        "a_only": a,
        "b_only": b,
        "neither": counts.total + shared - a - b,
        "total": counts.total,
        "expected": a * b / max(counts.total + shared, 1),
    }


def _groups_of_both(analysis: Analysis, ids: tuple[str, str], count: str) -> int:
    """How many groups mention both, though in no unit together; no unit does."""
    groups = analysis._groups(count)
    if groups is None:
        return 0
    found = analysis._extraction.mentions()
    of = [set(groups[found["doc"][found["entity"] == analysis._codes[one]]]) for one in ids]
    return len((of[0] & of[1]) - {-1})


def _series(
    analysis: Analysis, ids: tuple[str, str], unit: str | int, freq: str, count: str
) -> pd.DataFrame:
    """By period how often the pair is together, and how often by chance."""
    if analysis.documents["date"].isna().all():
        return pd.DataFrame({"count": [], "expected": []})
    both = analysis.timeline([ids], freq, unit, count).set_index("period")
    a, b = (analysis.timeline(entity, freq, unit, count).set_index("period") for entity in ids)
    total = both["total"].where(both["total"] > 0)
    return pd.DataFrame(
        {
            "count": both["count"].where(both["total"] > 0),
            "expected": a["count"] * b["count"] / total,
        }
    )


def series_of(
    table: pd.DataFrame, measure: str, bursts: pd.DataFrame | None, *, interval: bool
) -> tuple[pd.PeriodIndex, list[Series]]:
    """The periods and series of a table of `Analysis.timeline`, the highest first.

    Raises:
        ArgumentError: mentions of pairs.
    """
    if measure not in table.columns:
        msg = "pairs have no mentions; measure is rate or count"
        raise ArgumentError(msg)
    keys = ["entity"] if "entity" in table.columns else ["a", "b"]
    names = ["name"] if "entity" in table.columns else ["a_name", "b_name"]
    periods = pd.PeriodIndex(sorted(table["period"].unique()))
    times = 100 if measure == "rate" else 1
    held = {} if bursts is None else dict(iter(bursts.groupby(keys, observed=True)))
    found = []
    for key, rows in table.groupby(keys, observed=True, sort=False):
        each = rows.set_index("period").reindex(periods)
        silent = ~(each["total"] > 0).to_numpy()
        columns = [measure, *(["rate_low", "rate_high"] if interval else [])]
        values, *ends = (np.where(silent, np.nan, each[name]) * times for name in columns)
        smoothed = each["smoothed"].to_numpy(dtype=float) * times if "smoothed" in each else None
        found.append(
            Series(
                " — ".join(str(rows[name].iloc[0]) for name in names),
                values,
                smoothed,
                (ends[0], ends[1]) if interval else None,
                _spans(periods, held.get(key)),
            )
        )
    found.sort(key=lambda one: -float(np.nansum(one.values)))
    return periods, found


def _spans(periods: pd.PeriodIndex, bursts: pd.DataFrame | None) -> list[tuple[int, int]]:
    if bursts is None:
        return []
    usual = bursts[bursts["level"] == 1]
    starts, ends = (periods.get_indexer(pd.PeriodIndex(usual[end])) for end in ("start", "end"))
    return list(zip(starts.tolist(), ends.tolist(), strict=True))
