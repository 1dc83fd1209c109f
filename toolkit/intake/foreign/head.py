"""What stands above the tables: 项目名称, 主管部门, 年度, the unit of the amounts, and 年度总体目标."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.core.form import Cell, FundLine, Line
from toolkit.intake.foreign.model import ForeignGrid, How, Leftover, Log, Piece, Recognised
from toolkit.intake.foreign.parts import Part, is_title, titles
from toolkit.intake.foreign.words import Match, find_word, is_notable, is_number, is_word

FIELDS: Mapping[str, str] = {
    "project_name": "项目名称",
    "project_code": "项目编码",
    "project_amount": "项目金额",
    "department": "主管部门",
    "implementing_unit": "实施单位",
    "organisation": "填报单位",
}
"""Fields of the form's head, in its words."""
_GLUED = re.compile(r"^\s*([^:：\n]{2,20}?)\s*[:：]\s*(.*)$", re.DOTALL)
_SEVERAL = re.compile(r"(?:(?<=\s)|^)([\u4e00-\u9fff]{2,8}(?:[（(][^）)]*[）)])?)\s*[:：]")
_STATED_UNIT = re.compile(r"(?:单位|币种)\s*[:：]\s*(?:人民币)?\s*(万?元)")
_AMOUNT_UNIT = re.compile(r"\d\s*(万?元)$")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"[二][〇○零一二三四五六七八九]{3}(?=年)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年?\s*(?:度|[）)]|$|(?=.{0,40}表))")
_YEAR_ONLY = re.compile(r"[（(]?\s*((?:19|20)\d\d)\s*年?度?\s*[）)]?")
_DATED = re.compile(r"(?:年度|年份|时间|日期|期限)\s*[:：]?\s*$")
_STAMP = re.compile(r"[（(]?\s*(?:盖章|公章|签章|签字|章)\s*[）)]?")
_UNIT_LABEL = re.compile(r"[（(]?\s*(?:金额|货币|计量)?单位\s*[:：]?")
_OTHER_UNIT = re.compile(r"(?:单位\s*[:：]\s*|[（(])(千元|百万元|亿元)")
_UNIT_ALONE = re.compile(r"[（(]?\s*(?:人民币)?\s*(万?元)\s*[）)]?")
_WAN = re.compile(r"万元")
_YUAN = re.compile(r"(?<![万亿千])元(?=$|[）)\]】，,。;；\s])")
_SLIDE = 0
_MONEY_PLACE = re.compile(r"资金|预算|执行|金额|单位|支出|经费")


def read_head(part: Part, last: int, log: Log) -> dict[str, Cell]:
    """Return the cells of the head by field; a field that is not there is blank."""
    found: dict[str, Cell] = {}
    for piece in part.grid.such(is_notable, part.first, last):
        for field, text, label, value in _labelled(part.grid, piece):
            if field not in FIELDS or (field in found and not found[field].blank):
                continue
            where = value or label
            found[field] = Cell(FIELDS[field], text, part.grid.sheet, where.address, where.exact, where.origin)
            match = find_word(_label_of(label.text), "label") or Match(field, How.ALIAS, 0.9)
            log.recognised.append(Recognised(FIELDS[field], label.text, label.place, match.how, match.confidence))
            log.take((label, value))
    return {field: found.get(field, Cell(name)) for field, name in FIELDS.items()}


def _label_of(text: str) -> str:
    glued = _GLUED.match(text)
    return glued[1] if glued else text


def _labelled(grid: ForeignGrid, piece: Piece) -> Iterator[tuple[str, str, Piece, Piece | None]]:
    """Yield field, value, label and the cell of the value for a label; several may be glued in one cell."""
    match = find_word(piece.text, "label")
    if match is not None:
        value = grid.right_of(piece)
        while value is not None and _STAMP.fullmatch(value.text):
            value = grid.right_of(value)
        if value is not None and _is_label(value):
            value = None
        yield match.field, value.text if value else "", piece, value
        return
    starts = list(_SEVERAL.finditer(piece.text))
    if len(starts) > 1 and find_word(starts[0][1], "label"):
        ends = [found.start() for found in starts[1:]] + [len(piece.text)]
        for found, end in zip(starts, ends, strict=True):
            known = find_word(found[1], "label")
            if known is not None:
                yield known.field, piece.text[found.end() : end].strip(), piece, None
        return
    glued = _GLUED.match(piece.text)
    known = find_word(glued[1], "label") if glued else None
    if glued and known is not None:
        yield known.field, glued[2].strip(), piece, None


def _is_label(piece: Piece) -> bool:
    glued = _GLUED.match(piece.text)
    text = glued[1] if glued else piece.text
    return any(find_word(text, group) is not None for group in ("label", "fund", "indicator"))


def _may_be_year(text: str) -> bool:
    return "20" in text or "19" in text or "二" in text


def read_year(part: Part, last: int, log: Log) -> int | None:
    """Return 年度 from the title or from a cell of its own."""
    for piece in part.grid.between(part.first, last):
        if not _may_be_year(piece.text):
            continue
        bare = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), "".join(piece.text.split()))
        only = _YEAR_ONLY.fullmatch(bare)
        found = only or (_YEAR.search(bare) if is_title(piece) or "年度" in bare[:12] else None)
        if found and len(bare) <= 60 and not (only and _is_value(part.grid, piece, bare)):
            log.take((piece,))
            return int(found[1])
    return None


def _is_value(grid: ForeignGrid, piece: Piece, bare: str) -> bool:
    """Tell whether what reads as a year is the value of something else: 项目期限 2021年, 年初预算数 2022."""
    above = grid.at(piece.row - 1, piece.column)
    match = find_word(above.text, "label") if above is not None else None
    if match is not None and match.field == "year":
        return False
    before = grid.left_of(piece)
    if before is None:
        return bare.isdigit() and len(grid.row(piece.row)) > 1
    label = find_word(before.text, "label")
    if label is not None:
        return label.field != "year"
    if is_title(before):
        return False
    return bare.isdigit() or not ("年度" in bare or bare[0] in "（(") or _DATED.search(before.text) is not None


def read_kind(part: Part, last: int, log: Log) -> str:
    """Return the form's title without the year, 项目支出绩效自评表 where it has none."""
    title = next(iter(titles(part.grid, part.first, last)), None)
    if title is None:
        return _USUAL_TITLE
    log.take((title,))
    return re.sub(r"[（(]?(?:19|20)\d\d\s*年?度?[）)]?", "", "".join(title.text.split()).strip("*")) or _USUAL_TITLE


def read_unit(part: Part, last: int, funds: tuple[FundLine, ...], log: Log) -> str:
    """Return the unit of the amounts: as a label states it, as headings or the amounts carry it; 元 and a note where none does."""
    stated: set[str] = set()
    for piece in part.grid.holding("元", part.first, part.last):
        stated |= set(_STATED_UNIT.findall(piece.text))
        log.take([piece] if _STATED_UNIT.fullmatch(_bracketless(piece.text)) else [])
        alone = _UNIT_ALONE.fullmatch(piece.text.strip())
        if alone and piece.row <= last and _states_unit(part.grid, piece, log):
            stated.add(alone[1])
    stated = stated or set(_units_of_headings(part, last)) or set(_units_of_amounts(funds))
    if len(stated) == 1:
        return stated.pop()
    other = next((unit for piece in part.grid.holding("元", part.first, part.last) for unit in _OTHER_UNIT.findall(piece.text)), "")
    if other and not stated:
        log.note(f"金额单位写的是“{other}”，自评表只用元和万元，金额没有换算，请换算后改正")
    else:
        log.note("表头里“元”和“万元”都有，金额按万元读，请核对" if stated else "没有写明金额单位，按元读，请核对")
    return "万元" if stated else "元"


def _states_unit(grid: ForeignGrid, piece: Piece, log: Log) -> bool:
    """Tell whether 万元 in a cell of its own is the form's unit: in brackets, or behind 单位：."""
    before = grid.left_of(piece)
    if before is not None and _UNIT_LABEL.fullmatch(before.text.strip()):
        log.take((before, piece))
        return True
    if piece.text.strip()[0] in "（(":
        log.take((piece,))
        return True
    return False


def _bracketless(text: str) -> str:
    return "".join(text.split()).strip("（()）").removeprefix("金额").removeprefix("计量").removeprefix("货币")


def _units_of_headings(part: Part, last: int) -> Iterator[str]:
    for piece in part.grid.holding("元", part.first, last):
        text = piece.text
        if part.grid.stream and text.strip("（()） ") == "万元":
            yield "万元"
        if len(text) <= 40 and _MONEY_PLACE.search(text) and not re.search(r"\d", re.sub(r"[（(].*?[）)]", "", text)):
            if _WAN.search(text):
                yield "万元"
            if _YUAN.search("".join(text.split())):
                yield "元"


def _units_of_amounts(funds: tuple[FundLine, ...]) -> Iterator[str]:
    for line in funds:
        for _, cell in line.amounts():
            found = _AMOUNT_UNIT.search(cell.text)
            if found:
                yield found[1]


def without_unit(funds: tuple[FundLine, ...], unit: str) -> tuple[FundLine, ...]:
    """Return the fund rows with the form's unit cut off behind the amounts: 420万元 under 万元 is 420."""
    return tuple(
        replace(line, **{name: _cut(getattr(line, name), unit) for name in ("initial_budget", "annual_budget", "executed")})
        for line in funds
    )


def _cut(cell: Cell, unit: str) -> Cell:
    found = _AMOUNT_UNIT.search(cell.text)
    return replace(cell, text=cell.text.removesuffix(unit).rstrip()) if found and found[1] == unit else cell


_USUAL_TITLE = "项目支出绩效自评表"
_GOALS = ("年度总体目标·预期目标", "年度总体目标·实际完成情况")


def read_goals(part: Part, last: int, log: Log) -> tuple[Cell, Cell]:
    """Return 预期目标 and 实际完成情况."""
    for piece in part.grid.such(is_notable, part.first, last):
        whole = is_word(piece.text, "label", "goal")
        if (piece.row, piece.column) in log.taken or not (whole or is_word(piece.text, "label", "expected")):
            continue
        beside = [each for each in part.grid.row(piece.row) if each.column > piece.last_column]
        achieved = next((each for each in beside if is_word(each.text, "label", "achieved")), None)
        nearer = any(is_word(each.text, "label", field) for each in beside for field in ("expected", "goal"))
        if whole and (achieved is None or nearer):
            continue
        log.take((piece, achieved))
        for name, label in zip(_GOALS, (piece, achieved), strict=True):
            if label is not None:
                log.recognised.append(Recognised(name, label.text, label.place, How.EXACT))
        between = [each for each in beside if achieved and piece.last_column < each.column < achieved.column]
        if achieved is not None and part.grid.stream and not between:
            followed = _goals_behind(part.grid, achieved, log)
            if followed is not None:
                return followed
        if achieved is not None and all(_is_label(each) for each in between):
            return _goals_below(part.grid, (piece, achieved), last, log)
        if achieved is None:
            achieved = _achieved_below(part, piece, last, log)
        return _goal_beside(part.grid, piece, _GOALS[0], log), _goal_beside(part.grid, achieved, _GOALS[1], log)
    return _single_goal(part, last, log) or (Cell(_GOALS[0], line=Line.GOALS), Cell(_GOALS[1], line=Line.GOALS))


def _goals_behind(grid: ForeignGrid, achieved: Piece, log: Log) -> tuple[Cell, Cell] | None:
    """Return the two texts that follow the two labels where cells only follow one another."""
    after = [each for each in grid.row(achieved.row) if each.column > achieved.column]
    texts = list(itertools.takewhile(lambda each: not _is_label(each), after))
    if len(texts) != len(_GOALS) or any(is_number(each.text) for each in texts):
        return None
    log.take(texts)
    cells = [Cell(name, piece.text, line=Line.GOALS) for name, piece in zip(_GOALS, texts, strict=True)]
    return cells[0], cells[1]


def _achieved_below(part: Part, expected: Piece, last: int, log: Log) -> Piece | None:
    """Return the label of 实际完成情况 where it stands in a row of its own below that of 预期目标."""
    below = part.grid.such(is_notable, expected.last_row + 1, last)
    label = next((each for each in below if is_word(each.text, "label", "achieved")), None)
    if label is not None:
        log.recognised.append(Recognised(_GOALS[1], label.text, label.place, How.EXACT))
    return label


def _single_goal(part: Part, last: int, log: Log) -> tuple[Cell, Cell] | None:
    found: list[Cell] = []
    for name, field in zip(_GOALS, ("goal", "achieved"), strict=True):
        label = next((each for each in part.grid.such(is_notable, part.first, last) if is_word(each.text, "label", field)), None)
        found.append(_goal_beside(part.grid, label, name, log))
    return (found[0], found[1]) if any(not cell.blank for cell in found) else None


def _goal_beside(grid: ForeignGrid, label: Piece | None, name: str, log: Log) -> Cell:
    value = grid.right_of(label) if label is not None else None
    if label is None or value is None or _is_label(value):
        return Cell(name, line=Line.GOALS)
    log.take((label, value))
    return Cell(name, value.text, grid.sheet, value.address, line=Line.GOALS)


def _goals_below(grid: ForeignGrid, labels: tuple[Piece, Piece], last: int, log: Log) -> tuple[Cell, Cell]:
    texts: tuple[list[Piece], list[Piece]] = ([], [])
    # Further headings beside the two (完成比例, 偏差说明) have columns of their own.
    others = [each.column for each in grid.row(labels[1].row) if each.column > labels[0].column and each not in labels]
    for row in grid.rows_between(labels[0].last_row + 1, last):
        pieces = [each for each in grid.row(row) if not is_word(each.text, "label", "goal") and not _under(each, others, labels)]
        if any(_is_label(each) for each in pieces):
            break
        for piece, side in _sides(pieces, labels):
            texts[side].append(piece)
    log.take((*texts[0], *texts[1]))
    cells = [
        Cell(name, "\n".join(piece.text for piece in found), grid.sheet, found[0].address if found else None, line=Line.GOALS)
        for name, found in zip(_GOALS, texts, strict=True)
    ]
    return cells[0], cells[1]


def _under(piece: Piece, others: list[int], labels: tuple[Piece, Piece]) -> bool:
    """Tell whether a text stands under a heading that is neither of the two labels."""
    heads = [label.column for label in labels]
    nearest = max((column for column in (*heads, *others) if column <= piece.column), default=0)
    return nearest in others


def _sides(pieces: list[Piece], labels: tuple[Piece, Piece]) -> Iterator[tuple[Piece, int]]:
    """Yield each text with the side it belongs to: by its column, two texts otherwise by their order."""
    within = [piece for piece in pieces if piece.column >= labels[0].column]
    if len(within) < len(pieces) and len(pieces) == 2:
        yield from zip(pieces, (0, 1), strict=True)
        return
    for piece in within:
        if piece.column >= labels[1].column:
            yield piece, 1
        elif piece.column <= max(labels[0].last_column, labels[0].column + _SLIDE) or labels[0].columns == 1:
            yield piece, 0


def leave(log: Log, pieces: list[Piece], reason: str) -> None:
    """Name cells that were not taken."""
    log.leftovers.extend(Leftover(piece.text, piece.place, reason) for piece in pieces)
    log.take(pieces)
