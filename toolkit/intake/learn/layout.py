"""The columns of a blank form, their order and headings, and what it calls its head, its goals and its funds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.core.columns import OWN_COLUMNS, SPLIT_TARGET
from toolkit.core.scheme import statement as at
from toolkit.core.scheme.fields import FUND_TABLE_COLUMNS, INDICATOR_COLUMNS
from toolkit.intake.foreign import How
from toolkit.intake.foreign.columns import NAMES, Column, Columns
from toolkit.intake.foreign.head import read_kind, read_unit, read_year
from toolkit.intake.foreign.model import Log, Piece
from toolkit.intake.foreign.parts import Part, is_title
from toolkit.intake.foreign.words import OTHER, bare, find_word, is_word
from toolkit.intake.learn.model import Notebook
from toolkit.intake.learn.texts import spelled
from toolkit.intake.learn.words import data, is_empty_value

_AMOUNT_UNIT = re.compile(r"[（(]?\s*(?:单位[:：])?\s*万?元\s*[)）]?$|[（(]\s*\[?\d+(?:\.\d+)?\]?\s*分\s*[)）]")
NO_COLUMN = "模板没有这一栏，没有采用；需要的可在表右侧自加一栏，不随表打印"
FILLED = "是填好的内容，不是表样，没有采用"
_ALIAS_CONFIDENCE = 0.9
_YEAR = re.compile(r"[（(]?\s*(?:19|20)\d\d\s*年?度?\s*[)）]?")


def heading_text(text: str) -> str:
    """Return a heading without line breaks and blanks, as the template prints it."""
    return "".join(text.split())


def read_columns(columns: Columns, book: Notebook) -> None:
    """Note the columns of 年度绩效指标 in their order."""
    named = {NAMES[name]: column for name, column in columns.fields.items()}
    known = {name: column for name, column in named.items() if name in INDICATOR_COLUMNS}
    for name in named.keys() - known.keys():
        book.leave(named[name].heading, NO_COLUMN)
    _join_target(known, book)
    first = min((column.first for name, column in known.items() if name.endswith("级指标")), default=1)
    others = [column for column in columns.others if column.first >= first]
    known |= dict(_further(others, known, columns, book))
    _note_columns(at.COLUMN, known, columns, book)
    book.use(columns.pieces)
    for name, pieces in columns.doubtful.items():
        places = "、".join(f"{piece.place}“{heading_text(piece.text)}”" for piece in pieces)
        book.contradictions.append(f"有 {len(pieces)} 栏都像“{NAMES[name]}”（{places}），分不清是哪一栏，没有采用")


def _join_target(known: dict[str, Column], book: Notebook) -> None:
    """Make one column of 指标性质 and 指标值 where the third that belongs to them, 度量单位, is missing, and the like."""
    parts = [name for name in SPLIT_TARGET if name in known]
    if not parts or (len(parts) == len(SPLIT_TARGET) and "年度指标值" not in known):
        return
    whole = known.get("年度指标值") or known.get("指标值")
    for name in parts:
        column = known.pop(name)
        if column is not whole:
            book.leave(column.heading, "模板里并入年度指标值一栏，没有单列")
    if whole is not None:
        known["年度指标值"] = whole


def read_fund_columns(funds: Columns, book: Notebook) -> None:
    """Note the columns of 项目资金 in their order."""
    known = {NAMES[name]: column for name, column in funds.fields.items() if NAMES[name] in FUND_TABLE_COLUMNS}
    _note_columns(at.FUND_COLUMN, known, funds, book)
    kind = funds.fields.get("kind")
    if kind is not None:
        book.claim(f"{at.LABEL}资金来源", heading_text(kind.heading.text), kind.heading)
    first = min((column.first for column in known.values()), default=1)
    for column in funds.others:
        if column.first >= first:
            book.leave(column.heading, "模板的项目资金没有这一栏，没有采用")
        elif kind is None and column.heading.rows == 1 and column.heading.column > 1:
            book.claim(f"{at.LABEL}资金来源", heading_text(column.heading.text), column.heading, How.ALIAS, 0.8)
    for name, pieces in funds.doubtful.items():
        places = "、".join(f"{piece.place}“{heading_text(piece.text)}”" for piece in pieces)
        book.contradictions.append(
            f"项目资金有 {len(pieces)} 栏都像“{NAMES[name]}”（{places}），分不清是哪一栏，没有采用"
        )
    book.use(funds.pieces)


def _note_columns(label: str, known: dict[str, Column], columns: Columns, book: Notebook) -> None:
    how = {each.field: each for each in columns.recognised}
    for number, (field, column) in enumerate(sorted(known.items(), key=lambda item: item[1].first), 1):
        heading = heading_text(column.heading.text)
        value = field if heading == field else f"{field}{at.RENAMED}{heading}"
        found = how.get(field)
        exact = heading == field or field in OWN_COLUMNS
        recognised = found.how if found is not None else How.EXACT if exact else How.ALIAS
        confidence = found.confidence if found is not None else 1.0 if exact else _ALIAS_CONFIDENCE
        book.claim(f"{label}{number}", value, column.heading, recognised, confidence)


def _further(
    others: list[Column], known: dict[str, Column], columns: Columns, book: Notebook
) -> Iterator[tuple[str, Column]]:
    """Yield columns that only forms of some places have, the others as the form's own; what is left over is noted."""
    taken: set[str] = set()
    free = iter(OWN_COLUMNS)
    headings = {bare(column.heading.text) for column in known.values()}
    for column in sorted(others, key=lambda each: each.first):
        name = bare(column.heading.text)
        field = next((field for field, words in data()["columns"].items() if name in words), None)
        if field is not None and field not in known and field not in taken:
            taken.add(field)
            yield field, column
            continue
        match = find_word(column.heading.text, "indicator")
        own = next(free, None) if name and name not in headings and (match is None or match.field == OTHER) else None
        if own is None:
            book.leave(column.heading, NO_COLUMN)
            continue
        headings.add(name)
        yield own, column
        if aside := data()["columns_aside"].get(name):
            book.notes.append(
                f"“{heading_text(column.heading.text)}”一栏照印，由填报人填写；检查看的不是这一栏：{aside}"
            )


def read_reason_below(part: Part, columns: Columns, book: Notebook) -> None:
    """Note the reasons for deviations that stand once below the table: the template asks for them row by row."""
    if {"deviation"} & (columns.fields.keys() | columns.doubtful.keys()):
        return
    below = part.grid.between(columns.bottom + 1, part.last)
    found = next((piece for piece in below if is_word(piece.text, "indicator", "deviation")), None)
    if found is None:
        book.notes.append("表上没有偏差原因一栏，模板也没有；检查要求写明原因的，写在“检查结果”的“说明”一栏")
        return
    number = 1 + sum(claim.label.startswith(at.COLUMN) for claim in book.claims)
    value = f"偏差原因分析及改进措施{at.RENAMED}{heading_text(found.text)}"
    book.claim(f"{at.COLUMN}{number}", value, found, How.ALIAS, 0.8)
    book.notes.append(f"“{heading_text(found.text)}”（{found.place}）在表末只有一格，模板改为逐行填写")


def fund_name(text: str) -> str:
    """Return what the fund table is called, without its unit and points."""
    name = heading_text(text)
    while (shorter := _AMOUNT_UNIT.sub("", name)) != name:
        name = shorter
    return name


def read_title(part: Part, last: int, book: Notebook) -> None:
    """Note the title, the year and the unit of the amounts."""
    log = Log()
    title = next((piece for piece in part.grid.between(part.first, last) if is_title(piece)), None)
    if title is not None:
        kind = _YEAR.sub("", read_kind(part, last, log)).strip()
        book.claim(at.TITLE, kind, title)
        book.claim(at.FORMS, kind, title)
    year = read_year(part, last, log)
    if year is not None:
        place = next(
            (
                each
                for each in part.grid.between(part.first, last)
                if str(year) in spelled(each.text) and len(each.text) <= 60
            ),
            title,
        )
        if place is not None:
            book.claim(at.YEARS, f"{year}年起", place)
    before = len(log.notes)
    unit = read_unit(part, last, (), log)
    if len(log.notes) == before:
        where = next((piece for piece in part.grid.between(part.first, last) if unit in piece.text), title)
        if where is not None:
            book.claim(at.UNIT, unit, where)
    elif unit == "万元":
        book.contradictions.append("表头里“元”和“万元”都有，分不清金额单位")


def read_head(part: Part, last: int, book: Notebook) -> None:
    """Note what the form calls 项目名称, 主管部门 and 实施单位, and whether it has 项目金额."""
    found: dict[str, Piece] = {}
    for piece in part.grid.between(part.first, last):
        label = heading_text(re.split("[:：]", piece.text, maxsplit=1)[0])
        match = find_word(label, "label")
        name = data()["labels"].get(match.field) if match is not None else None
        if name in ("项目名称", "项目金额", "主管部门", "实施单位") and name not in found and not book.is_used(piece):
            found[name] = piece
            _note_label(name, label, piece, book)
            _leave_value(part, piece, book)
    _without_project(found, book)
    if "项目金额" in found:
        book.claim(at.AMOUNT, at.THERE, found["项目金额"])
    else:
        book.absent[at.AMOUNT] = (at.NONE, "表上没有这一栏")


def _leave_value(part: Part, label: Piece, book: Notebook) -> None:
    """Name a value that stands beside a label already: it belongs to somebody's form, not to the blank one."""
    value = part.grid.right_of(label)
    if value is not None and find_word(re.split("[:：]", value.text, maxsplit=1)[0], "label") is None:
        book.leave(value, FILLED)


def _without_project(found: dict[str, Piece], book: Notebook) -> None:
    """Let the department stand where the project's name stands on other forms: a form about a whole department."""
    if "项目名称" not in found and "主管部门" in found:
        piece = found.pop("主管部门")
        book.claims = [claim for claim in book.claims if claim.label != f"{at.LABEL}主管部门"]
        book.claim(
            f"{at.LABEL}项目名称", heading_text(re.split("[:：]", piece.text, maxsplit=1)[0]), piece, How.ALIAS, 0.8
        )
        found["项目名称"] = piece
        book.notes.append(f"表上没有项目名称，以“{heading_text(piece.text)}”（{piece.place}）代替")


def _note_label(name: str, label: str, piece: Piece, book: Notebook) -> None:
    """Note a label that differs from the usual one; the usual one only counts as understood."""
    if label != name:
        book.claim(f"{at.LABEL}{name}", label, piece, How.ALIAS, 0.95)
    else:
        book.use([piece])


def read_goals(part: Part, last: int, book: Notebook) -> None:
    """Note whether the form has 年度总体目标, and what it calls its halves."""
    for piece in part.grid.between(part.first, last):
        beside = [each for each in part.grid.row(piece.row) if each.column > piece.last_column]
        achieved = next((each for each in beside if is_word(each.text, "label", "achieved")), None)
        if not is_word(piece.text, "label", "expected") or achieved is None or book.is_used(piece):
            continue
        book.claim(at.GOALS, at.THERE, piece)
        _note_label("预期目标", fund_name(piece.text), piece, book)
        _note_label("实际完成情况", fund_name(achieved.text), achieved, book)
        frame = next((each for each in part.grid.row(piece.row) if each.last_column < piece.column), None)
        if frame is not None:
            _note_label("年度总体目标", fund_name(frame.text), frame, book)
        for text in part.grid.between(piece.row + 1, last):
            if not book.is_used(text) and not is_empty_value(spelled(text.text)):
                book.leave(text, FILLED)
        return
    book.absent[at.GOALS] = (at.NONE, "表上没有这一栏")
