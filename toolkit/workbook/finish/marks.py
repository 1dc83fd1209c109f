"""校验码 in a workbook: a line below the form, 校验明细 at the end of 检查结果, and a property of the file."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from lxml import etree

from toolkit.core.fingerprint import field_marks, fingerprint, results_code
from toolkit.core.form import Form
from toolkit.core.layout import TEMPLATE_VERSION
from toolkit.core.scheme import Scheme
from toolkit.workbook.address import Area, address_of, column_letters, column_number, read_area, read_reference
from toolkit.workbook.finish.people import CUSTOM, OURS
from toolkit.workbook.finish.rowtext import Row, RowText
from toolkit.workbook.finish.work import Work, unset
from toolkit.workbook.results.layout import SHEET, find_layout
from toolkit.workbook.results.part import clean_text
from toolkit.workbook.sheet import Sheet
from toolkit.workbook.strings import Shared, namespace_of

DETAIL = "校验明细"
CODE = r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"
LINE = re.compile(rf"校验码 ({CODE})　结果码 ({CODE})")
_PART = "docProps/custom.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NOTE = "各栏的简码，用于核对哪一格被改动；只能证明有没有改动，不能证明由谁填写"
_HEADINGS = ("级别", "位置", "栏目", "问题", "当时值")
_STYLED = re.compile(rb'<c r="([A-Z]+)\d+" s="(\d+)"')
_CODE_HEIGHT = "21"
"""Height in points of a line below the form: clear of the lines for the signatures."""
_TEXT_WIDTH, _LINE_HEIGHT = 40, 15


@dataclass(frozen=True, slots=True)
class FormCode:
    """The codes of one form.

    Attributes:
        scheme: id of the scheme that is part of the code.
    """

    sheet: str
    project: str
    code: str
    results_code: str
    scheme: str

    @property
    def line(self) -> str:
        """Return what stands below the form."""
        return f"校验码 {self.code}　结果码 {self.results_code}"

    @property
    def property_text(self) -> str:
        """Return what the file's property holds."""
        return f"{self.code} {self.results_code} {self.scheme} {TEMPLATE_VERSION}"


def codes_of(forms: Sequence[Form], schemes: Sequence[Scheme]) -> tuple[FormCode, ...]:
    """Return the codes of each form under its scheme."""
    return tuple(
        FormCode(form.sheet or "", form.project_name.text, fingerprint(form, scheme.id), results_code(form), scheme.id)
        for form, scheme in zip(forms, schemes, strict=True)
    )


def write_marks(work: Work, forms: Sequence[Form], codes: Sequence[FormCode]) -> None:
    """Write the codes wherever they stand."""
    for name, part, _ in list(work.sheets()):
        lines = [code.line + (f"（{code.project}）" if len(own) > 1 else "") for own in [_on(codes, name)] for code in own]
        if lines:
            _below(work, name, part, lines)
        if name == SHEET:
            _details(work, part, forms, codes)
    _property(work, [code.property_text for code in codes])


def _on(codes: Sequence[FormCode], sheet: str) -> list[FormCode]:
    return [code for code in codes if code.sheet == sheet]


def _below(work: Work, name: str, part: str, lines: Sequence[str]) -> None:
    """Write lines below the form, or over those of an earlier finish."""
    old = _old_line(work, name, part)
    text = None if old else work.rows(part)
    if text is not None:
        first = text.last_filled() + 1
        root = text.frame(work.package, part)
        _dimension(root, namespace_of(root), first + len(lines) - 1)
        cells = [_cell(f"A{at}", "0", line) for at, line in enumerate(lines, first)]
        work.put_rows(part, RowText(text.with_first_cells(first, cells, _CODE_HEIGHT), root=root))
        _print_area(work, name, first, first + len(lines) - 1)
        return
    root = work.tree(part)
    space = namespace_of(root)
    data = root.find(f"{space}sheetData")
    if data is None:
        return
    first = old or _last(data, space) + 1
    for offset, line in enumerate(lines):
        row = _row(data, space, first + offset)
        if row.get("ht") is None:
            row.set("ht", _CODE_HEIGHT)
            row.set("customHeight", "1")
        address = f"A{first + offset}"
        for cell in [cell for cell in row if cell.get("r") == address]:
            row.remove(cell)
        row.insert(0, text_cell(space, address, "0", line))
    _dimension(root, space, first + len(lines) - 1)
    _print_area(work, name, first, first + len(lines) - 1)
    work.touch(part)


def _old_line(work: Work, name: str, part: str) -> int:
    """Return the row of an earlier finish's first line, 0 where there is none."""
    if not any(link.kind == CUSTOM for link in work.links("")):
        return 0
    sheet = Sheet(name, work.package, part, _shared(work))
    return next((row for row in sheet.row_numbers if LINE.match(sheet.text(row, 1))), 0)


def _last(data: etree._Element, space: str) -> int:
    """Return the last row in which a cell holds something."""
    rows = (row for row in reversed(data) if any(cell.find(f"{space}v") is not None or cell.find(f"{space}is") is not None for cell in row))
    last = next(rows, None)
    return 0 if last is None else int(last.get("r", "0"))


def _row(data: etree._Element, space: str, number: int) -> etree._Element:
    """Return a row, made in its place where there is none."""
    for row in reversed(data):
        at = int(row.get("r", "0"))
        if at == number:
            unset(row, "hidden")
            return row
        if at < number:
            made = etree.Element(f"{space}row", r=str(number))
            row.addnext(made)
            return made
    made = etree.Element(f"{space}row", r=str(number))
    data.insert(0, made)
    return made


def _cell(address: str, style: str, text: str) -> str:
    """Return a cell that holds a text of its own."""
    held = escape(clean_text(text), quote=False)
    return f'<c r="{address}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{held}</t></is></c>'


def text_cell(space: str, address: str, style: str, text: str) -> etree._Element:
    """Return a cell that holds a text of its own, parsed."""
    return etree.fromstring(f'<x xmlns="{space[1:-1]}">{_cell(address, style, text)}</x>')[0]


def _dimension(root: etree._Element, space: str, last: int) -> None:
    node = root.find(f"{space}dimension")
    area = None if node is None else read_area(node.get("ref", ""))
    if node is not None and area is not None and area.bottom < last:
        node.set("ref", f"A{area.top}:{address_of(last, area.right)}")


def _print_area(work: Work, name: str, first: int, last: int) -> None:
    """Let the print area reach down to the lines where it ended just above them."""
    index = next(at for at, (sheet, _, _) in enumerate(work.sheets()) if sheet == name)
    root = work.tree(work.main)
    space = namespace_of(root)
    for node in root.iterfind(f"{space}definedNames/{space}definedName"):
        if node.get("name") == "_xlnm.Print_Area" and node.get("localSheetId") == str(index):
            found = read_reference(node.text or "")
            if found is not None and found[1].bottom == first - 1:
                node.text = f"{(node.text or '').rpartition('!')[0]}!{_absolute(found[1], last)}"
                work.touch(work.main)


def _absolute(area: Area, last: int) -> str:
    return f"${column_letters(area.left)}${area.top}:${column_letters(area.right)}${last}"


def _details(work: Work, part: str, forms: Sequence[Form], codes: Sequence[FormCode]) -> None:
    """Put 校验明细 at the end of the sheet, in the place of an earlier one."""
    sheet = Sheet(SHEET, work.package, part, _shared(work))
    layout = find_layout(sheet)
    if layout is None:
        return
    level = layout.columns["级别"]
    old = {row for row in sheet.row_numbers if row >= layout.first_row and sheet.text(row, level) == DETAIL}
    filled = (row for row in reversed(sheet.row_numbers) if row not in old and sheet.texts(row))
    first = max(next(filled, 0), layout.heading_row) + 1
    columns = sorted((layout.columns[heading], at) for at, heading in enumerate(_HEADINGS))
    made = dict(enumerate(_lines(first, columns, _looks(work, part, layout.first_row), list(_rows(forms, codes))), first))
    _replace_rows(work, part, {row for row in sheet.row_numbers if row in old or row >= first}, made)


def _replace_rows(work: Work, part: str, gone: Container[int], made: Mapping[int, Row]) -> None:
    """Take rows out of a sheet and put others below those that stay."""
    text = work.rows(part)
    if text is not None:
        root = text.frame(work.package, part)
        kept = {number: row for number, row in text.rows.items() if number not in gone}
        work.put_rows(part, RowText({**kept, **made}, root=root))
    else:
        root = work.tree(part)
        space = namespace_of(root)
        data = root.find(f"{space}sheetData")
        if data is None:
            return
        data[:] = [row for row in data if int(row.get("r", "0")) not in gone]
        data.extend(etree.fromstring(b'<x xmlns="%b">%b</x>' % (space[1:-1].encode(), b"".join(row.written(at) for at, row in made.items()))))
        work.touch(part)
    _dimension(root, namespace_of(root), max(made, default=0))


def _lines(first: int, columns: Sequence[tuple[int, int]], looks: Mapping[int, str], rows: Sequence[tuple[str, ...]]) -> Iterator[Row]:
    """Yield 校验明细 as rows of a worksheet from row ``first`` on."""
    places = [(column_letters(column), looks.get(column, "0"), at) for column, at in columns]
    for number, texts in enumerate(rows, first):
        lines = max(-(-2 * len(texts[3]) // _TEXT_WIDTH), -(-2 * len(texts[2]) // 20), 1)
        marks = f' ht="{min(409, lines * _LINE_HEIGHT + 3)}" customHeight="1"'
        cells = "".join([_cell(f"{letters}{number}", look, texts[at]) for letters, look, at in places])
        yield Row(marks.encode(), [cells.encode()])


def _shared(work: Work) -> Shared:
    parts = {link.kind: link.target for link in work.links(work.main)}
    return Shared(work.package, parts.get("sharedStrings"), parts.get("styles"), False)


def _looks(work: Work, part: str, number: int) -> dict[int, str]:
    """Return the styles of a row's cells by column."""
    text = work.rows(part)
    if text is not None:
        found = [(one[1].decode(), one[2].decode()) for one in _STYLED.finditer(text.rows[number].content if number in text.rows else b"")]
    else:
        space = namespace_of(work.tree(part))
        cells = work.tree(part).iterfind(f"{space}sheetData/{space}row[@r='{number}']/{space}c")
        found = [(cell.get("r", "A").rstrip("0123456789"), cell.get("s", "0")) for cell in cells]
    return {column_number(letters): style for letters, style in found}


def _rows(forms: Sequence[Form], codes: Sequence[FormCode]) -> Iterator[tuple[str, ...]]:
    """Yield 级别, 位置, 栏目, 问题 and 当时值 of every row: a title for each form, then its fields by row."""
    for form, code in zip(forms, codes, strict=True):
        yield DETAIL, code.sheet, code.project, f"{code.line}。{_NOTE}", ""
        for row, marks in groupby(filter(lambda mark: mark.mark, field_marks(form)), key=lambda mark: mark.row):
            found = list(marks)
            pairs = "　".join(f"{mark.column}={mark.mark}" for mark in found)
            yield DETAIL, code.sheet, next((mark.name for mark in found if mark.name), ""), pairs, row or "表头"


def _property(work: Work, texts: Sequence[str]) -> None:
    if not texts:
        return
    part = next((link.target for link in work.links("") if link.kind == CUSTOM and work.has(link.target)), "")
    if not part:
        part = _PART
        work.put(part, f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_VARIANT}"/>'.encode(), _TYPE)
        work.link("", CUSTOM, part)
    root = work.tree(part)
    for node in list(root):
        root.remove(node)
    for number, text in enumerate(texts, 1):
        name = OURS if number == 1 else f"{OURS} {number}"
        node = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number + 1), name=name)
        etree.SubElement(node, f"{{{_VARIANT}}}lpwstr").text = text
    work.touch(part)
