"""Numbers in words."""

from __future__ import annotations

__all__ = ["counted"]


def counted(number: int, singular: str, plural: str = "") -> str:
    """``1 problem``, ``2,000 problems``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
