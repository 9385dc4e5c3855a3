"""The units behind a count, as a table that a notebook shows right to left with names marked."""

from __future__ import annotations

import itertools
from html import escape
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import pandas as pd

from nasij import tables

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.corpus import Corpus

__all__ = ["EVERYTHING", "Evidence", "Population", "evidence_table"]

_SHOWN: Final = 20
#: Sky blue and orange of Okabe and Ito (2008), told apart by every kind of colour vision.
_COLOURS: Final = ("#a6d8f5", "#ffd08a")


class Population(NamedTuple):
    """What is counted in: entities and documents that take part, groups of documents; or all."""

    entities: npt.NDArray[np.bool_] | None = None
    docs: npt.NDArray[np.bool_] | None = None
    groups: npt.NDArray[np.int32] | None = None


EVERYTHING: Final = Population()


class Evidence(pd.DataFrame):
    """Units in which names occur: unit, doc, date, source, sentence, text, spans, start, end.

    `unit` is the document and the unit's first sentence, ``doc#sentence``, as edges of networks
    have it; `spans` lists ``(start, end, entity)`` of each mention in `text`; `start` and `end`
    place `text` in its document; all are code points. A notebook shows the texts right to left.
    """

    @property
    def _constructor(self) -> type[Evidence]:
        return Evidence

    def _repr_html_(self) -> str | None:
        if not {"doc", "text", "spans"} <= set(self.columns):
            return super()._repr_html_()  # type: ignore[misc,no-any-return]
        names: dict[str, str] = self.attrs.get("names", {})
        colours = dict(zip(names, _COLOURS, strict=False))
        marked = " · ".join(
            f"{_mark(escape(name), colours.get(entity))}" for entity, name in names.items()
        )
        units = [_unit(row, colours) for row in self.head(_SHOWN).to_dict("records")]
        more = len(self) - len(units)
        rest = f"<p>… {more:,} +</p>" if more > 0 else ""
        return (
            f'<div dir="rtl" lang="ar" style="text-align:right;max-width:60em">'
            f"<p><b>{marked}</b> ({len(self):,})</p>{''.join(units)}{rest}</div>"
        )


def _mark(html: str, colour: str | None) -> str:
    colour = colour or _COLOURS[0]
    return f'<mark style="background:{colour};color:#000;padding:0 .15em">{html}</mark>'


def _unit(row: dict[Any, Any], colours: dict[str, str]) -> str:
    text, pieces, place = row["text"], [], 0
    for start, end, entity in row["spans"]:
        if start >= place:
            name = escape(text[start:end])
            pieces += [escape(text[place:start]), _mark(name, colours.get(entity))]
            place = end
    pieces.append(escape(text[place:]))
    date = row.get("date")
    origin = [
        row["doc"],
        None if date is None or pd.isna(date) else f"{date:%Y-%m-%d}",
        row.get("source"),
    ]
    words = " · ".join(f"<bdi>{escape(str(part))}</bdi>" for part in origin if not pd.isna(part))
    body = "".join(pieces).replace("\n", "<br>")
    return (
        f'<p style="margin:.4em 0;line-height:1.7">{body}<br>'
        f'<small style="opacity:.65">{words}</small></p>'
    )


def evidence_table(
    corpus: Corpus,
    extraction: Extraction,
    unit: str | int,
    asked: list[int],
    mentions: npt.NDArray[np.int32] | None = None,
    population: Population = EVERYTHING,
    stories: pd.Series | None = None,
) -> Evidence:
    """The units in which all of `asked` (one or two codes of entities) occur, in order.

    With `mentions`, places in the table of mentions, only units that hold one of them; with
    `stories`, that of each document, these are a column.
    """
    documents = corpus.documents
    b = asked[1] if len(asked) > 1 else None
    units = extraction.evidence(unit, asked[0], b, mentions, *population)
    doc, start, sentence = units["doc"], units["start"], units["sentence"]
    raw = corpus.texts.slices(doc, start, units["end"])
    leading = np.array([len(text) - len(text.lstrip()) for text in raw], dtype=np.int64)
    cut = [text.strip() for text in raw]
    start = start + leading
    end = start + np.array([len(text) for text in cut], dtype=np.int64)
    ids = documents["doc"].array.take(doc)
    known = {code: extraction.entity(code) for code in asked}
    table = Evidence(
        {
            "unit": tables.texts(map("{}#{}".format, ids, sentence)),
            "doc": ids,
            "date": documents["date"].array.take(doc),
            "source": documents["source"].array.take(doc),
            "sentence": sentence,
            "text": tables.texts(cut),
            "spans": _spans(units, start, known),
            "start": start,
            "end": end,
        }
    )
    if stories is not None:
        table.insert(2, "story", stories.array.take(doc))
    table.attrs["names"] = dict(known.values())
    return table


def _spans(units: Any, start: Any, known: dict[int, tuple[str, str]]) -> pd.Series:
    """For each unit the mentions of the asked entities inside it, from the unit's start."""
    row = units["span_row"]
    begin = start[row]
    ids = (known[code][0] for code in units["span_entity"].tolist())
    ends = (units["span_end"] - begin).tolist()
    spans = list(zip((units["span_start"] - begin).tolist(), ends, ids, strict=True))
    cuts = np.searchsorted(row, np.arange(len(start) + 1)).tolist()
    listed = [spans[low:high] for low, high in itertools.pairwise(cuts)]
    return pd.Series(listed, dtype=object)
