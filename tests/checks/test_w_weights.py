"""Rules W01 to W04: weights of rows, sections and the whole form."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.forms import CLEAN, Sheet, case, lines, run, scheme_of
from toolkit.core.scheme import Scheme

COUNT, PAGES = "整理档案数量", "扫描页数"
NATIONAL: Scheme = scheme_of(CLEAN.form)


def weighing(row: str, weight: str, total: str | None = None) -> Sheet:
    """Give a row another weight and the full score for it."""
    sheet = CLEAN.with_cells(row, 分值=weight, 得分=weight)
    points = sum(float(each["score"]) for each in sheet.data["indicators"]) + 9.6
    return sheet.with_cell("总分", "得分", total or f"{points:.2f}")


@pytest.mark.parametrize(
    ("weight", "found", "gap"), [("10", "95", "少 5 分"), ("25", "110", "多 10 分"), ("15.01", "100.01", "多 0.01 分")]
)
def test_w01_names_the_gap(weight: str, found: str, gap: str) -> None:
    [each] = [each for each in run(weighing(COUNT, weight)) if each.code == "W01"]
    assert each.message == f"“总分·分值”应为 100，各项分值合计 {found} 分，{gap}"
    assert each.working == f"10＋{weight}＋10＋10＋5＋10＋15＋15＋10＝{found}"


def test_w01_stands_alone_and_accepts_decimals_that_add_to_100() -> None:
    assert lines(run(weighing(COUNT, "10"))) == ["W01 错误 总分·分值"]
    split = weighing(COUNT, "12.5").with_cells(PAGES, 分值="12.50", 得分="12.50").with_cell("总分", "得分", "99.60")
    assert lines(run(split)) == []


def test_w01_sees_a_row_that_is_missing_behind_a_total() -> None:
    [found] = [each for each in run(case("035")) if each.code == "W01"]
    assert found.message == "“总分·分值”应为 100，各项分值合计 95 分，少 5 分"
    assert found.working == (
        "10＋20＋12＋8＋3＋10＋10＋7＋10＋5＝95；得分合计 90.18，总分填 95.18，恰多 5 分，疑有 5 分的指标没有列出"
    )


def test_w01_names_a_total_of_the_weights_that_is_wrong_itself() -> None:
    assert lines(run(CLEAN.with_cell("总分", "分值", "90"))) == ["W01 错误 总分·分值"]
    assert lines(run(CLEAN.with_cell("总分", "分值", "100.0"))) == []
    assert lines(run(CLEAN.with_cell("总分", "分值", ""))) == []


def without_weights() -> Sheet:
    sheet = CLEAN.with_cell("年度资金总额", "分值", "").with_cell("总分", "分值", "")
    for row in CLEAN.data["indicators"]:
        sheet = sheet.with_cell(row["level3"], "分值", "")
    return sheet


def test_w01_is_silent_on_a_form_without_weights() -> None:
    assert [each.code for each in run(without_weights()) if each.code[0] == "W"] == []


def test_w01_cannot_add_what_cannot_be_read() -> None:
    assert lines(run(CLEAN.with_cell(PAGES, "分值", "#REF!"))) == [f"W01 无法核对 {PAGES}·分值"]
    # What another finding names already is not said a second time.
    assert lines(run(CLEAN.with_cell(PAGES, "分值", "约10"))) == [f"V08 提醒 {PAGES}·分值"]


OUTPUTS = "整理档案数量·分值、扫描页数·分值、扫描合格率·分值、扫描完成时间·分值、每页扫描成本·分值"


def swapped() -> Sheet:
    """Move 5 points from 产出 to 效益."""
    sheet = CLEAN.with_cells(COUNT, 分值="10", 得分="10").with_cells("查档办理时间", 分值="20", 得分="20")
    return sheet


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (CLEAN.with_declared(产出指标="50", 效益指标="30", 满意度指标="10"), []),
        (CLEAN.with_declared(产出="50", 服务对象满意度="10"), []),
        (CLEAN.with_declared(产出指标="50", 预算执行="20", 年度目标="20"), []),
        (CLEAN.with_declared(满意度指标="20"), ["W02 错误 查档群众满意度·分值"]),
        (CLEAN.with_declared(产出指标="40"), [f"W02 错误 {OUTPUTS}"]),
        (CLEAN.with_cell("查档群众满意度", "一级指标", "满意度指标（20分）"), ["W02 错误 查档群众满意度·分值"]),
        (CLEAN.with_cell("查档群众满意度", "一级指标", "满意度指标(10 分)"), []),
    ],
)
def test_w02_compares_with_what_the_form_declares(sheet: Sheet, expected: list[str]) -> None:
    assert lines(run(sheet)) == expected


def test_w02_words_the_gap() -> None:
    [found] = run(CLEAN.with_declared(产出指标="40"))
    assert found.message.startswith("“产出指标”各项分值合计 50 分，表内注明 40 分，多 10 分。涉及：")
    assert found.working == "15＋10＋10＋5＋10＝50"


def test_w02_prefers_the_weights_declared_apart() -> None:
    sheet = CLEAN.with_cell("查档群众满意度", "一级指标", "满意度指标（20分）").with_declared(满意度指标="10")
    assert lines(run(sheet)) == []


def test_w02_finds_satisfaction_in_the_second_column() -> None:
    sheet = CLEAN.with_cell("查档群众满意度", "一级指标", "").with_declared(效益指标="30", 满意度指标="10")
    assert lines(run(sheet)) == []
    blank = CLEAN.with_cell(PAGES, "一级指标", "").with_declared(产出指标="50")
    assert [each.code for each in run(blank) if each.code == "W02"] == []


def test_w03_waits_for_next_year_unless_the_scheme_fixes_the_weights() -> None:
    assert lines(run(swapped())) == [f"W03 留意下年 {COUNT}·分值、查档办理时间·分值"]
    fixed = replace(NATIONAL, sections_fixed=True)
    assert lines(run(swapped(), scheme=fixed)) == [f"W03 错误 {COUNT}·分值、查档办理时间·分值"]
    [found] = run(swapped())
    assert found.message.startswith("各部分分值与标准不同：产出指标 45（标准 50）、效益指标 35（标准 30）。涉及：")


def test_w03_takes_the_execution_rate_too() -> None:
    sheet = CLEAN.with_cells("年度资金总额", 分值="20", 得分="19.20").with_cells(PAGES, 分值="0.01", 得分="0.01")
    sheet = sheet.with_cells(COUNT, 分值="14.99", 得分="14.99").with_cell("总分", "得分", "99.20")
    [found] = [each for each in run(sheet) if each.code == "W03"]
    assert found.expected == "预算执行率 10；产出指标 50"


def test_w03_leaves_forms_of_another_kind_alone() -> None:
    assert "W03" not in [each.code for name in ("035", "036", "037") for each in run(case(name), scheme=NATIONAL)]
    assert [each.code for each in run(case("101")) if each.code[0] == "W"] == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"分值": "-10", "得分": ""}, [f"W04 错误 {PAGES}·分值"]),
        ({"分值": ""}, [f"W04 错误 {PAGES}·分值"]),
        ({"分值": "—"}, [f"W04 错误 {PAGES}·分值"]),
        ({"分值": "0", "得分": "0"}, ["W01 错误 总分·分值", f"W04 错误 {PAGES}·分值"]),
        ({"分值": "", "得分": ""}, ["W01 错误 总分·分值"]),
    ],
)
def test_w04_rows_in_use(typed: dict[str, str], expected: list[str]) -> None:
    found = [line for line in lines(run(CLEAN.with_cells(PAGES, **typed))) if line[0] == "W"]
    assert sorted(found) == sorted(expected)


def idle(weight: str) -> Sheet:
    return CLEAN.with_cells(PAGES, 三级指标="不适用", 年度指标值="不适用", 实际完成值="不适用", 分值=weight, 得分="0")


def test_w04_rows_that_do_not_apply() -> None:
    assert [line for line in lines(run(idle("0"))) if "W04" in line] == []
    assert [line for line in lines(run(idle("10"))) if "W04" in line] == ["W04 错误 不适用·分值"]
    rebasing = replace(NATIONAL, not_applicable="rebase")
    assert [line for line in lines(run(idle("10"), scheme=rebasing)) if "W04" in line] == []
    assert "W04" not in [each.code for name in ("101", "103", "020") for each in run(case(name))]


def test_w04_lists_rows_of_one_kind_together() -> None:
    sheet = CLEAN.with_cell(PAGES, "分值", "").with_cell(COUNT, "分值", "")
    assert lines(run(sheet)) == [f"W04 错误 {COUNT}·分值、{PAGES}·分值"]
    [found] = run(CLEAN.with_cell(PAGES, "分值", ""))
    assert found.message == f"“{PAGES}·分值”没有填，该行有得分而没有分值"
