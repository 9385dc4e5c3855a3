"""Pictures: axes that hold what the tables say, and labels fit for this matplotlib."""

import pandas as pd
import pytest

import nasij

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

from nasij.plotting import label  # noqa: E402

TEXT = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين وشي جين بينغ إلى موسكو."


@pytest.fixture(scope="module")
def analysis():
    frame = pd.DataFrame({"text": [TEXT, TEXT], "date": ["2024-01-05", "2024-04-05"]})
    return nasij.Corpus.from_frame(frame).analyze()


@pytest.fixture(autouse=True)
def _close():
    yield
    matplotlib.pyplot.close("all")


def test_the_network_shows_every_name_once_and_apart(analysis):
    ax = analysis.plot.network(types=("PER", "LOC"))
    shown = [text.get_text() for text in ax.texts]
    names = [data["name"] for _, data in analysis.network(types=("PER", "LOC")).nodes(data=True)]
    assert sorted(shown) == sorted(map(label, names))
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_the_network_without_pairs_says_so(analysis):
    ax = analysis.plot.network(min_count=99)
    assert "99 times" in ax.texts[0].get_text()


def test_the_timeline_draws_silence_as_zero(analysis):
    ax = analysis.plot.timeline(["بوتين", "شي جين بينغ"], "M")
    assert len(ax.lines) == 2
    assert ax.lines[0].get_ydata().tolist() == [2, 0, 0, 2]
    assert ax.get_ylabel() == "mentions"
    documents = analysis.plot.timeline("بوتين", "Y", unit="documents")
    assert documents.lines[0].get_ydata().tolist() == [2]
    with pytest.raises(nasij.ArgumentError, match="unit is one of"):
        analysis.plot.timeline("بوتين", unit="words")


def test_labels_are_prepared_only_for_older_versions(monkeypatch):
    monkeypatch.setattr(matplotlib, "__version__", "3.11.0")
    assert label("بوتين") == "بوتين"
    pytest.importorskip("arabic_reshaper")
    pytest.importorskip("bidi")
    monkeypatch.setattr(matplotlib, "__version__", "3.10.9")
    assert label("بوتين") == "\ufee6\ufef4\ufe97\ufeee\ufe91"
