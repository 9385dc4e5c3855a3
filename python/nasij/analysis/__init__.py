"""What was found in a corpus, and every table, graph and picture made of it.

A file is a theme: `parts` (what it is made of), `found`, `linking`, `stories`, `counting`,
`reading`, `uncertainty`, `trends`, `networks` and the `edges` they are made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nasij.analysis.counting import Matrix
from nasij.analysis.found import Found
from nasij.analysis.linking import Linking
from nasij.analysis.networks import Networks
from nasij.analysis.reading import Reading
from nasij.analysis.stories import Told
from nasij.analysis.trends import Trends
from nasij.analysis.uncertainty import Uncertainty

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable
    from pathlib import Path

    from nasij.plotting import Plot

__all__ = ["Analysis", "Matrix"]


class Analysis(Found, Linking, Told, Reading, Trends, Networks, Uncertainty):
    """The mentions found in a corpus; made by `Corpus.analyze`.

    Every table is a pandas frame in long form; offsets are Python code points into the text of
    the document. Every count leads to its sentences: see `evidence`.

    Example:
        >>> import nasij, pandas as pd
        >>> text = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين إلى الصين."
        >>> analysis = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
        >>> analysis.entities[["entity", "mentions"]].head(1).values.tolist()
        [['per:vladimir-putin', 2]]
        >>> analysis.evidence("بوتين", "شي جين بينغ")["text"].tolist()
        ['التقى فلاديمير بوتين وشي جين بينغ في موسكو.']
    """

    def write(
        self,
        folder: str | os.PathLike[str],
        format: str = "csv",  # noqa: A002
        unit: str | int = "sentence",
        types: str | Iterable[str] | None = None,
        min_count: int = 2,
        overwrite: bool = False,  # noqa: FBT001, FBT002
        count: str = "units",
    ) -> list[Path]:
        """Writes documents, mentions, entities, roles, stories, pairs, problems and network.gexf.

        All are written or none.

        Args:
            folder: made if there is none.
            format: "csv" (UTF-8 with a mark, so that Excel shows Arabic; lists joined by
                " | "; cells as they are, so that Excel takes a title with = at its start for a
                formula), "jsonl" or "parquet" (needs ``nasij[parquet]``).
            unit: as for `counts`.
            types: as for `counts`; for the pairs and the network.
            min_count: as for `cooccurrence`.
            overwrite: replace what an earlier run wrote; other files in the folder stay.
            count: as for `counts`; for the pairs and the network.

        Returns:
            The paths written.

        Raises:
            ArgumentError: an unknown format, or the folder holds something and `overwrite` is
                False.
        """
        from nasij.export import write_all  # noqa: PLC0415

        pairs = self.cooccurrence(unit, types, min_count, count=count)
        return write_all(self, pairs, folder, format, overwrite=overwrite)

    @property
    def plot(self) -> Plot:
        """Pictures: ``analysis.plot.network()`` and ``analysis.plot.timeline(names)``."""
        from nasij.plotting import Plot  # noqa: PLC0415

        return Plot(self)
