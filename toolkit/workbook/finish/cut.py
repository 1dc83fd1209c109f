"""Taking rows out of a sheet of a package, with everything in the workbook that refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from toolkit.problem import Unreadable
from toolkit.workbook.address import Area, address_of, column_letters, column_number, read_area
from toolkit.workbook.finish.beside import kept, mentions, move_beside
from toolkit.workbook.finish.references import Gone, translated
from toolkit.workbook.finish.rows import Cut, Repeated
from toolkit.workbook.finish.rowtext import RowText, without_rows
from toolkit.workbook.finish.work import Work, local, outside_cells, unset
from toolkit.workbook.strings import namespace_of

_RANGES = ("ref", "sqref", "activeCell", "topLeftCell")
"""Attributes of a worksheet, at whatever depth, that name cells of it."""
_RULES = ("formula", "formula1", "formula2", "f")
_CANNOT = {"scenarios": "方案", "dataConsolidate": "合并计算"}
_RULED = ("conditionalFormatting", "dataValidation", "sparkline")


def cut_rows(work: Work, sheet: str, part: str, rows: Iterable[int]) -> list[str]:
    """Take rows out of a sheet; what is left reads and computes as before.

    A formula that counts on from the row above it counts on from the nearest row that stays. One that needs a cell
    which is gone altogether becomes its value.

    Args:
        work: the package.
        sheet: the sheet's name.
        part: its part.
        rows: numbers of rows that hold nothing an officer typed.

    Returns:
        Chinese lines about formulas that became values and rules that were left out.

    Raises:
        Unreadable: the sheet has something that cannot be moved safely.
    """
    cut = Cut(sheet, rows)
    told: list[str] = []
    if not len(cut):
        return told
    text = work.rows(part)
    root = work.tree(part) if text is None else text.frame(work.package, part)
    _refuse(work, sheet, part, root)
    if text is None or _moves_anchors(root, cut):
        told += _sheet(work, sheet, part, cut)
    else:
        told += _by_text(work, part, text, cut, sheet)
    for name, other, _ in list(work.sheets()):
        if other == part:
            continue
        beside = work.rows(other)
        if beside is None:
            told += _sheet(work, name, other, cut) if mentions(work.read(other), sheet) else ()
        elif any(mentions(data, sheet) for data in (*beside.around, "\n".join(beside.formulas).encode())):
            told += _by_text(work, other, beside, cut, name)
    told += move_beside(work, part, cut)
    return told


def expand_shared(root: etree._Element) -> bool:
    """Write out formulas that are stored once for several cells; tell whether there were any."""
    space = namespace_of(root)
    if not any(formula.get("t") == "shared" for formula in root.iter(f"{space}f")):
        return False
    masters: dict[str, tuple[str, Area]] = {}
    found = False
    for cell in root.iter(f"{space}c"):
        formula = cell.find(f"{space}f")
        if formula is None or formula.get("t") != "shared":
            continue
        place, key = read_area(cell.get("r", "")), formula.get("si", "")
        if place is None:
            continue
        if formula.text:
            masters[key] = formula.text, place
        elif key in masters:
            text, origin = masters[key]
            formula.text = translated(text, place.top - origin.top, place.left - origin.left)
        for name in ("t", "si", "ref"):
            unset(formula, name)
        found = True
    return found


def _refuse(work: Work, sheet: str, part: str, root: etree._Element) -> None:
    space = namespace_of(root)
    kind = next((word for name, word in _CANNOT.items() if root.find(f"{space}{name}") is not None), "")
    if any(link.kind == "pivotTable" for link in work.links(part)):
        kind = "数据透视表"
    if any(formula.get("t") == "dataTable" for formula in root.iter(f"{space}f")):
        kind = "模拟运算表"
    if kind:
        raise Unreadable(
            work.package.path, f"的工作表“{sheet}”里有{kind}，空白行没法安全删除", f"请把{kind}移到别的工作表后再试"
        )


def _sheet(work: Work, name: str, part: str, cut: Cut) -> list[str]:
    root = work.tree(part)
    work.touch(part)
    expand_shared(root)
    told: list[str] = []
    if name == cut.sheet:
        told += _Own(root, cut).take_out()
    else:
        space = namespace_of(root)
        repeated, mentioned = Repeated(cut, sheet=name), cut.sheet.replace("'", "''")
        for formula in list(root.iter(f"{space}f")):
            if formula.text and mentioned in formula.text:
                try:
                    formula.text = repeated.formula(formula.text, _row_number(formula))
                except Gone:
                    told.append(_to_value(formula, name))
    told += _rules(root, name, cut)
    _links(root, cut)
    return told


def _row_number(formula: etree._Element) -> int:
    cell = formula.getparent()
    return 1 if cell is None else int(cell.get("r", "A1").lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _moves_anchors(root: etree._Element, cut: Cut) -> bool:
    areas = map(read_area, (node.get("ref", "") for node in root.iter(f"{namespace_of(root)}mergeCell")))
    return any(area is not None and area.top in cut and cut.area(area) for area in areas)


def _by_text(work: Work, part: str, text: RowText, cut: Cut, name: str) -> list[str]:
    """Take the rows out of a sheet, the one they are in or one that reads it, its rows handled as text."""
    root = text.frame(work.package, part)
    rows, told = without_rows(text, cut, name)
    if name == cut.sheet:
        _Own(root, cut).ranges()
    told += _rules(root, name, cut)
    _links(root, cut)
    work.put_rows(part, RowText(rows, root=root))
    return told


def _to_value(formula: etree._Element, sheet: str) -> str:
    """Turn the formula of a cell into its value."""
    cell = formula.getparent()
    address = "" if cell is None else cell.get("r", "")
    if cell is not None:
        cell.remove(formula)
    return f"工作表“{sheet}”{address} 的公式要用到已删除的空白行，已改为数值"


class _Own:
    """The sheet the rows are taken out of."""

    def __init__(self, root: etree._Element, cut: Cut) -> None:
        self._root = root
        self._cut = cut
        self._space = namespace_of(root)
        self._rows = {int(row.get("r", "0")): row for row in root.iter(f"{self._space}row")}
        self._results: dict[int, dict[str, str]] = {}
        self._anchors: dict[tuple[str, int], int] = {}

    def take_out(self) -> Iterator[str]:
        """Take the rows out of cells, merges and everything else that names cells."""
        self._move_anchors()
        repeated = Repeated(self._cut, self._stand)
        for number, row in self._rows.items():
            if number not in self._cut:
                yield from self._formulas(repeated, number, row)
        for number, row in self._rows.items():
            self._renumber(number, row)
        self.ranges()

    def _formulas(self, repeated: Repeated, number: int, row: etree._Element) -> Iterator[str]:
        for formula in list(row.iter(f"{self._space}f")):
            text = formula.text
            if not text:
                continue
            try:
                now = repeated.formula(text, number)
            except Gone:
                yield _to_value(formula, self._cut.sheet)
                continue
            if now != text:
                formula.text = now
            if ref := formula.get("ref"):
                formula.set("ref", self._cut.areas(ref))

    def _renumber(self, number: int, row: etree._Element) -> None:
        if number in self._cut:
            parent = row.getparent()
            if parent is not None:
                parent.remove(row)
            return
        now = self._cut.now(number)
        if now != number:
            row.set("r", str(now))
            before, after = len(str(number)), str(now)
            for cell in row:
                if address := cell.get("r"):
                    cell.set("r", address[:-before] + after)

    def _move_anchors(self) -> None:
        """Move what a merged cell holds to the first of its rows that stays."""
        for node in self._root.iter(f"{self._space}mergeCell"):
            area = read_area(node.get("ref", ""))
            if area is None or area.top not in self._cut:
                continue
            row = self._cut.kept_from(area.top)
            if row > area.bottom:
                continue
            self._anchors[column_letters(area.left), area.top] = row
            self._move(address_of(area.top, area.left), area.top, address_of(row, area.left), row)

    def _move(self, old: str, old_row: int, new: str, new_row: int) -> None:
        source = next((cell for cell in self._rows[old_row] if cell.get("r") == old), None)
        target = self._cell(new_row, new)
        if source is None:
            return
        for child in list(target):
            target.remove(child)
        for child in list(source):
            target.append(child)
        for name in ("t", "s", "cm", "vm"):
            unset(target, name)
            if (value := source.get(name)) is not None:
                target.set(name, value)

    def _cell(self, number: int, address: str) -> etree._Element:
        row = self._rows.get(number)
        if row is None:
            row = etree.Element(f"{self._space}row", r=str(number))
            later = [other for other in self._rows if other > number]
            if later:
                self._rows[min(later)].addprevious(row)
            self._rows = dict(sorted({**self._rows, number: row}.items()))
        for cell in row:
            if cell.get("r") == address:
                return cell
        made = etree.Element(f"{self._space}c", r=address)
        place = column_number(address.rstrip("0123456789"))
        row.insert(sum(_column(cell) < place for cell in row), made)
        return made

    def _stand(self, column: str, row: int) -> int | None:
        """Return the row whose cell stands for one taken out: that of its merge, or the nearest above of equal result."""
        if (column, row) in self._anchors:
            return self._anchors[column, row]
        above = next((number for number in range(row, 0, -1) if number not in self._cut), 0)
        known = self._result(column, above)
        return above if known and known == self._result(column, row) else None

    def _result(self, column: str, row: int) -> str:
        if row not in self._results:
            element = self._rows.get(row)
            cells = () if element is None else element
            self._results[row] = {
                cell.get("r", ""): cell.findtext(f"{self._space}v", "")
                for cell in cells
                if cell.find(f"{self._space}f") is not None
            }
        return self._results[row].get(f"{column}{row}", "")

    def ranges(self) -> None:
        """Let everything but the cells name them as they are now."""
        data = self._root.find(f"{self._space}sheetData")
        for top in [node for node in self._root if node is not data and local(node) not in _RULED[:1]]:
            for node in list(top.iter()):
                if local(node) != "dataValidation":
                    self._range(node)
        for holder in list(self._root.iter(f"{self._space}mergeCells", f"{self._space}hyperlinks", f"{self._space}ignoredErrors")):
            if holder.get("count"):
                holder.set("count", str(len(holder)))
            if not len(holder):
                self._root.remove(holder)

    def _range(self, node: etree._Element) -> None:
        for name in _RANGES:
            if (text := node.get(name)) is None:
                continue
            left = self._cut.areas(text)
            if not left and name in ("ref", "sqref") and (parent := node.getparent()) is not None and local(node) != "selection":
                parent.remove(node)
                return
            node.set(name, left or self._nearest(text))
        if local(node) == "mergeCell" and ":" not in node.get("ref", ":") and (parent := node.getparent()) is not None:
            # A merge of one cell would be repaired.
            parent.remove(node)
        if local(node) == "brk" and (number := node.get("id", "")).isdigit():
            node.set("id", str(self._cut.now(int(number) + 1) - 1))
        if local(node) == "row" and (number := (node.text or "").strip()).isdigit():
            # A corner of a control, counted from 0.
            node.text = str(self._cut.now(self._cut.kept_from(int(number) + 1)) - 1)

    def _nearest(self, text: str) -> str:
        area = read_area(text.split()[0].split(":")[0])
        return "A1" if area is None else address_of(self._cut.now(self._cut.kept_from(area.top)), area.left)


def _column(cell: etree._Element) -> int:
    return column_number(cell.get("r", "A1").rstrip("0123456789"))


def _rules(root: etree._Element, sheet: str, cut: Cut) -> Iterator[str]:
    """Rewrite conditional formats, validations and sparklines, those of extensions included."""
    for node in list(outside_cells(root, *_RULED)):
        holder = next((child for child in node if local(child) == "sqref"), None)
        before = node.get("sqref", "") if holder is None else holder.text or ""
        after = cut.areas(before) if sheet == cut.sheet else before
        if not after and before:
            _remove(node)
            continue
        if holder is None and before:
            node.set("sqref", after)
        elif holder is not None:
            holder.text = after
        shift = _shift(before, cut) if sheet == cut.sheet and before else 0
        try:
            for formula in [child for child in node.iter() if local(child) in _RULES and child.text]:
                moved = translated(formula.text or "", shift, 0)
                formula.text = cut.formula(moved, sheet, lambda _, row: cut.kept_from(row))
        except Gone:
            _remove(node)
            yield f"工作表“{sheet}”{before.split()[0] if before else ''} 的规则要用到已删除的空白行，已去掉"


def _shift(areas: str, cut: Cut) -> int:
    """Return how many rows lower the first cell of a rule's ranges is that stays: its formulas are written for the first."""
    read = [area for area in map(read_area, areas.split()) if area]
    alive = next((area for area in read if cut.area(area)), None)
    return cut.kept_from(alive.top) - read[0].top if alive else 0


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is None:
        return
    parent.remove(node)
    if parent.get("count"):
        parent.set("count", str(len(parent)))
    if not len(parent):
        _remove(parent)


def _links(root: etree._Element, cut: Cut) -> None:
    for node in root.iter(f"{namespace_of(root)}hyperlink"):
        if (place := node.get("location")) and "!" in place:
            node.set("location", kept(cut, place, ""))
