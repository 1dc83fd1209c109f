"""Whatever Excel and WPS put behind a sheet: gone from the finished file, told to the officer, and nothing else changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.office.bench import Office, pdf_text
from tests.workbook.finish.bench import read_parts
from tests.workbook.finish.kinds import KINDS, with_kind
from tests.workbook.finish.parts import PERSON, SECRET
from toolkit.workbook.finish import finish_workbook, hygiene

PEOPLE = {"docProps/core.xml", "docProps/app.xml", "xl/comments1.xml"}
"""Parts of every one of these workbooks that hold names of people."""
NAMED = (
    "文件属性“作者”已清空：王小明",
    "文件属性“最后保存者”已清空：王小明",
    "文件属性“经理”已清空：李局长",
    "文件属性“单位（公司）”已清空：某某咨询公司",
    "批注里的人名已改为“作者”：王小明",
)
HIDDEN = "隐藏的工作表“底稿”已去掉"
PIVOT = "工作表“统计 (1)”的 1 个数据透视表已改为数值：它的数据不在可见的工作表里"
TOLD: dict[str, tuple[str, ...]] = {
    "threaded_comments": (),
    "active_x": ("工作表“统计 (1)”的 1 个 ActiveX 控件已去掉",),
    "pivot_table": (HIDDEN, PIVOT),
    "slicer": (HIDDEN, PIVOT, "随数据透视表去掉了 1 个切片器"),
    "timeline": (HIDDEN, PIVOT, "随数据透视表去掉了 1 个日程表"),
    "form_controls": (),
    "controls_of_hidden_sheet": ("工作表“统计 (1)”的 1 个窗体控件取自隐藏的工作表，已去掉，已填的内容不变", HIDDEN),
    "controls_of_another_file": ("工作表“统计 (1)”的 3 个窗体控件引用其他文件，已去掉，已填的内容不变",),
    "controls_of_hidden_name": ("隐藏的名称“可选”有公式在用，已改为可见",),
    "connections": ("外部数据连接已去掉", "外部数据查询已去掉"),
    "power_query": ("附带的自定义 XML（含 Power Query 查询）已去掉",),
    "embedded_object": (
        "工作表“统计 (1)”嵌入的 1 个对象（Word.Document.8）已去掉：里面是整份文件，需要报送的请另作附件",
    ),
    "signed_macros": ("宏（VBA）已去掉", "宏的签名已去掉"),
    "signed_package": ("数字签名已去掉：文件改动后签名不再有效，需要的请在报送前重新签",),
    "list_from_hidden_sheet": (
        "工作表“统计 (1)”C9 的下拉选项或输入限制取自隐藏的工作表“底稿”，已去掉，已填的内容不变",
        HIDDEN,
    ),
    "chart_of_another_file": ("到其他文件的链接 1 个已去掉", "图表引用的其他文件已去掉，图中的数保留"),
    "embedded_chart_data": ("图表里嵌入的工作簿已去掉，图中的数保留",),
    "properties": (),
    "printer_settings": ("打印机设置（含打印机名称和路径）已去掉",),
    "data_model": ("数据模型（Power Pivot）已去掉",),
    "hidden_name": ("隐藏的名称“旧数”已去掉", "隐藏的名称“率”有公式在用，已改为可见"),
}
PROPERTIES = (
    "文件属性“备注”已清空：王小明备注",
    "文件属性“标记”已清空：王小明关键词",
    "文件属性“类别”已清空：王小明类别",
    "自定义文件属性已去掉：保管人",
)
CONTROL = {"xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml", "xl/drawings/vmlDrawing1.vml"}
CHANGED: dict[str, set[str]] = {
    "threaded_comments": {"xl/persons/person.xml"},
    "active_x": {"xl/worksheets/sheet1.xml"},
    "pivot_table": {"xl/workbook.xml"},
    "slicer": {"xl/workbook.xml", "xl/worksheets/sheet1.xml"},
    "timeline": {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml"},
    "form_controls": set(),
    "controls_of_hidden_sheet": {"xl/workbook.xml", *CONTROL},
    "controls_of_another_file": CONTROL,
    "controls_of_hidden_name": {"xl/workbook.xml"},
    "embedded_object": {"xl/worksheets/sheet1.xml"},
    "list_from_hidden_sheet": {"xl/workbook.xml", "xl/worksheets/sheet1.xml"},
    "chart_of_another_file": {"xl/workbook.xml", "xl/charts/chart1.xml"},
    "embedded_chart_data": {"xl/charts/chart1.xml"},
    "properties": {"docProps/custom.xml"},
    "data_model": set(),
    "hidden_name": {"xl/workbook.xml"},
}


LOST = ("controls_of_hidden_sheet", "controls_of_another_file")
"""Kinds that show one thing less afterwards."""


def test_every_kind_is_expected_somewhere() -> None:
    assert set(TOLD) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_what_lies_behind_a_sheet_is_taken_out_and_told(kind: str, tmp_path: Path) -> None:
    source, out = with_kind(tmp_path / "a.xlsx", kind), tmp_path / "b.xlsx"
    done = finish_workbook(source, out, [])
    extra = PROPERTIES if kind == "properties" else ()
    assert sorted(done.removals) == sorted((*TOLD[kind], *extra, *NAMED))
    assert hygiene(out) == []
    held = b"".join(read_parts(out).values())
    words = [word.encode(code) for word in (SECRET, PERSON) for code in ("utf-8", "utf-16-le")]
    assert [word for word in words if word in held] == []


@pytest.mark.parametrize("kind", KINDS)
def test_all_other_parts_are_the_same_byte_for_byte(kind: str, tmp_path: Path) -> None:
    source, out = with_kind(tmp_path / "a.xlsx", kind), tmp_path / "b.xlsx"
    finish_workbook(source, out, [])
    before, after = read_parts(source), read_parts(out)
    changed = {name for name in after if after[name] != before.get(name)}
    lists = {name for name in changed if name.endswith(".rels") or name == "[Content_Types].xml"}
    assert changed - lists - PEOPLE == CHANGED.get(kind, set())


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("threaded_comments", "hidden_name", "form_controls")])
def test_the_scan_finds_it_before(kind: str, tmp_path: Path) -> None:
    source = with_kind(tmp_path / "a.xlsx", kind)
    plain = {str(found) for found in hygiene(tmp_path / "plain.xlsx")}
    assert {str(found) for found in hygiene(source)} - plain


def test_every_kind_prints_the_same_text_before_and_after(tmp_path: Path, office: Office) -> None:
    differing = []
    # LibreOffice draws pivot tables anew from their caches: it prints no cells that could be compared.
    for kind in [kind for kind in KINDS if kind not in ("pivot_table", "slicer", "timeline", *LOST)]:
        source, out = with_kind(tmp_path / f"{kind}.xlsx", kind), tmp_path / f"{kind}_out.xlsx"
        finish_workbook(source, out, [])
        texts = [pdf_text(office.to_pdf(path, path.with_suffix(".pdf"))) for path in (source, out)]
        if texts[0] != texts[1]:
            differing.append(kind)
    assert differing == []
