"""总分 and 等级: in a row below the indicators, above them, or in the form's head."""

from __future__ import annotations

import re

from toolkit.core.form import Cell, Line
from toolkit.intake.foreign.columns import Columns
from toolkit.intake.foreign.model import How, Log, Piece, Recognised
from toolkit.intake.foreign.parts import Part
from toolkit.intake.foreign.stream import order_of, read_figures
from toolkit.intake.foreign.words import is_level, is_notable, is_number, is_word

_GRADE = re.compile(r"[优良中差]|优秀|良好|合格|不合格|一般|较差")
_GLUED_TOTAL = re.compile(r"^(.{2,10}?)\s*[:：]\s*(\d+(?:\.\d+)?)\s*分?\s*$")
_GLUED_GRADE = re.compile(r"^(.{2,8}?)\s*[:：]\s*(优秀?|良好?|中|差|一般|合格|不合格|较差)\s*$")


def total_row(part: Part, columns: Columns, after: int) -> int | None:
    """Return the row of 总分 below the fund table, ``None`` where there is none."""
    before = _results_from(columns)
    found: list[Piece] = []
    for piece in part.grid.such(is_notable, max(after + 1, part.first), part.last):
        if columns.top <= piece.row <= columns.bottom or piece.column >= before:
            continue
        if is_word(piece.text, "label", "total") and any(is_number(each.text) for each in part.grid.row(piece.row)):
            found.append(piece)
    if not found or found[0].row < columns.top:
        return found[0].row if found else None
    return _last_of(part, found).row


def _last_of(part: Part, found: list[Piece]) -> Piece:
    """Return the total of the form where 合计 closes each section before it."""
    last = found[0]
    for piece in found[1:]:
        between = part.grid.between(last.row + 1, piece.row - 1)
        if any(is_level(each.text, "second") for each in between) or ("总" in piece.text and "总" not in last.text and not between):
            last = piece
    return last


def _results_from(columns: Columns) -> int:
    return min((columns.fields[name].first for name in ("weight", "score") if name in columns.fields), default=99)


def read_total(part: Part, columns: Columns, row: int | None, log: Log) -> tuple[Cell, Cell, Cell]:
    """Return 总分·分值, 总分·得分 and 等级."""
    weight = score = grade = None
    if part.grid.stream:
        weight, score, grade = _followed(part, columns, log)
    elif row is not None:
        weight, score, grade = _in_row(part, columns, row, log)
    if score is None and (row is None or part.grid.stream):
        score = _in_head(part, columns, log)
    grade = grade or _grade(part, log)
    return _cell(part, "总分·分值", weight), _cell(part, "总分·得分", score), _cell(part, "等级", grade)


def _cell(part: Part, field: str, found: tuple[Piece, str] | None) -> Cell:
    if found is None:
        return Cell(field, line=Line.TOTAL)
    piece, text = found
    return Cell(field, text, part.grid.sheet, piece.address, piece.exact, piece.origin, Line.TOTAL)


Taken = tuple[Piece, str] | None


def _in_row(part: Part, columns: Columns, row: int, log: Log) -> tuple[Taken, Taken, Taken]:
    pieces = part.grid.row(row)
    label = next(piece for piece in pieces if is_word(piece.text, "label", "total"))
    log.recognised.append(Recognised("总分", label.text, label.place, How.EXACT))
    rest = [piece for piece in pieces if piece.column > label.column]
    numbers = [piece for piece in rest if is_number(piece.text)]
    order = sorted((name for name in ("weight", "score") if name in columns.fields), key=lambda n: columns.fields[n].first)
    found: dict[str, Taken] = {}
    if len(numbers) == len(order):
        found = {name: (piece, piece.text) for name, piece in zip(order, numbers, strict=True)}
    else:
        for name in order:
            column = columns.fields[name]
            here = [piece for piece in numbers if column.first <= piece.column <= column.last]
            found[name] = (here[0], here[0].text) if len(here) == 1 else None
        if numbers and not any(found.values()):
            log.note(f"“{label.text}”行（{label.place}）的数 {'、'.join(p.text for p in numbers)} 对不上分值栏和得分栏，没有读")
    grade = next(((piece, piece.text) for piece in rest if _GRADE.fullmatch(piece.text.strip())), None)
    log.take((label, *(each[0] for each in (*found.values(), grade) if each is not None)))
    return found.get("weight"), found.get("score"), grade


def _followed(part: Part, columns: Columns, log: Log) -> tuple[Taken, Taken, Taken]:
    """Return the figures and the grade that follow 总分 in text whose cells only follow one another."""
    pieces = part.grid.row(columns.bottom + 1)
    at = next((at for at, piece in enumerate(pieces) if is_word(piece.text, "label", "total")), None)
    if at is None:
        return None, None, None
    found = read_figures(order_of(part.grid.row(columns.top)), pieces[at + 1 :])
    log.take((pieces[at], *found.values()))
    behind = pieces[at + 1 + len(found) : at + 2 + len(found)] if found else []
    grade = next(((piece, piece.text) for piece in behind if _GRADE.fullmatch(piece.text.strip())), None)
    log.take([grade[0]] if grade else [])
    weight, score = (((found[name], found[name].text) if name in found else None) for name in ("weight", "score"))
    return weight, score, grade


def _in_head(part: Part, columns: Columns, log: Log) -> Taken:
    """Return a total that a label of its own states (自评得分：96), outside the tables."""
    last = columns.bottom + int(part.grid.stream)
    for piece in part.grid.such(is_notable, part.first, part.last):
        if columns.top <= piece.row <= last or (piece.row, piece.column) in log.taken:
            continue
        glued = _GLUED_TOTAL.match("".join(piece.text.split()))
        value = part.grid.right_of(piece)
        if glued and is_word(glued[1], "label", "total_score"):
            log.take((piece,))
            log.recognised.append(Recognised("总分·得分", piece.text, piece.place, How.ALIAS, 0.95))
            return piece, glued[2]
        if is_word(piece.text, "label", "total_score") and value is not None and is_number(value.text):
            log.take((piece, value))
            log.recognised.append(Recognised("总分·得分", piece.text, piece.place, How.ALIAS, 0.95))
            return value, value.text
    return None


def _grade(part: Part, log: Log) -> Taken:
    for piece in part.grid.such(is_notable, part.first, part.last):
        if (piece.row, piece.column) in log.taken:
            continue
        glued = _GLUED_GRADE.match("".join(piece.text.split()))
        value = part.grid.right_of(piece)
        if glued and is_word(glued[1], "label", "grade"):
            log.take((piece,))
            return piece, glued[2]
        if is_word(piece.text, "label", "grade") and value is not None and _GRADE.fullmatch(value.text.strip()):
            log.take((piece, value))
            return value, value.text.strip()
    return None
