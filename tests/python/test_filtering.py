"""``nasij normalize`` as a filter in a pipe: any bytes, any pace, any length of line."""

import io
import itertools
import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nasij
from nasij import filtering
from nasij.reading import decoding

# A loaded machine is no fault.
UNTIMED = settings(deadline=None, max_examples=60)
CODE = [sys.executable, "-m", "nasij", "normalize"]
LINE = "كتــاب أَحمد،  قلم\t٣ "
PIECES = st.sampled_from(
    [LINE.encode(), b"\n", b"\r\n", b"\r", b"\n\n", b"\xd9", b"\x84", b"\xe2\x80", b"\xff", b" x",
     "\u2028😀ﷺ".encode(), b"\xed\xa0\x80", b"<b>&amp;"]
)  # fmt: skip


def line_by_line(normalizer, data, encoding):
    """What comes out and how many lines are damaged, by Python's own reading of lines."""
    out, damaged = [], 0
    for line in io.TextIOWrapper(io.BytesIO(data), encoding, decoding.DAMAGED, newline="\n"):
        text = line.replace("\udcff", "\ufffd")
        damaged += text != line
        body = text.rstrip("\r\n")
        out.append(normalizer.normalize(body) + text[len(body) :])
    return "".join(out).encode(), damaged


def filtered(normalizer, blocks, encoding="utf-8"):
    out = io.BytesIO()
    damaged = filtering.normalize_stream(normalizer, blocks, encoding, out)
    return out.getvalue(), damaged


@UNTIMED
@given(
    st.lists(PIECES, max_size=30).map(b"".join),
    st.lists(st.integers(0, 200), max_size=8),
    st.sampled_from(["light", "search", "aggressive"]),
)
def test_blocks_are_cut_anywhere_and_lines_stay_lines(data, cuts, profile):
    normalizer = nasij.Normalizer(profile)
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    blocks = [data[a:b] for a, b in itertools.pairwise(places)]
    assert filtered(normalizer, blocks) == line_by_line(normalizer, data, "utf-8")


@UNTIMED
@given(st.lists(PIECES, max_size=20).map(b"".join), st.integers(1, 7))
def test_other_encodings_and_their_damage(data, size):
    normalizer = nasij.Normalizer("search")
    text = data.decode(errors="replace")
    marked = text.encode("utf-16") + b"\x00\xd8\n\x00x"
    for encoding, raw in [("utf-16", marked), ("windows-1256", data), ("utf-8-sig", data)]:
        blocks = [raw[i : i + size] for i in range(0, len(raw), size)]
        assert filtered(normalizer, blocks, encoding) == line_by_line(normalizer, raw, encoding)


def test_many_lines_are_folded_together_and_keep_their_order():
    normalizer = nasij.Normalizer("search")
    lines = [f"{LINE}{i}\r\n".encode() for i in range(100_000)]
    lines[70_000] = b"\xff\n"
    data = b"".join(lines)
    wanted = line_by_line(normalizer, data, "utf-8")
    assert wanted[1] == 1
    pieces, damaged = normalizer.normalize_lines(data)
    assert (b"".join(pieces), damaged) == wanted
    blocks = (data[i : i + 300_001] for i in range(0, len(data), 300_001))
    assert filtered(normalizer, blocks) == wanted


def test_what_has_come_is_read_together_and_an_error_after_it():
    class Source(io.RawIOBase):
        given = 0

        def read(self, _size):
            self.given += 1
            if self.given > 3:
                raise OSError(5, "no more")
            return b"x" * self.given

    blocks = filtering.read_ahead(Source())
    seen = []
    with pytest.raises(OSError, match="no more"):
        seen.extend(blocks)
    assert b"".join(seen) == b"xxxxxx"
    assert b"".join(filtering.read_ahead(io.BytesIO(b"x" * 5_000_000))) == b"x" * 5_000_000


def test_a_line_is_answered_before_the_next_comes():
    pipe = subprocess.PIPE
    with subprocess.Popen(CODE, stdin=pipe, stdout=pipe, stderr=pipe) as process:
        for _ in range(3):
            process.stdin.write("كتــاب\n".encode())
            process.stdin.flush()
            assert process.stdout.readline() == "كتاب\n".encode()
        process.stdin.write("قلـ".encode())
        assert process.communicate(timeout=60) == ("قل".encode(), b"")
        assert process.returncode == 0


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the measure of Linux")
def test_memory_is_bounded_but_by_the_longest_line():
    code = """
import sys
from pathlib import Path
from nasij.cli import main
status = main(["normalize"])
peak = next(x for x in Path("/proc/self/status").read_text().splitlines() if x[:6] == "VmHWM:")
sys.stderr.write(peak.split()[1])
sys.exit(status)
"""
    command = [sys.executable, "-c", code]

    def peak(data):
        done = subprocess.run(command, input=data, capture_output=True, check=True, timeout=300)
        assert len(done.stdout) == len(data)
        return int(done.stderr) * 1024

    words = "قال الوزير إن المدينة بخير ".encode()
    little, lines = peak(words), words * 40 + b"\n"
    assert peak(lines * (120_000_000 // len(lines))) - little < 80e6
    assert peak(words * (20_000_000 // len(words))) - little < 6 * 20e6


@pytest.mark.skipif(os.name != "posix", reason="descriptors of POSIX")
def test_what_cannot_be_read_is_said():
    command = ["sh", "-c", f"{sys.executable} -m nasij normalize 0>/dev/null"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"nasij: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.skipif(os.name != "posix", reason="descriptors of POSIX")
def test_input_that_does_not_wait_is_an_error_not_an_end():
    end, start = os.pipe()
    os.set_blocking(end, False)
    try:
        done = subprocess.run(CODE, stdin=end, capture_output=True, check=False, timeout=60)
    finally:
        os.close(end)
        os.close(start)
    assert done.returncode == 1
    assert b"not to wait" in done.stderr
