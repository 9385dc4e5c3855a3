"""The command line: ``nasij analyze``, ``evaluate``, ``extract`` and ``normalize``."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nasij.cli.commands import DONE, UNUSABLE, fail
from nasij.cli.parser import parser
from nasij.errors import ArgumentError, LexiconError, NasijError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

_WRONG_USAGE, _INTERRUPTED = 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line.

    Args:
        arguments: the words after ``nasij``; None takes those of the process.

    Returns:
        0 done, 1 nothing usable, 2 wrong usage, 130 interrupted.
    """
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = parser().parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
    except (ArgumentError, LexiconError) as error:
        return fail(str(error), _WRONG_USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (NasijError, OSError) as error:
        return fail(str(error), UNUSABLE)
    except KeyboardInterrupt:
        return fail("interrupted", _INTERRUPTED)
    return status


def _open_closed() -> None:
    """Standard streams the caller closed are empty, and swallow what is written."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
