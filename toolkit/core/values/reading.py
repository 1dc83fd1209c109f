"""Read the text of a cell as a value."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from toolkit.core.values.kinds import Blank, CellError, Dash, NotApplicable, Unreadable, Value
from toolkit.core.values.normalise import compact, without_remark
from toolkit.core.values.plain import plain_measure
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.vocabulary import vocabulary


@lru_cache(maxsize=16384)
def read_value(text: str | None) -> Value:
    """Read a 年度指标值 or 实际完成值 as an officer typed it.

    Every text has exactly one reading; none raises. Two spellings of one value read equal (≥95%, 不低于95％,
    百分之九十五以上). A number whose meaning is not definite gives :class:`Unreadable`, which names the part.

    Args:
        text: the cell's text, ``None`` for an empty cell.

    Returns:
        The value; its ``text`` is ``text`` as typed.
    """
    if text is None:
        return Blank()
    return plain_measure(text) or _read_in_full(text)


def _read_in_full(text: str) -> Value:
    """Read a text that is not in the simple notation as it stands."""
    # Imported here: start-up may read no value at all, and most values are in the simple notation.
    from toolkit.core.values.grammar import read_grammar

    compacted = compact(text)
    try:
        value = _whole(compacted) or plain_measure(compacted) or read_grammar(compacted)
    except UnclearError as unclear:
        return Unreadable(unclear.part, unclear.reason, text)
    return replace(value, text=text)


def _whole(compacted: str) -> Value | None:
    """Read a text that means one thing as a whole: nothing, a mark, an error value, 不适用."""
    words = vocabulary()
    if not compacted:
        return Blank()
    if set(compacted) <= words.dashes:
        return Dash()
    bare = without_remark(compacted).upper()
    if bare in words.not_applicable:
        return NotApplicable()
    code = words.errors.get(bare)
    return CellError(code) if code else None
