"""Scores by hand and against the rules of conlleval; what goes into a comparison is checked."""

import json
import pickle
import random

import numpy as np
import pandas as pd
import pytest
from annotated import conll, frame, row

import nasij
from nasij.cli import main

TYPES = ["PER", "ORG", "LOC"]


# --- scores ---------------------------------------------------------------------------------


@pytest.fixture
def example():
    """One gold mention of each fate, one spurious one."""
    gold = frame(
        ("a", 0, 4, "PER"),  # correct
        ("a", 10, 14, "ORG"),  # type
        ("a", 20, 28, "LOC"),  # boundary
        ("a", 30, 38, "PER"),  # both
        ("b", 0, 4, "PER"),  # missed
    )
    predicted = frame(
        ("a", 0, 4, "PER"),
        ("a", 10, 14, "LOC"),
        ("a", 24, 28, "LOC"),
        ("a", 30, 34, "ORG"),
        ("b", 40, 44, "ORG"),
    )
    return nasij.evaluate(gold, predicted)


def test_scores_by_hand(example):
    scores = example.scores
    assert scores["type"].tolist() == [*TYPES, "micro", "macro"]
    assert scores["gold"].tolist() == [3, 1, 1, 5, 5]
    assert scores["predicted"].tolist() == [1, 2, 2, 5, 5]
    assert scores["correct"].tolist() == [1, 0, 0, 1, 1]
    assert row(scores, "PER")[["precision", "recall", "f1"]].tolist() == [1, 1 / 3, 0.5]
    assert row(scores, "micro")[["precision", "recall", "f1"]].tolist() == [0.2, 0.2, 0.2]
    assert row(scores, "macro")["f1"] == pytest.approx(0.5 / 3)


def test_confusions_by_hand(example):
    table = example.confusions
    assert table.columns.tolist() == [*TYPES, "boundary", "both", "missed"]
    assert table.loc["PER"].tolist() == [1, 0, 0, 0, 1, 1]
    assert table.loc["ORG"].tolist() == [0, 0, 1, 0, 0, 0]
    assert table.loc["LOC"].tolist() == [0, 0, 0, 1, 0, 0]
    assert table.loc["spurious"].tolist() == [0, 1, 0, 0, 0, 0]


def test_errors_by_hand(example):
    errors = example.errors.sort_values(["doc", "start"])
    assert errors["kind"].tolist() == ["type", "boundary", "both", "missed", "spurious"]
    assert errors["start"].tolist() == [10, 20, 30, 0, 40]
    assert errors["gold"].fillna("").tolist() == ["ORG", "LOC", "PER", "PER", ""]
    assert errors["predicted"].fillna("").tolist() == ["LOC", "LOC", "ORG", "", "ORG"]
    assert errors["text"].isna().all()


def test_a_type_never_predicted_has_no_precision():
    evaluation = nasij.evaluate(
        frame(("a", 0, 2, "PER"), ("a", 3, 5, "LOC")), frame(("a", 0, 2, "PER"))
    )
    scores = row(evaluation.scores, "LOC")
    assert np.isnan(scores["precision"])
    assert scores["recall"] == scores["f1"] == 0
    assert row(evaluation.scores, "macro")["precision"] == 1
    assert row(evaluation.scores, "macro")["f1"] == 0.5


def test_nothing_predicted_misses_all():
    evaluation = nasij.evaluate(frame(("a", 0, 2, "PER")), frame())
    assert evaluation.scores["recall"].tolist() == [0, 0, 0]
    assert evaluation.errors["kind"].tolist() == ["missed"]
    assert evaluation.reliability.empty
    assert evaluation.found_by.empty


def flat_spans(rng, docs, length, share):
    rows = []
    for doc in range(docs):
        place = 0
        while (place := place + rng.randint(1, 4)) < length:
            size = rng.randint(1, 6)
            if rng.random() < share:
                rows.append((f"d{doc}", place, place + size, rng.choice(TYPES)))
            place += size
    return frame(*rows)


@pytest.mark.parametrize("seed", range(20))
def test_every_mention_has_one_fate(seed):
    rng = random.Random(seed)  # noqa: S311
    gold, predicted = (flat_spans(rng, 12, 80, share) for share in (0.9, 0.6))
    evaluation = nasij.evaluate(gold, predicted, resamples=0)
    keys = ["doc", "start", "end", "type"]
    both = gold.merge(predicted, on=keys)
    micro, kinds = row(evaluation.scores, "micro"), evaluation.errors["kind"].value_counts()
    assert micro["correct"] == len(both)
    shared = micro["correct"] + kinds["type"] + kinds["boundary"] + kinds["both"]
    assert shared + kinds["missed"] == len(gold)
    assert shared + kinds["spurious"] == len(predicted)
    # What is exact is never paired with something else.
    spans = gold.merge(predicted, on=keys[:3], suffixes=("", "_found"))
    assert kinds["type"] == (spans["type"] != spans["type_found"]).sum()
    confusions = evaluation.confusions
    counts = gold["type"].value_counts()
    assert confusions.loc[TYPES].sum(axis=1).tolist() == [counts[kind] for kind in TYPES]
    assert np.diag(confusions.loc[TYPES, TYPES]).sum() == len(both)
    assert confusions.loc["spurious"].sum() == kinds["spurious"]


def test_a_mention_answers_one_other_and_of_its_type_if_there_is_one():
    gold = frame(("a", 0, 20, "ORG"))
    predicted = frame(("a", 0, 12, "LOC"), ("a", 13, 16, "ORG"), ("a", 17, 19, "ORG"))
    evaluation = nasij.evaluate(gold, predicted)
    errors = evaluation.errors.sort_values("start")
    assert errors["kind"].tolist() == ["boundary", "spurious", "spurious"]


# --- against conlleval ------------------------------------------------------------------------


def chunks(tags):
    """Chunks by startOfChunk and endOfChunk of conlleval.pl (Tjong Kim Sang, 2004), for IOB."""
    found, start, before, kind_before = [], None, "O", ""
    for place, tag in enumerate([*tags, "O"]):
        head, _, kind = tag.partition("-")
        ends = (before in "BI" and head in "BO") or (before != "O" and kind_before != kind)
        begins = head == "B" or (before == "O" and head == "I")
        begins = begins or (head != "O" and kind_before != kind)
        if ends and start is not None:
            found.append((start, place, kind_before))
            start = None
        if begins:
            start = place
        before, kind_before = head, kind
    return set(found)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.filterwarnings("ignore:.*without B-")
def test_scores_are_those_of_conlleval(seed, tmp_path):
    rng = random.Random(seed)  # noqa: S311
    tags = ["O", *(f"{head}-{kind}" for head in "BI" for kind in TYPES)]
    sentences = []
    for _ in range(60):
        gold = rng.choices(tags, weights=[6, 2, 2, 2, 2, 2, 2], k=rng.randint(1, 15))
        predicted = [rng.choice(tags) if rng.random() < 0.2 else tag for tag in gold]
        sentences.append((gold, predicted))
    rows = []
    for gold, predicted in sentences:
        words = ("".join(rng.choices("ابتثجح", k=rng.randint(1, 6))) for _ in gold)
        rows += [*zip(words, gold, predicted, strict=True), None]
    path = conll(tmp_path / "both.txt", rows)
    left, right = (nasij.read_annotations(path, columns=(0, column)) for column in (1, 2))
    scores = nasij.evaluate(left, right, resamples=0).scores
    for kind in TYPES:
        counts = np.zeros(3, dtype=int)
        for gold, predicted in sentences:
            a, b = (
                {chunk for chunk in chunks(side) if chunk[2] == kind} for side in (gold, predicted)
            )
            counts += len(a), len(b), len(a & b)
        assert row(scores, kind)[["gold", "predicted", "correct"]].tolist() == counts.tolist()
        assert row(scores, kind)["f1"] == pytest.approx(2 * counts[2] / (counts[0] + counts[1]))


# --- intervals --------------------------------------------------------------------------------


def test_intervals_are_percentiles_of_resampled_documents():
    rng = random.Random(1)  # noqa: S311
    gold = flat_spans(rng, 15, 60, 0.9)
    kept = gold[[rng.random() < 0.8 for _ in range(len(gold))]]
    predicted = kept.assign(type=[kind if rng.random() < 0.8 else "PER" for kind in kept["type"]])
    evaluation = nasij.evaluate(gold, predicted, resamples=200, confidence=0.9, seed=7)
    assert evaluation.unit == "document"
    keys = ["doc", "start", "end", "type"]
    docs = gold["doc"].unique()
    sides = (gold, predicted, gold.merge(predicted, on=keys))
    counts = np.array([[len(side[side["doc"] == doc]) for side in sides] for doc in docs])
    draws = np.random.default_rng(7)
    values = []
    for _ in range(200):
        total = counts[draws.integers(0, len(docs), len(docs))].sum(axis=0)
        values.append(2 * total[2] / (total[0] + total[1]))
    micro = row(evaluation.scores, "micro")
    expected = np.quantile(values, [0.05, 0.95])
    assert micro[["f1_low", "f1_high"]].tolist() == pytest.approx(expected.tolist())
    assert micro["f1_low"] < micro["f1"] < micro["f1_high"]
    again = nasij.evaluate(gold, predicted, resamples=200, confidence=0.9, seed=7)
    pd.testing.assert_frame_equal(again.scores, evaluation.scores)
    without = nasij.evaluate(gold, predicted, resamples=0).scores
    assert without["f1_low"].isna().all()
    assert without["f1"].tolist() == evaluation.scores["f1"].tolist()


def test_few_documents_are_resampled_by_sentences():
    text = "وصل سالم. " * 30
    marked = [("a", start, start + 4, "PER") for start in range(4, len(text), 10)]
    gold = frame(*marked)
    evaluation = nasij.evaluate(gold, gold.iloc[::2], texts={"a": text})
    assert evaluation.unit == "sentence"
    micro = row(evaluation.scores, "micro")
    assert 0.2 < micro["recall_low"] < 0.5 < micro["recall_high"] < 0.8
    alone = nasij.evaluate(gold, gold.iloc[::2])
    assert alone.unit == "document"
    assert alone.scores["recall_low"].isna().all()


# --- words ------------------------------------------------------------------------------------


def test_clitics_do_not_matter_where_words_are_compared(tmp_path):
    rows = [("زار", "O"), ("ولبنان", "B-LOC"), ("للصين", "B-LOC"), (".", "O")]
    gold = nasij.read_annotations(conll(tmp_path / "a.txt", rows))
    analysis = gold.corpus().analyze()
    assert "و" in analysis.mentions["prefix"].tolist()
    evaluation = nasij.evaluate(gold, analysis)
    assert evaluation.spans == "words"
    assert row(evaluation.scores, "micro")[["gold", "predicted", "correct"]].tolist() == [2, 2, 2]
    exact = nasij.evaluate(gold, analysis, spans="exact")
    assert row(exact.scores, "micro")["correct"] == 0
    assert exact.confusions.loc["LOC", "boundary"] == 2


def test_offsets_are_compared_by_character_unless_words_are_asked_for():
    text = "عاد (ولبنان/سوريا)، ثم عمان."
    gold = frame(("1", 5, 11, "LOC"), ("1", 12, 17, "LOC"))
    predicted = frame(("1", 6, 11, "LOC"), ("1", 12, 17, "LOC"))
    assert row(nasij.evaluate(gold, predicted).scores, "micro")["correct"] == 1
    words = nasij.evaluate(gold, predicted, spans="words", texts={"1": text})
    assert row(words.scores, "micro")["correct"] == 2
    assert nasij.evaluate(gold, predicted, texts={"1": text}).errors["text"].tolist() == ["ولبنان"]
    with pytest.raises(nasij.ArgumentError, match="needs the texts"):
        nasij.evaluate(gold, predicted, spans="words")


# --- errors as a table ------------------------------------------------------------------------


def test_the_spelling_wrong_most_often_comes_first():
    text = "كتب سالم. قال سألم. ذهب رامي. ثم سالم."
    gold = frame(
        ("a", 4, 8, "PER"), ("a", 14, 18, "PER"), ("a", 24, 28, "PER"), ("a", 33, 37, "PER")
    )
    predicted = frame(
        ("a", 4, 8, "PER", "title", 0.8),
        ("a", 14, 18, "ORG", "kind", 0.7),
        columns=["doc", "start", "end", "type", "found_by", "score"],
    )
    evaluation = nasij.evaluate(gold, predicted, texts={"a": text})
    errors = evaluation.errors
    assert errors["text"].tolist() == ["سألم", "سالم", "رامي"]
    assert errors["wrong"].tolist() == [2, 2, 1]
    assert errors["of"].tolist() == [3, 3, 1]
    assert errors["found_by"].fillna("").tolist() == ["kind", "", ""]
    assert errors["context"][0] == "كتب سالم. قال [سألم]. ذهب رامي. ثم سالم."
    assert evaluation.worst["count"].tolist() == [1, 1, 1]
    assert evaluation.found_by.to_numpy().tolist() == [["title", 1, 1, 1], ["kind", 1, 0, 0]]


def test_one_side_can_say_what_the_text_shows():
    text = "وصل فلاديمير بوتين إلى الصين."
    gold = frame((4, 18, "ORG"), (23, 28, "LOC"), columns=["start", "end", "type"])
    errors = nasij.evaluate(gold, nasij.extract(text)).errors
    assert errors[["doc", "text", "kind"]].to_numpy().tolist() == [["1", "فلاديمير بوتين", "type"]]


def test_reliability_by_hand():
    gold = frame(*(("a", at, at + 1, "PER") for at in range(0, 20, 2)))
    scores = [0.95, 0.95, 0.95, 1.0, 0.3, 0.35, 0.9, 0.0, None, 0.1]
    found = [(*mention[:3], "PER") for mention in gold.itertuples(index=False)]
    found[0] = ("a", 0, 1, "LOC")
    found[4] = ("a", 8, 9, "LOC")
    predicted = frame(*found).assign(score=scores)
    table = nasij.evaluate(gold, predicted).reliability
    assert table["low"].tolist() == [0.0, 0.1, 0.3, 0.9]
    assert table["mentions"].tolist() == [1, 1, 2, 5]
    assert table["right"].tolist() == [1, 1, 0.5, 0.8]
    assert table["score"].tolist() == pytest.approx([0, 0.1, 0.325, 0.95])


# --- types ------------------------------------------------------------------------------------


def test_usual_names_of_types_are_known_and_others_need_a_mapping():
    gold = frame(("a", 0, 1, "PERS"), ("a", 2, 3, "GPE"), ("a", 4, 5, "FAC"), ("a", 6, 7, "DATE"))
    predicted = frame(("a", 0, 1, "PER"), ("a", 2, 3, "LOC"), ("a", 4, 5, "LOC"))
    with pytest.raises(nasij.ArgumentError, match=r"FAC \(1\), DATE \(1\); .*types=\{'FAC': None"):
        nasij.evaluate(gold, predicted)
    mapped = nasij.evaluate(gold, predicted, types={"FAC": "LOC", "*": None})
    assert row(mapped.scores, "micro")[["gold", "correct"]].tolist() == [3, 3]
    chosen = nasij.evaluate(gold, predicted, types=["PERS", "LOC"])
    assert row(chosen.scores, "micro")[["gold", "predicted"]].tolist() == [2, 3]
    as_one = nasij.evaluate(gold, predicted, types={"PERS": "X", "PER": "X", "*": "X"})
    assert as_one.scores["type"].tolist() == ["LOC", "X", "micro", "macro"]
    with pytest.raises(nasij.ArgumentError, match="did you mean 'PERS'"):
        nasij.evaluate(gold, predicted, types=["PRS"])
    with pytest.raises(nasij.ArgumentError, match="gold has no mention of the types"):
        nasij.evaluate(gold, predicted, types=["MISC"])


def test_nationalities_count_only_where_gold_has_them():
    predicted = frame(("a", 0, 2, "PER"), ("a", 4, 6, "NORP"))
    without = nasij.evaluate(frame(("a", 0, 2, "PER")), predicted)
    assert row(without.scores, "micro")["predicted"] == 1
    mapped = nasij.evaluate(frame(("a", 0, 2, "PER")), predicted, types={"DATE": None})
    assert row(mapped.scores, "micro")["predicted"] == 1
    having = nasij.evaluate(frame(("a", 0, 2, "PER"), ("a", 8, 9, "NORP")), predicted)
    assert row(having.scores, "micro")["predicted"] == 2


# --- what is refused --------------------------------------------------------------------------

GOLD = frame(("a", 0, 4, "PER"))
REFUSED = [
    (GOLD.drop(columns="start"), GOLD, {}, r"gold has no column start; its columns are: doc, end"),
    (GOLD, GOLD.rename(columns={"type": "label"}), {}, r"predicted has no column type"),
    (3, GOLD, {}, r"gold is an Analysis, .* not int"),
    (GOLD.iloc[:0], GOLD, {}, r"gold has no mentions"),
    (frame(("a", 4, 4, "PER")), GOLD, {}, r"gold, row 0, document 'a': 4:4 is no span"),
    (frame(("a", 0.5, 4, "PER")), GOLD, {}, r"gold, row 0: start is .*0\.5.*, not a whole number"),
    (frame(("a", 0, 4, None)), GOLD, {}, r"0:4 has no type"),
    (frame((None, 0, 4, "PER")), GOLD, {}, r"0:4 has no document"),
    (GOLD, GOLD.assign(score=1.5), {}, r"predicted, row 0: score is 1\.5, not from 0 to 1"),
    (
        frame(("a", 0, 4, "PER"), ("a", 2, 6, "LOC")),
        GOLD,
        {},
        r"'a': PER 0:4 and LOC 2:6 overlap",
    ),
    (GOLD, pd.concat([GOLD, GOLD]), {}, r"predicted has 0:4 in document 'a' twice"),
    (GOLD, GOLD.assign(doc="b"), {}, r"not looked at 1 document of gold: 'a'; it has 'b'"),
    (GOLD, GOLD, {"texts": {"a": "قال"}}, r"'a': 0:4 is outside of the text, which has 3"),
    (GOLD.assign(text="سالم"), GOLD, {"texts": {"a": "قال سالم"}}, r"is 'قال ' in the text, not "),
    (GOLD, GOLD, {"texts": 3}, r"texts is a Corpus, .* not int"),
    (GOLD, GOLD, {"texts": GOLD}, r"texts has no column text"),
    (GOLD, GOLD, {"spans": "stems"}, r"spans is one of exact, words"),
    (GOLD, GOLD, {"resamples": -1}, r"resamples is a whole number from 0"),
    (GOLD, GOLD, {"confidence": 95}, r"confidence lies between 0 and 1"),
]  # fmt: skip


@pytest.mark.parametrize(("gold", "predicted", "more", "match"), REFUSED)
def test_what_cannot_be_compared_is_refused(gold, predicted, more, match):
    with pytest.raises(nasij.ArgumentError, match=match):
        nasij.evaluate(gold, predicted, **more)


def corpus_of(**texts):
    table = pd.DataFrame({"doc": list(texts), "text": list(texts.values())})
    return nasij.Corpus.from_frame(table)


def test_documents_that_gold_has_not_are_left_out_and_named():
    analysis = corpus_of(a="وصل بوتين.", b="وصل ماكرون.").analyze()
    with pytest.warns(nasij.NasijWarning, match=r"1 document of predicted, left out: 'b'"):
        evaluation = nasij.evaluate(frame(("a", 4, 9, "PER")), analysis)
    assert evaluation.documents == ["a"]
    with pytest.raises(nasij.ArgumentError, match=r"not looked at 1 document of gold: 'c'"):
        nasij.evaluate(frame(("a", 4, 9, "PER"), ("c", 0, 1, "PER")), analysis)


def test_two_texts_of_one_document_are_refused(tmp_path):
    gold = nasij.read_annotations(conll(tmp_path / "a.txt", [("وصل", "O"), ("بوتين", "B-PER")]))
    analysis = corpus_of(**{"1": "وصل  بوتين"}).analyze()
    with pytest.raises(nasij.ArgumentError, match=r"'1' has two texts, .* character 4"):
        nasij.evaluate(gold, analysis)


# --- the result -------------------------------------------------------------------------------


def test_tables_are_copies_and_the_result_pickles(example):
    table = example.scores
    table["gold"] = 0
    assert example.scores["gold"].tolist() == [3, 1, 1, 5, 5]
    again = pickle.loads(pickle.dumps(example))
    pd.testing.assert_frame_equal(again.errors, example.errors)
    assert repr(again) == repr(example)
    assert "2 documents, 5 gold mentions, 5 predicted; precision 0.200" in repr(example)
    assert "<table" in example._repr_html_()


def test_the_result_does_not_depend_on_the_order_of_rows():
    rng = random.Random(3)  # noqa: S311
    gold, predicted = (flat_spans(rng, 12, 60, share) for share in (0.9, 0.7))
    first = nasij.evaluate(gold, predicted)
    shuffled = nasij.evaluate(gold, predicted.sample(frac=1, random_state=1))
    pd.testing.assert_frame_equal(first.scores, shuffled.scores)
    pd.testing.assert_frame_equal(first.confusions, shuffled.confusions)


def test_the_command_prints_the_tables(tmp_path, capsys):
    path = tmp_path / "marked.jsonl"
    text = "وصل فلاديمير بوتين إلى الصين."
    marks = {"id": "a", "text": text, "label": [[4, 18, "PER"], [23, 28, "ORG"]]}
    path.write_text(json.dumps(marks), encoding="utf-8")
    assert main(["evaluate", str(path), "--errors", str(tmp_path / "errors.csv")]) == 0
    shown = capsys.readouterr().out
    assert "micro     2          2        1      0.500" in shown
    assert "ORG → LOC         الصين" in shown
    assert pd.read_csv(tmp_path / "errors.csv")["text"].tolist() == ["الصين"]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "a.txt").write_text(text, encoding="utf-8")
    gold = tmp_path / "gold.csv"
    frame(("a", 4, 18, "PER")).to_csv(gold, index=False)
    assert main(["evaluate", str(gold), "--texts", str(tmp_path / "articles")]) == 0
    assert main(["evaluate", str(gold), str(gold), "--types", "PER"]) == 0
    assert main(["evaluate", str(gold)]) == 2
    assert "name the articles with --texts" in capsys.readouterr().err
