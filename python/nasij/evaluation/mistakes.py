"""The errors one by one, and counted by spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij import tables
from nasij.evaluation.matching import BOTH, BOUNDARY, CORRECT, KINDS, TYPE
from nasij.evaluation.words import codes
from nasij.spellings import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nasij.evaluation.matching import Matches

__all__ = ["errors_table", "worst_table"]

#: How many characters of context stand on either side.
_AROUND: Final = 60


def errors_table(
    gold: pd.DataFrame,
    predicted: pd.DataFrame,
    matches: Matches,
    documents: list[str],
    texts: Mapping[str, str],
) -> pd.DataFrame:
    """One row an error; see `Evaluation.errors`."""
    of_gold, of_predicted = (_surfaces(side, texts) for side in (gold, predicted))
    text, other = _at(of_gold, matches.gold), _at(of_predicted, matches.predicted)
    # Where gold does not say what it shows, predicted may, if the span is the same.
    same = np.isin(matches.kind, (CORRECT, TYPE)) & (text == None)  # noqa: E711
    text = np.where((matches.gold < 0) | same, other, text)
    wrong = np.flatnonzero(matches.kind != CORRECT)
    spelling, _ = pd.factorize(_folded(text))
    times = np.bincount(spelling[spelling >= 0], minlength=1)
    times_wrong = np.bincount(spelling[wrong][spelling[wrong] >= 0], minlength=1)
    left, right, kind = (column[wrong] for column in matches)
    text, spelling = text[wrong], spelling[wrong]
    place = {
        name: np.where(left >= 0, _at(gold[name], left), _at(predicted[name], right))
        for name in ("doc", "start", "end")
    }
    other_span = (kind == BOUNDARY) | (kind == BOTH)
    table = pd.DataFrame(
        {
            "doc": tables.texts(place["doc"]),
            "start": place["start"].astype(np.int64),
            "end": place["end"].astype(np.int64),
            "text": tables.texts(text),
            "kind": tables.categories(((kind - TYPE).astype(np.int32), list(KINDS[TYPE:]))),
            "gold": tables.texts(_at(gold["type"], left)),
            "predicted": tables.texts(_at(predicted["type"], right)),
            "predicted_text": tables.texts(np.where(other_span, _at(of_predicted, right), None)),
        }
    )
    if "found_by" in predicted:
        table["found_by"] = tables.texts(_at(predicted["found_by"], right))
    if "score" in predicted:
        table["score"] = _at(predicted["score"], right).astype(np.float64).round(6)
    table["wrong"] = np.where(spelling >= 0, times_wrong[spelling], 1)
    table["of"] = np.where(spelling >= 0, times[spelling], 1)
    spans = zip(place["doc"], place["start"], place["end"], strict=True)
    table["context"] = tables.texts(_context(texts.get(doc), *span) for doc, *span in spans)
    order = np.lexsort((table["start"], codes(place["doc"], documents), spelling, -table["wrong"]))
    return table.iloc[order].reset_index(drop=True)


def worst_table(errors: pd.DataFrame) -> pd.DataFrame:
    """Errors of one spelling and one outcome together; see `Evaluation.worst`."""
    table = errors.assign(_text=_folded(errors["text"]), _other=_folded(errors["predicted_text"]))
    keys = ["_text", "_other", "kind", "gold", "predicted"]
    grouped = table.groupby(keys, dropna=False, observed=True, sort=False)
    rows = grouped.agg(
        text=("text", "first"),
        predicted_text=("predicted_text", "first"),
        count=("doc", "size"),
        wrong=("wrong", "first"),
        of=("of", "first"),
        docs=("doc", "nunique"),
        context=("context", "first"),
    ).reset_index()
    rows = rows.sort_values(["count", "wrong"], ascending=False, kind="stable", ignore_index=True)
    shown = ["text", "kind", "gold", "predicted", "predicted_text", "count", "wrong", "of", "docs"]
    return rows[[*shown, "context"]]


def _surfaces(mentions: pd.DataFrame, texts: Mapping[str, str]) -> list[str | None]:
    """What the texts show at each mention; where a text is not known, what the mention says."""
    said = mentions["text"] if "text" in mentions else [None] * len(mentions)
    rows = zip(mentions["doc"], mentions["start"], mentions["end"], said, strict=True)
    return [
        texts[doc][start:end] if doc in texts else text if isinstance(text, str) else None
        for doc, start, end, text in rows
    ]


def _folded(spellings: Any) -> Any:
    known = [text for text in spellings if isinstance(text, str)]
    folded = dict(zip(known, fold(known), strict=True))
    keys = [folded[text] if isinstance(text, str) else None for text in spellings]
    return np.array(keys, dtype=object)


def _at(values: Any, places: Any) -> Any:
    """The value at each place, None where there is none (-1)."""
    return np.array([*values, None], dtype=object)[places]


def _context(text: str | None, start: int, end: int) -> str | None:
    """What stands around a mention, cut at blanks."""
    if text is None:
        return None
    low, high = max(start - _AROUND, 0), min(end + _AROUND, len(text))
    before, after = text[low:start], text[end:high]
    if low:
        before = "… " + before.split(" ", 1)[-1]
    if high < len(text):
        after = after.rsplit(" ", 1)[0] + " …"
    return " ".join(f"{before}[{text[start:end]}]{after}".split())
