"""P01 where a label and its value stand in paragraphs of their own, as tables come out of a web page."""

from __future__ import annotations

import pytest

from tests.narrative.forms import case_of
from toolkit.checks import make_case
from toolkit.checks.catalogue import RULES
from toolkit.checks.run import check_form
from toolkit.core.document import Document
from toolkit.core.form import Cell, Line

_P01 = [rule for rule in RULES if rule.code == "P01"]


def found(*texts: str) -> list[str]:
    cells = tuple(Cell(f"第 {n} 行", text, line=Line.REPORT + n) for n, text in enumerate(texts, 1))
    case = case_of({"project_name": "甲", "funds": [], "indicators": []})
    beside = make_case(case.form, case.scheme, report=Document("报告.txt", cells))
    return [cell.field for each in check_form(beside, _P01) for cell in each.cells]


@pytest.mark.parametrize(
    ("texts", "places"),
    [
        (("联系人", "张三丰", "联络电话", "8690022"), ["第 2 行", "第 4 行"]),
        (("联系人", "（填报人）", "联系电话", "000-0000000"), []),
        (("人员编制", "21", "联系人", "办公室"), []),
        (("填报人：张三丰", "职能"), ["第 1 行"]),
        (("项目负责人认为应当加强。", "张三丰"), []),
    ],
)
def test_a_value_below_its_label(texts: tuple[str, ...], places: list[str]) -> None:
    assert found(*texts) == places
