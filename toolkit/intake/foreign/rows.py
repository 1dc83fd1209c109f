"""The rows of 年度绩效指标 by their columns; cells that have slid are found by their order and what they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.core.form import Cell, Indicator, Line
from toolkit.core.money import read_figure
from toolkit.intake.foreign.columns import NAMES, Column, Columns, not_taken
from toolkit.intake.foreign.model import ForeignGrid, How, Leftover, Log, Piece, Recognised
from toolkit.intake.foreign.stream import UNNAMED, order_of, read_stream
from toolkit.intake.foreign.words import bare, find_word, is_level, is_number, is_word

_LEVELS = ("level1", "level2", "level3", "level4")
_NUMBERED = re.compile(r"^(?:指标|目标)\s*[0-9一二三四五六七八九十]{1,2}\s*[:：.、]\s*(?=\S)")
_NO_VALUE = re.compile(r"[\s—–\-－/／无不适用]*")
_SHIFTS = (0, 1, -1, 2, -2)
_SLIDE_COST = 1
_TOO_COSTLY = 10
_SUSPECT = 3
_SURE_COST = 4
_NOTE_SPAN = 4
_SIGNS = {"大于等于": "≥", "小于等于": "≤", "等于": "=", "大于": ">", "小于": "<"}
_NO_SIGN = re.compile(r"(?:定性|定量|正向|反向|逆向|中性)(?:指标)?|[/／无—-]")
_SIGNED = re.compile(r"[≥≤≧≦＝=><＞＜﹥﹤]\s*\d|\d[\d.]*[%％]$")
_PLACEHOLDER = re.compile(r"(?:指标|目标)\s*\d{0,2}\s*[:：]?\s*|[.…·。\s]{2,}")
_MOST_LEVELS = 2
_ELLIPSIS = re.compile(r"[.…·。]{2,}")

_CONTENT = ("target", "value", "adjusted", "actual", "weight", "score", "level3", "level4")

Found = Mapping[str, Piece]


@dataclass(frozen=True, slots=True)
class _Reading:
    shift: int
    cost: int
    cells: Found
    unplaced: tuple[Piece, ...]


class RowReader:
    """Reads the rows below one heading row after the other, remembering the levels above."""

    def __init__(self, grid: ForeignGrid, log: Log) -> None:
        """Read from ``grid`` and note in ``log`` what is not taken."""
        self._grid = grid
        self._log = log
        self._levels: dict[str, Piece | None] = {"level1": None, "level2": None}
        self._count = 0
        self._sections: set[str] = set()
        self.declared: dict[str, str] = {}

    def read(self, columns: Columns, last: int) -> Iterator[Indicator]:
        """Yield the rows from below the headings down to ``last``."""
        for row in self._grid.rows_between(columns.bottom + 1, last):
            pieces = [piece for piece in self._grid.row(row) if piece.column and (piece.row, piece.column) not in self._log.taken]
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
        pieces = [piece for piece in pieces if not _beside(piece, columns)]
        if not pieces or _ELLIPSIS.fullmatch("".join(piece.text for piece in pieces)) or _is_note(pieces, columns):
            return None
        pieces = self._without_placeholders(pieces)
        reading = self._best(columns, pieces)
        if reading is None:
            self._leave(pieces, "这一行的格子对不上栏目，没有读")
            return None
        cells = self._with_names(columns, dict(reading.cells))
        if not any(cells.get(name) for name in _CONTENT):
            self._remember(cells)
            self._log.take(piece for piece in cells.values() if piece in self._levels.values())
            return None
        self._leave_shared(cells)
        if reading.shift:
            place = pieces[0].place
            self._log.recognised.append(Recognised("指标行", pieces[0].text, place, How.SHIFTED, 0.8))
        for piece in reading.unplaced:
            self._leave([piece], not_taken(columns, piece))
        self._remember(cells)
        return self._indicator(row, columns, cells)

    def _leave_shared(self, cells: dict[str, Piece]) -> None:
        """Leave a figure that is merged over several rows: how much of it each row has cannot be told."""
        for name in ("weight", "score"):
            piece = cells.get(name)
            if piece is not None and any(row > piece.row for row in self._grid.rows_between(piece.row, piece.last_row)):
                del cells[name]
                self._leave([piece], f"“{NAMES[name]}”合并了 {piece.rows} 行，分不出每行多少")

    def _without_placeholders(self, pieces: list[Piece]) -> list[Piece]:
        """Drop 指标2： and …… where nothing stands beside them: the blank form's own lines."""
        held = [piece for piece in pieces if _PLACEHOLDER.fullmatch(piece.text) and not _NO_VALUE.fullmatch(piece.text)]
        if not held or any(is_number(piece.text) for piece in pieces) or len(pieces) - len(held) > _MOST_LEVELS:
            return pieces
        self._log.take(held)
        return [piece for piece in pieces if piece not in held]

    def _best(self, columns: Columns, pieces: list[Piece]) -> _Reading | None:
        straight = _place(columns, pieces, 0)
        if straight.cost < _SUSPECT:
            return straight
        if columns.doubtful:
            # Cells of a column that was not taken would pass for those beside it.
            return straight if straight.cost < _TOO_COSTLY else None
        ranked = sorted((_place(columns, pieces, shift) for shift in _SHIFTS), key=lambda each: each.cost)
        best, second = ranked[0], ranked[1]
        sure = best.cost <= _SURE_COST and straight.cost - best.cost >= _SUSPECT and second.cost - best.cost >= 2
        if best.shift and sure:
            return best
        return straight if straight.cost < 2 * _SUSPECT else None

    def _with_names(self, columns: Columns, cells: dict[str, Piece]) -> dict[str, Piece]:
        """Put names into the level they belong to: 满意度 in 二级指标, a name under a missing 三级指标."""
        second = cells.get("level2")
        if second is not None and "level1" not in cells and is_level(second.text, "satisfaction") and not self._held(second, columns):
            cells["level1"] = second
        has_values = any(name in cells for name in ("target", "value", "actual", "weight"))
        if second is not None and "level3" not in cells and has_values and not is_level(second.text, "second"):
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
        valued = len(cells.keys() - {"level1", "level2"}) > 0
        if "level1" in cells and not valued and not _like_level(cells["level1"].text):
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
        title = next((_name_text(cells[name]) for name in reversed(_LEVELS) if name in cells), f"指标第 {self._count} 行")

        def cell(name: str, text: str | None = None) -> Cell:
            piece = cells.get(name)
            field = f"{title}·{NAMES[name]}"
            if piece is None:
                return self._blank(field, row, columns.fields.get(name), line)
            shown = piece.text if text is None else text
            return Cell(field, shown, self._grid.sheet, piece.address, piece.exact, piece.origin, line)

        return Indicator(
            level1=cell("level1", self._section(cells.get("level1"))),
            level2=cell("level2", self._section(cells.get("level2"), "level2")),
            level3=cell("level3", _name_text(cells["level3"]) if "level3" in cells else None),
            level4=cell("level4", _name_text(cells["level4"]) if "level4" in cells else None),
            target=self._target(cells, cell),
            actual=cell("actual"),
            weight=cell("weight"),
            score=cell("score"),
            deviation=cell("deviation"),
            basis=cell("basis"),
            method=cell("method"),
        )

    def _blank(self, field: str, row: int, column: Column | None, line: int) -> Cell:
        """Return a blank cell; in a workbook it knows where it would stand."""
        if column is None or self._grid.sheet is None:
            return Cell(field, line=line)
        from toolkit.workbook.address import address_of

        return Cell(field, "", self._grid.sheet, address_of(row, column.first), line=line)

    def _target(self, cells: dict[str, Piece], cell: object) -> Cell:
        assert callable(cell)
        figure = cells.get("adjusted") or cells.get("value")
        if "adjusted" in cells and not {"value", "sign", "unit"} & cells.keys():
            self._log.take([cells.get("target")])
            cells["target"] = cells["adjusted"]
        if (figure is None and "sign" not in cells) or not {"value", "sign", "unit"} & cells.keys():
            found: Cell = cell("target")
            return found
        value = figure or cells["sign"]
        parts = [_squeezed(cells.get("sign")) or "", figure.text if figure else ""]
        unit = (_squeezed(cells.get("unit")) or "") if figure else ""
        parts.append("" if not _carries_unit(parts[1]) or unit in ("无", "/", "-", "—") or parts[1].endswith(unit) else unit)
        cells["target"] = value
        joined: Cell = cell("target", "".join(_joined(parts)))
        return joined

    def _section(self, piece: Piece | None, level: str = "level1") -> str | None:
        """Return a level's name without the weight printed behind it; that of 一级指标 is kept as declared."""
        if piece is None:
            return None
        text = "".join(piece.text.split())
        found = re.search(r"[（(]\s*(?:权重)?\s*(\d+(?:\.\d+)?)\s*[分%％]?\s*[)）]$", text)
        if found:
            text = text[: found.start()]
            if level == "level1":
                self.declared[text] = found[1]
        return text

    def _leave(self, pieces: tuple[Piece, ...] | list[Piece], reason: str) -> None:
        self._log.leftovers.extend(Leftover(piece.text, piece.place, reason) for piece in pieces)
        self._log.take(pieces)


def _beside(piece: Piece, columns: Columns) -> bool:
    """Tell whether a cell is the label left of the rows (年度绩效指标), not part of them."""
    left = piece.last_column < columns.first
    return left and is_word(piece.text, "label", "other") and not is_level(piece.text, "first")


def _is_note(pieces: list[Piece], columns: Columns) -> bool:
    """Tell whether a row is none of the table's: a remark over all columns, or a label with its text."""
    first = pieces[0]
    if any(columns.at.get(piece.column) in ("weight", "score") and is_number(piece.text) for piece in pieces):
        return False
    spanned = sum(first.column <= column.first and column.last <= first.last_column for column in columns.fields.values())
    label = re.split("[:：]", first.text, maxsplit=1)[0]
    return spanned >= _NOTE_SPAN or (len(label) <= 16 and is_word(label, "label", "other"))


def _place(columns: Columns, pieces: list[Piece], shift: int) -> _Reading:
    cells: dict[str, Piece] = {}
    unplaced: list[Piece] = []
    cost = _SLIDE_COST if shift else 0
    for piece in pieces:
        name = columns.at.get(piece.column + shift)
        if name is None:
            unplaced.append(piece)
            cost += 0 if piece.column + shift in columns.passed else _unplaced(piece)
        elif name in cells:
            unplaced.append(piece)
            cost += 2
        else:
            cells[name] = piece
    return _Reading(shift, cost + _doubt(columns, cells), cells, tuple(unplaced))


def _unplaced(piece: Piece) -> int:
    return _TOO_COSTLY if is_level(piece.text, "first") or is_level(piece.text, "second") or is_number(piece.text) else _SUSPECT


def _doubt(columns: Columns, cells: Found) -> int:
    """Return how ill the cells fit their columns."""
    cost = 0
    for name in ("weight", "score"):
        piece = cells.get(name)
        if piece is not None and not is_number(piece.text) and not _NO_VALUE.fullmatch(piece.text):
            cost += _TOO_COSTLY
        elif piece is None and name in columns.fields and {"weight", "score"} & cells.keys():
            cost += 2
    first, second = cells.get("level1"), cells.get("level2")
    if first is not None and not _like_level(first.text):
        cost += _SUSPECT + (2 if second is None and "level2" in columns.fields else 0)
    if second is not None and not is_level(second.text, "second") and not is_level(second.text, "satisfaction"):
        cost += 1 if "level3" in cells else 2
    if "level3" in columns.fields and not any(name in cells for name in ("level2", "level3", "level4")):
        cost += _SUSPECT
    if any(name in cells and (is_number(cells[name].text) or _SIGNED.match(cells[name].text)) for name in _LEVELS):
        cost += 2 * _SUSPECT
    if any(is_level(cells[name].text, "first") for name in ("level3", "target", "actual") if name in cells):
        cost += _SUSPECT
    return cost + _over(cells) + _misfit(columns, cells)


def _misfit(columns: Columns, cells: Found) -> int:
    """Return what speaks against a reading in the columns of the results."""
    cost = 0
    if "deviation" in cells and is_number(cells["deviation"].text):
        cost += _SUSPECT
    cost += sum(_SUSPECT for name in ("weight", "score") if name in cells and "%" in cells[name].text)
    wanted = "value" if "value" in columns.fields else "target"
    if "actual" in cells and wanted in columns.fields and not {"target", "value", "sign", "adjusted"} & cells.keys():
        cost += _SUSPECT
    return cost


def _over(cells: Found) -> int:
    weight, score = (read_figure(cells[name].text) if name in cells else None for name in ("weight", "score"))
    return 2 if weight is not None and score is not None and score.number > weight.number else 0


def _like_level(text: str) -> bool:
    name = bare(text)
    return is_level(text, "first") or (name.endswith("指标") and len(name) <= 10)


def is_heading_row(pieces: list[Piece]) -> bool:
    """Tell whether a row repeats headings."""
    known = [find_word(piece.text, "indicator") for piece in pieces]
    return len([match for match in known if match]) >= 3 and all(known)


def _squeezed(piece: Piece | None) -> str | None:
    return None if piece is None else "".join(piece.text.split())


def _name_text(piece: Piece) -> str:
    return _NUMBERED.sub("", piece.text.replace("\n", ""))


def _carries_unit(value: str) -> bool:
    return bool(value) and value.strip()[-1:].isdigit()


def _joined(parts: list[str]) -> Iterator[str]:
    """Yield sign, figure and unit; 定性 and its like before a text are no sign, 大于等于 is ≥."""
    sign, value, unit = parts
    yield _SIGNS.get(sign, "" if _NO_SIGN.fullmatch(sign) and value else sign)
    yield value.strip()
    yield unit
