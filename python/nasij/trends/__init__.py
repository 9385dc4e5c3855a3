"""What changes: series by period, bursts, and populations compared; see `docs/time.md`."""

from nasij.trends.comparing import Compared, compare, spread
from nasij.trends.items import resolve
from nasij.trends.series import bursts_table, timeline_table
from nasij.trends.sides import Side, changed, contrasted

__all__ = [
    "Compared",
    "Side",
    "bursts_table",
    "changed",
    "compare",
    "contrasted",
    "resolve",
    "spread",
    "timeline_table",
]
