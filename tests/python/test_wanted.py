"""Which names are kept: by type and by score, the same in every table."""

import pickle

import numpy as np
import pandas as pd
import pytest

import nasij
from nasij.errors import ArgumentError

TEXT = (
    "قال وزير الخارجية الصيني وانغ يي إن بكين تدعم السلام. "
    "التقى وانغ يي سيرغي لافروف في موسكو. وحضر اللقاء المستشار كوركين بليتاروف."
)


@pytest.fixture(scope="module")
def corpus() -> nasij.Corpus:
    frame = pd.DataFrame({"id": ["a", "b"], "text": [TEXT, "زار وانغ يي باريس."]})
    return nasij.Corpus.from_frame(frame)


def test_every_table_has_the_types_asked_for_and_no_other(corpus):
    whole, people = corpus.analyze(), corpus.analyze(types="PER")
    kept = whole.mentions[whole.mentions["type"] == "PER"].reset_index(drop=True)
    pd.testing.assert_frame_equal(people.mentions, kept)
    assert set(people.entities["type"]) == {"PER"}
    assert people.documents["mentions"].tolist() == kept.groupby("doc").size().tolist()
    of = {"types": "PER", "min_count": 1}
    pd.testing.assert_frame_equal(people.cooccurrence(min_count=1), whole.cooccurrence(**of))
    evidence = people.evidence("وانغ يي", unit="document")
    ids = {entity for spans in evidence["spans"] for _, _, entity in spans}
    assert ids
    assert all(entity.startswith("per:") for entity in ids)
    with pytest.raises(ArgumentError):
        people.evidence("loc:moscow")


def test_whose_office_it_is_is_told_by_names_that_are_not_kept(corpus):
    whole, people = corpus.analyze(), corpus.analyze(types=["PER"])
    pd.testing.assert_frame_equal(people.roles(), whole.roles())
    assert "loc:china" in people.roles()["holder"].tolist()
    kept = pickle.loads(pickle.dumps(people))
    pd.testing.assert_frame_equal(kept.roles(), whole.roles())
    renamed = people.rename("per:wang-yi", "وانغ")
    assert "loc:china" in renamed.roles()["holder"].tolist()
    assert "loc:china" not in renamed.entities["entity"].tolist()


def test_scores_are_probabilities_and_the_least_is_kept(corpus):
    whole = corpus.analyze().mentions
    assert whole["score"].dtype == np.float32
    assert whole["score"].between(0, 1).all()
    for least in sorted(set(whole["score"].tolist())):
        kept = corpus.analyze(min_score=least).mentions
        expected = whole[whole["score"] >= least].reset_index(drop=True)
        pd.testing.assert_frame_equal(kept, expected)
    assert len(corpus.analyze(min_score=0).mentions) == len(whole)


def test_one_text_and_a_column_are_as_a_corpus(corpus):
    wanted = {"types": ["PER", "LOC"], "min_score": 0.8, "tagger": False}
    of_corpus = corpus.analyze(**wanted).mentions
    of_column = pd.Series([TEXT, "زار وانغ يي باريس."], index=["a", "b"]).nasij.extract(**wanted)
    pd.testing.assert_frame_equal(of_column, of_corpus)
    of_text = nasij.extract(TEXT, **wanted)
    expected = of_corpus[of_corpus["doc"] == "a"].drop(columns="doc")
    pd.testing.assert_frame_equal(of_text, expected.reset_index(drop=True))


@pytest.mark.parametrize("score", [-0.1, 1.01, float("nan"), "0.5", True])
def test_scores_outside_are_refused(corpus, score):
    for call in (corpus.analyze, lambda **wanted: nasij.extract("نص", **wanted)):
        with pytest.raises(ArgumentError, match="min_score is a number from 0 to 1"):
            call(min_score=score)


def test_unknown_types_are_refused(corpus):
    for call in (corpus.analyze, lambda **wanted: nasij.extract("نص", **wanted)):
        with pytest.raises(ArgumentError, match="did you mean 'PER'"):
            call(types="PERS")
        with pytest.raises(ArgumentError, match="types is a list of types, not int"):
            call(types=5)


def test_types_are_those_of_the_entities_in_the_table():
    text = "سافر سالم إلى كرملاوة. وأعلنت شركة كرملاوة أرباحها. وقالت كرملاوة إنها وقعت اتفاقا."
    every = nasij.extract(text)
    for kind in ("ORG", "LOC", "PER"):
        some = nasij.extract(text, types=kind)
        assert some["start"].tolist() == every.loc[every["type"] == kind, "start"].tolist()
        assert set(some["type"]) <= {kind}


@pytest.mark.parametrize("wrong", ["no", None, 1])
def test_a_flag_is_true_or_false(wrong):
    with pytest.raises(nasij.ArgumentError, match="tagger is True or False"):
        nasij.extract("قال", tagger=wrong)
