"""The life of an answer: it holds while its values stand, opens again when they change, and is never lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.checks.answers import (
    Answer,
    Scope,
    apply_answers,
    clean_state,
    kept_state,
    left_apart,
    set_aside,
    unit_answers,
)
from toolkit.checks.finding import Finding, Remedy, Severity
from toolkit.core.form import Cell


def finding(code: str, *places: str, sheet: str = "自评表") -> Finding:
    """Make a finding at places written as field@address=text."""
    cells = []
    for place in places:
        field, _, rest = place.partition("@")
        address, _, text = rest.partition("=")
        cells.append(Cell(field, text, sheet, address))
    return Finding(code, "", Severity.WARNING, Remedy.EXPLAIN, tuple(cells), "", "", "", "", "", "")


def answer(
    code: str, place: str, text: str = "因疫情", scope: Scope = Scope.PLACE, sheet: str = "自评表"
) -> Answer:
    """Make an answer typed beside the finding at a place."""
    (cell,) = finding(code, place).cells
    return Answer(code, cell.field, cell.address or "", sheet, cell.text, text, scope)


COST = finding("S08", "成本控制率·得分@H19=8.6")
RENT = finding("S08", "租金控制率·得分@H20=9.1")
CASES = finding("D03", "案件调查数·实际完成值@F16=24宗")


def explained(findings: list[Finding], *answers: Answer) -> list[str | None]:
    return [found.explained for found in apply_answers(findings, answers)]


def test_an_answer_holds_at_its_place_only() -> None:
    assert explained([COST, RENT, CASES], answer("S08", "成本控制率·得分@H19=8.6")) == ["因疫情", None, None]


@pytest.mark.parametrize(
    ("place", "holds"),
    [
        ("成本控制率·得分@H19=8.6", True),
        ("成本控制率·得分@H25=8.6", True),  # a row was inserted above
        ("预算成本控制率·得分@H19=8.6", True),  # the indicator was renamed
        ("成本控制率·得分@H19=8.60", False),  # the value was typed anew
        ("成本控制率·得分@H19=", False),
        ("租金控制率·得分@H20=8.6", False),  # another place
    ],
)
def test_when_an_answer_holds(place: str, holds: bool) -> None:
    assert explained([COST], answer("S08", place)) == (["因疫情"] if holds else [None])


def test_another_code_at_the_same_place_is_another_question() -> None:
    assert explained([COST], answer("S07", "成本控制率·得分@H19=8.6")) == [None]


def test_the_name_tells_more_than_the_address() -> None:
    moved = [finding("D01", "甲·偏差@I11="), finding("D01", "乙·偏差@I12=")]
    assert explained(moved, answer("D01", "乙·偏差@I11=", "乙的原因")) == [None, "乙的原因"]


def test_rows_of_one_name_are_told_apart_by_the_address() -> None:
    twins = [finding("D01", "甲·偏差@I11="), finding("D01", "甲·偏差@I12=")]
    assert explained(twins, answer("D01", "甲·偏差@I12=", "第二个")) == [None, "第二个"]


def test_a_blank_text_answers_nothing() -> None:
    assert explained([COST], answer("S08", "成本控制率·得分@H19=8.6", "  ")) == [None]


def test_forms_of_one_workbook_do_not_answer_for_each_other() -> None:
    other = finding("S08", "成本控制率·得分@H19=8.6", sheet="自评表 (2)")
    given = answer("S08", "成本控制率·得分@H19=8.6")
    assert (explained([COST], given), explained([other], given)) == (["因疫情"], [None])
    assert explained([other], replace(given, sheet="")) == ["因疫情"]


def test_an_answer_for_the_form_reaches_all_of_its_kind() -> None:
    for_all = answer("S08", "成本控制率·得分@H19=8.6", "按执行率计分", Scope.FORM)
    own = answer("S08", "租金控制率·得分@H20=9.1", "另有规定")
    assert explained([COST, RENT, CASES], for_all) == ["按执行率计分", "按执行率计分", None]
    assert explained([COST, RENT, CASES], for_all, own) == ["按执行率计分", "另有规定", None]


def test_an_answer_for_the_form_ends_when_its_own_values_change() -> None:
    changed = finding("S08", "成本控制率·得分@H19=8.7")
    for_all = answer("S08", "成本控制率·得分@H19=8.6", "按执行率计分", Scope.FORM)
    assert explained([changed, RENT], for_all) == [None, None]
    assert explained([RENT], for_all) == [None]


def test_an_answer_for_the_unit_reaches_its_other_forms() -> None:
    for_all = answer("S08", "成本控制率·得分@H19=8.6", "按执行率计分", Scope.UNIT)
    shared = unit_answers([COST, RENT], [for_all, answer("D03", "案件调查数·实际完成值@F16=24宗")])
    assert explained([COST, RENT], for_all) == ["按执行率计分", "按执行率计分"]
    assert explained([finding("S08", "别的·得分@H9=1"), CASES], *shared) == ["按执行率计分", None]
    assert unit_answers([RENT], [for_all]) == ()


def test_a_finding_of_several_places_opens_when_one_of_them_changes() -> None:
    grouped = finding("V03", "甲·实际完成值@F11=100%", "乙·实际完成值@F12=90%")
    given = replace(answer("V03", "甲·实际完成值@F11="), state=kept_state(grouped))
    assert explained([grouped], given) == ["因疫情"]
    assert explained([finding("V03", "甲·实际完成值@F11=100%", "乙·实际完成值@F12=91%")], given) == [None]


def test_what_no_longer_holds_is_set_aside_each_once() -> None:
    held, changed = answer("S08", "成本控制率·得分@H19=8.6"), answer("S08", "租金控制率·得分@H20=9.0", "旧的")
    gone = answer("F07", "年度资金总额·全年预算数@E6=1", "追加")
    assert set_aside([[COST, RENT], [CASES]], [held, changed, gone, gone]) == (changed, gone)


def test_an_answer_holds_again_when_the_old_values_come_back() -> None:
    given = answer("S08", "成本控制率·得分@H19=8.6")
    assert explained([finding("S08", "成本控制率·得分@H19=10")], given) == [None]
    assert explained([COST], given) == ["因疫情"]


@pytest.mark.parametrize("text", ["100%", "  第一行\r\n第二行\x07 ", "长" * 2000])
def test_a_state_survives_being_written_down(text: str) -> None:
    written = clean_state(text)
    assert clean_state(written) == written
    assert len(written) <= 500 and "\n" not in written


def test_long_states_that_differ_at_their_end_stay_apart() -> None:
    assert clean_state("长" * 2000) != clean_state("长" * 1999 + "短")


def listed(code: str, place: str, *, apart: bool = False) -> Answer:
    """Make a row that was listed without a 说明 of its own."""
    return replace(answer(code, place, ""), apart=apart)


def test_an_answer_for_the_form_opens_again_where_another_row_changes() -> None:
    common = answer("S08", "成本控制率·得分@H19=8.6", "按本地规定", Scope.FORM)
    assert explained([COST, RENT], common, listed("S08", "租金控制率·得分@H20=9.1")) == ["按本地规定", "按本地规定"]
    assert explained([COST, RENT], common, listed("S08", "租金控制率·得分@H20=9.5")) == ["按本地规定", None]


def test_a_row_left_apart_waits_for_an_answer_of_its_own() -> None:
    common = answer("S08", "成本控制率·得分@H19=8.6", "按本地规定", Scope.FORM)
    apart = listed("S08", "租金控制率·得分@H20=9.1", apart=True)
    assert left_apart([COST, RENT], [common, apart]) == {1}
    assert explained([COST, RENT], common, apart) == ["按本地规定", None]
    own = answer("S08", "租金控制率·得分@H20=9.1", "已核对")
    assert explained([COST, RENT], common, own) == ["按本地规定", "已核对"]


def test_a_finding_that_was_never_listed_is_covered_by_the_answer_for_the_form() -> None:
    common = answer("S08", "成本控制率·得分@H19=8.6", "按本地规定", Scope.FORM)
    assert explained([COST, RENT], common) == ["按本地规定", "按本地规定"]


def test_nothing_stands_apart_where_no_wider_answer_is_given() -> None:
    assert left_apart([COST, RENT], [listed("S08", "租金控制率·得分@H20=9.5")]) == frozenset()
