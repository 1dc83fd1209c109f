"""The process behind the functions: what it is started with, and that it looks into no workbook."""

from __future__ import annotations

from typing import Any

import pytest

from tests.excel.com.books import Excel
from tests.functions.calls import Sheet
from toolkit.functions.__main__ import main

CLASS = "{506E67C3-55B5-48C3-A035-EED5DEEA7D6D}"


@pytest.mark.parametrize("arguments", [[], ["x"], [CLASS, CLASS], [CLASS + ";calc.exe"]])
def test_it_starts_for_nothing_but_a_class(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 64
    assert capsys.readouterr().err == "这个程序由 Excel 的函数加载项启动，不需要自己运行。\n"


def test_it_offers_the_functions_under_that_class(for_windows: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[str] = []
    monkeypatch.setattr(for_windows.com_server, "serve", served.append)
    assert main([CLASS]) == 0
    assert served == [CLASS]
    assert list(for_windows.udfs.udf_modules) == ["toolkit.functions.udfs"]


def test_a_planted_sheet_is_neither_read_nor_run(excel: Excel) -> None:
    sheet = Sheet(excel)
    for name in ("xlwings.conf", "planted.py"):
        sheet.book.take_copy(sheet.sheet, 1)
        sheet.book.sheets[1].Name = name
    with excel.counted() as log:
        assert sheet.call("SE_NUMBER", "约46万人次") == 460000
        sheet.put("A1", "9次")
        assert sheet.call("SE_NUMBER", "&A1") == 9
    assert [message for message in log if "Worksheets" in message or "Name" in message] == []
