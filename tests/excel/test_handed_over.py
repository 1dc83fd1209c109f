"""What buttons leave in a workbook does not leave the unit."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment

from tests.excel.officer import Officer, workbook
from toolkit.excel.content import SavedBook
from toolkit.workbook.finish import finish_workbook
from toolkit.workbook.read import read_forms


def test_notes_marks_and_record_are_taken_out_and_listed(tmp_path: Path) -> None:
    officer = Officer(workbook(tmp_path / "自评表.xlsx", "102"))
    officer.book.work["自评表"]["D13"].comment = Comment("见附件 2", "张三")
    officer.select("自评表", "A1")
    officer.press("adopt", [0, 1])
    officer.press("check")
    source = officer.saved("前")
    finished = finish_workbook(source, tmp_path / "定稿.xlsx", read_forms(source))
    assert "工作表“修改记录”（有操作人的姓名）已去掉" in finished.removals
    gone = [line for line in finished.removals if "核对时加的批注" in line]
    with SavedBook(source) as before, SavedBook(tmp_path / "定稿.xlsx") as after:
        first, last = before.sheet("自评表"), after.sheet("自评表")
        assert first is not None and last is not None
        assert gone == [f"工作表“自评表”里核对时加的批注 {len(first.notes) - 1} 处已去掉"]
        assert (len(first.marks), last.marks) == (1, ())
        assert {place: note.rpartition("\n")[2] for place, note in last.notes.items()} == {(13, 4): "见附件 2"}
        assert "修改记录" in before.names and "修改记录" not in after.names
    # A reader that nobody here wrote finds one note and its shape.
    sheet = openpyxl.load_workbook(tmp_path / "定稿.xlsx")["自评表"]
    assert [cell.coordinate for row in sheet for cell in row if cell.comment] == ["D13"]


def test_a_sheet_with_our_notes_alone_keeps_no_part_for_notes(tmp_path: Path) -> None:
    officer = Officer(workbook(tmp_path / "自评表.xlsx", "102"))
    officer.press("check")
    source = officer.saved("前")
    finish_workbook(source, tmp_path / "定稿.xlsx", read_forms(source))
    with SavedBook(tmp_path / "定稿.xlsx") as book:
        names = [entry.filename for entry in book.book.package.entries]
        assert [name for name in names if "comment" in name.lower() or "vml" in name.lower()] == []
        assert b"legacyDrawing" not in book.book.package.read("xl/worksheets/sheet2.xml")
