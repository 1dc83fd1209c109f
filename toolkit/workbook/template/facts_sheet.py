"""The sheet 报告要素: the facts that stand in no form, group by group; every field may stay blank."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from toolkit.core.facts import (
    BASIS,
    STATE_COLUMN,
    UNCONFIRMED,
    Fact,
    FactGroup,
    FactKind,
    FactTable,
    fact_groups,
    facts_of_unit,
    find_fact,
    find_table,
)
from toolkit.core.form import Cell, Form
from toolkit.core.layout import FACTS_SHEET, TABLE_MARK
from toolkit.core.scheme import Scheme
from toolkit.workbook.address import address_of, column_letters
from toolkit.workbook.template.fact_inputs import FILLED, OPEN, UNFIT, FactInput
from toolkit.workbook.template.styles import BLUE_TAB, GREY, TITLE_FONT, Styles

_HEADINGS = ("序号", "要素", "填写内容", "单位或格式", "示例", "用于", "状态")
_TICK_HEADINGS = ("序号", "要素", "填写内容", "单位或格式", "依据", "用于", "状态")
_WIDTHS = (6, 24, 44, 22, 30, 32, 13, 13, 13, 16)
_NAME, _CONTENT, _SHAPE, _EXAMPLE, _USED, _STATE = range(2, 8)
_GUIDE = (
    "都可不填：用到哪个填哪个，没有填的，用到它的那一句不写进报告，也不会编造。"
    "先填甲（一次填写，以后带到下年），再看“用于”一栏，填您的报告用得到的。合规事项只有勾“是”的才写进报告。"
)
_BAND, _BAND_UNUSED = "#BDD7EE", "#E7E6E6"
_SPARE_ROWS = 2
_OTHERS = FactGroup("癸", "其他（来源里另有的）", of_unit=False, carried=False, facts=(), tables=())
_LINE, _LEAST_HEIGHT = 14.5, 22
_LAST_ROW = 1_048_575


class FactsSheet:
    """Writes one sheet 报告要素."""

    def __init__(self, book: Any, styles: Styles, name: str, form: Form, scheme: Scheme) -> None:
        """Add the sheet called ``name``, to be filled from ``form``."""
        self._sheet = book.add_worksheet(name)
        self._book = book
        self._styles = styles
        self._name = name
        self._form = form
        self._scheme = scheme
        self._row = 0
        self._links = 1

    def write(self) -> None:
        """Write the sheet."""
        self._sheet.set_tab_color(BLUE_TAB)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.merge_range("A1:G1", None, self._styles.get())
        title = "报告要素（表里没有、报告和检查要用的事实；全部可不填）"
        self._sheet.write_string("A1", title, self._styles.get(font_name=TITLE_FONT, font_size=14))
        self._sheet.set_row(0, 26)
        self._sheet.merge_range("A2:G2", None, self._styles.get())
        self._sheet.write_string("A2", _GUIDE, self._styles.get(text_wrap=True, font_color=GREY))
        self._sheet.set_row(1, 32)
        self._sheet.set_row(2, 28)
        self._row = 3
        for group in (*filter(self._shown, fact_groups()), *self._others()):
            self._link(group)
            self._group(group)
        self._finish()

    def _shown(self, group: FactGroup) -> bool:
        given = any(map(self._filled, group.facts)) or any(self._form.tables.get(table.name) for table in group.tables)
        return given or not group.last_year

    def _link(self, group: FactGroup) -> None:
        """Write a link to the group above all groups: the sheet is long, and most officers need a few groups."""
        look = self._styles.get(font_color="#0563C1", underline=1, font_size=9.5, align="left", text_wrap=True)
        title = group.title.partition("（")[0]
        self._sheet.write_url(2, self._links, f"internal:'{self._name}'!A{self._row + 1}", look, f"{group.id} {title}")
        self._links += 1

    def _finish(self) -> None:
        sheet = self._sheet
        for text, colour in ((FILLED, "#548235"), (OPEN, "#A6A6A6"), (UNFIT, "#C00000")):
            look = self._book.add_format({"font_color": colour})
            rule = {"type": "cell", "criteria": "==", "value": f'"{text}"', "format": look}
            sheet.conditional_format(f"G4:G{self._row}", rule)
        sheet.hide_gridlines(2)
        sheet.freeze_panes(3, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.print_area(0, 0, _LAST_ROW, len(_WIDTHS) - 1)
        sheet.repeat_rows(0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def _others(self) -> Iterator[FactGroup]:
        """Yield a group of what the source has beyond the catalogue: nothing that was given may be left out."""
        unknown = [name for name in self._form.facts if find_fact(name) is None]
        tables = [
            FactTable(name, tuple(Fact(column, FactKind.TEXT) for column in _columns(rows)), len(rows), "来源里另有的表")
            for name, rows in self._form.tables.items()
            if find_table(name) is None and rows
        ]
        if unknown or tables:
            facts = tuple(Fact(name, FactKind.TEXT) for name in unknown)
            yield FactGroup(_OTHERS.id, _OTHERS.title, False, False, facts, tuple(tables))

    def _group(self, group: FactGroup) -> None:
        heading = self._next()
        counted = []
        for ticks, facts in groupby(group.facts, key=lambda fact: fact.kind is FactKind.TICK):
            counted.append(self._fields(list(facts), ticks))
        for table in group.tables:
            self._table(table)
        self._group_heading(group, heading, counted)
        self._row += 1

    def _group_heading(self, group: FactGroup, row: int, counted: Sequence[tuple[int, int]]) -> None:
        needed = group.meant_for in self._scheme.form_title
        look = {"bold": True, "bg_color": _BAND if needed else _BAND_UNUSED, "font_size": 12}
        self._merged(row, 1, 3, f"{group.id}、{group.title}", self._styles.get(**look, align="left", border=1))
        note = "本单位各项目共用" if group.of_unit else "每个项目各填一份"
        note += "；带到下年，下年须确认" if group.carried else ""
        note += "" if needed else f"。只有{group.meant_for}的表用得到，本表不用填"
        small = look | {"bold": False, "font_size": 10, "text_wrap": True}
        self._merged(row, 4, 6, note, self._styles.get(**small, align="left", border=1))
        centred = self._styles.get(**small, align="center", border=1)
        if counted:
            sums = "+".join(f'COUNTIF(G{top}:G{bottom},"<>{OPEN}")' for top, bottom in counted)
            filled = sum(self._filled(fact) for fact in group.facts)
            total = len(group.facts)
            self._sheet.write_formula(row - 1, _STATE - 1, f'={sums}&"/{total} 项"', centred, f"{filled}/{total} 项")
        else:
            self._sheet.write_blank(row - 1, _STATE - 1, None, centred)
        self._sheet.set_row(row - 1, 26)

    def _filled(self, fact: Fact) -> bool:
        return bool(self._text(fact.name))

    def _fields(self, facts: Sequence[Fact], ticks: bool) -> tuple[int, int]:
        self._headings(_TICK_HEADINGS if ticks else _HEADINGS)
        first = self._row + 1
        for number, fact in enumerate(facts, 1):
            self._field(number, fact, self._next())
        return first, self._row

    def _field(self, number: int, fact: Fact, row: int) -> None:
        entry, text, label = FactInput(fact, self._form.currency_unit), self._text(fact.name), self._styles.label
        grey = label(align="left", font_color=GREY, font_size=9.5)
        self._sheet.write_number(row - 1, 0, number, label())
        self._sheet.write_string(row - 1, _NAME - 1, fact.name, label(align="left"))
        self._put(row, _CONTENT, entry, text)
        self._sheet.write_string(row - 1, _SHAPE - 1, entry.shape, grey)
        basis = ""
        if fact.kind is FactKind.TICK:
            basis = self._text(fact.name + BASIS)
            self._put(row, _EXAMPLE, _basis_of(fact, self._form.currency_unit), basis)
            self._define(f"{fact.name}_依据", f"${column_letters(_EXAMPLE)}${row}")
        else:
            self._sheet.write_string(row - 1, _EXAMPLE - 1, entry.example, grey)
        self._sheet.write_string(row - 1, _USED - 1, fact.used, grey)
        state = entry.status_formula(f"{column_letters(_CONTENT)}{row}")
        self._sheet.write_formula(row - 1, _STATE - 1, state, label(font_size=9.5), entry.status(text))
        self._define(fact.name, f"${column_letters(_CONTENT)}${row}")
        least = 60 if fact.kind in (FactKind.LONG, FactKind.ITEMS) else _LEAST_HEIGHT
        widths = {_CONTENT: text, _EXAMPLE: basis or entry.example, _USED: fact.used}
        self._sheet.set_row(row - 1, max(least, _height(widths)))

    def _table(self, table: FactTable) -> None:
        rows = [row for row in self._form.tables.get(table.name, ()) if row]
        known = [column.name for column in table.columns]
        columns = (*table.columns, *(Fact(name, FactKind.TEXT) for name in _columns(rows) if name not in known))
        title = self._next()
        self._headings(("序号", *(column.name for column in columns)))
        first = self._row + 1
        entries = [FactInput(column, self._form.currency_unit) for column in columns]
        for number in range(1, max(table.rows, len(rows) + _SPARE_ROWS) + 1):
            self._table_row(number, entries, rows[number - 1] if number <= len(rows) else {})
        self._unconfirmed(first, [column.name for column in columns])
        for place, entry in enumerate(entries, _NAME):
            area = f"{address_of(first, place)}:{address_of(self._row, place)}"
            self._sheet.data_validation(area, entry.validation(address_of(first, place)))
            letters = column_letters(place)
            self._define(f"{table.name}_{entry.fact.name}", f"${letters}${first}:${letters}${self._row}")
        self._table_title(table, title, first, rows)

    def _unconfirmed(self, first: int, columns: Sequence[str]) -> None:
        """Show rows of last year in grey until the officer has confirmed them."""
        if STATE_COLUMN in columns:
            state = column_letters(_NAME + columns.index(STATE_COLUMN))
            area = f"B{first}:{column_letters(_NAME + len(columns) - 1)}{self._row}"
            look = self._book.add_format({"font_color": "#A6A6A6", "italic": True})
            rule = {"type": "formula", "criteria": f'=${state}{first}="{UNCONFIRMED}"', "format": look}
            self._sheet.conditional_format(area, rule)

    def _table_title(self, table: FactTable, row: int, first: int, rows: Sequence[Mapping[str, Cell]]) -> None:
        look = {"border": 1, "bg_color": "#F2F2F2"}
        self._sheet.write_string(row - 1, 0, TABLE_MARK, self._styles.get(**look, align="center", font_color=GREY))
        self._sheet.write_string(row - 1, _NAME - 1, table.name, self._styles.get(**look, align="left", bold=True))
        small = look | {"font_color": GREY, "font_size": 9.5}
        used = f"{table.used}。一行一条，空行不用"
        self._merged(row, _CONTENT, _USED, used, self._styles.get(**small, align="left", text_wrap=True))
        letters = column_letters(_NAME)
        counted = f'=COUNTA({letters}{first}:{letters}{self._row})&" 行"'
        filled = sum(table.columns[0].name in cells for cells in rows) if table.columns else 0
        self._sheet.write_formula(row - 1, _STATE - 1, counted, self._styles.get(**small, align="center"), f"{filled} 行")
        self._sheet.set_row(row - 1, _LEAST_HEIGHT)

    def _table_row(self, number: int, entries: Sequence[FactInput], cells: Mapping[str, Cell]) -> None:
        row = self._next()
        self._sheet.write_number(row - 1, 0, number, self._styles.label())
        texts = [cells[entry.fact.name].text if entry.fact.name in cells else "" for entry in entries]
        for column, (entry, text) in enumerate(zip(entries, texts, strict=True), _NAME):
            self._write(row, column, entry, text)
        self._sheet.set_row(row - 1, max(_LEAST_HEIGHT, _height(dict(enumerate(texts, _NAME)))))

    def _headings(self, headings: Iterable[str]) -> None:
        row = self._next()
        for column, heading in enumerate(headings):
            self._sheet.write_string(row - 1, column, heading, self._styles.label(bold=True, bg_color="#F7F7F7"))
        self._sheet.set_row(row - 1, 20)

    def _put(self, row: int, column: int, entry: FactInput, text: str) -> None:
        self._write(row, column, entry, text)
        place = address_of(row, column)
        self._sheet.data_validation(place, entry.validation(place))

    def _write(self, row: int, column: int, entry: FactInput, text: str) -> None:
        align = "left" if entry.left else "center"
        look = self._styles.input(align=align, num_format=entry.number_format(text))
        if not text:
            self._sheet.write_blank(row - 1, column - 1, None, look)
        elif entry.is_number(text):
            self._sheet.write_number(row - 1, column - 1, Decimal(text), look)
        else:
            self._sheet.write_string(row - 1, column - 1, text, look)

    def _merged(self, row: int, first: int, last: int, text: str, look: Any) -> None:
        self._sheet.merge_range(row - 1, first - 1, row - 1, last - 1, None, look)
        self._sheet.write_string(row - 1, first - 1, text, look)

    def _define(self, name: str, area: str) -> None:
        if find_fact(name.removesuffix("_依据")) is not None or find_table(name.partition("_")[0]) is not None:
            quoted = "'" + self._name.replace("'", "''") + "'"
            self._book.define_name(f"{quoted}!{name}", f"={quoted}!{area}")

    def _text(self, name: str) -> str:
        cell = self._form.facts.get(name)
        return "" if cell is None or cell.blank else cell.text

    def _next(self) -> int:
        self._row += 1
        return self._row


def write_facts(book: Any, styles: Styles, forms: Sequence[Form], scheme: Scheme) -> None:
    """Write 报告要素, and 报告要素 (2) … for further forms that have facts of their own."""
    shared = facts_of_unit(forms[0].facts, forms[0].tables)
    for number, form in enumerate(forms, 1):
        if number == 1:
            FactsSheet(book, styles, FACTS_SHEET, form, scheme).write()
        elif (form.facts or form.tables) and (form.facts, form.tables) != shared:
            FactsSheet(book, styles, f"{FACTS_SHEET} ({number})", form, scheme).write()


def _basis_of(fact: Fact, unit: str) -> FactInput:
    example = "×年×月×日第×号凭证；《内部控制手册》第×章"
    return FactInput(Fact(f"{fact.name}·依据", FactKind.TEXT, example), unit)


def _columns(rows: Iterable[Mapping[str, Cell]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(column for row in rows for column in row))


def _height(texts: Mapping[int, str]) -> float:
    """Return the height in points that lets every text be read, by its column's width."""
    lines = (sum(map(_lines, text.split("\n"), [column] * (text.count("\n") + 1))) for column, text in texts.items())
    return min(400.0, _LINE * max(lines, default=1) + 6)


def _lines(text: str, column: int) -> int:
    width = (_WIDTHS[column - 1] if column <= len(_WIDTHS) else 9) - 2
    # A Chinese character takes two and a bit of the units in which widths are counted.
    length = sum(2 if mark > "\u2e7f" else 1.1 for mark in text)
    return max(1, -(-int(length) // width))
