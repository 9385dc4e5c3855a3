"""Pictures: axes that hold what the tables say, and labels fit for this matplotlib."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import nasij

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("agg")

from matplotlib import pyplot as plt  # noqa: E402
from matplotlib.text import Text  # noqa: E402

from nasij.plotting import label  # noqa: E402
from nasij.plotting.labels import caption, within  # noqa: E402
from nasij.plotting.layout import heights  # noqa: E402

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles" / "articles.jsonl"
TEXT = "التقى فلاديمير بوتين وشي جين بينغ في موسكو. وصل بوتين وشي جين بينغ إلى موسكو."


def corpus(texts, dates=None):
    frame = pd.DataFrame({"text": texts, "date": dates or ["2024-01-05"] * len(texts)})
    return nasij.Corpus.from_frame(frame).analyze(tagger=False)


@pytest.fixture(scope="module")
def analysis():
    return corpus([TEXT, TEXT, "أمطار."], ["2024-01-05", "2024-04-05", "2024-03-01"])


@pytest.fixture(scope="module")
def articles():
    return nasij.Corpus.read(ARTICLES).analyze(tagger=False)


@pytest.fixture(scope="module")
def nothing():
    return corpus(["أمطار غزيرة."])


@pytest.fixture(autouse=True)
def _close():
    before = matplotlib.rcParams.copy()
    yield
    assert matplotlib.rcParams.copy() == before
    plt.close("all")


def draw(ax):
    """Draws everything; a glyph that is missing is a warning, and so an error."""
    ax.figure.canvas.draw()


def apart(texts):
    # Of the words alone, without the line that leads to them; less a pixel of rounding.
    boxes = [Text.get_window_extent(text).padded(-1) for text in texts]
    return not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def ticks(axis):
    return [text.get_text() for text in axis.get_ticklabels()]


PICTURES = {
    "network": lambda analysis, **more: analysis.plot.network(min_count=1, **more),
    "communities": lambda analysis, **more: analysis.plot.network(
        min_count=1, colour="community", **more
    ),
    "matrix": lambda analysis, **more: analysis.plot.matrix(min_count=1, **more),
    "timeline": lambda analysis, **more: analysis.plot.timeline(**more),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_where_it_is_told_and_nowhere_else(analysis, name):
    figure, (left, right) = plt.subplots(1, 2)
    assert PICTURES[name](analysis, ax=right) is right
    assert plt.get_fignums() == [figure.number]
    assert not left.has_data()
    assert right.has_data()
    draw(right)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_fits_into_a_part_of_a_figure(analysis, name):
    part = plt.figure(layout="constrained").subfigures(1, 2)[1]
    ax = part.subplots()
    assert PICTURES[name](analysis, ax=ax) is ax
    draw(ax)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_nothing_says_so(nothing, name):
    ax = PICTURES[name](nothing)
    assert "no " in ax.texts[0].get_text()
    draw(ax)


@pytest.mark.parametrize("name", ["network", "communities", "matrix"])
@pytest.mark.parametrize("top", [1, 2, 3])
def test_a_picture_of_few_is_a_picture(analysis, name, top):
    draw(PICTURES[name](analysis, top=top))


@pytest.mark.parametrize(("top", "colour"), [(20, "type"), (200, "community")])
def test_the_network_shows_every_name_once_and_apart(articles, top, colour):
    ax = articles.plot.network(top=top, min_count=1, colour=colour)
    graph = articles.network(types=("PER", "ORG", "LOC", "MISC"), min_count=1)
    strength = dict(graph.degree(weight="weight"))
    chosen = sorted(graph, key=lambda node: (-strength[node], node))[:top]
    assert sorted(text.get_text() for text in ax.texts) == sorted(
        label(graph.nodes[node]["name"]) for node in chosen
    )
    draw(ax)
    assert all(text.get_visible() for text in ax.texts)
    assert apart(ax.texts)
    inner = ax.figure.bbox
    assert all(inner.containsx(text.get_window_extent().x0) for text in ax.texts)


def test_the_same_network_is_drawn_the_same(articles):
    first, second = (articles.plot.network(top=30) for _ in range(2))
    places = [[text.get_position() for text in ax.texts] for ax in (first, second)]
    assert places[0] == places[1]


def test_in_small_axes_the_network_leaves_labels_out_rather_than_one_over_another(articles):
    ax = articles.plot.network(top=150, min_count=1, ax=plt.subplots(figsize=(4, 3))[1])
    draw(ax)
    seen = [text for text in ax.texts if text.get_visible()]
    assert 10 < len(seen) < 150
    assert apart(seen)


def test_the_network_without_pairs_says_so(analysis):
    ax = analysis.plot.network(min_count=99)
    assert "99 times" in ax.texts[0].get_text()
    with pytest.raises(nasij.ArgumentError, match="colour is one of type, community"):
        analysis.plot.network(colour="types")


def test_the_matrix_holds_the_measure_of_every_pair(articles):
    ax = articles.plot.matrix(top=20, types="LOC", min_count=1)
    draw(ax)
    names = articles.entities.set_index("entity")["name"]
    pairs = articles.cooccurrence(types="LOC", min_count=1)
    expected = {
        frozenset((label(names[a]), label(names[b]))): value
        for a, b, value in zip(pairs["a"], pairs["b"], pairs["npmi"], strict=True)
    }
    rows, columns = ticks(ax.yaxis), ticks(ax.xaxis)
    assert rows == columns
    assert len(rows) == 20
    cells = ax.collections[0].get_array().reshape(20, 20)
    for i, row in enumerate(rows):
        assert cells.mask[i, i]
        for j, column in enumerate(columns):
            value = expected.get(frozenset((row, column)))
            assert (cells.mask[i, j]) == (value is None or i == j)
            if value is not None and i != j:
                assert cells[i, j] == value
    assert apart(ax.get_yticklabels())
    assert apart(ax.get_xticklabels())


def test_a_measure_that_goes_one_way_is_of_the_row_and_the_column():
    texts = ["التقى بوتين وشي جين بينغ."] + ["وصل بوتين أمس."] * 3
    ax = corpus(texts).plot.matrix(min_count=1, measure="p_b_given_a")
    rows = ticks(ax.yaxis)
    cells = ax.collections[0].get_array().reshape(2, 2)
    putin = rows.index(label("فلاديمير بوتين"))
    assert cells[putin, 1 - putin] == 0.25
    assert cells[1 - putin, putin] == 1


def test_the_matrix_puts_together_those_that_are_together():
    pairs = ["التقى بوتين وشي جين بينغ.", "التقى ماكرون وشولتس.", "التقى أردوغان والسيسي."]
    ax = corpus(pairs * 3).plot.matrix(min_count=1)
    rows = ticks(ax.yaxis)
    assert len(rows) == 6
    cells = ax.collections[0].get_array().reshape(6, 6)
    assert [not cells.mask[i, i + 1] for i in range(5)] == [True, False, True, False, True]


def test_zero_is_the_middle_of_measures_with_a_sign(articles):
    for measure in ("npmi", "pmi", "llr"):
        norm = articles.plot.matrix(measure=measure).collections[0].norm
        assert norm(0) == pytest.approx(0.5)
    assert articles.plot.matrix(measure="lift").collections[0].norm(1) == pytest.approx(0.5)
    with pytest.raises(nasij.ArgumentError, match="measure is one of"):
        articles.plot.matrix(measure="likelihood")


def test_labels_of_200_rows_are_apart(articles):
    ax = articles.plot.matrix(top=200, min_count=1, measure="count")
    draw(ax)
    assert len(ax.get_yticklabels()) == 200
    assert apart(ax.get_yticklabels())
    small = articles.plot.matrix(top=200, min_count=1, ax=plt.subplots(figsize=(5, 5))[1])
    draw(small)
    assert 10 < len(small.get_yticklabels()) < 100
    assert apart(small.get_yticklabels())


def test_the_timeline_draws_silence_as_zero_and_no_documents_as_a_gap(analysis):
    ax = analysis.plot.timeline(["بوتين", "شي جين بينغ"], "M", "mentions")
    assert len(ax.lines) == 2
    np.testing.assert_array_equal(ax.lines[0].get_ydata(), [2, np.nan, 0, 2])
    assert ax.get_ylabel() == "mentions"
    documents = analysis.plot.timeline("بوتين", "Y", "count")
    assert documents.lines[0].get_ydata().tolist() == [2]
    share = analysis.plot.timeline("بوتين", "Y")
    assert share.lines[0].get_ydata().tolist() == [pytest.approx(200 / 3)]
    assert share.get_ylabel() == "% of documents"


def test_the_timeline_draws_pairs(analysis):
    pair = ("شي جين بينغ", "بوتين")
    ax = analysis.plot.timeline([pair], "Y", "count", count="units")
    table = analysis.timeline([pair], "Y", count="units")
    assert ax.lines[0].get_ydata().tolist() == table["count"].tolist() == [4]
    assert ax.texts[0].get_text() == label(f"{table['a_name'][0]} — {table['b_name'][0]}")
    with pytest.raises(nasij.ArgumentError, match="pairs have no mentions"):
        analysis.plot.timeline([pair], measure="mentions")


def test_a_smoothed_line_stands_before_the_rates(articles):
    ax = articles.plot.timeline("بوتين", "Q", smooth=2, interval=True)
    table = articles.timeline("بوتين", "Q", smooth=2)
    points, line = ax.lines
    np.testing.assert_allclose(line.get_ydata(), 100 * table["smoothed"])
    np.testing.assert_allclose(points.get_ydata(), 100 * table["rate"])
    assert points.get_linestyle() == "None"
    assert len(ax.collections) == 1
    with pytest.raises(nasij.ArgumentError, match="of a rate"):
        articles.plot.timeline("بوتين", measure="count", smooth=2)
    with pytest.raises(nasij.ArgumentError, match="measure is one of"):
        articles.plot.timeline("بوتين", measure="words")


def test_bursts_are_shaded():
    days = [f"2024-01-{day:02}" for day in range(1, 29)]
    loud = ["2024-01-10"] * 9 + ["2024-01-11"] * 9
    texts = ["وصل ماكرون."] * len(days) + ["وصل بوتين."] * len(loud)
    found = corpus(texts, days + loud)
    times = found.bursts("بوتين", count="documents")
    assert times["start"].astype(str).tolist() == ["2024-01-10"]
    for names in ("بوتين", ["بوتين", "ماكرون"]):
        plain, shaded = (found.plot.timeline(names, "D", bursts=bursts) for bursts in (False, True))
        more = [len(ax.lines) + len(ax.patches) for ax in (plain, shaded)]
        assert more[1] == more[0] + 1
        draw(shaded)


def test_each_line_is_named_at_its_end(articles):
    top = articles.entities.head(12)
    ax = articles.plot.timeline(top["entity"], "Q")
    draw(ax)
    assert sorted(text.get_text() for text in ax.texts) == sorted(map(label, top["name"]))
    assert apart(ax.texts)


def test_more_series_than_eyes_can_part_are_rows(articles):
    top = articles.entities.head(80)
    ax = articles.plot.timeline(top["entity"], "Y")
    draw(ax)
    assert sorted(ticks(ax.yaxis)) == sorted(map(label, top["name"]))
    assert apart(ax.get_yticklabels())


def test_a_pair_is_told_by_its_table_its_months_and_its_sources(articles):
    parts = articles.plot.pair("شي جين بينغ", "بوتين", freq="Y")
    draw(parts.time)
    pairs = articles.cooccurrence(min_count=1, cells=True, measures=["lift"])
    pair = ("per:xi-jinping", "per:vladimir-putin")
    row = pairs[pairs["a"].isin(pair) & pairs["b"].isin(pair)].iloc[0]
    title = parts.time.get_title(loc="left")
    assert title == label("شي جين بينغ — فلاديمير بوتين")
    told = parts.time.texts[0].get_text()
    assert f"Together in {row['both']} of {row['total']:,} sentences" in told
    sure = articles.intervals(pairs.loc[[row.name]], "lift").iloc[0]
    assert f"(95 % interval {sure['lift_low']:.0f} to {sure['lift_high']:.0f})" in told
    a_only, b_only = row["a_only"], row["b_only"]
    if row["a"] != pair[0]:
        a_only, b_only = b_only, a_only
    cells = [text.get_text() for text in parts.cells.texts[::2]]
    assert cells == [f"{n:,}" for n in (row["both"], a_only, b_only, row["neither"])]
    table = articles.timeline([pair], "Y", count="units")
    assert [bar.get_height() for bar in parts.time.patches[: len(table)]] == table["count"].tolist()
    sources = articles.evidence(*pair)["source"].value_counts()
    assert [bar.get_width() for bar in parts.sources.patches] == sources.tolist()
    assert [text.get_text() for text in parts.cells.get_yticklabels()] == [
        label("شي جين بينغ"),
        "without",
    ]


@pytest.mark.parametrize("count", ["units", "documents", "stories", "days"])
def test_a_pair_that_is_never_together_has_a_picture(count):
    apart = corpus(["وصل بوتين.", "وصل ماكرون."])
    parts = apart.plot.pair("بوتين", "ماكرون", count=count)
    draw(parts.time)
    assert "Together in 0 of" in parts.time.texts[0].get_text()
    with pytest.raises(nasij.ArgumentError, match="same entity"):
        apart.plot.pair("بوتين", "بوتين")


def test_a_pair_without_dates_or_sources_says_so():
    undated = nasij.Corpus.from_frame(pd.DataFrame({"text": [TEXT]})).analyze(tagger=False)
    parts = undated.plot.pair("بوتين", "شي جين بينغ")
    draw(parts.time)
    assert "no dates" in [text.get_text() for text in parts.time.texts]
    assert "no sources" in [text.get_text() for text in parts.sources.texts]
    assert "no dated mentions" in undated.plot.timeline().texts[0].get_text()


def test_a_pair_takes_the_place_of_the_axes_given(analysis):
    figure, (left, right) = plt.subplots(1, 2, layout="constrained", figsize=(18, 6))
    parts = analysis.plot.pair("بوتين", "شي جين بينغ", ax=right)
    assert figure.axes == [left, *parts]
    draw(left)
    middle = left.get_window_extent().x1
    assert all(part.get_window_extent().x0 > middle for part in parts)
    free = plt.figure(figsize=(12, 8)).add_axes((0.5, 0.1, 0.45, 0.6))
    draw(analysis.plot.pair("بوتين", "شي جين بينغ", ax=free).time)


def test_heights_keep_their_order_and_distance():
    placed = heights(np.array([5.0, 0.0, 5.1, 4.9, 9.9]), 1, 0, 10)
    assert placed.tolist() == pytest.approx([5.0, 0.0, 6.0, 4.0, 9.9])
    crowded = heights(np.zeros(5), 1, 0, 2)
    assert crowded.tolist() == pytest.approx([0, 0.5, 1, 1.5, 2])
    assert not len(heights(np.zeros(0), 1, 0, 2))


def test_labels_are_prepared_only_for_older_versions(monkeypatch):
    monkeypatch.setattr(matplotlib, "__version__", "3.11.0")
    assert label("بوتين") == "بوتين"
    assert label("G20 قمة") == "\u200fG20 قمة"
    assert caption(f"{within('قمة')}: 9") == "\u200e\u2067قمة\u2069: 9"
    pytest.importorskip("arabic_reshaper")
    pytest.importorskip("bidi")
    monkeypatch.setattr(matplotlib, "__version__", "3.10.9")
    assert label("بوتين") == "\ufee6\ufef4\ufe97\ufeee\ufe91"
    assert label("G20 قمة") == "\ufe94\ufee4\ufed7 G20"
    assert label("قمة (G20)") == "(G20) \ufe94\ufee4\ufed7"
    assert caption(f"{within('قمة')}: 9") == "\ufe94\ufee4\ufed7: 9"
    assert label("عبد الله") == "\ufeea\ufee0\ufedf\ufe8d \ufeaa\ufe92\ufecb"


@pytest.mark.parametrize("version", ["3.8.0", "3.11.0"])
def test_no_letter_of_a_name_is_lost_or_read_as_a_formula(version, monkeypatch):
    pytest.importorskip("arabic_reshaper")
    pytest.importorskip("bidi")
    monkeypatch.setattr(matplotlib, "__version__", version)
    figure = plt.figure()
    words = ["عبد الله بن عبد العزيز آل سعود", "G20 قمة", "لآلئ الأمم گچپژ", "$5 و $6", "5+1"]
    for word in words:
        figure.text(0.5, 0.5, label(word))
    figure.canvas.draw()
    assert label("$5") == r"\$5"


def test_a_font_without_arabic_has_one_behind_it(analysis, monkeypatch):
    monkeypatch.setitem(matplotlib.rcParams, "font.family", ["STIXGeneral"])
    draw(analysis.plot.network(min_count=1))
    draw(analysis.plot.matrix(min_count=1))
    draw(analysis.plot.timeline())


def test_a_pair_in_documents_apart_has_cells_that_add_up():
    text = "نام فلاديمير بوتين. وصل شي جين بينغ."
    frame = pd.DataFrame({"text": [text, f"{text} ثم غادر."], "source": ["أ", "ب"]})
    analysis = nasij.Corpus.from_frame(frame).analyze(tagger=False)
    parts = analysis.plot.pair("بوتين", "شي جين بينغ", count="documents")
    shown = [text.get_text() for text in parts[1].texts]
    assert [number for number in shown if number.isdecimal()] == ["0", "2", "2", "0"]
