"""The narrative report: every figure agrees with the form and knows its cell; what the officer wrote stays.

Its parts are loaded when first asked for: to read a form with its report takes hardly any of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.narrative.generate import write_report_of
    from toolkit.narrative.model import Block, BlockKind, Omission, Report, Run, Trace
    from toolkit.narrative.outline import Outline, OutlineError, find_outline, load_outlines

__all__ = [
    "Block",
    "BlockKind",
    "Omission",
    "Outline",
    "OutlineError",
    "Report",
    "Run",
    "Trace",
    "find_outline",
    "load_outlines",
    "write_report_of",
]
_PARTS = {
    "generate": ("write_report_of",),
    "model": ("Block", "BlockKind", "Omission", "Report", "Run", "Trace"),
    "outline": ("Outline", "OutlineError", "find_outline", "load_outlines"),
}


def __getattr__(name: str) -> Any:
    """Load a part when something of it is first asked for."""
    for part, names in _PARTS.items():
        if name in names:
            return getattr(import_module(f"toolkit.narrative.{part}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
