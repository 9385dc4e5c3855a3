"""A network as GraphML, with the names that Gephi reads as label, weight, size and colour."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from nasij.files import written_whole
from nasij.graph.looks import colours, sizes
from nasij.graph.tables import kind
from nasij.graph.xml import cells, clean, quoted

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator

    import pandas as pd

    from nasij.graph.tables import Tables

__all__ = ["write_graphml"]

_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GEPHI: Final = {"node": ("label", "r", "g", "b", "size"), "edge": ("weight",)}
_ROWS: Final = 20_000


def write_graphml(tables: Tables, path: str | os.PathLike[str]) -> Path:
    """Writes GraphML with a type for every attribute; whole or not at all.

    What is missing has no value. Rows become text as they are written, and the same tables always
    give the same bytes.
    """
    looks = dict(zip("rgb", zip(*colours(tables.nodes), strict=True), strict=False))
    nodes = tables.nodes.assign(**looks, size=sizes(tables.nodes))
    told = clean("; ".join(f"{name}: {value}" for name, value in tables.about.items()))
    with written_whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        file.writelines(_keys("node", nodes, 1))
        file.writelines(_keys("edge", tables.edges, 2))
        file.write(f'<graph edgedefault="undirected">\n<desc>{told}</desc>\n')
        for some in _some(nodes):
            for node, data in zip(cells(some["id"]), _data("node", some, 1), strict=True):
                file.write(f'<node id="{node}">{data}</node>\n')
        number = 0
        for some in _some(tables.edges):
            ends = zip(cells(some["source"]), cells(some["target"]), strict=True)
            for (source, target), data in zip(ends, _data("edge", some, 2), strict=True):
                file.write(
                    f'<edge id="{number}" source="{source}" target="{target}">{data}</edge>\n'
                )
                number += 1
        file.write("</graph>\n</graphml>\n")
    return Path(path)


def _ids(owner: str, table: pd.DataFrame, first: int) -> dict[str, str]:
    """The key of each column; what Gephi knows has the one that Gephi itself writes."""
    names = [str(name) for name in table.columns[first:]]
    return {
        name: name if name in _GEPHI[owner] else f"{owner[0]}{place}"
        for place, name in enumerate(names)
    }


def _keys(owner: str, table: pd.DataFrame, first: int) -> Iterator[str]:
    for name, key in _ids(owner, table, first).items():
        yield (
            f'<key id="{key}" for="{owner}" attr.name={quoted(name)} '
            f'attr.type="{kind(table[name])}"/>\n'
        )


def _data(owner: str, table: pd.DataFrame, first: int) -> list[str]:
    columns = []
    for name, key in _ids(owner, table, first).items():
        start = f'<data key="{key}">'
        texts = cells(table[name])
        columns.append([f"{start}{text}</data>" if text is not None else "" for text in texts])
    return ["".join(row) for row in zip(*columns, strict=True)] if columns else [""] * len(table)


def _some(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for first in range(0, len(table), _ROWS):
        yield table.iloc[first : first + _ROWS]
