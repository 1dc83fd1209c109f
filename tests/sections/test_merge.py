"""What becomes of answers: every state, and that nothing is decided unasked."""

from __future__ import annotations

import pytest

from tests.sections.forms import ROWS, answer, form, merged, plan, returned, with_actual
from toolkit.sections import Decision, Merged, State

Shown = list[tuple[str, str, str]]


def shown(found: Merged) -> Shown:
    """Return name, state and text to fill in of every row."""
    return [(each.item.name, str(each.state), each.value) for each in found.decisions]


def first(found: Merged) -> Decision:
    """Return the decision on the first row."""
    return found.decisions[0]


def test_answers_of_all_sections_are_put_together() -> None:
    asked = plan()
    a, b, c, d, e = asked.items
    files = (
        returned("人事股", answer(a, "25人")),
        returned("业务股", answer(b, "30.5万份"), answer(c, "已完成")),
        returned("财务股", answer(b, "305000份", "财务股"), answer(d, "98%")),
        returned("未分工", answer(e, "约96%", "办公室")),
    )
    found = merged(asked, *files)
    assert shown(found) == [
        ("劳务派遣人员到岗率", "填入", "25人"),
        ("办理业务量", "填入", "30.5万份"),
        ("办理及时性", "填入", "已完成"),
        ("预算成本控制率", "填入", "98%"),
        ("参保对象满意度", "填入", "约96%"),
    ]
    assert found.settled and [each.note for each in found.decisions] == [""] * 5
    assert found.received == {"人事股": 1, "业务股": 1, "财务股": 1, "未分工": 1}


def test_gaps_are_told_apart() -> None:
    asked = plan()
    _, b, c, _, e = asked.items
    found = merged(asked, returned("业务股", answer(b, "31万份"), answer(c, " ")), returned("未分工", answer(e, "")))
    assert [(each.item.name, str(each.state), each.note) for each in found.decisions] == [
        ("劳务派遣人员到岗率", "没有收到", "没有收到人事股的取数表"),
        ("办理业务量", "填入", "财务股没有答复"),
        ("办理及时性", "收到，没有填", "业务股发回的取数表里没有填"),
        ("预算成本控制率", "没有收到", "没有收到财务股的取数表"),
        ("参保对象满意度", "没有收到", "没有收到未分工的取数表"),
    ]
    assert not found.settled


def test_a_row_that_was_deleted_is_missed() -> None:
    asked = plan()
    found = merged(asked, returned("业务股", answer(asked.items[1], "31万份")))
    assert found.decisions[2].note == "业务股发回的取数表里没有这一行"


def test_sections_that_contradict_each_other_are_left_until_one_is_chosen() -> None:
    asked = plan()
    item = asked.items[1]
    files = (returned("业务股", answer(item, "31万份")), returned("财务股", answer(item, "30.5万份", "财务股", person="李四")))
    found = merged(asked, *files).decisions[1]
    assert (found.state, found.value, found.note) == (
        State.CONFLICT,
        "",
        "业务股填“31万份”（业务股.xlsx）；财务股 李四填“30.5万份”（财务股.xlsx）",
    )
    chosen = merged(asked, *files, keep=["财务股.xlsx"]).decisions[1]
    assert (chosen.state, chosen.value) == (State.FILLED, "30.5万份")


def test_two_files_of_one_section_count_as_two_voices() -> None:
    asked = plan()
    item = asked.items[0]
    blank, old, new = (returned(name, answer(item, value)) for name, value in (("空", ""), ("一", "25人"), ("二", "26人")))
    assert first(merged(asked, blank, old)).value == "25人"
    assert first(merged(asked, blank, old, new)).state is State.CONFLICT


@pytest.mark.parametrize("value, state", [("25人", "与表内一致"), ("25 人", "与表内一致"), ("26人", "表内已有不同的值")])
def test_a_value_of_the_form_is_kept_unless_told_otherwise(value: str, state: str) -> None:
    asked = plan(with_actual(form(), 劳务派遣人员到岗率="25人"))
    file = returned("人事股", answer(asked.items[0], value))
    assert (str(first(merged(asked, file)).state), first(merged(asked, file)).value) == (state, "")
    forced = first(merged(asked, file, overwrite=True))
    assert (forced.value, forced.replaced) == (("26人", "25人") if "26" in value else ("", ""))


@pytest.mark.parametrize(
    "place, value, note",
    [
        (0, "几十人", "人事股填的“几十人”看不懂：“几十”没有确定的数"),
        (0, "25", "人事股填的“25”没有写单位，指标值是“27人”"),
        (0, "25%", "人事股填的“25%”的单位是“%”，指标值“27人”的单位是“人”"),
        (0, "—", "人事股填的“—”不是完成值"),
        (0, "#DIV/0!", "人事股填的是错误值 #DIV/0!"),
        (1, "30.68", "业务股填的“30.68”没有写单位，指标值是“≥30.68万份”"),
        (3, "98件", "财务股填的“98件”的单位是“件”，指标值“≤100%”的单位是“%”"),
    ],
)
def test_what_cannot_be_read_against_the_target_is_not_filled_in(place: int, value: str, note: str) -> None:
    asked = plan()
    found = merged(asked, returned("甲", answer(asked.items[place], value))).decisions[place]
    assert (found.state, found.value, found.note) == (State.UNCLEAR, "", note)
    assert found.fix.startswith(("请", "确实没有"))


@pytest.mark.parametrize("value", ["25人", "约25人", "=25人", "完成", "已完成", "25人以上", "无", "25.0 人"])
def test_what_can_be_read_is_filled_in_as_it_was_written(value: str) -> None:
    asked = plan()
    assert first(merged(asked, returned("人事股", answer(asked.items[0], value)))).value == value


@pytest.mark.parametrize("value", ["几十人到岗，分三批、共5个窗口", "较为及时", "100%"])
def test_a_target_in_words_takes_any_words(value: str) -> None:
    asked = plan()
    assert merged(asked, returned("业务股", answer(asked.items[2], value))).decisions[2].value == value


@pytest.mark.parametrize(
    "place, value, whole",
    [(0, "25", "25人"), (3, "98", "98%"), (1, "306800", "306800份"), (1, "30.68", ""), (3, "0.98", ""), (0, "25%", "")],
)
def test_a_missing_unit_is_added_only_where_it_gives_a_likely_value(place: int, value: str, whole: str) -> None:
    asked = plan()
    file = returned("甲", answer(asked.items[place], value))
    assert merged(asked, file).decisions[place].value == ""
    assert merged(asked, file, add_units=True).decisions[place].value == whole


@pytest.mark.parametrize(
    "changed, note",
    [
        ({"target": "≥20人"}, "年度指标值由“27人”改成了“≥20人”"),
        ({"name": "在岗率"}, "指标名称由“劳务派遣人员到岗率”改成了“在岗率”"),
        ({"definition": "按合同人数"}, "取数口径由“”改成了“按合同人数”"),
    ],
)
def test_a_section_that_changes_the_question_is_noticed(changed: dict[str, str], note: str) -> None:
    asked = plan()
    file = returned("人事股", answer(asked.items[0], "25人", **changed))
    found = first(merged(asked, file))
    assert (found.state, found.value, found.note) == (State.CHANGED, "", f"人事股填“25人”，但{note}")
    assert first(merged(asked, file, keep=["人事股.xlsx"])).value == "25人"


def test_a_sheet_of_an_older_draft_is_noticed_and_moved_rows_are_not_mistaken() -> None:
    old = plan()
    rows = (ROWS[3], ROWS[1], (ROWS[0][0], "30人", "人事股"), ROWS[4])
    now = plan(form(rows))
    answers = [answer(item, value) for item, value in zip(old.items, ("25人", "31万份", "及时", "98%", "96%"), strict=True)]
    found = merged(now, returned("甲", *answers))
    assert [(each.item.name, str(each.state), each.value) for each in found.decisions] == [
        ("预算成本控制率", "填入", "98%"),
        ("办理业务量", "填入", "31万份"),
        ("劳务派遣人员到岗率", "按旧稿填写", ""),
        ("参保对象满意度", "填入", "96%"),
    ]
    assert found.decisions[2].note == "人事股填“25人”，但指标值在取数表上是“27人”，本表是“30人”"
    assert [(each.answer.name, each.note) for each in found.strays] == [("办理及时性", "发出后本表改过，本表没有这个指标")]


@pytest.mark.parametrize("other", [form(year=2020), form(project="档案经费")])
def test_a_sheet_of_another_project_or_year_is_refused(other: object) -> None:
    asked, foreign = plan(), plan(other)  # type: ignore[arg-type]  # a form
    item = foreign.items[0]
    file = returned("人事股", answer(item, "25人"), year=str(item.form.year), project=item.project)
    found = merged(asked, file)
    stated = f"是{item.form.year} 年度“{item.project}”的取数表，不是本表（2021 年度“业务经费”）的"
    assert found.refused == (("人事股.xlsx", stated),)
    assert {each.state for each in found.decisions} == {State.MISSING}


@pytest.mark.parametrize(
    "code, name, taken",
    [
        ("", "劳务派遣人员到岗率", True),
        ("？？", " 劳务派遣 人员到岗率", True),
        ("", "到岗率", False),
    ],
)
def test_a_row_without_its_code_is_known_by_its_name(code: str, name: str, taken: bool) -> None:
    asked = plan()
    rows = (answer(asked.items[0], "25人", code=code, name=name), answer(asked.items[4], "96%"))
    found = merged(asked, returned("甲", *rows))
    assert (first(found).value, len(found.strays)) == (("25人", 0) if taken else ("", 1))


def test_codes_survive_what_people_and_programs_do_to_them() -> None:
    asked = plan()
    item = asked.items[0]
    wide = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
    for code in (item.code.lower(), f" {item.code} ", item.code.translate(wide), item.code.replace("-", "—")):
        assert first(merged(asked, returned("甲", answer(item, "25人", code=code)))).value == "25人"


def test_names_that_repeat_are_not_guessed() -> None:
    rows = (("培训人次", "≥10人", "甲股"), ("培训人次", "≥20人", "甲股"), ("培训人次", "≥20人", "甲股"))
    asked = plan(form(rows))
    file = returned("甲股", *(answer(item, f"{30 + item.number}人", code="") for item in asked.items))
    found = merged(asked, file)
    assert [each.value for each in found.decisions] == ["31人", "", ""]
    assert {each.note for each in found.strays} == {"没有编号，本表有几个同名的指标，分不清是哪一个"}
    coded = merged(asked, returned("甲股", *(answer(item, f"{30 + item.number}人") for item in asked.items)))
    assert [each.value for each in coded.decisions] == ["31人", "32人", "33人"]
