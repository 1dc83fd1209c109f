"""校验码: eight characters over what the officer answers for. It proves change, not authorship."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from decimal import Context, Decimal

from toolkit.core.form import Cell, Form
from toolkit.core.layout import TEMPLATE_VERSION
from toolkit.core.money import plain

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_INDICATOR = ("level1", "level2", "level3", "level4", "target", "actual", "weight", "score", "deviation", "method", "basis")
_TWELVE_DIGITS = Context(prec=12)


def fingerprint(form: Form, scheme_id: str) -> str:
    """Return the 校验码 of a form: XXXX-XXXX in Crockford's alphabet.

    It covers every input with its place in the form, the scheme and the template's version. Fonts, widths, sheet names
    and the file's name do not matter; a number counts with its value, not its digits; an empty cell is an absent one.
    """
    fields = sorted([key, text] for key, text in _inputs(form) if text)
    canonical = json.dumps([scheme_id, TEMPLATE_VERSION, fields], ensure_ascii=False, separators=(",", ":"))
    bits = int.from_bytes(hashlib.sha256(canonical.encode()).digest()[:5])
    code = "".join(_ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
    return f"{code[:4]}-{code[4:]}"


def canonical(cell: Cell) -> str:
    """Return a cell's value in its canonical form: a number to 12 digits, else NFC text without outer blanks."""
    number = cell.exact
    if number is None:
        try:
            number = Decimal(cell.text.strip())
        except ArithmeticError:
            number = None
    if number is not None and number.is_finite():
        return plain(_TWELVE_DIGITS.plus(number) + 0)
    text = unicodedata.normalize("NFC", cell.text).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip()


def _inputs(form: Form) -> Iterator[tuple[str, str]]:
    yield "年度", str(form.year or "")
    yield "金额单位", form.currency_unit
    header = ("organisation", "project_name", "project_code", "project_amount", "department", "implementing_unit")
    for name in (*header, "expected_goal", "achieved_goal", "total_weight", "total_score", "grade"):
        yield name, canonical(getattr(form, name))
    for index, line in enumerate(form.funds):
        for name in ("kind", "initial_budget", "annual_budget", "executed", "weight", "rate", "score", "received", "received_rate"):
            yield f"资金{index}.{name}", canonical(getattr(line, name))
    for index, row in enumerate(form.indicators):
        for name in _INDICATOR:
            yield f"指标{index}.{name}", canonical(getattr(row, name))
    for name, cell in form.facts.items():
        yield f"要素.{name}", canonical(cell)
    for name, rows in form.tables.items():
        for index, cells in enumerate(rows):
            yield from ((f"要素.{name}{index}.{column}", canonical(cell)) for column, cell in cells.items())
