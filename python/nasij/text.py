"""Functions of one text, or of a column of texts: normalize, cut, extract."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np
import pandas as pd

from nasij import _nasij, columns, tables
from nasij._nasij import Normalized, Normalizer, Texts
from nasij.arguments import check_flag, check_min_score, check_types
from nasij.errors import ArgumentError
from nasij.lexicon import Lexicon, as_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from nasij.entries import Entries

    _Texts = TypeVar(
        "_Texts",
        bound=Sequence[str | None]
        | pd.Series
        | pd.Index
        | npt.NDArray[np.object_ | np.str_]
        | columns.ArrowArrayExportable
        | columns.ArrowStreamExportable,
    )

__all__ = [
    "align",
    "audit_column",
    "clitics",
    "clitics_column",
    "extract",
    "extract_column",
    "normalize",
    "sentences",
    "sentences_column",
    "tokens",
    "tokens_column",
]


def normalize(text: _Texts, profile: str = "light", **rules: bool) -> _Texts:
    """Normalizes Arabic text.

    Args:
        text: a string, or a column of strings: a list, a tuple, a numpy array, a pandas Series
            or Index of any type of strings, a polars Series, a pyarrow Array or ChunkedArray, or
            anything else with ``__arrow_c_array__`` or ``__arrow_c_stream__``.
        profile: "none", "light" (nothing a reader would miss), "search" (what readers take for
            the same spelling becomes the same) or "aggressive".
        **rules: rules to switch on or off over the profile: harakat, shadda, superscript_alef,
            quranic (marks for these four), tatweel, alef, alef_maqsura, ta_marbuta, hamza,
            composition, presentation_forms, word_ligatures, persian, persian_letters, digits,
            number_marks, punctuation, quotes, invisible, joiners, whitespace, repeats, html. What
            each maps and can lose is in docs/normalization.md; `Normalizer.audit` says which
            change a text.

    Returns:
        The same kind of thing, normalized: a column keeps its type, its name, its index, its
        chunks and its missing values. Of dictionaries and categories the values are normalized,
        and those that become the same are one. A column of another library that speaks Arrow
        comes back as an object with the method it had.

        What pandas, polars and pyarrow keep in Arrow's layout never becomes Python strings, and
        is worked on by all cores, as are lists; the environment variable RAYON_NUM_THREADS limits
        them. In a polars expression:
        ``pl.col("body").map_batches(lambda body: nasij.normalize(body), pl.String)``.

    Raises:
        ArgumentError: an unknown profile or rule, or a value that is no string: the message names
            its row, counted from 0, and its type.
        TextError: a lone surrogate; the message names its row and position.

    Example:
        >>> import nasij
        >>> nasij.normalize("كتـــاب أحمد"), nasij.normalize("كتـــاب أحمد", alef=True)
        ('كتاب أحمد', 'كتاب احمد')
    """
    normalizer = _normalizer(profile, **rules)
    if isinstance(text, str):
        return cast("_Texts", normalizer.normalize(text))
    return cast("_Texts", columns.normalize(normalizer, text))


def align(text: str, profile: str = "light", **rules: bool) -> Normalized:
    """Normalizes a text and remembers where every part came from.

    Args:
        text: the text.
        profile: as for `normalize`.
        **rules: as for `normalize`.

    Returns:
        A `Normalized` with `text`, `original`, `to_original(start, end)` and
        `to_normalized(start, end)`, all in code points.

    Example:
        >>> import nasij
        >>> aligned = nasij.align("قال مُحَمَّد", marks=True)
        >>> start, end = aligned.to_original(4, 8)
        >>> aligned.text[4:8], aligned.original[start:end]
        ('محمد', 'مُحَمَّد')
    """
    return _normalizer(profile, **rules).align(_string(text))


def sentences(text: str) -> pd.DataFrame:
    """Cuts a text into sentences.

    Returns:
        One row a sentence with columns start, end (code points) and text. The sentences put
        together are the text: white space belongs to the sentence before it.

    Example:
        >>> import nasij
        >>> nasij.sentences("وصل الوزير. ثم غادر.")["text"].tolist()
        ['وصل الوزير. ', 'ثم غادر.']
    """
    return sentences_column(_column(text)).drop(columns="doc")


def tokens(text: str) -> pd.DataFrame:
    """Cuts a text into tokens.

    Returns:
        One row a token with columns start, end (code points), text and kind, a category: word,
        abbreviation (د., أ.ف.ب), number, percent, date (21/7/2015), time (10:30), currency (a
        sign), url, email, hashtag, handle, emoji, punctuation or symbol. A word keeps its vowel
        marks and clitics; what lies between tokens is blank or invisible.

    Example:
        >>> import nasij
        >>> nasij.tokens("وصل 3 وزراء.")["text"].tolist()
        ['وصل', '3', 'وزراء', '.']
    """
    return tokens_column(_column(text)).drop(columns="doc")


def clitics(text: str, *, ranked: bool = False) -> pd.DataFrame:
    """Reads the words of a text with what is written onto them.

    Before the stem may stand a conjunction (و ف), then a preposition (ب ك ل) or the future (س);
    behind it a pronoun. These are the syntactic words that Universal Dependencies makes of an
    Arabic word in its treebank Arabic-PUD (D. Zeman et al., 2017), where the article stays on its
    noun. Fusions with ما whose first part is no clitic stay whole (مما, فيما), as do كما and كذلك.
    The words are read one by one: of لنا or وجد the context could make something else.

    Args:
        text: the text.
        ranked: whether all readings of each word are wanted, the likeliest first.

    Returns:
        One row a word (or a reading of one) with columns start, end (code points) and text;
        proclitics, such as "و+ب", and enclitic, such as "ها", "" where there are none; article,
        whether the stem has one, be it joined to ل; stem, as it is written alone: للصين has
        الصين, and مدرسته has مدرسة; stem_start and stem_end, where the letters of the stem lie.
        What stands before them is the proclitics, what stands behind them the enclitic. If
        `ranked`, rank too, from 0.

    Raises:
        ArgumentError: what is given is no string.
        TextError: a lone surrogate; the message names its position.

    Example:
        >>> import nasij
        >>> words = nasij.clitics("وبمدرسته للصين لبنان")
        >>> words[["proclitics", "stem", "enclitic"]].values.tolist()
        [['و+ب', 'مدرسة', 'ه'], ['ل', 'الصين', ''], ['', 'لبنان', '']]
    """
    return clitics_column(_column(text), ranked=ranked).drop(columns="doc")


def extract(
    text: str,
    lexicon: Lexicon | Entries | None = None,
    *,
    nested: bool = False,
    types: str | Iterable[str] | None = None,
    min_score: float | None = None,
    tagger: bool = True,
) -> pd.DataFrame:
    """Finds the names in one text.

    Args:
        text: the text.
        lexicon: the names known: None for those that ship, a `Lexicon`, or what `Lexicon.extend`
            takes, a file or frame of names to add to them.
        nested: whether the names inside names are wanted too: الصينية in وزارة الخارجية الصينية.
        types: as for `Corpus.analyze`, as are `min_score` and `tagger`.
        min_score: the least score of a mention.
        tagger: whether the tagger looks too.

    Returns:
        One row a mention with columns sentence, start, end (code points, so that
        ``text[start:end]`` is the mention), text, prefix (the proclitics before it), entity, name,
        type, role, found_by and score. If `nested`, names inside names follow the one around
        them, and outer is the row of that one.

    Raises:
        ArgumentError: an unknown type, or a score not from 0 to 1.
        TextError: a lone surrogate; the message names its position.

    Example:
        >>> import nasij
        >>> mentions = nasij.extract("وصل فلاديمير بوتين إلى الصين.")
        >>> mentions[["text", "entity"]].values.tolist()
        [['فلاديمير بوتين', 'per:vladimir-putin'], ['الصين', 'loc:china']]
        >>> mentions = nasij.extract("أعلنت وزارة الخارجية الصينية ذلك.", nested=True)
        >>> mentions[["text", "outer"]].values.tolist()
        [['وزارة الخارجية الصينية', <NA>], ['الصينية', 0]]
    """
    found = extract_column(
        _column(text), lexicon, nested=nested, types=types, min_score=min_score, tagger=tagger
    )
    return found.drop(columns="doc")


def sentences_column(column: pd.Series) -> pd.DataFrame:
    """The sentences of every text of a column; `doc` is the label of its row in the index."""
    texts = column.tolist()
    return _cut(column, texts, *_nasij.sentences(texts))


def tokens_column(column: pd.Series) -> pd.DataFrame:
    """The tokens of every text of a column; `doc` is the label of its row in the index."""
    texts = column.tolist()
    *places, kind = _nasij.tokens(texts)
    return _cut(column, texts, *places).assign(kind=tables.categories(kind))


def clitics_column(column: pd.Series, *, ranked: bool = False) -> pd.DataFrame:
    """The words of every text of a column; `doc` is the label of its row in the index."""
    texts = column.tolist()
    found = _nasij.clitics(texts, ranked)
    words = _cut(column, texts, found["row"], found["start"], found["end"])
    words["proclitics"] = tables.texts(found["proclitics"])
    words["article"] = found["article"]
    words["stem"] = tables.texts(found["stem"])
    words["stem_start"] = found["stem_start"]
    words["stem_end"] = found["stem_end"]
    words["enclitic"] = tables.texts(found["enclitic"])
    return words.assign(rank=found["rank"]) if ranked else words


def audit_column(column: pd.Series, profile: str, **rules: bool) -> pd.DataFrame:
    """The rules that change something in the texts of a column; see `Normalizer.audit`."""
    return _normalizer(profile, **rules).audit(column.tolist())


def extract_column(
    column: pd.Series,
    lexicon: Lexicon | Entries | None = None,
    *,
    nested: bool = False,
    types: str | Iterable[str] | None = None,
    min_score: float | None = None,
    tagger: bool = True,
) -> pd.DataFrame:
    """The mentions of every text of a column; `doc` is the label of its row in the index."""
    chosen, least = check_types(types), check_min_score(min_score)
    values = _strings(column)
    kept = [place for place, value in enumerate(values) if value is not None]
    texts = Texts(iter([[value for value in values if value is not None]]))
    known = as_lexicon(lexicon)._lexicon
    found = _nasij.analyze(texts, known, None, None, chosen, least, check_flag("tagger", tagger))
    labels = pd.DataFrame({"doc": column.index[np.array(kept, dtype=np.int64)]})
    mentions = tables.mentions_table(labels, found)
    if not nested:
        return mentions
    return tables.with_nested(mentions, tables.nested_table(labels, found, known))


# Compiling the rules takes a millisecond, many times what a short text does.
_normalizer = functools.lru_cache(maxsize=64)(Normalizer)


def _column(text: object) -> pd.Series:
    return pd.Series([_string(text)], dtype=object)


def _string(text: object) -> str:
    if isinstance(text, str):
        return text
    msg = f"a string is needed, not {type(text).__name__}"
    raise ArgumentError(msg)


def _strings(column: pd.Series) -> list[str | None]:
    values: list[str | None] = []
    for label, value in column.items():
        if isinstance(value, str):
            values.append(value)
        elif pd.api.types.is_scalar(value) and pd.isna(value):
            values.append(None)
        else:
            msg = f"row {label!r} holds {type(value).__name__}, not a string"
            raise ArgumentError(msg)
    return values


def _cut(column: pd.Series, texts: list[str], *places: npt.NDArray[np.int64]) -> pd.DataFrame:
    row, start, end = places
    cuts = zip(*(numbers.tolist() for numbers in places), strict=True)
    text = tables.texts(texts[at][a:b] for at, a, b in cuts)
    return pd.DataFrame({"doc": column.index[row], "start": start, "end": end, "text": text})
