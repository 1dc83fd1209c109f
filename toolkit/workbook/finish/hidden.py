"""What a workbook hides: sheets, names, rows and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from toolkit.problem import Unreadable
from toolkit.workbook.address import read_area, read_reference
from toolkit.workbook.finish.controls import formulas_of, take_reading
from toolkit.workbook.finish.cut import cut_rows
from toolkit.workbook.finish.references import names_in, sheets_in
from toolkit.workbook.finish.strip import remove_rule
from toolkit.workbook.finish.work import Work, local, outside_cells, relation
from toolkit.workbook.signs import RECORD_SHEET
from toolkit.workbook.strings import namespace_of

CONFIGURATION = "xlwings.conf"
_TRUE = ("1", "true")
_SPARE = "指标_三级指标"
_LEVELS = ("指标_一级指标", "指标_二级指标")
_RULES = {"dataValidation": "下拉选项或输入限制", "cfRule": "条件格式"}


@dataclass(frozen=True, slots=True)
class HiddenCell:
    """A cell out of sight that holds something."""

    sheet: str
    address: str
    typed: bool


def strip_sheets(work: Work) -> Iterator[str]:
    """Take out hidden sheets, the sheet that steers xlwings, and 修改记录.

    Raises:
        Unreadable: a formula, name or chart that stays needs one of them.
    """
    doomed = [(name, part, node) for name, part, node in work.sheets() if out_of_sight(name, node)]
    if not doomed:
        return
    names = {name for name, _, _ in doomed}
    yield from _unneeded(work, names)
    order = [name for name, _, _ in work.sheets()]
    for name, part, node in doomed:
        key = relation(node)
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
        work.unlink(work.main, key)
        work.drop(part)
        yield _gone(name)
    yield from _renumber(work, order, names)
    _forget_titles(work)
    work.touch(work.main)


def _gone(name: str) -> str:
    reason = {CONFIGURATION: "指定运行程序", RECORD_SHEET: "有操作人的姓名"}.get(name)
    return f"隐藏的工作表“{name}”已去掉" if reason is None else f"工作表“{name}”（{reason}）已去掉"


def out_of_sight(name: str, node: etree._Element) -> bool:
    """Tell whether a sheet is hidden, steers xlwings, or says who pressed which button."""
    return node.get("state", "visible") != "visible" or name.lower() == CONFIGURATION or name == RECORD_SHEET


def _unneeded(work: Work, names: set[str]) -> Iterator[str]:
    """Take out the rules that read sheets which go, and refuse formulas and charts that do."""
    for sheet, part, node in list(work.sheets()):
        if out_of_sight(sheet, node):
            continue
        root = work.tree(part)
        for cell in root.iter(f"{namespace_of(root)}f"):
            if cell.text and names & _sheets(work, cell.text):
                at = cell.getparent()
                place = "" if at is None else at.get("r", "")
                raise _needed(work, f"工作表“{sheet}”{place} 的公式", names & _sheets(work, cell.text))
        for rule in list(outside_cells(root, "dataValidation", "cfRule")):
            texts = [child.text for child in rule.iter() if local(child) in ("formula", "formula1", "formula2", "f") and child.text]
            read = sorted({name for text in texts for name in names & _sheets(work, text)})
            if read:
                yield f"工作表“{sheet}”{_place(rule)} 的{_RULES[local(rule)]}取自隐藏的工作表“{'”“'.join(read)}”，已去掉，已填的内容不变"
                remove_rule(rule)
                work.touch(part)
        if count := take_reading(work, part, lambda formula: bool(names & _sheets(work, formula))):
            yield f"工作表“{sheet}”的 {count} 个窗体控件取自隐藏的工作表，已去掉，已填的内容不变"
    for name in work.names:
        if name.startswith("xl/charts/chart") and name.endswith(".xml"):
            for node in [node for node in work.tree(name).iter() if local(node) == "f" and node.text]:
                if names & set(sheets_in(node.text or "")):
                    raise _needed(work, "一张图表", names & set(sheets_in(node.text or "")))


def _place(rule: etree._Element) -> str:
    """Return the first range a validation or conditional format holds for."""
    holder = rule if local(rule) == "dataValidation" else rule.getparent()
    inside = [] if holder is None else [child.text or "" for child in holder if local(child) == "sqref"]
    found = ("" if holder is None else holder.get("sqref", "")) or "".join(inside)
    return found.split()[0] if found.split() else ""


def _sheets(work: Work, formula: str) -> set[str]:
    """Return the sheets a formula reads, by name or through defined names."""
    found = set(sheets_in(formula))
    known = _definitions(work)
    for name in names_in(formula) if known else ():
        found |= set(sheets_in(known.get(name.lower(), "")))
    return found


def _definitions(work: Work) -> dict[str, str]:
    root = work.tree(work.main)
    space = namespace_of(root)
    nodes = root.iterfind(f"{space}definedNames/{space}definedName")
    return {node.get("name", "").lower(): node.text or "" for node in nodes}


def _needed(work: Work, who: str, names: set[str]) -> Unreadable:
    sheet = "”“".join(sorted(names))
    return Unreadable(work.package.path, f"的{who}要用到隐藏的工作表“{sheet}”", "请取消隐藏并核对，或把公式改成数值后再试")


def _renumber(work: Work, order: list[str], gone: set[str]) -> Iterator[str]:
    """Let scoped names and views count sheets as they are now."""
    kept = [name for name in order if name not in gone]
    root = work.tree(work.main)
    space = namespace_of(root)
    for node in list(root.iterfind(f"{space}definedNames/{space}definedName")):
        scope = node.get("localSheetId")
        own = order[int(scope)] if scope is not None and int(scope) < len(order) else ""
        if own in gone or set(sheets_in(node.text or "")) & gone:
            remove_rule(node)
            if own not in gone and node.get("hidden") not in _TRUE:
                yield f"名称“{node.get('name')}”指向隐藏的工作表，已去掉"
        elif own:
            node.set("localSheetId", str(kept.index(own)))
    for view in root.iterfind(f"{space}bookViews/{space}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            at = int(view.get(attribute, "0"))
            name = order[at] if at < len(order) else ""
            if attribute in view.attrib:
                view.set(attribute, str(kept.index(name) if name in kept else 0))


def _forget_titles(work: Work) -> None:
    """Drop the list of sheets from the file's properties: it names those that are gone."""
    for link in work.links(""):
        if link.kind == "extended-properties" and work.has(link.target):
            root = work.tree(link.target)
            for node in [node for node in root if local(node) in ("TitlesOfParts", "HeadingPairs")]:
                root.remove(node)
                work.touch(link.target)


def strip_names(work: Work) -> Iterator[str]:
    """Take out hidden names; one that a formula uses is shown instead."""
    root = work.tree(work.main)
    space = namespace_of(root)
    hidden = [node for node in root.iterfind(f"{space}definedNames/{space}definedName") if node.get("hidden") in _TRUE]
    used = _used_names(work) if hidden else set()
    for node in hidden:
        name = node.get("name", "")
        work.touch(work.main)
        if name.lower() in used:
            node.attrib.pop("hidden")
            yield f"隐藏的名称“{name}”有公式在用，已改为可见"
        else:
            remove_rule(node)
            yield f"隐藏的名称“{name}”已去掉"


def _used_names(work: Work) -> set[str]:
    texts = [text for name, text in _definitions(work).items() if text]
    for _, part, _ in work.sheets():
        texts += [node.text for node in work.tree(part).iter() if local(node) in ("f", "formula", "formula1", "formula2") and node.text]
        texts += [formula for _, formula in formulas_of(work, part)]
    for name in work.names:
        if name.startswith("xl/charts/chart") and name.endswith(".xml"):
            texts += [node.text for node in work.tree(name).iter() if local(node) == "f" and node.text]
    return {name.lower() for text in texts for name in names_in(text)}


def strip_rows(work: Work) -> Iterator[str]:
    """Take the empty spare rows of our forms out; refuse where anything else out of sight holds something.

    Raises:
        Unreadable: a hidden row or column holds a value; the text names it.
    """
    for sheet, part, _ in list(work.sheets()):
        if not _hides(work, part):
            continue
        spare = _plainly_spare(work, sheet, part) or _found_spare(work, sheet, part)
        if spare:
            lines = cut_rows(work, sheet, part, spare)
            yield f"工作表“{sheet}”隐藏的空白备用行 {len(spare)} 行已删除"
            yield from lines


def _plainly_spare(work: Work, sheet: str, part: str) -> list[int]:
    """Return the hidden rows of a form where nothing but formulas stands in them and no column is hidden."""
    text = work.rows(part)
    areas = [read_reference(area) for name, area in _scoped(work, sheet) if name == _SPARE]
    if text is None or not areas or areas[0] is None or hidden_columns(text.frame(work.package, part)):
        return []
    hidden, area = list(text.hidden()), areas[0][1]
    return hidden if all(area.top <= row <= area.bottom and not text.rows[row].typed for row in hidden) else []


def _found_spare(work: Work, sheet: str, part: str) -> list[int]:
    """Return the hidden rows of a form that are spare.

    Raises:
        Unreadable: anything else out of sight holds something.
    """
    text = work.rows(part)
    root = None if text is None else text.frame(work.package, part, text.hidden())
    if root is None or hidden_columns(root):
        root = work.tree(part)
    spare = sorted(_spare_rows(work, sheet, root))
    found = next(iter(hidden_cells(sheet, root, set(spare))), None)
    if found is None:
        return spare
    column, row = re.sub("[0-9]", "", found.address), re.sub("[A-Z]", "", found.address)
    by_row = _row_hidden(root, found.address)
    raise Unreadable(
        work.package.path,
        f"的工作表“{sheet}”{f'第 {row} 行' if by_row else f'{column} 列'}是隐藏的，却有内容（{found.address}）",
        f"请取消隐藏{'或取消筛选' if by_row else ''}，核对后保留或删去，再试",
    )


def _hides(work: Work, part: str) -> bool:
    text = work.rows(part)
    if text is not None:
        return text.hides
    data = work.read(part)
    return b"hidden=" in data or b' ht="0' in data or b' width="0' in data


def hidden_rows(root: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a sheet that cannot be seen."""
    for row in root.iter(f"{namespace_of(root)}row"):
        if row.get("hidden") in _TRUE or _is_zero(row.get("ht")):
            yield row


def hidden_columns(root: etree._Element) -> list[tuple[int, int]]:
    """Return first and last of the columns that cannot be seen."""
    return [
        (int(node.get("min", "0")), int(node.get("max", "0")))
        for node in root.iter(f"{namespace_of(root)}col")
        if node.get("hidden") in _TRUE or _is_zero(node.get("width"))
    ]


def hidden_cells(sheet: str, root: etree._Element, spare: Iterable[int] = ()) -> Iterator[HiddenCell]:
    """Yield the cells out of sight that hold something, a formula's blank result left out."""
    spared = {str(row) for row in spare}
    space = namespace_of(root)
    for row in hidden_rows(root):
        if row.get("r") not in spared:
            yield from (HiddenCell(sheet, cell.get("r", ""), typed) for cell, typed in _held(row, space))
    columns = hidden_columns(root)
    if columns:
        for row in root.iter(f"{space}row"):
            for cell, typed in _held(row, space) if row.get("r") not in spared else ():
                area = read_area(cell.get("r", ""))
                if area and any(first <= area.left <= last for first, last in columns):
                    yield HiddenCell(sheet, cell.get("r", ""), typed)


def _held(row: etree._Element, space: str) -> Iterator[tuple[etree._Element, bool]]:
    for cell in row:
        if not len(cell):
            continue
        typed = cell[0].tag != f"{space}f"
        text = cell.findtext(f"{space}v", "") or ("".join(map(str, cell.itertext())) if typed else "")
        if text.strip():
            yield cell, typed


def _spare_rows(work: Work, sheet: str, root: etree._Element) -> Iterator[int]:
    """Yield the hidden rows of a form of ours in which nothing is typed but the names of its levels."""
    areas = {name: read_reference(text) for name, text in _scoped(work, sheet) if name in (_SPARE, *_LEVELS)}
    rows = areas.get(_SPARE)
    if rows is None:
        return
    levels = {area[1].left for name in _LEVELS if (area := areas.get(name)) is not None}
    space = namespace_of(root)
    for row in hidden_rows(root):
        number = int(row.get("r", "0"))
        typed = [read_area(cell.get("r", "")) for cell, typed in _held(row, space) if typed]
        if rows[1].top <= number <= rows[1].bottom and all(area and area.left in levels for area in typed):
            yield number


def _scoped(work: Work, sheet: str) -> Iterator[tuple[str, str]]:
    index = next((at for at, (name, _, _) in enumerate(work.sheets()) if name == sheet), -1)
    root = work.tree(work.main)
    space = namespace_of(root)
    scope = str(index)
    for node in root.iterfind(f"{space}definedNames/{space}definedName"):
        if node.get("localSheetId") == scope:
            yield node.get("name", ""), node.text or ""


def _row_hidden(root: etree._Element, address: str) -> bool:
    number = re.sub("[A-Z]", "", address)
    return any(row.get("r") == number for row in hidden_rows(root))


def _is_zero(text: str | None) -> bool:
    try:
        return text is not None and float(text) == 0
    except ValueError:
        return False
