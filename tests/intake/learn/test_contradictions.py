"""What a blank form says twice, wrongly or not at all is told, never settled in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.learn.blank import text_of
from tests.intake.learn.test_learn import learned, scheme_of
from toolkit.intake.learn import Learned, scheme_table
from toolkit.intake.learn.table import how_text

SHENZHEN, NATIONAL = text_of("shenzhen"), text_of("national")


def changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def found_in(text: str, folder: Path) -> Learned:
    return learned("x", "xlsx", folder, text)


def test_sections_of_90_without_the_points_of_the_rate(tmp_path: Path) -> None:
    found = found_in(changed(SHENZHEN, ("年度资金总额 |  |  |  | 10 |", "年度资金总额 |  |  |  |  |")), tmp_path)
    assert found.contradictions == (
        "各部分合计 90 分（产出指标 50＋效益指标 20＋满意度指标 20），"
        "表上没有写预算执行率的分值，差 10 分；暂按预算执行率 10 分，请核对",
    )
    assert found.assumed["预算执行率分值"] == ("10", "推算：100－90")


def test_sections_of_110(tmp_path: Path) -> None:
    found = found_in(
        changed(SHENZHEN, ("效益指标\\n（20分）", "效益指标\\n（30分）"), ("| 100 |", "| 110 |")), tmp_path
    )
    assert found.contradictions == (
        "总分行的分值是 110（附件1!G23），应为 100",
        "分值相加是 110，应为 100：预算执行率 10＋产出指标 50＋效益指标 30＋满意度指标 20。各一级指标的分值没有采用，请在评分参数里写明",
    )
    assert scheme_of(found).sections == {}


def test_sections_of_100_leave_nothing_to_the_rate(tmp_path: Path) -> None:
    text = changed(SHENZHEN, ("（50分）", "（60分）"), ("年度资金总额 |  |  |  | 10 |", "年度资金总额 |  |  |  |  |"))
    found = found_in(text, tmp_path)
    assert found.contradictions == ()
    assert found.assumed["预算执行率分值"] == ("0", "各一级指标合计已是 100 分，项目资金栏不另计分")


def test_heading_and_footnote_that_differ(tmp_path: Path) -> None:
    found = found_in(changed(NATIONAL, ("产出指标{r8}", "产出指标（60分）{r8}")), tmp_path)
    assert found.contradictions == (
        "“产出指标”前后不一：附件1!B13“产出指标（60分）”是 60 分；附件1!A29“产出指标50分”是 50 分。暂按第一处，请核对",
        "分值相加是 110，应为 100：预算执行率 10＋产出指标 60＋效益指标 30＋满意度指标 10。各一级指标的分值没有采用，请在评分参数里写明",
    )


def test_column_and_heading_that_differ(tmp_path: Path) -> None:
    text = changed(text_of("guangdong"), ("效益\\n（30分）", "效益\\n（25分）"))
    found = found_in(text, tmp_path)
    assert found.contradictions[0] == (
        "“效益”前后不一：附件1!A29“效益（25分）”是 25 分；附件1!F29 起的分值“25＋5＝30”是 30 分。暂按第一处，请核对"
    )


def test_two_texts_of_grades(tmp_path: Path) -> None:
    found = found_in(NATIONAL + "6.优（95-100分）良（85-94.99分）中（60-84.99分）差（0-59.99分）\n", tmp_path)
    assert found.contradictions == (
        "等级有两种说法（附件1!A32：优 ≥90、良 ≥80、中 ≥60、差 ≥0；附件1!A34：优 ≥95、良 ≥85、中 ≥60、差 ≥0），"
        "没有采用，请在评分参数里写明",
    )
    assert found.assumed["等级·优"] == ("90", "表上没有写，按全国 2020")


def test_the_same_grades_said_twice_are_no_contradiction(tmp_path: Path) -> None:
    found = found_in(NATIONAL + "6.优（90-100分）良（80-89.99分）中（60-79.99分）差（0-59.99分）\n", tmp_path)
    assert found.contradictions == ()


def test_one_section_without_points_is_worked_out_and_said_to_be(tmp_path: Path) -> None:
    found = found_in(changed(text_of("anhui"), ("满意度指标\\n（10分）", "满意度指标")), tmp_path)
    assert found.assumed["标准分值·满意度指标"] == ("10", "推算：100－10－50－30")
    assert scheme_of(found).sections == {"产出指标": 50, "效益指标": 30, "满意度指标": 10}


def test_the_points_of_one_section_alone_are_not_taken(tmp_path: Path) -> None:
    text = changed(text_of("anhui"), ("满意度指标\\n（10分）", "满意度指标"), ("效益指标\\n（30分）", "效益指标"))
    found = found_in(text, tmp_path)
    assert found.notes == ("只写了部分一级指标的分值（产出指标 50），其余没有写，标准分值没有采用；请在评分参数里补全",)
    assert scheme_of(found).sections == {}


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("佐证材料", ("“佐证材料”一栏照印，由填报人填写；检查看的不是这一栏：佐证材料写在工作表“数据来源”",)),
        ("财政复核分", ()),
    ],
)
def test_a_column_that_no_other_form_has_is_one_of_the_forms_own(
    heading: str, told: tuple[str, ...], tmp_path: Path
) -> None:
    text = changed(text_of("anhui"), ("| 得分 | 未完成原因及拟采取的改进措施", f"| 得分 | {heading}"))
    found = found_in(text, tmp_path)
    assert not found.unread
    (claim,) = (claim for claim in found.claims if claim.value.startswith("自设栏"))
    assert (claim.label, claim.value, claim.place) == ("指标栏目·8", f"自设栏一＝{heading}", "附件1!I11")
    assert how_text(claim) == f"原词：“{heading}”，照印、不参与计算"
    reasons = "表上没有偏差原因一栏，模板也没有；检查要求写明原因的，写在“检查结果”的“说明”一栏"
    assert found.notes == (*told, reasons)


def test_named_indicators_that_do_not_add_up_to_their_section(tmp_path: Path) -> None:
    found = found_in(changed(text_of("guangdong"), ("程序符合规定。 | 4 |", "程序符合规定。 | 6 |")), tmp_path)
    assert found.contradictions == (
        "“决策”前后不一：附件1!A13“决策（20分）”是 20 分；附件1!F13 起的分值“6＋2＋2＋2＋1＋1＋3＋2＋3＝22”是 22 分。暂按第一处，请核对",
    )
    _, problems = scheme_table(found, "new", "名称", "来源")
    assert problems == ("“决策”各指标的分值相加是 22，“标准分值·决策”是 20；各一级指标的分值没有采用，请改正其中一处",)
    assert scheme_of(found).sections == {}


def test_a_form_without_scores_gets_the_column_it_needs(tmp_path: Path) -> None:
    text = changed(text_of("sichuan"), ("| 实际完成指标值 | 得分{c2}", "| 实际完成指标值 | 未完成原因分析{c2}"))
    found = found_in(text, tmp_path)
    assert found.assumed["指标栏目·7"] == ("得分", "表上没有这一栏，计算要用，加在末尾；次序可以改")
    assert [column.field for column in scheme_of(found).columns[-2:]] == ["偏差原因分析及改进措施", "得分"]


def test_a_target_split_in_two_is_joined(tmp_path: Path) -> None:
    text = changed(text_of("anhui"), ("| 分值 | 年度指标值 | 全年实际值", "| 指标性质 | 指标值 | 全年实际值"))
    found = found_in(text, tmp_path)
    assert [column.field for column in scheme_of(found).columns] == [
        *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "得分", "偏差原因分析及改进措施"),
    ]
    assert [(each.text, each.reason) for each in found.unread] == [("指标性质", "模板里并入年度指标值一栏，没有单列")]


def test_two_columns_of_one_kind_are_not_guessed(tmp_path: Path) -> None:
    found = found_in(changed(text_of("anhui"), ("| 全年实际值 | 得分 |", "| 全年实际值 | 完成值 |")), tmp_path)
    assert found.contradictions[0] == (
        "有 2 栏都像“实际完成值”（附件1!G11“全年实际值”、附件1!H11“完成值”），分不清是哪一栏，没有采用"
    )


def test_points_under_the_column_stand_for_the_section(tmp_path: Path) -> None:
    text = SHENZHEN
    for old in ("\\n（50分）", "\\n（20分）", "（20分）"):
        text = text.replace(old, "")
    rows = [line for line in text.splitlines() if line.endswith("|  |  |  |  |  |") or line == " |  |  |  |  |"]
    assert len(rows) == 10
    weights = iter(("15", "10", "10", "5", "5", "5", "10", "5", "5", "20"))
    lines = []
    for line in text.splitlines():
        if line in rows:
            cells = line.split("|")
            cells[-3] = f" {next(weights)} "
            line = "|".join(cells)
        lines.append(line)
    found = found_in("\n".join(lines), tmp_path)
    assert scheme_of(found).sections == {"产出指标": 50, "效益指标": 20, "满意度指标": 20}
    assert found.contradictions == ()
    [claim] = [each for each in found.claims if each.label == "标准分值·产出指标"]
    assert (claim.text, claim.place) == ("15＋10＋10＋5＋5＋5＝50", "附件1!G13 起的分值")
