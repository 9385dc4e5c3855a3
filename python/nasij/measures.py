"""The measures of association: what there are, and of counts of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, SupportsIndex

import numpy as np
import pandas as pd

from nasij import _nasij
from nasij.arguments import check_measures
from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

__all__ = ["association", "measures"]

#: What is no measure of a pair by itself, or none of its strength.
_OTHERS: Final = (
    {
        "name": "q",
        "formula": "min(p_i * tests / i) over this p and all greater, p_i the i-th least",
        "range": "0 to 1",
        "edge": "as p",
        "reading": "Of the pairs with no greater q, the share that chance made: take those up to "
        "0.05, and about one in twenty of them, at most, is nothing.",
        "source": "Benjamini and Hochberg 1995",
    },
    {
        "name": "few",
        "formula": "O < 5 and E < 5 in one of the four cells",
        "range": "False or True",
        "edge": "True of no units",
        "reading": "Too few units to trust what a measure says; p and q hold all the same.",
        "source": "Cochran 1954; Church and Hanks 1990",
    },
)


def measures() -> pd.DataFrame:
    """Every measure of a pair, in the order of the columns of `Analysis.cooccurrence`.

    Returns:
        One row a measure. Columns name (of its column), formula, range, edge (its value where the
        formula has none), reading (what may be said by it) and source (who it is from). Formulas
        are over a, b, both and total, in units; expected; and the other three cells of the table,
        a_only, b_only and neither. docs/measures.md says which is good for what.

    Example:
        >>> import nasij
        >>> table = nasij.measures().set_index("name")
        >>> table.loc["pmi", ["formula", "range"]].tolist()
        ['log2(both * total / (a * b))', '-inf to log2(total)']
    """
    return pd.DataFrame([*_nasij.MEASURES, *_OTHERS])


def association(
    both: Any,
    a: Any,
    b: Any,
    total: Any,
    measures: str | Iterable[str] = "all",
    tests: int | None = None,
) -> pd.DataFrame:
    """Measures of pairs counted by yourself: in how many units both stand, and each.

    Args:
        both: units with both, whole numbers from 0: one, or an array, list or column of them, as
            are the other three. What is single goes with every row of the others.
        a: units with the first, with or without the second.
        b: units with the second.
        total: all units.
        measures: names of columns, see `nasij.measures`; "all" for all of them.
        tests: among how many tests `q` is: all pairs that might have been seen, if some were left
            out; None for as many as there are rows.

    Returns:
        One row a pair, with the index of the first column given that has one, and the columns
        asked for. None is ever NaN, at empty cells neither. docs/measures.md says how exact
        they are.

    Raises:
        ArgumentError: an unknown measure, or counts that no units can have; the row is named.

    Example:
        >>> import nasij
        >>> nasij.association([10, 0], [30, 3], 20, 100, ["pmi", "llr", "p", "few"]).round(3)
             pmi    llr      p    few
        0  0.737  4.473  0.053  False
        1   -inf -1.362  1.000   True
    """
    chosen = check_measures("all" if measures is None else measures) or []
    given = {"both": both, "a": a, "b": b, "total": total}
    columns = {name: _counts(name, values) for name, values in given.items()}
    try:
        broadcast = np.broadcast_arrays(*columns.values())
    except ValueError:
        sizes = ", ".join(f"{name} has {len(column)}" for name, column in columns.items())
        msg = f"both, a, b and total are of one length or single: {sizes}"
        raise ArgumentError(msg) from None
    both, a, b, total = (np.ascontiguousarray(column) for column in broadcast)
    rows = len(both)
    needed = dict.fromkeys("p" if name == "q" else name for name in chosen if name != "few")
    found = _nasij.association(both, a, b, total, list(needed), "few" in chosen)
    if "q" in chosen:
        found["q"] = _nasij.false_discovery(found["p"], _tests(tests, rows))
    indices = [v.index for v in given.values() if isinstance(v, pd.Series) and len(v) == rows]
    index = indices[0] if indices else pd.RangeIndex(rows)
    return pd.DataFrame({name: found[name] for name in chosen}, index=index)


def _tests(tests: int | None, rows: int) -> int:
    """The size of the family of tests, no less than those at hand."""
    if tests is None:
        return rows
    if isinstance(tests, bool) or not isinstance(tests, SupportsIndex) or int(tests) < rows:
        msg = f"tests is a whole number from {rows}, the number of rows, not {tests!r}"
        raise ArgumentError(msg)
    return int(tests)


def _counts(name: str, values: Any) -> npt.NDArray[np.int64]:
    """One of the four columns, as whole numbers."""
    array = np.atleast_1d(np.asarray(values))
    if array.ndim == 1 and array.dtype.kind in "iu" and not (array < 0).any():
        whole = array.astype(np.int64)
        if array.dtype.kind == "i" or (whole >= 0).all():
            return whole
    if array.size == 0 and array.ndim == 1:
        return array.astype(np.int64)
    msg = f"{name} is of whole numbers from 0 to 2^63 - 1 in one dimension"
    raise ArgumentError(msg)
