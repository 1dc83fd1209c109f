"""Form controls of a sheet: check boxes, spin buttons, drop-downs, and the buttons that run macros."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape, unescape

from lxml import etree

from toolkit.workbook.finish.vml import change_shapes, number_of, shapes_of
from toolkit.workbook.finish.work import Link, Work, local, outside_cells, relation

ACTIVE = ("control", "activeXControlBinary")
"""Kinds of relationships of ActiveX controls."""
_PROPERTIES = "ctrlProp"
_FORMULAS = ("fmlaLink", "fmlaRange", "fmlaGroup", "fmlaTxbx")
_VML_FORMULA = re.compile(r"(<\w+:Fmla(?:Link|Range|Group|Txbx|Pict)>)([^<]*)(?=</)")


def formulas_of(work: Work, part: str) -> Iterator[tuple[str, str]]:
    """Yield the cells that the controls of a sheet read or fill, each with the number of its shape, "" where it has none."""
    links = {link.key: link for link in work.links(part)}
    if any(link.kind == _PROPERTIES for link in links.values()):
        for node in outside_cells(work.tree(part), "control"):
            link = links.get(relation(node))
            if link is not None and link.kind == _PROPERTIES and work.has(link.target):
                root = work.tree(link.target)
                yield from ((node.get("shapeId", ""), text) for name in _FORMULAS if (text := root.get(name)))
    for link in links.values():
        if link.kind == "vmlDrawing" and work.has(link.target):
            for shape in shapes_of(work.read(link.target)):
                found = _VML_FORMULA.findall(shape.decode("utf-8"))
                yield from ((number_of(shape), unescape(text)) for _, text in found if text)


def rewrite_formulas(work: Work, part: str, change: Callable[[str], str]) -> None:
    """Rewrite the cells that the controls of a sheet read or fill."""

    def one(found: re.Match[str]) -> str:
        return found[1] + escape(change(unescape(found[2]))) if found[2] else found[0]

    for link in work.links(part):
        if not work.has(link.target):
            continue
        if link.kind == _PROPERTIES:
            root = work.tree(link.target)
            for name in _FORMULAS:
                if (text := root.get(name)) and (now := change(text)) != text:
                    root.set(name, now)
                    work.touch(link.target)
        elif link.kind == "vmlDrawing":
            data = work.read(link.target).decode("utf-8")
            if (moved := _VML_FORMULA.sub(one, data)) != data:
                work.put(link.target, moved.encode())


def take_reading(work: Work, part: str, reads: Callable[[str], bool]) -> int:
    """Take the controls out whose cells are of some kind, and return how many; what was chosen with them stays."""
    numbers = {number for number, formula in formulas_of(work, part) if number and reads(formula)}
    if not numbers:
        return 0
    for link in work.links(part):
        if link.kind == "vmlDrawing" and work.has(link.target):
            change_shapes(work, part, link, lambda shape: b"" if number_of(shape) in numbers else shape)
    take_controls(work, part, numbers)
    for link in work.links(part):
        if link.kind == "drawing" and work.has(link.target):
            take_frames(work, part, link, numbers)
    return len(numbers)


def take_controls(work: Work, part: str, numbers: set[str]) -> set[str]:
    """Take the controls with these numbers, and every ActiveX control, out of the worksheet.

    Returns:
        The numbers that were found.
    """
    root = work.tree(part)
    links = {link.key: link for link in work.links(part)}
    found: set[str] = set()
    for node in list(outside_cells(root, "control")):
        link = links.get(relation(node))
        gone = node.get("shapeId", "") in numbers or (link is not None and link.kind in ACTIVE)
        for setting in [child for child in node.iter() if child.get("macro")]:
            setting.attrib.pop("macro")
            work.touch(part)
        if gone:
            found.add(node.get("shapeId", ""))
            take_out(node)
            if link is not None:
                work.unlink(part, link.key)
            work.touch(part)
    return found


def take_out(node: etree._Element) -> None:
    """Remove an element with the wrappers (AlternateContent, controls, oleObjects) that it leaves empty."""
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if local(parent) == "Choice" and not len(parent) and (outer := parent.getparent()) is not None:
        take_out(outer)
    elif local(parent) in ("controls", "oleObjects", "Choice", "AlternateContent") and not len(parent):
        take_out(parent)


def take_frames(work: Work, part: str, drawing: Link, numbers: set[str]) -> None:
    """Take what newer programs draw of the controls with these numbers off the sheet, an empty drawing with it."""
    root = work.tree(drawing.target)
    for anchor in list(root):
        marks = {str(node.get("spid", "")).rpartition("s")[2] for node in anchor.iter() if local(node) == "compatExt"}
        if marks & numbers:
            root.remove(anchor)
            work.touch(drawing.target)
    if not len(root):
        holder = work.tree(part)
        for node in [node for node in holder if local(node) == "drawing" and relation(node) == drawing.key]:
            holder.remove(node)
        work.touch(part)
        work.unlink(part, drawing.key)
