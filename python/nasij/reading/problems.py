"""The list of what could not be read, which becomes `Corpus.problems`."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

__all__ = ["Problems"]


@dataclass(slots=True)
class Problems:
    """Rows of (file, row, column, reason), in the order they were met."""

    rows: list[tuple[str | None, int | None, str | None, str]] = field(default_factory=list)

    def add(
        self, reason: str, *, file: str | None, row: int | None = None, column: str | None = None
    ) -> None:
        """Notes one problem; a part that does not apply is left out."""
        self.rows.append((file, row, column, reason))

    def words(self, index: int) -> str:
        """One problem in words: ``file, row 17, column body: reason``."""
        file, row, column, reason = self.rows[index]
        place = [file or "the frame"]
        if row is not None:
            place.append(f"row {row}")
        if column is not None:
            place.append(f"column {column}")
        return f"{', '.join(place)}: {reason}"

    def frame(self) -> pd.DataFrame:
        """The table with columns file, row (nullable integer), column and reason."""
        table = pd.DataFrame(self.rows, columns=["file", "row", "column", "reason"])
        table["row"] = table["row"].astype("Int64")
        for name in ("file", "column", "reason"):
            table[name] = table[name].astype(pd.Series(["text"]).dtype)
        return table
