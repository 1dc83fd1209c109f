"""Objects of the other process as pywin32 hands them out; each use of one is a message, and is counted.

Counted is every IDispatch.Invoke: reading a property, setting one, calling a method, calling an object (its default
member), and each step of an iteration. Not counted: looking a name up (GetIDsOfNames, answered from the type library),
fetching a method without calling it, passing an object as an argument, and letting go of one.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Messages:
    """What crossed the boundary so far.

    Attributes:
        log: each message, such as ``get Range.Value`` or ``call Worksheet.Range('A1:L40')``.
        before: called with each message before it is answered; raises to make it fail.
    """

    log: list[str] = field(default_factory=list)
    before: Callable[[str], None] | None = None

    @property
    def count(self) -> int:
        """Return how many messages there were."""
        return len(self.log)

    def add(self, kind: str, served: object, name: str = "", arguments: Sequence[object] = ()) -> None:
        """Count a message."""
        shown = f"({', '.join(map(_short, arguments))})" if kind == "call" else ""
        message = f"{kind} {type(served).__name__}{'.' if name else ''}{name}{shown}"
        self.log.append(message)
        if self.before is not None:
            self.before(message)


def _short(argument: object) -> str:
    text = repr(getattr(argument, "_served", argument))
    return text if len(text) <= 60 else text[:57] + "..."


class Served:
    """An object of Excel's process. Properties are Python properties, methods are methods; names are those of Excel."""

    identifier = "{00000000-0000-0000-0000-000000000000}"
    """Identifier of its interface, by which xlwings tells a range from a value."""

    def items(self) -> Sequence[Any]:
        """Return the members of a collection."""
        raise TypeError(f"{type(self).__name__} is no collection")


class ComObject:
    """What pywin32 gives for an object of another process (CDispatch)."""

    def __init__(self, served: Served, messages: Messages) -> None:
        """Stand for ``served``."""
        object.__setattr__(self, "_served", served)
        object.__setattr__(self, "_messages", messages)

    @property
    def _oleobj_(self) -> Interface:
        return Interface(self._served)

    def __getattr__(self, name: str) -> Any:
        """Read a property: a message. A method is only handed out."""
        found = getattr(type(self._served), name, None)
        if found is None or name.startswith("_"):
            # xlwings takes an AttributeError for Excel being busy and asks again without end.
            raise LookupError(f"the Excel of the tests has no {type(self._served).__name__}.{name}")
        if isinstance(found, property):
            self._messages.add("get", self._served, name)
            return self._outward(getattr(self._served, name))

        def call(_self: ComObject, *arguments: Any, **named: Any) -> Any:
            return self._call(name, arguments, named)

        return types.MethodType(call, self)

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a property: a message."""
        found = getattr(type(self._served), name, None)
        if not isinstance(found, property) or found.fset is None:
            raise LookupError(f"{type(self._served).__name__}.{name} cannot be set in the Excel of the tests")
        self._messages.add("set", self._served, name)
        setattr(self._served, name, _inward(value))

    def __call__(self, *arguments: Any) -> Any:
        """Ask for the default member: a message."""
        self._messages.add("call", self._served, "", arguments)
        return self._outward(self._served(*map(_inward, arguments)))

    def __iter__(self) -> Iterator[Any]:
        """Go through a collection: a message for the enumerator, and one for each member and for the end."""
        self._messages.add("get", self._served, "_NewEnum")
        for member in self._served.items():
            self._messages.add("next", self._served)
            yield self._outward(member)
        self._messages.add("next", self._served)

    def _call(self, name: str, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        self._messages.add("call", self._served, name, (*arguments, *named.values()))
        given = {key: _inward(value) for key, value in named.items()}
        return self._outward(getattr(self._served, name)(*map(_inward, arguments), **given))

    def _outward(self, value: Any) -> Any:
        return ComObject(value, self._messages) if isinstance(value, Served) else value


def _inward(value: Any) -> Any:
    """Return an argument as the other process gets it; xlwings may have wrapped an object once more."""
    inner = getattr(value, "_inner", value) if type(value).__name__ == "COMRetryObjectWrapper" else value
    return object.__getattribute__(inner, "_served") if isinstance(inner, ComObject) else inner


class Interface:
    """What pywin32 keeps in ``_oleobj_``: answered without asking the other process."""

    CLSID = None

    def __init__(self, served: Served) -> None:
        """Describe ``served``."""
        self._served = served

    def GetTypeInfo(self) -> Interface:
        """Return the description."""
        return self

    def GetTypeAttr(self) -> Any:
        """Return the attributes of the description."""
        return types.SimpleNamespace(iid=self._served.identifier)
