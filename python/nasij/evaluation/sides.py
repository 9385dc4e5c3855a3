"""One side of a comparison, gold or predicted, checked and in one form whatever it came from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij.analysis import Analysis
from nasij.corpus import Corpus
from nasij.errors import ArgumentError
from nasij.evaluation.annotations import Annotations, read_annotations
from nasij.reading.columns import listed
from nasij.reading.frames import to_pandas

if TYPE_CHECKING:
    from nasij._nasij import Texts

__all__ = ["Side", "side_of", "texts_of"]

_NEEDED: Final = ("start", "end", "type")
_EXTRA: Final = ("text", "found_by", "score")
#: The one document of a frame without a column doc.
_ONLY: Final = "1"


@dataclass(frozen=True, slots=True)
class Side:
    """Mentions with doc, start, end, type, and text, found_by, score where there are such.

    `texts` are those known, by document; `documents` all documents looked at, None where only
    those with mentions are known; `words` whether mentions are whole words.
    """

    mentions: pd.DataFrame
    texts: Mapping[str, str]
    documents: list[str] | None
    words: bool


class _Lookup(Mapping[str, str]):
    """The texts of a corpus by the ids of its documents, made strings when asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self._texts: Texts = corpus.texts
        names = corpus.documents["doc"].astype(str).tolist()
        self._places = {name: place for place, name in enumerate(names)}

    def __getitem__(self, name: str) -> str:
        return self._texts[self._places[name]]

    def __iter__(self) -> Any:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def side_of(given: object, what: str) -> Side:
    """The side that an argument means; `what`, gold or predicted, is for messages.

    Raises:
        ArgumentError: it is nothing of the kind, lacks a column, or has a span that is none.
        AnnotationError: a file that does not follow its format.
    """
    if isinstance(given, Analysis):
        texts = _Lookup(given.corpus)
        mentions = _checked(given.mentions[["doc", *_NEEDED, *_EXTRA]], what)
        return Side(mentions, texts, list(texts), words=False)
    if isinstance(given, str | os.PathLike | list | tuple):
        given = read_annotations(given)
    if isinstance(given, Annotations):
        documents = given.documents
        known = documents["text"].notna().all()
        names = documents["doc"].astype(str)
        texts_ = dict(zip(names, documents["text"], strict=True)) if known else {}
        mentions = _checked(given.mentions, what)
        return Side(mentions, texts_, list(names) if known else None, given.words)
    if not isinstance(given, pd.DataFrame) and not hasattr(given, "__arrow_c_stream__"):
        msg = f"{what} is an Analysis, Annotations, a path or a frame, not {type(given).__name__}"
        raise ArgumentError(msg)
    return Side(_checked(to_pandas(given), what), {}, None, words=False)


def texts_of(texts: object) -> Mapping[str, str]:
    """The texts by document out of a corpus, a frame with doc and text, or a mapping."""
    if texts is None:
        return {}
    if isinstance(texts, Corpus):
        return _Lookup(texts)
    if isinstance(texts, Mapping):
        return {str(name): text for name, text in texts.items()}
    if isinstance(texts, pd.DataFrame) or hasattr(texts, "__arrow_c_stream__"):
        table = to_pandas(texts)
        if missing := {"doc", "text"} - set(table.columns):
            msg = f"texts has no column {', '.join(sorted(missing))}: {listed(table.columns)}"
            raise ArgumentError(msg)
        return dict(zip(table["doc"].astype(str), table["text"], strict=True))
    msg = f"texts is a Corpus, a frame with doc and text or a dict, not {type(texts).__name__}"
    raise ArgumentError(msg)


def _checked(table: pd.DataFrame, what: str) -> pd.DataFrame:
    if missing := [name for name in _NEEDED if name not in table]:
        msg = f"{what} has no column {', '.join(missing)}; its columns are: {listed(table.columns)}"
        raise ArgumentError(msg)
    mentions = pd.DataFrame(
        {
            "doc": table["doc"].astype(str).astype(object) if "doc" in table else _ONLY,
            "start": _whole(table, "start", what),
            "end": _whole(table, "end", what),
            "type": table["type"].astype(object),
        },
        index=table.index,
    )
    lengths = mentions["end"] - mentions["start"]
    _refuse((mentions["start"] < 0) | (lengths < 1), mentions, what, "is no span")
    nameless = [name for name in mentions["type"].unique() if not isinstance(name, str) or not name]
    _refuse(mentions["type"].isin(nameless), mentions, what, "has no type")
    if "doc" in table:
        _refuse(table["doc"].isna(), mentions, what, "has no document")
    for name in ("text", "found_by"):
        if name in table:
            mentions[name] = table[name].astype(object)
    if "score" in table:
        mentions["score"] = _scores(table, what)
    return mentions.reset_index(drop=True)


def _whole(table: pd.DataFrame, name: str, what: str) -> Any:
    numbers = pd.to_numeric(table[name], errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = ~(np.isfinite(numbers) & (numbers == np.floor(numbers)))
    if wrong.any():
        row = int(wrong.argmax())
        msg = f"{what}, row {table.index[row]!r}: {name} is {table[name].iloc[row]!r}, "
        raise ArgumentError(msg + "not a whole number")
    return numbers.astype(np.int64)


def _scores(table: pd.DataFrame, what: str) -> Any:
    scores = pd.to_numeric(table["score"], errors="coerce").to_numpy(np.float64, na_value=np.nan)
    wrong = (scores < 0) | (scores > 1)
    if wrong.any():
        row = int(wrong.argmax())
        msg = f"{what}, row {table.index[row]!r}: score is {scores[row]:g}, not from 0 to 1"
        raise ArgumentError(msg)
    return scores


def _refuse(wrong: pd.Series, mentions: pd.DataFrame, what: str, why: str) -> None:
    if wrong.any():
        row = mentions[wrong].iloc[0]
        place = f"{what}, row {wrong.idxmax()!r}, document {row['doc']!r}"
        msg = f"{place}: {row['start']}:{row['end']} {why}"
        raise ArgumentError(msg)
