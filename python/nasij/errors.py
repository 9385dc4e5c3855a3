"""What nasij raises and warns with.

Every error derives from `NasijError` and from the built-in class a caller would expect, so
`except ValueError` and `except OSError` keep working.
"""

from __future__ import annotations

import inspect
import warnings

__all__ = [
    "AnnotationError",
    "ArgumentError",
    "FormatError",
    "LexiconError",
    "NasijError",
    "NasijWarning",
    "ReadError",
    "ReadWarning",
    "TextError",
    "warn",
]


class NasijError(Exception):
    """The base of everything nasij raises on purpose."""


class ArgumentError(NasijError, ValueError):
    """An argument that cannot be meant; the message says what can be."""


class TextError(NasijError, ValueError):
    """A text that is not Unicode text, such as one with a lone surrogate; names the position."""


class AnnotationError(NasijError, ValueError):
    """Annotations that do not follow their format; names the file and the line."""


class LexiconError(NasijError, ValueError):
    """A lexicon that does not follow its format; names the file, the row and the column."""


class ReadError(NasijError, OSError):
    """Nothing usable could be read; the message holds the first reasons."""


class FormatError(NasijError, ValueError):
    """Bytes that this version of nasij did not write."""


class NasijWarning(UserWarning):
    """The base of nasij's warnings."""


class ReadWarning(NasijWarning):
    """Something could not be read as it stands; `Corpus.problems` lists it row by row."""


def warn(message: str) -> None:
    """Warns at the line outside nasij that called it, however deep inside the reason was found."""
    frame, level = inspect.currentframe(), 1
    while frame is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "nasij":
        frame, level = frame.f_back, level + 1
    warnings.warn(message, NasijWarning, stacklevel=level)
