"""A network as files, in the form that the ending of the path names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from nasij.errors import ArgumentError
from nasij.graph.delimited import write_csv
from nasij.graph.gexf import write_gexf
from nasij.graph.graphml import write_graphml

if TYPE_CHECKING:
    from nasij.graph.spells import Spells
    from nasij.graph.tables import Tables

__all__ = ["check_ending", "write"]

_ENDINGS = (".gexf", ".graphml", ".csv")


def check_ending(path: str | os.PathLike[str]) -> str:
    """The ending, which is the form."""
    if not isinstance(path, str | os.PathLike):
        msg = f"path is that of a file, not {path!r}"
        raise ArgumentError(msg)
    ending = Path(path).suffix.lower()
    if ending in _ENDINGS:
        return ending
    msg = f"a network is written as {', '.join(_ENDINGS)}, not {str(path)!r}"
    raise ArgumentError(msg)


def write(
    tables: Tables,
    path: str | os.PathLike[str],
    spells: Spells | None = None,
    tool: str = "gephi",
) -> list[Path]:
    """Writes GEXF, GraphML or CSV; returns the paths written."""
    ending = check_ending(path)
    if ending == ".gexf":
        return [write_gexf(tables, path, spells)]
    if ending == ".csv":
        return write_csv(tables, path, tool, spells)
    if spells is not None:
        msg = "GraphML knows no time; write a network over time as .gexf"
        raise ArgumentError(msg)
    return [write_graphml(tables, path)]
