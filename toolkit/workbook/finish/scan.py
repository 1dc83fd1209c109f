"""The scan of a finished workbook: nothing is left in it that should not leave the machine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.workbook.finish.behind import behind
from toolkit.workbook.finish.cached import without_result
from toolkit.workbook.finish.controls import ACTIVE, formulas_of
from toolkit.workbook.finish.hidden import CONFIGURATION, hidden_cells, out_of_sight
from toolkit.workbook.finish.people import APP, CORE, CUSTOM, is_ours, is_person
from toolkit.workbook.finish.references import reads_other_files, unknown_calls
from toolkit.workbook.finish.strip import MACHINE, MACROS, OUTSIDE, RIBBON, SAYS
from toolkit.workbook.finish.vml import is_macro_shape, shapes_of
from toolkit.workbook.finish.work import CONTENT_TYPES, Work, local, rels_of
from toolkit.workbook.package import Package
from toolkit.workbook.signs import RECORD_SHEET
from toolkit.workbook.strings import namespace_of

_TRUE = ("1", "true")


@dataclass(frozen=True, slots=True)
class Leftover:
    """Something a finished workbook should not carry.

    Attributes:
        kind: what it is, a Chinese word.
        place: where: a sheet with its cell, or the name of a part.
    """

    kind: str
    place: str

    def __str__(self) -> str:
        """Return it as one Chinese line."""
        return f"{self.kind}：{self.place}"


def hygiene(path: Path) -> list[Leftover]:
    """Return everything in a workbook that a finished one does not carry; an empty list is a clean file.

    Raises:
        Unreadable: it is no workbook, damaged, or not safe to read.
    """
    with Package(path) as package:
        work = Work(package)
        found = [leftover for scan in _SCANS for leftover in scan(work)]
        return list(dict.fromkeys(found))


def _parts(work: Work) -> Iterator[Leftover]:
    """Parts by their relationships, their content types and their names."""
    owners = ["", *(name for name in work.names if not name.endswith(".rels"))]
    for owner in owners:
        for link in work.links(owner):
            word = _word(link.kind)
            if word:
                yield Leftover(word, link.target)
            if not link.external and not work.has(link.target):
                yield Leftover("缺少的内部文件", link.target)
    for name in work.names:
        low = name.lower()
        if "vbaproject" in low:
            yield Leftover(SAYS["vbaProject"], name)
        elif low.startswith("customui/"):
            yield Leftover(SAYS["customUI"], name)
        elif low.startswith(("xl/externallinks/", "xl/activex/", "xl/printersettings/")):
            yield Leftover("外部链接、控件或打印机设置", name)
    for node in work.tree(CONTENT_TYPES):
        if "macroEnabled" in node.get("ContentType", ""):
            yield Leftover("启用宏的文件类型", node.get("PartName", node.get("Extension", "")))
        if local(node) == "Override" and not work.has(node.get("PartName", "").lstrip("/")):
            yield Leftover("缺少的内部文件", node.get("PartName", ""))


def _word(kind: str) -> str:
    if kind in ACTIVE:
        return "ActiveX 控件"
    if kind.startswith("externalLink"):
        return "到其他文件的链接"
    listed = {*MACROS, *RIBBON, *OUTSIDE, *MACHINE} - {"calcChain"}
    return SAYS.get(kind, kind) if kind in listed else ""


def _workbook(work: Work) -> Iterator[Leftover]:
    for name, _, node in work.sheets():
        if out_of_sight(name, node):
            kinds = {CONFIGURATION: "指定运行程序的工作表", RECORD_SHEET: "有操作人姓名的工作表"}
            yield Leftover(kinds.get(name if name == RECORD_SHEET else name.lower(), "隐藏的工作表"), name)
    root = work.tree(work.main)
    space = namespace_of(root)
    for node in root.iterfind(f"{space}definedNames/{space}definedName"):
        if node.get("hidden") in _TRUE:
            yield Leftover("隐藏的名称", node.get("name", ""))
        if reads_other_files(node.text or ""):
            yield Leftover("引用其他文件的名称", node.get("name", ""))
    if any(local(node) == "absPath" for node in root.iter()):
        yield Leftover("保存位置的路径", work.main)
    for node in root.iterfind(f"{space}fileSharing"):
        if node.get("userName"):
            yield Leftover("共享用户名", node.get("userName", ""))


def _sheets(work: Work) -> Iterator[Leftover]:
    for sheet, part, _ in work.sheets():
        root = work.tree(part)
        space = namespace_of(root)
        for cell in root.iter(f"{space}c"):
            formula = cell.find(f"{space}f")
            if formula is None:
                continue
            place, text = f"{sheet}!{cell.get('r')}", formula.text or ""
            if reads_other_files(text):
                yield Leftover("引用其他文件的公式", place)
            if unknown_calls(text):
                yield Leftover("用到宏或加载项函数的公式", place)
            if without_result(cell):
                yield Leftover("没有结果的公式", place)
        for hidden in hidden_cells(sheet, root):
            yield Leftover("隐藏的行或列里的内容", f"{sheet}!{hidden.address}")


def _shapes(work: Work) -> Iterator[Leftover]:
    for sheet, part, _ in work.sheets():
        for link in work.links(part):
            if link.kind == "vmlDrawing" and any(map(is_macro_shape, shapes_of(work.read(link.target)))):
                yield Leftover("运行宏的按钮", sheet)
            elif link.kind == "drawing" and any(node.get("macro") for node in work.tree(link.target).iter()):
                yield Leftover("指定了宏的图形", sheet)
        if any(node.get("macro") for node in work.tree(part).iter()):
            yield Leftover("指定了宏的控件", sheet)
        if any(reads_other_files(formula) for _, formula in formulas_of(work, part)):
            yield Leftover("引用其他文件的控件", sheet)


def _people(work: Work) -> Iterator[Leftover]:
    for link in work.links(""):
        words = {"core-properties": CORE, "extended-properties": APP}.get(link.kind, {})
        if words and work.has(link.target):
            for node in work.tree(link.target):
                if local(node) in words and (node.text or "").strip():
                    yield Leftover(f"文件属性“{words[local(node)]}”", node.text or "")
        elif link.kind == CUSTOM and work.has(link.target):
            yield from (Leftover("自定义文件属性", node.get("name", "")) for node in work.tree(link.target) if not is_ours(node.get("name", "")))
    for name in work.names:
        folder, _, file = name.rpartition("/")
        if file.startswith("comments") and file.endswith(".xml"):
            nodes = [node.text or "" for node in work.tree(name).iter() if local(node) == "author"]
        elif folder.endswith("persons") and name != rels_of(name):
            nodes = [node.get("displayName", "") for node in work.tree(name) if local(node) == "person"]
        else:
            continue
        yield from (Leftover("批注里的人名", author) for author in nodes if is_person(author))


def _behind(work: Work) -> Iterator[Leftover]:
    yield from (Leftover(kind, place) for kind, place in behind(work))


_SCANS = (_parts, _workbook, _sheets, _shapes, _behind, _people)
