"""The built add-in and the workbooks with buttons: the same as their sources, and fit to be opened."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from lxml import etree

from tests.addin.files import MACROS, parts, procedures
from tests.addin.strict import read_project
from toolkit.addin.build import ADDIN, IN_ADDIN, build
from toolkit.addin.call import ACTIONS, macro_of
from toolkit.addin.carried import CARRIED, ON_SHEETS, addin_file, sheet_modules
from toolkit.cli.main import main
from toolkit.core.scheme import load_schemes

CUSTOM_UI = {
    "customUI.xml": "http://schemas.microsoft.com/office/2006/01/customui",
    "customUI14.xml": "http://schemas.microsoft.com/office/2009/07/customui",
}
RELATIONSHIPS = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}
IN_ORDER_OF_THE_MANUAL = {
    "重算并检查": "重新计算并逐项核对",
    "采纳测算得分": "用测算得分填入“得分”",
    "生成自评报告": "按本表和“报告要素”生成报告",
    "送审单": "生成一页领导审阅单",
    "导出定稿": "生成报送文件夹",
    "系统录入表": "按录入顺序排好全部数据",
    "汇总": "把一个文件夹的自评表汇成一册",
    "比较两稿": "列出两稿之间的改动",
    "撤销上次操作": "撤销本工具最近一次操作",
}


def test_what_is_built_again_is_what_is_committed(tmp_path: Path) -> None:
    for path in (*MACROS.glob("*.bas"), *MACROS.glob("*.xml")):
        shutil.copy(path, tmp_path)
    build(tmp_path, tmp_path / "built")
    assert (tmp_path / ADDIN).read_bytes() == (MACROS / ADDIN).read_bytes(), "run make build"
    built = {path.name: path.read_bytes() for path in (tmp_path / "built").iterdir()}
    assert built == {path.name: path.read_bytes() for path in CARRIED.iterdir()}, "run make build"
    assert addin_file().read_bytes() == (MACROS / ADDIN).read_bytes()


def test_windows_line_ends_in_the_sources_change_nothing(tmp_path: Path) -> None:
    for path in (*MACROS.glob("*.bas"), *MACROS.glob("*.xml")):
        (tmp_path / path.name).write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    build(tmp_path, tmp_path / "built")
    assert (tmp_path / ADDIN).read_bytes() == (MACROS / ADDIN).read_bytes()


def test_the_package_says_that_it_is_an_addin() -> None:
    package = parts(MACROS / ADDIN)
    types = etree.fromstring(package["[Content_Types].xml"])
    kinds = {each.get("PartName"): each.get("ContentType") for each in types if each.get("PartName")}
    assert kinds["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    defaults = {each.get("Extension"): each.get("ContentType") for each in types if each.get("Extension")}
    assert defaults["bin"] == "application/vnd.ms-office.vbaProject"
    links = {each.get("Target"): each.get("Type") for each in etree.fromstring(package["_rels/.rels"])}
    assert {target: links[target] for target in RELATIONSHIPS} == RELATIONSHIPS
    # Every part has a type, by its name or its ending, and every relationship leads to a part.
    assert [name for name in package if f"/{name}" not in kinds and name.rpartition(".")[2] not in defaults] == []
    assert set(links) <= set(package)


def test_code_names_lead_from_the_workbook_to_the_project() -> None:
    package = parts(MACROS / ADDIN)
    documents = [name for name, document in read_project(package["xl/vbaProject.bin"]).documents.items() if document]
    assert code_names(package) == documents == ["ThisWorkbook", "Sheet1"]


def code_names(package: dict[str, bytes]) -> list[str]:
    """Return the code names of the workbook and of its sheets in order."""
    found = [re.search(rb'<workbookPr[^>]* codeName="(\w+)"', package["xl/workbook.xml"])]
    sheets = sorted((name for name in package if name.startswith("xl/worksheets/sheet")), key=lambda name: (len(name), name))
    found += [re.search(rb'<sheetPr[^>]* codeName="(\w+)"', package[name]) for name in sheets]
    return [each[1].decode() if each else "" for each in found]


@pytest.mark.parametrize("name", CUSTOM_UI)
def test_every_button_calls_a_macro_that_takes_it(name: str) -> None:
    root = etree.fromstring((MACROS / name).read_bytes())
    assert root.tag == f"{{{CUSTOM_UI[name]}}}customUI"
    sources = {module: procedures((MACROS / f"{module}.bas").read_text(encoding="ascii")) for module in IN_ADDIN}
    attributes = [(str(key), str(value)) for node in root.iter() for key, value in node.attrib.items()]
    callbacks = {value for key, value in attributes if key.startswith(("on", "get", "load"))}
    signatures = {each: sources[each.split(".")[0]].get(each.split(".")[1]) for each in callbacks}
    assert signatures == {"SelfevalRibbon.OnPressed": "control As IRibbonControl"}
    buttons = list(root.iter(f"{{{CUSTOM_UI[name]}}}button"))
    assert all(each.get("onAction") == "SelfevalRibbon.OnPressed" for each in buttons)
    assert {str(each.get("tag")): str(each.get("label")) for each in buttons} == dict(ACTIONS)


@pytest.mark.parametrize("name", CUSTOM_UI)
def test_the_ribbon_says_what_officers_are_promised(name: str) -> None:
    root = etree.fromstring((MACROS / name).read_bytes())
    assert [tab.get("label") for tab in root.iter("{*}tab")] == ["绩效自评"]
    buttons = list(root.iter("{*}button"))
    tips = {str(each.get("label")): str(each.get("screentip")) for each in buttons}
    assert {label: tips[label] for label in IN_ORDER_OF_THE_MANUAL} == IN_ORDER_OF_THE_MANUAL
    identifiers = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(identifiers)) == len(identifiers)
    for each in buttons:
        assert each.get("imageMso") and len(str(each.get("screentip"))) < 1024 and str(each.get("supertip")).endswith("。")


def test_both_ribbons_differ_in_their_namespace_only() -> None:
    older, newer = ((MACROS / name).read_text(encoding="utf-8") for name in CUSTOM_UI)
    assert older.replace(CUSTOM_UI["customUI.xml"], CUSTOM_UI["customUI14.xml"]) == newer


def test_every_action_has_its_macro_for_a_button_on_a_sheet() -> None:
    source = (MACROS / "SelfevalButtons.bas").read_text(encoding="ascii")
    called = re.findall(r'^Public Sub (\w+)\(\)\n    StartAction "([a-z-]+)"\nEnd Sub$', source, re.MULTILINE)
    assert called == [(macro_of(action), action) for action in ACTIONS]


@pytest.mark.parametrize("scheme", load_schemes())
def test_a_new_workbook_with_buttons(scheme: str, tmp_path: Path) -> None:
    plain, target = tmp_path / "表.xlsx", tmp_path / "2024年 河源-社保局(终稿) v3.xlsm"
    assert main(["new", "--scheme", scheme, "-o", str(plain)]) == 0
    assert main(["new", "--scheme", scheme, "-o", str(target)]) == 0
    package = parts(target)
    project = read_project(package["xl/vbaProject.bin"])
    assert code_names(package) == [name for name, document in project.documents.items() if document]
    modules = {each.name: each.source for each in sheet_modules()}
    assert set(modules) == set(ON_SHEETS)
    assert {name: project.sources[name] for name in modules} == modules
    pressed = re.findall(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", package["xl/drawings/vmlDrawing1.vml"].decode())
    assert pressed == list(procedures(project.sources["SelfevalButtons"])) == [macro_of(action) for action in ACTIONS]
    # Beside macros and buttons it is the plain workbook: not one cell differs but the marks that ask the functions.
    cells = re.compile(rb"<sheetData.*</sheetData>", re.DOTALL)
    asking = re.compile('<f>IF\\(([^<]*)&lt;&gt;"",手工标记,IF\\(OR\\([^<]*SelfevalTold[^<]*</f>'.encode())
    for name, data in parts(plain).items():
        if name.startswith("xl/worksheets/sheet"):
            assert cells.findall(asking.sub(rb"<f>\1</f>", package[name])) == cells.findall(data)


def test_the_page_about_macros_lists_the_buttons_as_they_are() -> None:
    root = etree.fromstring((MACROS / "customUI.xml").read_bytes())
    rows = [f"| {each.get('label')} | `{each.get('tag')}` | {each.get('screentip')} |" for each in root.iter("{*}button")]
    page = (MACROS / "README.md").read_text(encoding="utf-8")
    assert page.endswith("\n".join(["|---|---|---|", *rows, ""]))
    assert {*re.findall(r"`(\w+)\.bas`", page)} == {path.stem for path in MACROS.glob("*.bas")}
