"""A network as GEXF for Gephi: as it is, or as it changes over time."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nasij.files import written_whole
from nasij.graph.looks import colours, sizes
from nasij.graph.spells import within
from nasij.graph.tables import kind
from nasij.graph.xml import cells, clean, quoted

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable, Iterable, Iterator

    import pandas as pd

    from nasij.graph.spells import Spells
    from nasij.graph.tables import Tables

__all__ = ["write_gexf"]

_HEAD: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" \
version="1.2">
"""
#: Attributes that change: id, title, type. Gephi takes that with the id `weight` as the weight.
_NODE_CHANGES: Final = (("mentions_then", "mentions_then", "long"),)
_EDGE_CHANGES: Final = (("weight", "Weight", "double"), ("count_then", "count_then", "long"))
#: What stands in the tag itself.
_OF_NODE: Final = ("id", "label")
_OF_EDGE: Final = ("source", "target", "weight")
#: So many rows are turned into text at a time.
_ROWS: Final = 20_000


def write_gexf(tables: Tables, path: str | os.PathLike[str], spells: Spells | None = None) -> Path:
    """Writes GEXF 1.2, which every Gephi from 0.8 reads; whole or not at all.

    Rows become text as they are written, so that a large network needs little memory. The same
    tables always give the same bytes. With `spells`, the network is dynamic: dates, the last day
    of a spell included; nodes and edges that are never there are left out.
    """
    if spells is not None:
        tables, spells = within(tables, spells)
    with written_whole(path) as part, part.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        file.write(_meta(tables.about))
        file.write(_graph(spells))
        file.writelines(_attributes("node", tables.nodes, _OF_NODE))
        if spells is not None:
            file.writelines(_changing("node", _NODE_CHANGES))
        file.writelines(_attributes("edge", tables.edges, _OF_EDGE))
        if spells is not None:
            file.writelines(_changing("edge", _EDGE_CHANGES))
        file.write("<nodes>\n")
        file.writelines(_nodes(tables.nodes, spells))
        file.write("</nodes>\n<edges>\n")
        file.writelines(_edges(tables.edges, spells))
        file.write("</edges>\n</graph>\n</gexf>\n")
    return Path(path)


def _meta(about: dict[str, Any]) -> str:
    told = clean("; ".join(f"{name}: {value}" for name, value in about.items()))
    return f"<meta><creator>nasij</creator><description>{told}</description></meta>\n"


def _graph(spells: Spells | None) -> str:
    if spells is None:
        return '<graph defaultedgetype="undirected" mode="static">\n'
    periods = spells.nodes["period"]
    span = ""
    if len(periods):
        first, last = periods.min().start_time, periods.max().end_time
        span = f' start="{first:%Y-%m-%d}" end="{last:%Y-%m-%d}"'
    return f'<graph defaultedgetype="undirected" mode="dynamic" timeformat="date"{span}>\n'


def _attributes(kind_of: str, table: pd.DataFrame, without: Iterable[str]) -> Iterator[str]:
    yield f'<attributes class="{kind_of}" mode="static">\n'
    for name in _attribute_names(table, without):
        title = quoted(name)
        yield f'<attribute id={title} title={title} type="{kind(table[name])}"/>\n'
    yield "</attributes>\n"


def _changing(kind_of: str, attributes: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    yield f'<attributes class="{kind_of}" mode="dynamic">\n'
    for name, title, what in attributes:
        yield f'<attribute id="{name}" title="{title}" type="{what}"/>\n'
    yield "</attributes>\n"


def _nodes(nodes: pd.DataFrame, spells: Spells | None) -> Iterator[str]:
    when = {} if spells is None else _when(spells.nodes, spells.nodes["id"], ("mentions_then",))
    looks = zip(colours(nodes), sizes(nodes).tolist(), strict=True)
    for some in _some(nodes):
        rows = zip(some["id"], cells(some["label"]), _values(some, _OF_NODE), strict=True)
        for (node, label, values), ((red, green, blue), size) in zip(rows, looks, strict=False):
            changes, times = when.get(node, ("", ""))
            yield (
                f'<node id={quoted(node)} label="{label}">'
                f"<attvalues>{values}{changes}</attvalues>{times}"
                f'<viz:color r="{red}" g="{green}" b="{blue}"/><viz:size value="{size}"/></node>\n'
            )


def _edges(edges: pd.DataFrame, spells: Spells | None) -> Iterator[str]:
    when = {}
    if spells is not None:
        when = _when(spells.edges, spells.edges["edge"], ("weight", "count_then"))
    number = 0
    for some in _some(edges):
        both = zip(cells(some["source"]), cells(some["target"]), strict=True)
        weights, values = cells(some["weight"]), _values(some, _OF_EDGE)
        for (source, target), weight, value in zip(both, weights, values, strict=True):
            changes, times = when.get(number, ("", ""))
            # Where the weight changes, Gephi takes none beside that of each period.
            heavy = f' weight="{weight}"' if spells is None else ""
            yield (
                f'<edge id="{number}" source="{source}" target="{target}"{heavy}>'
                f"<attvalues>{value}{changes}</attvalues>{times}</edge>\n"
            )
            number += 1


def _some(table: pd.DataFrame) -> Iterator[pd.DataFrame]:
    for first in range(0, len(table), _ROWS):
        yield table.iloc[first : first + _ROWS]


def _attribute_names(table: pd.DataFrame, without: Iterable[str]) -> list[str]:
    return [str(name) for name in table.columns if name not in without]


def _values(table: pd.DataFrame, without: Iterable[str]) -> list[str]:
    """For each row what does not change."""
    columns = []
    for name in _attribute_names(table, without):
        start = f'<attvalue for={quoted(name)} value="'
        texts = cells(table[name])
        columns.append([f'{start}{text}"/>' if text is not None else "" for text in texts])
    return ["".join(row) for row in zip(*columns, strict=True)] if columns else [""] * len(table)


def _when(
    spells: pd.DataFrame, keys: Iterable[Hashable], names: Iterable[str]
) -> dict[Hashable, tuple[str, str]]:
    """For each node or edge what changes, and its spells."""
    periods = {
        period: f'start="{period.start_time:%Y-%m-%d}" end="{period.end_time:%Y-%m-%d}"'
        for period in spells["period"].unique()
    }
    times = [periods[period] for period in spells["period"]]
    columns = [
        [
            f'<attvalue for="{name}" value="{text}" {time}/>'
            for text, time in zip(texts, times, strict=True)
        ]
        for name, texts in ((name, cells(spells[name])) for name in names)
    ]
    changes: defaultdict[Hashable, list[str]] = defaultdict(list)
    found: defaultdict[Hashable, list[str]] = defaultdict(list)
    for key, time, *row in zip(keys, times, *columns, strict=True):
        changes[key] += row
        found[key].append(f"<spell {time}/>")
    return {
        key: ("".join(changes[key]), f"<spells>{''.join(rows)}</spells>")
        for key, rows in found.items()
    }
