"""Cells of tables as XML, many at a time."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from nasij.graph.tables import kind

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["cells", "clean", "quoted"]

#: Compiled at its first use: such ranges take milliseconds, which an import should not.
_NOT_XML: Final = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_MARKS: Final = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        '"': "&quot;",
        "\t": "&#9;",
        "\n": "&#10;",
        "\r": "&#13;",
    }
)


def clean(text: str) -> str:
    """The text as it may stand in XML, within a tag or between two; what may not is dropped."""
    return re.sub(_NOT_XML, "", text).translate(_MARKS)


def quoted(text: str) -> str:
    """A value of an attribute."""
    return f'"{clean(text)}"'


def cells(column: pd.Series) -> list[str | None]:
    """Each cell as XML; None for what is missing or not finite."""
    there, values = column.notna().tolist(), column.tolist()
    match kind(column):
        case "boolean":
            texts = [
                "true" if here and value else "false"
                for value, here in zip(values, there, strict=True)
            ]
        case "long":
            texts = [str(value) for value in values]
        case "double":
            there = [
                here and math.isfinite(value) for value, here in zip(values, there, strict=True)
            ]
            texts = [
                repr(float(value)) if here else ""
                for value, here in zip(values, there, strict=True)
            ]
        case _:
            known = {value: clean(str(value)) for value in column.dropna().unique()}
            texts = [known.get(value, "") for value in values]
    if all(there):
        return list(texts)
    return [text if here else None for text, here in zip(texts, there, strict=True)]
