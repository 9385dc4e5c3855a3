"""Published corpora of named entities, read into one shape: articles with spans.

Every function yields `Document`s whose text reads like an article and whose spans are code points
into it, without the proclitics of a name. ANERcorp (Benajiba et al., 2007)
and WikiFANE (Alotaibi and Lee, 2014) are one run of sentences each; `articles.cuts` finds where
one article ends. A word that carries a proclitic is told from one that begins with such a letter
by the names of the corpus itself: ولبنان is و + لبنان because لبنان is a name too.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import lzma
import re
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import articles
import clitics
import wikifane_gold
from tokenized import CLOSING, Sentence, Span, Word, bio, blocks, detokenize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TYPES = frozenset({"PER", "ORG", "LOC", "MISC"})


@dataclasses.dataclass(frozen=True)
class Document:
    """An article; spans are start, end (code points into text) and type, sorted, apart."""

    id: str
    corpus: str
    text: str
    spans: list[Span]


def anercorp(path: str | Path) -> list[Document]:
    """Reads ANERcorp: a token and its BIO tag a line; what it says twice is kept once."""
    types = {"PERS": "PER"}
    sentences = []
    for rows in blocks(path):
        words = [Word(row[0]) for row in rows]
        detokenize(words)
        spans = [
            (first, last, types.get(kind, kind)) for first, last, kind in bio([r[-1] for r in rows])
        ]
        sentences.append(Sentence(words, spans))
    return _corpus("anercorp", sentences, articles.NEWS)


def wikifane(path: str | Path) -> list[Document]:
    """Reads WikiFANE Gold: clitics that stand alone are joined, classes become four types.

    It marks no events, currencies and faiths.
    """
    return _corpus("wikifane", wikifane_gold.sentences(path), articles.ENCYCLOPEDIA)


_WOJOOD = {
    "PERS": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC",
    "EVENT": "MISC", "PRODUCT": "MISC", "LAW": "MISC", "CURR": "MISC",
}  # fmt: skip
_PLACE_HEADS = frozenset(
    [
        "مدينة",
        "قرية",
        "قضاء",
        "محافظة",
        "بلدة",
        "دولة",
        "مخيم",
        "ولاية",
        "منطقة",
        "إقليم",
        "حي",
        "لواء",
        "جزيرة",
        "مديرية",
    ]
)


def wojood(paths: Iterable[str | Path]) -> list[Document]:
    """Reads the sample of Wojood: sentences of many sources, each a document, with nested names.

    Of nested names the outermost is taken, but القدس of «مدينة القدس», as ANERcorp does it.
    """
    documents = []
    for path in map(Path, paths):
        sentences = []
        for block in blocks(path):
            rows = [row for row in block if row[0] != "$#$"]
            if not rows or any(row[0].startswith("http") for row in rows):
                continue
            words = [Word(row[0]) for row in rows]
            detokenize(words)
            sentences.append(Sentence(words, _outermost(words, [row[1:] for row in rows])))
        names = _names(sentences)
        documents += [
            _document(f"wojood-{path.stem}-{at}", "wojood", [sentence], names)
            for at, sentence in enumerate(sentences)
        ]
    return documents


def marked(marks: str | Path, news: dict[str, dict[str, str]]) -> list[Document]:
    """Reads our own marks of names in news.

    They are JSON lines: corpus, doc, crc32 of the text, and spans as start, end and type.

    Raises:
        ValueError: an article is not there, or not the one that was marked.
    """
    documents = []
    for row in _json_lines(marks):
        text = news[row["corpus"]].get(row["doc"])
        if text is None or zlib.crc32(text.encode()) != row["crc32"]:
            msg = f"{marks}: {row['corpus']} {row['doc']} is not the article that was marked"
            raise ValueError(msg)
        spans = [(start, end, kind) for start, end, kind in row["spans"]]
        documents.append(Document(f"{row['corpus']} {row['doc']}", "news", text, spans))
    return documents


def articles_of(path: str | Path) -> dict[str, str]:
    """The texts of a .jsonl.gz (id, text) by id, or of a .txt.xz by number of line, from 0."""
    if str(path).endswith(".txt.xz"):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            return {str(n): line.rstrip("\n") for n, line in enumerate(lines)}
    return {str(row["id"]): row["text"] or "" for row in _json_lines(path)}


def _json_lines(path: str | Path) -> Iterator[dict[str, Any]]:
    opened = gzip.open if str(path).endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _outermost(words: list[Word], tags: list[list[str]]) -> list[Span]:
    found = [
        (first, last, _WOJOOD[kind])
        for kind in _WOJOOD
        for column in ("first", "last")
        for first, last, _ in bio(_tag_of(kind, column, row) for row in tags)
    ]
    found = sorted(set(found), key=lambda span: (span[0], -span[1]))
    kept: list[Span] = []
    for first, last, kind in found:
        if kept and first < kept[-1][1]:
            continue
        inner = [s for s in found if first < s[0] and s[1] == last and s[2] == kind == "LOC"]
        head = re.sub("^[وفبل]?(?:ال)?", "", words[first].text)
        if inner and ({head, words[first].text} & _PLACE_HEADS):
            kept.append(inner[0])
        else:
            kept.append((first, last, kind))
    return kept


def _tag_of(kind: str, column: str, row: list[str]) -> str:
    own = [tag for tag in row if tag[2:] == kind]
    return (own[0] if column == "first" else own[-1]) if own else "O"


def _corpus(name: str, sentences: list[Sentence], prior: articles.Prior) -> list[Document]:
    names = _names(sentences)
    texts = [[word.text for word in sentence.words] for sentence in sentences]
    documents = []
    for number, (first, last) in enumerate(articles.cuts(texts, prior)):
        kept = [sentences[at] for at in range(first, last)]
        documents.append(_document(f"{name}-{number:04}", name, kept, names))
    return documents


def _names(sentences: list[Sentence]) -> clitics.Names:
    initials = Counter(
        (clitics.fold(sentence.words[first].text), kind)
        for sentence in sentences
        for first, _, kind in sentence.spans
    )
    words = frozenset(clitics.fold(word.text) for sentence in sentences for word in sentence.words)
    return clitics.Names(initials, words)


def _document(
    id_: str,
    corpus: str,
    sentences: list[Sentence],
    names: clitics.Names,
) -> Document:
    parts: list[str] = []
    spans: list[Span] = []
    length = 0
    unfinished = False
    for number, sentence in enumerate(sentences):
        places = []
        for at, word in enumerate(sentence.words):
            blank = "" if word.glued else " "
            if at == 0:
                dangling = sentence.words[0].text in CLOSING
                blank = "" if number == 0 else (" " if unfinished or dangling else "\n")
            parts += [blank, word.text]
            places.append((length + len(blank), length + len(blank) + len(word.text)))
            length = places[-1][1]
        unfinished = _is_unfinished(sentence.words)
        ends = {last: kind for _, last, kind in sentence.spans}
        for first, last, kind in sentence.spans:
            before = names.proclitics(
                sentence.words[first].text, kind, joined=ends.get(first) == kind
            )
            spans.append((places[first][0] + before, places[last - 1][1], kind))
    text = "".join(parts)
    spans = [_trimmed(text, span) for span in spans]
    return Document(id_, corpus, text, [span for span in spans if span[0] < span[1]])


def _is_unfinished(words: list[Word]) -> bool:
    """Whether the corpus cut a sentence at the full stop of an initial: «ا . ف . ب»."""
    texts = [word.text for word in words[-2:]]
    return texts[1:] == ["."] and len(texts[0]) == 1 and texts[0].isalpha()


def _trimmed(text: str, span: Span) -> Span:
    start, end, kind = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not (text[end - 1].isalnum() or "\u064b" <= text[end - 1] <= "\u0652"):
        end -= 1
    return start, end, kind
