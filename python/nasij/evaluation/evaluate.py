"""Gold held against predicted: what is compared, and in what."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from nasij.arguments import one_of
from nasij.errors import ArgumentError, NasijWarning
from nasij.evaluation.kinds import with_types
from nasij.evaluation.result import Evaluation
from nasij.evaluation.scoring import Bootstrap
from nasij.evaluation.sides import Side, side_of, texts_of
from nasij.evaluation.words import codes, cut_words, widen
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from nasij.evaluation.kinds import Types

__all__ = ["evaluate"]

_SPANS: Final = ("exact", "words")
_SHOWN: Final = 5
_NEAR: Final = 12


def evaluate(
    gold: Any,
    predicted: Any,
    types: Types | None = None,
    spans: str | None = None,
    texts: Any = None,
    resamples: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Evaluation:
    """Judges a tagger: precision, recall and F1 of the mentions it found against those marked.

    A mention is correct if its span and its type are those of a gold one, as in the shared tasks
    of CoNLL (Tjong Kim Sang and De Meulder 2003). Only documents that gold has are judged.

    Args:
        gold: mentions marked by hand: a frame with the columns doc, start, end (code points) and
            type, `Annotations`, a path or list of paths that `read_annotations` takes, or an
            `Analysis`. Mentions do not overlap. Of a frame, the documents are those with mentions;
            without a column doc it is of one document, called "1".
        predicted: mentions found, in any of these forms; further columns found_by and score are
            used.
        types: which types count, a list such as ["PER", "LOC"]; or what tags stand for, such as
            {"FAC": "LOC", "DATE": None}, where None leaves out. Usual names (PERS, PERSON, GPE,
            ...) are known; "*" stands for all others. None takes all, but NORP, nasij's
            nationalities, only if gold has any.
        spans: "exact" compares characters; "words" both sides widened to whole words, so that the
            clitics of a name (ولبنان, للصين) do not matter; needs the texts. None takes "words" if
            one of the two comes from columns (CoNLL), where tags are on whole words, and "exact"
            otherwise.
        texts: the documents, if neither side has their texts: a `Corpus`, a frame with doc and
            text, or a dict.
        resamples: how many samples the confidence intervals are made from; 0 leaves them out.
        confidence: what share of samples lies within the interval.
        seed: of the samples; the same seed gives the same intervals.

    Raises:
        ArgumentError: a column that is missing, a span outside of its text or that shows another
            text, gold mentions that overlap, a document of gold that predicted has not looked at,
            texts of one document that differ, a tag without a type, gold without mentions.
        AnnotationError: a file that does not follow its format; names the line.

    Warns:
        NasijWarning: predicted has documents that gold has not; they are left out.

    Example:
        >>> import nasij, pandas as pd
        >>> text = "وصل فلاديمير بوتين إلى الصين."
        >>> corpus = nasij.Corpus.from_frame(pd.DataFrame({"doc": ["a"], "text": [text]}))
        >>> marked = [("a", 4, 18, "PER"), ("a", 23, 28, "ORG")]
        >>> gold = pd.DataFrame(marked, columns=["doc", "start", "end", "type"])
        >>> evaluation = nasij.evaluate(gold, corpus.analyze())
        >>> evaluation.scores.set_index("type").loc["micro", ["gold", "correct", "f1"]].tolist()
        [2.0, 1.0, 0.5]
        >>> evaluation.errors[["text", "kind", "gold", "predicted"]].values.tolist()
        [['الصين', 'type', 'ORG', 'LOC']]
    """
    bootstrap = _bootstrap(resamples, confidence, seed)
    left, right = side_of(gold, "gold"), side_of(predicted, "predicted")
    if left.mentions.empty:
        msg = "gold has no mentions; there is nothing to hold predicted against"
        raise ArgumentError(msg)
    documents = _documents(left, right)
    known = _texts(documents, texts_of(texts), left.texts, right.texts)
    marked, found = left.mentions, right.mentions
    found = found[found["doc"].isin(set(documents))].reset_index(drop=True)
    for what, mentions in (("gold", marked), ("predicted", found)):
        _check_spans(mentions, known, what)
    _check_flat(marked)
    _check_once(found)
    marked, found = with_types(marked, found, types)
    by_blanks = left.words or right.words
    chosen = (
        ("words" if by_blanks else "exact") if spans is None else one_of("spans", spans, _SPANS)
    )
    if chosen == "words":
        if len(known) < len(documents):
            msg = "spans='words' needs the texts of all documents; give them as texts="
            raise ArgumentError(msg)
        words = cut_words([known[name] for name in documents], by_blanks=by_blanks)
        marked = widen(marked, codes(marked["doc"], documents), words)
        found = widen(found, codes(found["doc"], documents), words)
    return Evaluation(marked, found, documents, known, chosen, bootstrap)


def _bootstrap(resamples: int, confidence: float, seed: int) -> Bootstrap | None:
    if not isinstance(resamples, int) or resamples < 0:
        msg = f"resamples is a whole number from 0, not {resamples!r}"
        raise ArgumentError(msg)
    if not 0 < confidence < 1:
        msg = f"confidence lies between 0 and 1, not {confidence!r}"
        raise ArgumentError(msg)
    return Bootstrap(resamples, seed, confidence) if resamples else None


def _documents(gold: Side, predicted: Side) -> list[str]:
    """The documents judged: those of gold."""
    documents = gold.documents or gold.mentions["doc"].unique().tolist()
    others = predicted.documents
    if others is None:
        others = predicted.mentions["doc"].unique().tolist()
    missing = sorted(set(documents) - set(others))
    # Of a frame, a document without mentions may be one in which nothing was found.
    if missing and (predicted.documents is not None or (len(missing) == len(documents) and others)):
        msg = (
            f"predicted has not looked at {counted(len(missing), 'document')} of gold: "
            f"{_names(missing)}; it has {_names(others)}"
        )
        raise ArgumentError(msg)
    if more := sorted(set(others) - set(documents)):
        words = counted(len(more), "document")
        msg = f"gold has no mentions in {words} of predicted, left out: {_names(more)}"
        warnings.warn(msg, NasijWarning, stacklevel=3)
    return documents


def _names(documents: list[str]) -> str:
    more = f" and {len(documents) - _SHOWN:,} more" if len(documents) > _SHOWN else ""
    return ", ".join(map(repr, documents[:_SHOWN])) + more


def _texts(documents: list[str], *known: Mapping[str, str]) -> dict[str, str]:
    """The texts of documents, which are the same wherever they are known."""
    texts: dict[str, str] = {}
    for name in documents:
        for text in (source[name] for source in known if name in source):
            first = texts.setdefault(name, text)
            if first != text:
                pairs = enumerate(zip(first, text, strict=False))
                shorter = min(len(first), len(text))
                place = next((at for at, (a, b) in pairs if a != b), shorter)
                cut = slice(max(place - _NEAR, 0), place + _NEAR)
                msg = (
                    f"document {name!r} has two texts, which differ from character {place:,}: "
                    f"{first[cut]!r} and {text[cut]!r}"
                )
                raise ArgumentError(msg)
    return texts


def _check_spans(mentions: pd.DataFrame, texts: Mapping[str, str], what: str) -> None:
    """Refuses spans outside of their texts, and those that show other words than they say."""
    if not texts:
        return
    said = mentions["text"] if "text" in mentions else [None] * len(mentions)
    rows = zip(mentions["doc"], mentions["start"], mentions["end"], said, strict=True)
    for name, start, end, shown in rows:
        text = texts.get(name)
        if text is None:
            continue
        place = f"{what}, document {name!r}: {start}:{end}"
        if end > len(text):
            msg = f"{place} is outside of the text, which has {len(text):,} characters"
            raise ArgumentError(msg)
        if isinstance(shown, str) and text[start:end] != shown:
            there = f"{text[start:end]!r} in the text, not {shown!r}"
            msg = f"{place} is {there}; offsets are code points from 0"
            raise ArgumentError(msg)


def _check_flat(gold: pd.DataFrame) -> None:
    table = gold.sort_values(["doc", "start", "end"], ignore_index=True)
    behind = table.shift()
    overlap = (table["doc"] == behind["doc"]) & (table["start"] < behind["end"])
    if overlap.any():
        place = int(overlap.to_numpy().argmax())
        first, second = (table.iloc[row] for row in (place - 1, place))
        msg = (
            f"gold, document {second['doc']!r}: {first['type']} {first['start']}:{first['end']} "
            f"and {second['type']} {second['start']}:{second['end']} overlap; of names inside "
            f"names only the outermost can be compared"
        )
        raise ArgumentError(msg)


def _check_once(predicted: pd.DataFrame) -> None:
    twice = predicted.duplicated(["doc", "start", "end"])
    if twice.any():
        row = predicted[twice].iloc[0]
        msg = f"predicted has {row['start']}:{row['end']} in document {row['doc']!r} twice"
        raise ArgumentError(msg)
