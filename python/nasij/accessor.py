"""``series.nasij``: the functions of a column of texts, as methods of the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from nasij import text

if TYPE_CHECKING:
    import os

    from nasij.lexicon import Lexicon

__all__ = ["TextColumn"]


@pd.api.extensions.register_series_accessor("nasij")
class TextColumn:
    """Normalizes a column of texts, or finds the names in it.

    Example:
        >>> import nasij, pandas as pd
        >>> body = pd.Series(["كتــاب", None])
        >>> body.nasij.normalize().tolist()[0]
        'كتاب'
    """

    def __init__(self, column: pd.Series) -> None:
        """Called by pandas with the column."""
        self._column = column

    def normalize(self, profile: str = "light", **rules: bool) -> pd.Series:
        """The column normalized; see `nasij.normalize`."""
        return text.normalize(self._column, profile, **rules)

    def extract(self, lexicon: Lexicon | str | os.PathLike[str] | None = None) -> pd.DataFrame:
        """The mentions of every text; see `nasij.extract`. `doc` holds the label of the row."""
        return text.extract_column(self._column, lexicon)
