"""Checks of arguments that several functions share, and the words they refuse with."""

from __future__ import annotations

import difflib
import operator
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, SupportsFloat, SupportsIndex

import numpy as np

from nasij._nasij import Counts
from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "COUNTED",
    "PERIODS",
    "TYPES",
    "check_count",
    "check_flag",
    "check_measures",
    "check_min_count",
    "check_min_score",
    "check_names",
    "check_number",
    "check_seed",
    "check_share",
    "check_threads",
    "check_total",
    "check_types",
    "check_unit",
    "check_whole",
    "one_of",
]

#: The types of entities: people, organisations, places, other names, nationality adjectives.
TYPES: Final = ("PER", "ORG", "LOC", "MISC", "NORP")
#: What may be counted: units of text, or groups of documents that have such a unit.
COUNTED: Final = ("units", "documents", "stories", "sources", "days")
#: Periods of the calendar by name, as pandas spells them.
PERIODS: Final = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}

_UNITS: Final = ("sentence", "paragraph", "document")
_SMALLEST_WINDOW: Final = 2
_AROUND: Final = re.compile(r"around [1-9][0-9]{0,8}")
#: No window, count or pool is larger; the extension takes no larger numbers.
_MOST: Final = 2**31 - 1
_MOST_SEED: Final = 2**64 - 1


def check_unit(unit: str | int) -> str | int:
    """A unit of counting: sentence, paragraph, document or a window.

    A number of tokens slides, at least two of them; "around" and a number stands around mentions.
    """
    if isinstance(unit, str):
        if unit in _UNITS:
            return unit
        if _AROUND.fullmatch(unit):
            return unit
    else:
        window = _whole(unit, _SMALLEST_WINDOW)
        if window is not None:
            return window
    msg = (
        f"unit is one of {', '.join(_UNITS)}, a whole number of tokens from 2, or 'around' and a "
        f"number from 1, such as 'around 10'; not {unit!r}"
    )
    raise ArgumentError(msg)


def check_count(count: str) -> str:
    """What is counted: units, documents, stories, sources or days."""
    return one_of("count", count, COUNTED)


def check_measures(measures: str | Iterable[str] | None) -> list[str] | None:
    """Names of columns of a table of pairs; None stands for those that are usual."""
    if measures is None:
        return None
    known = Counts.columns()
    if isinstance(measures, str) and measures == "all":
        return known
    if not isinstance(measures, Iterable):
        msg = f'measures is a list of names or "all", not {type(measures).__name__}'
        raise ArgumentError(msg)
    chosen = [measures] if isinstance(measures, str) else list(measures)
    for name in chosen:
        one_of("measure", name, ["count", *known])
    return [name for name in dict.fromkeys(chosen) if name != "count"]


def check_flag(name: str, value: object) -> bool:
    """True or False, of Python or numpy."""
    if isinstance(value, bool | np.bool_):
        return bool(value)
    msg = f"{name} is True or False, not {value!r}"
    raise ArgumentError(msg)


def check_types(types: str | Iterable[str] | None) -> list[str] | None:
    """Entity types as a list; None stands for all of them."""
    if types is None:
        return None
    if not isinstance(types, Iterable):
        msg = f"types is a list of types, not {type(types).__name__}"
        raise ArgumentError(msg)
    chosen = [types] if isinstance(types, str) else list(types)
    for name in chosen:
        one_of("type", name, TYPES)
    return chosen


def check_min_count(min_count: int) -> int:
    """The least count of a pair, a whole number from 1."""
    return check_whole("min_count", min_count)


def check_whole(name: str, value: object, least: int = 1) -> int:
    """A whole number from `least`."""
    number = _whole(value, least)
    if number is None:
        msg = f"{name} is a whole number from {least}, not {value!r}"
        raise ArgumentError(msg)
    return number


def check_total(total: int) -> int:
    """A number of units, a whole number from 0."""
    if isinstance(total, SupportsIndex) and not isinstance(total, bool):
        number = operator.index(total)
        if 0 <= number < 2**63:
            return number
    msg = f"total is a whole number from 0 to 2^63 - 1 or None, not {total!r}"
    raise ArgumentError(msg)


def check_min_score(min_score: float | None) -> float:
    """The least score of a mention, from 0 to 1; None stands for 0."""
    if min_score is None:
        return 0.0
    number = isinstance(min_score, SupportsFloat) and not isinstance(min_score, bool | str)
    if number and 0 <= float(min_score) <= 1:
        return float(min_score)
    msg = f"min_score is a number from 0 to 1, not {min_score!r}"
    raise ArgumentError(msg)


def check_threads(threads: int | None) -> int | None:
    """How many threads work, a whole number from 1; None stands for all cores."""
    number = None if threads is None else _whole(threads, 1)
    if number is None and threads is not None:
        msg = f"threads is a whole number from 1 or None, not {threads!r}"
        raise ArgumentError(msg)
    return number


def check_number(name: str, value: float) -> float:
    """A number."""
    if isinstance(value, SupportsFloat) and not isinstance(value, bool | str):
        return float(value)
    msg = f"{name} is a number, not {value!r}"
    raise ArgumentError(msg)


def check_seed(seed: int) -> int:
    """What is drawn by chance depends on it, a whole number from 0 to 2^64 - 1."""
    if isinstance(seed, SupportsIndex) and not isinstance(seed, bool):
        number = operator.index(seed)
        if 0 <= number <= _MOST_SEED:
            return number
    msg = f"seed is a whole number from 0 to 2^64 - 1, not {seed!r}"
    raise ArgumentError(msg)


def check_names(what: str, names: str | Iterable[str]) -> list[str]:
    """One name, or several of them."""
    if not isinstance(names, Iterable):
        msg = f"{what} is a name or a list of names, not {names!r}"
        raise ArgumentError(msg)
    return [names] if isinstance(names, str) else list(names)


def check_share(name: str, value: float, *, ends: bool = True) -> float:
    """A number from 0 to 1, or between them without its ends."""
    number = check_number(name, value)
    if 0 < number < 1 or (ends and number in {0, 1}):
        return number
    msg = f"{name} is a number {'from 0 to' if ends else 'between 0 and'} 1, not {value!r}"
    raise ArgumentError(msg)


def _whole(value: object, least: int) -> int | None:
    """`value` if it is a whole number from `least`, of Python or numpy; otherwise None."""
    if isinstance(value, bool) or not isinstance(value, SupportsIndex):
        return None
    number = operator.index(value)
    return min(number, _MOST) if number >= least else None


def one_of(what: str, value: object, allowed: Sequence[str]) -> str:
    """`value` if it is among `allowed`; otherwise an error that names the nearest."""
    if isinstance(value, str) and value in allowed:
        return value
    near = difflib.get_close_matches(str(value), allowed, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else ""
    msg = f"{what} is one of {', '.join(allowed)}, not {value!r}{hint}"
    raise ArgumentError(msg)
