"""Rules F01, F02, F04, F05, F07, F08, F09, F15, F16: rate and score of the funds, and what was spent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.forms import CLEAN, Sheet, case, lines, run
from toolkit.checks.finding import Finding

TOTAL = "年度资金总额"
OWN = "当年财政拨款"
COST = "每页扫描成本"


def spent(executed: str, rate: str, score: str) -> Sheet:
    """Let the whole budget stand in one source and spend ``executed`` of it."""
    sheet = CLEAN.with_cells(OWN, 年初预算数="900000.00", 全年预算数="900000.00", 全年执行数=executed, 执行率=rate)
    sheet = sheet.with_cells("上年结转资金", 年初预算数="0.00", 全年预算数="0.00", 全年执行数="0.00", 执行率="")
    sheet = sheet.with_cells(TOTAL, 全年执行数=executed, 执行率=rate, 得分=score)
    return sheet.with_cell("总分", "得分", str(90 + float(score)))


def of_funds(sheet: Sheet) -> list[Finding]:
    return [found for found in run(sheet) if found.code.startswith("F")]


def test_the_clean_form_has_no_findings() -> None:
    assert run(CLEAN) == ()


@pytest.mark.parametrize("score", ["9.6", "9.60", "9.600"])
def test_f01_accepts_the_score_however_it_is_printed(score: str) -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, "得分", score))) == []


@pytest.mark.parametrize("score", ["9.61", "9.59", "10", "9"])
def test_f01_names_a_score_that_is_not_weight_times_rate(score: str) -> None:
    sheet = CLEAN.with_cell(TOTAL, "得分", score).with_cell("总分", "得分", str(90 + float(score)))
    [found] = run(sheet)
    assert (found.code, found.cells[0].field, found.expected) == ("F01", f"{TOTAL}·得分", "9.60")


def test_f01_says_what_it_found_and_how_it_was_cut() -> None:
    [found] = run(spent("864567.00", "96.06%", "9.60"))
    assert found.message == f"“{TOTAL}·得分”填 9.60，应为 9.61（直接截去尾数，未四舍五入）"
    assert found.working == "864567.00 ÷ 900000.00 = 0.9606…；10 × 864567.00 ÷ 900000.00 = 9.61"


def test_f01_and_f02_accept_the_digits_that_a_number_format_hides() -> None:
    sheet = spent("864567.00", "96.06%", "9.61")
    form = sheet.form
    share = Decimal("864567") / 900000
    line = form.funds[0]
    rate, score = replace(line.rate, exact=share), replace(line.score, exact=share * 10)
    total = replace(form.total_score, exact=90 + share * 10)
    formulas = replace(form, funds=(replace(line, rate=rate, score=score), *form.fund_parts), total_score=total)
    assert run(formulas) == ()


def test_f01_is_silent_without_a_score() -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, "得分", "—"))) == [f"S11 提醒 {TOTAL}·得分"]


@pytest.mark.parametrize(
    ("column", "typed", "reason"),
    [
        ("全年执行数", "约八十多万", "看不懂"),
        ("全年执行数", "#DIV/0!", "是错误值 #DIV/0!"),
        ("全年预算数", "按批复", "填 按批复，不是一个确定的数"),
        ("得分", "满分", "填 满分，不是一个确定的数"),
        ("分值", "十来分", "看不懂"),
    ],
)
def test_f01_says_what_cannot_be_checked(column: str, typed: str, reason: str) -> None:
    [found] = run(CLEAN.with_cell(TOTAL, column, typed))
    assert (found.code, found.undecidable, found.severity.word) == ("F01", True, "说明")
    assert found.message.startswith(f"无法核对，因为“{TOTAL}·{column}”") and reason in found.message


@pytest.mark.parametrize("rate", ["96%", "96.0%", "96.00%", "0.96", "0.9600", "96.000%"])
def test_f02_accepts_the_rate_at_the_digits_printed(rate: str) -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, "执行率", rate))) == []


@pytest.mark.parametrize(("rate", "due"), [("95%", "96%"), ("0.95", "0.96"), ("96.01%", "96%"), ("1", "1")])
def test_f02_names_a_rate_that_is_not_executed_by_budget(rate: str, due: str) -> None:
    found = run(CLEAN.with_cell(TOTAL, "执行率", rate))
    assert [(each.code, each.expected) for each in found] == ([("F02", due)] if rate != due else [])


@pytest.mark.parametrize("rate", ["96", "96.0", "96.00"])
def test_f02_reads_percent_points_without_their_sign(rate: str) -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, "执行率", rate).with_cell(OWN, "执行率", "95.5"))) == []


@pytest.mark.parametrize(
    ("executed", "score", "rate", "due"),
    [
        ("864000.00", "9.60", "95", "96"),
        ("864000.00", "9.60", "95.99", "96.00"),
        ("783000.00", "8.70", "86", "87"),
        ("864000.00", "9.60", "1.2", "1.0"),
        ("900000.00", "10.00", "99", "100"),
        ("900000.00", "10.00", "0.99", "1.00"),
    ],
)
def test_f02_writes_the_rate_that_is_due_as_the_form_does(executed: str, score: str, rate: str, due: str) -> None:
    sheet = spent(executed, rate, score).with_fact("执行率偏低原因", "尾款下年支付。")
    [found] = run(sheet)
    assert (found.code, found.expected) == ("F02", due)


def test_f02_tells_percent_points_that_were_cut() -> None:
    [found] = run(spent("864567.00", "96.06", "9.61").with_cell(TOTAL, "执行率", "96.0").with_cell(OWN, "执行率", "96.1"))
    assert found.message == f"“{TOTAL}·执行率”填 96.0，应为 96.1（直接截去尾数，未四舍五入）"


def test_f15_compares_with_a_rate_in_percent_points() -> None:
    sheet = cost_rate("95%").with_cell(TOTAL, "执行率", "95")
    assert [found.code for found in run(sheet)] == ["F02"]


def test_f02_takes_every_source_row_and_explains_f01() -> None:
    sheet = case("102")
    assert [line for line in lines(run(sheet)) if line[:2] in ("F0", "F1")] == [
        f"F02 错误 {TOTAL}·执行率、{OWN}·执行率",
        f"F07 提醒 {TOTAL}·全年预算数",
        "F06 说明 其他资金·全年预算数、其他资金·年初预算数",
    ]


def test_f02_cannot_check_an_error_value_but_lets_the_rate_of_an_empty_row_be() -> None:
    assert lines(run(CLEAN.with_cell("其他资金", "执行率", "#DIV/0!"))) == []
    assert lines(run(CLEAN.with_cell(OWN, "执行率", "#DIV/0!"))) == [f"F02 无法核对 {OWN}·执行率"]


def test_f04_money_spent_in_a_row_without_budget() -> None:
    sheet = CLEAN.with_cell("其他资金", "全年执行数", "4000.00").with_cells(OWN, 全年执行数="760000.00", 执行率="95%")
    assert lines(run(sheet)) == ["F04 错误 其他资金·全年预算数"]


def test_f04_speaks_for_f16_f02_and_f01_in_the_total_row() -> None:
    sheet = CLEAN.without(OWN, "上年结转资金", "其他资金").with_cells(TOTAL, 年初预算数="0.00", 全年预算数="0.00")
    assert lines(run(sheet)) == [f"F04 错误 {TOTAL}·全年预算数"]


@pytest.mark.parametrize(("executed", "rate", "fires"), [("900000.00", "100%", False), ("900000.01", "100%", True)])
def test_f05_begins_one_fen_above_the_budget(executed: str, rate: str, fires: bool) -> None:
    assert lines(run(spent(executed, rate, "10"))) == (
        [f"F05 错误 {TOTAL}·全年执行数、{OWN}·全年执行数"] if fires else []
    )


def test_f05_names_the_usual_cause() -> None:
    [found] = run(spent("923310.00", "102.59%", "10"))
    assert found.message.startswith("全年执行数填 923310.00，大于全年预算数 900000.00，执行率 102.59%。涉及：")
    assert "追加或上年结转" in found.fix


@pytest.mark.parametrize(("source", "severity"), [("上年结转资金", "提醒"), ("其他资金", "错误")])
def test_f05_is_a_reminder_where_money_carried_over_explains_it(source: str, severity: str) -> None:
    sheet = CLEAN.with_cells(OWN, 年初预算数="900000.00", 全年预算数="900000.00", 全年执行数="900000.00", 执行率="100%")
    sheet = sheet.with_cells("上年结转资金", 年初预算数="0", 全年预算数="0", 全年执行数="0", 执行率="")
    sheet = sheet.with_cells(source, 全年预算数="—", 全年执行数="23310.00")
    sheet = sheet.with_cells(TOTAL, 全年执行数="923310.00", 执行率="102.59%", 得分="10").with_cell(
        "总分", "得分", "100"
    )
    assert lines(run(sheet)) == [f"F05 {severity} {TOTAL}·全年执行数"]


def test_f05_speaks_for_the_carried_over_row_that_has_no_budget() -> None:
    sheet = CLEAN.with_cells(OWN, 年初预算数="900000.00", 全年预算数="900000.00", 全年执行数="900000.00", 执行率="100%")
    sheet = sheet.with_cells("上年结转资金", 年初预算数="0", 全年预算数="0", 全年执行数="23310.00", 执行率="")
    sheet = sheet.with_cells(TOTAL, 全年执行数="923310.00", 执行率="102.59%", 得分="10").with_cell("总分", "得分", "100")
    assert lines(run(sheet)) == [f"F05 提醒 {TOTAL}·全年执行数"]
    # Nothing exceeds the budget here: the money stands in the wrong row.
    moved = sheet.with_cells(OWN, 全年执行数="800000.00", 执行率="88.89%").with_cells(
        TOTAL, 全年执行数="823310.00", 执行率="91.48%", 得分="9.15"
    )
    assert lines(run(moved.with_cell("总分", "得分", "99.15"))) == ["F04 错误 上年结转资金·全年预算数"]


CHANGED = CLEAN.with_cell(TOTAL, "年初预算数", "880000.00").with_cell(OWN, "年初预算数", "780000.00")


def test_f07_asks_why_the_budget_changed() -> None:
    [found] = run(CHANGED)
    assert lines([found]) == [f"F07 提醒 {TOTAL}·全年预算数"]
    assert found.message == f"“{TOTAL}·全年预算数”填 900000.00，年初预算数 880000.00，调增 20,000.00，未见说明"


@pytest.mark.parametrize(
    ("sheet", "silent"),
    [
        (CHANGED.with_fact("调整原因", "县财政年中追加2万元。"), True),
        (CHANGED.with_fact("调整原因", " "), False),
        (CHANGED.with_fact("执行率偏低原因", "尾款未付。"), False),
        (CHANGED.with_cell("表头", "实际完成情况", "完成5200卷。经县财政局批准追加预算2万元。"), True),
        (CHANGED.with_cell("表头", "实际完成情况", "完成5200卷，保障社保基金安全。"), False),
        (CHANGED.with_cells(COST, 偏差原因="年中追加2万元用于补扫；今后编细预算。", 得分="9"), True),
        (CHANGED.with_cells(COST, 偏差原因="用纸较好；今后统一用纸。", 得分="9"), False),
        (CHANGED.with_cells("扫描合格率", 偏差原因="年中追加2万元；今后编细预算。", 得分="9"), False),
    ],
)
def test_f07_accepts_a_reason_where_one_may_stand(sheet: Sheet, silent: bool) -> None:
    assert [found.code for found in of_funds(sheet)] == ([] if silent else ["F07"])


def test_f07_does_not_take_a_blank_initial_budget_for_zero() -> None:
    sheet = CLEAN
    for row in (TOTAL, OWN, "上年结转资金", "其他资金"):
        sheet = sheet.with_cell(row, "年初预算数", "")
    assert run(sheet) == ()


@pytest.mark.parametrize(
    ("executed", "rate", "score", "expected"),
    [
        ("810000.00", "90%", "9.00", []),
        ("809999.99", "90%", "9.00", [f"F08 提醒 {TOTAL}·执行率"]),
        ("540000.00", "60%", "6.00", [f"F08 提醒 {TOTAL}·执行率"]),
        ("539999.99", "60%", "6.00", [f"F09 提醒 {TOTAL}·执行率"]),
    ],
)
def test_f08_and_f09_begin_below_their_rates(executed: str, rate: str, score: str, expected: list[str]) -> None:
    assert lines(run(spent(executed, rate, score))) == expected


LOW = spent("765000.00", "85%", "8.50")


@pytest.mark.parametrize(
    ("sheet", "silent"),
    [
        (LOW.with_fact("执行率偏低原因", "尾款下年支付。"), True),
        (LOW.with_fact("调整原因", "年底收回。"), True),
        (LOW.with_cell("表头", "实际完成情况", "完成5200卷。剩余资金下年支付。"), True),
        (LOW.with_cell(COST, "偏差原因", "中标价低于预算。"), True),
        (LOW.with_cell(COST, "偏差原因", "无"), False),
        (LOW.with_cell("扫描合格率", "偏差原因", "中标价低于预算。"), False),
    ],
)
def test_f08_accepts_a_reason_where_one_may_stand(sheet: Sheet, silent: bool) -> None:
    assert [found.code for found in of_funds(sheet)] == ([] if silent else ["F08"])


VERY_LOW = spent("180000.00", "20%", "2.00")


def test_f09_is_silent_where_an_output_lost_points_or_money_was_saved() -> None:
    assert lines(of_funds(VERY_LOW)) == [f"F09 提醒 {TOTAL}·执行率"]
    assert lines(of_funds(VERY_LOW.with_cell("扫描页数", "得分", "9"))) == [f"F08 提醒 {TOTAL}·执行率"]
    assert lines(of_funds(VERY_LOW.with_cell("表头", "实际完成情况", "完成5200卷，中标价低。"))) == [
        f"F08 提醒 {TOTAL}·执行率"
    ]
    assert lines(of_funds(VERY_LOW.with_fact("执行率偏低原因", "公开招标节约。"))) == []
    # A reason that does not speak of saving answers F08, not F09.
    assert lines(of_funds(VERY_LOW.with_fact("执行率偏低原因", "尾款未付。"))) == [f"F09 提醒 {TOTAL}·执行率"]


def cost_rate(actual: str, rate: str = "96%") -> Sheet:
    sheet = CLEAN.with_cells(COST, 三级指标="预算成本控制率", 年度指标值="≤100%", 实际完成值=actual)
    return sheet.with_cell(TOTAL, "执行率", rate)


@pytest.mark.parametrize("actual", ["96%", "96.0%", "96.00%"])
def test_f15_accepts_the_rate_at_the_digits_typed(actual: str) -> None:
    assert lines(run(cost_rate(actual))) == []


def test_f15_asks_about_another_rate() -> None:
    [found] = run(cost_rate("100%"))
    assert lines([found]) == ["F15 提醒 预算成本控制率·实际完成值"]
    assert found.message == "“预算成本控制率·实际完成值”填 100%，而执行率为 96%（表内印 96%），两者不一致"


def test_f15_accepts_a_cut_rate_as_printed_and_no_other_kind_of_row() -> None:
    assert "F15" not in [found.code for found in run(case("102"))]
    assert [found.code for found in of_funds(case("107"))] == ["F15", "F06"]
    assert lines(run(CLEAN.with_cells("扫描合格率", 三级指标="预算控制率", 实际完成值="100%"))) == []
    assert lines(of_funds(cost_rate("约95%"))) == []


@pytest.mark.parametrize("typed", ["", "—"])
def test_f16_names_a_budget_that_is_missing(typed: str) -> None:
    sheet = CLEAN.with_cell(TOTAL, "全年预算数", typed).with_cell(TOTAL, "执行率", "")
    assert lines(run(sheet)) == [f"F03 错误 {TOTAL}·全年预算数"]
    assert lines(run(sheet.without(OWN, "上年结转资金", "其他资金"))) == [f"F16 错误 {TOTAL}·全年预算数"]


def test_f16_names_a_budget_of_zero_and_lets_a_form_without_funds_be() -> None:
    sheet = CLEAN.without(OWN, "上年结转资金", "其他资金")
    sheet = sheet.with_cells(TOTAL, 年初预算数="0", 全年预算数="0", 全年执行数="0", 执行率="0%", 得分="0")
    assert lines(of_funds(sheet)) == [f"F16 错误 {TOTAL}·全年预算数"]
    assert of_funds(sheet.without(TOTAL)) == []
