"""The readers of the corpora that the tagger is trained on, over invented files."""

import gzip
import importlib
import json
import lzma
import sys
import zlib
from pathlib import Path

import pytest

MODEL = Path(__file__).parents[2] / "seeds" / "model"


@pytest.fixture(scope="module")
def corpora():
    sys.path.insert(0, str(MODEL))
    yield importlib.import_module("corpora")
    sys.path.remove(str(MODEL))


def _rows(*sentences, separator=" ", end="\n"):
    """Sentences of blank-parted token/TAG; O where no tag is given."""
    lines = []
    for sentence in sentences:
        for token in sentence.split():
            word, _, tag = token.partition("/") if len(token) > 1 else (token, "", "")
            lines.append(f"{word}{separator}{tag or 'O'}")
        lines.append("")
    return end.join(lines) + end


def _surfaces(document):
    return [(document.text[start:end], kind) for start, end, kind in document.spans]


def test_anercorp_reads_as_text_without_proclitics(corpora, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        _rows(
            "زار سامر/B-PERS الوردي/I-PERS لبنان/B-LOC ، ثم بيروت/B-LOC .",
            'وقال ( الوردي/B-PERS ) للصين/B-LOC ولبنان/B-LOC " نعم " .',
            "وصل إلى الصين/B-LOC .",
        ),
        encoding="utf-8",
    )
    (document,) = corpora.anercorp(path)
    assert document.text == (
        'زار سامر الوردي لبنان، ثم بيروت.\nوقال (الوردي) للصين ولبنان "نعم".\nوصل إلى الصين.'
    )
    assert _surfaces(document) == [
        ("سامر الوردي", "PER"), ("لبنان", "LOC"), ("بيروت", "LOC"), ("الوردي", "PER"),
        ("لصين", "LOC"), ("لبنان", "LOC"), ("الصين", "LOC"),
    ]  # fmt: skip


def test_a_dateline_begins_an_article_and_a_copy_is_left_out(corpora, tmp_path):
    first = ["هدأ البركان في الجزيرة قرب الساحل اليوم .", "وعاد السكان إلى بيوتهم قرب البركان ."]
    first.append("وراقب العلماء البركان من الساحل طوال الليل .")
    second = ["بغداد/B-LOC ( رويترز/B-ORG ) فاز الفريق بالمباراة في الدوري ."]
    second.append("وسجل اللاعب هدفين للفريق في الشوط الأول .")
    path = tmp_path / "a.txt"
    path.write_text(_rows(*first, *second, *first), encoding="utf-8")
    articles = corpora.anercorp(path)
    assert [document.text.count("\n") for document in articles] == [2, 1]
    assert articles[1].text.startswith("بغداد (رويترز) فاز")


def test_wikifane_joins_clitics_and_maps_classes(corpora, tmp_path):
    path = tmp_path / "w.txt"
    rows = _rows(
        "زار الملك/B-Politician فوزي/I-Politician عاصمة ها و قال ل المغرب/B-Nation شيئا .",
        "ف فوزي/B-Politician في المغرب/B-Nation مع المسلمين/B-Group و ف وزي/B-Politician .",
        separator="\t",
        end="\r\n",
    )
    path.write_text("\ufeff\u200e" + rows, encoding="utf-8", newline="")
    (document,) = corpora.wikifane(path)
    assert document.text == (
        "زار الملك فوزي عاصمتها وقال للمغرب شيئا.\nففوزي في المغرب مع المسلمين وفوزي."
    )
    assert _surfaces(document) == [
        ("فوزي", "PER"), ("لمغرب", "LOC"), ("فوزي", "PER"), ("المغرب", "LOC"), ("فوزي", "PER"),
    ]  # fmt: skip


def test_wojood_takes_the_outermost_but_the_bare_place(corpora, tmp_path):
    path = tmp_path / "v.txt"
    path.write_text(
        "رئيس B-OCC\nجامعة I-OCC B-ORG\nنابلس I-OCC I-ORG B-GPE\nفي O\nمدينة B-GPE\n"
        "القدس I-GPE B-GPE\n$#$ O\n\n",
        encoding="utf-8",
    )
    (document,) = corpora.wojood([path])
    assert _surfaces(document) == [("جامعة نابلس", "ORG"), ("القدس", "LOC")]


def test_marks_hold_for_the_article_that_was_marked(corpora, tmp_path):
    text = "زار سامر الوردي بيروت"
    marks = tmp_path / "marks.jsonl"
    row = {"corpus": "ant", "doc": "7", "crc32": zlib.crc32(text.encode())}
    marks.write_text(json.dumps({**row, "spans": [[4, 15, "PER"], [16, 21, "LOC"]]}), "utf-8")
    (document,) = corpora.marked(marks, {"ant": {"7": text}})
    assert _surfaces(document) == [("سامر الوردي", "PER"), ("بيروت", "LOC")]
    for other in ({"7": text + "."}, {"8": text}):
        with pytest.raises(ValueError, match="ant 7 is not the article that was marked"):
            corpora.marked(marks, {"ant": other})


def test_articles_are_numbered_by_line_or_named_by_id(corpora, tmp_path):
    rows = tmp_path / "a.jsonl.gz"
    with gzip.open(rows, "wt", encoding="utf-8") as file:
        file.writelines(
            json.dumps(row) + "\n" for row in ({"id": "x", "text": "أولا"}, {"id": 5, "text": None})
        )
    assert corpora.articles_of(rows) == {"x": "أولا", "5": ""}
    lines = tmp_path / "a.txt.xz"
    with lzma.open(lines, "wt", encoding="utf-8") as file:
        file.write("أولا \n\nثانيا\n")
    assert corpora.articles_of(lines) == {"0": "أولا ", "1": "", "2": "ثانيا"}
