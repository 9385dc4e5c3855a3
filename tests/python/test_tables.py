"""Tables: spans, dtypes, groups, evidence, files, pictures, pickles."""

import pickle
import warnings

import numpy as np
import pandas as pd
import pytest

import nasij
from nasij import graph
from nasij.names import Names

BOTH = "التقى فلاديمير بوتين وشي جين بينغ في موسكو."
ARTICLES = pd.DataFrame(
    {
        "id": ["a", "b", "c", "d"],
        "text": [
            f"{BOTH} ووصل بوتين إلى الصين.\nوقال بوتين إن شي جين بينغ زار موسكو.",
            f"  {BOTH}\r\n\r\nوذكرت وكالة رويترز ذلك.",
            "سافر <بوتين> إلى الصين مع شي جين بينغ.",
            "لا اسم هنا.",
        ],
        "date": ["2024-01-05", "2024-01-20", "2024-03-02", None],
        "source": ["أ", "ب", "أ", "ب"],
        "category": ["x", "y", "x", "y"],
    }
)
PUTIN, XI = "per:vladimir-putin", "per:xi-jinping"


@pytest.fixture(scope="module")
def analysis():
    return nasij.Corpus.from_frame(ARTICLES).analyze(threads=1)


def test_every_span_shows_its_surface(analysis):
    mentions = analysis.mentions
    assert list(mentions.columns) == [
        "doc", "sentence", "start", "end", "text", "prefix", "entity", "name", "type", "role",
        "found_by", "score",
    ]  # fmt: skip
    assert {PUTIN, XI, "loc:moscow", "loc:china"} <= set(mentions["entity"])
    for row in mentions.itertuples():
        text = analysis.corpus.text(row.doc)
        assert text[row.start : row.end] == row.text
        prefix = row.prefix if isinstance(row.prefix, str) else ""
        assert text[: row.start].endswith(prefix)


def test_dtypes_are_what_they_say(analysis):
    text = pd.Series(["x"]).dtype
    for table, columns in (
        (analysis.mentions, ["doc", "text", "entity", "name"]),
        (analysis.entities, ["entity", "name", "name_en", "wikidata"]),
        (analysis.cooccurrence(), ["a", "b", "a_name", "b_name"]),
        (analysis.documents, ["doc", "title"]),
    ):
        assert {table[name].dtype for name in columns} == {text}
    assert analysis.mentions["type"].dtype == "category"
    assert analysis.mentions["found_by"].dtype == "category"
    assert analysis.documents["source"].dtype == "category"
    for name in ("first", "last"):
        assert analysis.entities[name].dtype == analysis.documents["date"].dtype


def test_documents_count_what_the_other_tables_hold(analysis):
    documents, mentions = analysis.documents, analysis.mentions
    assert list(documents.columns[:7]) == [
        "doc", "date", "source", "title", "sentences", "tokens", "mentions",
    ]  # fmt: skip
    counted = mentions.groupby("doc").size().reindex(documents["doc"], fill_value=0)
    assert documents["mentions"].tolist() == counted.tolist()
    assert documents["category"].tolist() == ["x", "y", "x", "y"]


def test_entities_count_mentions_documents_dates_and_spellings(analysis):
    entities = analysis.entities.set_index("entity")
    mentions = analysis.mentions
    for entity, row in entities.iterrows():
        mine = mentions[mentions["entity"] == entity]
        assert row["mentions"] == len(mine)
        assert row["docs"] == mine["doc"].nunique()
        assert sorted(row["variants"]) == sorted(mine["text"].unique())
        frequencies = mine["text"].value_counts()
        assert frequencies[row["variants"]].is_monotonic_decreasing
    assert entities.loc[PUTIN, "first"] == pd.Timestamp("2024-01-05")
    assert entities.loc[PUTIN, "last"] == pd.Timestamp("2024-03-02")
    assert analysis.entities["mentions"].is_monotonic_decreasing


def test_pairs_have_the_columns_of_the_design(analysis):
    pairs = analysis.cooccurrence()
    assert list(pairs.columns) == [
        "a", "b", "a_name", "b_name", "a_type", "b_type", "count", "a_count", "b_count", "total",
        "expected", "pmi", "npmi", "llr", "logdice", "jaccard", "p", "q", "few",
    ]  # fmt: skip
    assert pairs["llr"].is_monotonic_decreasing
    entities = len(analysis.entities)
    assert pairs.attrs["tests"] == entities * (entities - 1) / 2
    assert np.isfinite(pairs.select_dtypes("number").to_numpy()).all()
    assert set(analysis.cooccurrence(types="PER")["a_type"]) == {"PER"}
    assert analysis.cooccurrence(min_count=100).empty


def test_counts_merge_to_the_counts_of_the_whole(analysis):
    halves = [nasij.Corpus.from_frame(half).analyze().counts() for half in
              (ARTICLES.iloc[:1], ARTICLES.iloc[1:])]  # fmt: skip
    whole = analysis.counts()
    assert halves[0].merge(halves[1]) == whole == halves[1].merge(halves[0])
    pd.testing.assert_frame_equal(whole.cooccurrence(), analysis.cooccurrence())
    pd.testing.assert_frame_equal(
        whole.cooccurrence(types=["PER", "LOC"]), analysis.cooccurrence(types=["PER", "LOC"])
    )
    assert pickle.loads(pickle.dumps(whole)) == whole
    with pytest.raises(nasij.ArgumentError, match="do not merge"):
        whole.merge(analysis.counts("document"))
    with pytest.raises(nasij.ArgumentError, match="only Counts"):
        whole.merge(3)


@pytest.mark.parametrize("unit", ["sentence", "paragraph", "document", 10])
def test_evidence_is_exactly_what_was_counted(analysis, unit):
    pairs = analysis.cooccurrence(unit, min_count=1)
    for row in pairs.to_dict("records"):
        units = analysis.evidence(row["a"], row["b"], unit)
        assert len(units) == row["count"]
        assert len(analysis.evidence(row["a"], unit=unit)) == row["a_count"]
        for found in units.to_dict("records"):
            document = analysis.corpus.text(found["doc"])
            assert document[found["start"] : found["end"]] == found["text"]
            assert found["text"] == found["text"].strip()
            assert {entity for _, _, entity in found["spans"]} == {row["a"], row["b"]}


def test_evidence_by_any_name(analysis):
    asked = [(PUTIN, XI), ("فلاديمير بوتين", "Xi Jinping"), ("vladimir putin", "شي جين بينغ"),
             ("بُوتين", XI)]  # fmt: skip
    tables = [analysis.evidence(*names) for names in asked]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])
    with pytest.raises(nasij.ArgumentError, match=r"no entity 'بوتيين'.*per:vladimir-putin"):
        analysis.evidence("بوتيين")
    with pytest.raises(nasij.ArgumentError, match="same entity"):
        analysis.evidence("بوتين", PUTIN)
    with pytest.raises(nasij.ArgumentError, match="not by int"):
        analysis.evidence(1)


def test_evidence_by_what_the_lexicon_lists():
    text = "التقى فلاديمير بوتين وسيرغي لافروف الوزير في بكين. وصل جورج بوش الأب وجورج بوش الابن."
    found = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]})).analyze()
    for back in (found, pickle.loads(pickle.dumps(found))):
        assert back.evidence("بوتين").attrs["names"] == {PUTIN: "فلاديمير بوتين"}
        with pytest.warns(nasij.NasijWarning, match="no date"):
            assert back.timeline("بوتين").empty
        for name in ("لافروف", "سيرجي لافروف", "سرجي لافروف"):
            assert list(back.evidence(name).attrs["names"]) == ["per:sergei-lavrov"]
    with pytest.raises(nasij.ArgumentError, match=r"no entity 'بوتيين'.*per:vladimir-putin"):
        found.evidence("بوتيين")
    assert list(found.evidence("Putin").attrs["names"]) == [PUTIN]
    with pytest.raises(nasij.ArgumentError, match=r"no entity 'Vladimir'.*nearest: per:vladimir"):
        found.evidence("Vladimir")
    with pytest.raises(nasij.ArgumentError, match=r"no entity 'Bush'.*nearest: per:.*per:"):
        found.evidence("Bush")
    with pytest.raises(nasij.ArgumentError, match="no entity ''"):
        found.evidence("")


def test_a_short_form_of_two_entities_lists_both():
    frame = pd.DataFrame({"id": ["per:a", "per:b"], "type": "PER", "short": "هادي",
                          "name": ["لينا هادي", "سامر هادي"]})  # fmt: skip
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": ["قالت لينا هادي لسامر هادي ذلك."]}))
    lexicon = nasij.Lexicon.default().extend(frame)
    with pytest.raises(nasij.ArgumentError, match=r"may mean per:a .*, per:b .*ask by id"):
        corpus.analyze(lexicon).evidence("هادي")


def test_names_with_the_words_asked_are_nearest():
    entities = pd.DataFrame(
        {
            "entity": ["loc:beijing", "per:putin"],
            "name": ["بكين", "فلاديمير بوتين"],
            "name_en": [None, None],
            "variants": [["بكين"], ["فلاديمير بوتين"]],
        }
    )
    with pytest.raises(nasij.ArgumentError, match="nearest: per:putin"):
        Names(entities).find("بوتين")


def test_evidence_is_shown_right_to_left_and_escaped(analysis):
    html = analysis.evidence("بوتين", "شي جين بينغ")._repr_html_()
    assert 'dir="rtl"' in html
    assert "&lt;<mark" in html
    assert "</mark>&gt;" in html
    assert "2024-03-02" in html
    assert len({part.split('"')[1] for part in html.split("<mark ")[1:]}) == 2
    part = analysis.evidence("بوتين")[["doc", "sentence"]]
    assert "<table" in part._repr_html_()


def test_groups_have_their_own_totals(analysis):
    with pytest.warns(nasij.NasijWarning, match="1 of 4 documents have no month"):
        pairs = analysis.cooccurrence(by="month", min_count=1)
    assert pairs.columns[0] == "month"
    assert pairs["month"].astype(str).unique().tolist() == ["2024-01", "2024-03"]
    groups = analysis.cooccurrence(by="category", min_count=1)
    alone = nasij.Corpus.from_frame(ARTICLES[ARTICLES["category"] == "x"]).analyze()
    expected = alone.cooccurrence(min_count=1)
    mine = groups[groups["category"] == "x"].drop(columns="category")
    pd.testing.assert_frame_equal(mine.reset_index(drop=True), expected)
    assert groups.attrs["tests"]["x"] == expected.attrs["tests"] > len(expected)
    with pytest.raises(nasij.ArgumentError, match="did you mean 'category'"):
        analysis.cooccurrence(by="categorie")


def test_matrix_holds_the_counts(analysis):
    matrix, labels = analysis.matrix()
    dense = matrix.toarray()
    assert (dense == dense.T).all()
    assert not dense.diagonal().any()
    place = {entity: i for i, entity in enumerate(labels["entity"])}
    for row in analysis.cooccurrence(min_count=1).to_dict("records"):
        assert dense[place[row["a"]], place[row["b"]]] == row["count"]
        assert labels["count"][place[row["a"]]] == row["a_count"]
    assert analysis.matrix(min_count=99).matrix.nnz == 0
    assert set(analysis.matrix(types="LOC").labels["type"]) == {"LOC"}


@pytest.mark.filterwarnings("ignore:1 of 4 documents have no date")
@pytest.mark.parametrize("freq", ["D", "W", "M", "Q", "Y"])
def test_timeline_adds_up(analysis, freq):
    table = analysis.timeline(freq=freq)
    assert list(table.columns[:5]) == ["period", "entity", "name", "mentions", "docs"]
    dated = analysis.mentions["doc"] != "d"
    assert table["mentions"].sum() == dated.sum()
    assert analysis.timeline("بوتين", freq)["entity"].unique().tolist() == [PUTIN]
    with pytest.raises(nasij.ArgumentError, match="freq is one of"):
        analysis.timeline(freq="H")


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_written_files_hold_the_tables(analysis, tmp_path, format):
    if format == "parquet":
        pytest.importorskip("pyarrow")
    paths = analysis.write(tmp_path / "out", format)
    names = ["documents", "mentions", "entities", "roles", "stories", "pairs"]
    assert [path.name for path in paths] == [*(f"{n}.{format}" for n in names), "network.gexf"]
    assert sorted(tmp_path.iterdir()) == [tmp_path / "out"]
    entities = tmp_path / "out" / f"entities.{format}"
    if format == "csv":
        assert entities.read_bytes().startswith(b"\xef\xbb\xbf")
        back = pd.read_csv(entities)
        assert back["variants"].str.split(" | ", regex=False).tolist() == (
            analysis.entities["variants"].tolist()
        )
    else:
        back = pd.read_parquet(entities) if format == "parquet" else pd.read_json(
            entities, lines=True
        )  # fmt: skip
        assert [list(v) for v in back["variants"]] == analysis.entities["variants"].tolist()
    assert back["name"].tolist() == analysis.entities["name"].tolist()


def test_nothing_is_overwritten_unasked_or_half_written(analysis, tmp_path, monkeypatch):
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(nasij.ArgumentError, match="not empty"):
        analysis.write(tmp_path)
    analysis.write(tmp_path, "jsonl", overwrite=True)
    analysis.write(tmp_path, "csv", overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "documents.csv", "entities.csv", "mentions.csv", "mine.txt", "network.gexf", "pairs.csv",
        "roles.csv",
        "stories.csv",
    ]  # fmt: skip
    with pytest.raises(nasij.ArgumentError, match="is a file"):
        analysis.write(tmp_path / "mine.txt")
    with pytest.raises(nasij.ArgumentError, match="did you mean 'csv'"):
        analysis.write(tmp_path / "new", "cvs")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(graph, "write_gexf", fail)
    with pytest.raises(OSError, match="No space"):
        analysis.write(tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("unit", ["word", 1, 0, True, 2.5, None])
def test_unknown_units_are_refused(analysis, unit):
    with pytest.raises(nasij.ArgumentError, match="unit is one of"):
        analysis.cooccurrence(unit)


def test_wrong_arguments_say_what_is_right(analysis):
    with pytest.raises(nasij.ArgumentError, match="did you mean 'PER'"):
        analysis.counts(types=["PERS"])
    with pytest.raises(nasij.ArgumentError, match="min_count"):
        analysis.cooccurrence(min_count=0)
    with pytest.raises(nasij.ArgumentError, match="threads"):
        analysis.corpus.analyze(threads=0)
    with pytest.raises(nasij.ArgumentError, match="lexicon is"):
        analysis.corpus.analyze(lexicon=3)
    with pytest.raises(nasij.ArgumentError, match="no document"):
        analysis.corpus.text("zzz")


def test_whole_numbers_of_numpy_and_very_large_ones(analysis):
    assert analysis.counts(np.int64(5)) == analysis.counts(5)
    assert analysis.counts(np.uint8(5)).unit == "5"
    assert len(analysis.cooccurrence(min_count=np.int64(1))) == len(
        analysis.cooccurrence(min_count=1)
    )
    again = analysis.corpus.analyze(threads=np.int64(2))
    pd.testing.assert_frame_equal(again.mentions, analysis.mentions)
    assert analysis.counts(2**70).total == analysis.counts(2**30).total
    assert analysis.cooccurrence(min_count=2**70).empty
    for wrong in (np.bool_(1), np.float64(2), np.int64(0)):
        with pytest.raises(nasij.ArgumentError, match="whole number from 1"):
            analysis.cooccurrence(min_count=wrong)


def test_everything_public_pickles(analysis):
    back = pickle.loads(pickle.dumps(analysis))
    for name in ("documents", "mentions", "entities"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(analysis, name))
    pd.testing.assert_frame_equal(back.cooccurrence(), analysis.cooccurrence())
    corpus = pickle.loads(pickle.dumps(analysis.corpus))
    assert list(corpus.texts) == list(analysis.corpus.texts)
    lexicon = pickle.loads(pickle.dumps(nasij.Lexicon.default()))
    pd.testing.assert_frame_equal(lexicon.entries, nasij.Lexicon.default().entries)
    evidence = pickle.loads(pickle.dumps(analysis.evidence("بوتين")))
    assert evidence._repr_html_() == analysis.evidence("بوتين")._repr_html_()
    for error in (nasij.ArgumentError("x"), nasij.ReadError("y")):
        assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_table_handed_out_may_be_changed(analysis):
    table = analysis.mentions
    table.loc[0, "text"] = "changed"
    table["more"] = 1
    assert analysis.mentions["text"][0] != "changed"
    assert "more" not in analysis.mentions


def test_progress_is_told(analysis):
    told = []
    analysis.corpus.analyze(progress=lambda documents, size: told.append((documents, size)))
    assert told[-1] == (4, analysis.corpus.texts.nbytes)


def test_a_corpus_without_any_name():
    empty = nasij.Corpus.from_frame(pd.DataFrame({"text": ["لا اسم هنا."]})).analyze()
    assert empty.mentions.empty
    assert empty.entities.empty
    assert empty.cooccurrence().empty
    assert empty.matrix().matrix.shape == (0, 0)
    assert empty.network().number_of_nodes() == 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nasij.NasijWarning)
        assert empty.timeline().empty
        assert empty.bursts().empty
        assert empty.cooccurrence(by="month").columns[0] == "month"


def test_columns_of_texts():
    column = pd.Series(["كتــاب", None], index=["x", "y"], name="body")
    normal = column.nasij.normalize()
    assert normal.index.tolist() == ["x", "y"]
    assert normal["x"] == "كتاب"
    assert pd.isna(normal["y"])
    found = pd.Series([None, "وصل فلاديمير بوتين."], index=["x", "y"]).nasij.extract()
    assert found["doc"].tolist() == ["y"]
    assert nasij.normalize(["كتــاب", None]) == ["كتاب", None]
    with pytest.raises(nasij.ArgumentError, match="holds int"):
        nasij.normalize(pd.Series([1]))
    with pytest.raises(nasij.ArgumentError, match="string is needed"):
        nasij.extract(None)
    with pytest.raises(nasij.TextError, match="1"):
        nasij.extract("x\ud800")
