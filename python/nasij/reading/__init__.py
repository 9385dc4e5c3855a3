"""From files or frames to texts and a table of documents, with every problem written down."""

from __future__ import annotations

from nasij.reading.collect import Collected, read_files, read_frame

__all__ = ["Collected", "read_files", "read_frame"]
