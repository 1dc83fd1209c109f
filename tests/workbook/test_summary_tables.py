"""Tables as sheets: what goes in comes out of openpyxl as it was, and nothing is left out in silence."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from toolkit.collect.table import Column, Kind, Link, Row, Table, Value
from toolkit.workbook.summary import assemble, cells

_KINDS = (Kind.TEXT, Kind.LONG, Kind.COUNT, Kind.MONEY, Kind.RATE, Kind.SCORE, Kind.POINTS, Kind.OWN)
_COLUMNS = tuple(Column(f"列{place}", 10, kind) for place, kind in enumerate(_KINDS))


def written(path: Path, rows: Sequence[Row], columns: tuple[Column, ...] = _COLUMNS) -> Any:
    """Write one table beside an empty one and open it."""
    assemble.write_tables(path, "题名", [Table("表", columns, rows, ("说明",)), Table("空", columns, ())])
    return openpyxl.load_workbook(path)


@pytest.mark.parametrize(
    ("value", "read"),
    [
        *((text, text) for text in ("甲", "=1+1", "007", "<b>&amp;\"'", " 前后 ", "一\n二", "x" * 32_767, "𠮷")),
        ("", None),
        (None, None),
        ("a\x07b", "a_x0007_b"),
        ("_x0041_", "_x005F_x0041_"),
        ("x" * 40_000, "x" * 32_767),
        ("半\ud800个", "半�个"),
        (3, 3),
        (Decimal("0.10"), 0.1),
        (Decimal("12345678901234.56"), 12345678901234.56),
    ],
)
def test_a_value_comes_back(tmp_path: Path, value: Value, read: object) -> None:
    sheet = written(tmp_path / "t.xlsx", [(value, *[None] * 7)])["表"]
    found = sheet["A4"].value
    # openpyxl leaves the escapes of control characters as the file has them.
    assert found == read


def test_every_kind_has_its_look_and_the_sheet_its_frame(tmp_path: Path) -> None:
    book = written(tmp_path / "t.xlsx", [("甲", "乙", 1, 2, Decimal("0.5"), 3, "无", "")] * 3)
    sheet = book["表"]
    formats = [cell.number_format for cell in sheet[4]]
    assert formats == ["@", "@", "0", "#,##0.00", "0.00%", "0.00", "0.00", "General"]
    assert [cell.protection.locked for cell in sheet[4]] == [True] * 7 + [False]
    assert (sheet.auto_filter.ref, sheet.freeze_panes, sheet.print_title_rows) == ("A3:H6", "A4", "$3:$3")
    assert sheet.print_area.replace("'", "") == "表!$A$1:$H$6"
    assert (book["空"]["A3"].value, book["空"].auto_filter.ref) == ("没有。", None)
    assert not [name for name in zipfile.ZipFile(tmp_path / "t.xlsx").namelist() if "_rels/sheet" in name]


def test_looks_are_found_whatever_the_workbook_calls_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [("甲", Link("乙", "乙.xlsx", "表", "B2"), 1, 2, Decimal("0.5"), 3, ' s="4"', "")]
    written(tmp_path / "usual.xlsx", rows)
    others = {look: number + 3 for look, number in cells.STYLE.items()}
    for module in (cells, assemble):
        monkeypatch.setattr(module, "STYLE", others)
    monkeypatch.setattr(assemble, "FIRST_LOOK", cells.FIRST_LOOK + 3)
    written(tmp_path / "other.xlsx", rows)
    assert (tmp_path / "other.xlsx").read_bytes() == (tmp_path / "usual.xlsx").read_bytes()


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("收到/甲.xlsx", "收到\\甲.xlsx"),
        ("./a b#1%.xlsx", "a%20b%231%25.xlsx"),
        ("../上/甲.xlsx", "..\\上\\甲.xlsx"),
        ("D:/收到/甲.xlsx", "file:///D:\\收到\\甲.xlsx"),
        ("//服务器/共享/甲.xlsx", "file:///\\\\服务器\\共享\\甲.xlsx"),
    ],
)
def test_links_lead_where_excel_leads_them(tmp_path: Path, file: str, target: str) -> None:
    rows: list[Row] = [("甲", Link("去", file, "李's 表", "B2"), *[None] * 6), ("乙", Link("去", file), *[None] * 6)]
    sheet = written(tmp_path / "t.xlsx", rows)["表"]
    first, second = sheet["B4"].hyperlink, sheet["B5"].hyperlink
    assert (first.target, first.location) == (target, "'李''s 表'!B2")
    assert (second.target, second.location) == (target, None)


def test_links_beyond_what_a_sheet_may_have_stay_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "_MOST_LINKS", 2)
    sheet = written(tmp_path / "t.xlsx", [("甲", Link(f"第{n}", f"{n}.xlsx"), *[None] * 6) for n in range(4)])["表"]
    column = [sheet.cell(row, 2) for row in range(4, 8)]
    assert [cell.value for cell in column] == ["第0", "第1", "第2", "第3"]
    assert [cell.hyperlink is None for cell in column] == [False, False, True, True]
    assert [cell.font.underline for cell in column] == ["single", "single", None, None]


def test_rows_that_do_not_fit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assemble, "_MOST_ROWS", 5)
    sheet = written(tmp_path / "t.xlsx", [(f"第{n}", *[None] * 7) for n in range(5)])["表"]
    told = "一张工作表放不下，后面还有 3 份内容没有列出；全部内容请用 --format csv 导出。"
    assert [sheet.cell(row, 1).value for row in range(4, 8)] == ["第0", "第1", told, None]


def test_rows_are_as_high_as_their_texts(tmp_path: Path) -> None:
    sheet = written(tmp_path / "t.xlsx", [("甲" * 40, *[None] * 7), ("甲", *[None] * 7), ("甲\n" * 90, *[None] * 7)])["表"]
    # 40 × 2 in 7 of 10 characters a line: 12 lines.
    assert [sheet.row_dimensions[row].height for row in (4, 5, 6)] == [12 * 14.5 + 6, 20.5, 400]


def test_what_goes_wrong_while_rows_are_made_is_what_is_raised(tmp_path: Path) -> None:
    def failing() -> Iterator[Row]:
        yield from [("甲" * 500, *[None] * 7)] * 20_000
        raise LookupError("第 20001 行")

    many = [("乙" * 500, *[None] * 7)] * 20_000
    with pytest.raises(LookupError, match="20001"):
        assemble.write_tables(tmp_path / "t.xlsx", "题名", [Table("前", _COLUMNS, many), Table("后", _COLUMNS, failing())])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="没有写不进东西的设备 /dev/full")
def test_a_full_disk_is_what_is_raised() -> None:
    many = [(f"{n}" * 500, *[None] * 7) for n in range(20_000)]
    with pytest.raises(OSError, match="No space left"):
        assemble.write_tables(Path("/dev/full"), "题名", [Table("前", _COLUMNS, many), Table("后", _COLUMNS, many)])


_FILLED_UP = """
import random, resource, signal, sys
from pathlib import Path
from toolkit.collect.table import Column, Kind, Table
from toolkit.problem import Unwritable
from toolkit.workbook.save import write_atomically
from toolkit.workbook.summary.assemble import write_tables
draw = random.Random(1)
rows = [(f"{draw.getrandbits(3200):x}", "") for _ in range(4500)]
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
try:
    write_atomically(Path("汇总.xlsx"), lambda path: write_tables(path, "题名", [Table("表", (Column("列", 10, Kind.LONG),) * 2, rows)]))
except Unwritable as error:
    sys.exit(0 if not list(Path().iterdir()) else "left behind")
sys.exit("written")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="限制文件大小的办法只有 Linux 有")
@pytest.mark.parametrize("most", [200_000, 900_000, 1_200_000, 1_500_000, 1_700_000])
def test_a_disk_that_fills_up_is_told_wherever_it_does(tmp_path: Path, most: int) -> None:
    done = subprocess.run([sys.executable, "-c", _FILLED_UP, str(most)], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
