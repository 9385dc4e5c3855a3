"""Columns of texts: whatever holds them, the same answers and the same kind back."""

import subprocess
import sys
from itertools import accumulate

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nasij
from nasij import _nasij

TEXTS = ["كتــاب", "أحمد", None, "", "قلم 😀 طويل", "احمد"]
# A loaded machine is no fault.
UNTIMED = settings(deadline=None, max_examples=60)
LETTERS = st.sampled_from("اأإبتةىيـ ًّٰ٣،aZ 😀\u200fﷺ\n")
ROWS = st.lists(st.none() | st.text(LETTERS, max_size=12), max_size=12)
PANDAS = [
    "str",
    "string[python]",
    "string[pyarrow]",
    pd.StringDtype("python", na_value=np.nan),
    pd.ArrowDtype(pa.string()),
    pd.ArrowDtype(pa.large_string()),
    pd.ArrowDtype(pa.dictionary(pa.int8(), pa.string())),
]
ARROW = [
    pa.string(),
    pa.large_string(),
    pa.string_view(),
    pa.dictionary(pa.int8(), pa.string()),
    pa.dictionary(pa.uint32(), pa.large_string(), ordered=True),
]


class Array:
    """An array of some other library."""

    def __init__(self, array):
        self.array = array

    def __arrow_c_array__(self, requested_schema=None):
        return self.array.__arrow_c_array__(requested_schema)


class Stream:
    """A column in chunks of some other library."""

    def __init__(self, column):
        self.column = column

    def __arrow_c_stream__(self, requested_schema=None):
        return self.column.__arrow_c_stream__(requested_schema)


def search(texts):
    return nasij.normalize(texts, "search")


def one_by_one(texts):
    return [None if text is None else search(text) for text in texts]


def arrow(texts, kind):
    array = pa.array(texts, getattr(kind, "value_type", kind))
    return array.dictionary_encode().cast(kind) if pa.types.is_dictionary(kind) else array


def listed(column):
    return [value if isinstance(value, str) else None for value in column]


@UNTIMED
@given(ROWS, st.sampled_from(PANDAS))
def test_a_series_keeps_type_index_name_and_missing(texts, dtype):
    column = pd.Series(texts, index=[f"r{i}" for i in range(len(texts))], name="body", dtype=dtype)
    before = column.copy(deep=True)
    done = search(column)
    assert done.dtype == column.dtype
    assert done.name == "body"
    assert done.index.equals(column.index)
    assert listed(done) == one_by_one(texts)
    assert done.isna().equals(column.isna())
    pd.testing.assert_series_equal(column, before)
    index = search(pd.Index(column))
    assert type(index) is pd.Index
    assert index.dtype == column.dtype
    assert index.name == "body"
    assert listed(index) == one_by_one(texts)


def test_objects_stay_objects_and_each_missing_value_what_it_was():
    missing = [None, np.nan, pd.NA, pd.NaT]
    given = pd.Series(["كتــاب", *missing], dtype=object)
    done = search(given)
    assert done.dtype == object
    assert done[0] == "كتاب"
    assert all(a is b for a, b in zip(done[1:], missing, strict=True))
    assert search(pd.Index(given, dtype=object)).dtype == object
    assert search(pd.Series(missing, dtype=object)).tolist() == missing
    assert search(["كتــاب", *missing])[1:] == missing
    assert search(("كتــاب", None)) == ("كتاب", None)
    assert search(pd.Series([np.nan, np.nan])).dtype == float
    assert search([]) == []
    assert search(()) == ()


def test_categories_that_become_the_same_are_one():
    given = pd.Series(["أحمد", "احمد", None, "كتــاب"], dtype="category", name="body")
    done = search(given)
    assert done.cat.categories.tolist() == ["احمد", "كتاب"]
    assert listed(done) == ["احمد", "احمد", None, "كتاب"]
    ordered = given.cat.set_categories(["كتــاب", "أحمد", "احمد"], ordered=True)
    assert search(ordered).cat.categories.tolist() == ["كتاب", "احمد"]
    assert search(ordered).cat.ordered
    assert search(pd.CategoricalIndex(given)).categories.tolist() == ["احمد", "كتاب"]
    array = arrow(["أحمد", "احمد", None, "كتــاب"], ARROW[3])
    assert search(array).dictionary.to_pylist() == ["احمد", "كتاب"]
    assert search(array).to_pandas().tolist()[1] == "احمد"


@pytest.mark.parametrize("kind", ["O", "U"])
def test_numpy_arrays(kind):
    given = np.array([["كتــاب", "ﷺ"], ["", "أ"]], dtype=kind)
    done = search(given)
    assert done.dtype.kind == kind
    assert done.tolist() == [one_by_one(row) for row in given.tolist()]
    assert search(given[:0]).shape == (0, 2)


@UNTIMED
@given(ROWS, st.sampled_from(ARROW), st.integers(0, 12), st.integers(0, 12))
def test_an_arrow_array_keeps_its_type_also_when_sliced(texts, kind, start, length):
    array = arrow(texts, kind)
    assert search(array).type == kind
    assert search(array).to_pylist() == one_by_one(texts)
    cut = search(array.slice(min(start, len(texts)), length))
    cut.validate(full=True)
    assert cut.to_pylist() == one_by_one(texts)[start : start + length]


@UNTIMED
@given(st.lists(ROWS, max_size=4), st.sampled_from(ARROW))
def test_a_chunked_array_keeps_its_chunks(chunks, kind):
    column = pa.chunked_array([arrow(texts, kind) for texts in chunks], kind)
    done = search(column)
    done.validate(full=True)
    assert done.type == kind
    assert [len(chunk) for chunk in done.chunks] == [len(texts) for texts in chunks]
    assert done.to_pylist() == one_by_one([text for texts in chunks for text in texts])
    assert pa.chunked_array(search(Stream(column))).equals(done)


@UNTIMED
@given(ROWS)
def test_anything_that_speaks_arrow(texts):
    array = search(Array(pa.array(texts, pa.string())))
    assert not hasattr(array, "__arrow_c_stream__")
    # It can be taken more than once.
    assert pa.array(array).to_pylist() == one_by_one(texts)
    assert pl.Series(array).to_list() == one_by_one(texts)
    stream = search(Stream(pa.chunked_array([texts, texts], pa.string())))
    assert not hasattr(stream, "__arrow_c_array__")
    assert pa.chunked_array(stream).num_chunks == 2
    assert pl.Series(stream).to_list() == one_by_one(texts + texts)
    assert pa.chunked_array(search(stream)).to_pylist() == one_by_one(texts + texts)
    # Given back and never taken: released, as sanitizers and the next tests show.
    array.__arrow_c_array__()
    stream.__arrow_c_stream__()


@UNTIMED
@given(ROWS, st.sampled_from([pl.String, pl.Categorical]))
def test_a_polars_series(texts, dtype):
    column = pl.Series("body", texts, dtype=dtype)
    done = search(column)
    assert (done.name, done.dtype) == ("body", dtype)
    assert done.to_list() == one_by_one(texts)
    half = len(texts) // 2
    assert search(column[half:]).to_list() == one_by_one(texts[half:])
    both = pl.concat([column, column], rechunk=False)
    assert search(both).n_chunks() == both.n_chunks()
    assert search(both).to_list() == one_by_one(texts + texts)


def test_polars_enums_nulls_and_expressions():
    names = pl.Series("body", ["أحمد", "احمد", None, "كتــاب"])
    enum = search(names.cast(pl.Enum(["كتــاب", "أحمد", "احمد"])))
    assert enum.dtype == pl.Enum(["كتاب", "احمد"])
    assert enum.to_list() == ["احمد", "احمد", None, "كتاب"]
    nothing = search(pl.Series("body", [None, None]))
    assert (nothing.dtype, nothing.to_list()) == (pl.Null, [None, None])
    body = pl.col("body").map_batches(search, pl.String)
    frame = names.to_frame()
    assert frame.select(body)["body"].to_list() == ["احمد", "احمد", None, "كتاب"]
    assert frame.lazy().select(body).collect().equals(frame.select(body))


@pytest.mark.parametrize("kind", [*ARROW, pa.null(), pa.dictionary(pa.int8(), pa.null())])
def test_arrays_of_nothing_but_nulls_or_of_nothing(kind):
    for rows in (0, 3):
        done = search(pa.nulls(rows, kind))
        assert done.type == kind
        assert done.to_pylist() == [None] * rows
    assert search(pa.chunked_array([], kind)).num_chunks == 0


def test_tables_without_pyarrow_may_have_dictionaries_of_no_value():
    table = pa.table({"a": pa.nulls(2, ARROW[3]), "b": arrow(["x", None], ARROW[3])})
    assert _nasij.read_arrow(table) == {"a": [None, None], "b": ["x", None]}


def test_keys_under_a_null_may_be_anything():
    keys = pa.Array.from_buffers(
        pa.int8(), 3, [pa.py_buffer(b"\x05"), pa.py_buffer(bytes([0, 99, 1]))]
    )
    array = pa.DictionaryArray.from_arrays(keys, pa.array(["أ", "ب"]), safe=False)
    assert search(array).to_pylist() == ["ا", None, "ب"]


@settings(max_examples=6, deadline=None)
@given(st.sampled_from([*ARROW[:3], None]), st.integers(0, 9))
def test_large_columns_are_cut_and_joined(kind, extra):
    unit = [*TEXTS, "وصل الوزير إلى المدينة. " * 40, None]
    texts = unit * 2000 + unit[:extra]
    wanted = one_by_one(unit) * 2000 + one_by_one(unit)[:extra]
    if kind is None:
        assert search(texts) == wanted
        return
    column = pa.chunked_array([texts[:5], texts[5:], []], kind)
    done = search(column)
    done.validate(full=True)
    assert [len(chunk) for chunk in done.chunks] == [5, len(texts) - 5, 0]
    assert done.to_pylist() == wanted


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (1, "not int"),
        (None, "not None"),
        ({"a": "b"}, "not dict"),
        (b"x", "not bytes"),
        (iter(["x"]), "not list_iterator"),
        (["x", 1], "row 1 holds int"),
        (["x", ["y"]], "row 1 holds list"),
        ([np.array([1, 2])], "row 0 holds ndarray"),
        (pd.Series([b"x"]), "row 0 holds bytes"),
        (pd.Series([1]), "row 0 holds int"),
        (pd.Series([1], dtype="category"), "row 0 holds int"),
        (pd.MultiIndex.from_tuples([("a", "b")]), "not MultiIndex"),
        (pd.DataFrame({"a": ["x"]}), "not of Struct"),
        (np.array([1]), "row 0 holds int"),
        (pd.Series([1], dtype=pd.ArrowDtype(pa.int64())), "not of Int64"),
        (pa.array([b"x"]), "not of Binary"),
        (pa.array([1]).dictionary_encode(), "not of Dictionary"),
        (pa.chunked_array([[["x"]]]), "not of List"),
        (pa.table({"a": ["x"]}), "not of Struct"),
        (pl.Series([1.5]), "not of Float64"),
        (pl.DataFrame({"a": ["x"]}), "not of Struct"),
    ],
)
def test_what_is_no_column_of_strings_is_named(given, words):
    with pytest.raises(nasij.ArgumentError, match=words):
        nasij.normalize(given)


def test_faulty_texts_name_their_place():
    for texts in (["x", "ab\ud800"], pd.Series(["x", "ab\udfff"], dtype=object)):
        with pytest.raises(nasij.TextError, match=r"row 1: .* position 2"):
            nasij.normalize(texts)
    ends = [0, *accumulate([1, 2, 2])]
    offsets = pa.py_buffer(np.array(ends, dtype=np.int32).tobytes())
    broken = pa.StringArray.from_buffers(3, offsets, pa.py_buffer(b"x\xd8\xa7\xff\xd8"))
    with pytest.raises(nasij.TextError, match="row 2: the text is not UTF-8"):
        nasij.normalize(broken)
    with pytest.raises(nasij.TextError, match="row 4: the text is not UTF-8"):
        nasij.normalize(pa.chunked_array([broken[:2], broken]))


def test_a_capsule_that_was_taken_is_refused():
    class Once:
        def __init__(self, column):
            self.capsule = column.__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema=None):
            return self.capsule

    once = Once(pa.chunked_array([["كتــاب"]]))
    assert pa.chunked_array(nasij.normalize(once)).to_pylist() == ["كتاب"]
    with pytest.raises(nasij.ArgumentError, match="taken before"):
        nasij.normalize(once)


def test_an_error_of_the_producer_is_told():
    def batches():
        yield pa.record_batch({"a": ["x"]})
        msg = "no more"
        raise OSError(msg)

    schema = pa.schema({"a": pa.string()})
    reader = pa.RecordBatchReader.from_batches(schema, batches())
    with pytest.raises(nasij.ArgumentError, match="no more"):
        nasij.normalize(reader)


def test_reading_a_column_leaves_its_strings_as_they_were():
    texts = ["كتــاب" * 100 + str(i) for i in range(3)]
    sizes = [sys.getsizeof(text) for text in texts]
    nasij.normalize(texts)
    nasij.normalize(texts[0])
    assert [sys.getsizeof(text) for text in texts] == sizes


def test_neither_pyarrow_nor_polars_is_needed():
    code = """
import sys
sys.modules["pyarrow"] = None
import nasij, pandas as pd
assert "polars" not in sys.modules
column = pd.Series(["كتــاب", None])
done = nasij.normalize(column)
assert done.dtype == column.dtype and done[0] == "كتاب" and pd.isna(done[1])
import polars as pl
assert nasij.normalize(pl.Series(["كتــاب", None])).to_list() == ["كتاب", None]
"""
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=120)


CUT = st.lists(st.none() | st.text("وصل غادر.؟!\n ٣#@😀", max_size=30), max_size=6)


@UNTIMED
@given(CUT, st.sampled_from([object, *PANDAS[:6]]))
def test_sentences_and_tokens_of_a_column_are_those_of_its_texts(texts, dtype):
    column = pd.Series(texts, index=[f"r{i}" for i in range(len(texts))], dtype=dtype)
    for whole, one in [
        (column.nasij.sentences(), nasij.sentences),
        (column.nasij.tokens(), nasij.tokens),
    ]:
        found = dict(iter(whole.groupby("doc", sort=False)))
        for label, text in zip(column.index, texts, strict=True):
            wanted = one(text or "")
            rows = found.get(label, whole[:0]).drop(columns="doc").reset_index(drop=True)
            pd.testing.assert_frame_equal(rows, wanted)
        assert list(whole["doc"]) == sorted(whole["doc"])


def test_a_large_column_is_cut_in_order_and_a_faulty_one_named():
    unit = "وصل الوزير إلى المدينة. ثم غادر! "
    column = pd.Series([unit * 400, None] * 100, index=range(200, 0, -1))
    sentences = column.nasij.sentences()
    assert len(sentences) == 100 * 800
    assert sentences["doc"].is_monotonic_decreasing
    assert "".join(sentences["text"]) == unit * 40_000
    with pytest.raises(nasij.TextError, match=r"row 1: .* position 2"):
        pd.Series(["x", "ab\ud800"], dtype=object).nasij.tokens()
    with pytest.raises(nasij.ArgumentError, match="row 0 holds int"):
        pd.Series([1]).nasij.sentences()
