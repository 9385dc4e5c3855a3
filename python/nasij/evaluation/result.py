"""What a comparison shows: figures, confusions, the errors behind them, and how true scores are."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from nasij import tables
from nasij.evaluation import mistakes, scoring
from nasij.evaluation.kinds import in_order
from nasij.evaluation.matching import (
    BOTH,
    BOUNDARY,
    CORRECT,
    KINDS,
    MISSED,
    SPURIOUS,
    TYPE,
    Spans,
    match,
)
from nasij.evaluation.words import codes, cut_sentences
from nasij.lazy import lazy
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from nasij.evaluation.scoring import Bootstrap

__all__ = ["Evaluation"]

#: With fewer documents, sentences are resampled.
_FEW: Final = 10
#: With fewer units there are too few samples for an interval.
_LEAST: Final = 5
_SHOWN: Final = 10
_MEASURES: Final = ("precision", "recall", "f1")


class Evaluation:
    """How well mentions were found; made by `nasij.evaluate`, which has an example.

    All tables are copies; offsets are code points. Each gold mention is paired with at most one
    predicted: of its span first, then of one that overlaps it, of its type if there is one. So
    gold = correct + type + boundary + both + missed, and predicted the same with spurious:
    *type*, the span is right; *boundary*, the type is right and the spans overlap; *both*, they
    overlap and nothing is right; *missed*, nothing is there; *spurious*, nothing should be there.
    """

    def __init__(
        self,
        gold: pd.DataFrame,
        predicted: pd.DataFrame,
        documents: list[str],
        texts: Mapping[str, str],
        spans: str,
        bootstrap: Bootstrap | None,
    ) -> None:
        """Pairs the mentions; use `nasij.evaluate`."""
        self._gold, self._predicted = gold, predicted
        self._documents, self._texts = documents, texts
        self._span_mode, self._bootstrap = spans, bootstrap
        self._types = in_order([*gold["type"], *predicted["type"]])
        self._spans = tuple(self._as_spans(side) for side in (gold, predicted))
        self._matches = match(*self._spans)

    def _as_spans(self, side: pd.DataFrame) -> Spans:
        doc, kind = codes(side["doc"], self._documents), codes(side["type"], self._types)
        start, end = (side[name].to_numpy(np.int64) for name in ("start", "end"))
        return Spans(doc, start, end, kind)

    @property
    def spans(self) -> str:
        """What was compared: "exact" characters, or "words" that spans were widened to."""
        return self._span_mode

    @property
    def documents(self) -> list[str]:
        """The ids of the documents judged."""
        return list(self._documents)

    @lazy
    def _units(self) -> tuple[str, int, list[Any]]:
        """What is resampled, how many there are, and the one of each gold and predicted mention."""
        if len(self._documents) >= _FEW or len(self._texts) < len(self._documents):
            return "document", len(self._documents), [side.doc for side in self._spans]
        cuts = cut_sentences([self._texts[name] for name in self._documents])
        base = cuts.bases(*((side.doc, side.end) for side in self._spans))
        ends = base[cuts.doc] + cuts.end
        last = len(ends) - 1
        units = [
            np.searchsorted(ends, base[side.doc] + side.start, side="right").clip(0, last)
            for side in self._spans
        ]
        return "sentence", len(ends), units

    @property
    def unit(self) -> str:
        """What the intervals of `scores` take as independent: "document" or "sentence".

        Sentences where there are fewer than ten documents and their texts are known.
        """
        return self._units[0]

    @lazy
    def _scores(self) -> pd.DataFrame:
        _, number, units = self._units
        kinds = len(self._types)
        right = self._matches.gold[self._matches.kind == CORRECT]
        gold, predicted = self._spans
        chosen = (
            (units[0], gold.type),
            (units[1], predicted.type),
            (units[0][right], gold.type[right]),
        )
        counts = [
            np.bincount(unit * kinds + kind, minlength=number * kinds) for unit, kind in chosen
        ]
        table = np.stack(counts, axis=-1).reshape(number, kinds, len(chosen)).astype(np.float64)
        bootstrap = self._bootstrap if number >= _LEAST else None
        return scoring.scores_table(table, self._types, bootstrap)

    @property
    def scores(self) -> pd.DataFrame:
        """One row a type, then micro (all mentions) and macro (the mean of the types).

        Columns type; gold, predicted and correct (mentions); precision, recall and f1, each with
        _low and _high. What has no mentions has no precision or recall (missing), and no part in
        the mean.

        The intervals are percentiles of the bootstrap (Efron 1979; Efron and Tibshirani 1993,
        chapter 13) over whole documents, since the names of one article are not independent: their
        counts are drawn with replacement, as many as there are. With fewer than ten documents it
        is over sentences (`unit`), and the intervals are too narrow by what the sentences of an
        article share; missing with fewer than five units.
        """
        return tables.lend(self._scores)

    @lazy
    def _confusions(self) -> pd.DataFrame:
        gold, predicted = (np.append(side.type, -1) for side in self._spans)
        found, number = self._matches, len(self._types)
        width = number + len(KINDS)
        row = np.where(found.kind == SPURIOUS, number, gold[found.gold])
        one_span = np.isin(found.kind, (CORRECT, TYPE, SPURIOUS))
        column = np.where(one_span, predicted[found.predicted], number + found.kind)
        counts = np.bincount(row * width + column, minlength=(number + 1) * width)
        others = (BOUNDARY, BOTH, MISSED)
        names = [*self._types, *(KINDS[kind] for kind in others)]
        shown = [*range(number), *(number + kind for kind in others)]
        return pd.DataFrame(
            counts.reshape(-1, width)[:, shown],
            index=pd.Index(tables.texts([*self._types, KINDS[SPURIOUS]]), name="gold"),
            columns=pd.Index(tables.texts(names), name="predicted"),
        )

    @property
    def confusions(self) -> pd.DataFrame:
        """Counts: a row a gold type and "spurious", a column a predicted type and what else.

        Under types stand mentions with the right span (the diagonal is correct), or, in the last
        row, those where gold has none; under boundary, both and missed the rest of gold. A row
        sums up to the gold mentions of its type.
        """
        return tables.lend(self._confusions)

    @lazy
    def _errors(self) -> pd.DataFrame:
        return mistakes.errors_table(
            self._gold, self._predicted, self._matches, self._documents, self._texts
        )

    @property
    def errors(self) -> pd.DataFrame:
        """One row an error, those of the spellings that are wrong most often first.

        Columns doc, start, end and text (of the gold mention; of the predicted one if it is
        spurious); kind; gold and predicted (types); predicted_text (where the span is another);
        found_by and score, if predicted has them; wrong, the errors with this spelling (without
        regard to marks and forms of alef), of so many times it occurs; context, the mention in
        brackets. Texts and context are missing where the texts are not known.
        """
        return tables.lend(self._errors)

    @lazy
    def _worst(self) -> pd.DataFrame:
        return mistakes.worst_table(self._errors)

    @property
    def worst(self) -> pd.DataFrame:
        """The errors counted: one row a spelling and what went wrong with it, the most first.

        Columns text, kind, gold, predicted, predicted_text, count, wrong and of (as in `errors`),
        docs, and the context of the first.
        """
        return tables.lend(self._worst)

    @property
    def reliability(self) -> pd.DataFrame:
        """Whether mentions with a score of 0.9 are right nine times out of ten.

        One row a tenth of scores that has mentions: low, high, mentions, score (their mean),
        correct, right (the share that is correct). A score is calibrated if the last is the mean
        (Guo et al. 2017). Empty if predicted has no scores.
        """
        scores = np.full(len(self._predicted), np.nan)
        if "score" in self._predicted:
            scores = self._predicted["score"].to_numpy(np.float64)
        return scoring.reliability_table(scores, self._correct)

    @property
    def found_by(self) -> pd.DataFrame:
        """How often each way of finding names is right.

        Columns found_by, mentions, correct, right (the share that is correct), the most frequent
        first. Empty if predicted does not say how its mentions were found.
        """
        if "found_by" not in self._predicted:
            return scoring.shares_table("found_by", [], self._correct[:0])
        return scoring.shares_table("found_by", self._predicted["found_by"], self._correct)

    @lazy
    def _correct(self) -> npt.NDArray[np.bool_]:
        right = np.zeros(len(self._predicted), dtype=bool)
        right[self._matches.predicted[self._matches.kind == CORRECT]] = True
        return right

    def __repr__(self) -> str:
        """The numbers compared and the micro averages."""
        micro = self._scores.set_index("type").loc["micro"]
        parts = []
        for name in _MEASURES:
            words = f"{name if name != 'f1' else 'F1'} {micro[name]:.3f}"
            if not np.isnan(micro[f"{name}_low"]):
                words += f" ({micro[f'{name}_low']:.3f}-{micro[f'{name}_high']:.3f})"
            parts.append(words)
        gold = counted(len(self._gold), "gold mention")
        return (
            f"<Evaluation: {counted(len(self._documents), 'document')}, {gold}, "
            f"{len(self._predicted):,} predicted; {', '.join(parts)}>"
        )

    def _repr_html_(self) -> str:
        scores = self._scores.set_index("type")
        shown = scores[["gold", "predicted", "correct"]].copy()
        for name in _MEASURES:
            shown[name] = [
                f"{value:.3f}" + ("" if np.isnan(low) else f" ({low:.3f}–{high:.3f})")
                for value, low, high in zip(
                    scores[name], scores[f"{name}_low"], scores[f"{name}_high"], strict=True
                )
            ]
        worst = self._worst.head(_SHOWN)
        parts = [f"<p>{escape(repr(self).strip('<>'))}</p>", shown.to_html()]
        parts += [self._confusions.to_html(), worst.to_html(index=False, na_rep="")]
        return "".join(parts)
