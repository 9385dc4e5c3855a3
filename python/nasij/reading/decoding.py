"""Which encoding a file is in, decided on a bounded sample.

Byte order marks first, then strict UTF-8 (text in another encoding is hardly ever valid UTF-8 by
chance), then charset-normalizer among the encodings Arabic newsrooms have really used.
"""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, Final

from nasij.errors import ArgumentError

__all__ = ["DAMAGED", "SAMPLE", "check_encoding", "detect", "is_wide", "sample_of", "western"]

#: How many bytes are looked at.
SAMPLE: Final = 1 << 20
#: The error handler under which damaged bytes survive as lone surrogates, in any encoding, and lone
#: surrogates as bytes that are no UTF-8.
DAMAGED: Final = "nasij-damaged"
_WINDOW: Final = 1 << 16
_CANDIDATES: Final = ["cp1256", "iso8859_6", "cp1252", "latin_1"]
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Words with a byte that is not ASCII: markup, keys and numbers say nothing of the encoding.
_TELLING: Final = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")
_SHOWN: Final = {"cp1256": "windows-1256", "cp1252": "windows-1252", "iso8859_6": "iso-8859-6"}
_DAMAGE: Final = 0.05


def _as_surrogate(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeDecodeError):
        return "\udcff", error.end
    if isinstance(error, UnicodeEncodeError):
        return b"\xff" * (error.end - error.start), error.end
    raise error


codecs.register_error(DAMAGED, _as_surrogate)


def check_encoding(encoding: str | None) -> str | None:
    """The encoding the caller names, if Python knows it; raises `ArgumentError` otherwise."""
    if encoding is None:
        return None
    try:
        "".encode(encoding)
    except (LookupError, TypeError) as error:
        msg = f"unknown encoding {encoding!r}; usual ones are utf-8, windows-1256 and utf-16"
        raise ArgumentError(msg) from error
    return encoding


def sample_of(stream: BinaryIO) -> tuple[bytes, bool]:
    """The first block of `stream` that is not pure ASCII, and whether the stream ends with it."""
    while True:
        block = stream.read(SAMPLE)
        complete = len(block) < SAMPLE
        if complete or not block.isascii() or b"\0" in block:
            return block, complete


def detect(sample: bytes, *, complete: bool = True) -> str | None:
    """Names the encoding of `sample`.

    Args:
        sample: bytes from the start of a file.
        complete: whether the file ends there; otherwise a character cut at the end is no fault.

    Returns:
        A name Python's codecs know, or None if no candidate fits, as for bytes full of NUL. UTF-8
        with a few damaged bytes is still ``utf-8``.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if wide := _utf16(sample):
        return wide
    if sample.count(0) > len(sample) * _DAMAGE:
        return None
    decoder = codecs.getincrementaldecoder("utf-8")
    try:
        decoder().decode(sample, complete)
    except UnicodeDecodeError:
        decoded = decoder("replace").decode(sample, complete)
        damaged = decoded.count("\ufffd")
        sound = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ufffd]", decoded))
        if damaged <= sound * _DAMAGE:
            return "utf-8"
        return _guess(sample) or ("utf-8" if damaged < sound else None)
    return "utf-8"


def is_wide(encoding: str) -> bool:
    """Whether `encoding` takes two or four bytes a letter, so that bytes show no lines."""
    return codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))


def western(encoding: str) -> bool:
    """Whether `encoding` has no Arabic letters at all."""
    return codecs.lookup(encoding).name in {"cp1252", "iso8859-1", "iso8859-15", "ascii"}


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is 0x00 (ASCII) or 0x06 (the Arabic block).

    The others are hardly ever 0x00, unlike in UTF-32 and in bytes that are no text.
    """
    half = len(sample) // 2
    even, odd = sample[::2], sample[1::2]
    for name, high, low in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if high.count(0) + high.count(6) > 0.8 * half and low.count(0) < 0.2 * half:
            return name
    return None


def _guess(sample: bytes) -> str | None:
    if b"\0" in sample:
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415

    words = b" ".join(_TELLING.findall(sample))[:_WINDOW]
    best = from_bytes(words, cp_isolation=_CANDIDATES).best()
    return _SHOWN.get(best.encoding, best.encoding) if best else None
