"""Rules D01 to D07: what the column 偏差原因分析及改进措施 says, or does not say."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet, case
from tests.checks.remarks import REASON, findings_of, remarks

SHORT = CLEAN.with_cells("扫描页数", 实际完成值="90万页", 得分="9")
GOOD_REASON = "因设备检修少扫描10万页；下一步增加班次，2024年3月底前补齐。"


def with_reason(text: str, sheet: Sheet = SHORT) -> Sheet:
    return sheet.with_cell("扫描页数", "偏差原因", text)


def test_clean_form_has_no_remarks() -> None:
    assert remarks(CLEAN) == []


DONE = ["已完成", "完成年度目标", "达到预期。", "已达到年度指标值", "按计划全部完成", "各项指标均已完成，无偏差"]


@pytest.mark.parametrize("reason", ["", "—", "/", "无", "无。", "无偏差", "不适用", *DONE])
def test_d01_deduction_without_reason(reason: str) -> None:
    assert remarks(with_reason(reason)) == [("D01", "错误", f"扫描页数·{REASON}")]


def test_d01_says_the_deduction_and_shows_the_arithmetic() -> None:
    [found] = findings_of(SHORT.with_cell("扫描页数", "得分", "8"))
    assert found.message == f"“扫描页数·{REASON}”没有填写；指标值 100万页，实际 90万页，得分 8，扣 2.00 分"
    assert found.working == "10 － 8 ＝ 2.00（按完成比例应得 10 × 90 ÷ 100 = 9 → 9.00）"


@pytest.mark.parametrize(
    ("row", "typed", "expected"),
    [
        ("扫描页数", {"实际完成值": "90万页"}, ["D01"]),  # missed and scored full: S05 names the score, D01 the reason
        ("扫描页数", {"得分": "9.99"}, ["D01"]),  # met, one hundredth less
        ("档案管理制度", {"得分": "14"}, ["D01"]),  # qualitative
        ("扫描页数", {"得分": ""}, []),  # no score: S11
        ("扫描页数", {"得分": "11"}, []),  # above the weight: S03
        ("扫描页数", {"分值": "0", "得分": "0", "实际完成值": "0万页"}, []),
        ("扫描页数", {"实际完成值": "", "得分": "9"}, ["V01"]),  # V01 speaks for the row
    ],
)
def test_d01_rows(row: str, typed: dict[str, str], expected: list[str]) -> None:
    assert [code for code, *_ in remarks(CLEAN.with_cells(row, **typed))] == expected


def test_d01_quotes_what_is_no_reason() -> None:
    [found] = findings_of(with_reason("已完成"))
    assert found.message.startswith(f"“扫描页数·{REASON}”填“已完成”，不是偏差原因；指标值")


def leaf_form() -> Sheet:
    sheet = CLEAN
    for row in ("整理档案数量", "扫描页数", "扫描合格率", "扫描完成时间", "每页扫描成本"):
        sheet = sheet.with_cells(row, 年度指标值="", 实际完成值="")
    return sheet


def test_d01_one_reminder_for_a_form_scored_leaf_by_leaf() -> None:
    sheet = leaf_form().with_cell("扫描页数", "得分", "9").with_cell("扫描合格率", "得分", "9.2")
    [found] = findings_of(sheet)
    assert (found.code, found.severity.word, len(found.cells)) == ("D01", "提醒", 2)
    assert found.message.startswith("2 项扣分共 1.8 分未说明。涉及：")
    assert found.working == "1＋0.8＝1.8"


def test_d01_accepts_the_basis_of_a_leaf() -> None:
    assert remarks(leaf_form().with_cells("扫描页数", 得分="9", 评分依据="验收时发现 3 处漏扫")) == []


def test_d02_reason_beside_full_score() -> None:
    assert remarks(with_reason("部分档案未移交。", CLEAN)) == [("D02", "提醒", f"扫描页数·{REASON}")]


@pytest.mark.parametrize(
    ("row", "actual", "reason", "expected"),
    [
        ("扫描页数", "100万页", "无", []),
        ("扫描页数", "100万页", "——", []),
        ("扫描页数", "120万页", "任务增加，超出预期。", []),  # explains over-achievement
        ("扫描页数", "120万页", "设备故障。", ["D02"]),
        ("扫描页数", "140万页", "年中接收了外单位档案。", []),  # above the threshold any reason explains
        ("扫描页数", "100万页", "任务增加。", ["D02"]),  # nothing exceeded
        ("每页扫描成本", "0.40元", "中标价低，节约了经费。", []),
        ("每页扫描成本", "0.50元", "节约了经费。", ["D02"]),
        ("档案管理制度", "达成年度指标", "制度印发较晚。", ["D02"]),  # undecided
        *(("扫描页数", "100万页", reason, []) for reason in DONE),
        *(("扫描页数", "140万页", reason, ["D03"]) for reason in DONE),  # explains nothing
        ("扫描页数", "100万页", "没有完成", ["D02"]),
        ("扫描页数", "100万页", "基本完成", ["D02"]),
        ("扫描页数", "100万页", "未完成全部目标", ["D02"]),
        ("扫描页数", "100万页", "全年未收到投诉", []),
        ("扫描页数", "100万页", "未收到投诉，设备故障停机两天", ["D02"]),
        ("查档群众满意度", "97%", "未收到投诉", ["I04"]),  # one remark a cell
        ("查档群众满意度", "97%", "窗口排队时间较长。", ["D02"]),
        ("扫描页数", "90万页", GOOD_REASON, []),  # S05 speaks for the row
    ],
)
def test_d02_rows(row: str, actual: str, reason: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(CLEAN.with_cells(row, 实际完成值=actual, 偏差原因=reason))] == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"实际完成值": "130万页"}, []),  # exactly at the threshold
        ({"实际完成值": "131万页"}, [("D03", "提醒", "扫描页数·实际完成值")]),
        ({"实际完成值": "171万页", "偏差原因": "年中接收了外单位档案。"}, []),
        ({"年度指标值": "=100万页", "实际完成值": "200万页"}, []),  # more is not better
        ({"年度指标值": "0万页", "实际完成值": "0万页"}, []),
        ({"实际完成值": "171卷"}, [("V05", "提醒", "扫描页数·实际完成值")]),  # cannot decide
    ],
)
def test_d03_over_achievement(typed: dict[str, str], expected: list[tuple[str, ...]]) -> None:
    assert remarks(CLEAN.with_cells("扫描页数", **typed)) == expected


def test_d03_message_names_both_figures_and_the_threshold() -> None:
    [found] = findings_of(CLEAN.with_cell("扫描页数", "实际完成值", "171万页"))
    assert found.message == "“扫描页数·实际完成值”填 171万页，为指标值 100万页的 171.00%，超过 130%，未见说明"


@pytest.mark.parametrize("reason", ["疫情影响。", "客观原因", "扫描页数90万页", "100万页"])
def test_d04_reason_says_nothing(reason: str) -> None:
    assert remarks(with_reason(reason)) == [
        ("D04", "说明", f"扫描页数·{REASON}"),
        ("D06", "说明", f"扫描页数·{REASON}"),
    ]


@pytest.mark.parametrize(("count", "expected"), [(2, []), (3, [("D04", 3)])])
def test_d04_three_rows_with_one_reason(count: int, expected: list[tuple[str, int]]) -> None:
    sheet = CLEAN
    for row in ("整理档案数量", "扫描页数", "扫描合格率")[:count]:
        sheet = sheet.with_cells(row, 得分="9", 偏差原因=GOOD_REASON)
    assert [(found.code, len(found.cells)) for found in findings_of(sheet)] == expected


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("漏扫10万页，扣1分，下一步补扫。", []),
        ("漏扫10万页，扣 1.0 分，下一步补扫。", []),
        ("漏扫扣0.6分，错扫扣0.4分，下一步补扫。", []),  # the parts add
        ("漏扫10万页，扣2分，下一步补扫。", ["D05"]),
        ("漏扫10万页，扣除0.5分，下一步补扫。", ["D05"]),
        ("漏扫10万页，酌情扣分，下一步补扫。", []),
        ("每漏扫5万页扣0.5分，下一步补扫。", []),  # the scale, not the deduction
    ],
)
def test_d05_stated_deduction(reason: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(with_reason(reason))] == expected


def test_d05_points_at_the_words_and_the_score() -> None:
    [found] = findings_of(with_reason("漏扫10万页，扣2分，下一步补扫。"))
    assert [cell.field for cell in found.cells] == [f"扫描页数·{REASON}", "扫描页数·得分"]
    assert found.message.startswith("“扫描页数”的偏差原因写明扣 2 分，实际扣 1 分。涉及：")


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("因设备检修，少扫描一部分。", ["D06"]),
        ("因设备检修，少扫描一部分，2024年完成。", []),  # a later year and 完成
        ("因设备检修，少扫描一部分，2023年未能完成。", ["D06"]),
        ("因设备已将部分档案退回，少扫描一部分。", ["D06"]),  # 将 alone announces nothing
        ("因设备检修，少扫描一部分，将于下季度补齐。", []),
        ("因设备检修，少扫描一部分。改进措施：无", ["D06"]),
        ("因设备检修，少扫描一部分。改进措施：增加班次", []),
    ],
)
def test_d06_measures(reason: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(with_reason(reason))] == expected


def test_d06_is_one_finding_a_form() -> None:
    sheet = with_reason("因设备检修。").with_cells("扫描合格率", 得分="9", 偏差原因="因原件破损。")
    assert remarks(sheet) == [("D06", "说明", f"扫描页数·{REASON}", f"扫描合格率·{REASON}")]


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ("仅完成90%，下一步补扫。", []),
        ("仅完成80%，下一步补扫。", ["D07"]),
        ("完成了任务的85%，下一步补扫。", ["D07"]),
        ("完成率为90.0%，下一步补扫。", []),
        ("未完成10%，下一步补扫。", []),  # what is left, not what is done
        ("上半年完成40%，下半年完成50%，下一步补扫。", []),  # two figures: nobody knows
        ("约完成80%左右，下一步补扫。", []),
        ("只完成80%的款项支付，下一步补扫。", []),  # money is not work
        ("实际完成90万页，下一步补扫。", []),
        ("实际完成80万页，下一步补扫。", ["D07"]),
        ("实际完成80卷，下一步补扫。", []),  # another unit
    ],
)
def test_d07_figures_of_a_reason(reason: str, expected: list[str]) -> None:
    assert [code for code, *_ in remarks(with_reason(reason))] == expected


def test_d07_compares_at_the_digits_written() -> None:
    sheet = CLEAN.with_cells("扫描页数", 年度指标值="1788万页", 实际完成值="1400万页", 得分="7.83")
    texts = ["完成78%", "完成78.3%", "完成78.30%", "完成79%", "完成78.4%"]
    agreeing = [text for text in texts if not remarks(with_reason(f"{text}，下一步补扫。", sheet))]
    assert agreeing == ["完成78%", "完成78.3%", "完成78.30%"]


def test_d07_takes_work_spoken_of_in_a_cost_row_to_the_missed_quantity() -> None:
    sheet = with_reason(GOOD_REASON).with_cells("每页扫描成本", 得分="8", 偏差原因="只完成80%的扫描任务，下一步补扫。")
    assert remarks(sheet) == [("D07", "提醒", f"每页扫描成本·{REASON}", "扫描页数·实际完成值")]


def test_d07_reads_the_goal_where_no_reason_says_it() -> None:
    sheet = with_reason(GOOD_REASON).with_cell("表头", "实际完成情况", "全年已完成扫描工作量的80%。")
    assert remarks(sheet) == [("D07", "提醒", "年度总体目标·实际完成情况", "扫描页数·实际完成值")]
    assert remarks(with_reason("仅完成90%，下一步补扫。", sheet)) == []


def test_d07_on_the_published_form() -> None:
    [found] = [each for each in findings_of(case("108")) if each.code == "D07"]
    assert (found.found, found.expected, found.working) == ("完成80%", "78.30%", "1400万页 ÷ 1788万页 = 78.30%")
