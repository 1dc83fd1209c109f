"""A workbook's package being changed: its parts, their relationships and their content types."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, MutableMapping
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from lxml import etree

from toolkit.workbook.finish.carry import carry
from toolkit.workbook.finish.rowtext import RowText, read_rows
from toolkit.workbook.package import Package
from toolkit.workbook.strings import namespace_of

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

_LEVEL = 3
"""Of deflating: a form is 7 KB larger than with zlib's usual 6, and packed in a quarter of the time."""


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of a part.

    Attributes:
        kind: the last word of its type, such as vbaProject.
        target: the part it leads to; for an external one the address as written.
    """

    key: str
    kind: str
    target: str
    external: bool


class Work:
    """The parts of a package; what nobody touches stays as it is, byte for byte."""

    def __init__(self, package: Package) -> None:
        """Take an open package; nothing is written until :meth:`save`."""
        self.package = package
        self._order = [entry.filename for entry in package.entries if not entry.is_dir()]
        self._names = set(self._order)
        self._new: dict[str, bytes] = {}
        self._read: dict[str, bytes] = {}
        self._trees: dict[str, etree._Element] = {}
        self._rows: dict[str, RowText | None] = {}
        self._unwritten: dict[str, RowText] = {}
        self._touched: set[str] = set()
        self._links: dict[str, list[Link]] = {}
        self._sheets: list[tuple[str, str, etree._Element]] | None = None
        self.main = next((link.target for link in self.links("") if link.kind == "officeDocument"), "xl/workbook.xml")

    @property
    def names(self) -> list[str]:
        """Return the names of the parts, in the order of the file."""
        return [name for name in self._order if name in self._names]

    def has(self, name: str) -> bool:
        """Tell whether the part is there."""
        return name in self._names

    def read(self, name: str) -> bytes:
        """Return a part as it is now."""
        if name in self._touched:
            return _serialised(self._trees[name])
        if name in self._unwritten:
            self._new[name] = self._unwritten.pop(name).written()
        if name in self._new:
            return self._new[name]
        if name not in self._read:
            self._read[name] = self.package.read(name)
        return self._read[name]

    def put(self, name: str, data: bytes, content_type: str = "") -> None:
        """Replace a part, or add one with its content type."""
        if name not in self._names:
            self._order.append(name)
            self._names.add(name)
            if content_type:
                self._declare(name, content_type)
        self._forget(name)
        self._new[name] = data

    def rows(self, name: str) -> RowText | None:
        """Return a worksheet as rows of text, ``None`` where only a parser may read it."""
        if name in self._touched:
            return read_rows(self.read(name))
        if name not in self._rows:
            self._rows[name] = read_rows(self.read(name))
        return self._rows[name]

    def put_rows(self, name: str, text: RowText) -> None:
        """Replace a worksheet by one of rows of text."""
        self._forget(name)
        self._rows[name] = self._unwritten[name] = text

    def _forget(self, name: str) -> None:
        """Forget every form in which a part is held."""
        holders: tuple[MutableMapping[str, Any], ...] = (self._new, self._trees, self._rows, self._unwritten)
        for held in holders:
            held.pop(name, None)
        self._touched.discard(name)
        self._links_may_change(name)

    def tree(self, name: str) -> etree._Element:
        """Return a part, parsed; changes count only after :meth:`touch`."""
        if name not in self._trees:
            self._trees[name] = self.package.parse_text(self.read(name), name)
        return self._trees[name]

    def touch(self, name: str) -> None:
        """Note that the parsed part was changed."""
        self._touched.add(name)
        self._links_may_change(name)

    def _links_may_change(self, name: str) -> None:
        """Forget which parts lead where if it is another one that tells so."""
        if name == self.main or name.endswith(".rels"):
            self._links.clear()
            self._sheets = None

    def changed(self, name: str) -> bool:
        """Tell whether a part was changed or added."""
        return name in self._touched or name in self._new or name in self._unwritten

    def drop(self, name: str) -> None:
        """Remove a part, the parts that only it leads to, and its content type; the link to it is the caller's."""
        if name not in self._names:
            return
        below = [link.target for link in self.links(name) if not link.external]
        self._links_may_change(rels_of(name))
        self._names.discard(name)
        self._touched.discard(name)
        self._touched.discard(rels_of(name))
        self._names.discard(rels_of(name))
        self._undeclare(name)
        for target in below:
            if self.has(target) and not self._wanted(target):
                self.drop(target)

    def links(self, part: str) -> list[Link]:
        """Return the relationships of a part; "" is the package itself."""
        if part not in self._links:
            rels = rels_of(part)
            self._links[part] = [_link(node, part) for node in self.tree(rels)] if rels in self._names else []
        return self._links[part]

    def unlink(self, part: str, *keys: str) -> None:
        """Remove relationships of a part, and the parts that nothing else leads to."""
        rels = rels_of(part)
        root = self.tree(rels)
        targets = []
        for node in list(root):
            if node.get("Id") in keys:
                link = _link(node, part)
                targets += [] if link.external else [link.target]
                root.remove(node)
        self.touch(rels)
        if not len(root) and part:
            self._names.discard(rels)
            self._touched.discard(rels)
            self._links_may_change(rels)
        for target in targets:
            if self.has(target) and not self._wanted(target):
                self.drop(target)

    def link(self, part: str, kind: str, target: str) -> str:
        """Add a relationship to a part and return its key."""
        rels = rels_of(part)
        if rels not in self._names:
            self.put(rels, f'<Relationships xmlns="{_RELATIONSHIPS}"/>'.encode())
        root = self.tree(rels)
        taken = {node.get("Id") for node in root}
        key = next(key for key in (f"rId{number}" for number in range(1, len(taken) + 2)) if key not in taken)
        etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship", Id=key, Type=f"{_OFFICE}/{kind}", Target=f"/{target}")
        self.touch(rels)
        return key

    def sheets(self) -> Iterator[tuple[str, str, etree._Element]]:
        """Yield name, part and list entry of every sheet, chart sheets included."""
        if self._sheets is None:
            root = self.tree(self.main)
            space = namespace_of(root)
            parts = {link.key: link.target for link in self.links(self.main)}
            nodes = root.iterfind(f"{space}sheets/{space}sheet")
            self._sheets = [(node.get("name", ""), parts.get(relation(node), ""), node) for node in nodes]
        yield from self._sheets

    def name_part(self) -> None:
        """Give the workbook the content type of one without macros."""
        root = self.tree(CONTENT_TYPES)
        for node in root:
            macro = node.get("PartName") == f"/{self.main}" and node.get("ContentType") != _WORKBOOK_TYPE
            if macro:
                node.set("ContentType", _WORKBOOK_TYPE)
                self.touch(CONTENT_TYPES)
        if f"/{self.main}" not in {node.get("PartName") for node in root}:
            self._declare(self.main, _WORKBOOK_TYPE)

    def save(self, path: Path) -> None:
        """Write the package: entries in their order, with the names, times and compression they have."""
        self._forget_extensions()
        entries = {entry.filename: entry for entry in self.package.entries}
        with zipfile.ZipFile(path, "w") as target, self.package.path.open("rb") as source:
            for name in self.names:
                # Reading refuses a damaged part, whether or not it is carried over as it is packed.
                data, known = self.read(name), entries.get(name)
                if known is not None and not self.changed(name) and carry(source, known, target):
                    continue
                entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)) if known is None else copy(known)
                kind = zipfile.ZIP_DEFLATED if known is None else known.compress_type
                target.writestr(entry, data, compress_type=kind, compresslevel=_LEVEL)

    def _wanted(self, part: str) -> bool:
        """Tell whether some part still leads to this one."""
        for rels in [name for name in self._names if name.endswith(".rels")]:
            folder, name = posixpath.split(rels.removesuffix(".rels"))
            owner = posixpath.join(posixpath.dirname(folder), name) if name else ""
            if any(link.target == part and not link.external for link in self.links(owner)):
                return True
        return False

    def _declare(self, name: str, content_type: str) -> None:
        etree.SubElement(self.tree(CONTENT_TYPES), f"{_TYPES}Override", PartName=f"/{name}", ContentType=content_type)
        self.touch(CONTENT_TYPES)

    def _undeclare(self, name: str) -> None:
        root = self.tree(CONTENT_TYPES)
        for node in root.findall(f"{_TYPES}Override"):
            if node.get("PartName") == f"/{name}":
                root.remove(node)
                self.touch(CONTENT_TYPES)

    def _forget_extensions(self) -> None:
        """Drop the types of extensions that no part has any more, such as the .bin of a macro project."""
        before = {entry.filename.rpartition(".")[2].lower() for entry in self.package.entries}
        gone = before - {name.rpartition(".")[2].lower() for name in self._names}
        root = self.tree(CONTENT_TYPES)
        for node in root.findall(f"{_TYPES}Default"):
            if node.get("Extension", "").lower() in gone:
                root.remove(node)
                self.touch(CONTENT_TYPES)


def rels_of(part: str) -> str:
    """Return the part that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def relation(node: etree._Element) -> str:
    """Return the key of the relationship an element names (r:id)."""
    return next((str(value) for key, value in node.attrib.items() if str(key).endswith("}id")), "")


def unset(node: etree._Element, name: str) -> bool:
    """Remove an attribute and tell whether it was there."""
    there = name in node.attrib
    if there:
        del node.attrib[name]
    return there


def outside_cells(root: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield every element of a worksheet but its rows and cells; with names, those of these names alone."""
    tags = [f"{{*}}{name}" for name in names]
    for node in root:
        if local(node) != "sheetData":
            yield from node.iter(*tags)


def local(node: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    tag = node.tag
    return tag[tag.rindex("}") + 1 :] if isinstance(tag, str) and "}" in tag else str(tag)


def _link(node: etree._Element, part: str) -> Link:
    named = (node.get(name, "") for name in ("Id", "Type", "Target", "TargetMode"))
    return _read_link(*named, part)


@lru_cache(maxsize=1024)
def _read_link(key: str, kind: str, target: str, mode: str, part: str) -> Link:
    external = mode == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
    return Link(key, kind.rpartition("/")[2], target, external)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
