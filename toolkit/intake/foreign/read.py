"""Reading a foreign file: its grids, the forms in them, and what was not understood."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from toolkit.core.form import Form, Indicator
from toolkit.core.money import read_figure
from toolkit.intake.foreign.columns import NAMES
from toolkit.intake.foreign.documents import read_docx
from toolkit.intake.foreign.funds import other_amounts, read_funds
from toolkit.intake.foreign.head import leave, read_goals, read_head, read_kind, read_unit, read_year
from toolkit.intake.foreign.model import ForeignForms, ForeignGrid, Log, Piece
from toolkit.intake.foreign.parts import Part, split_forms
from toolkit.intake.foreign.rows import RowReader, is_heading_row
from toolkit.intake.foreign.sheets import read_xls, read_xlsx
from toolkit.intake.foreign.texts import read_text
from toolkit.intake.foreign.total import read_total, total_row
from toolkit.intake.foreign.words import bare, is_word
from toolkit.problem import Unreadable

Reader = Callable[[Path], tuple[list[ForeignGrid], list[str]]]
_FEW_CELLS = 20
"""A file with pictures and no more cells than these is a scan."""
READERS: dict[str, Reader] = {
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xls": read_xls,
    ".docx": read_docx,
    ".txt": read_text,
    ".md": read_text,
}
"""Readers by suffix."""


def read_foreign(path: Path) -> ForeignForms:
    """Read every form in a file that is not ours, by headings and their order.

    Raises:
        Unreadable: the file cannot be read, or holds no form.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable(path, f"是“{path.suffix or '没有后缀的'}”文件，读不了", "请用 .xlsx、.xls、.docx 或带制表符的 .txt")
    grids, notes = reader(path)
    parts = [part for grid in grids for part in split_forms(grid)]
    if not parts:
        raise _no_form(path, grids)
    parts, others = _self_evaluations(parts)
    notes = [*notes, *others]
    logs = [Log() for _ in parts]
    forms = tuple(_read_form(part, log) for part, log in zip(parts, logs, strict=True))
    for part, log in zip(parts, logs, strict=True):
        _sweep(part, log)
    return ForeignForms(
        forms,
        tuple(dict.fromkeys([*notes, *_all_notes(forms, logs)])),
        tuple(leftover for log in logs for leftover in log.leftovers),
        tuple(tuple(log.recognised) for log in logs),
    )


def _self_evaluations(parts: list[Part]) -> tuple[list[Part], list[str]]:
    """Return the forms with columns for results; where there is none, those without stay (目标申报表)."""
    results = {"actual", "score"}
    having = [part for part in parts if results & (part.columns[0].fields.keys() | part.columns[0].doubtful.keys())]
    without = [part for part in parts if part not in having]
    if not having:
        return parts, []
    return having, [f"“{part.grid.name}”没有实际完成值和得分栏，不是自评表，没有读" for part in without]


def _all_notes(forms: tuple[Form, ...], logs: list[Log]) -> Iterator[str]:
    for form, log in zip(forms, logs, strict=True):
        yield from (_named(note, form, len(forms)) for note in log.notes)


def _named(note: str, form: Form, forms: int) -> str:
    return f"“{form.project_name.text or form.kind}”：{note}" if forms > 1 else note


def _no_form(path: Path, grids: list[ForeignGrid]) -> Unreadable:
    pieces = sum(len(grid.pieces) for grid in grids)
    if pieces <= _FEW_CELLS and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            if any("/media/" in name for name in package.namelist()):
                return Unreadable(path, "里是图片，没有表格", "扫描件读不了，请向提供的人要可编辑的 .docx 或 .xlsx")
    if not pieces:
        return Unreadable(path, "是空的，没有自评表", "请确认选对了文件")
    reason = "里没有找到自评表（没有一级指标、三级指标、指标值这些栏目）"
    return Unreadable(path, reason, "请确认选对了文件；自评表要有一级指标、三级指标、指标值、分值、得分这些栏目")


def _read_form(part: Part, log: Log) -> Form:
    grid, columns = part.grid, part.columns[0]
    log.recognised.extend(columns.recognised)
    for each in part.columns:
        log.take(each.pieces)
    for name, pieces in columns.doubtful.items() if not grid.stream else ():
        places = "、".join(piece.place for piece in pieces)
        log.note(f"有 {len(pieces)} 栏都像“{NAMES[name]}”（{places}），分不清哪一栏，没有读")
    _note_missing(log, columns.fields.keys() | columns.doubtful.keys())
    above = columns.top - 1
    year, kind, unit = read_year(part, above, log), read_kind(part, above, log), read_unit(part, above, log)
    funds, fund_bottom = read_funds(part, above, log)
    expected, achieved = read_goals(part, above, log)
    row = total_row(part, columns, fund_bottom)
    weight, score, grade = read_total(part, columns, row, log)
    head = read_head(part, above, log)
    reader = RowReader(grid, log)
    indicators = _indicators(part, reader, row)
    if not fund_bottom:
        log.note("没有找到项目资金的栏目（年初预算数、全年预算数、全年执行数）")
    for cell in other_amounts(funds):
        log.note(f"{cell.field}“{cell.text}”不是一个数，照原样保留，没有当作 0")
    return Form(
        organisation=head["organisation"],
        project_name=head["project_name"],
        project_code=head["project_code"],
        project_amount=head["project_amount"],
        department=head["department"],
        implementing_unit=head["implementing_unit"],
        year=year,
        currency_unit=unit,
        funds=funds,
        expected_goal=expected,
        achieved_goal=achieved,
        indicators=indicators,
        total_weight=weight,
        total_score=score,
        grade=grade,
        declared_weights=_declared(reader),
        kind=kind,
        sheet=grid.sheet,
    )


def _indicators(part: Part, reader: RowReader, total: int | None) -> tuple[Indicator, ...]:
    if part.grid.stream:
        return tuple(reader.read_followed(part.columns[0]))
    found: list[Indicator] = []
    for at, each in enumerate(part.columns):
        end = part.columns[at + 1].top - 1 if at + 1 < len(part.columns) else part.last
        stop = total - 1 if total is not None and each.bottom < total <= end else end
        found.extend(reader.read(each, stop))
    return tuple(found)


def _declared(reader: RowReader) -> dict[str, Decimal]:
    figures = {name: read_figure(text) for name, text in reader.declared.items()}
    return {name: figure.number for name, figure in figures.items() if figure is not None}


def _note_missing(log: Log, fields: set[str]) -> None:
    wanted = {"actual": "实际完成值", "weight": "分值", "score": "得分"}
    missing = [name for field, name in wanted.items() if field not in fields]
    if not {"target", "value", "sign"} & fields:
        missing.insert(0, "年度指标值")
    if missing:
        log.note(f"指标表没有找到“{'”“'.join(missing)}”栏，留空")


def _is_frame(piece: Piece) -> bool:
    """Tell whether a cell only frames the form: 年度总体目标, 绩效指标, a dash beside the total."""
    frame = any(is_word(piece.text, "label", field) for field in ("goal", "other"))
    return frame or not bare(piece.text) or set(piece.text) <= set("—–-－/／ ")


def _sweep(part: Part, log: Log) -> None:
    """Name every cell of the form that nothing has taken."""
    left = [
        piece
        for row in part.grid.rows_between(part.first, part.last)
        if not is_heading_row(part.grid.row(row))
        for piece in part.grid.row(row)
        if (piece.row, piece.column) not in log.taken and not _is_frame(piece)
    ]
    leave(log, left, "没有认出是什么")
