"""Every count leads to its sentences: over random corpora, against a plain counter of its own."""

import itertools
import warnings
from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nasij

#: Names, and what news puts between them.
WORDS = [
    "فلاديمير بوتين", "بوتين", "وبوتين", "شي جين بينغ", "لشي جين بينغ", "سيرغي لافروف",
    "الصين", "للصين", "بالصين", "موسكو", "الأمم المتحدة", "قال", "إن", "زار", "أمس", "في",
]  # fmt: skip
ENDS = [" ", " ", " ", "، ", ". ", ".\n", "\n"]
UNITS = ["sentence", "paragraph", "document", 2, 7, "around 1", "around 4"]
COUNTS = ["units", "documents", "stories", "sources", "days"]
TYPES = [None, "PER", ["PER", "LOC"]]

pieces = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(ENDS)), min_size=6, max_size=40)
texts = pieces.map(lambda drawn: "".join(itertools.chain(*drawn)))
documents = st.fixed_dictionaries(
    {
        "text": st.one_of(texts, texts, texts, st.just(" \n")),
        "date": st.sampled_from(["2023-03-21", "2023-03-21 18:00", "2024-05-16", None]),
        "source": st.sampled_from(["أ", "ب", None]),
    }
)
corpora = st.lists(documents, min_size=2, max_size=6).filter(
    lambda rows: any(row["text"].strip() for row in rows)
)


def analyzed(rows):
    frame = pd.DataFrame(rows, dtype=object)
    corpus = nasij.Corpus.from_frame(frame, text="text", date="date", source="source")
    return corpus.analyze(tagger=False)


def units_of(text, mentions, unit):
    """The units of one document, as sets of the entities in each."""
    sentences, tokens = nasij.sentences(text), nasij.tokens(text)
    if unit == "sentence":
        places, number = mentions["sentence"], len(sentences)
    elif unit == "paragraph":
        ends = sentences["text"].str.contains("\n")
        paragraph = ends.shift(fill_value=False).cumsum().to_numpy()
        places, number = paragraph[mentions["sentence"]], int(paragraph[-1]) + 1
    elif unit == "document":
        places, number = [0] * len(mentions), 1
    else:
        # The tokens of each mention, and those of each window.
        first = np.searchsorted(tokens["end"], mentions["start"], side="right")
        end = np.searchsorted(tokens["start"], mentions["end"], side="left")
        if tokens.empty:
            return []
        if isinstance(unit, int):
            size = min(unit, len(tokens))
            windows = [(i, i + size) for i in range(len(tokens) - size + 1)]
        else:
            reach = int(unit.split()[1])
            windows = [(f - reach, e + reach) for f, e in zip(first, end, strict=True)]
        inside = [(first >= f) & (end <= e) for f, e in windows]
        return [set(mentions["entity"][held]) for held in inside]
    units = [set() for _ in range(number)]
    for place, entity in zip(places, mentions["entity"], strict=True):
        units[place].add(entity)
    return units


def counted(analysis, unit, types, count):
    """How many units or groups there are, hold each entity, and hold each pair."""
    mentions = analysis.mentions
    if types is not None:
        mentions = mentions[mentions["type"].isin([types] if isinstance(types, str) else types)]
    groups = defaultdict(set)
    for number, row in enumerate(analysis.documents.itertuples()):
        group = {
            "units": number,
            "documents": number,
            "stories": analysis._story_of[number],
            "sources": row.source,
            "days": row.date if pd.isna(row.date) else row.date.date(),
        }[count]
        if pd.isna(group) or not row.sentences:
            continue
        own = mentions[mentions["doc"] == row.doc].reset_index(drop=True)
        for n, held in enumerate(units_of(analysis.corpus.text(row.doc), own, unit)):
            groups[(number, n) if count == "units" else group].add(frozenset(held))
    single, pair = Counter(), Counter()
    for units in groups.values():
        single.update(set().union(*units))
        pair.update({p for held in units for p in itertools.combinations(sorted(held), 2)})
    return len(groups), single, pair


@pytest.mark.parametrize("unit", UNITS)
@settings(max_examples=8, deadline=None)
@given(rows=corpora, types=st.sampled_from(TYPES), month=st.booleans())
def test_every_count_is_the_number_of_its_evidence(unit, rows, types, month):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        analysis = analyzed(rows)
        if month and (analysis.documents["date"].dt.year == 2023).any():
            analysis = analysis.select(month="2023-03")
        for count in COUNTS:
            check(analysis, unit, types, count)


def check(analysis, unit, types, count):
    def evidence(a, b=None):
        return analysis.evidence(a, b, unit, types=types, count=count)

    pairs = analysis.cooccurrence(unit, types, min_count=1, count=count)
    total, single, pair = counted(analysis, unit, types, count)
    assert analysis.counts(unit, types, count).total == total
    assert set(pairs["total"]) <= {total}
    ids = [tuple(sorted(ab)) for ab in zip(pairs["a"], pairs["b"], strict=True)]
    assert dict(zip(ids, pairs["count"], strict=True)) == dict(pair)
    for entity, number in single.items():
        assert len(evidence(entity)) == number
    for row in pairs.itertuples():
        assert [single[row.a], single[row.b]] == [row.a_count, row.b_count]
        units = evidence(row.a, row.b)
        assert len(units) == row.count
        for found in units.itertuples():
            text = analysis.corpus.text(found.doc)
            assert text[found.start : found.end] == found.text
            assert {entity for _, _, entity in found.spans} == {row.a, row.b}
            assert found.unit == f"{found.doc}#{found.sentence}"
            assert all(0 <= s < e <= len(found.text) for s, e, _ in found.spans)
        if count == "stories":
            stories = analysis.stories.set_index("story")["members"]
            assert units["story"].is_unique
            pairs_of = zip(units["story"], units["doc"], strict=True)
            assert all(doc in stories[story] for story, doc in pairs_of)


@settings(max_examples=15, deadline=None)
@given(rows=corpora, unit=st.sampled_from(UNITS), by=st.sampled_from(["month", "source"]))
def test_a_pair_in_a_slice_leads_to_its_units(rows, unit, by):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        analysis = analyzed(rows)
        for row in analysis.cooccurrence(unit, min_count=1, by=by).itertuples():
            part = analysis.select(**{by: getattr(row, by)})
            assert len(part.evidence(row.a, row.b, unit)) == row.count
            assert len(part.evidence(row.a, unit=unit)) == row.a_count


@settings(max_examples=15, deadline=None)
@given(rows=corpora, unit=st.sampled_from(UNITS), count=st.sampled_from(COUNTS),
       limit=st.integers(1, 3))  # fmt: skip
def test_the_first_units_of_many_pairs_are_those_of_each(rows, unit, count, limit):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        analysis = analyzed(rows)
        pairs = analysis.cooccurrence(unit, min_count=1, count=count)
        a, b = (np.array([analysis._codes[e] for e in pairs[n]], dtype=np.int32) for n in "ab")
        docs = analysis.documents["doc"].tolist()
        for others in (b, None):
            found = analysis._extraction.first_units(
                unit, a, others, None, None, analysis._groups(count), limit
            )
            names = [docs[d] for d in found["doc"]]
            units = list(zip(found["pair"], names, found["sentence"], strict=True))
            for n, row in enumerate(pairs.itertuples()):
                asked = [row.a] if others is None else [row.a, row.b]
                whole = analysis.evidence(*asked, unit=unit, count=count).head(limit)
                expected = list(zip(whole["doc"], whole["sentence"], strict=True))
                assert [(d, s) for p, d, s in units if p == n] == expected


def test_windows_around_mentions_of_other_types_do_not_count():
    rows = [{"text": "بوتين في موسكو مع شي جين بينغ.", "date": None, "source": None}]
    analysis = analyzed(rows)
    assert analysis.counts("around 9").total == 3
    assert analysis.counts("around 9", types="PER").total == 2
    assert len(analysis.evidence("بوتين", unit="around 9")) == 3
    assert len(analysis.evidence("بوتين", unit="around 9", types="PER")) == 2
    assert analysis.evidence("بوتين", unit="around 9", types="LOC").empty
    for wrong in ("around", "around 0", "around -1", "around 1.5", "around ten"):
        with pytest.raises(nasij.ArgumentError, match="around 10"):
            analysis.counts(wrong)
