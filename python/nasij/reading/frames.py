"""Data frames of any library, as pandas."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from nasij.errors import ArgumentError

__all__ = ["to_pandas"]


def to_pandas(frame: object) -> pd.DataFrame:
    """A pandas frame from pandas itself or from anything with ``__arrow_c_stream__``.

    pyarrow converts if it is installed; otherwise the extension reads the stream itself.

    Raises:
        ArgumentError: it is no table, or two columns share a name.
    """
    if isinstance(frame, pd.DataFrame):
        table = frame.copy(deep=False)
    elif hasattr(frame, "__arrow_c_stream__") and not isinstance(frame, pd.Series):
        table = _from_arrow(frame)
    else:
        msg = (
            "a data frame is needed (pandas, or one with __arrow_c_stream__ such as polars or "
            f"pyarrow), not {type(frame).__name__}"
        )
        raise ArgumentError(msg)
    table.columns = pd.Index([str(name) for name in table.columns])
    twice = [name for name, count in Counter(table.columns).items() if count > 1]
    if twice:
        msg = f"two columns are called {twice[0]!r}"
        raise ArgumentError(msg)
    return table


def _from_arrow(frame: object) -> pd.DataFrame:
    try:
        import pyarrow as pa  # noqa: PLC0415
    except ImportError:
        from nasij._nasij import read_arrow  # noqa: PLC0415

        return pd.DataFrame(read_arrow(frame))
    try:
        return pd.DataFrame(pa.table(frame).to_pandas())
    except (TypeError, ValueError, pa.ArrowException) as error:
        msg = f"not a table of columns: {error}"
        raise ArgumentError(msg) from error
