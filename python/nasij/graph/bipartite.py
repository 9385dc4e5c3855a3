"""Networks between two kinds of nodes: documents and entities, people and bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from nasij import tables as frames
from nasij.graph.build import NODE, alphas, build_tables
from nasij.graph.sources import first_sentences
from nasij.graph.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nasij._nasij import Extraction

__all__ = ["between", "of_documents"]


def between(
    entities: pd.DataFrame,
    pairs: pd.DataFrame,
    sides: tuple[Sequence[str], Sequence[str]],
    weight: str,
    q: float | None,
    alpha: float | None,
) -> Tables:
    """The pairs with one end of each side's types; nodes have ``bipartite``, 0 or 1."""
    left, right = sides
    a_left, b_left = pairs["a_type"].isin(left), pairs["b_type"].isin(left)
    a_right, b_right = pairs["a_type"].isin(right), pairs["b_type"].isin(right)
    kept = pairs[(a_left & b_right) | (a_right & b_left)]
    made = build_tables(entities, kept, weight, q, alpha)
    side = made.nodes["type"].isin(right).astype(np.int64)
    return made._replace(nodes=made.nodes.assign(bipartite=side))


def of_documents(
    documents: pd.DataFrame,
    entities: pd.DataFrame,
    extraction: Extraction,
    types: Sequence[str] | None,
    min_count: int,
    alpha: float | None,
    evidence: int,
) -> Tables:
    """Documents (0) and the entities that they mention (1); an edge weighs the mentions."""
    found, known = extraction.mentions(), extraction.entities()
    number = max(len(known["id"]), 1)
    keys, counts = np.unique(
        found["doc"].astype(np.int64) * number + found["entity"], return_counts=True
    )
    doc, entity = keys // number, keys % number
    kept = counts >= min_count
    if types is not None:
        kept &= np.isin(np.array(known["type"], dtype=object), types)[entity]
    doc, entity, counts = doc[kept], entity[kept], counts[kept]
    level = alphas(doc, entity + len(documents), counts.astype(np.float64))
    if alpha is not None:
        kept = level <= alpha
        doc, entity, counts, level = doc[kept], entity[kept], counts[kept], level[kept]
    ids = frames.texts("doc:" + name for name in documents["doc"].astype(str))
    edges = pd.DataFrame(
        {
            "source": ids.array.take(doc),
            "target": frames.take(known["id"], entity),
            "weight": counts,
            "alpha": level,
        }
    )
    if evidence:
        edges["evidence"] = first_sentences(extraction, documents["doc"], (doc, entity), evidence)
    nodes = [_documents(documents, ids, np.unique(doc)), _entities(entities, edges)]
    about: dict[str, Any] = {"weight": "mentions", "unit": "document", "min_count": min_count}
    about |= {} if alpha is None else {"alpha": alpha}
    return Tables(pd.concat(nodes, ignore_index=True), edges, about)


def _documents(documents: pd.DataFrame, ids: pd.Series, kept: Any) -> pd.DataFrame:
    rows = documents.iloc[kept]
    title = rows["title"].astype(object).where(rows["title"].notna(), rows["doc"].astype(str))
    name = frames.texts(str(words) for words in title)
    return pd.DataFrame(
        {
            "id": ids.iloc[kept].to_numpy(),
            "label": name,
            "bipartite": 0,
            "name": name,
            "type": "DOC",
            "mentions": rows["mentions"].to_numpy(),
            "doc": rows["doc"].astype(str).to_numpy(),
            "date": rows["date"].dt.strftime("%Y-%m-%d").to_numpy(),
            "source": rows["source"].astype(object).to_numpy(),
        }
    )


def _entities(entities: pd.DataFrame, edges: pd.DataFrame) -> pd.DataFrame:
    rows = entities[entities["entity"].isin(set(edges["target"]))][["entity", *NODE]]
    rows = rows.rename(columns={"entity": "id"}).astype({"type": object})
    rows.insert(1, "label", rows["name"])
    rows.insert(2, "bipartite", 1)
    return rows
