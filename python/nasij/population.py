"""Which documents take part, and which of them are counted as one.

A population is the documents of an analysis, or some of them: slices by a column or a period of
the calendar. Where it is not units of text that are counted, each document belongs to one group.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.arguments import PERIODS, one_of
from nasij.errors import ArgumentError, warn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import numpy.typing as npt

__all__ = ["chosen", "dated", "groups", "moment", "periods", "slices", "values_of"]

_NAMED: Final = 5


def values_of(documents: pd.DataFrame, by: str) -> pd.Series:
    """The column `by`, or the day, week, month, quarter or year of the date.

    Raises:
        ArgumentError: there is neither; the nearest is named.
    """
    if by in documents.columns:
        return documents[by]
    if by in PERIODS:
        return periods(documents, PERIODS[by])
    one_of("by", by, [*PERIODS, *(str(name) for name in documents.columns)])
    raise AssertionError


def periods(documents: pd.DataFrame, freq: str) -> pd.Series:
    """The period of each document's date; missing without a date."""
    dates: pd.Series = documents["date"].dt.to_period(freq)
    return dates


def dated(documents: pd.DataFrame) -> None:
    """Warns of documents without a date, which are in no period."""
    missing = int(documents["date"].isna().sum())
    if missing:
        warn(f"{missing:,} of {len(documents):,} documents have no date and are left out")


def slices(documents: pd.DataFrame, by: str) -> Iterator[tuple[Any, npt.NDArray[np.bool_]]]:
    """Each value of `by` in order, and which documents have it.

    A warning says how many have none.
    """
    values = values_of(documents, by)
    missing = int(values.isna().sum())
    if missing:
        warn(f"{missing:,} of {len(values):,} documents have no {by} and are in no group")
    try:
        labels = list(values.dropna().unique())
    except TypeError as error:
        msg = f"by is a column of single values; {by} has lists or the like"
        raise ArgumentError(msg) from error
    try:
        labels.sort()
    except TypeError:
        labels.sort(key=str)
    for label in labels:
        yield label, (values == label).to_numpy(dtype=bool, na_value=False)


def groups(
    documents: pd.DataFrame, count: str, stories: Callable[[], npt.NDArray[np.int32]]
) -> npt.NDArray[np.int32] | None:
    """The number of the group of each document, -1 for none; None where units are counted.

    `stories` gives that of the stories, which are not looked for until they are asked for.
    """
    if count == "units":
        return None
    if count == "documents":
        return np.arange(len(documents), dtype=np.int32)
    if count == "stories":
        return stories()
    one = {"sources": "source", "days": "day"}[count]
    numbers, _ = pd.factorize(values_of(documents, one))
    missing = int((numbers < 0).sum())
    if missing:
        warn(f"{missing:,} of {len(numbers):,} documents have no {one} and are not counted")
    return numbers.astype(np.int32)


def chosen(
    documents: pd.DataFrame, since: object, until: object, columns: Mapping[str, object]
) -> npt.NDArray[np.bool_]:
    """Which documents are of these dates, and have these values.

    Raises:
        ArgumentError: an unknown column, a date that is none, or no document is left.
    """
    kept = np.ones(len(documents), dtype=bool)
    if since is not None:
        kept &= (documents["date"] >= moment("since", since).start_time).to_numpy(dtype=bool)
    if until is not None:
        kept &= (documents["date"] <= moment("until", until).end_time).to_numpy(dtype=bool)
    for name, wanted in columns.items():
        values = values_of(documents, name)
        asked = list(wanted) if isinstance(wanted, list | tuple | set) else [wanted]
        if name in PERIODS and name not in documents.columns:
            asked = [moment(name, one, PERIODS[name]) for one in asked]
        found = values.isin(asked).to_numpy(dtype=bool)
        if not found.any():
            some = ", ".join(str(one) for one in values.dropna().unique()[:_NAMED])
            msg = f"no document has {name} {_listed(asked)}; there are {some or 'none'}"
            raise ArgumentError(msg)
        kept &= found
    if not kept.any():
        msg = "no document is left; the parts of the selection have none in common"
        raise ArgumentError(msg)
    return kept


def moment(name: str, value: object, freq: str | None = None) -> pd.Period:
    """The period of time that is named: a second for a timestamp, a month for "2023-05"."""
    if isinstance(value, pd.Period):
        return value if freq is None else value.asfreq(freq)
    if freq is None and isinstance(value, dt.datetime | np.datetime64):
        freq = "ns"
    elif freq is None and isinstance(value, dt.date):
        freq = "D"
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    period = None
    with contextlib.suppress(ValueError, TypeError):
        period = pd.Period(value, freq)  # type: ignore[arg-type]
    # Of what is missing pandas makes NaT, which is no Period.
    if not isinstance(period, pd.Period):
        msg = f'{name} is a date such as "2023-05-17", "2023-05" or "2023", not {value!r}'
        raise ArgumentError(msg)
    return period


def _listed(values: list[Any]) -> str:
    return " or ".join(str(value) for value in values[:_NAMED])
