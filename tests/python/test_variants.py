"""A table of spellings that a person edits and gives back."""

import pickle

import pandas as pd
import pytest

import nasij
from nasij.errors import ArgumentError, NasijWarning, ReadError

TEXTS = [
    "قال المحلل غريغوري ستيفنسون إن الأسعار ترتفع. وأضاف ستيفنسون أن بوتين في موسكو.",
    "قال المحلل جريجوري ستيفنسن إن الأسعار تنخفض في موسكو.",
    "قال المحلل غريغوري ستيفانسون إن بوتين في الصين. وقال المحلل هاينريش باور إنه يوافق.",
    "قال المحلل جون ستيرن إن الأمر صعب. وقال المحلل جون ستيرنز إنه سهل.",
]


def analyze(texts):
    frame = pd.DataFrame({"id": [f"d{i}" for i in range(len(texts))], "text": texts})
    return nasij.Corpus.from_frame(frame, text="text", id="id").analyze()


@pytest.fixture(scope="module")
def analysis():
    return analyze(TEXTS)


def agree(analysis):
    """Every table speaks of the same entities as often."""
    mentions, entities = analysis.mentions, analysis.entities
    assert set(mentions["entity"]) == set(entities["entity"])
    counted = mentions["entity"].value_counts()
    assert (entities.set_index("entity")["mentions"] == counted.reindex(entities["entity"])).all()
    assert not entities["entity"].duplicated().any()
    names = entities.set_index("entity")["name"]
    assert (mentions["name"] == names.reindex(mentions["entity"]).to_numpy()).all()
    documents = analysis.counts("document").entities.set_index("entity")["count"]
    docs = mentions.groupby("entity")["doc"].nunique()
    assert (documents.sort_index() == docs.sort_index()).all()
    for entity in entities["entity"]:
        evidence = analysis.evidence(entity, unit="document")
        assert len(evidence) == documents[entity]
        marked = sum(len([s for s in spans if s[2] == entity]) for spans in evidence["spans"])
        assert marked == counted[entity]


def of(analysis, text):
    return set(analysis.mentions.loc[analysis.mentions["text"] == text, "entity"])


def test_spellings_of_one_sound_are_one_entity(analysis):
    spellings = ["غريغوري ستيفنسون", "جريجوري ستيفنسن", "غريغوري ستيفانسون", "ستيفنسون"]
    assert len(set.union(*(of(analysis, text) for text in spellings))) == 1
    assert all(of(analysis, text) for text in spellings)


def test_the_table_counts_what_the_mentions_hold(analysis):
    table = analysis.variants()
    columns = ["entity", "name", "type", "text", "count", "docs", "found_by", "suggestion"]
    assert list(table.columns) == [*columns, "distance", "into", "rename"]
    assert table["count"].sum() == len(analysis.mentions)
    row = table[table["text"] == "بوتين"].iloc[0]
    assert (row["entity"], row["count"], row["docs"]) == ("per:vladimir-putin", 2, 2)
    assert row["found_by"] == "lexicon 2"
    assert not table.duplicated(["entity", "text"]).any()


def test_the_article_is_spelled_behind_a_preposition_too():
    analysis = analyze(
        ["وصل إلى الصين. وقال للصين وللبنان شكرا.", "هنأ للسيسي. ولبنان وعبد الفتاح السيسي هنا."]
    )
    spelled = analysis.variants().groupby("entity")["text"].agg(list)
    assert spelled["loc:china"] == ["الصين"]
    assert spelled["loc:lebanon"] == ["لبنان"]
    listed = analysis.entities.set_index("entity")["variants"]
    assert listed["loc:china"] == ["الصين"]
    assert listed["loc:lebanon"] == ["لبنان"]
    assert "السيسي" in spelled["per:abdel-fattah-el-sisi"]
    # The mentions keep what the article shows, and go where the spelling goes.
    shown = analysis.mentions.query("entity == 'loc:china'")
    assert (shown["prefix"] + shown["text"]).tolist() == ["الصين", "للصين"]
    parted = analysis.split("loc:china", "الصين", into="loc:taiwan")
    assert of(parted, "لصين") == of(parted, "الصين") == {"loc:taiwan"}
    agree(parted)


def test_near_names_are_suggested_first(analysis):
    first = analysis.variants().iloc[0]
    pair = {first["entity"], first["suggestion"]}
    assert pair == of(analysis, "جون ستيرن") | of(analysis, "جون ستيرنز")
    assert first["distance"] == 1.0


def test_merging_splitting_and_renaming_agree_everywhere(analysis):
    one, two = of(analysis, "جون ستيرن").pop(), of(analysis, "جون ستيرنز").pop()
    merged = analysis.merge(one, two)
    assert of(merged, "جون ستيرنز") == {one}
    assert two not in set(merged.entities["entity"])
    agree(merged)
    parted = merged.split(one, "جون ستيرنز")
    assert of(parted, "جون ستيرنز") == {two}
    agree(parted)
    renamed = parted.rename(two, "جون سميث")
    assert renamed.entities.set_index("entity").loc[two, "name"] == "جون سميث"
    agree(renamed)
    # Each made a new one.
    assert of(analysis, "جون ستيرنز") == {two}
    assert len(analysis.decisions) == 0
    assert renamed.decisions["step"].tolist() == [0, 1, 2]


def test_an_entity_of_the_lexicon_comes_with_what_it_knows(analysis):
    stern = of(analysis, "جون ستيرن").pop()
    merged = analysis.split(stern, "جون ستيرن", into="per:emmanuel-macron")
    row = merged.entities.set_index("entity").loc["per:emmanuel-macron"]
    assert row["name_en"] == "Emmanuel Macron"
    agree(merged)


def test_a_merged_pair_is_counted_and_shown(analysis):
    merged = analysis.merge("per:vladimir-putin", "هاينريش باور")
    units = merged.evidence("per:vladimir-putin", "loc:china")
    pairs = merged.cooccurrence(min_count=1)
    row = pairs[(pairs[["a", "b"]].isin(["per:vladimir-putin", "loc:china"])).all(axis=1)]
    assert row["count"].tolist() == [len(units)]


def edited(analysis):
    table = analysis.variants()
    table.loc[table["text"] == "جون ستيرنز", "into"] = of(analysis, "جون ستيرن").pop()
    table.loc[table["text"] == "هاينريش باور", "rename"] = "هاينريش باور الأب"
    table.loc[table["text"] == "ستيفنسون", "into"] = "per:another-stevenson"
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1256"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_what_a_spreadsheet_saves_is_taken_back(analysis, tmp_path, encoding, separator):
    table, path = edited(analysis), tmp_path / "variants.csv"
    table.to_csv(path, index=False, encoding=encoding, sep=separator, lineterminator="\r\n")
    made, direct = analysis.apply(path), analysis.apply(table)
    for name in ("mentions", "entities", "documents"):
        pd.testing.assert_frame_equal(getattr(made, name), getattr(direct, name))
    assert of(made, "ستيفنسون") == {"per:another-stevenson"}
    assert "هاينريش باور الأب" in set(made.entities["name"])
    agree(made)


def test_a_table_without_decisions_changes_nothing(analysis):
    made = analysis.apply(analysis.variants())
    pd.testing.assert_frame_equal(made.mentions, analysis.mentions)


def test_decisions_hold_on_a_larger_corpus(analysis, tmp_path):
    decided = analysis.apply(edited(analysis)).rename("per:vladimir-putin", "بوتين")
    path = tmp_path / "decisions.csv"
    decided.decisions.to_csv(path, index=False)
    again = analyze(TEXTS).apply(path)
    pd.testing.assert_frame_equal(again.mentions, decided.mentions)
    pd.testing.assert_frame_equal(again.decisions, decided.decisions)
    # Other documents before and behind: rows and numbers differ, ids and spellings do not.
    more = ["وصل إيمانويل ماكرون إلى باريس.", *TEXTS, "قال جون ستيرنز إن بوتين في باريس."]
    larger = analyze(more).apply(decided.decisions)
    kept = larger.mentions[larger.mentions["doc"].isin([f"d{i}" for i in range(1, 5)])]
    for name in ("text", "entity", "name", "type"):
        assert kept[name].tolist() == decided.mentions[name].tolist()
    agree(larger)


def test_steps_follow_one_another(analysis):
    one, two = of(analysis, "جون ستيرن").pop(), of(analysis, "جون ستيرنز").pop()
    rows = [(0, one, "", two, ""), (0, two, "", one, "")]
    columns = ["step", "entity", "text", "into", "rename"]
    swapped = analysis.apply(pd.DataFrame(rows, columns=columns))
    assert of(swapped, "جون ستيرن") == {two}
    assert of(swapped, "جون ستيرنز") == {one}
    rows = [(0, one, "", two, ""), (1, two, "", one, "")]
    chained = analysis.apply(pd.DataFrame(rows, columns=columns))
    assert of(chained, "جون ستيرن") == of(chained, "جون ستيرنز") == {one}


def test_a_spelling_decides_before_its_entity(analysis):
    stevenson = of(analysis, "ستيفنسون").pop()
    rows = [(stevenson, "", "per:vladimir-putin", ""), (stevenson, "ستيفنسون", "loc:china", "")]
    made = analysis.apply(pd.DataFrame(rows, columns=["entity", "text", "into", "rename"]))
    assert of(made, "ستيفنسون") == {"loc:china"}
    assert of(made, "جريجوري ستيفنسن") == {"per:vladimir-putin"}


def test_spellings_are_told_by_their_folded_letters(analysis):
    stevenson = of(analysis, "ستيفنسون").pop()
    made = analysis.split(stevenson, "سْتيفنسون", into="per:stevenson")
    assert of(made, "ستيفنسون") == {"per:stevenson"}


def test_decisions_about_others_are_passed_over_with_a_warning(analysis):
    rows = [("per:nobody", "", "loc:china", ""), ("per:vladimir-putin", "لا أحد", "loc:china", "")]
    table = pd.DataFrame(rows, columns=["entity", "text", "into", "rename"])
    with pytest.warns(NasijWarning, match="2 of 2 decisions"):
        made = analysis.apply(table)
    pd.testing.assert_frame_equal(made.mentions, analysis.mentions)
    assert len(made.decisions) == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("entity,text,into\nper:vladimir-putin,,لا أحد هنا\n", "row 2, column into"),
        ("entity,text,into\n\nلا أحد هنا,,loc:china\n", "row 3, column entity"),
        ("entity,text,into\n,بوتين,loc:china\n", "row 2, column entity: empty"),
        (
            "entity,text,into\nper:vladimir-putin,,loc:china\nper:vladimir-putin,,loc:moscow\n",
            "row 3, column into",
        ),
        (
            "entity,rename\nper:vladimir-putin,أ\nper:vladimir-putin,ب\n",
            "row 3, column rename",
        ),
        ("entity,step,rename\nper:vladimir-putin,x,أ\n", "row 2, column step"),
        ("entity,text\nper:vladimir-putin,بوتين\n", "no column into or rename"),
        ("text,into\nبوتين,loc:china\n", "no column entity"),
        ("entity,into,into\nper:vladimir-putin,,loc:china\n", "column into: given twice"),
        ("", "is empty"),
    ],
)
def test_errors_name_row_and_column(analysis, tmp_path, content, said):
    path = tmp_path / "variants.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ArgumentError, match=said) as raised:
        analysis.apply(path)
    assert "variants.csv" in str(raised.value)


def test_what_cannot_be_read_or_meant_is_refused(analysis, tmp_path):
    with pytest.raises(ReadError, match="not readable"):
        analysis.apply(tmp_path / "none.csv")
    (tmp_path / "open.csv").write_text('entity,into\nبوتين,loc:china\n"موسكو,loc:china\n', "utf-8")
    with pytest.raises(ReadError, match=r"open\.csv, row 3: unexpected end"):
        analysis.apply(tmp_path / "open.csv")
    (tmp_path / "other.csv").write_bytes(b"\0\1\2\3" * 100)
    with pytest.raises(ReadError, match="encoding is not recognised"):
        analysis.apply(tmp_path / "other.csv")
    for column in ("text", "into", "rename"):
        cells = {"entity": "per:vladimir-putin", "into": "loc:china", column: "per:\ud800"}
        row = pd.DataFrame([cells], dtype=object)
        with pytest.raises(ArgumentError, match=f"row 0, column {column}: a lone surrogate"):
            analysis.apply(row)
    with pytest.raises(ArgumentError, match="not int"):
        analysis.apply(3)
    with pytest.raises(ArgumentError, match="at least one"):
        analysis.merge("per:vladimir-putin")
    with pytest.raises(ArgumentError, match="no spelling"):
        analysis.split("per:vladimir-putin", "ماكرون")
    with pytest.raises(ArgumentError, match="name is needed"):
        analysis.rename("per:vladimir-putin", " ")
    baur = of(analysis, "هاينريش باور").pop()
    with pytest.raises(ArgumentError, match="give an id"):
        analysis.split(baur, "هاينريش باور")


def test_an_id_of_ones_own_may_be_any_word():
    mine = pd.DataFrame({"id": ["lina 1"], "type": "PER", "name": "لينا هادي", "short": "هادي"})
    frame = pd.DataFrame({"text": ["قالت لينا هادي ذلك. وأضافت هادي أنه صعب."]})
    made = nasij.Corpus.from_frame(frame).analyze(mine).split("لينا هادي", "هادي")
    assert sorted(made.entities["entity"]) == ["lina 1", "per:هادي"]
    assert set(made.entities["type"]) == {"PER"}


def test_a_decided_analysis_pickles(analysis):
    decided = analysis.apply(edited(analysis))
    copy = pickle.loads(pickle.dumps(decided))
    pd.testing.assert_frame_equal(copy.mentions, decided.mentions)
    pd.testing.assert_frame_equal(copy.decisions, decided.decisions)
    agree(copy.merge("per:vladimir-putin", "per:another-stevenson"))


def test_threads_and_shards_give_the_same_entities():
    texts = TEXTS * 7
    frame = pd.DataFrame({"text": texts})
    one = nasij.Corpus.from_frame(frame).analyze(threads=1)
    many = nasij.Corpus.from_frame(frame).analyze(threads=4)
    pd.testing.assert_frame_equal(one.mentions, many.mentions)
    pd.testing.assert_frame_equal(one.variants(), many.variants())
    whole = one.counts("document")
    parts = [nasij.Corpus.from_frame(frame[i::3]).analyze().counts("document") for i in range(3)]
    assert parts[2].merge(parts[0]).merge(parts[1]) == whole
