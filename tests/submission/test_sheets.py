"""汇总表, 送审单 and 系统录入表, read by openpyxl."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.submission.files import FACTS, finished, five, source

SUMMARY = "01_项目支出绩效自评结果汇总表.xlsx"
SIGN_OFF, ENTRY = "送审单_内部使用.xlsx", "系统录入表_内部使用.xlsx"


def rows(path: Path, sheet: int = 0, **how: Any) -> list[list[Any]]:
    """Return the cells of each row that hold something."""
    book = load_workbook(path, **({"data_only": True} | how))
    return [[cell for cell in row if cell is not None] for row in book.worksheets[sheet].iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five projects of one unit, finished."""
    work = tmp_path_factory.mktemp("五个")
    return finished(work / "出", *five(work))


def test_the_summary_has_a_line_for_each_project_and_adds_up(folder: Path) -> None:
    title, about, head, *lines, total = rows(folder / SUMMARY)
    assert title == ["2021年度项目支出绩效自评结果汇总表"]
    assert about == ["填报单位：深圳市社会保险基金管理局　　金额单位：元　　第 1 稿　　2022年4月18日"]
    assert head == ["序号", "项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率", "自评得分", "自评等级", "校验码", "扣分情况"]
    assert [line[:8] for line in lines] == [
        [1, "社会保险转移接续工作外包服务", 2340000, 2340000, 2339996, 1, 98, "优"],
        [2, "社保业务公众服务经费", 4478000, 4448000, 3866689.1, 0.8693, 96.19, "优"],
        [3, "案件调查取证费", 230000, 230000, 44594, 0.1939, 91.9, "优"],
        [4, "零星修缮", 0, 200000, 168024, 0.8401, 96.8, "优"],
        [5, "政府采购", 138000, 138000, 16000, 0.1159, 83.95, "良"],
    ]
    assert lines[1][9] == "预算执行率扣1.3分；劳务派遣人员到岗率扣1.11分；预算成本控制率扣1.4分"
    assert total == ["合计（5 个项目）", 7186000, 7356000, 6435303.1, 0.8748, 93.37, "优4个、良1个"]


def test_totals_are_formulas_and_amounts_keep_their_digits(folder: Path) -> None:
    assert rows(folder / SUMMARY, data_only=False)[-1] == [
        *("合计（5 个项目）", "=SUM(C4:C8)", "=SUM(D4:D8)", "=SUM(E4:E8)"),
        *("=ROUND(E9/D9,4)", "=ROUND(AVERAGE(G4:G8),2)", "优4个、良1个"),
    ]
    sheet = load_workbook(folder / SUMMARY).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.print_title_rows) == (9, "landscape", "$3:$3")
    assert (sheet["C4"].number_format, sheet["F4"].number_format) == ("#,##0.00", "0.00%")


def test_the_sign_off_sheet_has_each_deduction_with_its_reason(folder: Path) -> None:
    lines = rows(folder / SIGN_OFF, 1)
    code = lines[7][1].rpartition("　")[2]
    reason = "由于疫情及聘用人员辞职等影响,未能及时补充人员到岗。"
    assert lines[:12] == [
        ["2021年度绩效自评送审单"],
        ["项目名称", "社保业务公众服务经费"],
        ["单位", "深圳市社会保险基金管理局"],
        ["主管部门", "深圳市社会保险基金管理局"],
        ["资金", "全年预算 444.80 万元，全年执行 386.67 万元，执行率 86.93%"],
        ["自评总分", "96.19 分，等级“优”，共扣 3.81 分"],
        ["上年得分", "没有上年的报送材料可以对照"],
        ["稿次和校验码", f"第 1 稿　{code}"],
        ["扣分指标", "分值", "得分", "扣分", "原因"],
        ["预算执行率", "10", "8.7", "1.3", reason],
        ["劳务派遣人员到岗率", "15", "13.89", "1.11", reason],
        ["预算成本控制率", "10", "8.6", "1.4", reason],
    ]
    assert lines[12] == ["尚未说明的提醒"]
    assert [line[0][:3] for line in lines[13:16]] == ["F07", "F15", "S08"]
    assert [line[0] for line in lines if line and line[0].endswith("（签字）")] == [
        f"{name}（签字）" for name in ("填报人", "财务负责人", "分管领导", "单位负责人")
    ]
    sheet = load_workbook(folder / SIGN_OFF).worksheets[1]
    # One page is what the format means where it does not say how many.
    pages = (sheet.page_setup.fitToHeight or 1, sheet.page_setup.fitToWidth or 1)
    fit = sheet.sheet_properties.pageSetUpPr
    assert (fit is not None and fit.fitToPage, *pages, sheet.page_setup.paperSize) == (True, 1, 1, 9)


def test_last_year_stands_beside_when_it_is_known(tmp_path: Path) -> None:
    place = tmp_path / "出"
    finished(place, source(tmp_path, "101", year=2020))
    lines = rows(finished(place, source(tmp_path, "101")) / SIGN_OFF)
    assert ["上年得分", "98 分，等级“优”；本年持平"] in lines
    carried = {**FACTS, "上年总分": "97.5", "上年等级": "优"}
    lines = rows(finished(place, source(tmp_path, "101", carried)) / SIGN_OFF)
    assert ["上年得分", "97.5 分，等级“优”；本年高 0.5 分"] in lines


def test_the_reason_for_carried_errors_stands_on_the_sign_off_sheet_and_in_the_results(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", source(tmp_path, "102"), reason="系统口径未更新")
    assert ["未改正而报送的理由：系统口径未更新"] in rows(folder / SIGN_OFF)
    book = load_workbook(folder / "02_社保业务公众服务经费_自评表.xlsx")
    assert "带有 1 处错误定稿，理由：系统口径未更新" in str(book["检查结果"]["A1"].value).splitlines()


def test_the_entry_sheet_holds_values_in_the_order_of_the_system(folder: Path) -> None:
    lines = rows(folder / ENTRY, 1)
    assert lines == rows(folder / ENTRY, 1, data_only=False)
    reason = "由于疫情及聘用人员辞职等影响,未能及时补充人员到岗。"
    assert lines == [
        ["系统录入表（2021年度，金额单位：元）"],
        ["一、基本信息"],
        ["填报单位", "深圳市社会保险基金管理局"],
        ["项目名称", "社保业务公众服务经费"],
        ["项目金额", 14389280],
        ["主管部门", "深圳市社会保险基金管理局"],
        ["二、项目资金"],
        ["资金来源", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", 4478000, 4448000, 3866689.1, 10, 0.87, 8.7],
        ["当年财政拨款", 0, 4448000, 3866689.1, 0.87],
        ["上年结转资金", 0, 0, 0, 0],
        ["其他资金", 4478000, 0, 0, 0],
        ["三、年度总体目标"],
        ["预期目标", "完成窗口外包服务、后勤保障,临聘人员到岗到位。"],
        [
            "实际完成情况",
            "服务人员严格遵守规章制度,服务质量达到服务协议要求标准,工作表现良好,无重大违纪,保障社保窗口和基金业务的顺利开展,更好的为参保职工服务。",
        ],
        ["四、年度绩效指标"],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"],
        ["产出指标", "数量指标", "劳务派遣人员到岗率", "27人", "25人", 15, 13.89, reason],
        ["产出指标", "质量指标", "劳务服务合格率", "100%", "100%", 15, 15],
        ["产出指标", "时效指标", "劳务派遣工作监督评估及时性", "100%", "100%", 10, 10],
        ["产出指标", "成本指标", "预算成本控制率", "≤100%", "86%", 10, 8.6, reason],
        ["效益指标", "社会效益指标", "保障窗口及基金业务正常运转", "有效保障", "100%", 20, 20],
        ["满意度指标", "满意度指标", "参保服务对象满意度", "≥95%", "95%", 20, 20],
        ["总分和等级"],
        ["总分", 96.19],
        ["等级", "优"],
    ]
