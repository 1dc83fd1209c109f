"""What a finished workbook does not carry: macros, buttons, links to other files, settings of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from toolkit.problem import Unreadable
from toolkit.workbook.finish.controls import ACTIVE, take_controls, take_frames, take_out, take_reading
from toolkit.workbook.finish.cut import expand_shared
from toolkit.workbook.finish.references import called, reads_other_files, unknown_calls
from toolkit.workbook.finish.vml import change_shapes, number_of, only_runs_macros, without_macro
from toolkit.workbook.finish.work import Link, Work, local, outside_cells, relation, unset
from toolkit.workbook.strings import namespace_of

MACROS = ("vbaProject", "vbaProjectSignature", "xlMacrosheet", "xlIntlMacrosheet", "wordVbaData", "attachedToolbars")
RIBBON = ("extensibility", "ui", "customUI")
OUTSIDE = (
    *("externalLink", "externalLinkPath", "connections", "queryTable", "volatileDependencies"),
    *("webExtensionTaskpanes", "taskpanes"),
)
MACHINE = ("printerSettings", "customProperty", "customXml", "thumbnail", "revisionHeaders", "usernames", "calcChain")
SAYS = {
    "vbaProject": "宏（VBA）",
    "vbaProjectSignature": "宏的签名",
    "xlMacrosheet": "宏表",
    "xlIntlMacrosheet": "宏表",
    "wordVbaData": "宏（VBA）",
    "attachedToolbars": "自带的工具栏",
    "extensibility": "自定义功能区",
    "ui": "自定义功能区",
    "customUI": "自定义功能区",
    "connections": "外部数据连接",
    "queryTable": "外部数据查询",
    "volatileDependencies": "实时数据的来源（RTD）",
    "webExtensionTaskpanes": "加载项窗格",
    "taskpanes": "加载项窗格",
    "printerSettings": "打印机设置（含打印机名称和路径）",
    "customProperty": "加载项存在工作表里的数据",
    "customXml": "附带的自定义 XML（含 Power Query 查询）",
    "thumbnail": "文件缩略图",
    "revisionHeaders": "共享工作簿的修订记录",
    "usernames": "共享工作簿的用户名单",
}
_DIGIT = re.compile(r"\d")


def strip(work: Work) -> Iterator[str]:
    """Take out everything a finished workbook does not carry, and say so line by line."""
    yield from _freeze(work)
    yield from _buttons(work)
    yield from _linked_parts(work)
    yield from _other_files(work)
    yield from _machine_marks(work)
    work.name_part()


def _freeze(work: Work) -> Iterator[str]:
    """Turn formulas that need a macro, an add-in or another file into their values."""
    for sheet, part, _ in list(work.sheets()):
        if not _suspicious(work, part):
            continue
        root = work.tree(part)
        space = namespace_of(root)
        told: dict[str, list[str]] = {}
        doomed = []
        for cell in root.iter(f"{space}c"):
            formula = cell.find(f"{space}f")
            if formula is not None and formula.text and (why := _needs(formula.text)):
                doomed.append(cell)
                told.setdefault(why, []).append(cell.get("r", ""))
        if doomed:
            _to_values(work, sheet, part, doomed)
            for why, cells in told.items():
                yield f"工作表“{sheet}”{_listed(cells)} 的公式{why}，已改为数值"


def _suspicious(work: Work, part: str) -> bool:
    """Tell whether a sheet may hold such a formula: a word before a bracket that is no function, or a square bracket."""
    text = work.rows(part)
    if text is None:
        return True
    formulas = "\n".join(text.formulas)
    names = set(called(formulas))
    # Of formulas that differ by the row alone one is looked at: a name with a digit may be another one in another row.
    return "[" in formulas or any(_DIGIT.search(name) or unknown_calls(f"{name}(") for name in names)


def _needs(formula: str) -> str:
    if reads_other_files(formula):
        return "引用了其他文件"
    calls = unknown_calls(formula)
    return f"用到宏或加载项的函数（{calls[0]}）" if calls else ""


def _to_values(work: Work, sheet: str, part: str, cells: list[etree._Element]) -> None:
    root = work.tree(part)
    space = namespace_of(root)
    expand_shared(root)
    for cell in cells:
        formula, value = cell.find(f"{space}f"), cell.find(f"{space}v")
        if formula is None:
            continue
        if value is None and cell.get("t") != "str":
            raise Unreadable(
                work.package.path,
                f"的工作表“{sheet}”{cell.get('r')} 的公式要用宏或其他文件，而文件里没有存它的结果",
                "请在能算出它的电脑上打开、重新计算并保存，或把它改成数值后再试",
            )
        cell.remove(formula)
        unset(cell, "cm")
        if cell.get("t") == "str" and (value is None or not value.text):
            cell.attrib.pop("t")
            for child in list(cell):
                cell.remove(child)
    work.touch(part)


def _listed(cells: list[str]) -> str:
    return "、".join(cells[:5]) + (f" 等 {len(cells)} 处" if len(cells) > 5 else "")


def _buttons(work: Work) -> Iterator[str]:
    for sheet, part, _ in list(work.sheets()):
        gone: set[str] = set()
        for link in work.links(part):
            if link.kind == "vmlDrawing" and work.has(link.target):
                gone |= _strip_vml(work, part, link)
        active = sum(link.kind in ACTIVE for link in work.links(part))
        text = work.rows(part)
        if gone or active or b"control" in (work.read(part) if text is None else text.around[1]):
            gone |= take_controls(work, part, gone)
        for link in work.links(part):
            if link.kind == "drawing" and work.has(link.target):
                yield from _strip_drawing(work, sheet, part, link, gone)
        if active:
            yield f"工作表“{sheet}”的 {active} 个 ActiveX 控件已去掉"
        if len(gone) > active:
            yield f"工作表“{sheet}”的 {len(gone) - active} 个运行宏的按钮已去掉"


def _strip_vml(work: Work, part: str, link: Link) -> set[str]:
    """Take out buttons, and return their numbers."""
    gone: set[str] = set()

    def judged(shape: bytes) -> bytes:
        if not only_runs_macros(shape):
            return without_macro(shape)
        gone.add(number_of(shape) or str(len(gone)))
        return b""

    change_shapes(work, part, link, judged)
    return gone


def _strip_drawing(work: Work, sheet: str, part: str, link: Link, gone: set[str]) -> Iterator[str]:
    take_frames(work, part, link, gone)
    if not work.has(link.target):
        return
    macros = [node for node in work.tree(link.target).iter() if node.get("macro")]
    for node in macros:
        node.set("macro", "")
        work.touch(link.target)
    if macros:
        yield f"工作表“{sheet}”的 {len(macros)} 个图形不再指定宏，图形保留"


def _linked_parts(work: Work) -> Iterator[str]:
    told: dict[str, None] = {}
    wanted = {*MACROS, *RIBBON, *OUTSIDE, *MACHINE} - {"calcChain", "externalLink", "externalLinkPath"}
    owners = ["", work.main, *(part for _, part, _ in work.sheets())]
    for owner in owners:
        keys = [link for link in work.links(owner) if link.kind in wanted]
        if not keys:
            continue
        for link in keys:
            below = (each.kind for each in work.links(link.target) if not link.external)
            told |= {SAYS.get(kind, kind): None for kind in (link.kind, *below) if kind in wanted}
        named = {link.key for link in keys}
        if owner and owner != work.main:
            _forget(work, owner, named)
        work.unlink(owner, *named)
    yield from (f"{name}已去掉" for name in told)


def _forget(work: Work, part: str, keys: set[str]) -> None:
    """Remove the attributes by which a sheet names relationships that go."""
    root = work.tree(part)
    for node in list(outside_cells(root)):
        for name in [name for name, value in node.attrib.items() if str(name).endswith("}id") and value in keys]:
            node.attrib.pop(name)
            work.touch(part)
            if local(node) == "customPr":
                remove_rule(node)


def _other_files(work: Work) -> Iterator[str]:
    keys = [link.key for link in work.links(work.main) if link.kind.startswith("externalLink")]
    root = work.tree(work.main)
    space = namespace_of(root)
    for node in root.findall(f"{space}externalReferences"):
        root.remove(node)
        work.touch(work.main)
    if keys:
        work.unlink(work.main, *keys)
        yield f"到其他文件的链接 {len(keys)} 个已去掉"
    for node in list(root.iterfind(f"{space}definedNames/{space}definedName")):
        if node.text and reads_other_files(node.text) and (parent := node.getparent()) is not None:
            parent.remove(node)
            work.touch(work.main)
            yield f"名称“{node.get('name')}”引用其他文件，已去掉"
    yield from _rules(work)
    yield from _charts(work)


def _rules(work: Work) -> Iterator[str]:
    """Leave out controls, validations and conditional formats that read another file: they show nothing without it."""
    for sheet, part, _ in list(work.sheets()):
        if count := take_reading(work, part, reads_other_files):
            yield f"工作表“{sheet}”的 {count} 个窗体控件引用其他文件，已去掉，已填的内容不变"
        if b"[" not in work.read(part):
            continue
        for node in list(outside_cells(work.tree(part), "dataValidation", "cfRule")):
            texts = [child.text or "" for child in node.iter() if local(child) in ("formula1", "formula2", "formula", "f")]
            if any(map(reads_other_files, texts)):
                remove_rule(node)
                work.touch(part)
                yield f"工作表“{sheet}”有一条数据有效性或条件格式引用其他文件，已去掉"


def remove_rule(node: etree._Element) -> None:
    """Remove a rule with the holders it leaves empty, their counts kept right."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    rest = [child for child in parent if local(child) != "sqref"]
    if parent.get("count"):
        parent.set("count", str(len(rest)))
    if not rest and local(parent) not in ("worksheet",):
        remove_rule(parent)


def _charts(work: Work) -> Iterator[str]:
    """Keep what charts show and drop the file they read it from."""
    for name in [name for name in work.names if name.startswith("xl/charts/chart")]:
        data = work.read(name)
        if b"externalData" not in data and b"[" not in data:
            continue
        root = work.tree(name)
        told = ["图表引用的其他文件已去掉，图中的数保留"] if _literal(root) else []
        for node in [node for node in root.iter() if local(node) == "externalData"]:
            inside = any(link.key == relation(node) and not link.external for link in work.links(name))
            told.append(f"图表{'里嵌入的工作簿' if inside else '引用的其他文件'}已去掉，图中的数保留")
            work.unlink(name, relation(node))
            take_out(node)
        if told:
            work.touch(name)
            yield from told


def _literal(root: etree._Element) -> bool:
    changed = False
    for node in [node for node in root.iter() if local(node) in ("numRef", "strRef")]:
        source = next((child.text or "" for child in node if local(child) == "f"), "")
        cache = next((child for child in node if local(child) in ("numCache", "strCache")), None)
        parent = node.getparent()
        if not reads_other_files(source) or cache is None or parent is None:
            continue
        space = namespace_of(node)
        if local(parent) == "tx":
            plain = etree.Element(f"{space}v")
            plain.text = next((child.text for child in cache.iter(f"{space}v")), "")
        else:
            plain = etree.Element(f"{space}{'numLit' if local(node) == 'numRef' else 'strLit'}")
            plain.extend(list(cache))
        parent.replace(node, plain)
        changed = True
    return changed


def _machine_marks(work: Work) -> Iterator[str]:
    """Take paths, user names and the code names of macro modules out of workbook and sheets."""
    root = work.tree(work.main)
    for node in [node for node in root.iter() if local(node) == "absPath"]:
        take_out(node)
        work.touch(work.main)
        yield f"保存位置的路径已去掉：{node.get('url', '')}"
    for node in root:
        gone = {"workbookPr": ("codeName",), "fileSharing": ("userName",), "fileVersion": ("codeName",)}.get(local(node), ())
        for name in gone:
            if who := node.get(name):
                unset(node, name)
                work.touch(work.main)
                yield from [f"共享用户名已去掉：{who}"] if name == "userName" else ()
    for _, part, _ in list(work.sheets()):
        if b"codeName" in work.read(part)[:4096]:
            for node in work.tree(part):
                if local(node) == "sheetPr" and unset(node, "codeName"):
                    work.touch(part)
