"""重算并检查 and 撤销上次操作 on open workbooks: every scheme, every size, sheets renamed and copied, as officers have them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings as xw

from tests.live.press import AT_REST, AWKWARD, GOLDEN, SCHEMES, TEMPLATES, form_of, golden, press, workbook
from tests.live.program import Program
from tests.live.snapshot import changed_places, differences
from toolkit.cli.main import main

RESULTS, REPORT = "检查结果", "自评报告"


def listed(rows: Iterable[Iterable[Any]]) -> list[list[str]]:
    """Return what 检查结果 says, without the time and what the command cannot know."""
    texts = [
        ["" if value is None else f"{value:g}" if isinstance(value, float) else str(value) for value in row]
        for row in rows
    ]
    return [[re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d", "当时", text) for text in row] for row in texts if any(row)]


def shown(book: xw.Book) -> list[list[str]]:
    """Return what 检查结果 of an open workbook shows."""
    return listed(book.sheets[RESULTS].range("A1:L600").raw_value)


@pytest.mark.parametrize("template", [*(f"{scheme}.xlsx" for scheme in SCHEMES), f"{SCHEMES[0]}.xlsm"])
def test_every_template_is_checked_and_put_back(program: Program, tmp_path: Path, template: str) -> None:
    path = tmp_path / f"{AWKWARD}{Path(template).suffix}"
    shutil.copy(TEMPLATES / template, path)
    with program.opened(path) as book:
        before = program.snapshot(book)
        (told,) = press(book, "check", tmp_path).told
        assert re.fullmatch(r"发现 \d+ 处错误、\d+ 处提醒，已列在“检查结果”。", told)
        assert (program.impl.state(), program.impl.said) == (AT_REST, ["正在重算并检查……", False])
        assert any(each.startswith(f"{RESULTS}!") for each in changed_places(before, program.snapshot(book)))
        (told,) = press(book, "undo", tmp_path, "撤销").told
        assert told.startswith("已撤销“重算并检查”")
        assert differences(before, program.snapshot(book)) == []
        assert program.impl.state() == AT_REST


def golden_workbooks() -> dict[str, list[dict[str, Any]]]:
    """Return the published forms by the scheme they name, a workbook each; one that names none is alone."""
    found: dict[str, list[dict[str, Any]]] = {}
    for case in GOLDEN:
        data = golden(case)
        found.setdefault(data.get("scheme", case), []).append(data)
    return found


GOLDEN_WORKBOOKS = golden_workbooks()


@pytest.mark.slow
@pytest.mark.parametrize("forms", GOLDEN_WORKBOOKS)
def test_button_and_command_say_the_same(program: Program, tmp_path: Path, forms: str) -> None:
    path = workbook(tmp_path / f"{AWKWARD}.xlsx", GOLDEN_WORKBOOKS[forms])
    main(["check", str(path), "-o", str(tmp_path / "检查后.xlsx")])
    main(["report", str(path), "-o", str(tmp_path / "有报告.xlsx")])
    told = openpyxl.load_workbook(tmp_path / "检查后.xlsx")[RESULTS]
    written = openpyxl.load_workbook(tmp_path / "有报告.xlsx")[REPORT]
    with program.opened(path) as book:
        press(book, "check", tmp_path)
        assert shown(book) == listed(told.iter_rows(max_col=12, values_only=True))
        press(book, "report", tmp_path)
        sheet = book.sheets[REPORT]
        size = (written.max_row, written.max_column)
        assert listed(sheet.range((1, 1), size).raw_value) == listed(written.iter_rows(values_only=True))


@pytest.mark.slow
def test_forms_of_all_sizes_on_sheets_renamed_and_copied(program: Program, tmp_path: Path) -> None:
    path = workbook(tmp_path / f"{AWKWARD}.xlsx", [form_of(rows) for rows in (10, 25, 40, 60)])
    with program.opened(path) as book:
        forms = [sheet for sheet in book.sheets if sheet.name.startswith("自评表")]
        forms[1].name = "维修 (二期)＆改造"
        forms[2].copy(after=forms[3], name="照抄的一张")
        before = program.snapshot(book)
        book.api.SaveCopyAs(str(tmp_path / "同一份.xlsx"))
        main(["check", str(tmp_path / "同一份.xlsx"), "-o", str(tmp_path / "检查后.xlsx")])
        told = openpyxl.load_workbook(tmp_path / "检查后.xlsx")[RESULTS]
        (closing,) = press(book, "check", tmp_path).told
        assert closing.endswith("已列在“检查结果”。")
        assert shown(book) == listed(told.iter_rows(max_col=12, values_only=True))
        places = changed_places(before, program.snapshot(book))
        marked = {place.partition("!")[0] for place in places} - {RESULTS}
        assert marked == {forms[0].name, "维修 (二期)＆改造", forms[2].name, forms[3].name, "照抄的一张"}
        press(book, "undo", tmp_path)
        assert differences(before, program.snapshot(book)) == []


def test_the_officers_own_notes_and_colours_survive(program: Program, tmp_path: Path) -> None:
    with program.opened(workbook(tmp_path / "表.xlsx", [form_of(10)])) as book:
        sheet = book.sheets["自评表"]
        press(book, "check", tmp_path)
        (first, *_) = [note.location.address for note in sheet.notes]
        press(book, "undo", tmp_path)
        sheet.api.Unprotect()
        sheet.range(first).add_note("我自己的批注")
        sheet.range(first).color = (1, 200, 3)
        sheet.api.Protect("")
        press(book, "check", tmp_path)
        press(book, "check", tmp_path)
        assert (sheet.range(first).note.text, sheet.range(first).color) == ("我自己的批注", (1, 200, 3))
        assert len([note for note in sheet.notes if "绩效自评核对" in note.text]) == len(sheet.notes) - 1


def test_a_sheet_with_a_password_is_checked_all_the_same(program: Program, tmp_path: Path) -> None:
    with program.opened(workbook(tmp_path / "表.xlsx", [form_of(10)])) as book:
        sheet = book.sheets["自评表"]
        sheet.api.Unprotect()
        sheet.api.Protect("secret")
        (told,) = press(book, "check", tmp_path).told
        assert told.endswith("已列在“检查结果”。")
        assert (len(sheet.notes), sheet.api.ProtectContents) == (0, True)
