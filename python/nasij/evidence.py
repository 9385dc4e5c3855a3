"""The units behind a count, as a table that a notebook shows right to left with names marked."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij import tables

if TYPE_CHECKING:
    import numpy.typing as npt

    from nasij._nasij import Extraction
    from nasij.corpus import Corpus

__all__ = ["Evidence", "evidence_table"]

_SHOWN: Final = 20
#: Sky blue and orange of Okabe and Ito (2008), told apart by every kind of colour vision.
_COLOURS: Final = ("#a6d8f5", "#ffd08a")


class Evidence(pd.DataFrame):
    """Units in which names occur: doc, date, source, sentence, text, spans, start, end.

    `spans` lists ``(start, end, entity)`` of each mention in `text`; `start` and `end` place
    `text` in its document; all are code points. A notebook shows the texts right to left.
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
) -> Evidence:
    """The units in which all of `asked` (one or two codes of entities) occur, in order.

    With `mentions`, places in the table of mentions, only units that hold one of them.
    """
    documents = corpus.documents
    units = extraction.evidence(unit, asked[0], asked[1] if len(asked) > 1 else None, None)
    doc, start, end = units["doc"], units["start"], units["end"]
    sentence = units["sentence"]
    if mentions is not None:
        kept = _holding(extraction, mentions, doc, start, end)
        doc, start, end, sentence = doc[kept], start[kept], end[kept], sentence[kept]
    raw = corpus.texts.slices(doc, start, end)
    leading = np.array([len(text) - len(text.lstrip()) for text in raw], dtype=np.int64)
    cut = [text.strip() for text in raw]
    start = start + leading
    end = start + np.array([len(text) for text in cut], dtype=np.int64)
    table = Evidence(
        {
            "doc": documents["doc"].array.take(doc),
            "date": documents["date"].array.take(doc),
            "source": documents["source"].array.take(doc),
            "sentence": sentence,
            "text": tables.texts(cut),
            "spans": _spans(extraction, asked, doc, start, end),
            "start": start,
            "end": end,
        }
    )
    known = extraction.entities()
    table.attrs["names"] = {known["id"][code]: known["name"][code] for code in asked}
    return table


def _holding(extraction: Extraction, mentions: Any, doc: Any, start: Any, end: Any) -> Any:
    """Which of the units hold one of `mentions`."""
    found = extraction.mentions()
    m_doc, m_start = found["doc"][mentions].astype(np.int64), found["start"][mentions]
    width = int(max(m_start.max(initial=0), end.max(initial=0))) + 1
    keys = m_doc * width + m_start
    first = np.searchsorted(keys, doc.astype(np.int64) * width + start)
    return first < np.searchsorted(keys, doc.astype(np.int64) * width + end)


def _spans(extraction: Extraction, asked: list[int], doc: Any, start: Any, end: Any) -> pd.Series:
    """For each unit the mentions of the asked entities inside it, from the unit's start."""
    found, ids = extraction.mentions(), extraction.entities()["id"]
    chosen = np.flatnonzero(np.isin(found["entity"], asked))
    m_doc, m_start = found["doc"][chosen].astype(np.int64), found["start"][chosen]
    m_end, entity = found["end"][chosen], found["entity"][chosen]
    width = int(max(m_end.max(initial=0), end.max(initial=0))) + 1
    keys = m_doc * width + m_start
    first = np.searchsorted(keys, doc.astype(np.int64) * width + start)
    last = np.searchsorted(keys, doc.astype(np.int64) * width + end)
    spans = [
        [
            (int(m_start[i] - begin), int(m_end[i] - begin), ids[entity[i]])
            for i in range(low, high)
            if m_end[i] <= stop
        ]
        for begin, stop, low, high in zip(start, end, first, last, strict=True)
    ]
    return pd.Series(spans, dtype=object)
