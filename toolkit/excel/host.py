"""Reaching the Excel that a button was pressed in."""

from __future__ import annotations

import atexit
from typing import Any

from toolkit.addin.call import Call


def attach(call: Call) -> tuple[Any, Any]:
    """Return the xlwings ``App`` whose window the call names, and its open ``Book``, ``None`` where none is open.

    ``Book.caller()`` reads the same arguments but breaks on names with an equals sign.
    """
    import xlwings

    windows: Any = getattr(xlwings, "_xlwindows", None)
    if windows is None:
        raise OSError("Excel can be reached on Windows only")
    # xlwings ends every Excel without a window when Python exits: an export of another program may be one.
    atexit.unregister(windows.cleanup)
    app = xlwings.App(impl=windows.App(xl=call.window))
    return app, app.books[call.workbook] if call.workbook else None
