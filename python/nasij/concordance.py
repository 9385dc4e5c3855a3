"""Keyword in context: a name with what stands before and after it, aligned in the middle."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from nasij import tables
from nasij.spellings import fold

if TYPE_CHECKING:
    from nasij._nasij import Extraction
    from nasij.corpus import Corpus

__all__ = ["SORTS", "WITHIN", "Concordance", "concordance_table", "ordered", "spelled"]

#: By what lines are sorted.
SORTS: Final = ("place", "before", "after", "date")
#: What the context of a name does not leave.
WITHIN: Final = ("sentence", "paragraph", "document")

_SHOWN: Final = 50
_COLUMNS: Final = ("doc", "before", "prefix", "text", "after")
#: A line reads from the right whatever it begins with, and no part of it reorders another.
_RIGHT_TO_LEFT: Final = "\u200f"
_ISOLATE: Final = "\u2067"
_END: Final = "\u2069"
_WORD: Final = re.compile(r"\w+")


class _Seen(dict[int, int | None]):
    """What is left of a text where marks and other unseen characters take no place."""

    def __missing__(self, code: int) -> int | None:
        unseen = unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")
        return self.setdefault(code, None if unseen else code)


_SEEN: Final = _Seen()


class Concordance(pd.DataFrame):
    """Mentions with what stands around them: doc, date, source, sentence, before, prefix, text, ...

    ``before + prefix + text + after`` is what the document shows. A notebook shows it right to
    left with the names in the middle, and so does `str`, where a terminal can.
    """

    @property
    def _constructor(self) -> type[Concordance]:
        return Concordance

    def __str__(self) -> str:
        """One line a mention, the names one under another."""
        if not set(_COLUMNS) <= set(self.columns):
            return super().__str__()
        rows = self.to_dict("records")
        parts = [(_flat(r["before"]), r["prefix"] + r["text"], _flat(r["after"])) for r in rows]
        before, after = (max((_seen(p[i]) for p in parts), default=0) for i in (0, 2))
        lines = []
        for (left, keyword, right), row in zip(parts, rows, strict=True):
            cells = [
                " " * (before - _seen(left)) + _isolated(left),
                _isolated(_flat(keyword)),
                _isolated(right) + " " * (after - _seen(right)),
                " · ".join(map(_isolated, _origin(row))),
            ]
            lines.append(_RIGHT_TO_LEFT + "  ".join(cells))
        return "\n".join(lines)

    def _repr_html_(self) -> str | None:
        if not set(_COLUMNS) <= set(self.columns):
            return super()._repr_html_()  # type: ignore[misc,no-any-return]
        lines = "".join(_line(row) for row in self.head(_SHOWN).to_dict("records"))
        more = len(self) - _SHOWN
        rest = f"<p>… {more:,} +</p>" if more > 0 else ""
        return (
            f'<div dir="rtl" lang="ar" style="overflow-x:auto"><p>({len(self):,})</p>'
            f'<table dir="rtl" style="border-collapse:collapse">{lines}</table>{rest}</div>'
        )


def _line(row: dict[Any, Any]) -> str:
    keyword = f'<mark style="background:#a6d8f5;color:#000">{escape(row["text"])}</mark>'
    if row["prefix"]:
        keyword = f'<span style="opacity:.65">{escape(row["prefix"])}</span>{keyword}'
    # A cell is a paragraph of its own, so that its text orders nothing beside it. What stands
    # before the name ends at it, at the left of its cell.
    cells = [("left", escape(row["before"])), ("center", keyword), ("right", escape(row["after"]))]
    body = "".join(
        f'<td dir="rtl" style="text-align:{side};white-space:nowrap;padding:.15em .3em">{html}</td>'
        for side, html in cells
    )
    origin = " · ".join(f"<bdi>{escape(part)}</bdi>" for part in _origin(row))
    return (
        f'<tr>{body}<td dir="rtl" style="text-align:right;white-space:nowrap;padding:.15em .6em">'
        f'<small style="opacity:.65">{origin}</small></td></tr>'
    )


def _origin(row: dict[Any, Any]) -> list[str]:
    date = row.get("date")
    day = None if date is None or pd.isna(date) else f"{date:%Y-%m-%d}"
    return [str(part) for part in (row["doc"], day, row.get("source")) if not pd.isna(part)]


def _flat(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _isolated(text: str) -> str:
    return f"{_ISOLATE}{text}{_END}"


def _seen(text: str) -> int:
    """How many places it takes where every letter takes one."""
    return len(text.translate(_SEEN))


def concordance_table(
    corpus: Corpus, extraction: Extraction, entity: int, width: int, *, words: bool, within: str
) -> Concordance:
    """The mentions of an entity with their contexts, in order of place."""
    documents = corpus.documents
    lines = extraction.concordance(entity, width, words, within)
    doc, first, start, end = lines["doc"], lines["before"], lines["start"], lines["end"]
    shown = corpus.texts.slices(doc, first, lines["after"])
    names, ends = (start - first).tolist(), (end - first).tolist()
    clitics = [at - len(prefix) for at, prefix in zip(names, lines["prefix"], strict=True)]
    cuts = list(zip(shown, clitics, names, ends, strict=True))
    return Concordance(
        {
            "doc": documents["doc"].array.take(doc),
            "date": documents["date"].array.take(doc),
            "source": documents["source"].array.take(doc),
            "sentence": lines["sentence"],
            "before": tables.texts(line[:at] for line, at, _, _ in cuts),
            "prefix": tables.texts(lines["prefix"]),
            "text": tables.texts(line[at:to] for line, _, at, to in cuts),
            "after": tables.texts(line[to:] for line, _, _, to in cuts),
            "start": start,
            "end": end,
        }
    )


def spelled(table: Concordance, spelling: str) -> Concordance:
    """The lines whose name is spelled so, but for marks and the like."""
    (asked,) = fold([spelling])
    kept = [row for row, text in enumerate(fold(table["text"])) if text == asked]
    return table.iloc[kept].reset_index(drop=True)


def ordered(table: Concordance, sort: str) -> Concordance:
    """The lines by place, by date, or by the words before or after, the nearest word first."""
    if sort == "place":
        return table
    if sort == "date":
        return table.sort_values("date", kind="stable", ignore_index=True)
    words = [_WORD.findall(text) for text in fold(table[sort])]
    keys = [word[::-1] for word in words] if sort == "before" else words
    return table.iloc[sorted(range(len(keys)), key=keys.__getitem__)].reset_index(drop=True)
