"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["usual_mode", "written_whole"]


@contextmanager
def written_whole(path: str | os.PathLike[str]) -> Iterator[Path]:
    """A path beside `path` to write to; it takes the name of `path` if nothing goes wrong."""
    target = Path(path)
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
    os.close(descriptor)
    part = Path(name)
    try:
        yield part
        part.chmod(usual_mode(0o666))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def usual_mode(mode: int) -> int:
    """The permissions a new file gets; temporary ones are made for the owner alone."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mode & ~mask
