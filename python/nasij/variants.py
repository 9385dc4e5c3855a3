"""Which spellings stand for which entity: a table to look through, and what a person decides.

A decision is a row of four cells. Of the mentions of `entity` that are spelled `text` (of all of
them, if `text` is empty) it says to which entity they go (`into`), and how that one, or else
`entity` itself, is called from now on (`rename`). Entities are told by their ids and spellings
by their folded letters, so decisions made on one corpus hold on another.
"""

from __future__ import annotations

import itertools
import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij import sheets
from nasij.errors import ArgumentError, NasijWarning, ReadError
from nasij.spellings import fold, spellings
from nasij.tables import take, texts, type_column
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.analysis.parts import Parts
    from nasij.lexicon import Lexicon

__all__ = [
    "Decision",
    "decide",
    "decisions_table",
    "entries_by_id",
    "read_decisions",
    "variants_table",
]

_ID: Final = re.compile(r"(per|org|loc|misc|norp):\S+")


class Decision(NamedTuple):
    """One row of decisions, and where it was read (`place`, for errors)."""

    step: int
    entity: str
    text: str
    into: str
    rename: str
    place: str = ""


class _Spelled(NamedTuple):
    """The mentions by entity and folded spelling: `pair` is a place in `owner` and `key`."""

    pair: npt.NDArray[np.int64]
    owner: npt.NDArray[np.int64]
    key: npt.NDArray[np.int64]
    keys: list[str]
    text: Any


def _spelled(extraction: Extraction) -> _Spelled:
    found = extraction.mentions()
    codes, surfaces = spellings(extraction)
    of_surface, keys = pd.factorize(np.array(fold(surfaces), dtype=object))
    width = max(len(keys), 1)
    both = found["entity"].astype(np.int64) * width + of_surface[codes]
    pairs, pair = np.unique(both, return_inverse=True)
    text = take(surfaces, codes)
    return _Spelled(pair, pairs // width, pairs % width, list(keys), text)


def variants_table(extraction: Extraction, lexicon: Lexicon) -> pd.DataFrame:
    """One row an entity and spelling; see `Analysis.variants`."""
    found, known = extraction.mentions(), extraction.entities()
    spelled = _spelled(extraction)
    rows = pd.DataFrame(
        {
            "pair": spelled.pair,
            "doc": found["doc"],
            "text": spelled.text,
            "by": take(found["found_by"][1], found["found_by"][0]),
        }
    )
    groups = rows.groupby("pair")
    owner = spelled.owner
    near = extraction.suggestions(lexicon._lexicon)
    other = np.full(len(known["id"]), -1, dtype=np.int64)
    distance = np.full(len(known["id"]), np.nan)
    other[near["entity"]] = near["other"]
    distance[near["entity"]] = near["distance"]
    table = pd.DataFrame(
        {
            "entity": take(known["id"], owner),
            "name": take(known["name"], owner),
            "type": type_column(known["type"]).take(owner),
            "text": texts(_most_frequent(rows, "text")["text"]),
            "count": groups.size().to_numpy(),
            "docs": groups["doc"].nunique().to_numpy(),
            "found_by": texts(_summary(rows)),
            "suggestion": take(known["id"], other[owner]),
            "distance": distance[owner],
            "into": texts([""] * len(owner)),
            "rename": texts([""] * len(owner)),
        }
    )
    table["_all"] = table.groupby("entity", observed=True)["count"].transform("sum")
    order = ["distance", "_all", "entity", "count", "text"]
    table = table.sort_values(
        order, ascending=[True, False, True, False, True], ignore_index=True, na_position="last"
    )
    return table.drop(columns="_all")


def _most_frequent(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Of each pair the most frequent value of a column, ties by the letters."""
    counts = rows.groupby(["pair", column]).size().reset_index(name="n")
    counts = counts.sort_values(["pair", "n", column], ascending=[True, False, True])
    return counts.drop_duplicates("pair")


def _summary(rows: pd.DataFrame) -> list[str]:
    """Of each pair how it was found: "title 3, short 2"."""
    counts = rows.groupby(["pair", "by"]).size().reset_index(name="n")
    counts = counts.sort_values(["pair", "n", "by"], ascending=[True, False, True])
    counts["told"] = counts["by"].astype(str) + " " + counts["n"].astype(str)
    return counts.groupby("pair")["told"].agg(", ".join).tolist()


def decisions_table(decisions: Sequence[Decision]) -> pd.DataFrame:
    """Decisions as a table that `Analysis.apply` takes."""
    table = pd.DataFrame(
        [decision[:5] for decision in decisions], columns=list(Decision._fields[:5])
    )
    for name in ("entity", "text", "into", "rename"):
        table[name] = texts(table[name])
    return table.astype({"step": "int64"})


def read_decisions(table: pd.DataFrame | str | os.PathLike[str]) -> list[Decision]:
    """The decisions of a table: rows that have something in `into` or `rename`.

    Raises:
        ArgumentError: a column is missing, or a cell is wrong; the message names row and column.
        ReadError: the file cannot be read.
    """
    if isinstance(table, pd.DataFrame):
        frame = table.astype(object).where(table.notna(), "")
        header, source = [str(name) for name in frame.columns], "the table"
        rows = [
            (f"row {label!r}", [str(cell).strip() for cell in cells])
            for label, cells in zip(frame.index, frame.to_numpy(), strict=True)
        ]
    elif isinstance(table, str | os.PathLike):
        source = str(table)
        lines = sheets.rows(Path(table), ReadError)
        if not lines:
            msg = f"{source} is empty"
            raise ArgumentError(msg)
        (_, header), *kept = lines
        rows = [(f"row {line}", cells) for line, cells in kept]
    else:
        msg = f"decisions are a data frame or the path of a CSV file, not {type(table).__name__}"
        raise ArgumentError(msg)
    at = {name: i for i, name in enumerate(header)}
    twice = [name for name in at if name and header.count(name) > 1]
    if twice:
        msg = f"{source}, column {twice[0]}: given twice"
        raise ArgumentError(msg)
    if "entity" not in at or not {"into", "rename"} & set(at):
        msg = (
            f"{source} has no column {'entity' if 'entity' not in at else 'into or rename'}; "
            f"its columns are {', '.join(header)}"
        )
        raise ArgumentError(msg)
    decisions = []
    for place, cells in rows:
        cell = {name: cells[i] if i < len(cells) else "" for name, i in at.items()}
        into, rename = cell.get("into", ""), cell.get("rename", "")
        if not into and not rename:
            continue
        step = cell.get("step", "") or "0"
        here = f"{source}, {place}"
        if not step.removesuffix(".0").isdecimal():
            msg = f"{here}, column step: {step!r} is no whole number"
            raise ArgumentError(msg)
        if not cell["entity"]:
            msg = f"{here}, column entity: empty, though {into or rename!r} is decided"
            raise ArgumentError(msg)
        number = int(step.removesuffix(".0"))
        text = cell.get("text", "")
        decisions.append(Decision(number, cell["entity"], text, into, rename, here))
    return sorted(decisions, key=lambda decision: decision.step)


def decide(analysis: Parts, decisions: Sequence[Decision]) -> tuple[Extraction, list[Decision]]:
    """One step of decisions, all of them about the analysis as it is.

    Returns:
        The mentions under their new entities, and the decisions with names replaced by ids.
    """
    extraction = analysis._extraction
    spelled = _spelled(extraction)
    entities = _entities(dict(extraction.entities()))
    place_of = {entity[0]: place for place, entity in enumerate(entities)}
    places = {
        (int(owner), spelled.keys[key]): pair
        for pair, (owner, key) in enumerate(zip(spelled.owner, spelled.key, strict=True))
    }
    moves: dict[tuple[int, str], tuple[int, str]] = {}
    called: dict[int, tuple[str, str]] = {}
    resolved, missed = [], []
    _check_unicode(decisions)
    keys = fold(decision.text for decision in decisions)
    for decision, key in zip(decisions, keys, strict=True):
        here = decision.place
        source = _entity(analysis, decision.entity, here, "entity")
        owner = place_of.get(source)
        into = _entity(analysis, decision.into, here, "into") if decision.into else ""
        made = decision._replace(entity=source, into=into)
        if owner is None or (key and (owner, key) not in places):
            missed.append(decision)
            resolved.append(made)
            continue
        target = owner
        if into:
            if into not in place_of:
                place_of[into] = len(entities)
                entities.append(_new(analysis, made, entities[owner]))
                made = made._replace(rename=entities[-1][1])
            target = place_of[into]
            before = moves.setdefault((owner, key), (target, here))
            if before[0] != target:
                msg = (
                    f"{here}, column into: {into!r}, though {before[1]} has "
                    f"{entities[before[0]][0]!r} for the same entity and text"
                )
                raise ArgumentError(msg)
        if made.rename:
            before_name = called.setdefault(target, (made.rename, here))
            if before_name[0] != made.rename:
                msg = (
                    f"{here}, column rename: {made.rename!r}, though {before_name[1]} has "
                    f"{before_name[0]!r} for the same entity"
                )
                raise ArgumentError(msg)
        resolved.append(made)
    if missed:
        note = (
            f"{len(missed)} of {counted(len(decisions), 'decision')} found nothing in this corpus, "
            f"the first: {missed[0].place or 'a decision'} ({missed[0].entity}, "
            f"{missed[0].text or 'all spellings'})"
        )
        warnings.warn(note, NasijWarning, stacklevel=4)
    for place, (name, _) in called.items():
        entities[place][1] = name
    entity_of = np.array(
        [
            moves.get((owner, spelled.keys[key]), moves.get((owner, ""), (owner, "")))[0]
            for owner, key in zip(spelled.owner.tolist(), spelled.key.tolist(), strict=True)
        ],
        dtype=np.uint32,
    )
    return extraction.relink(entity_of[spelled.pair], entities), resolved


def _check_unicode(decisions: Sequence[Decision]) -> None:
    for decision, column in itertools.product(decisions, ("text", "into", "rename")):
        try:
            getattr(decision, column).encode()
        except UnicodeEncodeError as error:
            where = f"{decision.place}, column {column}" if decision.place else column
            msg = f"{where}: a lone surrogate, which is no Unicode text"
            raise ArgumentError(msg) from error


def _entity(analysis: Parts, named: str, place: str, column: str) -> str:
    """The id that a cell means: an id, known or new, or a name of the corpus."""
    if named in analysis._codes or _ID.fullmatch(named):
        return named
    try:
        return analysis._names.find(named)
    except ArgumentError as error:
        where = f"{place}, column {column}: " if place else ""
        msg = f"{where}{error}"
        raise ArgumentError(msg) from error


def _new(analysis: Parts, decision: Decision, source: list[str]) -> list[str]:
    """An entity that the corpus has not yet: the lexicon's, or one called as decided."""
    lexicon = analysis._listed
    if decision.into in lexicon:
        return lexicon[decision.into]
    kind = decision.into.partition(":")[0].upper()
    subtype = source[4] if kind == source[3] else ""
    return [decision.into, decision.rename or decision.text or source[1], "", kind, subtype, ""]


def entries_by_id(lexicon: Lexicon) -> dict[str, list[str]]:
    """The entities of a lexicon by id, as `Extraction.relink` takes them."""
    return {cells[0]: cells for cells in _entities(dict(lexicon._lexicon.entries()))}


def _entities(columns: dict[str, Any]) -> list[list[str]]:
    order = ("id", "name", "name_en", "type", "subtype", "wikidata")
    return [list(cells) for cells in zip(*(columns[name] for name in order), strict=True)]
