"""A property that is computed once, without a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["lazy"]

_Value = TypeVar("_Value")


class lazy(Generic[_Value]):  # noqa: N801 - a decorator
    """Like `functools.cached_property` of Python 3.12.

    That of 3.11 holds a lock for the whole class: threads wait for each other's tables, and a
    process forked meanwhile waits for ever. Here two threads may compute the same value, and both
    get that of the first.
    """

    def __init__(self, compute: Callable[[Any], _Value]) -> None:
        """Wraps the method that computes the value."""
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Learns the name under which the value is kept."""
        self._name = name

    def __get__(self, instance: Any, owner: type | None = None) -> _Value:
        """Computes the value and keeps it in the instance, which answers from then on."""
        value: _Value = instance.__dict__.setdefault(self._name, self._compute(instance))
        return value
