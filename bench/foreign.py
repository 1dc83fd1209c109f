"""Other people's forms to measure with: the national layout as a workbook and as a document with eight of it."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.table import Table
from openpyxl.styles import Alignment, Border, Font, Side

from bench.forms import interchange
from toolkit.intake.foreign import read_foreign

FORMS_OF_A_DOCUMENT = 8
_INDICATORS = 20
_WIDTH = 9
_FUNDS = ("资金来源", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
_HEADINGS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
_FIELDS = ("level1", "level2", "level3", "target", "actual", "weight", "score", "deviation")
_AMOUNTS = ("kind", "initial_budget", "annual_budget", "executed", "weight", "rate", "score")

Merge = tuple[int, int, int, int]


def foreign_workbooks(folder: Path, count: int) -> list[Path]:
    """Write this many workbooks, each with a form of 20 indicators under fonts, borders and merges."""
    return [_workbook(folder / f"foreign {number}.xlsx", interchange(_INDICATORS, 5000 + number)) for number in range(count)]


def foreign_documents(folder: Path, count: int) -> list[Path]:
    """Write this many documents, each with eight forms of 20 indicators as tables with a grid and merged cells."""
    return [_document(folder / f"foreign {number}.docx", 9000 + FORMS_OF_A_DOCUMENT * number) for number in range(count)]


def read_foreign_forms(path: Path, forms: int) -> None:
    """Read a foreign file as ``selfeval fill`` does, and see that all its forms were found."""
    found = read_foreign(path)
    assert len(found.forms) == forms
    assert all(len(form.indicators) == _INDICATORS for form in found.forms)


def load_workbook_with_openpyxl(path: Path) -> None:
    """Load a workbook with openpyxl as it comes, formats and merges with it."""
    openpyxl.load_workbook(path, data_only=True)


def load_document_with_docx(path: Path) -> None:
    """Load a document with python-docx as it comes."""
    docx.Document(str(path))


def _lines(form: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the national layout."""
    yield ("项目支出绩效自评表",)
    yield ("（2021年度）",)
    yield ("项目名称", "", form["project_name"])
    yield ("主管部门", "", form["organisation"], "", "", "实施单位", "", form["organisation"])
    yield ("项目资金（元）", "", *_FUNDS)
    for line in form["funds"]:
        yield ("", "", *(str(line.get(name) or "") for name in _AMOUNTS))
    yield ("年度总体目标", "预期目标", "", "", "", "实际完成情况")
    yield ("", form["goal"]["expected"], "", "", "", form["goal"]["actual"])
    yield ("绩效指标", *_HEADINGS)
    for key, rows in groupby(form["indicators"], key=lambda row: row["level1"]):
        for place, row in enumerate(rows):
            yield ("", key if not place else "", *(str(row[name] or "") for name in _FIELDS[1:]))
    total = form["stated_total"]
    yield ("总分", "", "", "", "", "", total["weight"], total["score"])


def _merges(lines: list[tuple[str, ...]]) -> Iterator[Merge]:
    """Yield the merged areas: the title over all columns, each 一级指标 over its rows."""
    yield 0, 0, 0, _WIDTH - 1
    first = next(at for at, line in enumerate(lines) if line[0] == "绩效指标") + 1
    starts = [at for at in range(first, len(lines) - 1) if lines[at][1]]
    for start, end in zip(starts, [*starts[1:], len(lines) - 1], strict=True):
        if end - start > 1:
            yield start, 1, end - 1, 1


def _workbook(path: Path, form: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    lines = list(_lines(form))
    side = Side(style="thin")
    for row, line in enumerate(lines, 1):
        for column in range(1, _WIDTH + 1):
            cell = sheet.cell(row, column, line[column - 1] if column <= len(line) and line[column - 1] else None)
            cell.font, cell.border = Font(name="宋体", size=10), Border(side, side, side, side)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for top, left, bottom, right in _merges(lines):
        sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    book.save(path)
    return path


def _document(path: Path, seed: int) -> Path:
    document = docx.Document()
    for number in range(FORMS_OF_A_DOCUMENT):
        lines = list(_lines(interchange(_INDICATORS, seed + number)))
        table: Table = document.add_table(len(lines), _WIDTH, "Table Grid")
        held = [row.cells for row in table.rows]
        for cells, line in zip(held, lines, strict=True):
            for cell, text in zip(cells, line, strict=False):
                cell.text = text
                cell.paragraphs[0].runs[0].font.name = "宋体"
        for top, left, bottom, right in _merges(lines):
            held[top][left].merge(held[bottom][right])
        document.add_paragraph("")
    document.save(str(path))
    return path
