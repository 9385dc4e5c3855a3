"""How far the work is, shown as a bar or told to a function."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    Report = Callable[[int, int], None] | None

__all__ = ["reporter", "steps"]


def reporter(
    progress: bool | Callable[[int, int], None] | None,  # noqa: FBT001
    documents: int,
    size: int,
    task: str = "analyze",
) -> AbstractContextManager[Report]:
    """A function to call with documents and bytes done, or None if nobody wants to know."""

    def tell(bar: Any, done: int, bytes_done: int) -> None:
        bar.set_postfix_str(f"{done:,}/{documents:,} documents", refresh=False)
        bar.update(bytes_done - bar.n)

    return _told(progress, tell, total=size, unit="B", unit_scale=True, desc=task)


def steps(
    progress: bool | Callable[[int, int], None] | None,  # noqa: FBT001
    what: str,
    number: int,
) -> AbstractContextManager[Report]:
    """A function to call with how many of so many steps are done, or None."""

    def tell(bar: Any, done: int, _: int) -> None:
        bar.update(done - bar.n)

    return _told(progress, tell, total=number, unit="", desc=what)


@contextmanager
def _told(
    progress: bool | Callable[[int, int], None] | None,  # noqa: FBT001
    tell: Callable[[Any, int, int], None],
    **looks: Any,
) -> Iterator[Report]:
    """What was given, if it is a function; else one that moves a bar, if one is wanted."""
    if callable(progress):
        yield progress
        return
    if not progress:
        yield None
        return
    from tqdm import tqdm  # noqa: PLC0415

    with tqdm(**looks) as bar:
        yield lambda done, more: tell(bar, done, more)
