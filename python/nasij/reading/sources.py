"""Which files there are: folders, globs, single files and the members of zip archives."""

from __future__ import annotations

import glob
import gzip
import os
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from nasij.errors import ArgumentError

if TYPE_CHECKING:
    from nasij.reading.problems import Problems

__all__ = ["Archives", "Paths", "Source", "discover"]

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_KINDS: Final = {
    ".txt": "text",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
}
_READ: Final = ".txt, .jsonl, .csv, .tsv and .parquet, each also .gz, and .zip"


@dataclass(frozen=True, slots=True)
class Source:
    """One file or one member of an archive.

    `name` is what tables call it, `label` what the ids of its documents are made from.
    """

    name: str
    label: str
    relative: str
    kind: str
    packed: bool
    path: Path
    member: zipfile.ZipInfo | None = None


@dataclass(slots=True)
class Archives:
    """Opens sources, keeping the archive of the last one open, since members come in a row."""

    _path: Path | None = None
    _zip: zipfile.ZipFile | None = None
    _streams: list[BinaryIO] = field(default_factory=list)

    def open(self, source: Source) -> BinaryIO:
        """Opens the (unpacked) bytes of `source`; streams opened before are closed."""
        self._close_streams()
        if source.member is None:
            stream = cast("BinaryIO", source.path.open("rb"))
        else:
            if self._zip is None or self._path != source.path:
                self.close()
                self._path, self._zip = source.path, zipfile.ZipFile(source.path)
            stream = cast("BinaryIO", self._zip.open(source.member))
        self._streams.append(stream)
        if source.packed:
            stream = cast("BinaryIO", gzip.GzipFile(fileobj=stream))
            self._streams.append(stream)
        return stream

    def close(self) -> None:
        """Closes everything that is open."""
        self._close_streams()
        if self._zip is not None:
            self._zip.close()
        self._path = self._zip = None

    def _close_streams(self) -> None:
        while self._streams:
            self._streams.pop().close()


def discover(paths: Paths, problems: Problems) -> list[Source]:
    """Lists what is to be read, sorted within each path given, each file once.

    Files that are not read (hidden, of another kind, broken archives) go to `problems`. Two text
    files of one name are told apart by their path from the folder given.
    """
    found: list[Source] = []
    seen: set[str] = set()
    for path, root, chosen in _files(_as_list(paths), problems):
        key = str(path.absolute())
        if key not in seen:
            seen.add(key)
            found.extend(_sources(path, root, problems, chosen=chosen))
    names = Counter((source.kind, source.label) for source in found)
    return [
        replace(source, label=source.relative) if names[source.kind, source.label] > 1 else source
        for source in found
    ]


def _as_list(paths: Paths) -> list[Path]:
    many = list(paths) if isinstance(paths, Iterable) and not isinstance(paths, str) else [paths]
    for path in many:
        if not isinstance(path, str | os.PathLike) or not os.fspath(path):
            msg = f"a path is a string or path-like, not {path!r}"
            raise ArgumentError(msg)
    return [Path(path).expanduser() for path in many]


def _files(paths: list[Path], problems: Problems) -> Iterator[tuple[Path, Path, bool]]:
    """Every file with the folder its relative name starts from and whether it was named itself."""
    for path in paths:
        if path.is_dir():
            yield from ((file, path, False) for file in _walk(path, problems))
        elif path.exists():
            yield path, path.parent, True
        elif glob.has_magic(str(path)):
            matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207
            if not matches:
                problems.add("no file matches", file=str(path))
            for match in map(Path, matches):
                if match.is_dir():
                    if "**" not in path.parts:
                        yield from ((file, match, False) for file in _walk(match, problems))
                else:
                    yield match, match.parent, True
        else:
            problems.add("no such file or folder", file=str(path))


def _walk(folder: Path, problems: Problems) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        problems.add(f"folder not readable: {error.strerror}", file=str(error.filename))

    any_file = False
    for parent, folders, files in os.walk(folder, onerror=unreadable):
        for hidden in sorted(name for name in folders if name.startswith(".")):
            problems.add("hidden folder, not read", file=str(Path(parent, hidden)))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            any_file = True
            yield Path(parent, name)
    if not any_file:
        problems.add("the folder holds no files", file=str(folder))


def _kind(name: str) -> tuple[str | None, bool, str]:
    """The kind of a file by its name, whether it is gzipped, and the name without suffixes."""
    packed = name.casefold().endswith(".gz")
    plain = PurePosixPath(name[:-3] if packed else name)
    kind = _KINDS.get(plain.suffix.casefold())
    return kind, packed, str(plain.with_suffix("")) if kind else name


def _sources(path: Path, root: Path, problems: Problems, *, chosen: bool) -> Iterator[Source]:
    if path.name.startswith(".") and not chosen:
        problems.add("hidden file, not read", file=str(path))
        return
    if path.suffix.casefold() == ".zip":
        yield from _members(path, problems)
        return
    kind, packed, stem = _kind(path.name)
    if kind is None:
        problems.add(_unknown(path.name), file=str(path))
        return
    relative = path.relative_to(root).parent / stem
    yield Source(str(path), stem, relative.as_posix(), kind, packed, path)


def _members(path: Path, problems: Problems) -> Iterator[Source]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        problems.add(f"not a readable zip archive: {error}", file=str(path))
        return
    if not infos:
        problems.add("the archive holds no files", file=str(path))
    # Two members may have one name: each is opened by its place in the archive.
    for member in sorted(infos, key=lambda info: info.filename):
        name, inner = f"{path}/{member.filename}", PurePosixPath(member.filename)
        if inner.name.startswith(".") or "__MACOSX" in inner.parts:
            problems.add("hidden file, not read", file=name)
            continue
        kind, packed, stem = _kind(inner.name)
        if kind is None:
            problems.add(_unknown(inner.name), file=name)
            continue
        relative = f"{path.stem}/{inner.parent / stem}"
        yield Source(name, stem, relative, kind, packed, path, member)


def _unknown(name: str) -> str:
    suffix = PurePosixPath(name).suffix
    hint = "; write one object a line as .jsonl" if suffix.casefold() == ".json" else ""
    kind = f"files of kind {suffix}" if suffix else "files without a suffix"
    return f"{kind} are not read (read are {_READ}){hint}"
