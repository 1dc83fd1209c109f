"""Workbooks to be finished: made by XlsxWriter, and with parts added by hand that XlsxWriter does not write."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"


def rich_workbook(path: Path) -> Path:
    """Write charts, pictures, text boxes, sparklines, rich text, comments, validations and print set-up."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"author": "王小明", "manager": "李局长", "company": "某某咨询公司", "title": "统计表"})
        sheet = book.add_worksheet("统计 (1)")
        bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "#FF0000"})
        sheet.write_column("A1", ["甲", "乙", "丙"])
        sheet.write_column("B1", [3, 5, 7])
        sheet.write_formula("B4", "=SUM(B1:B3)", bold, 15)
        sheet.write_formula("C4", '=IF(B4>10,"多","少")', None, "多")
        sheet.write_rich_string("D1", "合计", bold, "十五", red, "万元")
        sheet.write_comment("B4", "请核对", {"author": "王小明"})
        sheet.add_sparkline("E1", {"range": "'统计 (1)'!$B$1:$B$3"})
        sheet.insert_textbox("F1", "经审核无误")
        sheet.insert_image("F10", "点.png", {"image_data": BytesIO(dot())})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='统计 (1)'!$B$1:$B$3", "categories": "='统计 (1)'!$A$1:$A$3"})
        sheet.insert_chart("H1", chart)
        sheet.conditional_format("B1:B3", {"type": "data_bar", "data_bar_2010": True})
        sheet.data_validation("A1:A3", {"validate": "list", "source": ["甲", "乙", "丙"]})
        sheet.print_area("A1:M40")
        sheet.set_landscape()
        sheet.merge_range("A6:C6", "说明", bold)
    return path


def unclean_workbook(path: Path) -> Path:
    """Write a workbook with everything that a finished one does not carry."""
    plain = path.with_name("plain.xlsx")
    with xlsxwriter.Workbook(str(plain)) as book:
        book.set_properties({"author": "王小明", "company": "某某咨询公司", "manager": "李局长"})
        book.set_custom_property("KSOProductBuildVer", "2052-11.8")
        sheet, conf, secret = (book.add_worksheet(name) for name in ("表", "xlwings.conf", "底稿"))
        conf.write_row("A1", ["PYTHON_WIN", "C:\\evil\\python.exe"])
        secret.write("A1", "不给人看")
        secret.very_hidden()
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_formula("B1", "=_xll.READVALUE(A1)", None, 41)
        sheet.write_formula("B2", "=SUM(A1:A3)", None, 6)
        sheet.write_formula("B3", "=completion(A1,A2)", None, "完成")
        sheet.write_formula("C1", "='[1]往年'!$B$2+1", None, 8)
        sheet.write_formula("C2", "=SUM(A1:A3)*率", None, 3)
        sheet.insert_button("E2", {"macro": "do_it", "caption": "重算"})
        sheet.write_comment("A1", "王小明:\n请核对", {"author": "王小明"})
        book.define_name("往年数", "='[1]往年'!$B$2")
        book.define_name("率", "=表!$A$1")
        book.define_name("旧", "=表!$A$2")
    parts = read_parts(plain)
    _add_unclean_parts(parts)
    write_parts(path, parts)
    return path


def _add_unclean_parts(parts: dict[str, bytes]) -> None:
    """Add hidden names, a link to another file, macros, a ribbon and printer settings."""
    workbook = parts["xl/workbook.xml"]
    workbook = workbook.replace(b'<definedName name="\xe6\x97\xa7"', b'<definedName name="\xe6\x97\xa7" hidden="1"')
    workbook = workbook.replace(b'<definedName name="\xe7\x8e\x87"', b'<definedName name="\xe7\x8e\x87" hidden="1"')
    workbook = workbook.replace(b"<definedNames>", b'<externalReferences><externalReference r:id="rId91"/></externalReferences><definedNames>')
    parts["xl/workbook.xml"] = workbook
    relate(parts, "xl/workbook.xml", "rId91", f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml")
    relate(parts, "xl/workbook.xml", "rId92", f"{MICROSOFT}/vbaProject", "vbaProject.bin")
    relate(parts, "", "rId93", f"{MICROSOFT}/ui/extensibility", "customUI/customUI.xml")
    relate(parts, "xl/worksheets/sheet1.xml", "rId94", f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin")
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(
        b"<pageMargins", b"<pageMargins", 1
    ).replace(b"<legacyDrawing", b'<pageSetup orientation="portrait" r:id="rId94"/><legacyDrawing', 1)
    parts["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"/></externalLink>'.encode()
    )
    relate(
        parts, "xl/externalLinks/externalLink1.xml", "rId1", f"{OFFICE}/externalLinkPath", "file:///D:/往年.xlsx", external=True
    )
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0 not a real project"
    parts["customUI/customUI.xml"] = b'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"/>'
    parts["xl/printerSettings/printerSettings1.bin"] = "\\\\PRINT-01\\HP".encode("utf-16-le")
    types = parts["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    link_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
    override = f'<Override PartName="/xl/externalLinks/externalLink1.xml" ContentType="{link_type}"/></Types>'
    binary = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override'
    types = types.replace(b"<Override", binary, 1)
    parts["[Content_Types].xml"] = types.replace(b"</Types>", override.encode())


def with_wps_pictures(source: Path, path: Path) -> Path:
    """Add a picture in a cell as WPS keeps it: DISPIMG in the sheet, cellimages beside the workbook."""
    parts = read_parts(source)
    sheet = parts["xl/worksheets/sheet1.xml"]
    cell = '<c r="A9" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", f'<row r="9">{cell}</row></sheetData>'.encode())
    parts["xl/cellimages.xml"] = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    relate(parts, "xl/workbook.xml", "rId95", "http://www.wps.cn/officeDocument/2020/cellImage", "cellimages.xml")
    override = b'<Override PartName="/xl/cellimages.xml" ContentType="application/vnd.wps-officedocument.cellimage+xml"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", override)
    write_parts(path, parts)
    return path


def read_parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def write_parts(path: Path, parts: Mapping[str, bytes]) -> None:
    """Write a package."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)


def with_part(source: Path, path: Path, name: str, old: str, new: str) -> Path:
    """Copy a workbook with one text in one part replaced; it must be there."""
    parts = read_parts(source)
    assert old.encode() in parts[name], (name, old)
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    write_parts(path, parts)
    return path


def dot() -> bytes:
    """Return a PNG of one red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00")) + chunk(b"IEND", b"")


def relate(parts: dict[str, bytes], owner: str, key: str, kind: str, target: str, *, external: bool = False) -> None:
    folder, _, name = owner.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    mode = ' TargetMode="External"' if external else ""
    entry = f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    parts[rels] = parts.get(rels, empty).replace(b"</Relationships>", entry.encode())
