"""A network as CSV: nodes and edges for Gephi and Flourish, pairs for Datawrapper."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from nasij.arguments import one_of
from nasij.files import written_whole
from nasij.graph.spells import within

if TYPE_CHECKING:
    import os

    from nasij.graph.spells import Spells
    from nasij.graph.tables import Tables

__all__ = ["TOOLS", "write_csv"]

TOOLS: Final = ("gephi", "flourish", "datawrapper")
#: More lines in one chart cannot be told apart.
_LINES: Final = 10
#: How each period is written, so that Datawrapper knows it for a date.
_DATES: Final = {"D": "%Y-%m-%d", "W": "%Y-%m-%d", "M": "%Y-%m", "Q": "%Y Q%q", "Y": "%Y"}


def write_csv(
    tables: Tables,
    path: str | os.PathLike[str],
    tool: str = "gephi",
    spells: Spells | None = None,
) -> list[Path]:
    """Writes the files that `tool` takes, all or none, in UTF-8 without a mark.

    Gephi takes ``NAME_nodes.csv`` and ``NAME_edges.csv``, Flourish ``NAME_points.csv`` and
    ``NAME_links.csv``, where `path` is ``NAME.csv``; Datawrapper takes `path`, the pairs from the
    heaviest on or, with `spells`, the heaviest pairs over time.
    """
    one_of("tool", tool, TOOLS)
    path = Path(path)
    if tool == "gephi":
        files = {"nodes": _gephi_nodes(tables), "edges": _gephi_edges(tables)}
    elif tool == "flourish":
        names = _names(tables.nodes)
        files = {"points": _points(tables.nodes, names), "links": _links(tables.edges, names)}
    else:
        files = {"": _pairs(tables) if spells is None else _series(tables, spells)}
    places = [path.with_stem(f"{path.stem}_{name}") if name else path for name in files]
    with ExitStack() as stack:
        parts = [stack.enter_context(written_whole(place)) for place in places]
        for part, table in zip(parts, files.values(), strict=True):
            # What is not finite is no number to these tools.
            finite = table.replace([np.inf, -np.inf], np.nan)
            finite.to_csv(part, index=False, encoding="utf-8", lineterminator="\n")
    return places


def _gephi_nodes(tables: Tables) -> pd.DataFrame:
    return tables.nodes.rename(columns={"id": "Id", "label": "Label"})


def _gephi_edges(tables: Tables) -> pd.DataFrame:
    names = {"source": "Source", "target": "Target", "weight": "Weight"}
    edges = tables.edges.rename(columns=names)
    edges.insert(2, "Type", "Undirected")
    return edges


def _names(nodes: pd.DataFrame) -> pd.Series:
    """For each id a name that is read and that no other node has."""
    twice = nodes["label"].duplicated(keep=False)
    names = nodes["label"].where(~twice, nodes["label"] + " (" + nodes["id"] + ")")
    return pd.Series(names.to_numpy(), index=nodes["id"])


def _points(nodes: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    group = next((name for name in ("community", "type") if name in nodes), None)
    points = pd.DataFrame({"Id": names.to_numpy()})
    groups = pd.Series("", index=nodes.index) if group is None else nodes[group].astype(object)
    points["Group"] = groups.where(groups.notna(), "").to_numpy()
    points["Size"] = nodes["mentions"].to_numpy() if "mentions" in nodes else 1
    rest = nodes.drop(columns=["id", "label", "name"], errors="ignore")
    return pd.concat([points, rest.reset_index(drop=True)], axis=1)


def _links(edges: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    links = edges.assign(
        source=names.loc[edges["source"]].to_numpy(), target=names.loc[edges["target"]].to_numpy()
    )
    return links.rename(columns={"source": "Source", "target": "Target", "weight": "Value"})


def _titles(tables: Tables) -> pd.DataFrame:
    """For each edge the names of its ends, and both in one; the heaviest first."""
    names = _names(tables.nodes)
    edges = tables.edges.sort_values("weight", ascending=False, kind="stable")
    a, b = names.loc[edges["source"]].to_numpy(), names.loc[edges["target"]].to_numpy()
    titles = pd.Series([f"{one} – {other}" for one, other in zip(a, b, strict=True)], dtype=object)
    return pd.DataFrame({"pair": titles, "a": a, "b": b}).set_index(edges.index)


def _pairs(tables: Tables) -> pd.DataFrame:
    titles = _titles(tables)
    edges = tables.edges.loc[titles.index].drop(columns=["source", "target"])
    measure = str(tables.about.get("weight", "weight"))
    weight = edges["weight"].rename(measure)
    rest = edges.drop(columns=[measure, "weight"], errors="ignore")
    return pd.concat([titles["pair"], weight, titles[["a", "b"]], rest], axis=1)


def _series(tables: Tables, spells: Spells) -> pd.DataFrame:
    tables, spells = within(tables, spells)
    titles = _titles(tables).head(_LINES)
    period = spells.nodes["period"]
    if period.empty:
        return pd.DataFrame({"period": []})
    every = pd.period_range(period.min(), period.max())
    columns = {}
    for edge, title in titles["pair"].items():
        own = spells.edges[spells.edges["edge"] == edge]
        counts = own.set_index(pd.PeriodIndex(own["period"]))["count_then"]
        columns[title] = counts.reindex(every, fill_value=0).to_numpy()
    # A week is told by its first day; by itself pandas takes the last.
    days = every.asfreq("D", "S") if every.freqstr[0] == "W" else every
    dates = days.strftime(_DATES[every.freqstr[0]])
    return pd.DataFrame({"period": dates, **columns})
