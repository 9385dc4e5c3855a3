"""Columns of texts in the containers of many libraries: what comes back is what was given.

Arrow's arrays and streams, and what pandas and polars keep in them, go through the extension
without a Python string being made. Only the library a column came from is imported.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from nasij._nasij import Normalizer

__all__ = ["ArrowArrayExportable", "ArrowStreamExportable", "normalize"]


class ArrowArrayExportable(Protocol):
    """An array of any library that speaks Arrow."""

    def __arrow_c_array__(self, requested_schema: Any = None) -> tuple[Any, Any]:
        """The capsules of its type and of itself."""


class ArrowStreamExportable(Protocol):
    """A column in chunks, of any library that speaks Arrow."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The capsule of a stream of its chunks."""


def normalize(normalizer: Normalizer, texts: Any) -> Any:
    """The column normalized: its kind, type, names and missing values are those of `texts`."""
    if isinstance(texts, list | tuple):
        values = normalizer.normalize_all(list(texts))
        return values if isinstance(texts, list) else tuple(values)
    if isinstance(texts, pd.Series):
        values, dtype = _array(normalizer, texts.array, texts.dtype)
        return pd.Series(values, index=texts.index, name=texts.name, dtype=dtype)
    if isinstance(texts, pd.Index) and not isinstance(texts, pd.MultiIndex):
        values, dtype = _array(normalizer, texts.array, texts.dtype)
        return pd.Index(values, name=texts.name, dtype=dtype)
    if isinstance(texts, np.ndarray):
        values = normalizer.normalize_all(texts.ravel().tolist())
        # Fixed widths are found anew: a text may have grown.
        dtype = np.str_ if texts.dtype.kind == "U" else texts.dtype
        return np.array(values, dtype=dtype).reshape(texts.shape)
    if hasattr(texts, "__arrow_c_array__") or hasattr(texts, "__arrow_c_stream__"):
        return _arrow(normalizer, texts)
    msg = (
        "a string or a column of strings is needed (a list, a tuple, a numpy array, a Series, or "
        f"an array of polars, pyarrow or another library that speaks Arrow), not {_kind(texts)}"
    )
    raise ArgumentError(msg)


def _array(normalizer: Normalizer, texts: Any, dtype: Any) -> tuple[Any, Any]:
    """What stands behind a Series or an Index, and its type."""
    if isinstance(texts, pd.Categorical):
        # Categories that became the same are one, the place of the first.
        to, categories = pd.factorize(normalize(normalizer, texts.categories))
        codes = np.append(to, -1)[texts.codes]
        folded = pd.Categorical.from_codes(codes, categories, ordered=texts.ordered)
        return folded, folded.dtype
    if isinstance(texts, pd.arrays.ArrowExtensionArray):
        chunks = texts.__arrow_array__()
        if hasattr(chunks, "__arrow_c_stream__"):  # pyarrow from 16
            return dtype.__from_arrow__(_arrow(normalizer, chunks)), dtype
    return pd.array(normalizer.normalize_all(texts.tolist()), dtype=dtype), dtype


def _arrow(normalizer: Normalizer, texts: Any) -> Any:
    folded = normalizer.normalize_arrow(texts)
    library = type(texts).__module__.partition(".")[0]
    if library == "pyarrow":
        import pyarrow as pa  # noqa: PLC0415

        return pa.array(folded) if isinstance(texts, pa.Array) else pa.chunked_array(folded)
    if library == "polars":
        import polars as pl  # noqa: PLC0415

        if isinstance(texts.dtype, pl.Enum):
            categories = dict.fromkeys(normalize(normalizer, texts.dtype.categories))
            return pl.Series(texts.name, folded).cast(pl.Enum(list(categories)))
        return pl.Series(texts.name, folded)
    return folded


def _kind(value: object) -> str:
    return "None" if value is None else type(value).__name__
