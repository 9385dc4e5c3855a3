"""The readers of the corpora that the tagger is trained on, over invented files."""

import gzip
import importlib
import json
import sys
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
    assert document.unmarked == {"MISC"}


def test_wojood_takes_the_outermost_but_the_bare_place(corpora, tmp_path):
    path = tmp_path / "v.txt"
    path.write_text(
        "رئيس B-OCC\nجامعة I-OCC B-ORG\nنابلس I-OCC I-ORG B-GPE\nفي O\nمدينة B-GPE\n"
        "القدس I-GPE B-GPE\n$#$ O\n\n",
        encoding="utf-8",
    )
    (document,) = corpora.wojood([path])
    assert _surfaces(document) == [("جامعة نابلس", "ORG"), ("القدس", "LOC")]


def test_standoff_refuses_a_mark_that_is_not_there(corpora, tmp_path):
    texts, spans = tmp_path / "t.jsonl", tmp_path / "s.jsonl"
    texts.write_text(json.dumps({"id": "x", "text": "زار بيروت"}), encoding="utf-8")
    mark = {"doc": "x", "start": 4, "end": 9, "type": "LOC", "text": "بيروت"}
    spans.write_text(json.dumps(mark), encoding="utf-8")
    (document,) = corpora.standoff(texts, spans)
    assert _surfaces(document) == [("بيروت", "LOC")]
    spans.write_text(json.dumps(mark | {"start": 3}), encoding="utf-8")
    with pytest.raises(ValueError, match="x has no LOC at 3 to 9"):
        corpora.standoff(texts, spans)


def test_unlabelled_skips_empty_texts(corpora, tmp_path):
    path = tmp_path / "n.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in ("أولا", "", "ثانيا"))
    assert list(corpora.unlabelled(path)) == ["أولا", "ثانيا"]
