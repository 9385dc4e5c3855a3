"""Names over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from nasij import tables
from nasij.analysis.parts import Parts
from nasij.arguments import one_of

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Trends"]

_FREQUENCIES: Final = ("D", "W", "M", "Q", "Y")


class Trends(Parts):
    """Series."""

    def timeline(
        self, entities: str | Iterable[str] | None = None, freq: str = "M"
    ) -> pd.DataFrame:
        """How often entities are mentioned over time.

        Args:
            entities: ids or names, as for `evidence`; None for all.
            freq: "D", "W", "M", "Q" or "Y" for day, week, month, quarter or year.

        Returns:
            One row a period and entity with mentions: period (a pandas Period), entity, name,
            mentions and docs. Documents without a date are left out.

        Raises:
            ArgumentError: an unknown frequency or entity.
        """
        one_of("freq", freq, _FREQUENCIES)
        found = self._extraction.mentions()
        period = self._documents["date"].dt.to_period(freq).array
        table = pd.DataFrame(
            {"period": period.take(found["doc"]), "entity": found["entity"], "doc": found["doc"]}
        )
        if entities is not None:
            names = [entities] if isinstance(entities, str) else list(entities)
            table = table[table["entity"].isin([self._find(name) for name in names])]
        grouped = table.dropna(subset="period").groupby(["period", "entity"])["doc"]
        rows = grouped.agg(mentions="size", docs="nunique").reset_index()
        known = self._extraction.entities()
        codes = rows["entity"].to_numpy()
        rows["entity"] = tables.take(known["id"], codes)
        rows.insert(2, "name", tables.take(known["name"], codes))
        order = ["period", "mentions", "entity"]
        return rows.sort_values(order, ascending=[True, False, True], ignore_index=True)
