"""The two sides of a comparison: which documents are held against which."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from nasij.errors import ArgumentError
from nasij.population import dated, moment, slices, values_of

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["Side", "changed", "contrasted"]

_BOUNDS = 2
_SHOWN = 5


class Side(NamedTuple):
    """Some documents, and what they are called."""

    label: Any
    documents: npt.NDArray[np.bool_]


def changed(documents: pd.DataFrame, before: object, after: object) -> tuple[Side, Side]:
    """The documents of two periods; of one date those before it, and those from it on.

    Raises:
        ArgumentError: a period that is none, holds no document, or overlaps the other.
    """
    dated(documents)
    dates = documents["date"]
    if after is None:
        cut = _bounds("before", before)[0]
        one = Side(f"before {cut:%Y-%m-%d}", (dates < cut).to_numpy(dtype=bool))
        other = Side(f"from {cut:%Y-%m-%d}", (dates >= cut).to_numpy(dtype=bool))
    else:
        one, other = (
            _between(dates, name, given) for name, given in (("before", before), ("after", after))
        )
        both = int((one.documents & other.documents).sum())
        if both:
            msg = f"{one.label} and {other.label} overlap: {both:,} documents are of both"
            raise ArgumentError(msg)
    for side in (one, other):
        if not side.documents.any():
            raise ArgumentError(_nothing(dates, side.label))
    return one, other


def _between(dates: pd.Series, name: str, given: object) -> Side:
    start, end = _bounds(name, given)
    label = str(given) if isinstance(given, str | pd.Period) else f"{start:%Y-%m-%d}/{end:%Y-%m-%d}"
    return Side(label, ((dates >= start) & (dates <= end)).to_numpy(dtype=bool))


def _bounds(name: str, given: object) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and last moment of a period, or from the first of a date to the last of another."""
    if isinstance(given, tuple | list):
        if len(given) != _BOUNDS:
            msg = f"{name} is a period, or the two dates from and to which it goes, not {given!r}"
            raise ArgumentError(msg)
        first, last = (moment(name, _day(one)) for one in given)
        if first.start_time > last.end_time:
            msg = f"{name} goes from {given[0]} to {given[1]}, which is earlier"
            raise ArgumentError(msg)
        return first.start_time, last.end_time
    period = moment(name, _day(given))
    return period.start_time, period.end_time


def _day(given: object) -> object:
    """A date for a timestamp at midnight, which is how many tools write dates; zones are UTC."""
    if isinstance(given, np.datetime64) and not np.isnat(given):
        given = pd.Timestamp(given).to_pydatetime(warn=False)
    if isinstance(given, dt.datetime) and not pd.isna(given):
        if given.tzinfo is not None:
            given = given.astimezone(dt.UTC).replace(tzinfo=None)
        if given.time() == dt.time():
            return given.date()
    return given


def _nothing(dates: pd.Series, label: str) -> str:
    known = dates.dropna()
    if known.empty:
        return "no document has a date"
    return (
        f"no document is of {label}; dates go from {known.min():%Y-%m-%d} to {known.max():%Y-%m-%d}"
    )


def contrasted(documents: pd.DataFrame, by: str, a: object, b: object) -> list[tuple[Side, Side]]:
    """Each value of `by` and all others; with `a` only this one, and with `b` only against that.

    Documents without a value take no part.

    Raises:
        ArgumentError: no such column or value, or there is nothing to hold it against.
    """
    sides = [Side(label, mask) for label, mask in slices(documents, by)]
    if len(sides) < _BOUNDS:
        has = "no value" if not sides else f"one value, {sides[0].label}"
        msg = f"{by} has {has}: there is nothing to compare"
        raise ArgumentError(msg)
    if a is None:
        if b is not None:
            msg = "b is what a is held against; name a too"
            raise ArgumentError(msg)
        asked = sides
    else:
        asked = [_side("a", a, by, sides)]
    if b is not None:
        other = _side("b", b, by, sides)
        if other.label == asked[0].label:
            msg = f"a and b are both {other.label}"
            raise ArgumentError(msg)
        return [(asked[0], other)]
    has_value = values_of(documents, by).notna().to_numpy(dtype=bool)
    return [(side, Side("others", has_value & ~side.documents)) for side in asked]


def _side(name: str, wanted: object, by: str, sides: list[Side]) -> Side:
    for side in sides:
        if side.label == wanted or str(side.label) == str(wanted):
            return side
    some = ", ".join(str(side.label) for side in sides[:_SHOWN])
    more = ", ..." if len(sides) > _SHOWN else ""
    msg = f"{name} is a value of {by} ({some}{more}), not {wanted!r}"
    raise ArgumentError(msg)
