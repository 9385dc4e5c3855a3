"""A lexicon of one's own: what it adds, what it changes, and what is said of its faults."""

import doctest
import pickle
import re
import warnings
from pathlib import Path

import pandas as pd
import pytest

import nasij

GUIDE = Path(__file__).parents[2] / "docs" / "lexicons.md"
SHIPPED = nasij.Lexicon.default()
LINA = {"id": "per:lina-hadi", "type": "PER", "subtype": "reporter", "name": "لينا هادي"}
SENTENCE = "قالت لينا هادي ذلك."


def table(*rows, **extra):
    frame = pd.DataFrame([dict(zip(("type", "name"), row, strict=True)) for row in rows])
    return frame.assign(**extra)


def found(text, lexicon):
    return nasij.extract(text, lexicon=lexicon, tagger=False)["entity"].tolist()


@pytest.fixture
def forms(tmp_path):
    """One row in every form that is taken."""
    plain, comma, semicolon, folder = (
        tmp_path / name for name in ("mine.tsv", "mine.csv", "excel.csv", "folder")
    )
    head, row = list(LINA), list(LINA.values())
    plain.write_text("# mine\n" + "\t".join(head) + "\n" + "\t".join(row) + "\n", "utf-8")
    comma.write_text(f'{",".join(head)}\n{",".join(row[:3])},"{row[3]}"\n', "utf-8")
    semicolon.write_text(f"{';'.join(head)}\r\n{';'.join(row)}\r\n", "utf-8-sig")
    folder.mkdir()
    (folder / "a.csv").write_bytes(comma.read_bytes())
    (folder / "b.tsv").write_text("type\tname\nPER\tسامر هادي\n", "utf-8")
    frame = pd.DataFrame([LINA])
    return [plain, str(comma), semicolon, folder, frame, [LINA]]


def test_a_name_is_added_from_every_form(forms):
    for added, form in zip([1, 1, 1, 2, 1, 1], forms, strict=True):
        lexicon = SHIPPED.extend(form)
        assert found(SENTENCE, lexicon) == ["per:lina-hadi"]
        assert len(lexicon) == len(SHIPPED) + added
        # Wherever a lexicon is asked for, what makes one will do.
        assert found(SENTENCE, form) == ["per:lina-hadi"]
        column = pd.Series([SENTENCE]).nasij.extract(lexicon=form)
        assert column["entity"].tolist() == ["per:lina-hadi"]
        corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": [SENTENCE]}))
        entities = corpus.analyze(lexicon=form).entities[["entity", "subtype"]]
        assert entities.to_numpy().tolist() == [["per:lina-hadi", "reporter"]]


def test_a_lexicon_of_a_frame_alone_knows_nothing_else():
    lexicon = nasij.Lexicon.from_frame(pd.DataFrame([LINA]))
    assert len(lexicon) == 1
    assert found("قالت لينا هادي في مصر.", lexicon) == ["per:lina-hadi"]


def test_the_wikidata_item_reaches_the_table_of_entities():
    mine = table(("PER", "لينا هادي"), wikidata="Q42")
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": [SENTENCE]}))
    entities = corpus.analyze(mine).entities
    assert entities.set_index("name")["wikidata"]["لينا هادي"] == "Q42"


def test_aliases_may_be_lists():
    mine = [{"type": "PER", "name": "لينا هادي", "aliases": ["لينا الهادي", "ل. هادي"]}]
    assert SHIPPED.extend(mine).entries["aliases"].iloc[0] == "لينا الهادي|ل. هادي"


def test_of_two_entities_with_one_spelling_the_higher_priority_wins():
    mine = table(("MISC", "برلين"), id="misc:berlin-film")
    assert found("عرضوا برلين أمس.", SHIPPED.extend(mine)) == ["misc:berlin-film"]
    low = SHIPPED.extend(mine.assign(priority=-1))
    assert found("عرضوا برلين أمس.", low) == ["loc:berlin"]
    # Also among the rows of one table, and after a further extension.
    two = pd.concat([mine, table(("ORG", "برلين"), id="org:berlin", priority=1)])
    assert found("عرضوا برلين أمس.", SHIPPED.extend(two)) == ["org:berlin"]
    assert found("عرضوا برلين أمس.", SHIPPED.extend(two).extend(mine)) == ["org:berlin"]
    assert low.entries.set_index("id")["priority"]["misc:berlin-film"] == -1


def test_an_entry_of_the_same_id_is_replaced():
    lexicon = SHIPPED.extend([{"id": "loc:berlin", "type": "LOC", "name": "مدينة الدببة"}])
    assert len(lexicon) == len(SHIPPED)
    assert found("وصلوا إلى مدينة الدببة.", lexicon) == ["loc:berlin"]
    assert found("عرضوا برلين أمس.", lexicon) == []


def test_entities_are_removed_by_id_frame_and_file(tmp_path):
    berlin = SHIPPED.entries.query("id == 'loc:berlin'")
    file = tmp_path / "without.csv"
    file.write_text("id,type,name\nloc:berlin,-,\nper:lina-hadi,PER,لينا هادي\n", "utf-8")
    seen = pd.DataFrame({"entity": ["loc:berlin"]})
    ways = [SHIPPED.remove("loc:berlin"), SHIPPED.remove(["loc:berlin"]), SHIPPED.remove(berlin),
            SHIPPED.remove(seen), SHIPPED.extend(file)]  # fmt: skip
    for lexicon in ways:
        assert found("عرضوا برلين أمس.", lexicon) == []
    assert found(SENTENCE, ways[-1]) == ["per:lina-hadi"]
    with pytest.raises(nasij.LexiconError, match="no entity loc:atlantis to remove"):
        SHIPPED.remove(["loc:berlin", "loc:atlantis"])
    with pytest.raises(nasij.LexiconError, match=r"row 'x', column id: empty"):
        SHIPPED.extend(table(("-", "")).set_axis(["x"]))
    with pytest.raises(nasij.ArgumentError, match="no column id or entity"):
        SHIPPED.remove(pd.DataFrame({"name": ["برلين"]}))


FAULTS = [
    ({"name": "،"}, "name", "no letter or digit"),
    ({"id": "per:lina\u200f"}, "id", "an invisible mark"),
    ({"type": "per"}, "type", "'per' is none of PER, ORG"),
    ({"name": " "}, "name", "empty"),
    ({"name": "لينا {هادي,الهادي}"}, "name", "{ in a name"),
    ({"aliases": "لينا {هادي"}, "aliases", "a brace without its pair"),
    ({"short": "هادي}"}, "short", "a brace without its pair"),
    ({"wikidata": "148"}, "wikidata", "'148' is no item such as Q148"),
    ({"wikidata": "Q"}, "wikidata", "'Q' is no item such as Q148"),
    ({"priority": "high"}, "priority", "'high' is no whole number"),
    ({"id": "per:first"}, "id", "per:first is the id in OTHER too"),
]


@pytest.mark.parametrize(("cells", "column", "fault"), FAULTS, ids=lambda part: str(part)[:40])
def test_a_fault_is_named_by_row_and_column(cells, column, fault, tmp_path):
    first = {"id": "per:first", "type": "PER", "name": "سامر هادي"}
    frame = pd.DataFrame([first, LINA | cells], index=["one", "two"]).fillna("")

    def message(given, row, other):
        with pytest.raises(nasij.LexiconError) as caught:
            SHIPPED.extend(given)
        text = str(caught.value).replace('"', "'")
        assert re.search(f"row {re.escape(row)}, column {column}", text), text
        assert fault.replace("OTHER", other) in text

    message(frame, "'two'", "the frame, row 'one'")
    for name, separator in (("mine.tsv", "\t"), ("mine.csv", ";")):
        frame.to_csv(tmp_path / name, sep=separator, index=False)
        message(tmp_path / name, "3", f"{tmp_path / name}, row 2")


@pytest.mark.parametrize(
    ("wrong", "meant"),
    [("alias", "aliases"), ("nom", None), ("types", "type"), ("wiki", "wikidata")],
)
def test_a_wrong_column_is_named_with_the_one_meant(wrong, meant, tmp_path):
    frame = pd.DataFrame([LINA]).assign(**{wrong: ""})
    pattern = f"column {wrong}: no such column" + (f", {meant} is meant" if meant else "")
    with pytest.raises(nasij.LexiconError, match=f"the frame, {pattern}"):
        SHIPPED.extend(frame)
    frame.to_csv(tmp_path / "mine.csv", index=False)
    with pytest.raises(nasij.LexiconError, match=f"row 1, {pattern}"):
        SHIPPED.extend(tmp_path / "mine.csv")
    with pytest.raises(nasij.LexiconError, match='no column "type"'):
        SHIPPED.extend(frame[["name"]])


def test_files_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(nasij.LexiconError, match=r"none\.tsv: not readable"):
        nasij.Lexicon.read(tmp_path / "none.tsv")
    with pytest.raises(nasij.LexiconError, match=r"no \.tsv or \.csv file"):
        nasij.Lexicon.read(tmp_path)
    odd = tmp_path / "odd.csv"
    odd.write_text('type,name\nPER,"لينا\n', "utf-8")
    with pytest.raises(nasij.LexiconError, match=r"odd\.csv, row 2: unexpected end"):
        SHIPPED.extend(odd)
    odd.write_bytes("type,name\nPER,لينا هادي\n".encode("windows-1256"))
    assert found(SENTENCE, odd) != []
    for nothing in (3, None, [1]):
        with pytest.raises(nasij.ArgumentError):
            SHIPPED.extend(nothing)
    with pytest.raises(nasij.ArgumentError, match="not int"):
        nasij.extract(SENTENCE, 3)


def test_a_frame_that_no_file_could_hold_is_refused():
    twice = pd.DataFrame([["PER", "لينا هادي", "سامر"]], columns=["type", "name", "name"])
    with pytest.raises(nasij.LexiconError, match="the frame, column name: given twice"):
        SHIPPED.extend(twice)
    comment = pd.DataFrame({"name": ["#لينا"], "type": ["MISC"]})
    with pytest.raises(nasij.LexiconError, match="row 0, column name: begins with #"):
        SHIPPED.extend(comment)
    assert len(SHIPPED.extend(comment[["type", "name"]])) == len(SHIPPED) + 1
    broken = pd.DataFrame({"type": ["PER"], "name": ["لينا \ud800"]}, dtype=object)
    with pytest.raises(nasij.LexiconError, match="row 0: a lone surrogate"):
        SHIPPED.extend(broken)


def test_nothing_added_and_nothing_removed_is_the_same():
    for lexicon in (SHIPPED.extend([]), SHIPPED.remove([])):
        pd.testing.assert_frame_equal(lexicon.entries, SHIPPED.entries)
    with pytest.raises(nasij.ArgumentError, match="not NoneType"):
        SHIPPED.remove(None)


def test_what_may_not_be_meant_is_a_warning():
    two = table(("PER", "لينا هادي"), ("ORG", "لينا هادي"))
    with pytest.warns(nasij.NasijWarning, match=r"row 1, column aliases: «لينا هادي» .* row 0 too"):
        SHIPPED.extend(two)
    with pytest.warns(nasij.NasijWarning, match="«اجتماع» is also an ordinary word; write "):
        SHIPPED.extend(table(("ORG", "اجتماع")))
    many = pd.concat([two] * 4).assign(id=[f"per:{n}" for n in range(8)])
    with pytest.warns(nasij.NasijWarning, match=r"\(and 4 more\)"):
        SHIPPED.extend(many)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        SHIPPED.extend(two.assign(priority=[0, 1]))
        SHIPPED.extend(table(("ORG", "مؤسسة اجتماع"), aliases="?اجتماع"))


def test_a_lexicon_survives_pickling_and_never_changes():
    lexicon = SHIPPED.extend([LINA])
    again = pickle.loads(pickle.dumps(lexicon))
    pd.testing.assert_frame_equal(again.entries, lexicon.entries)
    assert found(SENTENCE, again) == ["per:lina-hadi"]
    assert len(SHIPPED) == len(lexicon) - 1


def test_thousands_of_names_are_added_at_once():
    letters = "بتجحدرسعفقكلمنهي"
    word = lambda n: "".join(letters[n // 16**i % 16] for i in range(4))  # noqa: E731
    names = [f"{word(n)}و {word(n * 7)}ا" for n in range(10_000)]
    frame = pd.DataFrame(
        {"type": "PER", "name": names, "id": [f"per:n-{n}" for n in range(10_000)]}
    )
    lexicon = SHIPPED.extend(frame)
    assert len(lexicon) == len(SHIPPED) + 10_000


def test_the_example_of_the_guide_runs():
    failed, tried = doctest.testfile(
        str(GUIDE), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert tried >= 4
    assert not failed


@pytest.mark.parametrize("kind", ["ORG", "PER"])
def test_the_tagger_does_not_overrule_ones_own_names(kind):
    # It takes what stands behind «مدينة» for a place, and the man for one.
    lexicon = SHIPPED.extend(table((kind, "كرملاوة"), ("LOC", "سالم البرقاني")))
    text = "التقى سالم البرقاني في مدينة كرملاوة وفدا من شركة بوتين للنفط."
    mentions = nasij.extract(text, lexicon)
    assert mentions[["text", "type"]].to_numpy().tolist()[:2] == [
        ["سالم البرقاني", "LOC"],
        ["كرملاوة", kind],
    ]
    assert mentions["found_by"].tolist()[:2] == ["lexicon", "lexicon"]
