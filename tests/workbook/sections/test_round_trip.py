"""Sent out, answered, merged: the form holds what was answered, and nothing else changed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from random import Random

import openpyxl
import pytest
from lxml import etree

from tests.office.bench import Office
from tests.workbook.sections.answered import Sent, actuals, one, word
from tests.workbook.template.files import FORM, MAIN, SCHEMES, opened, published
from tests.workbook.template.files import formulas as formulas_of
from toolkit.core.form import Form
from toolkit.intake.interchange import read_interchange
from toolkit.sections import State
from toolkit.workbook.read import read_forms

DATA = Path(__file__).parents[3] / "toolkit" / "data"
OWN = {
    "guangdong-2021": "guangdong-2021/dabu",
    "guangdong-2024": "guangdong-2024/heyuan",
    "foshan-department-2022": "foshan-department-2022/foshan",
}
"""Schemes with indicators of their own, and a published form of each."""


def form_of(scheme: str) -> Form:
    return read_interchange(DATA / f"{OWN[scheme]}.json").form if scheme in OWN else published("101")


def cells_of(path: Path, sheet: str) -> dict[str, object]:
    book = opened(path)
    return {cell.coordinate: cell.value for row in book[sheet].iter_rows() for cell in row if cell.value is not None}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_every_scheme(scheme: str, tmp_path: Path) -> None:
    sent = Sent(tmp_path, [form_of(scheme)], scheme, ("甲股", "乙股"))
    field = "实际情况" if scheme == "guangdong-2021" else "实际完成值"
    for section, items in sent.plan.by_section.items():
        given = {item.code: {field: word(0, item.number), "依据和佐证材料": f"台账{item.number}"} for item in items}
        sent.answer(section, given)
    merged = sent.merged()
    assert {each.state for each in merged.decisions} == {State.FILLED} and merged.settled
    out, written = sent.into(merged)
    asked = {item.number for item in sent.plan.items}
    (before,), (after,) = read_forms(sent.book), read_forms(out)
    found = [(row.actual.text or row.basis.text, row.evidence.text if row.evidence else "") for row in after.indicators]
    kept = [(row.actual.text, row.evidence.text if row.evidence else "") for row in before.indicators]
    assert found == [
        (word(0, place), f"台账{place}") if place in asked else kept[place - 1] for place in range(1, len(found) + 1)
    ]
    assert (written.values, written.beside, written.left) == (len(asked), len(asked), ())


def test_only_what_was_answered_changes(tmp_path: Path) -> None:
    sent = one(tmp_path)
    first, second, *_ = sent.plan.items
    sent.answer("甲股", {first.code: {"实际完成值": "25人", "依据和佐证材料": "花名册", "经办人": "张三", "取数日期": "2022年1月5日"}})
    merged = sent.merged()
    assert [str(each.state) for each in merged.decisions] == ["填入", *["收到，没有填"] * 5]
    out, _ = sent.into(merged)
    with zipfile.ZipFile(sent.book) as old, zipfile.ZipFile(out) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml"}
    address = first.current.address
    assert address is not None and second.current.address is not None
    before, after = (cells_of(path, FORM) for path in (sent.book, out))
    assert {key: value for key, value in after.items() if before.get(key) != value} == {address: "25人"}
    assert before.keys() - after.keys() == set()
    side = [cells_of(path, "数据来源") for path in (sent.book, out)]
    assert {key: value for key, value in side[1].items() if side[0].get(key) != value} == {
        "E4": "2022年1月5日",
        "G4": "花名册",
        "I4": "张三",
    }


def test_looks_and_protection_stay(tmp_path: Path) -> None:
    sent = one(tmp_path)
    item = sent.plan.items[0]
    sent.answer("甲股", {item.code: {"实际完成值": "=25人"}})
    out, _ = sent.into(sent.merged())
    address = str(item.current.address)
    cells = [opened(path)[FORM][address] for path in (sent.book, out)]
    assert cells[0].style_id == cells[1].style_id and cells[1].data_type == "s" and cells[1].value == "=25人"
    assert opened(out)[FORM].protection.sheet


def test_what_formulas_show_follows_at_once(tmp_path: Path, office: Office) -> None:
    sent = one(tmp_path)
    given = dict(zip([item.code for item in sent.plan.items], ("25人", "100%", "及时", "87%", "有效保障", "96%"), strict=True))
    sent.answer("甲股", {code: {"实际完成值": value} for code, value in given.items()})
    out, _ = sent.into(sent.merged())
    stored = formulas_of(out)[FORM]
    assert stored != formulas_of(sent.book)[FORM]
    last = max(int("".join(filter(str.isdigit, address))) for address in stored)
    now = office.recalculate(out, {FORM: f"A1:BA{last}"})[FORM]
    for address, (formula, result) in stored.items():
        letters = "".join(filter(str.isalpha, address))
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        shown = now[int(address[len(letters) :]) - 1][column - 1] if column <= 53 else result
        same = abs(float(result) - float(shown)) < 1e-9 if isinstance(result, float) and isinstance(shown, float) else result == (shown or "")
        assert same, (address, formula, result, shown)


def test_several_forms_in_one_workbook(tmp_path: Path) -> None:
    forms = [published(case) for case in ("101", "103", "108")]
    sent = Sent(tmp_path, forms, "shenzhen-2021", ("甲股", "乙股"))
    for section, items in sent.plan.by_section.items():
        sent.answer(section, {item.code: {"实际完成值": word(item.place, item.number), "经办人": section} for item in items})
    out, written = sent.into(sent.merged())
    asked = {(item.place, item.number) for item in sent.plan.items}
    assert actuals(out) == [
        [word(place, number) if (place, number) in asked else "" for number in range(1, len(form.indicators) + 1)]
        for place, form in enumerate(forms)
    ]
    people = {key: value for key, value in cells_of(out, "数据来源").items() if key.startswith("I") and key != "I3"}
    assert len(people) == written.beside == len(asked)


def test_values_of_the_form_are_replaced_only_when_asked(tmp_path: Path) -> None:
    sent = one(tmp_path)
    code = sent.plan.items[0].code
    sent.answer("甲股", {code: {"实际完成值": "25人", "依据和佐证材料": "花名册"}})
    sent.book = sent.into(sent.merged())[0].rename(tmp_path / "已填.xlsx")
    sent.answer("甲股", {code: {"实际完成值": "26人", "依据和佐证材料": "考勤表"}})
    assert [each.value for each in sent.merged().of(State.FILLED)] == []
    out, written = sent.into(sent.merged(overwrite=True), overwrite=True)
    assert actuals(out)[0][0] == "26人" and written.left == ()
    assert cells_of(out, "数据来源")["G4"] == "考勤表"
    sent.answer("甲股", {code: {"实际完成值": "25人", "依据和佐证材料": "工资表"}})
    _, written = sent.into(sent.merged())
    assert written.left == ("1. 劳务派遣人员到岗率：“数据来源”的“佐证材料”已写“花名册”，没有改成“工资表”。",)


def test_a_form_saved_by_another_program_can_be_merged_into(tmp_path: Path, office: Office) -> None:
    sent = one(tmp_path)
    sent.answer("甲股", {item.code: {"实际完成值": word(0, item.number)} for item in sent.plan.items})
    merged = sent.merged()
    sent.book = office.resave(sent.book, tmp_path / "另存.xlsx")
    out, _ = sent.into(sent.merged())
    assert [each.value for each in merged.decisions] == actuals(out)[0]
    assert office.sheets(out) == office.sheets(sent.book)
    with zipfile.ZipFile(out) as package:
        root = etree.fromstring(package.read("xl/workbook.xml"))
    assert [node.get("fullCalcOnLoad") for node in root.iter(f"{MAIN}calcPr")] == ["1"]


def test_random_answers_give_what_they_must(tmp_path: Path) -> None:
    """200 sets of answers by three sections; what must come out is worked out here, by the plain rules alone."""
    random = Random(20261121)
    sent = one(tmp_path, sections=("甲股、乙股", "乙股、丙股", "甲股、乙股、丙股"))
    items = sent.plan.items
    texts = ["", "", "25人", "26人", "已完成", "100%"]
    for number in range(200):
        given = {section: {item.code: random.choice(texts) for item in asked} for section, asked in sent.plan.by_section.items()}
        expected = []
        for item in items:
            voices = {given[section][item.code] for section in item.sections} - {""}
            wrong = {"25人", "26人"} if "%" in item.target else {"100%"} if "人" in item.target else set()
            expected.append(next(iter(voices)) if len(voices) == 1 and not voices & wrong else "")
        folder = tmp_path / str(number)
        folder.mkdir()
        merged = sent.merged(*_answered(sent, folder, given))
        assert [each.value for each in merged.decisions] == expected, given
        if number % 40 == 0:
            assert actuals(sent.into(merged)[0]) == [expected]


def _answered(sent: Sent, folder: Path, given: dict[str, dict[str, str]]) -> list[Path]:
    """Write bare 取数表, rows in any order: code, name and figure are all that is needed."""
    paths = []
    names = {item.code: item.name for item in sent.plan.items}
    for section, answers in given.items():
        book = openpyxl.Workbook()
        sheet = book.worksheets[0]
        sheet.append(["提供股室", section])
        sheet.append(["编号", "指标名称", "实际完成值"])
        for code in sorted(answers, key=lambda code: code[::-1]):
            sheet.append([code, names[code], answers[code]])
        paths.append(folder / f"{section}.xlsx")
        book.save(paths[-1])
    return paths
