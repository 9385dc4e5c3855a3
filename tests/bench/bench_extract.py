"""Finding names, beside flashtext, pyahocorasick and spaCy's PhraseMatcher given the same names.

The peers get every spelling of the lexicon that ships, and texts folded beforehand, which their
time does not hold. Told that Arabic letters make words, they look for whole words and keep the
longest; PhraseMatcher looks for whole tokens of spaCy's Arabic tokenizer, whose work is in its
time, for without it there is nothing to match. They know nothing of proclitics, contexts, names
outside the list, or which entity is meant. nasij's time holds all of that, sentences and tokens
too, on one thread, until its tables; its tagger is off, for it has a benchmark of its own.

Who is right is asked on the sample articles, whose mentions were annotated by hand: a span is
right if the annotation has just that span. (firm) leaves out the spellings that the lexicon says
need support, which a plain list does better without. The lexicon was written with articles of this
kind in view, so its recall is no estimate for other texts.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import ahocorasick
import pandas as pd
import spacy
from flashtext import KeywordProcessor
from harness import SEEDS, examples, in_context, race
from spacy.matcher import PhraseMatcher
from spellings import FOLDING, spellings

import nasij

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from harness import Sample

    Span = tuple[int, int]
    Finder = Callable[[str], list[Span]]


def by_flashtext(names: Iterable[str], letters: set[str]) -> Finder:
    """A trie of dictionaries, walked letter by letter."""
    processor = KeywordProcessor(case_sensitive=True)
    processor.set_non_word_boundaries(letters)
    for name in names:
        processor.add_keyword(name)
    return lambda text: [found[1:] for found in processor.extract_keywords(text, span_info=True)]


def by_ahocorasick(names: Iterable[str], letters: set[str]) -> Finder:
    """An automaton in C; whole words and the longest of each place are sorted out here."""
    automaton = ahocorasick.Automaton()
    for name in names:
        automaton.add_word(name, len(name))
    automaton.make_automaton()

    def find(text: str) -> list[Span]:
        found = []
        for last, length in automaton.iter(text):
            start, end = last + 1 - length, last + 1
            begins = start == 0 or text[start - 1] not in letters
            if begins and (end == len(text) or text[end] not in letters):
                found.append((start, -end))
        return leftmost_longest(found)

    return find


def by_phrase_matcher(names: Iterable[str]) -> Finder:
    """Tokens compared by their hashes, after spaCy's tokenizer for Arabic."""
    nlp = spacy.blank("ar")
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("name", list(nlp.tokenizer.pipe(names)))

    def find(text: str) -> list[Span]:
        tokens = nlp.make_doc(text)
        spans = matcher(tokens, as_spans=True)
        return leftmost_longest([(span.start_char, -span.end_char) for span in spans])

    return find


def leftmost_longest(found: list[Span]) -> list[Span]:
    """Of spans that overlap the first and of those the longest; ends are given as negatives."""
    kept: list[Span] = []
    for start, end in sorted(found):
        if not kept or start >= kept[-1][1]:
            kept.append((start, -end))
    return kept


def analyze(texts: list[str]) -> nasij.Analysis:
    """What nasij finds, on one thread."""
    return nasij.Corpus.from_frame(pd.DataFrame({"text": texts})).analyze(threads=1, tagger=False)


def judge(finders: dict[str, Finder]) -> None:
    """Who finds what on the annotated articles, and which of it is right."""
    articles = pd.read_json(SEEDS, lines=True, dtype=False)
    texts = dict(zip(articles["id"], articles["text"], strict=True))
    lines = (SEEDS.parent / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {(row["doc"], row["start"], row["end"]) for row in map(json.loads, lines)}
    mentions = nasij.Corpus.read(SEEDS).analyze(threads=1, tagger=False).mentions
    answers = {
        "nasij": set(zip(*(mentions[name] for name in ("doc", "start", "end")), strict=True))
    }
    for name, find in finders.items():
        answers[name] = set()
        for doc, text in texts.items():
            folded = FOLDING.align(text)
            answers[name] |= {(doc, *folded.to_original(*span)) for span in find(folded.text)}
    wide = max(map(len, answers))
    print(f"  {'':{wide}}  {'spans':>6}  {'right':>6}  {'precision':>9}  {'recall':>6}")
    for name, found in answers.items():
        right = len(found & gold)
        shares = f"{right / len(found):>9.3f}  {right / len(gold):>6.3f}"
        print(f"  {name:{wide}}  {len(found):>6,}  {right:>6,}  {shares}")

    def show(title: str, spans: set[tuple[str, int, int]]) -> None:
        for verdict, some in (("right", spans & gold), ("wrong", spans - gold)):
            shown = (in_context(texts[doc], start, end) for doc, start, end in sorted(some))
            examples(f"{title}, {verdict}", shown)

    ours = answers.pop("nasij")
    if answers["flashtext"] == answers["pyahocorasick"]:
        answers["the peers"] = answers.pop("flashtext")
        del answers["pyahocorasick"]
    for name, found in sorted(answers.items(), reverse=True):
        show(f"only nasij, not {name}", ours - found)
        show(f"only {name}, not nasij", found - ours)


def parted(texts: list[str], automaton: Finder, phrases: Finder) -> None:
    """Where the tokenizer of spaCy makes a difference, and where whole words do."""
    for title, one, other in (
        ("only pyahocorasick, not PhraseMatcher", automaton, phrases),
        ("only PhraseMatcher, not pyahocorasick", phrases, automaton),
    ):
        shown = (
            in_context(text, *span)
            for text in texts[:200]
            for span in sorted(set(one(text)) - set(other(text)))
        )
        examples(f"{title}, in the first 200 texts", shown)


def run(sample: Sample) -> None:
    """Compares, then measures."""
    folded = [FOLDING.normalize(text) for text in sample.texts]
    seeds = pd.read_json(SEEDS, lines=True, dtype=False)["text"]
    shown = "".join([*folded, *map(FOLDING.normalize, seeds)])
    letters = {c for c in set(shown) if c.isalnum() or c == "_"}
    names, firm = spellings(firm=False), spellings(firm=True)
    print(f"  {len(names):,} spellings, {len(firm):,} of them firm")
    flashtext, automaton = by_flashtext(names, letters), by_ahocorasick(names, letters)
    phrases = by_phrase_matcher(names)
    judge({
        "flashtext": flashtext,
        "pyahocorasick": automaton,
        "PhraseMatcher": phrases,
        "pyahocorasick (firm)": by_ahocorasick(firm, letters),
    })  # fmt: skip
    found = analyze(sample.texts).mentions
    spans = zip(found["doc"].astype(int), found["start"], found["end"], found["text"], strict=True)
    assert all(sample.texts[doc][start:end] == text for doc, start, end, text in spans)
    same = sum(flashtext(text) == automaton(text) for text in folded)
    print(f"  flashtext and pyahocorasick agree on {same:,} of {len(folded):,} texts")
    parted(folded, automaton, phrases)
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": sample.texts}))
    race(
        {
            "nasij": lambda: corpus.analyze(threads=1, tagger=False),
            "flashtext": lambda: [flashtext(text) for text in folded],
            "pyahocorasick": lambda: [automaton(text) for text in folded],
            "PhraseMatcher": lambda: [phrases(text) for text in folded],
        },
        sample.megabytes,
        "MB/s",
    )
