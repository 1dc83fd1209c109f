"""The process that computes worksheet functions: ``pythonw -I -B -m toolkit.functions {CLSID}``, started by the add-in."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from toolkit.guard import run_guarded

MODULE = "toolkit.functions.udfs"
"""The module that the add-in's macros name."""
_CLASS = re.compile(r"\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}")
_WRONG_USAGE = 64


def main(arguments: Sequence[str]) -> int:
    """Offer the functions under the COM class that the add-in made up, until Excel closes."""
    if len(arguments) != 1 or not _CLASS.fullmatch(arguments[0]):
        print("这个程序由 Excel 的函数加载项启动，不需要自己运行。", file=sys.stderr)
        return _WRONG_USAGE
    return run_guarded(lambda: _serve(arguments[0]))


def _serve(identifier: str) -> int:
    from xlwings.com_server import serve

    announce()
    serve(identifier)
    return 0


def announce() -> None:
    """Make the functions known to xlwings, so that it neither looks into workbooks for code nor loads files again."""
    from importlib import import_module

    from xlwings.udfs import udf_modules

    module = import_module(MODULE)
    udf_modules[MODULE] = {"filename": module.__file__, "filetime": None, "module": module}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
