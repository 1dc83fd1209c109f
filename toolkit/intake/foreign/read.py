"""Reading a foreign file: its grids, the forms in them, and what was not understood."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from toolkit.core.form import Form, Indicator
from toolkit.core.money import read_figure
from toolkit.core.unswept import unswept
from toolkit.intake.foreign.columns import NAMES
from toolkit.intake.foreign.documents import read_docx
from toolkit.intake.foreign.funds import other_amounts, read_funds
from toolkit.intake.foreign.head import leave, read_goals, read_head, read_kind, read_unit, read_year, without_unit
from toolkit.intake.foreign.model import ForeignForms, ForeignGrid, Log, Piece, place_of
from toolkit.intake.foreign.parts import Part, split_forms
from toolkit.intake.foreign.places import find_region, find_year
from toolkit.intake.foreign.rows import RowReader, is_heading_row
from toolkit.intake.foreign.sheets import read_xls, read_xlsx
from toolkit.intake.foreign.texts import read_csv, read_text
from toolkit.intake.foreign.total import read_total, total_row
from toolkit.intake.foreign.webpages import read_page
from toolkit.intake.foreign.words import bare, is_word
from toolkit.problem import Unreadable

Reader = Callable[[Path], tuple[list[ForeignGrid], list[str]]]
_GLUED = re.compile(r"\s*([^:：\n]{2,20}?)\s*[:：]")
_ATTACHMENT = re.compile(r"附[件表][\d一二三四五六七八九十.-]*[:：]?")
_PAGE_MARK = re.compile(r"[\W_]*第?\d{0,3}页?[\W_]*|[（(]?续表?\d*[)）]?")
_FEW_CELLS = 20
"""A file with pictures and no more cells than these is a scan."""
READERS: dict[str, Reader] = {
    ".xlsx": read_xlsx,
    ".xlsm": read_xlsx,
    ".xls": read_xls,
    ".docx": read_docx,
    ".txt": read_text,
    ".md": read_text,
    ".csv": read_csv,
    ".htm": read_page,
    ".html": read_page,
}
"""Readers by suffix."""
_SAVE_AS = "请在 WPS 或 Office 里打开，另存为{0} 再试"
_SCAN = "请向提供的人要可编辑的 .docx 或 .xlsx"
_NOT_READ: dict[str, tuple[str, str]] = {
    ".doc": ("是旧版 Word 文档（.doc），读不了", _SAVE_AS.format(" .docx")),
    ".wps": ("是 WPS 文字文档（.wps），读不了", _SAVE_AS.format(" .docx")),
    ".rtf": ("是 RTF 文档，读不了", _SAVE_AS.format(" .docx")),
    ".odt": ("是 ODF 文档（.odt），读不了", _SAVE_AS.format(" .docx")),
    ".et": ("是 WPS 表格（.et），读不了", _SAVE_AS.format(" .xlsx")),
    ".ods": ("是 ODF 表格（.ods），读不了", _SAVE_AS.format(" .xlsx")),
    ".xlsb": ("是二进制工作簿（.xlsb），读不了", _SAVE_AS.format(" .xlsx")),
    ".mht": ("是网页存档（.mht），读不了", _SAVE_AS.format(" .xlsx")),
    ".pdf": ("是 PDF，读不了", f"{_SCAN}；只有 PDF 的，先在 WPS 里转成 .docx 再试"),
    ".ofd": ("是 OFD 版式文件，读不了", _SCAN),
    **{suffix: ("是图片，读不了", _SCAN) for suffix in (".jpg", ".jpeg", ".png", ".bmp", ".tif", ".tiff", ".gif")},
    **{suffix: ("是压缩包，读不了", "请先解压，再选里面的自评表") for suffix in (".zip", ".rar", ".7z")},
}
"""What is wrong with a file of another kind and how to put it right, by suffix."""


_HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值", "完成值", "分值", "得分", "执行率")
_MOST_HEADINGS = 5
"""With so many of the form's headings a text is a form, however its cells lie."""


def read_foreign(path: Path, own: Collection[str] = ()) -> ForeignForms:
    """Read every form in a file that is not ours, by headings and their order.

    Args:
        own: headings of columns that a scheme's form has for itself, taken where the file has them, too.

    Raises:
        Unreadable: the file cannot be read, or holds no form.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        usual = f"是“{path.suffix or '没有后缀的'}”文件，读不了", "请用 .xlsx、.xls、.docx、文本（.txt、.csv）或交换文件（.json）"
        raise Unreadable(path, *_NOT_READ.get(path.suffix.lower(), usual))
    if not path.stat().st_size:
        raise Unreadable(path, "是空文件（0 字节）", "请向提供的人重新要一份，或从备份恢复")
    with unswept():
        grids, notes = reader(path)
        found = forms_in(grids, notes, own)
    if not found.forms:
        raise _no_form(path, grids)
    return found


def forms_in(
    grids: Sequence[ForeignGrid], notes: Iterable[str] = (), own: Collection[str] = ()
) -> ForeignForms:
    """Read every form in grids; ``notes`` come before those of the reading, for ``own`` see :func:`read_foreign`."""
    parts, others = _self_evaluations([part for grid in grids for part in split_forms(grid)])
    notes = [*notes, *others]
    logs = [Log() for _ in parts]
    forms = tuple(_placed(parts, [_read_form(part, log, own) for part, log in zip(parts, logs, strict=True)], logs))
    for part, log in zip(parts, logs, strict=True):
        _sweep(part, log)
    return ForeignForms(
        forms,
        tuple(dict.fromkeys([*notes, *_all_notes(forms, logs)])),
        tuple(leftover for log in logs for leftover in log.leftovers),
        tuple(tuple(log.recognised) for log in logs),
    )


def _placed(parts: list[Part], forms: list[Form], logs: list[Log]) -> Iterator[Form]:
    """Give forms below each other the year that stands above the first of them; find out region and year otherwise."""
    above: dict[int, Form] = {}
    for part, form, log in zip(parts, forms, logs, strict=True):
        first = above.setdefault(id(part.grid), form)
        if form.year is None and first.year is not None:
            log.note(f"没有写年度，按同一张表上方的 {first.year} 年")
            form = replace(form, year=first.year)
        year = form.year or find_year(part, log)
        if year is None:
            log.note("没有找到年度，请补填")
        yield replace(form, region=find_region(form, log), year=year)


def _self_evaluations(parts: list[Part]) -> tuple[list[Part], list[str]]:
    """Return the forms with columns for results; where there is none, those without stay (目标申报表)."""
    results = {"actual", "score"}
    having = [part for part in parts if results & (part.columns[0].fields.keys() | part.columns[0].doubtful.keys())]
    without = [part for part in parts if part not in having]
    if not having:
        return parts, []
    return having, [f"“{part.grid.name}”没有实际完成值和得分栏，不是自评表，没有读" for part in without]


def _all_notes(forms: tuple[Form, ...], logs: list[Log]) -> Iterator[str]:
    """Yield what was noted, with the form's name where it is not true of all."""
    for form, log in zip(forms, logs, strict=True):
        for note in log.notes:
            everywhere = all(note in each.notes for each in logs)
            yield note if everywhere else f"“{form.project_name.text or form.kind}”：{note}"


def _no_form(path: Path, grids: list[ForeignGrid]) -> Unreadable:
    pieces = sum(len(grid.pieces) for grid in grids)
    if pieces <= _FEW_CELLS and zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            if any("/media/" in name for name in package.namelist()):
                return Unreadable(path, "里是图片，没有表格", "扫描件读不了，请向提供的人要可编辑的 .docx 或 .xlsx")
    if not pieces:
        return Unreadable(path, "是空的，没有自评表", "请确认选对了文件")
    text = "".join("".join(piece.text.split()) for grid in grids for piece in grid.pieces)
    words = [word for word in _HEADINGS if word in text]
    if len(words) >= _MOST_HEADINGS:
        reason = f"里有“{'”“'.join(words)}”这些字，但没有排成一行栏目：格子的次序在复制或转换时乱了，哪个数属于哪一栏分不清，没有读"
        return Unreadable(path, reason, "请向提供的人要 .xlsx 或 .docx；只有 PDF 的，先在 WPS 里转成 .xlsx 再试")
    reason = "里没有找到自评表（没有一级指标、三级指标、指标值这些栏目）"
    return Unreadable(path, reason, "请确认选对了文件；自评表要有一级指标、三级指标、指标值、分值、得分这些栏目")


def _read_form(part: Part, log: Log, own: Collection[str]) -> Form:
    grid, columns = part.grid, part.columns[0]
    _note_columns(part, log)
    above = columns.top - 1
    year, kind = read_year(part, above, log), read_kind(part, above, log)
    funds, fund_bottom = read_funds(part, above, log)
    unit = read_unit(part, above, funds, log)
    funds = without_unit(funds, unit)
    expected, achieved = read_goals(part, above, log)
    row = total_row(part, columns, fund_bottom)
    weight, score, grade = read_total(part, columns, row, log)
    head = read_head(part, above, log)
    reader = RowReader(grid, log, own)
    indicators = _indicators(part, reader, row)
    if row is not None and row > columns.bottom and expected.blank and achieved.blank:
        # Some forms state the goals below the indicators.
        expected, achieved = read_goals(replace(part, first=row + 1), part.last, log)
    if not funds and not fund_bottom:
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


def _note_columns(part: Part, log: Log) -> None:
    """Note how the headings of the indicators were recognised, which are claimed twice, and which are missing."""
    columns = part.columns[0]
    log.recognised.extend(columns.recognised)
    for each in part.columns:
        log.take(each.pieces)
        for note in each.notes:
            log.note(note)
    for name, pieces in columns.doubtful.items() if not part.grid.stream else ():
        places = "、".join(piece.place for piece in pieces)
        log.note(f"有 {len(pieces)} 栏都像“{NAMES[name]}”（{places}），分不清哪一栏，没有读")
    _note_missing(log, columns.fields.keys() | columns.doubtful.keys())


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
    if not piece.column and _PAGE_MARK.fullmatch("".join(piece.text.split())):
        return True
    frame = any(is_word(piece.text, "label", field) for field in ("goal", "other"))
    return frame or _ATTACHMENT.fullmatch("".join(piece.text.split())) is not None or not bare(piece.text) or set(piece.text) <= set("—–-－/／ ")


def _sweep(part: Part, log: Log) -> None:
    """Name every cell of the form that nothing has taken, by the label it belongs to where there is one."""
    for row in part.grid.rows_between(part.first, part.last):
        pieces = part.grid.row(row)
        if log.taken.issuperset(map(place_of, pieces)) or is_heading_row(pieces):
            continue
        for piece in pieces:
            if (row, piece.column) not in log.taken and not _is_frame(piece):
                leave(log, [piece], _why_left(part, piece))


def _why_left(part: Part, piece: Piece) -> str:
    before = part.grid.left_of(piece)
    glued = _GLUED.match(piece.text)
    for text in (glued[1] if glued else "", before.text if before is not None else ""):
        if text and is_word(text, "label", "other"):
            return f"“{bare(text)}”在自评表里没有位置"
    return "没有认出是什么"
