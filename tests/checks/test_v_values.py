"""Rules V01 to V09: what stands in 年度指标值 and 实际完成值."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.forms import CLEAN, Sheet, scheme_of
from tests.checks.remarks import REASON, findings_of, remarks
from toolkit.checks.rule import Stage

FULL_REASON = "任务增加，超出预期。"


@pytest.mark.parametrize("typed", ["", "—", "/"])
@pytest.mark.parametrize("column", ["年度指标值", "实际完成值"])
def test_v01_empty_but_scored(column: str, typed: str) -> None:
    assert remarks(CLEAN.with_cell("扫描页数", column, typed)) == [("V01", "错误", f"扫描页数·{column}")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"年度指标值": "", "实际完成值": ""}, [("V01", "错误", "扫描页数·年度指标值", "扫描页数·实际完成值")]),
        ({"实际完成值": "不适用"}, []),  # W04 asks for a weight of 0
        ({"实际完成值": "不适用", "得分": "0"}, []),
        ({"实际完成值": "", "得分": ""}, []),  # not scored yet
        ({"实际完成值": "", "分值": "0", "得分": "0"}, []),
        ({"年度指标值": "", "计算方式": "人工", "评分依据": "验收报告第 3 页"}, []),
        ({"年度指标值": "不适用", "实际完成值": "不适用", "分值": "0", "得分": "0"}, []),
    ],
)
def test_v01_rows(typed: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert remarks(CLEAN.with_cells("扫描页数", **typed)) == expected


def test_v01_keeps_a_row_that_does_not_apply_where_the_scheme_re_bases() -> None:
    scheme = replace(scheme_of(CLEAN.form), not_applicable="rebase")
    [found] = findings_of(CLEAN.with_cell("扫描页数", "实际完成值", "不适用"), scheme=scheme)
    assert found.message == "“扫描页数·实际完成值”填“不适用”，得分却填 10"


@pytest.mark.parametrize(
    ("target", "actual", "count"),
    [
        ("1000户3200人", "1000户3200人", 1),
        ("1000户3200人。", "1000户3200人", 1),
        ("1000户3200人", "1000户3100人", 2),
        ("约四十多万页", "约四十多万页", 1),
        ("#DIV/0!", "#DIV/0!", 2),  # two formulas to mend
    ],
)
def test_v01_asks_once_for_one_text(target: str, actual: str, count: int) -> None:
    found = remarks(CLEAN.with_cells("扫描页数", 年度指标值=target, 实际完成值=actual))
    assert [each[:2] for each in found] == [("V01", "无法核对")] * count


@pytest.mark.parametrize("typed", ["约四十多万", "#DIV/0!"])
def test_v01_says_what_cannot_be_read(typed: str) -> None:
    assert remarks(CLEAN.with_cell("扫描页数", "实际完成值", typed)) == [("V01", "无法核对", "扫描页数·实际完成值")]


def test_v01_words_of_an_unreadable_value() -> None:
    [found] = findings_of(CLEAN.with_cell("扫描页数", "实际完成值", "约四十多万"))
    assert found.message == "无法核对，因为“扫描页数·实际完成值”填“约四十多万”，看不懂：“四十多万”没有确定的数"
    assert found.fix == "请填一个数，如 46万人次；确为约数的，填“约46万人次”。"


@pytest.mark.parametrize("typed", ["**", "XX", "……", "(100字以内)", "（200字以内）", "指标2：", "此处填写完成情况"])
def test_v02_template_text_alone(typed: str) -> None:
    assert remarks(CLEAN.with_cell("表头", "实际完成情况", typed)) == [("V02", "错误", "年度总体目标·实际完成情况")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("XX县社会保险基金管理局", "提醒"),
        ("委托**公司扫描", "提醒"),
        ("整理档案5000卷……", "提醒"),
        ("指标1：整理档案", "提醒"),
        ("购买XXL号工作服120套", ""),
        ("受理号4403****1234", ""),
        ("完成全部整理（见附表）", ""),
        ("主要指标15项全部完成", ""),
    ],
)
def test_v02_template_text_in_prose(typed: str, expected: str) -> None:
    found = remarks(CLEAN.with_cell("表头", "实际完成情况", typed))
    assert found == ([("V02", expected, "年度总体目标·实际完成情况")] if expected else [])


def test_v02_is_one_finding_a_kind() -> None:
    sheet = CLEAN.with_cell("表头", "项目名称", "****").with_cell("表头", "预期目标", "……")
    assert remarks(sheet) == [("V02", "错误", "项目名称", "年度总体目标·预期目标")]


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥3个", "有效保障", [("V03", "留意下年", "档案管理制度·实际完成值")]),
        ("有效保障", "100%", [("V03", "留意下年", "档案管理制度·实际完成值")]),  # and V07 is silent
        ("及时", "及时", []),
    ],
)
def test_v03_words_beside_figures(target: str, actual: str, expected: list[tuple[str, ...]]) -> None:
    assert remarks(CLEAN.with_cells("档案管理制度", 年度指标值=target, 实际完成值=actual)) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥98%", "≥98%", [("V04", "说明")]),  # met either way
        ("98%", "不低于98%", [("V04", "说明")]),
        ("98%", "98%以上", []),  # no sign, and met
        ("98%", "97%以上", [("V04", "提醒")]),
        ("≥98%", "≥97%", [("V04", "提醒")]),
        ("≥98%", "≤99%", [("V04", "提醒")]),
        ("≥98%", "=98%", []),  # a definite number
        ("≥98%", "98%", []),
    ],
)
def test_v04_actual_repeats_sign(target: str, actual: str, expected: list[tuple[str, str]]) -> None:
    found = remarks(CLEAN.with_cells("扫描合格率", 年度指标值=target, 实际完成值=actual))
    assert found == [(*each, "扫描合格率·实际完成值") for each in expected]


def test_v04_speaks_of_a_sign_only_where_there_is_one() -> None:
    def said(target: str, actual: str) -> list[str]:
        sheet = CLEAN.with_cells("查档办理时间", 年度指标值=target, 实际完成值=actual)
        return [found.message.partition("填 ")[2] for found in findings_of(sheet)]

    assert said("3个工作日内", "3个工作日内") == []
    assert said("3个工作日内", "5个工作日内") == ["5个工作日内，不是一个确定的数，是否达到指标值不能确定"]
    assert said("≤3个工作日", "≤5个工作日") == ["≤5个工作日，带有符号，不是一个确定的数，是否达到指标值不能确定"]


@pytest.mark.parametrize("actual", ["99", "99分", "99人次"])
def test_v05_unit_missing_or_different(actual: str) -> None:
    found = remarks(CLEAN.with_cell("扫描合格率", "实际完成值", actual))
    assert found == [("V05", "提醒", "扫描合格率·实际完成值")]


def test_v05_is_one_finding_a_form() -> None:
    sheet = CLEAN.with_cell("扫描合格率", "实际完成值", "99").with_cell("扫描页数", "实际完成值", "100万")
    assert remarks(sheet) == [("V05", "提醒", "扫描页数·实际完成值", "扫描合格率·实际完成值")]


@pytest.mark.parametrize("actual", ["99.0%", "99个百分点", "百分之九十九"])
def test_v05_spellings_of_one_unit(actual: str) -> None:
    assert "V05" not in [code for code, *_ in remarks(CLEAN.with_cell("扫描合格率", "实际完成值", actual))]


@pytest.mark.parametrize(
    ("row", "typed", "expected"),
    [
        ("每页扫描成本", {"年度指标值": "≥0.4元"}, "每页扫描成本·年度指标值"),
        ("每页扫描成本", {"年度指标值": "≥4%", "实际完成值": "5%", "三级指标": "成本节约率"}, ""),
        ("扫描页数", {"年度指标值": "≤100万页"}, "扫描页数·年度指标值"),
        ("扫描页数", {"年度指标值": "≤3件", "实际完成值": "2件", "三级指标": "差错数量"}, ""),
        ("扫描合格率", {"年度指标值": "290%", "实际完成值": "290%"}, "扫描合格率·年度指标值"),
        ("扫描合格率", {"实际完成值": "101%"}, "扫描合格率·实际完成值"),
        ("扫描合格率", {"实际完成值": "100%"}, ""),
        ("扫描页数", {"年度指标值": "100%", "实际完成值": "120%", "三级指标": "任务完成率"}, ""),  # may exceed
        ("查档群众满意度", {"实际完成值": "105%"}, "查档群众满意度·实际完成值"),
    ],
)
def test_v06_sign_against_sense(row: str, typed: dict[str, str], expected: str) -> None:
    assert remarks(CLEAN.with_cells(row, **typed)) == ([("V06", "留意下年", expected)] if expected else [])


def test_v06_thinks_of_the_scanner_first() -> None:
    [found] = findings_of(CLEAN.with_cells("扫描合格率", 年度指标值="290%", 实际完成值="290%"))
    assert found.fix.startswith("疑似识别错误：“290%”可能是“≥90%”，请先核对原件。")


@pytest.mark.parametrize("target", ["逐步提高", "显著", "有效保障"])
def test_v07_target_not_measurable(target: str) -> None:
    sheet = CLEAN.with_cells("档案管理制度", 年度指标值=target, 实际完成值="达成年度指标")
    assert remarks(sheet) == [("V07", "留意下年", "档案管理制度·年度指标值")]
    assert ("V07", "提醒", "档案管理制度·年度指标值") in remarks(sheet, Stage.GOALS)


@pytest.mark.parametrize("target", ["及时", "合格", "准确", "比上年显著提高5%", "不适用"])
def test_v07_measurable_targets(target: str) -> None:
    typed = {"分值": "0", "得分": "0"} if target == "不适用" else {}
    sheet = CLEAN.with_cells("档案管理制度", 年度指标值=target, 实际完成值="达成年度指标", **typed)
    assert "V07" not in [code for code, *_ in remarks(sheet)]


def pushed(column: str) -> Sheet:
    weights = {"整理档案数量": "15", "扫描页数": "10", "扫描合格率": "10", "扫描完成时间": "5", "每页扫描成本": "10"}
    sheet = CLEAN
    for row, weight in weights.items():
        sheet = sheet.with_cell(row, column, weight)
    return sheet


def test_v08_actual_column_holds_the_weights() -> None:
    found = [each for each in remarks(pushed("实际完成值")) if each[0] in ("V05", "V08")]
    rows = ("整理档案数量", "扫描页数", "扫描合格率", "每页扫描成本")
    assert found == [("V08", "提醒", *(f"{row}·实际完成值" for row in rows))]


@pytest.mark.parametrize(
    ("column", "typed", "expected"),
    [
        ("得分", "≥95%", ["V08"]),
        ("分值", "10%", ["V08"]),
        ("得分", "10分", []),
        ("得分", "—", []),
        ("得分", "#REF!", []),
    ],
)
def test_v08_score_columns_hold_something_else(column: str, typed: str, expected: list[str]) -> None:
    found = [code for code, *_ in remarks(CLEAN.with_cell("查档群众满意度", column, typed)) if code == "V08"]
    assert found == expected


def test_v08_few_equal_numbers_are_chance() -> None:
    sheet = CLEAN.with_cells("扫描页数", 年度指标值="10台", 实际完成值="10")
    assert [code for code, *_ in remarks(sheet)] == ["V05"]


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("2023年11月底前", "2023年12月2日", [("V09", "提醒", "扫描完成时间·实际完成值")]),
        ("11月底前", "2023年12月2日", [("V09", "提醒", "扫描完成时间·实际完成值")]),  # the form's year
        ("2023年11月底前", "2023年11月", []),  # may still be in time
        ("2023年", "2023年12月31日", []),
        ("2024年3月底前", "2023年11月20日", [("V09", "提醒", "扫描完成时间·年度指标值")]),
    ],
)
def test_v09_dates(target: str, actual: str, expected: list[tuple[str, ...]]) -> None:
    sheet = CLEAN.with_cells("扫描完成时间", 年度指标值=target, 实际完成值=actual, 偏差原因="")
    assert [each for each in remarks(sheet) if each[0] == "V09"] == expected


def test_v09_project_of_several_years() -> None:
    sheet = CLEAN.with_cell("扫描完成时间", "年度指标值", "2024年3月底前").with_cell("表头", "项目金额", "1800000.00")
    assert remarks(sheet) == [("V09", "说明", "扫描完成时间·年度指标值")]


def test_v09_late_result_that_lost_points_needs_its_reason_too() -> None:
    sheet = CLEAN.with_cells("扫描完成时间", 实际完成值="2023年12月2日", 得分="4")
    assert remarks(sheet) == [
        ("D01", "错误", f"扫描完成时间·{REASON}"),
        ("V09", "提醒", "扫描完成时间·实际完成值"),
    ]
