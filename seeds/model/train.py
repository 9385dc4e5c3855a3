"""Trains the tagger that ships: `make model DATA=folder`; MODEL_CARD.md says what is in there.

News that nobody annotated teaches the network words and contexts, annotated texts names. Then it
is held against articles that it has not seen, fold by fold; and what it was right in there tells
what its probabilities are worth.
"""

from __future__ import annotations

import argparse
import dataclasses
import time
from pathlib import Path

import card
import corpora
import evaluating
import finetuning
import inputs
import numpy as np
import pretraining
import torch
from exporting import to_bytes
from finetuning import Annotated, Tagger
from network import Encoder, Shape

from nasij import _nasij

HERE = Path(__file__).parent
WORDS, BUCKETS = 50_000, 32_768
FOLDS = 5

# Of each corpus its convention and what share of its sentences an epoch has.
CONVENTIONS = ("anercorp", "wikifane", "wojood", "news")
SHARES = {"anercorp": 1.0, "wikifane": 0.5, "wojood": 1.0, "news": 1.0}
# In which mixture of the conventions the model that ships tags.
SHIPPED = {"news": 0.5, "anercorp": 0.5}


def main() -> None:
    """Trains, evaluates, and writes tagger.bin and MODEL_CARD.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with ner/ and news/")
    parser.add_argument("--out", type=Path, default=HERE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=pretraining.Plan.steps)
    parser.add_argument("--epochs", type=int, default=finetuning.Plan.epochs)
    parser.add_argument("--keep", type=Path, help="folder for what comes between; used if there")
    given = parser.parse_args()
    for folder in (given.out, given.keep):
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(given.threads)
    torch.use_deterministic_algorithms(mode=True)
    clock = Clock()

    news = {
        "sanad": corpora.articles_of(given.data / "news" / "sanad.txt.xz"),
        "ant": corpora.articles_of(given.data / "news" / "ant.jsonl.gz"),
    }
    encoder, vocabulary = pretrained(news, given)
    clock.tell("pretraining")

    annotated = {
        name: Annotated.of(documents, vocabulary)
        for name, documents in read(given.data / "ner", news).items()
    }
    clock.tell("reading the annotated corpora")

    plan = finetuning.Plan(epochs=given.epochs, seed=given.seed)
    held_out = evaluating.Report(annotated, CONVENTIONS)
    mixture = [SHIPPED.get(name, 0.0) for name in CONVENTIONS]
    for fold in range(FOLDS):
        rest, unseen = split(annotated, fold)
        tagger = trained(encoder, annotated, rest, vocabulary, plan)
        model = held_out.add(tagger, vocabulary, unseen, mixture)
        if given.keep:
            (given.keep / f"fold{fold + 1}.bin").write_bytes(model)
        clock.tell(f"fold {fold + 1} of {FOLDS}")

    tagger = trained(encoder, annotated, split(annotated, None)[0], vocabulary, plan)
    model = to_bytes(tagger, vocabulary, mixture, "news")
    model = _nasij.tagger_calibrated(model, held_out.calibration())
    (given.out / "tagger.bin").write_bytes(model)
    clock.tell("the model")
    if given.keep:
        (given.keep / "report.json").write_text(held_out.to_json(), "utf-8")
    card.write(given.out / "MODEL_CARD.md", held_out, annotated, model, clock.told)


def read(folder: Path, news: dict[str, dict[str, str]]) -> dict[str, list[corpora.Document]]:
    """The annotated corpora by their names."""
    return {
        "anercorp": corpora.anercorp(folder / "anercorp_train.txt"),
        "wikifane": corpora.wikifane(folder / "wikifane_gold.txt"),
        "wojood": corpora.wojood([folder / "wojood_train.txt", folder / "wojood_val.txt"]),
        "news": corpora.marked(HERE / "marks.jsonl", news),
    }


def pretrained(
    news: dict[str, dict[str, str]], given: argparse.Namespace
) -> tuple[Encoder, inputs.Vocabulary]:
    """An encoder that has read the news."""
    kept = given.keep and given.keep / "pretrained.pt"
    if kept and kept.exists():
        state = torch.load(kept, weights_only=False)
        vocabulary = inputs.Vocabulary(state["words"], state["buckets"])
        encoder = Encoder(state["shape"], len(CONVENTIONS))
        encoder.load_state_dict(state["enc"])
        return encoder, vocabulary
    texts = inputs.read(text for source in news.values() for text in source.values())
    vocabulary = inputs.Vocabulary.of(texts, WORDS, BUCKETS)
    torch.manual_seed(given.seed)
    encoder = Encoder(Shape(vocabulary.rows), len(CONVENTIONS))
    pretraining.pretrain(
        encoder, vocabulary, texts, pretraining.Plan(steps=given.steps, seed=given.seed)
    )
    if kept:
        state = {"enc": encoder.state_dict(), "shape": encoder.shape}
        torch.save({**state, "words": vocabulary.words, "buckets": vocabulary.buckets}, kept)
    return encoder, vocabulary


Parts = dict[str, list[int]]


def split(annotated: dict[str, Annotated], fold: int | None) -> tuple[Parts, Parts]:
    """Of each corpus the articles to train on and those of a fold.

    Articles that follow each other in a corpus are of one fold, for they may be parts of one.
    """
    rest, unseen = {}, {}
    for name, corpus in annotated.items():
        ends = corpus.inputs.texts[1:]
        folds = (ends - 1) * FOLDS // max(int(ends[-1]), 1)
        rest[name] = np.flatnonzero(folds != (FOLDS if fold is None else fold)).tolist()
        unseen[name] = np.flatnonzero(folds == (FOLDS if fold is None else fold)).tolist()
    return rest, unseen


def trained(
    encoder: Encoder,
    annotated: dict[str, Annotated],
    documents: Parts,
    vocabulary: inputs.Vocabulary,
    plan: finetuning.Plan,
) -> Tagger:
    """A tagger that learnt from these articles."""
    tagger = Tagger(encoder)
    parts = [
        (corpus, corpus.sentences(documents[name]), CONVENTIONS.index(name), SHARES[name])
        for name, corpus in annotated.items()
    ]
    tagger.train(parts, vocabulary.end_of_words, plan)
    return tagger


@dataclasses.dataclass
class Clock:
    """How long things took."""

    last: float = dataclasses.field(default_factory=time.monotonic)
    told: dict[str, float] = dataclasses.field(default_factory=dict)

    def tell(self, what: str) -> None:
        """What was just done."""
        now = time.monotonic()
        self.told[what] = now - self.last
        self.last = now
        print(f"{what}: {self.told[what]:.0f} s", flush=True)


if __name__ == "__main__":
    main()
