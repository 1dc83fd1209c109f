"""Next year's form: what stays, what is emptied, what is said of the year that ends."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from tests.checks.forms import CLEAN, Sheet, case, case_of, lines
from tests.workbook.template.files import PUBLISHED, SCHEMES, blank, published, scheme_of
from toolkit.carry import carry_over, years_left
from toolkit.checks import RULES, Stage, check_form
from toolkit.core.facts import UNCONFIRMED
from toolkit.core.form import Cell, Form
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

Row = Mapping[str, Cell]


def carried(sheet: Sheet | Form) -> Form:
    beside = case_of(sheet)
    return carry_over(beside.form, check_form(beside, RULES), beside.scheme)


def texts(rows: tuple[Row, ...]) -> list[dict[str, str]]:
    return [{column: cell.text for column, cell in row.items()} for row in rows]


def facts(form: Form) -> dict[str, str]:
    return {name: cell.text for name, cell in form.facts.items()}


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_goals_stay_and_the_results_go(name: str) -> None:
    old = published(name)
    new = carried(old)
    assert new.year == (None if old.year is None else old.year + 1)
    kept = ("level1", "level2", "level3", "level4", "target", "weight", "method")
    assert [[getattr(row, field).text for field in kept] for row in new.indicators] == [
        [getattr(row, field).text for field in kept] for row in old.indicators
    ]
    gone = [cell for row in new.indicators for cell in (row.actual, row.score, row.deviation, row.basis)]
    gone += [cell for line in new.funds for cell in (*line.by_column.values(), line.rate, line.score)]
    gone += [new.achieved_goal, new.total_weight, new.total_score, new.grade]
    assert {cell.text for cell in gone} == {""}
    assert [line.kind.text for line in new.funds] == [line.kind.text for line in old.funds]
    assert [new.project_name.text, new.expected_goal.text] == [old.project_name.text, old.expected_goal.text]


def test_what_last_year_said_stands_beside() -> None:
    new = carried(case("103"))
    assert facts(new) == {
        "上年年度": "2021",
        "上年全年预算数": "230000.00",
        "上年全年执行数": "44594.00",
        "上年未执行数": "185406.00",
        "上年总分": "91.90",
    }
    assert texts(new.tables["上年指标"])[:2] == [
        {"三级指标": "案件调查数", "上年指标值": "14宗", "上年完成值": "24宗", "上年得分": "20.0"},
        {"三级指标": "案件调查完成率", "上年指标值": "100%", "上年完成值": "100", "上年得分": "10"},
    ]


def test_targets_far_from_the_results_are_suggested_for_change() -> None:
    over = CLEAN.with_cells("整理档案数量", 实际完成值="8000卷", 偏差原因="任务增加，下年调整。")
    far = over.with_cells("扫描页数", 实际完成值="20.01万页", 得分="2.00", 偏差原因="批复资金减少，下年调整。")
    asked = far.with_fact("一上申报数", "1500000")
    rows = texts(carried(asked).tables["目标调整建议"])
    assert [(row["所指"], row["上年情况"]) for row in rows] == [
        ("整理档案数量·年度指标值", "去年完成 8000卷，指标值 ≥5000卷（8000 ÷ 5000 = 160.00%）"),
        ("扫描页数·年度指标值", "去年完成 20.01万页，指标值 100万页（200100 ÷ 1000000 = 20.01%）"),
        ("年度指标值", "去年“一上”按 1,500,000.00 元申报，批复 900,000.00 元"),
    ]
    assert rows[0]["建议"] == "本年指标值仍为 ≥5000卷，请按实际任务量核定指标值；确因一次性任务超额的，可不调整。"
    assert "目标调整建议" not in carried(CLEAN).tables


def test_what_waited_for_next_year_is_told_without_this_years_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    build_workbook(path, published("103"), load_schemes()["shenzhen-2021"])
    (form,) = read_forms(path)
    rows = texts(carried(form).tables["目标调整建议"])
    assert [row["所指"] for row in rows] == ["案件调查数·年度指标值", "不适用、社保权益人的权益保障率", "案件调查程序合规合法率"]
    assert rows[1] | {"所指": ""} == {
        "所指": "",
        "上年情况": "3 个指标的指标值和实际完成值一为文字、一为数字，无法对照（V03）",
        "建议": "建议写成可量化的指标值，如“≤3个工作日”“差错率≤1%”。",
    }


def test_of_the_facts_the_lasting_ones_stay_and_documents_wait() -> None:
    document = {"文件名称": "关于下达资金的通知", "文号": "某财社〔2023〕8号", "本单位金额": "900000"}
    sheet = CLEAN.with_table("资金依据", document).with_table("进度节点", {"截止日期": "2023年9月20日", "累计支出": "1"})
    given = {"单位简称": "县社保局", "填报日期": "2024年3月1日", "专款专用": "是", "专人数": "1", "结转结余去向": "收回"}
    form = sheet.form
    new = carried(Form(**{**vars(form), "facts": {name: Cell(name, text) for name, text in given.items()}, "tables": form.tables}))
    assert {name: text for name, text in facts(new).items() if not name.startswith("上年")} == {
        "单位简称": "县社保局",
        "专款专用": "是",
    }
    assert facts(new)["上年结余去向"] == "收回"
    assert texts(new.tables["资金依据"]) == [{**document, "状态": UNCONFIRMED}]
    assert set(new.tables) == {"资金依据", "上年指标"}


def test_a_document_of_last_year_counts_once_it_is_confirmed() -> None:
    document = {"文件名称": "关于下达资金的通知", "本单位金额": "1", "用途": "资金下达"}
    waiting = CLEAN.with_table("资金依据", {**document, "状态": UNCONFIRMED}).data["facts"]
    confirmed = CLEAN.with_table("资金依据", document).data["facts"]
    found = []
    for given in (waiting, confirmed):
        form = with_facts(given)
        found.append([each for each in lines(check_form(case_of(form), RULES)) if each.startswith("C03")])
    assert found == [[], ["C03 提醒 资金依据第 1 行·本单位金额"]]


def with_facts(given: object) -> Form:
    return parse_interchange({**CLEAN.data, "facts": given}, Path("自评表.json")).form


def test_an_amount_of_one_year_goes_one_of_several_years_stays() -> None:
    assert carried(CLEAN.with_cell("表头", "项目金额", "900000")).project_amount.text == ""
    assert carried(CLEAN.with_cell("表头", "项目金额", "2700000")).project_amount.text == "2700000"


def test_texts_that_still_name_the_old_year_are_found() -> None:
    assert [cell.field for cell in years_left(carried(CLEAN), 2023)] == ["扫描完成时间·年度指标值"]


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_workbook_keeps_all_of_it_and_nothing_blank_is_held_against_it(name: str, tmp_path: Path) -> None:
    old, path = published(name), tmp_path / "next.xlsx"
    new = carried(old)
    build_workbook(path, new, scheme_of(old))
    (stored,) = read_forms(path)
    assert facts(stored) == facts(new)
    assert {table: texts(rows) for table, rows in stored.tables.items()} == {
        table: texts(rows) for table, rows in new.tables.items()
    }
    found = [each.code for each in check_form(case_of(stored), RULES, Stage.GOALS) if each.code[0] in "FSDR"]
    # The form of 020 prints 分值 beside a source of the funds, this year and the next.
    assert found == (["F10"] if name == "020" else [])


@pytest.mark.parametrize("name", ["103", "108"])
def test_last_years_results_stand_beside_the_rows_outside_the_print_area(name: str, tmp_path: Path) -> None:
    old, path = published(name), tmp_path / "next.xlsx"
    build_workbook(path, carried(old), scheme_of(old))
    sheet = openpyxl.load_workbook(path)["自评表"]
    told = {sheet.cell(row, 4).value: sheet.cell(row, 16).value for row in range(12, sheet.max_row)}
    row = old.indicators[0]
    assert told[row.name] == f"完成 {row.actual.text}，得 {row.score.text} 分"
    assert str(sheet.print_area).replace("$", "").split("!")[-1].startswith("A1:I")
    scores = [cell.value for cell in sheet["H"][12:40] if cell.value is not None]
    assert scores and all(str(value).startswith("=") for value in scores)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_blank_form_carried_over_is_blank(scheme: str, tmp_path: Path) -> None:
    (form,) = read_forms(blank(scheme, tmp_path))
    new = carry_over(form, (), load_schemes()[scheme])
    assert dict(new.facts) == {} and set(new.tables) <= {"上年指标"}
