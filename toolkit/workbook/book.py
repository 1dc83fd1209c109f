"""The workbook: its sheets in order, their names and defined names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from lxml import etree

from toolkit.problem import Unreadable
from toolkit.workbook.address import Area, read_reference
from toolkit.workbook.package import Package
from toolkit.workbook.sheet import Sheet
from toolkit.workbook.strings import Shared, namespace_of


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A worksheet as the workbook lists it.

    Attributes:
        part: where its XML stands in the package.
        names: what the names that are scoped to it stand for, by name, as written.
        hidden: the workbook does not show it.
    """

    name: str
    part: str
    names: Mapping[str, str]
    hidden: bool = False

    def area(self, name: str) -> Area | None:
        """Return the range of a name, ``None`` where there is none or it is damaged (#REF!)."""
        found = read_reference(self.names.get(name, ""))
        return None if found is None else found[1]


class Book:
    """An open workbook."""

    def __init__(self, path: Path) -> None:
        """Open the file and read its list of sheets.

        Raises:
            Unreadable: it is no workbook, damaged, or not safe to read.
        """
        self.package = Package(path)
        try:
            part = self._main_part()
            root = self.package.parse(part)
            links = dict(self._relationships(part))
            self.sheets = tuple(self._entries(root, links))
            self.shared = self._shared_parts(root, links)
        except BaseException:
            self.package.__exit__(None, None, None)
            raise

    def __enter__(self) -> Book:
        """Return the workbook itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self.package.__exit__(kind, error, traceback)

    def entry(self, name: str) -> SheetEntry | None:
        """Return the sheet of this name, ``None`` where there is none."""
        return next((entry for entry in self.sheets if entry.name == name), None)

    def sheet(self, entry: SheetEntry) -> Sheet:
        """Read a sheet."""
        return Sheet(entry.name, self.package, entry.part, self.shared)

    def _main_part(self) -> str:
        if self.package.has("xl/workbook.xml"):
            return "xl/workbook.xml"
        for _, kind, target in self._targets("_rels/.rels", ""):
            if kind == "officeDocument":
                return target
        raise Unreadable(self.package.path, "不是 Excel 工作簿", "请用 Excel 或 WPS 打开后另存为 .xlsx 再试")

    def _relationships(self, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        yield from ((key, (kind, target)) for key, kind, target in self._targets(rels, folder))

    def _targets(self, rels: str, folder: str) -> Iterator[tuple[str, str, str]]:
        for node in self.package.parse(rels):
            if node.get("TargetMode") != "External":
                target = node.get("Target", "")
                kind = node.get("Type", "").rpartition("/")[2]
                yield node.get("Id", ""), kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")

    def _shared_parts(self, root: etree._Element, links: Mapping[str, tuple[str, str]]) -> Shared:
        parts = {kind: target for kind, target in links.values()}
        settings = root.find(f"{namespace_of(root)}workbookPr")
        since_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        return Shared(self.package, parts.get("sharedStrings"), parts.get("styles"), since_1904)

    def _entries(self, root: etree._Element, links: Mapping[str, tuple[str, str]]) -> Iterator[SheetEntry]:
        space = namespace_of(root)
        scoped = _scoped_names(root, space)
        for index, node in enumerate(root.iterfind(f"{space}sheets/{space}sheet")):
            link = next((value for key, value in node.attrib.items() if str(key).endswith("}id")), "")
            kind, part = links.get(str(link), ("", ""))
            name = node.get("name", "")
            if not part:
                raise Unreadable(self.package.path, f"缺少工作表“{name}”的内容", "文件已损坏，请从备份恢复或重新索取")
            if kind == "worksheet":
                yield SheetEntry(name, part, scoped.get(index, {}), node.get("state", "visible") != "visible")


def _scoped_names(root: etree._Element, space: str) -> dict[int, dict[str, str]]:
    names: dict[int, dict[str, str]] = {}
    for node in root.iterfind(f"{space}definedNames/{space}definedName"):
        scope = node.get("localSheetId", "")
        if scope.isascii() and scope.isdigit():
            names.setdefault(int(scope), {})[node.get("name", "")] = node.text or ""
    return names
