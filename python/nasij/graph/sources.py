"""Edges lead to sentences: the ids of the first units that were counted for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.tables import texts

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.evidence import Population

__all__ = ["first_sentences", "first_units"]

_AROUND: Final = 8


def first_units(
    extraction: Extraction,
    docs: pd.Series,
    unit: str | int,
    pairs: tuple[pd.Series, pd.Series],
    population: Population,
    limit: int,
) -> pd.Series:
    """For each pair of codes the ids of its first units, as `Analysis.evidence` has them.

    Windows that begin in one sentence have one id, which is told once.
    """
    # So many windows may begin in a sentence: k or more of k tokens, one a mention around them.
    many = unit if isinstance(unit, int) else _AROUND if unit.startswith("around") else 1
    a, b = (codes.to_numpy(dtype=np.int32) for codes in pairs)
    found = extraction.first_units(unit, a, b, *population, limit=limit * many)
    return _joined(docs, found["pair"], found["doc"], found["sentence"], len(pairs[0]), limit)


def first_sentences(
    extraction: Extraction,
    docs: pd.Series,
    edges: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    limit: int,
) -> pd.Series:
    """For each document and code of an entity the ids of the first sentences with the entity."""
    found = extraction.mentions()
    number = max(len(extraction.entities()["id"]), 1)
    keys = edges[0] * number + edges[1]
    order = np.argsort(keys, kind="stable")
    of = found["doc"].astype(np.int64) * number + found["entity"]
    place = np.searchsorted(keys[order], of)
    there = place < len(keys)
    there[there] = keys[order][place[there]] == of[there]
    edge = order[place[there]]
    doc, sentence = found["doc"][there], found["sentence"][there]
    return _joined(docs, edge, doc, sentence, len(keys), limit)


def _joined(
    docs: pd.Series, edge: Any, doc: Any, sentence: Any, edges: int, limit: int
) -> pd.Series:
    table = pd.DataFrame({"edge": edge, "doc": doc, "sentence": sentence}).drop_duplicates()
    table = table[table.groupby("edge").cumcount() < limit]
    names = docs.astype(str).to_numpy(dtype=object)[table["doc"].to_numpy()]
    ids = names + "#" + table["sentence"].astype(str).to_numpy(dtype=object)
    joined = [""] * edges
    for place, unit in zip(table["edge"].tolist(), ids, strict=True):
        joined[place] = f"{joined[place]} | {unit}" if joined[place] else unit
    return texts(joined)
