"""Published text in which blank cells are missing: what it holds is read, what fits in several ways is named."""

import pytest

from tests.intake.foreign.layouts import HEADINGS
from tests.intake.foreign.reading import CASES, case, fields
from toolkit.intake.foreign import ForeignForms, read_foreign
from toolkit.problem import Unreadable


def read(name: str) -> ForeignForms:
    return read_foreign(CASES / f"{name}.txt")


def rows(name: str, form_of_text: bool, columns: tuple[str, ...] = tuple(HEADINGS)) -> list[tuple[str, ...]]:
    form = read(name).forms[0] if form_of_text else case(name)
    return [tuple(getattr(row, column).text for column in columns) for row in form.indicators]


@pytest.mark.parametrize("name", ["014", "020"])
def test_all_indicators_are_read(name: str) -> None:
    assert rows(name, True) == rows(name, False)


def test_total_and_grade_behind_the_indicators() -> None:
    (form,) = read("014").forms
    assert (form.total_weight.text, form.total_score.text, form.grade.text) == ("100", "96", "优")
    assert form.declared_weights == {}
    assert {name: int(points) for name, points in read("020").forms[0].declared_weights.items()} == {
        "产出指标": 50,
        "效益指标": 30,
    }


def test_a_column_without_a_heading_is_not_given_to_one() -> None:
    # The print has one figure behind each row and no heading above it: neither 分值 nor 得分 can be told.
    columns = ("level1", "level2", "target", "actual")
    assert rows("033", True, columns) == rows("033", False, columns)
    found = read("033")
    assert {row.weight.text + row.score.text for row in found.forms[0].indicators} == {""}
    left = [each.text for each in found.leftovers if each.reason == "没有对应的栏目"]
    assert left == ["5", "4", "5", "3", "3", "3", "5", "3", "3"]


def test_a_row_with_a_cell_missing_is_left_and_named() -> None:
    found = read("006")
    wanted = rows("006", False, ("level3", "score"))
    assert rows("006", True, ("level3", "score")) == [row for row in wanted if row[0] != "12月底之前完成"]
    assert "12月底之前完成" in [each.text for each in found.leftovers]
    (line,) = found.forms[0].funds
    assert [line.annual_budget.text, line.executed.text, line.rate.text, line.score.text] == ["1.56", "1.56", "1", "20"]


def test_amounts_beside_labels_of_their_own() -> None:
    (form,) = read("033").forms
    assert [(line.kind.text, line.annual_budget.text, line.executed.text) for line in form.funds] == [
        ("预算数/执行数", "2.38", "2.38"),
        ("中央补助", "2.38", "2.38"),
    ]
    assert form.currency_unit == "万元"
    # The points printed beside the labels of the goals are none of their texts.
    assert (form.expected_goal.text, form.achieved_goal.text) == ("", "")


def test_fund_rows_with_cells_missing_are_named_and_left_blank() -> None:
    found = read("014")
    assert {cell.text for line in found.forms[0].funds for _, cell in line.amounts()} == {""}
    assert "“年度资金总额”（第 5 行第 7 格）后面有 5 个格子，栏目有 6 个，对不上，没有读" in found.notes
    assert [dict(fields(read("020").forms[0]))[f"fund 0 {name}"] for name in ("annual_budget", "executed", "score")] == [
        *("9.48", "9.48"),
        "10",
    ]


def test_text_whose_blocks_lie_apart_is_refused_by_its_words() -> None:
    with pytest.raises(Unreadable) as refused:
        read_foreign(CASES / "024.txt")
    assert refused.value.reason.startswith("里有“一级指标”“二级指标”“三级指标”“指标值”“完成值”“分值”“得分”“执行率”这些字，但没有排成一行栏目")
    assert "请向提供的人要 .xlsx 或 .docx" in refused.value.remedy
