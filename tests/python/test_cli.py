"""The command line as a new user meets it, right and wrong."""

import io
import json
import os
import signal
import subprocess
import sys

import pandas as pd
import pytest

import nasij
from nasij import cli
from nasij.cli import report

BOTH = "التقى فلاديمير بوتين وشي جين بينغ في موسكو."


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def run(capsys, monkeypatch):
    def call(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(stdin))))
        try:
            status = cli.main([str(argument) for argument in arguments])
        except SystemExit as error:
            status = error.code
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "news.jsonl"
    lines = [{"id": f"n{i}", "body": BOTH, "source": "أ", "date": "2024-01-0" + str(i)} for i in
             range(1, 6)]  # fmt: skip
    text = "\n".join(json.dumps(line) for line in lines)
    path.write_text(text + "\n{broken\n", encoding="utf-8")
    return path


def test_analyze_prints_the_top_and_writes_everything(run, articles, tmp_path):
    status, out, err = run("analyze", articles, "-o", tmp_path / "out")
    assert status == 0
    for words in ("Top people", "Vladimir Putin", "Most copied (5 documents, 1 story)",
                  "Top pairs of people, in sentences", "LLR", "Evidence", BOTH,
                  "[n1 · 2024-01-01 · أ]", "5 documents", "MB/s"):  # fmt: skip
        assert words in out
    names = {"documents.csv", "mentions.csv", "entities.csv", "roles.csv", "stories.csv",
             "pairs.csv", "problems.csv", "network.gexf"}  # fmt: skip
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert all(str(tmp_path / "out" / name) in out for name in names)
    assert "1 problems" not in err
    assert "row 6" in err
    pairs = pd.read_csv(tmp_path / "out" / "pairs.csv")
    assert (pairs["count"] == 5).all()


def test_what_is_counted_and_when(run, articles, tmp_path):
    given = ("analyze", articles, "-o", tmp_path / "out", "--quiet", "--no-tagger")
    status, _, err = run(*given, "--count", "sources", "--since", "2024-01-04", "--until", "2024")
    assert status == 0, err
    assert len(pd.read_csv(tmp_path / "out" / "documents.csv")) == 2
    pairs = run("analyze", articles, "-o", tmp_path / "b", "--quiet", "--count", "days")
    assert pairs[0] == 0
    assert pd.read_csv(tmp_path / "b" / "pairs.csv")["total"].unique().tolist() == [5]
    status, _, err = run("analyze", articles, "-o", tmp_path / "c", "--until", "2022")
    assert status == 2
    assert "no document is left" in err


def test_analyze_formats_and_quiet(run, articles, tmp_path):
    status, out, _ = run(
        "analyze", articles, "-o", tmp_path / "o", "--format", "jsonl", "--quiet",
        "--unit", "document", "--types", "per", "--threads", "1", "--text", "body",
    )  # fmt: skip
    assert (status, out) == (0, "")
    lines = (tmp_path / "o" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "فلاديمير بوتين" in lines[0]


def test_nothing_usable_is_1_and_writes_nothing(run, tmp_path):
    (tmp_path / "empty").mkdir()
    status, out, err = run("analyze", tmp_path / "empty", "-o", tmp_path / "out")
    assert (status, out) == (1, "")
    assert "holds no files" in err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--unit", "word"], "unit is one of"),
        (["--min-count", "0"], "whole number from 1"),
        (["--types", "PERS"], "did you mean 'PER'"),
        (["--min-score", "1.5"], "min_score is a number from 0 to 1"),
        (["--min-score", "high"], "'high' is not a number from 0 to 1"),
        (["--text", "text_ar"], "no file has a column 'text_ar'"),
        (["--format", "xlsx"], "invalid choice"),
        (["--lexicon", "missing.tsv"], "missing.tsv"),
        (["--encoding", "arabic-1"], "unknown encoding"),
    ],
)
def test_wrong_usage_is_2_and_says_what_is_right(run, articles, tmp_path, arguments, words):
    status, _, err = run("analyze", articles, "-o", tmp_path / "out", *arguments)
    assert status == 2
    assert words in err
    assert not (tmp_path / "out").exists()


def test_results_are_not_overwritten_unasked(run, articles, tmp_path):
    assert run("analyze", articles, "-o", tmp_path / "out")[0] == 0
    status, _, err = run("analyze", articles, "-o", tmp_path / "out")
    assert status == 2
    assert "--force" in err
    assert run("analyze", articles, "-o", tmp_path / "out", "--force")[0] == 0
    status, _, err = run("analyze", tmp_path, "-o", tmp_path / "out", "--force")
    assert status == 2
    assert "lies in the input" in err


def test_lexicons_add_up_and_the_later_wins(run, tmp_path):
    first, second = tmp_path / "first.tsv", tmp_path / "second.csv"
    rows = ["id\ttype\tname", "per:first\tPER\tلينا هادي", "per:other\tPER\tسامر هادي"]
    first.write_text("\n".join(rows), "utf-8")
    second.write_text("id;type;name\nper:second;PER;لينا هادي\nper:other;-;\n", "utf-8")
    text = "قالت لينا هادي ذلك، وقال سامر هادي ذلك.".encode()
    options = ("--format", "jsonl", "--lexicon", first)
    found = run("extract", *options, stdin=text)[1].splitlines()
    assert [json.loads(line)["entity"] for line in found] == ["per:first", "per:other"]
    found = run("extract", *options, "--lexicon", second, stdin=text)[1].splitlines()
    assert json.loads(found[0])["entity"] == "per:second"
    assert "per:other" not in "".join(found)
    second.write_text("type,name\nORG,اجتماع\n", "utf-8")
    status, _, err = run("extract", "--lexicon", second, stdin=text)
    assert status == 0
    assert err.startswith(f"nasij: {second}, row 2, column aliases: «اجتماع» is also")
    second.write_text("type,nam\nORG,اجتماع\n", "utf-8")
    status, _, err = run("extract", "--lexicon", second, stdin=text)
    assert status == 2
    assert "row 1, column nam: no such column, name is meant" in err


def test_extract(run):
    status, out, _ = run("extract", stdin=BOTH.encode())
    rows = [line.split("\t") for line in out.splitlines()]
    assert status == 0
    assert rows[0][:3] == ["sentence", "start", "end"]
    assert [BOTH[int(row[1]) : int(row[2])] for row in rows[1:]] == [row[3] for row in rows[1:]]
    status, out, _ = run("extract", "--format", "jsonl", stdin=BOTH.encode("cp1256"))
    assert json.loads(out.splitlines()[0])["entity"] == "per:vladimir-putin"
    assert run("extract", stdin=b" \n")[0] == 1


def test_normalize_line_by_line(run):
    status, out, err = run("normalize", stdin="كتــاب\r\nقلم\n".encode() + b"\xff\n")
    assert (status, out) == (0, "كتاب\r\nقلم\n\ufffd\n")
    assert "1 line is not utf-8" in err
    assert run("normalize", "--rule", "tatweel=off", stdin="كتــاب".encode())[1] == "كتــاب"
    assert run("normalize", "--rule", "tatweel")[0] == 2
    assert run("normalize", "--rule", "tatwel=on")[0] == 2
    assert run("normalize", "--profile", "heavy")[0] == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "windows-1256"])
def test_normalize_finds_the_encoding_or_takes_it(run, encoding):
    text = f"{BOTH}\nكتــاب\n"
    wanted = (0, text.replace("ـ", ""), "")
    assert run("normalize", stdin=text.encode(encoding)) == wanted
    assert run("normalize", "--encoding", encoding, stdin=text.encode(encoding)) == wanted
    assert run("normalize", "--encoding", "arabic-1")[0] == 2
    status, out, err = run("normalize", stdin=bytes(1000))
    assert (status, out) == (1, "")
    assert "--encoding" in err


def test_results_inside_the_input_are_refused_on_the_first_run(run, articles, tmp_path):
    out = tmp_path / "in" / "results"
    out.parent.mkdir()
    articles.rename(out.parent / "news.jsonl")
    status, _, err = run("analyze", out.parent, "-o", out)
    assert status == 2
    assert "lies in the input" in err
    assert not out.exists()


@pytest.mark.skipif(os.name != "posix", reason="descriptors of POSIX")
@pytest.mark.parametrize(
    ("command", "status", "words"),
    [
        ("extract <&-", 1, b"nasij: there is no text on standard input\n"),
        ("normalize <&-", 0, b""),
        ("normalize </dev/null >&-", 0, b""),
        ("--version 2>&- <&-", 0, b""),
    ],
)
def test_closed_streams_are_empty(command, status, words):
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m nasij {command}"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (status, words)


def test_json_lines_show_the_digits_of_the_tables(run, articles, tmp_path):
    _, out, _ = run("extract", "--format", "jsonl", stdin=BOTH.encode())
    scores = [json.loads(line)["score"] for line in out.splitlines()]
    assert scores == [round(score, 3) for score in scores]
    run("analyze", articles, "-o", tmp_path / "o", "--format", "jsonl")
    lines = (tmp_path / "o" / "mentions.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["score"] for line in lines) == sorted(scores * 5)


def test_help_teaches_and_version_tells(run):
    for command in ([], ["analyze"], ["extract"], ["normalize"]):
        status, out, _ = run(*command, "--help")
        assert status == 0
        assert "examples:" in out
    assert run("--version")[1] == f"nasij {nasij.__version__}\n"
    assert run()[0] == 2


def test_an_interrupt_is_one_line(run, articles, tmp_path, monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.commands.Corpus, "read", interrupted)
    status, _, err = run("analyze", articles, "-o", tmp_path / "out")
    assert (status, err) == (130, "nasij: interrupted\n")


def test_a_closed_pipe_is_quiet():
    command = f"yes | {sys.executable} -m nasij normalize | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=True, timeout=60)
    assert done.stdout == b"y\n"
    assert not done.stderr


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_while_it_runs():
    code = [sys.executable, "-m", "nasij", "normalize"]
    pipe = subprocess.PIPE
    with subprocess.Popen(code, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        process.stdin.write(b"x\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"x\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
        assert process.stderr.read() == b"nasij: interrupted\n"


def test_the_bar_shows_only_on_a_terminal(run, articles, tmp_path, monkeypatch):
    asked = []
    whole = nasij.Corpus.analyze

    def analyze(self, *arguments, progress, **wanted):
        asked.append(progress)
        return whole(self, *arguments, **wanted)

    monkeypatch.setattr(nasij.Corpus, "analyze", analyze)
    run("analyze", articles, "-o", tmp_path / "a")
    monkeypatch.setattr(sys, "stderr", Terminal())
    cli.main(["analyze", str(articles), "-o", str(tmp_path / "b")])
    assert asked == [False, True]


def test_columns_align_by_what_a_terminal_shows():
    assert report.width("كتاب") == 4
    assert report.width("كِتَابٌ\u200f") == 4
    assert report.width("中文") == 4
