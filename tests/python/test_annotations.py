"""Annotations out of columns, JSON and CSV; faults name their file and line."""

import json

import pytest
from annotated import conll, frame, row

import nasij

SCHEMES = {
    "IOB1": ["I-PER I-PER O", "I-LOC B-LOC O", "O I-ORG I-PER"],
    "IOB2": ["B-PER I-PER O", "B-LOC B-LOC O", "O B-ORG B-PER"],
    "IOBES": ["B-PER E-PER O", "S-LOC S-LOC O", "O S-ORG S-PER"],
    "BILOU": ["B-PER L-PER O", "U-LOC U-LOC O", "O U-ORG U-PER"],
    "BMES": ["B-PER E-PER O", "S-LOC S-LOC O", "O S-ORG S-PER"],
    "underscores": ["B_PER I_PER O", "B_LOC B_LOC O", "O B_ORG B_PER"],
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme_of_tags_gives_the_same_mentions(scheme, tmp_path):
    rows = []
    for sentence in SCHEMES[scheme]:
        rows += [*zip(["كلمة", "أخرى", "بعدها"], sentence.split(), strict=True), None]
    mentions = nasij.read_annotations(conll(tmp_path / "a.txt", rows)).mentions
    assert mentions[["start", "end", "type"]].to_numpy().tolist() == [
        [0, 9, "PER"], [16, 20, "LOC"], [21, 25, "LOC"], [37, 41, "ORG"], [42, 47, "PER"],
    ]  # fmt: skip


def test_a_broken_tag_begins_a_mention_with_a_warning(tmp_path):
    rows = [("وصل", "O"), ("سالم", "I-PER"), ("إلى", "O"), ("صور", "B-LOC")]
    with pytest.warns(nasij.NasijWarning, match=r"1 tag I- without B-, the first in line 2"):
        found = nasij.read_annotations(conll(tmp_path / "a.txt", rows))
    assert found.mentions["text"].tolist() == ["سالم", "صور"]


def test_documents_of_columns(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "\ufeff-DOCSTART- -X- O\r\n\r\nقال\tO\r\nسالم\tB-PERS\r\n\r\n# تعليق\r\n"
        "# newdoc id = b7\r\n# sent_id = 1\r\nصور\tB-LOC\r\n\t\r\n\u200e\t\r\n# sent_id = 2\r\n"
        "#\tO\r\nوسم\tO\r\n",
        encoding="utf-8",
    )
    found = nasij.read_annotations(path)
    assert found.documents.to_numpy().tolist() == [["1", "قال سالم"], ["b7", "صور\n# وسم"]]
    assert found.mentions.to_numpy().tolist() == [
        ["1", 4, 8, "سالم", "PERS"],
        ["b7", 0, 3, "صور", "LOC"],
    ]
    assert found.words
    assert repr(found) == "<Annotations: 2 documents, 2 mentions>"
    assert "سالم" in found._repr_html_()
    single = nasij.read_annotations(path, sentences=1)
    assert single.documents["text"].tolist() == ["قال سالم", "صور", "# وسم"]


def test_documents_of_several_files_are_called_after_them(tmp_path):
    for name in ("x.txt", "y.txt"):
        conll(tmp_path / name, [("سالم", "B-PER"), ("قال", "O")])
    found = nasij.read_annotations(tmp_path)
    assert found.documents["doc"].tolist() == ["x", "y"]
    assert row(nasij.evaluate(found, found).scores, "micro")["f1"] == 1


EXPORTS = [
    {"label": [[4, 8, "PER"]]},
    {"entities": [[4, 8, "PER"]]},
    {"labels": [[4, 8, "PER"]]},
    {"spans": [{"start": 4, "end": 8, "label": "PER"}]},
    {"entities": [{"id": 1, "label": "PER", "start_offset": 4, "end_offset": 8}], "relations": []},
    {"label": [{"start": 4, "end": 8, "text": "سالم", "labels": ["PER"]}]},
]


@pytest.mark.parametrize("marks", EXPORTS)
@pytest.mark.parametrize("ending", ["jsonl", "json"])
def test_exports_of_annotation_tools(marks, ending, tmp_path):
    rows = [{"id": 17, "text": "قال سالم ذلك", **marks}, {"id": 18, "text": "لا", **marks}]
    rows[1] |= {name: [] for name in marks}
    path = tmp_path / f"a.{ending}"
    text = json.dumps(rows) if ending == "json" else "\n".join(map(json.dumps, rows))
    path.write_text(text, encoding="utf-8")
    found = nasij.read_annotations(path)
    assert found.documents["doc"].tolist() == ["17", "18"]
    assert found.mentions.to_numpy().tolist() == [["17", 4, 8, "سالم", "PER"]]
    assert not found.words


def test_offsets_alone_from_json_lines_and_csv(tmp_path):
    table = frame((1, 4, 8, "PER"), (2, 0, 3, "LOC"))
    table.to_json(tmp_path / "a.jsonl", orient="records", lines=True)
    table.to_csv(tmp_path / "a.csv", index=False, encoding="utf-8-sig")
    table.to_csv(tmp_path / "b.csv.gz", index=False)
    for name in ("a.jsonl", "a.csv", "b.csv.gz"):
        found = nasij.read_annotations(tmp_path / name)
        assert found.documents["text"].isna().all()
        evaluation = nasij.evaluate(tmp_path / name, table)
        assert row(evaluation.scores, "micro")["correct"] == 2
        with pytest.raises(nasij.ArgumentError, match="offsets, but no texts"):
            found.corpus()


BROKEN = {
    "a.txt": [
        ("سالم B-PER\nقال", r"line 2: a token and a tag are needed, not 'قال' alone"),
        ("سالم B-PER\nقال فعل O", r"line 2: 3 columns, but 2 in line 1; .*columns=\(0, 1\)"),
        ("سالم PER", r"line 1: 'PER' is no tag"),
        ("\tB-PER", r"line 1: no token before the tag 'B-PER'"),
        ("سالم B-", r"line 1: 'B-' is no tag"),
        ("\n\n", r"nothing is annotated"),
    ],
    "a.jsonl": [
        ('{"text": "قال"}', r"line 1: no list of mentions"),
        ('\n{"label": []}', r"line 2: no text"),
        ("{", r"line 1: no JSON"),
        ("[" * 100_000, r"no JSON"),
        ("3", r"line 1: an object is needed, not int"),
        ('{"text": "قال", "label": [[0, 4, "PER"]]}', r"0:4 is no span of the text, which has 3"),
        ('{"text": "قال", "label": [[0, "PER"]]}', r"\[0, \"PER\"\] is no \[start, end, type\]"),
        ('{"doc": 1, "start": 0, "end": 1}', r"line 1: no type"),
        ('{"start": [0], "end": 1, "type": "PER"}', r"line 1: start is \[0\], no place"),
        ('{"start": 0, "end": %s, "type": "PER"}' % ("9" * 400), r"line 1: end is 9+, no place"),
        ('{"start": 0, "end": 1, "type": ["PER"]}', r"line 1: type is .* not a string"),
        ('{"text": "\\ud800", "label": []}', r"line 1: a lone surrogate, '\\ud800'"),
    ],
    "a.csv": [("", "no CSV")],
    "a.txt.gz": [("سالم B-PER", "no gzip")],
}


@pytest.mark.parametrize(
    ("name", "text", "match"), [(n, *c) for n, cs in BROKEN.items() for c in cs]
)
def test_faults_of_files_name_their_line(name, text, match, tmp_path):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(nasij.AnnotationError, match=match):
        nasij.read_annotations(tmp_path / name)


def test_bytes_that_are_no_utf8_name_their_line(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("قال O\nسالم B-PER\n".encode("windows-1256"))
    with pytest.raises(nasij.AnnotationError, match=r"line 1: not utf-8 \(byte 0x[0-9a-f]{2}\)"):
        nasij.read_annotations(path)
    assert nasij.read_annotations(path, encoding="windows-1256").mentions["text"][0] == "سالم"
    with pytest.raises(nasij.ArgumentError, match="unknown encoding"):
        nasij.read_annotations(path, encoding="latin-999")


def test_kinds_of_files_are_not_mixed(tmp_path):
    for name in ("a.txt", "b.jsonl"):
        (tmp_path / name).write_text("", encoding="utf-8")
    with pytest.raises(nasij.ArgumentError, match="one kind of file at a time, not conll, json"):
        nasij.read_annotations(tmp_path)
