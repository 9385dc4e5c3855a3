"""What is told of the tagger that ships: MODEL_CARD.md, its tables from what was counted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evaluating import RUNS, Report
from finetuning import Annotated, Score

KINDS = ("PER", "ORG", "LOC", "MISC", "PER, ORG, LOC", "LOC and ORG as one")


def write(
    path: Path,
    report: Report,
    annotated: dict[str, Annotated],
    model: bytes,
    times: dict[str, float],
) -> None:
    """Writes the card: the text beside this file, with its tables."""
    tables = {
        "SIZE": f"{len(model) / 1e6:.1f}",
        "TIMES": "; ".join(f"{what} {seconds:.0f} s" for what, seconds in times.items()),
        "CORPORA": corpora(annotated),
        "SCORES": scores(report),
        "RELIABILITY": reliability(report),
    }
    text = (Path(__file__).parent / "card.md").read_text("utf-8")
    for name, table in tables.items():
        text = text.replace(f"{{{name}}}", table)
    path.write_text(text, "utf-8")


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def corpora(annotated: dict[str, Annotated]) -> str:
    """What each corpus has."""
    rows = []
    for name, corpus in annotated.items():
        kinds = [kind for document in corpus.documents for _, _, kind in document.spans]
        counts = [f"{kinds.count(kind):,}" for kind in ("PER", "ORG", "LOC", "MISC")]
        rows.append([name, f"{len(corpus.documents):,}", f"{len(corpus.inputs.form):,}", *counts])
    return table(("corpus", "articles", "tokens", "PER", "ORG", "LOC", "MISC"), rows)


def scores(report: Report) -> str:
    """Precision, recall and F1 by type of articles that were not trained on."""
    rows = [
        [
            name,
            run,
            *(f"{100 * x:.1f}" for kind in KINDS for x in _three(report.scores[name, run][kind])),
        ]
        for name in report.annotated
        for run in RUNS
    ]
    short = [
        [*row[:2], *(" / ".join(row[k : k + 3]) for k in range(2, len(row), 3))] for row in rows
    ]
    return table(("corpus", "what", *KINDS), short)


def _three(score: Score) -> tuple[float, float, float]:
    return score.precision, score.recall, score.f1


def reliability(report: Report) -> str:
    """What scores are worth."""
    rows = [
        [f"{low:.1f}-{high:.1f}", f"{count:,}", f"{score:.3f}", f"{right:.3f}"]
        for low, high, count, score, right in report.reliability("news")
    ]
    return table(("score", "names", "mean score", "share right"), rows)
