"""Which predicted mention answers which gold one: each at most one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]

__all__ = ["KINDS", "Matches", "Spans", "match"]

#: What became of a mention. Both sides have the first four; gold has missed, predicted spurious.
KINDS: Final = ("correct", "type", "boundary", "both", "missed", "spurious")
CORRECT, TYPE, BOUNDARY, BOTH, MISSED, SPURIOUS = range(len(KINDS))


class Spans(NamedTuple):
    """Mentions as arrays: code of the document, start, end, code of the type."""

    doc: Ints
    start: Ints
    end: Ints
    type: Ints


class Matches(NamedTuple):
    """Rows of gold and of predicted (-1 where there is none), and what became of them."""

    gold: Ints
    predicted: Ints
    kind: Ints


def match(gold: Spans, predicted: Spans) -> Matches:
    """Pairs mentions one to one.

    Those of one span first, of one type if they can; of the rest those that overlap, of one type
    first, then by how much they share, then by place. Gold must be flat: no mention in another.
    """
    by_place = np.lexsort((gold.end, gold.start, gold.doc))
    base = _bases(gold, predicted)
    starts, ends = (base[gold.doc] + place for place in (gold.start, gold.end))
    sorted_starts, sorted_ends = starts[by_place], ends[by_place]
    p_starts, p_ends = (base[predicted.doc] + place for place in (predicted.start, predicted.end))
    # Flat spans in order have their ends in order too: those that overlap one stand in a row.
    first = np.searchsorted(sorted_ends, p_starts, side="right")
    number = np.maximum(np.searchsorted(sorted_starts, p_ends, side="left") - first, 0)
    right = np.repeat(np.arange(len(p_starts)), number)
    within = np.arange(len(right)) - np.repeat(np.cumsum(number) - number, number)
    left = by_place[first[right] + within]
    shared = np.minimum(ends[left], p_ends[right]) - np.maximum(starts[left], p_starts[right])
    same_type = gold.type[left] == predicted.type[right]
    same_span = (starts[left] == p_starts[right]) & (ends[left] == p_ends[right])
    order = np.lexsort((p_starts[right], starts[left], -shared, ~same_type, ~same_span))
    chosen = _one_to_one(left[order], right[order], len(starts), len(p_starts))
    pairs = order[chosen]
    kind = np.where(same_span, np.where(same_type, CORRECT, TYPE), BOUNDARY)
    kind = np.where(~same_span & ~same_type, BOTH, kind)[pairs]
    missed, spurious = _others(left[pairs], len(starts)), _others(right[pairs], len(p_starts))
    return Matches(
        np.concatenate([left[pairs], missed, np.full(len(spurious), -1)]),
        np.concatenate([right[pairs], np.full(len(missed), -1), spurious]),
        np.concatenate([kind, np.full(len(missed), MISSED), np.full(len(spurious), SPURIOUS)]),
    )


def _others(taken: Ints, number: int) -> Any:
    free = np.ones(number, dtype=bool)
    free[taken] = False
    return np.flatnonzero(free)


def _bases(gold: Spans, predicted: Spans) -> Ints:
    """Where each document would begin if all were one text."""
    doc = np.concatenate([gold.doc, predicted.doc])
    end = np.concatenate([gold.end, predicted.end])
    lengths = np.zeros(int(doc.max(initial=-1)) + 1, dtype=np.int64)
    np.maximum.at(lengths, doc, end)
    return np.cumsum(lengths) - lengths


def _one_to_one(left: Any, right: Any, lefts: int, rights: int) -> Any:
    """Goes through candidates in order and takes each whose two sides are both free."""
    # Most mentions overlap one other alone.
    alone = (np.bincount(left, minlength=lefts)[left] == 1) & (
        np.bincount(right, minlength=rights)[right] == 1
    )
    taken, taken_left, taken_right = alone.copy(), set(), set()
    for place in np.flatnonzero(~alone).tolist():
        a, b = left[place], right[place]
        if a not in taken_left and b not in taken_right:
            taken_left.add(a)
            taken_right.add(b)
            taken[place] = True
    return taken
