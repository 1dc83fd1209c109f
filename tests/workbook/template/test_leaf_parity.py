"""Rows with a rule of their own, shared weights, completion in percent: LibreOffice, the core and fractions agree."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from tests.office.bench import Inputs, Office
from tests.workbook.template.files import FORM
from tests.workbook.template.reckoning import half_up
from tests.workbook.template.test_cached import differences
from toolkit.core.form import Cell, Form, FundLine, Indicator
from toolkit.core.layout import FormLayout, form_layout
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.scoring import score_form
from toolkit.workbook.template import build_workbook
from toolkit.workbook.template.build import blank_form

SCHEME = load_schemes()["guangdong-2024"]
DEPARTMENT = load_schemes()["foshan-department-2022"]
GROUPS = (
    ("过程", "资金管理", 1),
    ("过程", "事项管理", 1),
    ("产出", "数量指标", 3),
    ("产出", "成本指标", 4),
    ("效益", "社会效益指标", 3),
    ("效益", "满意度指标", 1),
)
LEVELS = [(one, two) for one, two, count in GROUPS for _ in range(count)]
NAMES = {"过程": ("资金支出率", "监管有效性"), "产出": ("邮寄份数", "单位成本"), "效益": ("受益人数", "服务对象满意度")}
TARGETS = (*[""] * 12, "≥90%", "100%", "≥50份", "不适用", "及时")
FORMS = 60


@dataclasses.dataclass(frozen=True)
class Typed:
    """A row as typed: "" for what was left to the formulas."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str
    weight: str
    method: str


@dataclasses.dataclass(frozen=True)
class Given:
    """A form as typed."""

    rows: tuple[Typed, ...]
    budget: Decimal | None
    spent: Decimal | None


def generated() -> Iterator[Given]:
    random = Random("评分规则")
    for _ in range(FORMS):
        budget = random.choice((None, Decimal(0), Decimal(random.randrange(1, 10**6)) / 100))
        spent = random.choice((None, Decimal(0), Decimal(random.randrange(1, 10**6)) / 100, budget))
        yield Given(tuple(_row(random, one, two) for one, two in LEVELS), budget, spent)


def _row(random: Random, level1: str, level2: str) -> Typed:
    name = random.choice((*NAMES[level1] * 4, "", "不适用"))
    percent = f"{random.randrange(1, 13000) / 100:.{random.randrange(3)}f}%"
    actual = random.choice((*[percent] * 9, "约" + percent, "≥" + percent, "60份", "", "已完成"))
    weight = random.choice(("", "", "", "12", "13.34", "7.5")) if level1 != "过程" else random.choice(("12", "8", "7.3"))
    method = random.choice(("", "", "", "", "", "人工", "正向", "反向"))
    return Typed(level1, level2, name, random.choice(TARGETS), actual, weight, method)


def layout() -> FormLayout:
    return form_layout(SCHEME, GROUPS, capacity=len(LEVELS))


def template(path: Path) -> Path:
    blank = dataclasses.replace(blank_form(SCHEME), funds=(line(None, None),))
    rows = tuple(indicator(Typed(one, two, "", "", "", "", ""), "") for one, two in LEVELS)
    # As many rows as the groups have: nothing is spare.
    build_workbook(path, dataclasses.replace(blank, indicators=rows), SCHEME)
    return path


def line(budget: Decimal | None, spent: Decimal | None) -> FundLine:
    amounts = ("" if number is None else f"{number}" for number in (budget, spent))
    return FundLine(*(Cell(text=text) for text in ("年度资金总额", "", *amounts, "", "", "")))


def indicator(row: Typed, weight: str) -> Indicator:
    texts = (row.level1, row.level2, row.name, row.target, row.actual, weight, "", "")
    return dataclasses.replace(Indicator(*(Cell(text=text) for text in texts)), method=Cell(text=row.method))


def inputs(given: Given, places: FormLayout, rows: list[int]) -> Inputs:
    """Return what is typed; a weight left to the formula is not touched."""
    at, top = places.columns.at, places.fund_first
    cells: dict[str, str | float] = {}
    for field, key in (("三级指标", "name"), ("年度指标值", "target"), ("实际完成值", "actual")):
        cells |= {f"{at(field)}{row}": getattr(typed, key) for row, typed in zip(rows, given.rows, strict=True)}
    for row, typed in zip(rows, given.rows, strict=True):
        if typed.weight:
            cells[f"{at('分值')}{row}"] = float(typed.weight)
        if typed.method:
            cells[f"{places.helpers.rules['计算方式']}{row}"] = typed.method
    for field, number in (("全年预算数", given.budget), ("全年执行数", given.spent)):
        cells[f"{places.columns.fund_at(field)}{top}"] = "" if number is None else float(number)
    return cells


def weights_of(given: Given) -> list[Fraction | None]:
    """Return the 分值 of each row by fractions: typed, or the equal share with the remainder for the first."""
    found: list[Fraction | None] = []
    seen: dict[str, int] = {}
    for row in given.rows:
        named = sum(1 for other in given.rows if other.level1 == row.level1 and other.name)
        if row.weight:
            found.append(Fraction(row.weight))
        elif not row.name or row.level1 == "过程":
            found.append(None)
        else:
            each = Fraction(int(Fraction(40, named) * 100), 100)
            found.append(each if seen.get(row.level1) else 40 - each * (named - 1))
        seen[row.level1] = seen.get(row.level1, 0) + bool(row.name)
    return found


def by_rule(given: Given, row: Typed, weight: Fraction) -> Fraction | str | None:
    """Return the points of a row that a rule or a percentage decides; "" for none, ``None`` for what is left to others."""
    plain = row.actual.removesuffix("%") if row.actual.endswith("%") and row.actual[0].isdigit() else ""
    if row.name == "不适用" or row.target == "不适用" or row.method == "人工":
        return None
    if not row.method and row.name == "监管有效性":
        return ""
    if not row.method and row.name == "资金支出率":
        if given.budget is None or given.spent is None:
            return ""
        if given.budget <= 0:
            return Fraction(0)
        return half_up(weight * min(Fraction(1), Fraction(given.spent) / Fraction(given.budget)), 2)
    if row.target or not plain or "满意度" in row.name + row.level2 or row.method == "反向":
        return None
    return half_up(weight * min(Fraction(1), Fraction(plain) / 100), 2)


def test_rules_shares_and_stated_completion(tmp_path: Path, office: Office) -> None:
    path, places = template(tmp_path / "自评表.xlsx"), layout()
    rows = sheet_rows()
    first, last = rows[0], rows[-1]
    reads = [f"{column}{first}:{column}{last}" for column in (places.columns.at("分值"), places.helpers.rules["测算得分"])]
    wrong: list[tuple[object, ...]] = []
    decided, forms = 0, list(generated())
    answers = office.evaluate(path, FORM, [inputs(given, places, rows) for given in forms], reads)
    for given, (weights, points) in zip(forms, answers, strict=True):
        shown = [(weights[row - first][0], points[row - first][0]) for row in rows]
        expected = weights_of(given)
        texts = ["" if weight is None else f"{Decimal(weight.numerator) / weight.denominator}" for weight in expected]
        indicators = tuple(indicator(row, text) for row, text in zip(given.rows, texts, strict=True))
        form = dataclasses.replace(blank_form(SCHEME), funds=(line(given.budget, given.spent),), indicators=indicators)
        scores = score_form(form, SCHEME).rows
        for row, weight, (own, proposed), score in zip(given.rows, expected, shown, scores, strict=True):
            if own != ("" if weight is None else float(weight)):
                wrong.append((row, "分值", own, weight))
            ruled = None if weight is None else by_rule(given, row, weight)
            if ruled is not None:
                decided += ruled != ""
                if proposed != (ruled if ruled == "" else float(ruled)):
                    wrong.append((row, "规则", proposed, ruled))
            # A blank cell claims nothing: the core reads more than the formulas do.
            if proposed != "" and (score.computed is None or proposed != float(score.computed)):
                wrong.append((row, "core", proposed, score.computed))
    assert wrong == []
    assert decided > 2 * FORMS


def sheet_rows() -> list[int]:
    """Return the rows of the built sheet that are in use, in order."""
    return list(form_layout(SCHEME, GROUPS, dataclasses.replace(blank_form(SCHEME), funds=(line(None, None),))).used_rows())


PROJECTS: tuple[list[tuple[str, str, str]], ...] = (
    [("甲", "444.80", "97.59"), ("乙", "13.80", "91.9"), ("丙", "0.05", "100")],
    [("甲", "1", "95"), ("乙", "2", "80.005")],
    [("甲", "1", "95"), ("乙", "", "80")],
    [("甲", "1", "95"), ("乙", "2", "101")],
    [("甲", "0", "95")],
    [],
)
AVERAGES = ("6.82", "5.95", None, None, None, None)
"""7 × Σ(自评得分 × 资金) ÷ Σ资金 ÷ 100, by hand: 44680.242 ÷ 458.65 = 97.4168…; 255.01 ÷ 3 = 85.0033…"""


@pytest.mark.parametrize(("projects", "points"), list(zip(PROJECTS, AVERAGES, strict=True)))
def test_the_score_of_the_departments_projects(
    projects: list[tuple[str, str, str]], points: str | None, tmp_path: Path, office: Office
) -> None:
    form = department(DEPARTMENT, projects)
    (score,) = score_form(form, DEPARTMENT).rows
    assert score.computed == (None if points is None else Decimal(points))
    path = tmp_path / "部门.xlsx"
    build_workbook(path, form, DEPARTMENT)
    assert differences(path, office) == []
    places = form_layout(DEPARTMENT, [("履职效能", "", 1)], form)
    cell = f"{places.helpers.rules['测算得分']}{places.indicator_first}"
    assert office.recalculate(path, {FORM: cell})[FORM] == [["" if points is None else float(points)]]


def department(scheme: Scheme, projects: list[tuple[str, str, str]]) -> Form:
    texts = ("履职效能", "", "项目绩效目标完成率", "", "", "7", "", "")
    names = ("项目名称", "资金", "自评得分")
    table = tuple(
        {name: Cell(text=text) for name, text in zip(names, row, strict=True) if text} for row in projects
    )
    row = Indicator(*(Cell(text=text) for text in texts))
    return dataclasses.replace(blank_form(scheme), indicators=(row,), tables={"项目清单": table} if table else {})
