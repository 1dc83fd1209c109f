"""Which cells may lend their look: those whose validation and conditional formats are the same, seen from the cell."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from toolkit.excel.content import SavedBook
from toolkit.excel.lenders import lender_of_look, lenders, manner
from toolkit.workbook.signs import MARK

LIST = {"validate": "list", "source": ["是", "否"]}
RED, GREEN = "#FF0000", "#00FF00"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """Columns A to D of one look: A has a list to row 6, B to D conditional formats, C3 a note, row 9 our mark."""
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("表"), book.add_format({"bold": True})
        for row in range(9):
            sheet.write_row(row, 0, [1, 2, 3, 4], bold)
        sheet.data_validation("A1:A6", LIST)
        over, above = {"type": "cell", "criteria": ">", "value": 5}, {"type": "formula", "criteria": "=B1>$A$1"}
        sheet.conditional_format("B1:B3", above | {"format": book.add_format({"bg_color": RED})})
        sheet.conditional_format("B5:B9", above | {"criteria": "=B5>$A$1", "format": book.add_format({"bg_color": RED})})
        sheet.conditional_format("C1:C9", over | {"format": book.add_format({"bg_color": RED})})
        sheet.conditional_format("D1:D9", over | {"format": book.add_format({"bg_color": GREEN})})
        sheet.conditional_format("A9:D9", {"type": "formula", "criteria": f"={MARK}", "format": bold})
        sheet.write_comment("C1", "已核")
    return path


def test_the_same_rules_wherever_their_ranges_begin(saved: Path) -> None:
    with SavedBook(saved) as book:
        sheet = book.sheet("表")
        assert sheet is not None
        groups = [[(1, 1), (6, 1)], [(7, 1), (9, 1), (4, 2)], [(1, 2), (3, 2), (5, 2), (9, 2)], [(1, 3)], [(1, 4)]]
        told = [{sheet.rules.at(place) for place in group} for group in groups]
        assert [len(each) for each in told] == [1] * len(groups)
        assert len(frozenset().union(*told)) == len(groups)
        assert [rule.areas for rule in sheet.marks] == [("A9:D9",)]


def test_lenders_have_look_and_rules_and_are_free(saved: Path) -> None:
    with SavedBook(saved) as book:
        sheet = book.sheet("表")
        assert sheet is not None
        wanted = {manner(sheet, place) for place in ((2, 1), (8, 1), (2, 2), (2, 3), (2, 4))}
        found = lenders(sheet, wanted, busy={(1, 1), (2, 1)})
        assert sorted(found.values()) == [(1, 2), (1, 4), (2, 3), (3, 1), (4, 2)]
        assert all(manner(sheet, place) == has for has, place in found.items())
        assert lender_of_look(sheet, sheet.look((1, 4)), 4) == (1, 4)
        assert lender_of_look(sheet, "nobody's", 4) is None
