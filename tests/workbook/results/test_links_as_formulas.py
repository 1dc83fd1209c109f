"""A button writes the links of 检查结果 as formulas; a command that replaces the list leaves no trace of them behind."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

from tests.excel.officer import workbook
from toolkit.workbook.read import read_workbook
from toolkit.workbook.results.write import write_results

_SHEET, _CHAIN = "xl/worksheets/sheet5.xml", "xl/calcChain.xml"
_SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"


def pressed(source: Path, out: Path) -> Path:
    """Write the workbook as Excel saves it after a check by the button: a formula in C4, listed with the others."""
    changes = {
        _SHEET: ('<c r="C4" s="57"/>', '<c r="C4" s="57" t="str"><f>HYPERLINK("#\'自评表\'!H6","H6")</f><v>H6</v></c>'),
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/{_CHAIN}" ContentType="{_TYPE}"/></Types>'),
        "xl/_rels/workbook.xml.rels": (
            "</Relationships>",
            f'<Relationship Id="rId99" Type="{_KIND}" Target="calcChain.xml"/></Relationships>',
        ),
    }
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(out, "w") as target:
        for entry in package.infolist():
            data = package.read(entry).decode("utf-8", "surrogateescape")
            old, new = changes.get(entry.filename, ("", ""))
            assert old in data, entry.filename
            target.writestr(entry, data.replace(old, new, 1).encode("utf-8", "surrogateescape") if old else package.read(entry))
        chain = f'<calcChain xmlns="{_SPACE}"><c r="E6" i="2"/><c r="F6"/><c r="C4" i="5"/><c r="D6" i="2"/></calcChain>'
        target.writestr(_CHAIN, chain)
    return out


def test_the_list_of_formulas_follows(tmp_path: Path) -> None:
    source = pressed(workbook(tmp_path / "原.xlsx", "102"), tmp_path / "表.xlsx")
    write_results(source, tmp_path / "结果.xlsx", (), read_workbook(source).answers, datetime(2022, 3, 15))
    with zipfile.ZipFile(tmp_path / "结果.xlsx") as package:
        assert b"HYPERLINK" not in package.read(_SHEET)
        chain = package.read(_CHAIN).decode()
    assert [part.split('"')[1] + part.split('"')[3] for part in chain.split("<c ")[1:]] == ["E62", "F62", "D62"]
