"""The narrative report: every figure agrees with the form and knows its cell; what the officer wrote stays.

What writes a report is loaded when first asked for: to read a form with its report takes none of it.
"""

from typing import TYPE_CHECKING, Any

from toolkit.narrative.model import Block, BlockKind, Omission, Report, Run, Trace
from toolkit.narrative.outline import Outline, OutlineError, find_outline, load_outlines

if TYPE_CHECKING:
    from toolkit.narrative.generate import write_report_of

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


def __getattr__(name: str) -> Any:
    """Load what writes a report when it is first asked for."""
    if name != "write_report_of":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from toolkit.narrative.generate import write_report_of

    return write_report_of
