"""Files that cannot be read: each gives one Chinese sentence, saying what is wrong and what to do."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.workbook.officer_form import write_form
from toolkit.problem import Unreadable
from toolkit.workbook import package
from toolkit.workbook.read import read_forms

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
SHEET = "xl/worksheets/sheet1.xml"
HTML = "<html><body><table><tr><td>自评表</td></tr></table></body></html>"
XML_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'

NOT_WORKBOOKS = [
    (b"", "是空文件"),
    (OLE, "有打开密码，或是旧版 .xls 格式"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
    (HTML.encode(), "其实是网页（HTML），只是扩展名为 .xlsx"),
    (b"\xef\xbb\xbf\r\n<!DOCTYPE html>" + HTML.encode(), "其实是网页（HTML），只是扩展名为 .xlsx"),
    ("项目名称,得分\n培训,98\n".encode("gbk"), "其实是文本文件（如 CSV），不是 Excel 工作簿"),
    (XML_2003.encode(), "是 XML 表格（2003），不是 .xlsx"),
    (b"%PDF-1.7\n", "其实是 PDF，不是 Excel 工作簿"),
    (b"\x89PNG\r\n\x1a\n\0\0", "不是 Excel 工作簿"),
    (b"PK\x03\x04 cut off", "不完整或已损坏，打不开"),
]


def reason(path: Path) -> str:
    """Read the file, which must fail, and return why; the sentence names the file and ends with a remedy."""
    with pytest.raises(Unreadable) as caught:
        read_forms(path)
    sentence = str(caught.value)
    assert sentence == f"“{path.name}”{caught.value.reason}；{caught.value.remedy}。"
    assert caught.value.remedy.startswith(("请", "文件已损坏，请"))
    return caught.value.reason


@pytest.mark.parametrize(("content", "expected"), NOT_WORKBOOKS)
def test_what_is_no_workbook_is_called_what_it_is(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(content)
    assert reason(path) == expected


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("word/document.xml", "是 Word 文档，不是 Excel 工作簿"),
        ("xl/workbook.bin", "是二进制工作簿（.xlsb）"),
        ("content.xml", "是 OpenDocument 文件（.ods）"),
        ("照片.jpg", "是压缩包，不是 Excel 工作簿"),
    ],
)
def test_other_packages(tmp_path: Path, part: str, expected: str) -> None:
    path = tmp_path / "自评表.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr(part, b"x")
    assert reason(path) == expected


def test_files_that_are_none(tmp_path: Path) -> None:
    assert reason(tmp_path / "没有.xlsx") == "不存在"
    (tmp_path / "夹.xlsx").mkdir()
    assert reason(tmp_path / "夹.xlsx") == "是文件夹，不是文件"
    (tmp_path / "~$自评表.xlsx").write_bytes(b"\0" * 165)
    assert reason(tmp_path / "~$自评表.xlsx") == "是 Excel 打开文件时留下的临时文件"


def rewritten(path: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """Copy the package with its parts changed; a part for which ``change`` gives nothing is left out."""
    out = path.with_name("改动.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return out


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_form(tmp_path / "自评表.xlsx")


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, content: bytes) -> bytes:
        assert name != SHEET or old in content
        return content.replace(old, new, 1) if name == SHEET else content

    return change


def test_a_missing_sheet(book: Path) -> None:
    assert reason(rewritten(book, lambda name, content: None if name == SHEET else content)) == f"缺少内部文件 {SHEET}"


def test_a_cut_off_sheet(book: Path) -> None:
    path = rewritten(book, lambda name, content: content[:900] if name == SHEET else content)
    assert reason(path) == f"的内部文件 {SHEET} 已损坏"


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet',
        b'<!DOCTYPE worksheet SYSTEM "file:///etc/passwd"><worksheet',
    ],
)
def test_entities_are_refused(book: Path, declared: bytes) -> None:
    path = rewritten(book, in_sheet(b"<worksheet", declared))
    assert reason(path) == f"的内部文件 {SHEET} 含有文档类型声明，可能有害，没有读取"


def test_entities_are_refused_in_any_encoding(book: Path) -> None:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE worksheet [<!ENTITY a "a">]><worksheet/>'.encode("utf-16")
    path = rewritten(book, lambda name, content: text if name == SHEET else content)
    assert reason(path) == f"的内部文件 {SHEET} 含有文档类型声明，可能有害，没有读取"


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [(b'r="B3"', b'r="XFE3"', "XFE"), (b'<row r="3"', b'<row r="1048577"', "1048577"), (b'r="A3"', b'r="A-3"', "A-")],
)
def test_cells_beyond_the_grid(book: Path, old: bytes, new: bytes, shown: str) -> None:
    path = rewritten(book, in_sheet(old, new))
    assert reason(path) == f"已损坏：工作表“自评表”的单元格引用“{shown}”超出表格范围"


def test_a_bomb_is_not_unpacked(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = rewritten(book, lambda name, content: content + b" " * 200_000 if name == SHEET else content)
    monkeypatch.setattr(package, "MOST_BYTES_OF_A_PART", 200_000)
    assert reason(path) == "解开后过大，没有读取"


def test_too_many_parts(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PARTS", 5)
    assert "太多，没有读取" in reason(book)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_of_one_name(book: Path) -> None:
    with zipfile.ZipFile(book, "a") as target:
        target.writestr("XL/worksheets/sheet1.xml", b"<worksheet/>")
    assert reason(book) == "内部有重名的文件，没有读取"


def test_a_workbook_without_a_form(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.create_sheet("台账").append(["项目", "金额"])
    workbook.save(tmp_path / "台账.xlsx")
    assert reason(tmp_path / "台账.xlsx").startswith("里没有找到自评表")


def test_a_strict_workbook_is_read(book: Path) -> None:
    def strict(name: str, content: bytes) -> bytes:
        for usual, other in (
            (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
            (
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            content = content.replace(usual, other)
        return content

    assert read_forms(rewritten(book, strict)) == read_forms(book)


def test_a_workbook_whose_parts_have_other_names_is_read(book: Path) -> None:
    out = book.with_name("改名.xlsx")
    with zipfile.ZipFile(book) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name in ("_rels/.rels", "[Content_Types].xml"):
                content = content.replace(b"xl/workbook.xml", b"xl/workbook2.xml")
            target.writestr(name.replace("workbook.xml", "workbook2.xml"), content)
    assert read_forms(out) == read_forms(book)
