"""Reading: every format and encoding, and a clear word for everything that is wrong."""

import gzip
import io
import json
import subprocess
import sys
import warnings
import zipfile
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

import nasij
from nasij.reading import collect
from nasij.reading.dates import parse_date
from nasij.reading.decoding import detect, sample_of

ARABIC = "وصل الوزير إلى القاهرة يوم الثلاثاء، وقال إن المحادثات كانت مفيدة."
FRENCH = "Le ministère des Affaires étrangères a annoncé que la réunion était reportée à l'été."


def write_lines(path, objects):
    lines = [item if isinstance(item, str) else json.dumps(item) for item in objects]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def read(paths, **columns):
    """Reads without minding the warning; problems are looked at in the table."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", nasij.ReadWarning)
        return nasij.Corpus.read(paths, **columns)


def reasons(corpus):
    return corpus.problems["reason"].tolist()


def test_a_folder_is_read_in_order_and_named_after_its_files(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.txt", "a.txt", "b/m.txt"):
        (tmp_path / name).write_text(ARABIC, encoding="utf-8")
    corpus = nasij.Corpus.read(tmp_path)
    assert corpus.documents["doc"].tolist() == ["a", "z", "m"]
    assert corpus.texts[0] == corpus.text("m") == ARABIC
    assert corpus.documents["encoding"].tolist() == ["utf-8"] * 3
    assert corpus.problems.empty


def test_two_text_files_of_one_name_are_told_apart_by_their_path(tmp_path):
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "news.txt").write_text(ARABIC, encoding="utf-8")
    assert nasij.Corpus.read(tmp_path).documents["doc"].tolist() == ["x/news", "y/news"]


def test_a_glob_and_a_list_of_files(tmp_path):
    for name in ("a.txt", "b.txt", "c.md"):
        (tmp_path / name).write_text(ARABIC, encoding="utf-8")
    assert len(nasij.Corpus.read(str(tmp_path / "*.txt"))) == 2
    assert len(nasij.Corpus.read([tmp_path / "a.txt", tmp_path / "a.txt"])) == 1
    with pytest.raises(nasij.ReadError, match="no file matches"):
        nasij.Corpus.read(str(tmp_path / "*.csv"))


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1256", "windows-1256"),
        ("iso8859_6", "iso-8859-6"),
    ],
)
def test_encodings_are_found(tmp_path, encoding, shown):
    (tmp_path / "a.txt").write_bytes(ARABIC.encode(encoding))
    record = json.dumps({"text": ARABIC}, ensure_ascii=False) + "\n"
    (tmp_path / "b.jsonl").write_bytes((record * 2).encode(encoding))
    (tmp_path / "c.csv").write_bytes(f'id,text\r\n1,"{ARABIC}"\r\n'.encode(encoding))
    corpus = nasij.Corpus.read(tmp_path)
    assert list(corpus.texts) == [ARABIC] * 4
    assert set(corpus.documents["encoding"]) == {shown}


def test_an_encoding_may_be_named(tmp_path):
    (tmp_path / "a.txt").write_bytes("قمة".encode("cp1256"))
    assert nasij.Corpus.read(tmp_path, encoding="cp1256").texts[0] == "قمة"
    with pytest.raises(nasij.ArgumentError, match="unknown encoding"):
        nasij.Corpus.read(tmp_path, encoding="windows-arabic")


def test_a_latin_1_file_is_read_and_said(tmp_path):
    (tmp_path / "fr.txt").write_bytes(FRENCH.encode("latin-1"))
    (tmp_path / "ar.txt").write_text(ARABIC, encoding="utf-8")
    corpus = read(tmp_path)
    assert corpus.text("fr") == FRENCH
    assert "Western encoding" in reasons(corpus)[0]


def test_ascii_at_the_start_does_not_hide_the_encoding():
    assert detect(b"[url] http://x\n" * 500 + ARABIC.encode("cp1256")) == "windows-1256"
    assert detect((ARABIC * 99).encode()[:-1], complete=False) == "utf-8"
    assert detect((ARABIC * 99).encode() + b"\xff") == "utf-8"


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "a.txt").write_bytes(bytes(range(256)) * 9)
    with pytest.raises(nasij.ReadError, match="encoding is not recognised"):
        nasij.Corpus.read(tmp_path)


def test_a_broken_line_is_named_and_the_rest_is_read(tmp_path):
    lines = [{"id": n, "text": ARABIC} for n in range(1, 31)]
    lines[16] = '{"id": 17, "text": "وصل'
    lines[20] = "[1, 2]"
    path = write_lines(tmp_path / "news.jsonl", lines)
    with pytest.warns(nasij.ReadWarning, match=r"2 problems.*row 17"):
        corpus = nasij.Corpus.read(path)
    assert len(corpus) == 28
    problems = corpus.problems
    assert problems["row"].tolist() == [17, 21]
    assert problems["file"].tolist() == [str(path)] * 2
    assert "broken JSON" in problems["reason"][0]
    assert "array where an object" in problems["reason"][1]


def test_texts_that_are_missing_empty_or_no_strings(tmp_path):
    values = [None, "", "  \n", 7, ["أ"], ARABIC]
    corpus = read(write_lines(tmp_path / "a.jsonl", [{"text": v} for v in values] + [{"x": 1}]))
    assert len(corpus) == 1
    assert corpus.documents["row"].tolist() == [6]
    assert sorted(corpus.problems["row"]) == [1, 2, 3, 4, 5, 7]
    assert "of type int" in reasons(corpus)[3]


def test_repeated_ids_are_kept_apart(tmp_path):
    ids = ["a", "a", "a#2", "a", None, 5, 6.0]
    path = write_lines(tmp_path / "n.jsonl", [{"id": i, "text": ARABIC} for i in ids])
    corpus = read(path)
    assert corpus.documents["doc"].tolist() == ["a", "a#2", "a#2#2", "a#3", "n:5", "5", "6"]
    assert sum("is taken" in reason for reason in reasons(corpus)) == 3


def test_lone_surrogates_become_replacement_characters(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "x\\udc00", "text": "قال \\ud83d\\ude00 \\ud800!"}\n')
    corpus = read(path)
    assert corpus.texts[0] == "قال \U0001f600 \ufffd!"
    assert "position 6" in reasons(corpus)[0]
    assert corpus.documents["doc"][0] == "x?"


def test_invalid_bytes_cost_one_line_of_jsonl_and_no_text_file(tmp_path):
    lines = [json.dumps({"text": ARABIC}, ensure_ascii=False).encode() for _ in range(9)]
    lines[3] = lines[3].replace("ق".encode(), b"\xff")
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    (tmp_path / "b.txt").write_bytes(ARABIC.encode() + b" \xd9")
    corpus = read(tmp_path)
    assert len(corpus) == 9
    assert corpus.text("b") == ARABIC + " \ufffd"
    assert corpus.problems["row"].tolist()[0] == 4


def test_columns_are_found_by_usual_names(tmp_path):
    frame = pd.DataFrame(
        {
            "URL": ["u1"],
            "النص": [ARABIC],
            "Published At": ["2024-05-01"],
            "Newspaper": ["الخبر"],
            "Headline": ["قمة"],
            "category": ["politics"],
        }
    )
    frame.to_csv(tmp_path / "a.csv", index=False)
    documents = nasij.Corpus.read(tmp_path).documents
    row = documents.iloc[0]
    assert (row["doc"], row["source"], row["title"]) == ("u1", "الخبر", "قمة")
    assert row["date"] == pd.Timestamp("2024-05-01")
    assert row["category"] == "politics"
    assert list(documents.columns[:7]) == [
        "doc", "date", "source", "title", "file", "row", "encoding",
    ]  # fmt: skip
    assert documents["date"].dtype.kind == "M"


def test_a_column_no_file_has_is_an_error_that_names_the_columns(tmp_path):
    path = write_lines(tmp_path / "a.jsonl", [{"text": ARABIC, "when": "2024"}])
    with pytest.raises(nasij.ArgumentError, match=r"'body'.*text, when"):
        nasij.Corpus.read(path, text="body")
    with pytest.raises(nasij.ArgumentError, match="'published'"):
        nasij.Corpus.read(path, date="published")
    (tmp_path / "b.txt").write_text(ARABIC, encoding="utf-8")
    with pytest.raises(nasij.ArgumentError, match="no columns"):
        nasij.Corpus.read(tmp_path / "b.txt", date="published")


def test_a_column_missing_in_one_of_several_files_is_a_problem(tmp_path):
    write_lines(tmp_path / "a.jsonl", [{"body": ARABIC, "when": "2024-01-01"}])
    write_lines(tmp_path / "b.jsonl", [{"body": ARABIC}, {"body": ARABIC}])
    write_lines(tmp_path / "c.jsonl", [{"other": ARABIC}, {"other": ARABIC}])
    corpus = read(tmp_path, text="body", date="when")
    assert len(corpus) == 3
    names = [str(tmp_path / f"{name}.jsonl") for name in "bcc"]
    assert corpus.problems["file"].tolist() == names
    assert "no column 'when'" in reasons(corpus)[0]


def test_no_text_column_at_all(tmp_path):
    write_lines(tmp_path / "a.jsonl", [{"foo": ARABIC}])
    with pytest.raises(nasij.ReadError, match=r"no text column.*foo"):
        nasij.Corpus.read(tmp_path)


def test_csv_delimiters_quotes_and_ragged_rows(tmp_path):
    (tmp_path / "a.csv").write_text(f'id;text\n1;"{ARABIC}\nسطر ""ثان"""\n2;x;y\n3\n4;ب\n')
    (tmp_path / "b.tsv").write_text(f"id\ttext\n5\t{ARABIC}\n")
    corpus = read(tmp_path)
    assert corpus.documents["doc"].tolist() == ["1", "4", "5"]
    assert corpus.texts[0].endswith('سطر "ثان"')
    assert corpus.problems["row"].tolist() == [3, 4]
    assert "3 fields where the header has 2" in reasons(corpus)[0]


def test_a_field_larger_than_the_csv_module_allows(tmp_path):
    big = "كلمة " * 100_000
    (tmp_path / "a.csv").write_text(f"id,text\n1,{big}\n")
    assert nasij.Corpus.read(tmp_path).texts[0] == big


def test_gzip_zip_and_what_is_in_them(tmp_path):
    record = json.dumps({"id": "g", "text": ARABIC})
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(record.encode()))
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("photo.png", b"\x89PNG")
        archive.writestr("in/one.txt", ARABIC)
        archive.writestr("two.csv.gz", gzip.compress(f"text\n{ARABIC}\n".encode()))
        archive.writestr("__MACOSX/._one.txt", b"x")
    corpus = read(tmp_path)
    assert corpus.documents["doc"].tolist() == ["g", "one", "two:2"]
    assert corpus.documents["file"][1] == f"{tmp_path / 'b.zip'}/in/one.txt"
    assert any(".png are not read" in reason for reason in reasons(corpus))


def test_broken_archives_are_problems(tmp_path):
    whole = gzip.compress((json.dumps({"text": ARABIC}) + "\n").encode() * 999)
    (tmp_path / "cut.jsonl.gz").write_bytes(whole[: len(whole) - 20])
    (tmp_path / "bad.jsonl.gz").write_bytes(b"no gzip")
    (tmp_path / "bad.zip").write_bytes(b"no zip")
    (tmp_path / "bad.parquet").write_bytes(b"no parquet")
    (tmp_path / "good.txt").write_text(ARABIC, encoding="utf-8")
    corpus = read(tmp_path)
    assert "good" in corpus.documents["doc"].tolist()
    files = corpus.problems["file"].str.rsplit("/", n=1).str[-1]
    assert set(files) == {"cut.jsonl.gz", "bad.jsonl.gz", "bad.zip", "bad.parquet"}


def test_parquet(tmp_path):
    pytest.importorskip("pyarrow")
    frame = pd.DataFrame(
        {
            "id": [1, 2, 3],
            "body": [ARABIC, None, ARABIC],
            "date": pd.to_datetime(["2024-01-01", None, "2024-02-01"], utc=True),
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    corpus = read(tmp_path)
    assert corpus.documents["doc"].tolist() == ["1", "3"]
    assert corpus.documents["date"].tolist() == list(pd.to_datetime(["2024-01-01", "2024-02-01"]))
    assert corpus.problems["row"].tolist() == [2]


def test_parquet_without_pyarrow_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    with pytest.raises(nasij.ReadError, match=r"pip install nasij\[parquet\]"):
        nasij.Corpus.read(tmp_path)


def test_a_file_too_large_for_memory_costs_no_other(tmp_path, monkeypatch):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(ARABIC, encoding="utf-8")
    usual = collect.read_source

    def read_source(source, *arguments):
        if source.label == "a":
            raise MemoryError
        yield from usual(source, *arguments)

    monkeypatch.setattr(collect, "read_source", read_source)
    corpus = read(tmp_path)
    assert corpus.documents["doc"].tolist() == ["b"]
    assert reasons(corpus) == ["not readable: it does not fit into memory"]


def test_hidden_and_unknown_files_are_problems_not_crashes(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".DS_Store").write_bytes(b"x")
    (tmp_path / "report.docx").write_bytes(b"x")
    (tmp_path / "all.json").write_text("[]")
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    corpus = read(tmp_path)
    assert len(corpus) == 1
    assert len(corpus.problems) == 6
    assert any("as .jsonl" in reason for reason in reasons(corpus))


def test_nothing_at_all(tmp_path):
    with pytest.raises(nasij.ReadError, match="holds no files"):
        nasij.Corpus.read(tmp_path)
    with pytest.raises(nasij.ReadError, match="no such file or folder"):
        nasij.Corpus.read(tmp_path / "missing")
    with pytest.raises(nasij.ArgumentError, match="a path is"):
        nasij.Corpus.read([3])


def test_other_columns_are_kept_and_clashes_renamed(tmp_path):
    objects = [{"text": ARABIC, "views": n, "file": "f", "tags": ["x"]} for n in range(3)]
    objects[1]["late"] = "x"
    objects[2]["html"] = "<p>" * 1000
    corpus = read(write_lines(tmp_path / "a.jsonl", objects))
    documents = corpus.documents
    assert documents["views"].tolist() == [0, 1, 2]
    assert documents["file_original"].tolist() == ["f"] * 3
    assert documents["late"].isna().tolist() == [True, False, True]
    assert "tags" not in documents
    assert "html" not in documents
    assert "column is left out" in reasons(corpus)[0]


def test_texts_reach_the_extension_in_chunks(monkeypatch):
    monkeypatch.setattr(collect, "_CHUNK", 100)
    chunks = list(collect._chunks(iter(["ا" * 30] * 5)))
    assert [len(chunk) for chunk in chunks] == [2, 2, 1]


def test_one_line_of_twenty_megabytes(tmp_path):
    text = (ARABIC + " ") * 160_000
    write_lines(tmp_path / "a.jsonl", [{"text": text}])
    assert nasij.Corpus.read(tmp_path).texts[0] == text


def test_from_frame_keeps_columns_and_index_labels():
    frame = pd.DataFrame({"body": [ARABIC, None, ARABIC], "rank": [1, 2, 3]}, index=list("xyz"))
    with pytest.warns(nasij.ReadWarning, match="row 2, column body: no text"):
        corpus = nasij.Corpus.from_frame(frame, text="body")
    assert corpus.documents["doc"].tolist() == ["x", "z"]
    assert corpus.documents["rank"].tolist() == [1, 3]
    with pytest.raises(nasij.ArgumentError, match=r"no column 'text' for text=.*body, rank"):
        nasij.Corpus.from_frame(frame, text="text")
    with pytest.raises(nasij.ArgumentError, match="data frame is needed"):
        nasij.Corpus.from_frame([ARABIC])
    with pytest.raises(nasij.ReadError):
        nasij.Corpus.from_frame(frame.iloc[:0], text="body")


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_from_frame_takes_arrow(library):
    module = pytest.importorskip(library)
    make = {"polars": "DataFrame", "pyarrow": "table"}[library]
    table = getattr(module, make)({"text": [ARABIC], "date": [datetime(2024, 1, 2)], "n": [4]})
    documents = nasij.Corpus.from_frame(table).documents
    assert documents["date"][0] == pd.Timestamp("2024-01-02")
    assert documents["n"][0] == 4


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2015-07-21", "2015-07-21"),
        ("2015-07-21T10:30:00+03:00", "2015-07-21T07:30"),
        ("2015-07-21 10:30:00 +0300", "2015-07-21T07:30"),
        ("2015-07-21 10:30:00 UTC", "2015-07-21T10:30"),
        ("Tue, 21 Jul 2015 10:30:00 +0100", "2015-07-21T09:30"),
        ("21/07/2015", "2015-07-21"),
        ("٢١/٠٧/٢٠١٥", "2015-07-21"),
        ("07/21/2015", "2015-07-21"),
        ("2015/7/21 22:05", "2015-07-21T22:05"),
        ("21-7-2015 10:05 م", "2015-07-21T22:05"),
        ("الثلاثاء 21 يوليو 2015", "2015-07-21"),
        ("21 تموز (يوليو) 2015", "2015-07-21"),
        ("5 كانون الثاني 2016", "2016-01-05"),
        ("5 تشرين الأوّل/أكتوبر 2016", "2016-10-05"),
        ("12 آب 2014 - 09:15", "2014-08-12T09:15"),
        ("3 جانفي 2018", "2018-01-03"),
        ("14 جويلية 2017", "2017-07-14"),
        ("20 غشت 2019", "2019-08-20"),
        ("1 دجنبر 2019", "2019-12-01"),
        ("July 21, 2015", "2015-07-21"),
        ("21 août 2015", "2015-08-21"),
        (20150721, "2015-07-21"),
        (1437474600, "2015-07-21T10:30"),
        (1437474600000.0, "2015-07-21T10:30"),
        (np.datetime64("2015-07-21"), "2015-07-21"),
    ],
)
def test_dates(written, meant):
    assert parse_date(written) == datetime.fromisoformat(meant)


@pytest.mark.parametrize("written", [None, "", float("nan"), pd.NaT, "null", np.datetime64("NaT")])
def test_missing_dates(written):
    assert parse_date(written) is None


@pytest.mark.parametrize(
    "written", ["أمس", "32/01/2015", "5 رمضان 1436", "1436-10-05", True, [2015], "12", 3]
)
def test_what_is_no_date(written):
    with pytest.raises(ValueError, match=r"date|range|month|day"):
        parse_date(written)


def test_an_unreadable_date_keeps_the_document(tmp_path):
    lines = [{"text": ARABIC, "date": "أول أمس"}, {"text": ARABIC, "date": "2024-01-01"}]
    corpus = read(write_lines(tmp_path / "a.jsonl", lines))
    assert corpus.documents["date"].isna().tolist() == [True, False]
    assert corpus.problems.loc[0, ["row", "column"]].tolist() == [1, "date"]


def test_importing_loads_nothing_heavy():
    code = (
        "import sys, nasij; heavy = {'scipy', 'networkx', 'matplotlib', 'tqdm', "
        "'charset_normalizer'}; print(*(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert not done.stdout.strip()


def test_a_stream_in_an_unknown_encoding_is_no_endless_loop():
    assert sample_of(io.BytesIO(b"")) == (b"", True)


@pytest.mark.parametrize("first", ["وصل", "وصل\nقال"])
def test_a_quotation_mark_left_open_is_noted(tmp_path, first):
    (tmp_path / "a.csv").write_text(f'id,text\n1,"{first}\n2,وصل\n')
    (tmp_path / "b.csv").write_text(f'id,text\n1,"{first}"\n2,"وصل"')
    corpus = read(tmp_path)
    assert corpus.documents["doc"].tolist() == ["1", "1#2", "2"]
    assert corpus.problems.loc[0, "row"] == 2
    assert "quotation mark is not closed" in reasons(corpus)[0]
    assert len(corpus.problems) == 2


def test_a_header_alone_and_a_name_given_twice_are_noted(tmp_path):
    (tmp_path / "a.csv").write_text("id,text\n")
    (tmp_path / "b.csv").write_text(f"text,text\nأول,{ARABIC}\n")
    corpus = read(tmp_path)
    assert list(corpus.texts) == [ARABIC]
    assert reasons(corpus) == [
        "there are no rows below the header",
        "2 columns are called 'text'; the last is read",
    ]


def test_members_of_one_name_in_an_archive_are_all_read(tmp_path):
    texts = [ARABIC, "سافر الوزير."]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("one.txt", texts[0])
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("one.txt", texts[1])
    assert list(read(tmp_path).texts) == texts


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_byte_too_many_or_few_does_not_cost_a_wide_file(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes(ARABIC.encode(encoding)[:-1])
    (tmp_path / "b.csv").write_bytes(f"text\n{ARABIC}\n{ARABIC}".encode(encoding)[:-1])
    corpus = read(tmp_path)
    assert list(corpus.texts) == [ARABIC[:-1] + "\ufffd", ARABIC, ARABIC[:-1] + "\ufffd"]
    assert [reason[:18] for reason in reasons(corpus)] == ["damaged characters"] * 2


@pytest.mark.parametrize("encoding", ["UTF-16", "utf_16_le", "U16"])
def test_a_wide_encoding_may_be_named_in_any_spelling(tmp_path, encoding):
    record = json.dumps({"text": ARABIC}, ensure_ascii=False) + "\n"
    (tmp_path / "a.jsonl").write_bytes((record * 2).encode(encoding))
    assert list(nasij.Corpus.read(tmp_path, encoding=encoding).texts) == [ARABIC] * 2


@pytest.mark.parametrize(
    "data", [bytes(1000), *(ARABIC.encode(f"utf-32-{e}") for e in ("le", "be"))]
)
def test_bytes_full_of_nul_are_no_text(data):
    assert detect(data) is None


def test_what_is_no_path_is_refused_by_name():
    for wrong in (3, None, [3]):
        with pytest.raises(nasij.ArgumentError, match="a path is"):
            nasij.Corpus.read(wrong)


def test_problems_of_a_packed_text_file_name_no_column(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(b" "))
    (tmp_path / "b.txt").write_text(ARABIC, encoding="utf-8")
    corpus = read(tmp_path)
    assert corpus.problems["column"].isna().all()
    assert "1 document," in repr(corpus)
    assert "1 problem>" in repr(corpus)


def test_a_column_of_periods_is_a_column_of_dates():
    periods = pd.PeriodIndex(["2024-03", "NaT"], freq="M")
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": [ARABIC] * 2, "date": periods}))
    assert corpus.documents["date"].tolist() == [pd.Timestamp("2024-03-01"), pd.NaT]
    assert corpus.problems.empty
