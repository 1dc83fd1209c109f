"""The rows of 年度绩效指标 by their columns; cells that have slid are found by their order and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.core.columns import own_key
from toolkit.core.form import Cell, Indicator, Line, Origin
from toolkit.intake.foreign.columns import NAMES, Column, Columns, not_taken
from toolkit.intake.foreign.model import ForeignGrid, How, Leftover, Log, Piece, Recognised, place_of
from toolkit.intake.foreign.row_fit import LEVELS, NO_VALUE, SUSPECT, TOO_COSTLY, Found, Reading, like_level, place
from toolkit.intake.foreign.row_texts import carries_unit, joined_target, name_text, section_name, squeezed
from toolkit.intake.foreign.stream import UNNAMED, order_of, read_stream
from toolkit.intake.foreign.words import bare, find_word, is_level, is_number, is_word

_SHIFTS = (0, 1, -1, 2, -2)
_SURE_COST = 4
_NOTE_SPAN = 4
_TEXT_SPAN = 3
_VALUES = frozenset(("target", "sign", "value", "unit", "adjusted", "actual", "weight", "score", "deviation", "basis"))
_LEAST_HEADINGS = 3
_PLACEHOLDER = re.compile(r"(?:指标|目标)\s*\d{0,2}\s*[:：]?\s*|[.…·。\s]{2,}")
_PLACEHOLDER_MARKS = frozenset("指目.…·。 \t\r\n\u3000\u00a0")
_MOST_LEVELS = 2
_ELLIPSIS = re.compile(r"[.…·。]{2,}")

_PRINTED = tuple((name, f"·{NAMES[name]}") for name in (*LEVELS, "target", "actual", "weight", "score", "deviation", "basis", "method"))
"""The fields of a row that other people's forms have, and what stands behind the row's name in those of its cells."""
_CONTENT = frozenset(("target", "value", "adjusted", "actual", "weight", "score", "level3", "level4"))
_RESULTS = frozenset(("target", "value", "adjusted", "actual"))
_POINTS = frozenset(("weight", "score"))
_SUBTOTAL = re.compile(r"(?:小计|合计|共计)$")
_VALUED = frozenset(("target", "value", "actual", "weight"))


class RowReader:
    """Reads the rows below one heading row after the other, remembering the levels above."""

    def __init__(self, grid: ForeignGrid, log: Log, own: Iterable[str] = ()) -> None:
        """Read from ``grid`` and note in ``log`` what is not taken; columns headed as in ``own`` come in as the form's own."""
        self._grid = grid
        self._wanted = {bare(heading): own_key(heading) for heading in own}
        self._log = log
        self._levels: dict[str, Piece | None] = {"level1": None, "level2": None}
        self._count = 0
        self._sections: set[str] = set()
        self.declared: dict[str, str] = {}

    def read(self, columns: Columns, last: int) -> Iterator[Indicator]:
        """Yield the rows from below the headings down to ``last``."""
        taken = self._log.taken
        for row in self._grid.rows_between(columns.bottom + 1, last):
            pieces = self._grid.row(row)
            if not (pieces[0].column and taken.isdisjoint(map(place_of, pieces))):
                pieces = [piece for piece in pieces if piece.column and (row, piece.column) not in taken]
            found = self._row(columns, row, pieces)
            if found is not None:
                yield found

    def read_followed(self, columns: Columns) -> Iterator[Indicator]:
        """Yield the rows of text whose cells only follow one another, as far as just one reading fits."""
        headings, row = self._grid.row(columns.top), columns.bottom + 1
        stream = read_stream(order_of(headings), self._grid.row(row), self._grid.line_starts)
        self._log.take(headings)
        for cells in stream.rows:
            cells = self._with_names(columns, dict(cells))
            if "level1" in cells:
                self._levels = {"level1": cells["level1"], "level2": cells.get("level2")}
            unnamed = cells.pop(UNNAMED, None)
            yield self._indicator(row, columns, cells)
            self._leave([unnamed] if unnamed else [], "没有对应的栏目")
        self._leave(stream.left, "格子按次序有几种读法，没有读")

    def _row(self, columns: Columns, row: int, pieces: list[Piece]) -> Indicator | None:
        first = columns.first
        if pieces and pieces[0].column < first:
            pieces = [piece for piece in pieces if piece.column >= first or not _beside(piece, columns)]
        if not pieces or _is_elided(pieces) or _is_note(pieces, columns):
            return None
        pieces = self._without_placeholders(pieces)
        reading = self._best(columns, pieces)
        if reading is None:
            self._leave(pieces, "这一行的格子对不上栏目，没有读")
            return None
        cells = self._with_names(columns, dict(reading.cells))
        subtotal = self._subtotal(row, cells)
        if subtotal:
            self._remember(cells)
            self._leave(pieces, subtotal)
            return None
        if _CONTENT.isdisjoint(cells):
            self._remember(cells)
            self._log.take(piece for piece in cells.values() if piece in self._levels.values())
            return None
        self._leave_shared(cells)
        if reading.shift:
            begins = pieces[0]
            self._log.recognised.append(Recognised("指标行", begins.text, begins.place, How.SHIFTED, 0.8))
        own = {} if reading.shift or not self._wanted else self._own(columns, reading.unplaced)
        for piece in reading.unplaced:
            if piece not in own.values():
                self._leave([piece], not_taken(columns, piece))
        self._remember(cells)
        self._log.take(own.values())
        found = self._indicator(row, columns, cells)
        return self._with_own(found, row, columns, own) if self._wanted else found

    def _own_columns(self, columns: Columns) -> Iterator[tuple[str, Column]]:
        for column in columns.others if self._wanted else ():
            if column.first >= columns.first and (heading := self._wanted.get(bare(column.heading.text))):
                yield heading, column

    def _own(self, columns: Columns, unplaced: Iterable[Piece]) -> dict[str, Piece]:
        """Return the cells in columns that only this form has, by heading."""
        found: dict[str, Piece] = {}
        for piece in unplaced:
            for heading, column in self._own_columns(columns):
                if column.first <= piece.column <= column.last:
                    found.setdefault(heading, piece)
        return found

    def _with_own(self, read: Indicator, row: int, columns: Columns, own: Found) -> Indicator:
        cells: dict[str, Cell] = {}
        for heading, column in self._own_columns(columns):
            field, line = f"{read.score.field.rpartition('·')[0]}·{heading}", read.score.line
            blank = self._blank(field, row, column, line)
            piece = own.get(heading)
            cells[heading] = blank if piece is None else self._held_in(piece, field, line)
        return replace(read, own=cells) if cells else read

    def _held_in(self, piece: Piece, field: str, line: int) -> Cell:
        return Cell(field, piece.text, self._grid.sheet, piece.address, piece.exact, piece.origin, line)

    def _subtotal(self, row: int, cells: Found) -> str:
        """Return why a row only sums others up (小计, a 一级指标 above its own rows with their sum), "" where it does not."""
        if not _RESULTS.isdisjoint(cells):
            return ""
        names = [cells[name] for name in LEVELS if name in cells]
        if any(_SUBTOTAL.search(bare(piece.text)) for piece in names):
            return "是小计，不是指标"
        level1 = cells.get("level1")
        if level1 is None or len(set(names)) > 1 or level1.rows > 1 or not is_level(level1.text, "first") or _POINTS.isdisjoint(cells):
            return ""
        below = self._grid.row(row + 1)
        if below and (below[0].column > level1.column or bare(below[0].text) == bare(level1.text)):
            return f"是“{level1.text}”各行的合计，不是指标"
        return ""

    def _leave_shared(self, cells: dict[str, Piece]) -> None:
        """Leave a figure that is merged over several rows: how much of it each row has cannot be told."""
        for name in ("weight", "score"):
            piece = cells.get(name)
            if piece is None or piece.rows == 1:
                continue
            if self._grid.rows_between(piece.row + 1, piece.last_row):
                del cells[name]
                self._leave([piece], f"“{NAMES[name]}”合并了 {piece.rows} 行，分不出每行多少")

    def _without_placeholders(self, pieces: list[Piece]) -> list[Piece]:
        """Drop 指标2： and …… where nothing stands beside them: the blank form's own lines."""
        held = [piece for piece in pieces if piece.text[:1] in _PLACEHOLDER_MARKS and _is_placeholder(piece.text)]
        if not held or any(is_number(piece.text) for piece in pieces) or len(pieces) - len(held) > _MOST_LEVELS:
            return pieces
        self._log.take(held)
        return [piece for piece in pieces if piece not in held]

    def _best(self, columns: Columns, pieces: list[Piece]) -> Reading | None:
        straight = place(columns, pieces, 0)
        if straight.cost < SUSPECT:
            return straight
        if columns.doubtful:
            # Cells of a column that was not taken would pass for those beside it.
            return straight if straight.cost < TOO_COSTLY else None
        ranked = sorted((place(columns, pieces, shift) for shift in _SHIFTS), key=lambda each: each.cost)
        best, second = ranked[0], ranked[1]
        sure = best.cost <= _SURE_COST and straight.cost - best.cost >= SUSPECT and second.cost - best.cost >= 2
        if best.shift and sure:
            return best
        return straight if straight.cost < 2 * SUSPECT else None

    def _with_names(self, columns: Columns, cells: dict[str, Piece]) -> dict[str, Piece]:
        """Put names into the level they belong to: 满意度 in 二级指标, a name under a missing 三级指标."""
        second = cells.get("level2")
        if second is not None and "level1" not in cells and is_level(second.text, "satisfaction") and not self._held(second, columns):
            cells["level1"] = second
        if second is not None and "level3" not in cells and not _VALUED.isdisjoint(cells) and not is_level(second.text, "second"):
            cells["level3"] = cells.pop("level2")
        return cells

    def _held(self, second: Piece, columns: Columns) -> bool:
        """Tell whether a 二级指标 called 满意度 stands under the 一级指标 that was read before."""
        level1 = self._levels["level1"]
        if level1 is None or "level1" not in columns.fields:
            return False
        over = self._grid.at(second.row, columns.fields["level1"].first)
        return over == level1 or any(is_level(name, "tree") for name in self._sections)

    def _remember(self, cells: Found) -> None:
        valued = len(cells) > ("level1" in cells) + ("level2" in cells)
        if "level1" in cells and not valued and not like_level(cells["level1"].text):
            return
        if "level1" in cells:
            self._levels = {"level1": cells["level1"], "level2": None}
            self._sections.add(cells["level1"].text)
        if "level2" in cells:
            self._levels["level2"] = cells["level2"]

    def _level(self, name: str) -> Piece | None:
        if name == "level2" and self._levels["level2"] is None:
            first = self._levels["level1"]
            return first if first is not None and is_level(first.text, "satisfaction") else None
        return self._levels[name]

    def _indicator(self, row: int, columns: Columns, cells: dict[str, Piece]) -> Indicator:
        for name in ("level1", "level2"):
            level = self._level(name)
            if level is not None:
                cells[name] = level
        self._log.take(cells.values())
        line = Line.INDICATORS + self._count
        self._count += 1
        texts: dict[str, str | None] = {name: name_text(cells[name]) for name in ("level3", "level4") if name in cells}
        texts["level1"] = self._section(cells.get("level1"))
        texts["level2"] = section_name(cells["level2"].text)[0] if "level2" in cells else None
        named = texts.get("level4", texts.get("level3"))
        if named is None:
            named = next((name_text(cells[name]) for name in ("level2", "level1") if name in cells), f"指标第 {self._count} 行")
        texts["target"] = self._target(cells)
        sheet, made = self._grid.sheet, dict[str, Cell]()
        for name, of in _PRINTED:
            piece, field = cells.get(name), named + of
            if piece is None:
                column = None if sheet is None else columns.fields.get(name)
                made[name] = Cell(field, "", None, None, None, Origin.TYPED, line) if column is None else self._blank(field, row, column, line)
            else:
                text = texts.get(name)
                shown = piece.text if text is None else text
                made[name] = Cell(field, shown, sheet, piece.address, piece.exact, piece.origin, line)
        return Indicator(
            level1=made["level1"],
            level2=made["level2"],
            level3=made["level3"],
            level4=made["level4"],
            target=made["target"],
            actual=made["actual"],
            weight=made["weight"],
            score=made["score"],
            deviation=made["deviation"],
            basis=made["basis"],
            method=made["method"],
        )

    def _blank(self, field: str, row: int, column: Column | None, line: int) -> Cell:
        """Return a blank cell; in a workbook it knows where it would stand."""
        if column is None or self._grid.sheet is None:
            return Cell(field, "", None, None, None, Origin.TYPED, line)
        from toolkit.workbook.address import address_of

        return Cell(field, "", self._grid.sheet, address_of(row, column.first), line=line)

    def _target(self, cells: dict[str, Piece]) -> str | None:
        """Put the cell of the target in its place; return its text where it is joined from several, ``None`` otherwise."""
        figure = cells.get("adjusted") or cells.get("value")
        if "adjusted" in cells and not {"value", "sign", "unit"} & cells.keys():
            self._log.take([cells.get("target")])
            cells["target"] = cells["adjusted"]
        if (figure is None and "sign" not in cells) or not {"value", "sign", "unit"} & cells.keys():
            return None
        value = figure or cells["sign"]
        parts = [squeezed(cells.get("sign")) or "", figure.text if figure else ""]
        unit = (squeezed(cells.get("unit")) or "") if figure else ""
        parts.append("" if not carries_unit(parts[1]) or unit in ("无", "/", "-", "—") or parts[1].endswith(unit) else unit)
        cells["target"] = value
        return "".join(joined_target(parts))

    def _section(self, piece: Piece | None) -> str | None:
        """Return the name of a 一级指标 without the weight printed behind it, which is kept as declared."""
        if piece is None:
            return None
        name, weight = section_name(piece.text)
        if weight:
            self.declared[name] = weight
        return name

    def _leave(self, pieces: tuple[Piece, ...] | list[Piece], reason: str) -> None:
        self._log.leftovers.extend(Leftover(piece.text, piece.place, reason) for piece in pieces)
        self._log.take(pieces)


def _is_elided(pieces: list[Piece]) -> bool:
    """Tell whether a row holds nothing but ……."""
    return pieces[0].text[:1] in _PLACEHOLDER_MARKS and _ELLIPSIS.fullmatch("".join(piece.text for piece in pieces)) is not None


def _is_placeholder(text: str) -> bool:
    return _PLACEHOLDER.fullmatch(text) is not None and NO_VALUE.fullmatch(text) is None


def _beside(piece: Piece, columns: Columns) -> bool:
    """Tell whether a cell is the label left of the rows (年度绩效指标), not part of them."""
    left = piece.last_column < columns.first
    return left and is_word(piece.text, "label", "other") and not is_level(piece.text, "first")


def _is_note(pieces: list[Piece], columns: Columns) -> bool:
    """Tell whether a row is none of the table's: a remark over all columns, or a label with its text."""
    for piece in reversed(pieces):
        if columns.at.get(piece.column) in ("weight", "score") and is_number(piece.text):
            return False
    if any(piece.columns >= _TEXT_SPAN and _spans_values(piece, columns) for piece in pieces):
        return True
    first = pieces[0]
    spanned = sum(first.column <= column.first and column.last <= first.last_column for column in columns.fields.values())
    label = re.split("[:：]", first.text, maxsplit=1)[0]
    return spanned >= _NOTE_SPAN or (len(label) <= 16 and is_word(label, "label", "other"))


def _spans_values(piece: Piece, columns: Columns) -> bool:
    """Tell whether a cell lies over several columns of values: a text under a label, as in 自评结论."""
    covered = {columns.at.get(place) for place in range(piece.column, piece.last_column + 1)} & _VALUES
    return len(covered) >= _TEXT_SPAN


def is_heading_row(pieces: list[Piece]) -> bool:
    """Tell whether a row repeats headings."""
    return len(pieces) >= _LEAST_HEADINGS and all(find_word(piece.text, "indicator") for piece in pieces)
