"""Rules F03, F06, F10 to F13, F17, F18: amounts that must add up or agree."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet, case, lines, run
from toolkit.checks.case import LedgerLine
from toolkit.core.form import Cell

TOTAL = "年度资金总额"
OWN = "当年财政拨款"
CARRIED = "上年结转资金"
OTHER = "其他资金"


def in_wan(total: str, own: str, carried: str) -> Sheet:
    """Let the executed amounts of a form in 万元 be these."""
    sheet = CLEAN.with_cell("表头", "金额单位", "万元")
    for row, amount, rate in (
        (TOTAL, "3000.00", ""),
        (OWN, "2650.00", ""),
        (CARRIED, "350.00", ""),
        (OTHER, "0.00", ""),
    ):
        sheet = sheet.with_cells(row, 年初预算数=amount, 全年预算数=amount, 执行率=rate)
    sheet = sheet.with_cells(TOTAL, 全年执行数=total, 得分="9.69").with_cell("总分", "得分", "99.69")
    return sheet.with_cell(OWN, "全年执行数", own).with_cell(CARRIED, "全年执行数", carried)


@pytest.mark.parametrize("column", ["年初预算数", "全年预算数", "全年执行数"])
@pytest.mark.parametrize("typed", ["0", "0.00", "", "899740.01", "90000.00"])
def test_f03_points_at_the_one_total_that_is_wrong(column: str, typed: str) -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, column, typed))) == [f"F03 错误 {TOTAL}·{column}"]


def test_f03_gives_the_sum_and_the_arithmetic() -> None:
    [found] = run(CLEAN.with_cell(TOTAL, "全年预算数", "0.00"))
    assert found.message == f"“{TOTAL}·全年预算数”填 0.00，3 项来源之和为 900,000.00"
    assert (found.working, found.expected) == ("800,000.00＋100,000.00＋0.00＝900,000.00", "900,000.00")


def test_f03_in_yuan_is_exact_to_the_fen() -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, "年初预算数", "900000.01"))) == [f"F03 错误 {TOTAL}·年初预算数"]
    assert lines(run(CLEAN.with_cell(TOTAL, "年初预算数", "900,000"))) == []


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("2908.00", []),
        ("2908", []),
        ("2908.01", [f"F03 说明 {TOTAL}·全年执行数"]),
        ("2908.02", [f"F03 说明 {TOTAL}·全年执行数"]),
        ("2908.03", [f"F03 错误 {TOTAL}·全年执行数"]),
    ],
)
def test_f03_in_wan_leaves_half_a_printed_step_for_each_figure(total: str, expected: list[str]) -> None:
    # Three sources and the total in 0.01 万元: 4 × 0.005 = 0.02.
    assert lines(run(in_wan(total, "2561.68", "346.32"))) == expected


def test_f03_with_two_sources_tolerates_one_and_a_half_steps() -> None:
    sheet = in_wan("2908.01", "2561.68", "346.32").without(OTHER)
    [found] = run(sheet)
    assert found.message == f"“{TOTAL}·全年执行数”填 2908.01，2 项来源之和为 2,908.00，相差 0.01，在四舍五入尾差之内"
    assert lines(run(in_wan("2908.02", "2561.68", "346.32").without(OTHER))) == [f"F03 错误 {TOTAL}·全年执行数"]


def test_f03_reads_an_amount_with_its_own_unit_and_leaves_blank_columns_alone() -> None:
    assert lines(run(CLEAN.with_cell(TOTAL, "年初预算数", "90万元"))) == []
    assert "F03" not in [found.code for found in run(case("024"))]


@pytest.mark.parametrize("typed", ["约二十万", "#REF!", "见附件"])
def test_f03_cannot_add_what_cannot_be_read(typed: str) -> None:
    assert lines(run(CLEAN.with_cell(OWN, "年初预算数", typed))) == [f"F03 无法核对 {OWN}·年初预算数"]


def test_f06_names_the_row_that_lost_its_money_and_once_a_form() -> None:
    sheet = CLEAN.with_cell(OWN, "年初预算数", "0.00").with_cell(OTHER, "年初预算数", "800000.00")
    [found] = run(sheet)
    assert lines([found]) == [f"F06 说明 {OTHER}·全年预算数、{OTHER}·年初预算数"]
    assert found.message.startswith("“其他资金”年初预算数 800000.00，全年预算数为 0；“当年财政拨款”正好相反")


@pytest.mark.parametrize(
    "sheet",
    [
        CLEAN.with_cell(OTHER, "年初预算数", "0.01").with_cell(OWN, "年初预算数", "799999.99"),  # nobody gained a row
        case("105"),  # added during the year, nothing moved
    ],
)
def test_f06_is_silent_where_nothing_changed_rows(sheet: Sheet) -> None:
    assert "F06" not in [found.code for found in run(sheet)]


def test_f10_names_every_source_that_repeats_the_weight() -> None:
    assert lines(run(CLEAN.with_cell(OWN, "分值", "10"))) == [f"F10 提醒 {OWN}·分值"]
    sheet = CLEAN.with_cell(OWN, "分值", "8").with_cell(CARRIED, "分值", "2")
    assert lines(run(sheet)) == [f"F10 提醒 {OWN}·分值、{CARRIED}·分值"]
    assert lines(run(CLEAN.with_cell(OWN, "分值", "0"))) == []
    assert "F10 提醒 本年财政拨款·分值" in lines(run(case("020")))


def spent_once(typed: str, unit: str = "元") -> Sheet:
    sheet = case("106").with_cell("表头", "金额单位", unit)
    for row in (TOTAL, OWN):
        sheet = sheet.with_cell(row, "全年执行数", typed)
    return sheet


def funds_of(sheet: Sheet) -> list[str]:
    return [line for line in lines(run(sheet)) if line[0] == "F" and "F06" not in line]


def test_f11_words_the_slip_with_what_it_would_be() -> None:
    [found] = [each for each in run(case("106").without(OWN, CARRIED, OTHER).with_cell(TOTAL, "全年执行数", "174.66"))][
        :1
    ]
    assert found.code == "F11"
    assert found.message == (
        f"“{TOTAL}·全年执行数”填 174.66，与全年预算数 2,000,000.00 相差约一万倍，疑似把万元数填进以“元”为单位的栏"
    )
    assert found.working == "174.66 × 10,000 = 1,746,600.00，为全年预算数的 87.33%"
    assert found.fix.startswith("按“元”填列（如 1746600.00）")


def test_f11_speaks_for_all_that_follows_from_the_slip() -> None:
    assert funds_of(spent_once("174.66")) == [f"F11 错误 {TOTAL}·全年执行数、{OWN}·全年执行数"]


def test_f11_finds_a_total_against_its_sources() -> None:
    sheet = CLEAN.with_cell(TOTAL, "全年执行数", "86.4")
    assert lines(run(sheet)) == [f"F11 错误 {TOTAL}·全年执行数"]


def test_f11_finds_yuan_on_a_form_in_wan() -> None:
    sheet = in_wan("2908.00", "2561.68", "346.32").with_cell(TOTAL, "年初预算数", "30000000")
    assert lines(run(sheet)) == [f"F11 错误 {TOTAL}·年初预算数"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("702", ["F11 错误 项目金额"]),
        ("7020000", []),
        ("702万元", []),
        ("100000000", []),  # 111 times one year
    ],
)
def test_f11_compares_the_project_amount(typed: str, expected: list[str]) -> None:
    assert lines(run(CLEAN.with_cell("表头", "项目金额", typed))) == expected


@pytest.mark.parametrize("executed", ["0.00", "1000.00", "17466.00"])
def test_f11_lets_small_amounts_be(executed: str) -> None:
    assert not any("F11" in line for line in funds_of(spent_once(executed)))


def with_totals(income: str, outlay: str) -> Sheet:
    return CLEAN.with_fact("收入合计", income).with_fact("支出合计", outlay)


@pytest.mark.parametrize(
    ("income", "outlay", "expected"),
    [
        ("864000.00", "864000", []),
        ("864000.01", "864000.00", ["F12 错误 报告要素·收入合计"]),
        ("864000.00", "863999.99", ["F12 错误 报告要素·支出合计"]),
        ("800000.00", "800000.00", ["F12 错误 报告要素·收入合计、报告要素·支出合计"]),
        ("", "1", []),
        ("约86万", "864000.00", ["C05 提醒 报告要素·收入合计"]),
    ],
)
def test_f12_income_outlay_and_executed(income: str, outlay: str, expected: list[str]) -> None:
    assert lines(run(with_totals(income, outlay))) == expected


def test_f12_without_an_executed_amount_compares_the_two() -> None:
    sheet = with_totals("5.00", "6.00").without(TOTAL, OWN, CARRIED, OTHER)
    assert not [line for line in lines(run(sheet)) if "F12" in line]
    blank = with_totals("5.00", "6.00").without(OWN, CARRIED, OTHER).with_cell(TOTAL, "全年执行数", "")
    assert "F12 错误 报告要素·收入合计、报告要素·支出合计" in lines(run(blank))


def basic(total: str, staff: str, office: str) -> Sheet:
    sheet = case("035").with_cell("基本支出", "全年执行数", total)
    sheet = sheet.with_row(
        "基本支出", 资金来源="其中：公用经费", 年初预算数="383.36", 全年预算数="359.08", 全年执行数=office
    )
    return sheet.with_row(
        "基本支出", 资金来源="其中：人员经费", 年初预算数="2594.87", 全年预算数="2646.39", 全年执行数=staff
    )


def test_f13_gives_the_rounding_of_a_published_breakdown() -> None:
    found = [each for each in run(basic("2908.01", "2561.68", "346.32")) if each.code == "F13"]
    assert lines(found) == ["F13 说明 基本支出·全年执行数"]
    assert found[0].working == "2,561.68＋346.32＝2,908.00；各数按印出的位数，允许相差 0.015"


def test_f13_finds_a_breakdown_beyond_rounding_and_leaves_f03_to_the_sources() -> None:
    assert [line for line in lines(run(basic("2908.01", "2561.68", "346.31"))) if line[:3] in ("F03", "F13")] == [
        "F13 错误 基本支出·全年执行数"
    ]
    assert "F13 无法核对 其中：公用经费·全年执行数" in lines(run(basic("2908.01", "2561.68", "三百多")))


def planted(*parts: str, whole: str = "29.5亩") -> Sheet:
    sheet = CLEAN.with_cells("整理档案数量", 三级指标="种植面积", 年度指标值=whole, 实际完成值=whole)
    for index, part in enumerate(parts):
        sheet = sheet.with_row("种植面积", 三级指标=f"其中{index}", 年度指标值=part, 实际完成值=part, 分值="", 得分="")
    return sheet


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (planted("1.5亩", "5亩", "20亩", "3亩"), []),
        (planted("1.5亩", "5亩", "20亩"), ["F13 错误 种植面积·年度指标值", "F13 错误 种植面积·实际完成值"]),
        (planted("180只", "12头", whole="192只"), []),
        (planted("180只", "11只", whole="192只"), ["F13 错误 种植面积·年度指标值", "F13 错误 种植面积·实际完成值"]),
        (
            planted("1.3万只", "1.3万只", whole="2.5万只"),
            ["F13 说明 种植面积·年度指标值", "F13 说明 种植面积·实际完成值"],
        ),
        (planted("约1亩", "5亩"), []),
        (planted("95%", "96%", whole="98%"), []),
    ],
)
def test_f13_adds_indicator_rows_of_one_unit(sheet: Sheet, expected: list[str]) -> None:
    assert [line for line in lines(run(sheet)) if "F13" in line] == expected


def test_f13_is_silent_on_a_published_form_with_breakdowns() -> None:
    assert "F13" not in [found.code for found in run(case("020"))]


def booked(
    initial: str, annual: str, executed: str, unit: str = "元", project: str = "社保档案数字化加工"
) -> LedgerLine:
    cells = [Cell("台账", text) for text in (initial, annual, executed)]
    return LedgerLine(project, cells[0], cells[1], cells[2], unit, "支付台账.xlsx 第 7 行")


@pytest.mark.parametrize(
    ("ledger", "expected"),
    [
        ((booked("900000.00", "900000.00", "864000.00"),), []),
        ((booked("90.00", "90.00", "86.40", "万元"),), []),
        ((booked("90", "90", "86", "万元"),), []),
        ((booked("900000.00", "900000.00", "864000.01"),), [f"F17 错误 {TOTAL}·全年执行数"]),
        ((booked("90.00", "90.00", "86.41", "万元"),), [f"F17 错误 {TOTAL}·全年执行数"]),
        ((booked("", "900000", "800000"), booked("", "0", "64000")), []),
        ((booked("", "900000", "约八十万"),), []),
        (
            (booked("1", "1", "1", project="社保 档案数字化加工"),),
            [f"F17 错误 {TOTAL}·{each}" for each in ("全年执行数", "全年预算数", "年初预算数")],
        ),
        ((booked("1", "1", "1", project="别的项目"),), ["F17 无法核对 项目名称"]),
        ((), ["F17 无法核对 项目名称"]),
    ],
)
def test_f17_compares_with_the_ledger(ledger: tuple[LedgerLine, ...], expected: list[str]) -> None:
    assert sorted(lines(run(CLEAN, ledger=ledger))) == sorted(expected)


@pytest.mark.parametrize(
    ("amounts", "expected"),
    [
        (("900000.00", "900000.00", "864000.00"), []),
        (("90", "90", "86.4"), []),  # all three in 万元
        (("90", "90", "864000.00"), ["全年预算数", "年初预算数"]),
        (("900000.00", "900000.00", "86.4"), ["全年执行数"]),
        (("900000.00", "900000.00", "864000.01"), ["全年执行数"]),
    ],
)
def test_f17_reads_a_ledger_without_a_unit_as_the_form_is(amounts: tuple[str, str, str], expected: list[str]) -> None:
    assert sorted(lines(run(CLEAN, ledger=(booked(*amounts, unit=""),)))) == [
        f"F17 错误 {TOTAL}·{column}" for column in expected
    ]
    wan = in_wan("2908.00", "2561.68", "346.32")
    for ledger in (booked("3000", "3000", "2908", unit=""), booked("30000000", "30000000", "29080000", unit="")):
        assert "F17" not in [found.code for found in run(wan, ledger=(ledger,))]


def test_f17_names_the_line_of_the_ledger() -> None:
    [found] = run(CLEAN, ledger=(booked("900000.00", "900000.00", "870000.00"),))
    assert found.message == f"“{TOTAL}·全年执行数”填 864000.00，台账（支付台账.xlsx 第 7 行）为 870,000.00 元"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("900000", []),
        ("900000.01", []),
        ("899999.99", ["F18 提醒 项目金额"]),
        ("89万元", ["F18 提醒 项目金额"]),
        ("", []),
        ("—", []),
        ("九十多万", ["F18 无法核对 项目金额"]),
    ],
)
def test_f18_project_amount_covers_one_year(typed: str, expected: list[str]) -> None:
    assert lines(run(CLEAN.with_cell("表头", "项目金额", typed))) == expected
