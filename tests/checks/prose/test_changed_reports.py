"""A published report with one place changed: exactly the findings that come, alone and beside its form."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.checks.forms import CASES, case, scheme_of
from toolkit.checks.report import review_report
from toolkit.core.document import Document
from toolkit.core.form import Cell, Form, Line
from toolkit.core.scheme import Scheme

REFERENCE = CASES.parent / "reference"
FILES = {
    "036": "dabu-2021-equipment-report.txt",
    "035": "foshan-2022-department-report.txt",
    "038": "heyuan-2022-archive-report.txt",
    "037": "heyuan-2024-postage-report.txt",
}
CHANGES = [
    ("038", "已支出 31.28 万元", "已支出 31.82 万元", "R01错误21"),
    ("038", "共31.28万元", "共31.82万元", "R01错误65"),
    ("038", "已支出 31.28 万元", "已支出 312,800 元", ""),
    ("038", "支出率为 99.62%", "支出率为 99.26%", "R01错误21"),
    ("038", "结余 0.12 万元", "无结余", "R03提醒21"),
    ("038", "部门名称：河源市", "部门名称：惠州市", "R04错误9"),
    ("038", "2022年，根据合同金额", "2021年，根据合同金额", "R05错误65"),
    ("038", "填报日期：2023 年 4 月", "填报日期：2022 年 4 月", "R17提醒15"),
    ("038", "联系电话：000-0000000", "联系电话：0762-3388123", "P01提醒13"),
    ("038", "填报人：（填报人）", "填报人：张三丰", "P01提醒11"),
    ("038", "《专项资金管理办法》、《政府采购法》等规定专款专用，", "《专项资金管理办法》、《政府采购法》等规定，", ""),
    ("037", "分数为 89.33 分", "分数为 89.23 分", "R01错误50"),
    ("037", "绩效产出 29.33", "绩效产出 28.33", "R01错误50"),
    ("037", "绩效目标 7 个", "绩效目标 8 个", "R02错误60"),
    ("037", "总目标数的 14.29%", "总目标数的 14.92%", "R02错误60"),
    ("037", "85.71%", "87.71%", "R02错误60"),
    ("037", "支出共计 1.99 万元", "支出共计 1.89 万元", "R01错误24"),
    ("037", "预算金额为 2 万元", "预算金额为 3 万元", "R01错误22"),
    ("037", "13.34 分，自评", "13.33 分，自评", "R01错误54"),
    ("037", "2024 年预算项目支出", "2023 年预算项目支出", "R05错误5"),
    ("037", "满意度达到 98%", "满意度达到 89%", "R01错误64"),
    ("037", "为 20.01%", "为 21.01%", "R01错误66"),
    ("037", "指标有 6 个", "指标有 5 个", "R15提醒64"),
    ("037", "我局严格执行", "惠州市社会保险基金管理局严格执行", "R04错误42"),
    ("037", "部分绩效目标完成率存在", "全部绩效目标均已完成，存在", "R03提醒76"),
    ("035", "13 个科室", "14 个科室", "R15提醒39"),
    ("035", "共有 5 项重点", "共有 6 项重点", "R02错误120 R15提醒120"),
    ("035", "已完成 5 项", "已完成 4 项", "R02错误120"),
    ("035", "部门整体支出 46,665.43", "部门整体支出 46,656.43", "R01错误51"),
    ("035", "覆盖率100%", "覆盖率98%", "R02错误102"),
    ("035", "四是制定明确的", "制定明确的", "R16说明145"),
    ("035", "绩效等级为“优”", "绩效等级为“良”", "R01错误72"),
    ("036", "249,379", "249,739", "R01错误27"),
    ("036", "项目名称：省集中系统设备购置经费", "项目名称：档案室维修经费", "R04错误7"),
    ("036", "支出率为 100%", "支出率为 98%", "R01错误117"),
    ("036", "在 2021 年 8 月 16 日购置", "2022 年 1 月 16 日支付", "R17提醒117"),
]


def choose(form: Form) -> tuple[Scheme, str]:
    return scheme_of(form), ""


def document(text: str, *, printed: bool = True) -> Document:
    lines = enumerate(text.splitlines(), 1)
    return Document("自评报告", tuple(Cell(f"第 {at} 行", line, line=Line.REPORT + at) for at, line in lines if line.strip()), printed)


def found(text: str, form: Form | None) -> Counter[str]:
    review = review_report(document(text), choose, form)
    return Counter(f"{each.code}{each.severity.word}{each.cells[0].line - Line.REPORT}" for each in review.findings)


@cache
def published(name: str) -> tuple[str, Counter[str]]:
    text = Path(REFERENCE / FILES[name]).read_text(encoding="utf-8")
    return text, found(text, case(name).form)


@pytest.mark.parametrize(("name", "old", "new", "expected"), CHANGES, ids=[f"{row[0]}-{row[2]}" for row in CHANGES])
def test_one_change_gives_its_finding_and_no_other(name: str, old: str, new: str, expected: str) -> None:
    text, before = published(name)
    assert old in text
    after = found(text.replace(old, new, 1), case(name).form)
    assert sorted((after - before).elements()) == expected.split()
