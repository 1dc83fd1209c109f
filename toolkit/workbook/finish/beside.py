"""What lies beside the cells of a sheet and moves with its rows: names, pictures, charts, comments, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from lxml import etree

from toolkit.workbook.finish.controls import rewrite_formulas
from toolkit.workbook.finish.references import Gone
from toolkit.workbook.finish.rows import Cut
from toolkit.workbook.finish.work import Work, local
from toolkit.workbook.strings import namespace_of


def move_beside(work: Work, part: str, cut: Cut) -> Iterator[str]:
    """Move everything outside the worksheets' own parts, and say what cannot be."""
    _names(work, cut)
    _beside(work, part, cut)
    for name, other, _ in list(work.sheets()):
        rewrite_formulas(work, other, partial(kept, cut, own=name))
    yield from _elsewhere(work, cut)


def mentions(data: bytes, sheet: str) -> bool:
    """Tell whether a part may name a sheet in a formula."""
    quoted = sheet.replace("&", "&amp;").replace("'", "''")
    return any(f"{name}!".encode() in data for name in (sheet, f"{quoted}'", quoted))


def kept(cut: Cut, formula: str, own: str) -> str:
    """Return a reference without the rows; one that led to them leads to the next row that stays."""
    try:
        return cut.formula(formula, own, lambda _, row: cut.kept_from(row))
    except Gone:
        return "#REF!"


def _names(work: Work, cut: Cut) -> None:
    root = work.tree(work.main)
    space = namespace_of(root)
    for node in root.iterfind(f"{space}definedNames/{space}definedName"):
        if node.text and cut.sheet.replace("'", "''") in node.text:
            node.text = kept(cut, node.text, "")
            work.touch(work.main)


def _beside(work: Work, part: str, cut: Cut) -> None:
    """Move what lies on the sheet but has parts of its own: pictures, charts, comments, tables."""
    for link in work.links(part):
        if link.external or not work.has(link.target):
            continue
        if link.kind == "drawing":
            _drawing(work, link.target, cut)
        elif link.kind in ("comments", "threadedComment", "table"):
            _refs(work, link.target, cut)
        elif link.kind == "vmlDrawing":
            _vml(work, link.target, cut)


def _drawing(work: Work, part: str, cut: Cut) -> None:
    root = work.tree(part)
    for node in [node for node in root.iter() if local(node) == "row"]:
        before = int(node.text or "0")
        row = before + 1
        if row in cut:
            # The edge lay in a row that is gone: it moves to the top of the next row.
            for offset in [child for child in _siblings(node) if local(child) == "rowOff"]:
                offset.text = "0"
        now = cut.now(cut.kept_from(row)) - 1
        if now != before:
            node.text = str(now)
            work.touch(part)


def _siblings(node: etree._Element) -> list[etree._Element]:
    parent = node.getparent()
    return [] if parent is None else list(parent)


def _refs(work: Work, part: str, cut: Cut) -> None:
    root = work.tree(part)
    for node in list(root.iter()):
        text = node.get("ref") if isinstance(node.tag, str) else None
        if text and (left := cut.areas(text)) != text:
            if left:
                node.set("ref", left)
            elif (parent := node.getparent()) is not None:
                parent.remove(node)
            work.touch(part)


def _vml(work: Work, part: str, cut: Cut) -> None:
    def row(found: re.Match[str]) -> str:
        return f"{found[1]}{cut.now(cut.kept_from(int(found[2]) + 1)) - 1}{found[3]}"

    def anchor(found: re.Match[str]) -> str:
        places = [int(piece) for piece in found[2].split(",")]
        for at in (2, 6):
            places[at] = cut.now(cut.kept_from(places[at] + 1)) - 1
        return found[1] + ", ".join(map(str, places)) + found[3]

    text = work.read(part).decode("utf-8")
    moved = re.sub(r"(<x:Row>\s*)(\d+)(\s*</x:Row>)", row, text)
    moved = re.sub(r"(<x:Anchor>)\s*((?:-?\d+\s*,\s*){7}-?\d+)\s*(</x:Anchor>)", anchor, moved)
    if moved != text:
        work.put(part, moved.encode())


def _elsewhere(work: Work, cut: Cut) -> Iterator[str]:
    """Rewrite what charts and pivot caches of the whole workbook read from the sheet."""
    for name in work.names:
        if name.startswith("xl/charts/") and name.endswith(".xml") and mentions(work.read(name), cut.sheet):
            root = work.tree(name)
            for node in [node for node in root.iter() if local(node) == "f" and node.text]:
                node.text = kept(cut, node.text or "", "")
            work.touch(name)
        elif name.startswith("xl/pivotCache/pivotCacheDefinition") and cut.sheet.encode() in work.read(name):
            yield "数据透视表引用了本表，请刷新后核对"
