"""What is worked out once: a property without the lock of functools.cached_property, and a function of frozen data."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar, overload

S = TypeVar("S")
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


def kept_in_argument(function: Callable[[S], T]) -> Callable[[S], T]:
    """Keep what a function makes of a frozen object in that object; several rules ask the same of one form."""
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def once(of: S) -> T:
        facts = of.__dict__
        if name not in facts:
            facts[name] = function(of)
        found: T = facts[name]
        return found

    return once
