"""The narrative report: every figure agrees with the form and knows its cell; what the officer wrote stays."""

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
