"""The module that xlwings' COM server calls: every function of the catalogue under its name in Excel.

Importing it needs pywin32, as xlwings' own part for functions does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from xlwings.udfs import xlarg, xlfunc

from toolkit.core.scheme import SchemeError
from toolkit.functions.catalogue import CATEGORY, FUNCTIONS, Function
from toolkit.functions.lines import Table, handed
from toolkit.guard import Fault, guarded
from toolkit.problem import Problem


def answered(call: Callable[[], Table]) -> Table:
    """Return what a function gives; whatever stops it is told in the cell as a Chinese sentence."""
    try:
        return guarded(call)
    except (Problem, SchemeError, Fault) as told:
        return [[handed(str(told))]]


def offered(function: Function) -> Any:
    """Return a function as xlwings offers it to Excel, with its help."""

    @wraps(function.call)
    def udf(*given: Any) -> Table:
        return answered(lambda: function.call(*given))

    udf.__name__, udf.__doc__ = function.name, function.purpose
    for name, told in function.arguments.items():
        xlarg(name, doc=told)(udf)
    # In the function wizard Excel would calculate at every key: there the functions stay silent.
    return xlfunc(category=CATEGORY, call_in_wizard=False)(udf)


globals().update({function.name: offered(function) for function in FUNCTIONS})
