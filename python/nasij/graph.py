"""Pairs as a graph, and the graph as a file for Gephi."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nasij.arguments import MEASURES, one_of
from nasij.files import written_whole

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    import networkx as nx
    import pandas as pd

__all__ = ["COLOURS", "build", "write_gexf"]

#: Okabe and Ito (2008): colours that every kind of colour vision tells apart.
COLOURS: Final = {
    "PER": "#0072B2",
    "ORG": "#E69F00",
    "LOC": "#009E73",
    "MISC": "#CC79A7",
    "NORP": "#999999",
}
_NODE: Final = ("name", "name_en", "type", "subtype", "mentions", "docs")
_SMALLEST, _LARGEST = 5.0, 40.0
#: Compiled at its first use: such ranges take milliseconds, which an import should not.
_NOT_XML: Final = "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" \
version="1.2">
<meta><creator>nasij</creator></meta>
<graph defaultedgetype="undirected" mode="static">
"""


def build(entities: pd.DataFrame, pairs: pd.DataFrame, weight: str) -> nx.Graph[str]:
    """The graph of a table of pairs; only entities with an edge are nodes."""
    import networkx as nx  # noqa: PLC0415

    one_of("weight", weight, MEASURES)
    graph: nx.Graph[str] = nx.Graph()
    linked = set(pairs["a"]) | set(pairs["b"])
    for row in entities[entities["entity"].isin(linked)].to_dict("records"):
        graph.add_node(row["entity"], **_plain({name: row[name] for name in _NODE}))
    edges = pairs[["a", "b", *MEASURES]].to_dict("records")
    for row in edges:
        measures = _plain({name: row[name] for name in MEASURES})
        graph.add_edge(row["a"], row["b"], weight=measures.get(weight, 0.0), **measures)
    return graph


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Python numbers and strings; what is missing or not finite is left out."""
    return {
        name: value
        for name, value in values.items()
        if isinstance(value, str | int) or (isinstance(value, float) and math.isfinite(value))
    }


def write_gexf(
    entities: pd.DataFrame, pairs: pd.DataFrame, weight: str, path: str | os.PathLike[str]
) -> Path:
    """Writes the graph of a table of pairs as GEXF 1.2: Arabic labels, colours by type, sizes by
    mentions. Rows are written as they come, so that a large graph needs no memory, and the same
    tables always give the same bytes.
    """  # noqa: D205
    one_of("weight", weight, MEASURES)
    linked = set(pairs["a"]) | set(pairs["b"])
    nodes = entities[entities["entity"].isin(linked)]
    with written_whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        file.writelines(_attributes("node", _NODE))
        file.writelines(_attributes("edge", MEASURES))
        file.write("<nodes>\n")
        file.writelines(_nodes(nodes))
        file.write("</nodes>\n<edges>\n")
        file.writelines(_edges(pairs, weight))
        file.write("</edges>\n</graph>\n</gexf>\n")
    return Path(path)


def _attributes(kind: str, names: Iterable[str]) -> Iterator[str]:
    yield f'<attributes class="{kind}" mode="static">\n'
    for name in names:
        number = "long" if name in {"mentions", "docs", "count"} else "double"
        what = "string" if name in _NODE[:4] else number
        yield f'<attribute id="{name}" title="{name}" type="{what}"/>\n'
    yield "</attributes>\n"


def _nodes(nodes: pd.DataFrame) -> Iterator[str]:
    most = max(nodes["mentions"].max(), 1) if len(nodes) else 1
    for row in nodes[["entity", *_NODE]].to_dict("records"):
        red, green, blue = bytes.fromhex(COLOURS[row["type"]][1:])
        size = _SMALLEST + (_LARGEST - _SMALLEST) * math.sqrt(row["mentions"] / most)
        yield (
            f"<node id={_quoted(row['entity'])} label={_quoted(row['name'])}>"
            f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size:.2f}"/>'
            f"{_values(_plain({name: row[name] for name in _NODE}))}</node>\n"
        )


def _edges(pairs: pd.DataFrame, weight: str) -> Iterator[str]:
    columns = [pairs[name].tolist() for name in ("a", "b", *MEASURES)]
    for number, (a, b, *measures) in enumerate(zip(*columns, strict=True)):
        values = _plain(dict(zip(MEASURES, measures, strict=True)))
        yield (
            f'<edge id="{number}" source={_quoted(a)} target={_quoted(b)} '
            f'weight="{values.get(weight, 0.0)}">{_values(values)}</edge>\n'
        )


def _values(values: dict[str, Any]) -> str:
    inside = "".join(
        f'<attvalue for="{name}" value={_quoted(str(value))}/>' for name, value in values.items()
    )
    return f"<attvalues>{inside}</attvalues>"


def _quoted(text: str) -> str:
    # It loads urllib and ssl, a quarter of what importing this package takes.
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415

    return quoteattr(re.sub(_NOT_XML, "", text))
