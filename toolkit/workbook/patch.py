"""Typing texts into cells of a workbook: looks, formulas and every other part of the file stay as they are."""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from toolkit.problem import Unreadable
from toolkit.workbook.address import Area, address_of, read_area
from toolkit.workbook.coverage import areas_of
from toolkit.workbook.finish.cached import formulas_of, without_result
from toolkit.workbook.finish.marks import text_cell
from toolkit.workbook.finish.work import Work, unset
from toolkit.workbook.strings import namespace_of
from toolkit.workbook.template.styles import lines_of

_LINE, _TALLEST = 14.5, 409.0
_DEFAULT_WIDTH = 9.0
"""Column width in characters where the sheet states none."""
_MOST_COLUMNS = 256


def type_texts(work: Work, sheet: str, texts: Mapping[str, str]) -> None:
    """Type texts into cells of a sheet, by address, as texts: =42个 does not become a formula.

    A row whose height was set grows where a text needs more. Programs are asked to calculate everything anew when they
    open the file; results that are stored stay, see :func:`drop_results` and
    :func:`toolkit.workbook.finish.cached.renew_results`.

    Raises:
        Unreadable: the workbook has no such sheet, or a cell holds the formula of other cells, too.
    """
    part = _part_of(work, sheet)
    root = work.tree(part)
    page = _Page(work, root, sheet)
    if [page.type(address, text) for address, text in texts.items()].count(True):
        # A list of formulas that names a cell without one is taken for damage.
        work.unlink(work.main, *(link.key for link in work.links(work.main) if link.kind == "calcChain"))
    if texts:
        work.touch(part)
        _calculate_on_opening(work)


def drop_results(work: Work, sheet: str, changed: Mapping[str, str], renewed: set[str]) -> None:
    """Drop the stored results of formulas that depend on changed cells of their sheet.

    Args:
        work: the workbook.
        sheet: the sheet that was typed into.
        changed: its changed cells, by address.
        renewed: addresses of formulas whose results are up to date.
    """
    part = _part_of(work, sheet)
    formulas = list(formulas_of(work.tree(part)))
    if all(cell.get("r", "") in renewed for cell, _ in formulas):
        return
    areas = {cell.get("r", ""): areas_of(formula) for cell, formula in formulas}
    stale = _depending(areas, changed) - renewed
    for cell, _ in formulas:
        if cell.get("r", "") in stale and not without_result(cell):
            for value in cell.findall(f"{namespace_of(cell)}v"):
                cell.remove(value)
            unset(cell, "t")
            work.touch(part)


def _depending(areas: Mapping[str, Sequence[Area]], changed: Iterable[str]) -> set[str]:
    """Return the formulas that depend on changed cells, through others or directly; ``areas`` says what each reads."""
    found: set[str] = set()
    reached = set(changed)
    while reached:
        places = [(area.top, area.left) for area in map(read_area, reached) if area]
        reached = {
            address
            for address, read in areas.items()
            if address not in found and any(place in area for area in read for place in places)
        }
        found |= reached
    return found


def _part_of(work: Work, sheet: str) -> str:
    part = next((part for name, part, _ in work.sheets() if name == sheet), None)
    if part is None:
        raise Unreadable(work.package.path, f"里没有工作表“{sheet}”", "请检查是否选错了文件")
    return part


def _calculate_on_opening(work: Work) -> None:
    """Ask for all formulas to be calculated when the file is opened."""
    root = work.tree(work.main)
    space = namespace_of(root)
    node = root.find(f"{space}calcPr")
    if node is None:
        before = [root.find(f"{space}{name}") for name in ("definedNames", "externalReferences", "functionGroups", "sheets")]
        node = etree.Element(f"{space}calcPr")
        next(each for each in before if each is not None).addnext(node)
    if node.get("fullCalcOnLoad") not in ("1", "true"):
        node.set("fullCalcOnLoad", "1")
        work.touch(work.main)


class _Page:
    """The rows and cells of one sheet."""

    def __init__(self, work: Work, root: etree._Element, sheet: str) -> None:
        self._path = work.package.path
        self._sheet = sheet
        self._space = namespace_of(root)
        data = root.find(f"{self._space}sheetData")
        self._data = etree.SubElement(root, f"{self._space}sheetData") if data is None else data
        self._rows = dict(self._numbered())
        self._widths = _widths(root, self._space)
        self._merged = _merged(root, self._space)

    def type(self, address: str, text: str) -> bool:
        """Put a text into a cell and tell whether a formula gave way to it."""
        area = read_area(address)
        if area is None:
            raise ValueError(f"{address} is no cell")
        row = self._row(area.top)
        columns = list(_columns(row))
        place = bisect.bisect_left(columns, area.left)
        old = row[place] if place < len(columns) and columns[place] == area.left else None
        style = "0" if old is None else old.get("s", "0")
        formula = None if old is None else old.find(f"{self._space}f")
        if formula is not None and formula.get("ref"):
            raise Unreadable(
                self._path,
                f"的工作表“{self._sheet}”{address} 的公式同时管着别的单元格，没有改写",
                "请先在 Excel 里把它改成数值再试",
            )
        new = text_cell(self._space, address_of(area.top, area.left), style, text)
        if old is None:
            row.insert(place, new)
        else:
            row.replace(old, new)
        self._grow(row, self._merged.get((area.top, area.left), area), text)
        return formula is not None

    def _grow(self, row: etree._Element, area: Area, text: str) -> None:
        """Give a row of a set height the room that a text needs; a cell over several rows has room enough."""
        columns = range(area.left, min(area.right, _MOST_COLUMNS) + 1)
        width = sum(self._widths.get(column, _DEFAULT_WIDTH) for column in columns)
        needed = min(_TALLEST, lines_of(text, width) * _LINE + 3)
        if area.top == area.bottom and row.get("ht") and float(row.get("ht", "0")) < needed:
            row.set("ht", f"{needed:g}")
            row.set("customHeight", "1")

    def _numbered(self) -> Iterator[tuple[int, etree._Element]]:
        number = 0
        for row in self._data:
            number = int(row.get("r", number + 1))
            yield number, row

    def _row(self, number: int) -> etree._Element:
        if number not in self._rows:
            made = etree.Element(f"{self._space}row", r=str(number))
            above = max((each for each in self._rows if each < number), default=0)
            if above:
                self._rows[above].addnext(made)
            else:
                self._data.insert(0, made)
            self._rows[number] = made
        return self._rows[number]


def _columns(row: etree._Element) -> Iterator[int]:
    """Yield the column of each cell; some programs leave addresses out."""
    column = 0
    for cell in row:
        area = read_area(cell.get("r", "")) if cell.get("r") else None
        column = area.left if area else column + 1
        yield column


def _widths(root: etree._Element, space: str) -> dict[int, float]:
    """Return the width of each column."""
    widths: dict[int, float] = {}
    for node in root.iterfind(f"{space}cols/{space}col"):
        first, last = int(node.get("min", "1")), min(int(node.get("max", "1")), _MOST_COLUMNS)
        widths |= dict.fromkeys(range(first, last + 1), float(node.get("width", str(_DEFAULT_WIDTH))))
    return widths


def _merged(root: etree._Element, space: str) -> dict[tuple[int, int], Area]:
    """Return the merged areas by their first cell."""
    areas = (read_area(node.get("ref", "")) for node in root.iterfind(f"{space}mergeCells/{space}mergeCell"))
    return {(area.top, area.left): area for area in areas if area}
