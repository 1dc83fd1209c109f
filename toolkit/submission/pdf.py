"""The form as a PDF, where a LibreOffice is at hand: the form sheets of a workbook and no other."""

from __future__ import annotations

import posixpath
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from toolkit.office import NoOffice, find_office, to_pdfs
from toolkit.word.faces import missing_faces
from toolkit.workbook.strings import namespace_of

_MAIN = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_KEY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_NO_OFFICE = "没有生成 PDF：这台电脑上没有找到 LibreOffice；需要时请在 Word、WPS 或 Excel 中另存为 PDF。"
_FACES = (
    "这台电脑没有安装{faces}，PDF 里用了别的字体代替，换行和分页可能与 Word 中不同；"
    "正式报送的 PDF 请在装有这些字体的电脑上另存。"
)
_PRINTED = ("_xlnm.Print_Area", "_xlnm.Print_Titles")


@dataclass(frozen=True, slots=True)
class Print:
    """A file to be printed.

    Attributes:
        sheets: the sheets of a workbook to print, and no other; empty for a whole file.
    """

    source: Path
    target: Path
    sheets: Sequence[str] = ()


def print_all(prints: Sequence[Print]) -> tuple[list[Path], list[str]]:
    """Print files into PDFs, all by one start of LibreOffice.

    Returns:
        The PDFs that were made, and what the officer should know of them, Chinese sentences.
    """
    if find_office() is None:
        return [], [_NO_OFFICE]
    remarks: list[str] = []
    with tempfile.TemporaryDirectory(prefix="selfeval-") as work:
        jobs = []
        for number, each in enumerate(prints):
            source = each.source
            if each.sheets:
                source = Path(work) / str(number) / each.source.name
                source.parent.mkdir()
                _only(each.source, source, each.sheets)
            jobs.append((source, each.target))
        try:
            to_pdfs(jobs)
        except NoOffice as problem:
            remarks.append(str(problem))
    made = [each.target for each in prints if each.target.is_file()]
    missing = missing_faces() if made else []
    if missing:
        remarks.append(_FACES.format(faces="、".join(missing)))
    return made, remarks


def _only(source: Path, target: Path, sheets: Sequence[str]) -> None:
    """Write a copy for the printer that shows nothing but some sheets, their formulas as the values they had."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        main, kept = _main_part(package, sheets)
        parts = {_MAIN: main} | {part: _values(package.read(part)) for part in kept}
        for entry in package.infolist():
            if entry.filename != "xl/calcChain.xml":
                out.writestr(copy(entry), parts.get(entry.filename) or package.read(entry.filename))


def _main_part(package: zipfile.ZipFile, sheets: Sequence[str]) -> tuple[bytes, list[str]]:
    """Return the list of sheets with the wanted ones alone, and the parts these stand in."""
    root = etree.fromstring(package.read(_MAIN))
    space = namespace_of(root)
    targets = _targets(package)
    holder = root.find(f"{space}sheets")
    nodes = [] if holder is None else list(holder)
    wanted = [place for place, node in enumerate(nodes) if node.get("name") in sheets] or list(range(len(nodes)))
    for place, node in enumerate(nodes):
        if holder is not None and place not in wanted:
            holder.remove(node)
    for view in root.iterfind(f"{space}bookViews/{space}workbookView"):
        view.set("activeTab", "0")
        view.set("firstSheet", "0")
    _only_print_set_up(root, space, {str(old): str(new) for new, old in enumerate(wanted)})
    data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data, [targets[str(nodes[place].get(_KEY))] for place in wanted]


def _only_print_set_up(root: etree._Element, space: str, places: Mapping[str, str]) -> None:
    names = root.find(f"{space}definedNames")
    for node in [] if names is None else list(names):
        place = places.get(node.get("localSheetId", ""))
        if place is None or node.get("name") not in _PRINTED:
            node.getparent().remove(node)  # type: ignore[union-attr]  # it was found below its parent
        else:
            node.set("localSheetId", place)
    if names is not None and not len(names):
        root.remove(names)


def _targets(package: zipfile.ZipFile) -> dict[str, str]:
    root = etree.fromstring(package.read(_LINKS))
    found = ((node.get("Id", ""), node.get("Target", "")) for node in root)
    return {key: target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}") for key, target in found}


def _values(data: bytes) -> bytes:
    root = etree.fromstring(data)
    for node in list(root.iter(f"{namespace_of(root)}f")):
        parent = node.getparent()
        if parent is not None:
            parent.remove(node)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
