"""校验码, 结果码 and 校验明细: short codes over what the officer answers for. They prove change, not authorship."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

from toolkit.core.form import Cell, Form
from toolkit.core.layout import TEMPLATE_VERSION
from toolkit.core.money import plain

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's alphabet leaves out what is easily misread."""
_PAIRS = [first + second for first in _CROCKFORD for second in _CROCKFORD]
_INDICATOR = ("level1", "level2", "level3", "level4", "target", "actual", "weight", "score", "deviation", "method", "basis")
_LIKE_A_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d*|(?=\.\d))(?:\.\d*)?", re.ASCII)
"""What a number looks like: with zeros in front, or with an exponent, it is a code such as 007 or 12E5."""
_TWELVE_DIGITS = Context(prec=12)
_MOST_DIGITS = 15
"""Digits a cell keeps of a number; what is longer is a code, and was typed as text."""


class FieldMark(NamedTuple):
    """A field of a form and its short mark.

    Attributes:
        row: key of the form's row the field stands in (指标3); it tells rows of one name apart.
        name: 行名 as an officer reads it; "" for a field that stands alone.
        column: 列名.
        mark: four characters that change with the value.
        cell: the field itself.
    """

    row: str
    name: str
    column: str
    mark: str
    cell: Cell


def fingerprint(form: Form, scheme_id: str, version: str = TEMPLATE_VERSION) -> str:
    """Return the 校验码 of a form: XXXX-XXXX in Crockford's alphabet.

    It covers every input with its place in the form, the scheme and the template's version. Fonts, widths, sheet names
    and the file's name do not matter; a number counts with its value, not its digits; an empty cell is an absent one.
    """
    return _code([scheme_id, version, _filled(_inputs(form))])


def results_code(form: Form) -> str:
    """Return the 结果码 of a form: over 执行率, 到位率, 得分, 总分 and 等级 as the form shows them."""
    return _code(["结果", _filled(_results(form))])


def field_marks(form: Form) -> Iterator[FieldMark]:
    """Yield a short mark for every field, in the order of the form; that of a blank one is ""."""
    for key, cell in _inputs(form):
        text = canonical(cell)
        row, _, _ = key.rpartition(".")
        name, _, column = cell.field.rpartition("·")
        yield FieldMark(row, name, column, short_mark(f"{key}\n{text}", 4) if text else "", cell)


def _filled(fields: Iterable[tuple[str, Cell]]) -> list[list[str]]:
    return sorted([key, text] for key, text in ((key, canonical(cell)) for key, cell in fields) if text)


def _code(content: object) -> str:
    code = short_mark(json.dumps(content, ensure_ascii=False, separators=(",", ":")), 8)
    return f"{code[:4]}-{code[4:]}"


def short_mark(text: str, length: int) -> str:
    """Return the first ``length`` characters (at most 8), five bits each, of the hash over ``text``."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:5], "big")
    return "".join([_PAIRS[number >> shift & 0x3FF] for shift in (30, 20, 10, 0)[: (length + 1) // 2]])[:length]


def canonical(cell: Cell) -> str:
    """Return a cell's value in its canonical form: a number with its value, else NFC text without outer blanks.

    Fractions count to 12 digits, for programs differ in the last ones; whole numbers, which may be codes, to the last.
    """
    return _canonical(cell.text, cell.exact)


@lru_cache(maxsize=4096)
def _canonical(text: str, exact: Decimal | None) -> str:
    number = _number(text.strip()) if exact is None else exact
    if number is None or not number.is_finite():
        return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    whole = number == number.to_integral_value()
    return plain((number if whole else _TWELVE_DIGITS.plus(number)) + 0)


def _number(text: str) -> Decimal | None:
    """Return the number a text is, ``None`` for a code that only consists of digits and for any other text."""
    if not _LIKE_A_NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    return number if len(number.normalize().as_tuple().digits) <= _MOST_DIGITS else None


def _inputs(form: Form) -> Iterator[tuple[str, Cell]]:
    yield "年度", Cell("年度", str(form.year or ""))
    yield "金额单位", Cell("金额单位", form.currency_unit)
    header = ("organisation", "project_name", "project_code", "project_amount", "department", "implementing_unit")
    for name in (*header, "expected_goal", "achieved_goal", "total_weight", "total_score", "grade"):
        yield name, getattr(form, name)
    for index, line in enumerate(form.funds):
        for name in ("kind", "initial_budget", "annual_budget", "executed", "weight", "rate", "score", "received", "received_rate"):
            yield f"资金{index}.{name}", getattr(line, name)
    for index, row in enumerate(form.indicators):
        for name in _INDICATOR:
            yield f"指标{index}.{name}", getattr(row, name)
        # A key is cut at its last point.
        yield from ((f"指标{index}.自设栏·{heading.replace('.', '·')}", cell) for heading, cell in row.own.items())
    for name, cell in form.facts.items():
        yield f"要素.{name}", cell
    for name, rows in form.tables.items():
        for index, cells in enumerate(rows):
            yield from ((f"要素.{name}{index}.{column}", cell) for column, cell in cells.items())


def _results(form: Form) -> Iterator[tuple[str, Cell]]:
    yield from (("总分", form.total_score), ("等级", form.grade))
    for index, line in enumerate(form.funds):
        yield from ((f"资金{index}.{name}", getattr(line, name)) for name in ("rate", "received_rate", "score"))
    for index, row in enumerate(form.indicators):
        yield f"指标{index}.score", row.score
