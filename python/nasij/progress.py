"""How far the work is, shown as a bar or told to a function."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["reporter", "steps"]


@contextmanager
def reporter(
    progress: bool | Callable[[int, int], None] | None,  # noqa: FBT001
    documents: int,
    size: int,
    task: str = "analyze",
) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call with documents and bytes done, or None if nobody wants to know."""
    if callable(progress):
        yield progress
        return
    if not progress:
        yield None
        return
    from tqdm import tqdm  # noqa: PLC0415

    with tqdm(total=size, unit="B", unit_scale=True, desc=task) as bar:

        def report(done: int, bytes_done: int) -> None:
            bar.set_postfix_str(f"{done:,}/{documents:,} documents", refresh=False)
            bar.update(bytes_done - bar.n)

        yield report


@contextmanager
def steps(
    progress: bool | Callable[[int, int], None] | None,  # noqa: FBT001
    what: str,
    number: int,
) -> Iterator[Callable[[int, int], None] | None]:
    """A function to call with how many of so many steps are done, or None."""
    if callable(progress):
        yield progress
        return
    if not progress:
        yield None
        return
    from tqdm import tqdm  # noqa: PLC0415

    with tqdm(total=number, desc=what, unit="") as bar:

        def report(done: int, _: int) -> None:
            bar.update(done - bar.n)

        yield report
