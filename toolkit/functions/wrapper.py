"""The VBA functions that Excel sees, written by xlwings' own generator for the version they are pinned to."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.metadata import version
from types import ModuleType, SimpleNamespace
from typing import Any

from toolkit.addin.module import Kind, Module
from toolkit.functions.__main__ import MODULE
from toolkit.functions.catalogue import FUNCTIONS

PINNED = "0.37.8"
"""The xlwings whose library, wrapper and server belong together: the macros name the library by this version."""
WRAPPER = "SelfevalFunctions"
_WINDOWS_ONLY = ("pythoncom", "pywintypes", "win32com", "win32com.client")


class UnpinnedError(Exception):
    """The installed xlwings is another than the pinned one."""


def require_pinned() -> None:
    """Refuse to build with another xlwings than the pinned one.

    Raises:
        UnpinnedError: always then; the text says what to change together.
    """
    installed = version("xlwings")
    if installed != PINNED:
        raise UnpinnedError(
            f"xlwings {installed} is installed, the functions are pinned to {PINNED}: install that version, or change "
            "PINNED and setup.cfg together, run make build, and try the functions in Excel"
        )


def wrapper_module() -> Module:
    """Return the module with a VBA function for each function of the catalogue.

    Raises:
        UnpinnedError: another xlwings is installed.
        ValueError: xlwings writes something else than it did.
    """
    require_pinned()
    text = _generated().replace("\r\n", "\n")
    for function in FUNCTIONS:
        # What Windows or COM say is no text for a cell, and IFERROR must be able to take it away.
        told = f"{function.name} = Err.Description"
        if text.count(told) != 1:
            raise ValueError(f"expected {told!r} once in the wrapper of xlwings")
        text = text.replace(told, f"{function.name} = CVErr(xlErrNA)")
    body = "\n".join(line.rstrip() for line in text.splitlines())
    head = "' Written by the generator of xlwings; see SelfevalServer for what starts Python.\n#Const App = \"Microsoft Excel\"\n"
    return Module(WRAPPER, Kind.STANDARD, head + re.sub(r"\n{3,}", "\n\n", body).strip("\n") + "\n")


def _generated() -> str:
    with _windows_modules():
        udfs = import_module("xlwings.udfs")
        stream = io.StringIO()
        # Only the ending of the name counts: the functions of an add-in speak of the active workbook.
        udfs.generate_vba_wrapper(MODULE, import_module(MODULE), stream, SimpleNamespace(Name=".xlam"))
    return stream.getvalue()


@contextmanager
def _windows_modules() -> Iterator[None]:
    """Let xlwings' module of functions be imported where pywin32 is missing; nothing of it is called."""
    missing = [] if sys.platform == "win32" else [name for name in _WINDOWS_ONLY if name not in sys.modules]
    loaded = {name for name in (MODULE, "xlwings.udfs") if name in sys.modules}
    sys.modules.update({name: _Absent(name) for name in missing})
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
        if missing:
            # What was imported upon absent modules must not be met by others.
            for name in {MODULE, "xlwings.udfs"} - loaded:
                _forget(name)


def _forget(name: str) -> None:
    sys.modules.pop(name, None)
    package, _, own = name.rpartition(".")
    if package in sys.modules and hasattr(sys.modules[package], own):
        delattr(sys.modules[package], own)


class _Absent(ModuleType):
    """A module of pywin32 that is not there: whatever is imported from it does nothing."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_args, **_named: None
