"""Threads, forks, chunks and signals: the same tables whatever runs beside them."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pandas as pd
import pytest

import nasij
from nasij import tables

TEXTS = [
    f"التقى فلاديمير بوتين وشي جين بينغ في موسكو يوم {day}. ووصل بوتين إلى الصين." * (day % 7 + 1)
    for day in range(200)
]
FRAME = pd.DataFrame({"text": TEXTS})


def pairs(threads=None):
    return nasij.Corpus.from_frame(FRAME).analyze(threads=threads).cooccurrence()


def forked(_):
    return len(pairs(2))


def test_any_number_of_threads_gives_the_same_tables():
    corpus = nasij.Corpus.from_frame(FRAME)
    one, many = corpus.analyze(threads=1), corpus.analyze(threads=8)
    for name in ("documents", "mentions", "entities"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(many, name))
    pd.testing.assert_frame_equal(one.cooccurrence(), many.cooccurrence())


def test_analyses_run_side_by_side_in_threads():
    expected = pairs()
    with ThreadPoolExecutor(4) as pool:
        for table in pool.map(lambda _: pairs(2), range(8)):
            pd.testing.assert_frame_equal(table, expected)


def test_tables_of_two_analyses_do_not_wait_for_each_other(monkeypatch):
    met = threading.Barrier(2, timeout=20)
    table = tables.mentions_table

    def together(*arguments):
        met.wait()
        return table(*arguments)

    monkeypatch.setattr(tables, "mentions_table", together)
    two = [nasij.Corpus.from_frame(FRAME[:2]).analyze() for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda analysis: analysis.mentions, two)
    pd.testing.assert_frame_equal(first, second)


def test_other_threads_run_while_texts_are_analyzed():
    corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": [text * 40 for text in TEXTS] * 5}))
    ticks, done = [], threading.Event()

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    ticker = threading.Thread(target=tick)
    ticker.start()
    try:
        began = time.perf_counter()
        corpus.analyze(threads=1)
        ended = time.perf_counter()
    finally:
        done.set()
        ticker.join()
    during = [moment for moment in ticks if began < moment < ended]
    assert len(during) > 20 * (ended - began)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_a_forked_process_analyzes_after_its_parent_did():
    expected = len(pairs(2))
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(forked, range(4)).get(timeout=60) == [expected] * 4


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_stops_an_analysis():
    code = (
        "import nasij, pandas as pd\n"
        "text = 'التقى فلاديمير بوتين وشي جين بينغ في موسكو. ' * 2000\n"
        "corpus = nasij.Corpus.from_frame(pd.DataFrame({'text': [text] * 2000}))\n"
        "print('ready', flush=True)\n"
        "corpus.analyze(threads=1)\n"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", code], stdout=pipe, stderr=pipe) as process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        # All of it would take longer than this.
        error = process.communicate(timeout=60)[1]
    assert b"KeyboardInterrupt" in error


def test_an_error_in_progress_comes_back():
    def broken(*_):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        nasij.Corpus.from_frame(FRAME).analyze(progress=broken)
