"""pywin32 where there is no Windows: enough for xlwings to import its implementation for Windows and run it.

Nothing of xlwings is replaced. What the modules give leads to the Excel that was put into :data:`RUNNING`.
"""

from __future__ import annotations

import ctypes
import datetime
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from tests.excel.com.proxy import ComObject, Messages, Served

PROCESS = 4711
"""Process number of the Excel of the tests."""


class com_error(Exception):  # noqa: N801  # the name pywin32 gives it
    """pywintypes.com_error: hresult, text, what Excel says, argument."""

    def __init__(self, hresult: int, text: str = "", excepinfo: tuple[Any, ...] | None = None, argument: Any = None) -> None:
        """Keep the four parts."""
        super().__init__(hresult, text, excepinfo, argument)
        self.hresult, self.strerror, self.excepinfo, self.argerror = hresult, text, excepinfo, argument


def excel_error(text: str) -> com_error:
    """Return what pywin32 raises where Excel refuses (1004)."""
    return com_error(-2147352567, "Exception occurred.", (0, "Microsoft Excel", text, None, 0, -2146827284), None)


class _Other(ComObject):
    """Further classes of pywin32's that xlwings knows; nothing here is one."""


RUNNING: dict[int, tuple[Served, Messages]] = {}
"""Every running Excel (its application object) by its window."""


def _modules() -> dict[str, types.ModuleType]:
    made = {name: types.ModuleType(name) for name in _NAMES}
    made["pywintypes"].__dict__.update(com_error=com_error, error=OSError, TimeType=_Time, IID=str.upper)
    made["pythoncom"].__dict__.update(
        com_error=com_error, ole_error=com_error, CoInitialize=lambda: None, CoUninitialize=lambda: None,
        IID_IDispatch=0, TypeIIDs={0: _Other}, IID_IEnumVARIANT=1, __file__=_LIBRARY,
    )  # fmt: skip
    client = made["win32com.client"]
    client.__dict__.update(CDispatch=ComObject, DispatchBaseClass=_Other, CoClassBaseClass=_Other, Dispatch=_dispatch, DispatchEx=_dispatch)
    made["win32com"].__dict__.update(client=client, server=made["win32com.server"])
    made["win32com.server"].__dict__.update({name.rpartition(".")[2]: made[name] for name in _NAMES if name.startswith("win32com.server.")})
    made["win32com.server.util"].__dict__.update(wrap=lambda given, **_named: given, unwrap=lambda given: given)
    made["win32gui"].__dict__.update(FindWindowEx=lambda parent, *_rest: parent, GetWindowText=lambda _window: "")
    made["win32process"].__dict__.update(GetWindowThreadProcessId=lambda _window: (1, PROCESS))
    made["win32timezone"].__dict__.update(TimeZoneInfo=types.SimpleNamespace(utc=lambda: datetime.UTC))
    return made


_NAMES = (
    *("pywintypes", "pythoncom", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "win32event"),
    *("win32com", "win32com.client", "win32com.server", "win32com.server.dispatcher", "win32com.server.policy"),
    "win32com.server.util",
)
_LIBRARY = "pythoncom311.dll"
_XLWINGS = ("xlwings._xlwindows", "xlwings.udfs", "xlwings.com_server")


class _Time(datetime.datetime):
    """pywintypes.TimeType."""


def _dispatch(given: Any, **_named: Any) -> Any:
    return given


class _Libraries:
    """ctypes.windll, oledll and PyDLL: any function of any library, doing nothing, but for what finds the Excel."""

    def __init__(self, *_arguments: Any) -> None:
        """Take the name of a library."""

    def __getattr__(self, name: str) -> Any:
        """Return a library or a function."""
        if name.startswith("__"):
            raise AttributeError(name)
        found = _FUNCTIONS.get(name) or _Libraries()
        setattr(self, name, found)
        return found

    def __call__(self, *_arguments: Any) -> int:
        """Do nothing."""
        return 0


class _Function:
    """A function of a library, to which attributes can be set."""

    def __init__(self, call: Any) -> None:
        self._call = call

    def __call__(self, *arguments: Any) -> Any:
        return self._call(*arguments)


def _object_of(window: int, _kind: int, _interface: Any, pointer: Any) -> int:
    pointer._obj.value = window
    return 0


def _window_object(pointer: Any, *_rest: Any) -> ComObject:
    application, messages = RUNNING[pointer.value or 0]
    return ComObject(application, messages)


_FUNCTIONS = {
    "AccessibleObjectFromWindow": _Function(_object_of),
    "PyCom_PyObjectFromIUnknown": _Function(_window_object),
    "GetTopWindow": _Function(lambda _parent: next(iter(RUNNING), 0)),
    "GetWindow": _Function(lambda window, _which: _next_window(window)),
}


def _next_window(window: int) -> int:
    windows = [*RUNNING, 0]
    return windows[windows.index(window) + 1]


@contextmanager
def windows() -> Iterator[types.SimpleNamespace]:
    """Let xlwings' modules for Windows be imported; afterwards everything is as it was.

    Yields:
        ``xlwings`` with its engine for Excel active, and its modules ``xlwindows``, ``udfs`` and ``com_server``.
    """
    import xlwings

    before = {name: sys.modules.get(name) for name in (*_NAMES, *_XLWINGS)}
    libraries = {name: getattr(ctypes, name, None) for name in ("windll", "oledll", "PyDLL")}
    engines, active = list(xlwings.engines.engines), xlwings.engines.active
    sys.modules.update(_modules())
    for name in libraries:
        setattr(ctypes, name, _Libraries if name == "PyDLL" else _Libraries())
    try:
        made = [import_module(name) for name in _XLWINGS]
        xlwings.engines.add(xlwings.Engine(impl=made[0].engine))
        xlwings.engines.active = xlwings.engines["excel"]
        yield types.SimpleNamespace(xlwings=xlwings, xlwindows=made[0], udfs=made[1], com_server=made[2])
    finally:
        RUNNING.clear()
        made[2].loop.close()
        _restore(before, libraries)
        xlwings.engines.engines[:], xlwings.engines.active = engines, active
        xlwings.engines.engines_by_name.pop("excel")


def _restore(modules: dict[str, types.ModuleType | None], libraries: dict[str, Any]) -> None:
    for name, module in modules.items():
        if module is None:
            sys.modules.pop(name, None)
        else:
            sys.modules[name] = module
    import xlwings

    for name in _XLWINGS:
        if modules[name] is None:
            xlwings.__dict__.pop(name.rpartition(".")[2], None)
    for name, library in libraries.items():
        if library is None:
            delattr(ctypes, name)
        else:
            setattr(ctypes, name, library)
