"""Notes and marks that a check left on the cells: they speak to the officer, not to whom the form is handed."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from toolkit.workbook.address import read_area
from toolkit.workbook.finish.strip import remove_rule
from toolkit.workbook.finish.work import Work, local, outside_cells
from toolkit.workbook.signs import MARK, is_our_note
from toolkit.workbook.strings import text_of

_NOTES, _SHAPES = "comments", "vmlDrawing"
_LEGACY = "legacyDrawing"


def strip_signs(work: Work) -> Iterator[str]:
    """Take our notes and marks away, and say on how many cells of which sheet."""
    for sheet, part, _ in list(work.sheets()):
        text = work.rows(part)
        # Conditional formats stand outside the rows, which are most of a sheet.
        data = work.read(part) if text is None else b"".join(text.around)
        if MARK.encode().replace(b'"', b"&quot;") in data or MARK.encode() in data:
            _marks(work, part)
        gone = _notes(work, part)
        if gone:
            yield f"工作表“{sheet}”里核对时加的批注 {gone} 处已去掉"


def _marks(work: Work, part: str) -> None:
    root = work.tree(part)
    for rule in list(outside_cells(root, "cfRule")):
        if [(child.text or "").removeprefix("=") for child in rule if local(child) == "formula"] == [MARK]:
            remove_rule(rule)
            work.touch(part)


def _notes(work: Work, part: str) -> int:
    """Remove our notes of a sheet with the shapes that show them; return how many there were."""
    links = {link.kind: link for link in work.links(part)}
    if _NOTES not in links or not work.has(links[_NOTES].target):
        return 0
    root = work.tree(links[_NOTES].target)
    listed = [node for node in root.iter() if local(node) == "comment"]
    ours = [node for node in listed if is_our_note(_text(node))]
    if not ours:
        return 0
    shapes = links.get(_SHAPES)
    if shapes is not None and work.has(shapes.target):
        _forget_shapes(work, shapes.target, {node.get("ref", "") for node in ours})
    for node in ours:
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    work.touch(links[_NOTES].target)
    if len(ours) == len(listed):
        _unlink(work, part, [link.key for link in (links[_NOTES], shapes) if link is not None])
    return len(ours)


def _text(comment: etree._Element) -> str:
    return "".join(text_of(node) for node in comment if local(node) == "text")


def _forget_shapes(work: Work, part: str, addresses: set[str]) -> None:
    """Remove the shapes that show the notes of some cells."""
    places = {(area.top - 1, area.left - 1) for area in map(read_area, addresses) if area is not None}
    root = work.tree(part)
    for shape in [node for node in root if local(node) == "shape"]:
        rows = [node.text or "" for node in shape.iter() if local(node) == "Row"]
        columns = [node.text or "" for node in shape.iter() if local(node) == "Column"]
        if rows and columns and (int(rows[0]), int(columns[0])) in places:
            root.remove(shape)
            work.touch(part)


def _unlink(work: Work, part: str, keys: list[str]) -> None:
    """Take the last notes' parts away; the drawing of shapes stays where it shows something else, such as buttons."""
    shown = [link for link in work.links(part) if link.kind == _SHAPES and link.key in keys]
    others = any(local(node) == "shape" for link in shown for node in work.tree(link.target))
    root = work.tree(part)
    kept = {link.key for link in shown} if others else set()
    for node in [node for node in root if local(node) == _LEGACY and not kept]:
        root.remove(node)
        work.touch(part)
    work.unlink(part, *(key for key in keys if key not in kept))
