"""A corpus: texts with their documents, read from files or frames."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any, Final

from nasij import _nasij
from nasij.analysis import Analysis
from nasij.arguments import check_flag, check_min_score, check_threads, check_types
from nasij.errors import ArgumentError, ReadWarning
from nasij.lexicon import Lexicon, as_lexicon
from nasij.progress import reporter
from nasij.reading import read_files, read_frame
from nasij.tables import lend
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from nasij.entries import Entries
    from nasij.reading import Collected
    from nasij.reading.sources import Paths

__all__ = ["Corpus"]

_MEGABYTE: Final = 1_000_000


class Corpus:
    """Texts and what is known of them; made by `read` or `from_frame`.

    Example:
        >>> import nasij, pandas as pd
        >>> frame = pd.DataFrame({"url": ["a"], "body": ["وصل الوزير إلى القاهرة."]})
        >>> corpus = nasij.Corpus.from_frame(frame)
        >>> len(corpus), corpus.documents["doc"].tolist()
        (1, ['a'])
    """

    __slots__ = ("_documents", "_problems", "_texts")

    def __init__(
        self, texts: _nasij.Texts, documents: pd.DataFrame, problems: pd.DataFrame
    ) -> None:
        """Puts the parts together; use `read` or `from_frame`."""
        self._texts = texts
        self._documents = documents
        self._problems = problems

    @classmethod
    def read(
        cls,
        paths: Paths,
        text: str | None = None,
        id: str | None = None,  # noqa: A002
        date: str | None = None,
        source: str | None = None,
        title: str | None = None,
        encoding: str | None = None,
    ) -> Corpus:
        """Reads articles from files.

        Args:
            paths: a folder (read with all its folders, in the order of names), a glob, a file, or
                several of these. Read are ``.txt`` (one article a file, named after it),
                ``.jsonl``, ``.csv``, ``.tsv`` and ``.parquet`` (needs ``nasij[parquet]``), each
                also ``.gz``, and ``.zip`` archives of these.
            text: the column of the text; None finds it by its usual names (text, body, content,
                النص and the like), without regard to case.
            id: the column of the document's id. Ids that occur twice get ``#2``, ``#3``.
            date: the column of the date: ISO 8601, RFC 2822, or day first, with Arabic digits and
                month names of any country; zones are turned into UTC.
            source: the column of the outlet.
            title: the column of the title. Other columns of plain values are kept as they are.
            encoding: the encoding of all files; None finds it file by file (UTF-8, UTF-16,
                Windows-1256, ISO 8859-6, Windows-1252).

        Returns:
            The corpus. What could not be read as it stands is in `problems`.

        Raises:
            ArgumentError: no file has the column named, or the encoding is unknown.
            ReadError: nothing at all could be read; the message says why.

        Warns:
            ReadWarning: once, with the number of problems and the first of them.

        Example:
            >>> import nasij, pathlib, tempfile
            >>> folder = pathlib.Path(tempfile.mkdtemp())
            >>> _ = (folder / "a.txt").write_text("وصل الوزير.", encoding="windows-1256")
            >>> nasij.Corpus.read(folder).documents[["doc", "encoding"]].values.tolist()
            [['a', 'windows-1256']]
        """
        given = {"text": text, "id": id, "date": date, "source": source, "title": title}
        return cls._from(read_files(paths, given, encoding))

    @classmethod
    def from_frame(
        cls,
        frame: object,
        text: str | None = None,
        id: str | None = None,  # noqa: A002
        date: str | None = None,
        source: str | None = None,
        title: str | None = None,
    ) -> Corpus:
        """Reads articles from a data frame.

        Args:
            frame: a pandas frame, or anything with ``__arrow_c_stream__`` (polars, pyarrow,
                DuckDB).
            text: the column of the text; None finds it by its usual names, as in `read`.
            id: the column of the id; if there is none, the labels of the index are the ids.
            date: the column of the date.
            source: the column of the outlet.
            title: the column of the title. All other columns are kept in `documents`.

        Raises:
            ArgumentError: this is no data frame, or it has no such column.
            ReadError: no row has a usable text.

        Warns:
            ReadWarning: once, if some rows have no text, an unreadable date or a repeated id.
        """
        given = {"text": text, "id": id, "date": date, "source": source, "title": title}
        return cls._from(read_frame(frame, given))

    @classmethod
    def _from(cls, collected: Collected) -> Corpus:
        problems = collected.problems
        if problems.rows:
            count = counted(len(problems.rows), "problem", "problems, the first")
            message = f"{count}: {problems.words(0)} (Corpus.problems lists them)"
            warnings.warn(message, ReadWarning, stacklevel=3)
        return cls(collected.texts, collected.documents, problems.frame())

    def analyze(
        self,
        lexicon: Lexicon | Entries | None = None,
        threads: int | None = None,
        progress: bool | Callable[[int, int], None] | None = None,  # noqa: FBT001
        types: str | Iterable[str] | None = None,
        min_score: float | None = None,
        *,
        tagger: bool = True,
    ) -> Analysis:
        """Finds the names in every text.

        Args:
            lexicon: the names known: None for those that ship with nasij, a `Lexicon`, or what
                `Lexicon.extend` takes, a file or frame of names to add to them.
            threads: how many threads work; None takes all cores. The result is the same.
            progress: True shows a bar; a function is called with the documents and bytes done.
            types: the types of names to keep (PER, ORG, LOC, MISC, NORP); None for all. What is
                left out is in no table and no count, but was found: a person is still told by the
                office and the country beside.
            min_score: keep names of at least this score, from 0 to 1: of those that score 0.9,
                about nine in ten are right. None keeps all.
            tagger: whether a network trained on annotated news looks too, for names that neither
                the lexicon has nor a title or the like shows. Without it more names are missed,
                and it takes less time.

        Returns:
            The analysis, from which every table is taken.

        Raises:
            ArgumentError: `threads` is no whole number from 1, `lexicon` no lexicon, a type is
                unknown or `min_score` not from 0 to 1.
            LexiconError: a fault in the file or frame.

        Example:
            >>> import nasij, pandas as pd
            >>> text = "وصل فلاديمير بوتين إلى موسكو."
            >>> corpus = nasij.Corpus.from_frame(pd.DataFrame({"text": [text]}))
            >>> corpus.analyze(types="PER", min_score=0.5).mentions["text"].tolist()
            ['فلاديمير بوتين']
        """
        pool, known = check_threads(threads), as_lexicon(lexicon)
        chosen, least = check_types(types), check_min_score(min_score)
        with reporter(progress, len(self), self._texts.nbytes) as report:
            found = _nasij.analyze(
                self._texts,
                known._lexicon,
                pool,
                report,
                chosen,
                least,
                check_flag("tagger", tagger),
            )
        return Analysis(self, found, known)

    @property
    def documents(self) -> pd.DataFrame:
        """One row a document: doc, date, source, title, file, row, encoding, other columns."""
        return lend(self._documents)

    @property
    def problems(self) -> pd.DataFrame:
        """What could not be read as it stands: file, row (from 1), column, reason."""
        return lend(self._problems)

    @property
    def texts(self) -> _nasij.Texts:
        """The texts in the order of `documents`: ``texts[i]``, ``len(texts)``."""
        return self._texts

    def text(self, doc: str) -> str:
        """The text of the document with this id.

        Raises:
            ArgumentError: there is no such document.
        """
        places = (self._documents["doc"] == doc).to_numpy().nonzero()[0]
        if not len(places):
            msg = f"no document {doc!r}"
            raise ArgumentError(msg)
        return self._texts[int(places[0])]

    def _select(self, texts: _nasij.Texts, kept: npt.NDArray[np.bool_]) -> Corpus:
        """The corpus of the documents that are kept, whose texts these are."""
        return Corpus(texts, self._documents[kept].reset_index(drop=True), self._problems)

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._documents)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickles texts, documents and problems."""
        return Corpus, (self._texts, self._documents, self._problems)

    def __repr__(self) -> str:
        """The number of documents and problems, the size, the dates and the sources."""
        parts = [counted(len(self), "document"), f"{self._texts.nbytes / _MEGABYTE:,.1f} MB"]
        dates = self._documents["date"].dropna()
        if len(dates):
            parts.append(f"{dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}")
        sources = self._documents["source"].nunique()
        if sources:
            parts.append(counted(sources, "source"))
        if len(self._problems):
            parts.append(counted(len(self._problems), "problem"))
        return f"<Corpus: {', '.join(parts)}>"

    def _repr_html_(self) -> str:
        summary = repr(self).strip("<>")
        return f"<p>{summary}</p>{self._documents.head()._repr_html_()}"  # type: ignore[operator]
