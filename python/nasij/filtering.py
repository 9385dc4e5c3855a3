"""Standard input to standard output, normalized: a filter that keeps up with ``gzip -dc``.

A thread reads ahead while the lines that have come are normalized, many at once, and written.
Lines go out as soon as they are there: nothing waits for a block to fill.
"""

from __future__ import annotations

import codecs
from queue import Queue
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO, Final

from nasij.reading import decoding

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator

    from nasij._nasij import Normalizer

__all__ = ["normalize_stream", "read_ahead"]

_BLOCK: Final = 1 << 18
#: How many blocks are read before the first of them is written. They bound the memory, unless a
#: line is longer.
_AHEAD: Final = 32


def normalize_stream(
    normalizer: Normalizer, blocks: Iterable[bytes], encoding: str, output: BinaryIO
) -> int:
    """Writes the lines of `blocks` normalized, in UTF-8; their ends stay as they are.

    Returns:
        How many lines held bytes that are not of the encoding; they became U+FFFD.
    """
    if codecs.lookup(encoding).name != "utf-8":
        blocks = _recoded(blocks, encoding)
    damaged = 0
    for lines in _whole_lines(blocks):
        folded, faulty = normalizer.normalize_lines(lines)
        damaged += faulty
        output.writelines(folded)
        output.flush()
    return damaged


def read_ahead(stream: io.RawIOBase) -> Iterator[bytes]:
    """All that has come since the last call, in order; waits only if that is nothing."""
    come: Queue[bytes] = Queue(_AHEAD)
    failed: list[Exception] = []

    def read() -> None:
        try:
            while block := stream.read(_BLOCK):
                come.put(block)
            if block is None:
                msg = "standard input is set not to wait for input"
                raise BlockingIOError(msg)  # noqa: TRY301
        except Exception as error:  # noqa: BLE001 - raised where the blocks are used
            failed.append(error)
        come.put(b"")

    # It may wait for input that never comes, and must not keep the process.
    Thread(target=read, daemon=True).start()
    ended = False
    while not ended:
        blocks = [come.get()]
        while blocks[-1] and len(blocks) < _AHEAD and not come.empty():
            blocks.append(come.get())
        ended = not blocks[-1]
        yield b"".join(blocks)
    if failed:
        raise failed[0]


def _recoded(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The blocks in UTF-8; damage goes through as bytes that UTF-8 does not have."""
    decoder = codecs.getincrementaldecoder(encoding)(decoding.DAMAGED)
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", decoding.DAMAGED)
    yield decoder.decode(b"", final=True).encode("utf-8", decoding.DAMAGED)


def _whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind line ends only."""
    held: list[bytes] = []
    for block in blocks:
        end = block.rfind(b"\n") + 1
        if not end:
            held.append(block)
            continue
        lines = b"".join([*held, memoryview(block)[:end]])
        held = [block[end:]]
        yield lines
    yield b"".join(held)
