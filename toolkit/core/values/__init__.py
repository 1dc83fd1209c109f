"""Values as officers type them: ``read_value`` reads a text, ``format_value`` writes it the usual way.

``read_plain`` takes apart the simple notation that native formulas read too.
"""

from toolkit.core.values.formatting import format_value, plain_digits
from toolkit.core.values.kinds import (
    Blank,
    CellError,
    Change,
    Dash,
    Measure,
    Moment,
    NotApplicable,
    Sign,
    Span,
    Unreadable,
    Value,
    Words,
)
from toolkit.core.values.plain import Plain, read_plain
from toolkit.core.values.reading import read_value
from toolkit.core.values.vocabulary import Vocabulary, vocabulary

__all__ = [
    "Blank",
    "CellError",
    "Change",
    "Dash",
    "Measure",
    "Moment",
    "NotApplicable",
    "Plain",
    "Sign",
    "Span",
    "Unreadable",
    "Value",
    "Vocabulary",
    "Words",
    "format_value",
    "plain_digits",
    "read_plain",
    "read_value",
    "vocabulary",
]
