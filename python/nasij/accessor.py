"""``series.nasij``: the functions of a column of texts, as methods of the column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from nasij import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nasij.entries import Entries
    from nasij.lexicon import Lexicon

__all__ = ["TextColumn"]


@pd.api.extensions.register_series_accessor("nasij")
class TextColumn:
    """The functions of a text for every text of a column; missing values have no rows.

    Example:
        >>> import nasij, pandas as pd
        >>> body = pd.Series(["وصل الوزير. ثم غـــادر.", None], index=["n1", "n2"])
        >>> body.nasij.normalize()["n1"]
        'وصل الوزير. ثم غادر.'
        >>> body.nasij.sentences()[["doc", "text"]].values.tolist()
        [['n1', 'وصل الوزير. '], ['n1', 'ثم غـــادر.']]
    """

    def __init__(self, column: pd.Series) -> None:
        """Called by pandas with the column."""
        self._column = column

    def normalize(self, profile: str = "light", **rules: bool) -> pd.Series:
        """The column normalized; see `nasij.normalize`."""
        return text.normalize(self._column, profile, **rules)

    def audit(self, profile: str = "light", **rules: bool) -> pd.DataFrame:
        """The rules that change something in the texts, how often, and what each can lose.

        One row a rule: rule, count, lossy, loses. See docs/normalization.md.

        Example:
            >>> import nasij, pandas as pd
            >>> body = pd.Series(["كتـــاب أحمد", "إلى القدس"])
            >>> body.nasij.audit("search")[["rule", "count", "lossy"]].values.tolist()
            [['tatweel', 3, False], ['alef', 2, True], ['alef_maqsura', 1, True]]
        """
        return text.audit_column(self._column, profile, **rules)

    def sentences(self) -> pd.DataFrame:
        """The sentences of every text; see `nasij.sentences`. `doc` holds the label of the row."""
        return text.sentences_column(self._column)

    def tokens(self) -> pd.DataFrame:
        """The tokens of every text; see `nasij.tokens`. `doc` holds the label of the row."""
        return text.tokens_column(self._column)

    def clitics(self, *, ranked: bool = False) -> pd.DataFrame:
        """The words of every text; see `nasij.clitics`. `doc` holds the label of the row."""
        return text.clitics_column(self._column, ranked=ranked)

    def extract(
        self,
        lexicon: Lexicon | Entries | None = None,
        *,
        nested: bool = False,
        types: str | Iterable[str] | None = None,
        min_score: float | None = None,
        tagger: bool = True,
    ) -> pd.DataFrame:
        """The mentions of every text; see `nasij.extract`. `doc` holds the label of the row."""
        return text.extract_column(
            self._column, lexicon, nested=nested, types=types, min_score=min_score, tagger=tagger
        )
