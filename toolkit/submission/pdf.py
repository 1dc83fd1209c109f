"""The form as a PDF, where a LibreOffice is at hand: the form sheets of a workbook and no other."""

from __future__ import annotations

import posixpath
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path

from lxml import etree

from toolkit.office import to_pdf
from toolkit.workbook.strings import namespace_of

_MAIN = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_KEY = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_PRINTED = ("_xlnm.Print_Area", "_xlnm.Print_Titles")


def form_pdf(workbook: Path, sheets: Sequence[str], target: Path) -> None:
    """Print the form sheets of a finished workbook, and no other, into a PDF.

    Raises:
        NoOffice: there is no LibreOffice, or it made none.
    """
    with tempfile.TemporaryDirectory(prefix="selfeval-") as work:
        forms = Path(work) / workbook.name
        _only(workbook, forms, sheets)
        to_pdf(forms, target)


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
