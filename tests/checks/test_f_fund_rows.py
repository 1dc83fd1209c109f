"""Rules F03, F11, F13, F16 on the rows of 项目资金: which row heads which, where the total stands, what is negative."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.checks.forms import CLEAN, Sheet, lines, run, scheme_of
from toolkit.checks.fund_groups import fund_breakdowns, fund_groups
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

TOTAL = "年度资金总额"
Amounts = tuple[str, str, str, str]
"""资金来源, 年初预算数, 全年预算数, 全年执行数."""


def with_funds(*rows: Amounts, unit: str = "万元") -> Sheet:
    """Let the form have these fund rows; that called 总额 or 合计 has the weight and the score of 96 %."""
    data = dict(CLEAN.with_cell("表头", "金额单位", unit).data)
    keys = ("kind", "initial_budget", "annual_budget", "executed")
    funds = [dict(zip(keys, row, strict=True)) for row in rows]
    for line in funds:
        if line["kind"].rstrip("：").endswith(("总额", "合计", "执行数")):
            line |= {"weight": "10", "score": "9.60", "rate": "96%"}
    return replace(CLEAN, data=data | {"funds": funds})


def alike(name: str, budget: str, executed: str | None = None) -> Amounts:
    return name, budget, budget, executed or budget


WHOLE = alike(TOTAL, "120", "115.2")
MARKED = (
    WHOLE,
    alike("当年财政拨款", "120", "115.2"),
    alike("其中：中央资金", "70"),
    alike("省级资金", "30"),
    alike("县级资金", "20", "15.2"),
    alike("上年结转资金", "0"),
    alike("其他资金", "0"),
)
TWICE = (
    alike("年度资金总额：", "120", "115.2"),
    alike("其中：财政拨款", "120", "115.2"),
    alike("其中：上级补助", "100", "95.2"),
    alike("本级安排", "20"),
    alike("其他资金", "0"),
)
SUBTOTAL = (
    alike("合计", "120", "115.2"),
    alike("财政资金小计", "100", "95.2"),
    alike("中央资金", "60"),
    alike("省级资金", "40", "35.2"),
    alike("自筹资金", "20"),
)
SUBTOTAL_BELOW = (SUBTOTAL[0], SUBTOTAL[2], SUBTOTAL[3], SUBTOTAL[1], SUBTOTAL[4])
UNMARKED = (SUBTOTAL[0], alike("财政资金", "100", "95.2"), *SUBTOTAL[2:])
ONE_PART = (
    WHOLE,
    alike("财政资金", "100", "95.2"),
    alike("一般公共预算", "100", "95.2"),
    alike("自筹资金", "20"),
)
THREE_DEEP = (
    WHOLE,
    alike("财政资金小计", "100", "95.2"),
    alike("其中：上级补助", "80", "75.2"),
    alike("其中：专项", "50"),
    alike("一般", "30", "25.2"),
    alike("本级安排", "20"),
    alike("自筹资金", "20"),
)
LAYOUTS = {
    "其中 that runs on": MARKED,
    "其中 below 其中": TWICE,
    "小计 above": SUBTOTAL,
    "小计 below": SUBTOTAL_BELOW,
    "no mark": UNMARKED,
    "one part": ONE_PART,
    "three deep": THREE_DEEP,
}


@pytest.mark.parametrize("rows", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("unit", ["元", "万元"])
def test_any_order_of_rows_under_which_the_sums_hold_is_accepted(rows: tuple[Amounts, ...], unit: str) -> None:
    assert lines(run(with_funds(*rows, unit=unit))) == []


@pytest.mark.parametrize(
    ("rows", "sources", "heads"),
    [
        (MARKED, ["当年财政拨款", "上年结转资金", "其他资金"], {"当年财政拨款": 3}),
        (TWICE, ["财政拨款", "其他资金"], {"财政拨款": 2}),
        (SUBTOTAL_BELOW, ["财政资金小计", "自筹资金"], {"财政资金小计": 2}),
        (THREE_DEEP, ["财政资金小计", "自筹资金"], {"财政资金小计": 2, "上级补助": 2}),
    ],
)
def test_sources_and_what_breaks_them_down(rows: tuple[Amounts, ...], sources: list[str], heads: dict[str, int]) -> None:
    form = with_funds(*rows).form
    assert [source.name for source, _ in fund_groups(form)] == sources
    assert {head.name: len(parts) for head, parts in fund_breakdowns(form)} == heads


def test_a_wrong_part_is_told_once_at_the_row_it_breaks_down() -> None:
    [found] = run(with_funds(*MARKED).with_cells("县级资金", 年初预算数="10", 全年预算数="10", 全年执行数="5.2"))
    assert lines([found]) == ["F13 错误 当年财政拨款·年初预算数、当年财政拨款·全年预算数、当年财政拨款·全年执行数"]
    assert found.message.startswith("年初预算数填 120，其中 3 行之和为 110，共 3 列不符。涉及：")
    assert found.working == (
        "年初预算数 70＋30＋10＝110；全年预算数 70＋30＋10＝110；全年执行数 70.0＋30.0＋5.2＝105.2"
    )
    [subtotal] = run(with_funds(*SUBTOTAL).with_cell("省级资金", "年初预算数", "45"))
    assert lines([subtotal]) == ["F13 错误 财政资金小计·年初预算数"]


def test_a_wrong_total_is_told_once_for_all_its_columns() -> None:
    rows = (alike(TOTAL, "120", "115.2"), alike("当年财政拨款", "80", "75.2"), alike("上年结转资金", "20"))
    [found] = run(with_funds(*rows))
    assert lines([found]) == [f"F03 错误 {TOTAL}·年初预算数、{TOTAL}·全年预算数、{TOTAL}·全年执行数"]
    assert found.message.startswith("年初预算数填 120，2 项来源之和为 100，共 3 列不符。涉及：")
    assert found.working == "年初预算数 80＋20＝100；全年预算数 80＋20＝100；全年执行数 75.2＋20.0＝95.2"
    assert found.expected == "100；100；95.2"


def test_a_single_part_adds_nothing_up() -> None:
    [found] = run(with_funds(WHOLE, ("当年财政拨款", "110", "120", "115.2")))
    assert (found.code, found.working) == ("F03", "")


@pytest.mark.parametrize("wrong", ["100", "110"])
def test_rows_of_the_official_form_are_never_parts_of_one_another(wrong: str) -> None:
    # 上年结转 20 and 其他 20 beside a total that counts only one of them: the total is wrong, nothing is nested.
    rows = (alike("当年财政拨款", "80", "75.2"), alike("上年结转资金", "20"), alike("其他资金", "20"))
    sheet = with_funds((TOTAL, wrong, "120", "115.2"), *rows, unit="元")
    assert lines(run(sheet)) == [f"F03 错误 {TOTAL}·年初预算数"]


SOURCES = (alike("当年财政拨款", "100", "95.2"), alike("上年结转资金", "20"), alike("其他资金", "0"))


@pytest.mark.parametrize("name", [TOTAL, "合计", "项目资金合计", "年度资金总额（万元）", "年度资金总额：", "预算数/执行数"])
@pytest.mark.parametrize("place", [0, 1, 3])
def test_the_total_is_known_by_its_name_wherever_it_stands(name: str, place: int) -> None:
    rows = [*SOURCES[:place], alike(name, "120", "115.2"), *SOURCES[place:]]
    sheet = with_funds(*rows).with_cells(name, 分值="10", 执行率="96%", 得分="9.60")
    assert lines(run(sheet)) == []
    assert [found.code for found in run(sheet.with_cell(name, "全年执行数", "119.2"))] == ["F03"]


def test_the_total_is_known_by_its_weight_where_its_name_tells_nothing() -> None:
    sheet = with_funds(*SOURCES, alike("本项目", "120", "115.2"))
    assert lines(run(sheet.with_cells("本项目", 分值="10", 执行率="96%", 得分="9.60"))) == []


def test_a_workbook_prints_the_total_above_its_sources(tmp_path: Path) -> None:
    form = with_funds(*SOURCES, WHOLE).form
    build_workbook(tmp_path / "自评表.xlsx", form, scheme_of(form))
    [read] = read_forms(tmp_path / "自评表.xlsx")
    assert [line.name for line in read.funds] == [TOTAL, *(name for name, *_ in SOURCES)]
    assert lines(run(read)) == []


IN_YUAN = (alike(TOTAL, "1200000", "1152000"), alike("当年财政拨款", "100", "95.2"), alike("其他资金", "200000"))


def test_f11_finds_the_one_source_in_the_other_unit() -> None:
    [found] = run(with_funds(*IN_YUAN, unit="元"))
    assert lines([found]) == ["F11 错误 当年财政拨款·年初预算数、当年财政拨款·全年预算数、当年财政拨款·全年执行数"]
    assert found.working == "100 × 10,000 = 1,000,000.00，为合计减去其他来源的 100%"


def test_f11_finds_several_sources_and_yuan_on_a_form_in_wan() -> None:
    rows = (*IN_YUAN[:2], alike("上年结转资金", "5"), alike("其他资金", "150000"))
    [found] = run(with_funds(*rows, unit="元"))
    assert {cell.field.split("·")[0] for cell in found.cells} == {"当年财政拨款", "上年结转资金"}
    wan = (WHOLE, alike("当年财政拨款", "1000000", "952000"), alike("其他资金", "20"))
    assert {found.code for found in run(with_funds(*wan))} == {"F11"}


def test_f11_needs_an_exact_fit() -> None:
    rows = (IN_YUAN[0], alike("当年财政拨款", "90", "85"), IN_YUAN[2])
    assert [found.code for found in run(with_funds(*rows, unit="元"))] == ["F03"]


@pytest.mark.parametrize("column", ["年初预算数", "全年预算数", "全年执行数"])
def test_f16_names_an_amount_below_zero_and_nothing_that_follows(column: str) -> None:
    sheet = with_funds(WHOLE).with_cell(TOTAL, column, "-120")
    [found] = run(sheet)
    assert lines([found]) == [f"F16 错误 {TOTAL}·{column}"]
    assert found.message == f"“{TOTAL}·{column}”填 -120，小于 0{'' if column == '年初预算数' else '，算不出执行率'}"


def test_f16_takes_a_negative_source_and_leaves_a_negative_total_to_f03() -> None:
    sheet = with_funds(WHOLE, *SOURCES)
    assert lines(run(sheet.with_cell("上年结转资金", "年初预算数", "-20"))) == ["F16 错误 上年结转资金·年初预算数"]
    assert lines(run(sheet.with_cell(TOTAL, "全年预算数", "-120"))) == [f"F03 错误 {TOTAL}·全年预算数"]
