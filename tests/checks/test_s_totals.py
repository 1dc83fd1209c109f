"""Rules S01, S02, S10, S11, S13 to S16: the total and the grade."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.forms import CLEAN, Sheet, case, lines, run, scheme_of
from toolkit.core.form import Cell, Line
from toolkit.core.scheme import Cap, Scheme

PAGES = "扫描页数"
TOTAL = "总分·得分"
NATIONAL: Scheme = scheme_of(CLEAN.form)


def total(typed: str, sheet: Sheet = CLEAN) -> Sheet:
    return sheet.with_cell("总分", "得分", typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("99.6", []),
        ("99.600", []),
        ("99.60分", []),
        ("100", [f"S01 说明 {TOTAL}"]),
        ("99", [f"S01 错误 {TOTAL}"]),
        ("99.61", [f"S01 错误 {TOTAL}"]),
        ("99.7", [f"S01 错误 {TOTAL}"]),
        ("92", [f"S01 错误 {TOTAL}"]),
        ("九十九点六", []),
        ("约99", [f"S01 无法核对 {TOTAL}"]),
    ],
)
def test_s01_total_and_sum(typed: str, expected: list[str]) -> None:
    assert lines(run(total(typed))) == expected


def test_s01_words_the_published_ones() -> None:
    def said(name: str) -> tuple[str, str]:
        [found] = [each for each in run(case(name)) if each.code == "S01"]
        return found.message, found.working

    assert said("024") == (f"“{TOTAL}”填 94，各项得分合计为 93，多 1 分", "9＋13＋15＋10＋10＋27＋9＝93")
    assert said("102")[0] == f"“{TOTAL}”填 96.1，各项得分合计为 96.09，总分保留了 1 位小数"
    assert said("035")[0] == f"“{TOTAL}”填 95.18，各项得分合计为 90.18，多 5 分"


def test_s01_says_when_digits_were_cut_off() -> None:
    assert run(total("99"))[0].message.endswith("少 0.6 分（直接截去尾数，未四舍五入）")


def test_s01_grants_no_slack_to_a_total_whose_digits_are_known() -> None:
    form = CLEAN.form
    hidden = Cell(TOTAL, "99.6", exact=Decimal("99.59"), line=Line.TOTAL)
    [found] = run(replace(form, total_score=hidden))
    assert found.message == f"“{TOTAL}”填 99.6（单元格内为 99.59），各项得分合计为 99.6，少 0.01 分"
    noise = Cell(TOTAL, "99.6", exact=Decimal("99.59999999999999"), line=Line.TOTAL)
    assert run(replace(form, total_score=noise)) == ()


def test_s01_cannot_add_a_score_that_cannot_be_read() -> None:
    assert lines(run(CLEAN.with_cell(PAGES, "得分", "#VALUE!"))) == [f"S01 无法核对 {PAGES}·得分"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("99.60", [f"S11 提醒 {PAGES}·得分"]),  # full points for the missing row would do
        ("99.61", [f"S02 错误 {TOTAL}", f"S11 提醒 {PAGES}·得分"]),
        ("89.60", [f"S11 提醒 {PAGES}·得分"]),
    ],
)
def test_s02_what_missing_scores_could_still_give(typed: str, expected: list[str]) -> None:
    grade = "良" if typed.startswith("8") else "优"
    assert lines(run(total(typed, CLEAN.with_cell(PAGES, "得分", "").with_cell("表头", "等级", grade)))) == expected


def test_s02_shows_what_could_be_reached() -> None:
    [found, _] = run(total("99.61", CLEAN.with_cell(PAGES, "得分", "")))
    assert found.message == f"“{TOTAL}”填 99.61，而 1 项没有得分，即使都得满分，合计也只有 99.6"


@pytest.mark.parametrize(
    ("typed", "grade", "expected"),
    [
        ("99.60", "优", []),
        ("99.60", "优秀", []),
        ("99.60", "", []),
        ("99.60", "良", ["S10 错误 等级"]),
        ("", "优", [f"S11 提醒 {TOTAL}"]),
        ("", "良", ["S10 错误 等级", f"S11 提醒 {TOTAL}"]),
        ("99.60", "A级", ["S10 无法核对 等级"]),
        ("99.60", "优良", ["S10 无法核对 等级"]),
    ],
)
def test_s10_grade_of_the_total_or_of_the_sum(typed: str, grade: str, expected: list[str]) -> None:
    assert lines(run(total(typed, CLEAN.with_cell("表头", "等级", grade)))) == expected


@pytest.mark.parametrize(
    ("points", "due"), [("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差")]
)
def test_s10_bounds_belong_to_the_upper_grade(points: str, due: str) -> None:
    for grade in "优良中差":
        found = [each for each in run(total(points, CLEAN.with_cell("表头", "等级", grade))) if each.code == "S10"]
        assert [each.expected for each in found] == ([] if grade == due else [due])


def test_s10_words_the_published_one() -> None:
    [found] = [each for each in run(case("037")) if each.code == "S10"]
    assert found.message == "“等级”填“优”，按总分 89.33 应为“良”"
    assert found.working == "良：80 ≤ 89.33 ＜ 90，距“优”差 0.67 分"


def test_s11_lists_all_that_is_missing_once() -> None:
    sheet = total("", CLEAN.with_cell("表头", "等级", "")).with_cell("年度资金总额", "得分", "")
    names = [row["level3"] for row in CLEAN.data["indicators"]]
    for name in names:
        sheet = sheet.with_cell(name, "得分", "")
    [found] = [each for each in run(sheet) if each.code == "S11"]
    assert [cell.field for cell in found.cells] == ["年度资金总额·得分", *(f"{name}·得分" for name in names), TOTAL]
    assert found.message.startswith("9 项没有填得分，总分也没有填。涉及：")


@pytest.mark.parametrize("name", ["020", "036", "038"])
def test_s11_on_published_forms(name: str) -> None:
    assert [line for line in lines(run(case(name))) if "S11" in line] == [f"S11 提醒 {TOTAL}"]


def test_s11_needs_no_score_where_a_row_does_not_apply_or_only_breaks_down() -> None:
    assert "S11" not in [each.code for name in ("101", "103", "014") for each in run(case(name))]
    sheet = CLEAN.with_row(PAGES, 三级指标="其中A3", 年度指标值="100万页", 实际完成值="100万页", 分值="", 得分="")
    assert lines(run(sheet)) == []


@pytest.mark.parametrize("code", ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_s13_names_a_broken_formula_and_speaks_for_s01(code: str) -> None:
    [found] = run(total(code))
    assert lines([found]) == [f"S13 错误 {TOTAL}"]
    assert found.message == f"“{TOTAL}”是错误值 {code}，公式已损坏"
    assert lines(run(CLEAN.with_cell("总分", "分值", code))) == ["S13 错误 总分·分值"]


CAPPED = replace(NATIONAL, caps=(Cap(Decimal("0.97"), Decimal(89)), Cap(Decimal("0.5"), Decimal(59))))


@pytest.mark.parametrize(
    ("typed", "grade", "expected"),
    [
        ("99.60", "优", [f"S14 错误 {TOTAL}"]),
        ("89", "良", []),
        ("89.00", "良", []),
        ("88", "良", [f"S01 错误 {TOTAL}"]),
        ("", "优", [f"S14 错误 {TOTAL}", f"S11 提醒 {TOTAL}"]),
    ],
)
def test_s14_caps_the_total_by_execution(typed: str, grade: str, expected: list[str]) -> None:
    sheet = total(typed, CLEAN.with_cell("表头", "等级", grade))
    assert lines(run(sheet, scheme=CAPPED)) == expected
    assert not [line for line in lines(run(sheet)) if "S14" in line]


def test_s14_names_rate_and_limit() -> None:
    [found] = run(CLEAN, scheme=CAPPED)
    assert found.message == f"“{TOTAL}”填 99.6，执行率 96%，总分最高 89"


DEDUCTING = replace(NATIONAL, over_deduction=Decimal(2))


@pytest.mark.parametrize(
    ("actual", "score", "expected"),
    [
        ("130万页", "10", []),
        ("131万页", "8", []),
        ("131万页", "10", ["S15"]),
        ("131万页", "9", ["S15"]),
        ("131万页", "7", []),
    ],
)
def test_s15_deducts_for_over_achievement(actual: str, score: str, expected: list[str]) -> None:
    typed = {"实际完成值": actual, "得分": score, "偏差原因": "因任务增加，超出指标值；下年调整指标值。"}
    sheet = total(f"{Decimal('89.60') + Decimal(score):f}", CLEAN.with_cells(PAGES, **typed))
    found = [each.code for each in run(sheet, scheme=DEDUCTING) if each.code in ("S15", "S01", "S05")]
    assert found == expected
    assert "S15" not in [each.code for each in run(sheet)]


def idle(typed: str) -> Sheet:
    sheet = CLEAN.with_cells(PAGES, 三级指标="不适用", 年度指标值="不适用", 实际完成值="不适用", 得分="")
    return total(typed, sheet)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("99.56", []),  # 89.60 × 100 ÷ 90
        ("99.6", []),
        ("89.60", [f"S16 错误 {TOTAL}"]),
        ("99.55", [f"S16 错误 {TOTAL}"]),
    ],
)
def test_s16_rebases_where_the_scheme_says_so(typed: str, expected: list[str]) -> None:
    rebasing = replace(NATIONAL, not_applicable="rebase")
    sheet = idle(typed).with_cell("表头", "等级", "")
    assert [line for line in lines(run(sheet, scheme=rebasing)) if line[0] == "S"] == expected


def test_s16_shows_the_arithmetic_and_is_silent_without_idle_rows() -> None:
    rebasing = replace(NATIONAL, not_applicable="rebase")
    [found] = [each for each in run(idle("89.60"), scheme=rebasing) if each.code == "S16"]
    assert found.working == "9.6＋15＋10＋5＋10＋15＋15＋10＝89.6；89.6 × 100 ÷ 90 = 99.56"
    assert run(CLEAN, scheme=rebasing) == ()
