"""Texts with the names marked in them, by a person or by another tagger."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd

from nasij import tables
from nasij.corpus import Corpus
from nasij.errors import AnnotationError, ArgumentError
from nasij.evaluation import conll, offsets
from nasij.wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nasij.evaluation.conll import Document

__all__ = ["Annotations", "read_annotations"]

_JSON: Final = (".jsonl", ".ndjson", ".json")


class Annotations:
    """Documents and the mentions marked in them; made by `read_annotations`.

    Example:
        >>> import nasij, pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "marked.jsonl")
        >>> line = '{"id": "a1", "text": "وصل بوتين إلى الصين.", "label": [[4, 9, "PER"]]}'
        >>> _ = path.write_text(line, encoding="utf-8")
        >>> marked = nasij.read_annotations(path)
        >>> marked
        <Annotations: 1 document, 1 mention>
        >>> marked.mentions.values.tolist()
        [['a1', 4, 9, 'بوتين', 'PER']]
    """

    __slots__ = ("_documents", "_mentions", "_words")

    def __init__(self, documents: pd.DataFrame, mentions: pd.DataFrame, *, words: bool) -> None:
        """Puts the parts together; use `read_annotations`."""
        self._documents = documents
        self._mentions = mentions
        self._words = words

    @property
    def documents(self) -> pd.DataFrame:
        """One row a document: doc and text, which is missing where the file has only offsets.

        Of columns (CoNLL) the text is made: a blank between tokens, a line a sentence.
        """
        return tables.lend(self._documents)

    @property
    def mentions(self) -> pd.DataFrame:
        """One row a mention: doc, start, end (code points), text, type (as in the file), ..."""
        return tables.lend(self._mentions)

    @property
    def words(self) -> bool:
        """Whether the mentions are whole words, clitics included, as where tokens have tags."""
        return self._words

    def corpus(self) -> Corpus:
        """The documents as a corpus, for nasij to find the names in.

        Raises:
            ArgumentError: there are only offsets, without texts.
        """
        if self._documents["text"].isna().any():
            msg = "the file has offsets, but no texts; read those with nasij.Corpus.read"
            raise ArgumentError(msg)
        return Corpus.from_frame(self._documents, text="text", id="doc")

    def __len__(self) -> int:
        """The number of documents."""
        return len(self._documents)

    def __repr__(self) -> str:
        """The numbers of documents and mentions."""
        mentions = counted(len(self._mentions), "mention")
        return f"<Annotations: {counted(len(self), 'document')}, {mentions}>"

    def _repr_html_(self) -> str:
        summary = repr(self).strip("<>")
        return f"<p>{summary}</p>{self._mentions.head()._repr_html_()}"  # type: ignore[operator]


def read_annotations(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    columns: tuple[int, int] = (0, -1),
    sentences: int | None = None,
    encoding: str = "utf-8",
) -> Annotations:
    """Reads texts marked by a person, or by another tagger.

    The ending says what a file is (``.gz`` may follow):

    - ``.jsonl`` (``.json`` for one array of the same objects): one text a line with its mentions,
      as annotation tools export them, ``{"text": ..., "label": [[start, end, type], ...]}``; the
      list may be called entities, labels or spans, and may hold objects with start, end and type
      (start_offset, end_offset, label). Or one mention a line: doc, start, end, type, without the
      text. Offsets are code points.
    - ``.csv``: one mention a row with these columns, as `Analysis.write` writes mentions.csv.
    - any other: columns parted by tabs or blanks as of CoNLL-2003, a token a line, a blank line
      behind a sentence. Tags may be of IOB1, IOB2 (BIO), IOBES, BILOU or BMES; an I- that begins a
      mention is taken as B-, as conlleval does. ``-DOCSTART-`` and comments part documents
      (``# newdoc id = a1`` names one); without them, a file is one document.

    A document without a name is called by its number; if there are several files, by the name of
    its file (and ``:2``, ``:3``). Names that come again get ``#2``, ``#3``.

    Args:
        paths: a file, a folder of files, or several of these.
        columns: of CoNLL, where token and tag stand, counted from 0, or from -1 backwards. Of the
            output of conlleval, (0, -2) is gold and (0, -1) predicted.
        sentences: of CoNLL, how many sentences are a document at most: 1 if they stand in no order.
            nasij reads a document as one article, in which a name comes again by its last part.
        encoding: of all files.

    Raises:
        ArgumentError: files of several kinds, or an unknown encoding.
        AnnotationError: a line that does not follow the format, or is not in this encoding.
        OSError: a file that cannot be opened.

    Warns:
        NasijWarning: tags I- without B- before them, where the file else has B-.

    Example:
        >>> import nasij, pathlib, tempfile
        >>> path = pathlib.Path(tempfile.mkdtemp(), "test.conll")
        >>> rows = "وصل O", "فلاديمير B-PERS", "بوتين I-PERS", "للصين B-LOC"
        >>> _ = path.write_text(chr(10).join(rows), encoding="utf-8")
        >>> gold = nasij.read_annotations(path)
        >>> gold.mentions[["start", "end", "text", "type"]].values.tolist()
        [[4, 18, 'فلاديمير بوتين', 'PERS'], [19, 24, 'للصين', 'LOC']]
        >>> nasij.evaluate(gold, gold.corpus().analyze())
        <Evaluation: 1 document, 2 gold mentions, 2 predicted; precision 1.000, recall 1.000, ...>
    """
    files = _files(paths)
    kinds = {_kind(file) for file in files}
    if len(kinds) != 1:
        msg = f"one kind of file at a time, not {', '.join(sorted(kinds)) or 'none'}"
        raise ArgumentError(msg)
    contents = [(file, _content(file, encoding)) for file in files]
    if kinds == {"csv"}:
        return _of_offsets([_csv(content, file) for file, content in contents])
    if kinds == {"json"}:
        frames = [offsets.spans_of(content, str(file)) for file, content in contents]
        rows = [frame for frame in frames if frame is not None]
        if len(rows) == len(frames):
            return _of_offsets(rows)
    found: list[Document] = []
    for file, content in contents:
        if kinds == {"json"}:
            new = list(offsets.documents(content, str(file)))
        else:
            new = list(conll.documents(content, str(file), columns, sentences))
        found += _named(new, file if len(files) > 1 else None, len(found))
    if not found:
        msg = f"nothing is annotated in {', '.join(map(str, files))}"
        raise AnnotationError(msg)
    return _of_documents(found, words=kinds == {"conll"})


def _kind(file: Path) -> str:
    suffix = Path(file.stem if file.suffix == ".gz" else file.name).suffix.casefold()
    return "csv" if suffix == ".csv" else "json" if suffix in _JSON else "conll"


def _csv(content: str, file: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(io.StringIO(content), dtype={"doc": str})
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        msg = f"{file}: no CSV: {error}"
        raise AnnotationError(msg) from error


def _files(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> list[Path]:
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    for path in given:
        if not isinstance(path, str | os.PathLike):
            msg = f"a path is a string or path-like, not {type(path).__name__}"
            raise ArgumentError(msg)
    files: list[Path] = []
    for path in (Path(path).expanduser() for path in given):
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        files += [file for file in inside if not file.name.startswith(".") or file == path]
    return files


def _content(file: Path, encoding: str) -> str:
    data = file.read_bytes()
    try:
        data = gzip.decompress(data) if file.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        msg = f"{file}: no gzip: {error}"
        raise AnnotationError(msg) from error
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = f"byte 0x{data[error.start]:02x}"
        msg = f"{file}, line {line}: not {encoding} ({byte}); name the encoding with encoding="
        raise AnnotationError(msg) from error
    except LookupError as error:
        msg = f"unknown encoding {encoding!r}; usual ones are utf-8, windows-1256 and utf-16"
        raise ArgumentError(msg) from error


def _named(found: list[Document], file: Path | None, before: int) -> list[Document]:
    """The documents with a name each: its own, that of the file, or its number."""
    names = []
    for number, document in enumerate(found, start=1):
        by_file = "" if file is None else file.name.removesuffix(".gz").rsplit(".", 1)[0]
        if by_file and number > 1:
            by_file += f":{number}"
        names.append(document.name or by_file or str(before + number))
    return [document._replace(name=name) for document, name in zip(found, names, strict=True)]


def _of_documents(found: list[Document], *, words: bool) -> Annotations:
    seen: dict[str, int] = {}
    names: list[str] = []
    for document in found:
        seen[document.name] = seen.get(document.name, 0) + 1
        times = seen[document.name]
        names.append(document.name if times == 1 else f"{document.name}#{times}")
    rows = [
        (name, span.start, span.end, document.text[span.start : span.end], span.type)
        for name, document in zip(names, found, strict=True)
        for span in document.spans
    ]
    doc, start, end, text, kind = zip(*rows, strict=True) if rows else ((),) * 5
    mentions = pd.DataFrame(
        {
            "doc": tables.texts(doc),
            "start": pd.Series(start, dtype="int64"),
            "end": pd.Series(end, dtype="int64"),
            "text": tables.texts(text),
            "type": tables.texts(kind),
        }
    )
    texts = tables.texts(document.text for document in found)
    return Annotations(
        pd.DataFrame({"doc": tables.texts(names), "text": texts}), mentions, words=words
    )


def _of_offsets(frames: list[pd.DataFrame]) -> Annotations:
    mentions = pd.concat(frames, ignore_index=True)
    names = mentions["doc"].astype(str).unique() if "doc" in mentions else ["1"]
    documents = pd.DataFrame({"doc": tables.texts(names)})
    documents["text"] = tables.texts([None] * len(documents))
    return Annotations(documents, mentions, words=False)
