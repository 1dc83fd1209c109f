"""The form's formulas, as LibreOffice recalculates them, agree to the last digit with the core and with plain fractions."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from tests.office.bench import Office
from tests.workbook.template import reckoning
from tests.workbook.template.notation import EQUAL, FORWARD, POWERS, REFUSED, REVERSE, SIGNS, SPACES, UNITS
from tests.workbook.template.recalculated import (
    VARIANTS,
    Answer,
    Case,
    Variant,
    cases_of,
    form_of,
    indicator_of,
    layout_of,
    recalculate,
    shown,
    template,
)
from tests.workbook.template.reckoning import Row, Rules
from toolkit.core.values.vocabulary import vocabulary
from toolkit.scoring import score_form, score_funds, score_indicator
from toolkit.scoring.compare import direction_of

MARK = "手工填写"
FORMS = 2000
"""Forms that must agree, at least."""

Difference = tuple[object, ...]


# One test for each variant: forms that were recalculated once are compared in every respect.
@pytest.mark.parametrize("name", VARIANTS)
def test_formulas_core_and_fractions_agree(name: str, tmp_path: Path, office: Office) -> None:
    variant = VARIANTS[name]
    cases = cases_of(name)
    path = template(tmp_path / "自评表.xlsx", variant.scheme)
    answers = list(recalculate(office, path, cases, layout_of(variant.scheme)))
    checks = (proposals, methods_and_completion, deductions_and_marks, funds, totals)
    assert [
        (check.__name__, *difference)
        for case, answer in zip(cases, answers, strict=True)
        for check in checks
        for difference in check(case, answer, variant)
    ] == []
    assert_many_proposals(cases, answers)


def is_number(cell: object, expected: Fraction | Decimal | None) -> bool:
    """Tell whether a cell shows a rounded number to the last bit, or nothing where there is none."""
    return cell == ("" if expected is None else float(expected))


def proposals(case: Case, answer: Answer, variant: Variant) -> Iterator[Difference]:
    for row, cell in zip(case.rows, shown(answer, "测算得分", case), strict=True):
        expected = reckoning.proposal(row, variant.rules)
        if not is_number(cell, expected):
            yield row, cell, expected
        computed = score_indicator(indicator_of(row), variant.scheme).computed
        # A blank cell claims nothing: the core reads more than the formulas do.
        if cell != "" and (computed is None or not is_number(cell, computed)):
            yield row, cell, "core", computed


def methods_and_completion(case: Case, answer: Answer, variant: Variant) -> Iterator[Difference]:
    cells = zip(shown(answer, "计算方式", case), shown(answer, "完成率", case), strict=True)
    for row, (method, completion) in zip(case.rows, cells, strict=True):
        expected = reckoning.method_of(row)
        if expected is None and method not in ("", "定性"):
            yield row, method
        if expected is not None and {expected, direction_of(indicator_of(row), variant.scheme)} != {method}:
            yield row, method, expected
        if not is_quotient(completion, reckoning.completion(row)):
            yield row, completion


def is_quotient(cell: object, expected: Fraction | None) -> bool:
    """Tell whether a cell holds a quotient as exactly as a spreadsheet keeps one: 完成率 is rounded by the print only."""
    if expected is None or not isinstance(cell, float):
        return expected is None and cell == ""
    return math.isclose(cell, float(expected), rel_tol=1e-14)


def deductions_and_marks(case: Case, answer: Answer, variant: Variant) -> Iterator[Difference]:
    columns = (shown(answer, name, case) for name in ("得分", "扣分", "标记"))
    for row, score, deduction, mark in zip(case.rows, *columns, strict=True):
        own = Fraction(row.typed) if row.typed is not None else reckoning.proposal(row, variant.rules)
        expected = Fraction(row.weight) - own if isinstance(row.weight, Decimal) and own is not None else None
        typed = MARK if row.typed is not None else ""
        if not is_number(score, own) or not is_number(deduction, expected) or mark != typed:
            yield row, score, deduction, mark


def funds(case: Case, answer: Answer, variant: Variant) -> Iterator[Difference]:
    core = score_funds(form_of(case, variant.scheme), variant.scheme)
    own = reckoning.rate(case.funds, variant.rules), reckoning.fund_score(case.funds, variant.rules)
    for name, expected, computed in zip(("执行率", "应得分"), own, (core.rate, core.computed), strict=True):
        if not is_number(answer[name], expected) or not is_number(answer[name], computed):
            yield case.funds, name, answer[name], expected, computed


def totals(case: Case, answer: Answer, variant: Variant) -> Iterator[Difference]:
    expected = total_of(case, variant.rules)
    core = score_form(form_of(case, variant.scheme, answer), variant.scheme)
    filled = core.filled if core.filled_any else None
    total, due, grade = answer["总分"], answer["应为总分"], answer["等级"]
    if not is_number(total, expected) or not is_number(total, filled) or due != total:
        yield total, due, expected, filled
    own = "" if expected is None else reckoning.grade(expected)
    if grade != own or grade != ("" if filled is None else variant.scheme.grade_of(filled).name):
        yield total, grade, own


def total_of(case: Case, rules: Rules) -> Fraction | None:
    """Add up the scores: the officer's, else those that fractions give."""
    own = [Fraction(row.typed) if row.typed is not None else reckoning.proposal(row, rules) for row in case.rows]
    typed = case.funds.typed_score
    own.append(Fraction(typed) if typed is not None else reckoning.fund_score(case.funds, rules))
    found = [points for points in own if points is not None]
    return reckoning.half_up(sum(found, Fraction(0)), rules.score_places) if found else None


def assert_many_proposals(cases: Sequence[Case], answers: Sequence[Answer]) -> None:
    """Blank everywhere would agree with everything: count what was proposed, by 计算方式 and by result."""
    seen: Counter[str] = Counter()
    for case, answer in zip(cases, answers, strict=True):
        for row, cell in zip(case.rows, shown(answer, "测算得分", case), strict=True):
            if cell != "" and isinstance(row.weight, Decimal) and row.weight > 0:
                seen[reckoning.method_of(row) or ""] += 1
                seen["满分" if cell == float(row.weight) else "零分" if cell == 0 else "部分得分"] += 1
    assert set(seen) == {FORWARD, REVERSE, EQUAL, "满分", "零分", "部分得分"}
    assert min(seen.values()) >= len(cases) // 4
    assert seen["部分得分"] >= 2 * len(cases)


def test_the_forms_are_as_many_as_promised() -> None:
    assert sum(variant.forms for variant in VARIANTS.values()) >= FORMS


def test_every_claimed_sign_and_power_is_known_here() -> None:
    """They are written down once more, so that one added to the vocabulary cannot go untested."""
    assert {(sign, kind) for kind, signs in SIGNS.items() for sign in signs} == set(vocabulary().plain_signs)
    assert {*POWERS, "%"} == set(vocabulary().plain_multipliers)


def test_every_notation_is_generated() -> None:
    rows = [row for case in cases_of("exact-ratio") for row in case.rows]
    read = [row.target for row in rows if row.target.number is not None]
    bare = [value.text.translate({ord(space): None for space in SPACES}) for value in read]
    fronts = {re.split("[0-9]", text)[0] for text in bare}
    assert [sign for signs in SIGNS.values() for sign in signs if sign not in fronts] == []
    assert {value.unit for value in read} == set(UNITS)
    assert [mark for mark in (*POWERS, "%", "％", ",", ".", *SPACES) if not any(mark in value.text for value in read)] == []
    assert {value.text for row in rows for value in (row.target, row.actual)} >= set(REFUSED)
    assert sum(is_tie(row) for row in rows) > 300


def is_tie(row: Row) -> bool:
    """Tell whether the exact score of a row ends in half a hundredth."""
    exact = Rules(printed=False, linear=False, score_places=9, rate_places=4)
    points = reckoning.proposal(row, exact)
    return points is not None and (points * 200).denominator == 1 and (points * 100).denominator != 1
