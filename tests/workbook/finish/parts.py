"""Putting parts into a workbook by hand."""

from __future__ import annotations

from tests.workbook.finish.bench import MAIN, OFFICE, relate

Parts = dict[str, bytes]
SHEET, WORKBOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
SECRET = "不给人看的底稿"
PERSON = "王小明"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def add(parts: Parts, name: str, text: str | bytes, content_type: str = "") -> None:
    """Add a part with its content type."""
    parts[name] = text if isinstance(text, bytes) else (_HEAD + text).encode()
    if content_type:
        override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override.encode())


def put(parts: Parts, name: str, before: str, text: str) -> None:
    """Put text into a part in front of what must be there."""
    old = before.encode()
    assert old in parts[name], (name, before)
    parts[name] = parts[name].replace(old, text.encode() + old, 1)


def hidden_sheet(parts: Parts, state: str = "veryHidden") -> None:
    """Add a sheet that is out of sight, with a value in it."""
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{SECRET}</t></is></c></row>'
    add(
        parts,
        "xl/worksheets/sheet9.xml",
        f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>',
        f"{SPREADSHEET}.worksheet+xml",
    )
    relate(parts, WORKBOOK, "rId901", f"{OFFICE}/worksheet", "worksheets/sheet9.xml")
    put(parts, WORKBOOK, "</sheets>", f'<sheet name="底稿" sheetId="9" state="{state}" r:id="rId901"/>')


def defined_name(parts: Parts, name: str, text: str, attributes: str = "") -> None:
    """Define a name; the workbook has some already."""
    put(parts, WORKBOOK, "</definedNames>", f'<definedName name="{name}"{attributes}>{text}</definedName>')
