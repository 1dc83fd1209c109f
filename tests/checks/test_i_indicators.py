"""Rules I01 to I05: which indicators a form has, and what they measure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.forms import CLEAN, case, scheme_of
from tests.checks.remarks import REASON, findings_of, remarks
from toolkit.core.scheme import Scheme

SATISFACTION = "查档群众满意度"


@pytest.mark.parametrize(
    ("names", "missing"),
    [
        ((SATISFACTION,), "满意度"),
        (("查档办理时间", "档案管理制度"), "效益"),
        (("整理档案数量", "扫描页数", "扫描合格率", "扫描完成时间", "每页扫描成本"), "产出"),
    ],
)
def test_i01_section_missing(names: tuple[str, ...], missing: str) -> None:
    [found] = [each for each in findings_of(CLEAN.without(*names)) if each.code == "I01"]
    assert (found.severity.word, found.cells[0].field) == ("提醒", "年度绩效指标·一级指标")
    assert found.message.endswith(f"没有{missing}指标")


def demanding() -> Scheme:
    return replace(scheme_of(CLEAN.form), required_sections=("满意度指标",))


def test_i01_is_an_error_where_the_scheme_requires_the_section() -> None:
    found = remarks(CLEAN.without(SATISFACTION), scheme=demanding())
    assert found == [("I01", "错误", "年度绩效指标·一级指标")]
    assert remarks(CLEAN, scheme=demanding()) == []


def test_i01_finds_satisfaction_in_any_level() -> None:
    levels = {"一级指标": "效益指标", "二级指标": "公平性", "三级指标": "服务对象满意度"}
    assert remarks(CLEAN.with_cells(SATISFACTION, **levels)) == []


@pytest.mark.parametrize("name", ["035", "036", "037", "038"])
def test_i01_leaves_other_systems_of_indicators_alone(name: str) -> None:
    assert "I01" not in [code for code, *_ in remarks(case(name))]


def test_i02_indicator_twice() -> None:
    sheet = CLEAN.with_cell("扫描页数", "三级指标", "整理档案 数量")
    assert remarks(sheet) == [("I02", "留意下年", "整理档案数量·三级指标", "整理档案 数量·三级指标")]


def test_i02_thinks_of_a_name_cut_off() -> None:
    sheet = CLEAN.with_cell("整理档案数量", "三级指标", "档案整理及").with_cell("扫描页数", "三级指标", "档案整理及")
    [found] = findings_of(sheet)
    assert found.message.startswith("同一二级指标下“档案整理及”出现不止一次，名称疑似被截断")


@pytest.mark.parametrize(("row", "name"), [("扫描合格率", "整理档案数量"), ("扫描页数", "整理档案数量二")])
def test_i02_other_rows(row: str, name: str) -> None:
    assert remarks(CLEAN.with_cell(row, "三级指标", name)) == []


def test_i02_leaves_rows_that_do_not_apply() -> None:
    blank = {"三级指标": "不适用", "年度指标值": "不适用", "实际完成值": "不适用", "分值": "0", "得分": "0"}
    assert remarks(CLEAN.with_row("扫描页数", **blank).with_row("扫描页数", **blank)) == []


@pytest.mark.parametrize(
    ("row", "name", "expected"),
    [
        ("扫描页数", "资金支付进度", ["I03"]),
        ("扫描完成时间", "资金拨付及时率", ["I03"]),
        ("扫描页数", "资金受益人数", []),
        ("每页扫描成本", "资金支出控制", []),  # cost may speak of money
    ],
)
def test_i03_indicator_only_counts_money(row: str, name: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(CLEAN.with_cell(row, "三级指标", name))] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"年度指标值": "满意", "实际完成值": "满意"}, [("I04", "提醒", f"{SATISFACTION}·实际完成值")]),
        ({"年度指标值": "满意", "实际完成值": "未收到投诉"}, [("I04", "提醒", f"{SATISFACTION}·实际完成值")]),
        ({"年度指标值": "0起", "实际完成值": "0起", "三级指标": "群众投诉次数"}, []),
        ({"实际完成值": "97%"}, []),
        ({"实际完成值": "", "得分": ""}, []),
    ],
)
def test_i04_satisfaction_without_figure(typed: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert remarks(CLEAN.with_cells(SATISFACTION, **typed)) == expected


def test_i04_no_complaints_are_no_ground() -> None:
    sheet = CLEAN.with_cells(SATISFACTION, 得分="9", 偏差原因="全年无投诉，酌情扣分，下一步开展问卷调查。")
    assert remarks(sheet) == [("I04", "提醒", f"{SATISFACTION}·{REASON}")]
    assert remarks(sheet.with_fact("有效份数", "300").with_fact("满意份数", "291")) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("消防检测验收合格率", ["I05"]), ("是否满意", []), ("群众好评率", []), ("投诉次数", [])],
)
def test_i05_satisfaction_measures_other(name: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(CLEAN.with_cell(SATISFACTION, "三级指标", name))] == expected
