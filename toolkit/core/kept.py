"""A property that is worked out once: functools.cached_property without its lock, which costs more than most values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class kept(Generic[T]):  # noqa: N801  # used as a decorator, like property
    """Work a value out on first use and keep it in the instance; for frozen data, whose values cannot go stale."""

    def __init__(self, function: Callable[[Any], T]) -> None:
        """Wrap the method that works the value out."""
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> kept[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> kept[T] | T:
        """Return the value; from now on it is found in the instance without coming here."""
        if instance is None:
            return self
        value = self._function(instance)
        instance.__dict__[self._name] = value
        return value
