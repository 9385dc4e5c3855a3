"""How sure a table of pairs is: intervals by resampling stories, and what chance would count."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import numpy as np
import pandas as pd

from nasij import _nasij
from nasij.arguments import (
    check_count,
    check_names,
    check_seed,
    check_share,
    check_threads,
    check_types,
    check_unit,
    check_whole,
    one_of,
)
from nasij.errors import ArgumentError, NasijWarning, warn
from nasij.progress import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy.typing as npt

    from nasij._nasij import _Asked
    from nasij.analysis.parts import Parts
    from nasij.evidence import Population

    Progress = bool | Callable[[int, int], None] | None

__all__ = ["intervals", "permute"]

_OVER: Final = ("stories", "documents", "sources", "days")
_TOGETHER: Final = ("stories", "documents")
_ALTERNATIVES: Final = ("greater", "less", "two-sided")
_SIDES: Final = ("low", "high")
#: Columns that tell how sure something is, not how large.
_NO_INTERVAL: Final = ("p", "p_greater", "q", "odds_ratio_low", "odds_ratio_high")
_COUNTS: Final = ("count", "a_count", "b_count", "total")
_ALPHA: Final = 0.05


@dataclass(frozen=True)
class Counted:
    """What a table of pairs was counted in."""

    unit: str | int
    types: list[str] | None
    count: str


class Slice(NamedTuple):
    """The rows of a table that are of the documents with this label; None for all documents."""

    label: str | None
    rows: npt.NDArray[np.intp]
    documents: npt.NDArray[np.bool_] | None


def intervals(
    analysis: Parts,
    pairs: pd.DataFrame,
    measures: str | Iterable[str],
    resamples: int,
    level: float,
    seed: int,
    over: str | None,
    given: tuple[Any, Any, Any],
    threads: int | None,
    progress: Progress,
) -> pd.DataFrame:
    """The table with intervals; see `Analysis.intervals`."""
    names = check_names("measures", measures)
    if not names:
        msg = "measures is at least one measure, such as npmi"
        raise ArgumentError(msg)
    for name in _NO_INTERVAL:
        if name in names:
            msg = f"{name} has no interval; take those of a measure, such as npmi"
            raise ArgumentError(msg)
    number, seed = check_whole("resamples", resamples), check_seed(seed)
    level = check_share("level", level, ends=False)
    counted = _counted(pairs, given)
    if over is None:
        over = counted.count if counted.count in {"sources", "days"} else "stories"
    clusters = _numbers(analysis, one_of("over", over, _OVER))
    new = {f"{name}_{side}": np.full(len(pairs), np.nan) for name in names for side in _SIDES}
    new["clusters"] = np.zeros(len(pairs), dtype=np.int64)
    workers = check_threads(threads)
    population = analysis._population(counted.types, counted.count)
    for part in _slices(analysis, pairs):
        asked = _asked(analysis, pairs, counted, part, population)
        with steps(progress, "intervals", len(part.rows)) as report:
            found = _nasij.bootstrap(
                analysis._extraction, asked, clusters, names, number, level, seed,
                workers, report,
            )  # fmt: skip
        _same(pairs, part, found, counted)
        for name, column in new.items():
            column[part.rows] = found[name]
    table = pairs.assign(**new)
    table.attrs |= pairs.attrs | {"resamples": number, "level": level, "seed": seed}
    table.attrs["over"] = over
    return table


def permute(
    analysis: Parts,
    pairs: pd.DataFrame,
    permutations: int,
    seed: int,
    alternative: str,
    within: str | None,
    together: str | None,
    tests: int | None,
    given: tuple[Any, Any, Any],
    threads: int | None,
    progress: Progress,
) -> pd.DataFrame:
    """The table with what chance counts; see `Analysis.permutations`."""
    drawn, seed = check_whole("permutations", permutations), check_seed(seed)
    one_of("alternative", alternative, _ALTERNATIVES)
    family = None if tests is None else check_whole("tests", tests)
    counted = _counted(pairs, given)
    strata = None if within is None else _numbers(analysis, one_of("within", within, _OVER))
    blocks = (
        None if together is None else _numbers(analysis, one_of("together", together, _TOGETHER))
    )
    if within == "documents" and counted.unit == "document":
        msg = "within documents nothing changes where units are documents; take a smaller unit"
        raise ArgumentError(msg)
    new = {name: np.full(len(pairs), np.nan) for name in ("null_mean", "null_sd", "null_p")}
    new["null_q"] = np.full(len(pairs), np.nan)
    workers = check_threads(threads)
    population = analysis._population(counted.types, counted.count)
    sizes: dict[Any, int] = {}
    for part in _slices(analysis, pairs):
        size = max(family or _family(pairs, part), len(part.rows))
        asked = _asked(analysis, pairs, counted, part, population)
        with steps(progress, "permutations", drawn) as report:
            found = _nasij.permute(
                analysis._extraction, asked, strata, blocks, drawn, alternative, size, seed,
                workers, report,
            )  # fmt: skip
        _same(pairs, part, found, counted)
        sizes[part.label] = size
        for name, column in new.items():
            column[part.rows] = found[name]
        _warn_if_too_few(found["null_p"], size, drawn, 2 if alternative == "two-sided" else 1)
    table = pairs.assign(**new)
    told = sizes if _is_sliced(pairs) else sizes[None]
    table.attrs |= pairs.attrs | {"permutations": drawn, "seed": seed, "null_tests": told}
    return table


def _counted(pairs: object, given: tuple[Any, Any, Any]) -> Counted:
    """The unit, types and count that were given, or else those the table was made with."""
    named = list(pairs.columns) if isinstance(pairs, pd.DataFrame) else []
    if not isinstance(pairs, pd.DataFrame) or [named.count(end) for end in "ab"] != [1, 1]:
        msg = "pairs is a table as cooccurrence gives it, with the columns a and b of entity ids"
        raise ArgumentError(msg)
    unit, types, count = given
    made = pairs.attrs
    unit = made.get("unit", "sentence") if unit is None else unit
    types = made.get("types") if types is None else types
    count = made.get("count", "units") if count is None else count
    return Counted(check_unit(unit), check_types(types), check_count(count))


def _slices(analysis: Parts, pairs: pd.DataFrame) -> Iterator[Slice]:
    """All of the table, or the parts of one that was made with ``by=``."""
    if not _is_sliced(pairs):
        yield Slice(None, np.arange(len(pairs)), None)
        return
    by = pairs.attrs.get("by", pairs.columns[0])
    if by not in pairs.columns:
        msg = f"pairs was made with by={by!r}, and has that column no more"
        raise ArgumentError(msg)
    left = np.ones(len(pairs), dtype=bool)
    for label, documents in analysis._slices(by):
        here = (pairs[by] == label).to_numpy(dtype=bool, na_value=False)
        if here.any():
            left &= ~here
            yield Slice(str(label), np.flatnonzero(here), documents)
    if left.any():
        msg = f"pairs is of {by} {pairs[by].iloc[left.argmax()]} too, of which no document is here"
        raise ArgumentError(msg)


def _is_sliced(pairs: pd.DataFrame) -> bool:
    return isinstance(pairs.attrs.get("tests"), dict)


def _family(pairs: pd.DataFrame, part: Slice) -> int:
    tests = pairs.attrs.get("tests")
    if isinstance(tests, dict):
        tests = tests.get(part.label)
    return tests if isinstance(tests, int) else len(part.rows)


def _numbers(analysis: Parts, of: str) -> npt.NDArray[np.int32]:
    """The number of each document's story, source ...; a document without one is by itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NasijWarning)
        numbers = cast("npt.NDArray[np.int32]", analysis._groups(of))
    alone = np.flatnonzero(numbers < 0)
    made = numbers.copy()
    made[alone] = numbers.max(initial=-1) + 1 + np.arange(len(alone))
    return made


def _asked(
    analysis: Parts, pairs: pd.DataFrame, counted: Counted, part: Slice, population: Population
) -> _Asked:
    """The pairs by the numbers of their entities, and what they are counted in."""
    codes = analysis._codes

    def numbers(column: pd.Series) -> npt.NDArray[np.int32]:
        unknown = [entity for entity in column.unique() if entity not in codes]
        if unknown:
            msg = f"no entity has the id {unknown[0]!r} in this analysis"
            raise ArgumentError(msg)
        return np.array([codes[entity] for entity in column], dtype=np.int32)

    rows = pairs.iloc[part.rows]
    a, b = numbers(rows["a"]), numbers(rows["b"])
    if (same := np.flatnonzero(a == b)).size:
        msg = f"a pair is of two different entities, not {rows['a'].iloc[same[0]]!r} twice"
        raise ArgumentError(msg)
    return {
        "unit": counted.unit,
        "entities": population.entities,
        "docs": part.documents,
        "groups": population.groups,
        "a": a,
        "b": b,
    }


def _same(pairs: pd.DataFrame, part: Slice, found: dict[str, Any], counted: Counted) -> None:
    """Checks that the table counts what is counted here."""
    for name in _COUNTS:
        if name not in found or name not in pairs.columns:
            continue
        told = pairs[name].to_numpy()[part.rows]
        counts = np.broadcast_to(found[name], told.shape)
        if (unlike := np.flatnonzero(told != counts)).size:
            row = pairs.iloc[part.rows[unlike[0]]]
            msg = (
                f"the table has {name} {told[unlike[0]]} for {row['a']} and {row['b']}, where here "
                f"it is {counts[unlike[0]]} by unit={counted.unit!r}, count={counted.count!r}: "
                "say with which unit, types and count it was made, and ask the same analysis"
            )
            raise ArgumentError(msg)


def _warn_if_too_few(p: npt.NDArray[np.float64], family: int, drawn: int, sides: int) -> None:
    """Where not even all pairs with the least p there can be would be discoveries."""
    least = sides / (drawn + 1)
    reached = int((p <= least * 1.000001).sum())
    if reached and least * family > _ALPHA * reached:
        needed = int(np.ceil(sides * family / (_ALPHA * reached)))
        msg = (
            f"{drawn:,} permutations are too few to tell discoveries among {family:,} tests: no "
            f"null_q is under {_ALPHA}; from about {needed:,} on some may be, or in a smaller "
            "family of pairs that were chosen without a look at their counts (tests=)"
        )
        warn(msg)
