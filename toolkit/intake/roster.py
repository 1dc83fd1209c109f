"""The list of projects that are expected (--expected): .xlsx, .xls, .csv with headings, or a plain .txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from toolkit.collect.roster import Expected
from toolkit.intake.grid import Grid, read_grids, squeeze
from toolkit.problem import Unreadable

_PROJECT = ("项目名称", "项目", "名称")
_UNIT = ("填报单位", "单位名称", "实施单位", "项目单位", "预算单位", "单位", "主管部门")
_CODE = ("项目编码", "项目代码", "编码")
_TOTALS = ("合计", "总计", "小计")
_APART = re.compile(r"[\t,，;；|｜]+")


def read_roster(path: Path) -> tuple[Expected, ...]:
    """Read a list by its headings 项目名称, 填报单位, 项目编码; a .txt has a project a line, or unit and project.

    Raises:
        Unreadable: the file holds no list.
    """
    if not path.is_file():
        raise Unreadable(path, "找不到", "请检查路径和文件名")
    found = _from_text(path) if path.suffix.lower() == ".txt" else _from_grids(path)
    if not found:
        raise Unreadable(path, "里没有找到项目名单", "请在首行写明栏名“填报单位、项目名称”，每个项目一行")
    return found


def _from_grids(path: Path) -> tuple[Expected, ...]:
    for grid in read_grids(path):
        found = tuple(_lines(grid))
        if found:
            return found
    return ()


def _lines(grid: Grid) -> Iterator[Expected]:
    columns: dict[str, int | None] | None = None
    unit = ""
    for row, texts in grid.rows:
        if columns is None:
            columns = _headings(texts)
            continue
        cells = {name: "" if place is None else texts.get(place, "").strip() for name, place in columns.items()}
        # A unit is often written once, merged over the rows of its projects.
        unit = cells["unit"] or unit
        if (cells["project"] or cells["code"] or columns["project"] is None) and not _is_total(texts):
            yield Expected(unit, cells["project"], cells["code"], f"第 {row} 行")


def _headings(texts: dict[int, str]) -> dict[str, int | None] | None:
    names = {squeeze(text).split("（")[0]: place for place, text in texts.items()}
    project, unit, code = (next((names[name] for name in known if name in names), None) for known in (_PROJECT, _UNIT, _CODE))
    return None if project is None and unit is None else {"project": project, "unit": unit, "code": code}


def _is_total(texts: dict[int, str]) -> bool:
    return any("".join(text.split()) in _TOTALS for text in texts.values())


def _from_text(path: Path) -> tuple[Expected, ...]:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            lines = data.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
        return tuple(_from_lines(lines))
    raise Unreadable(path, "的文字编码无法识别", "请另存为 UTF-8 的文本再用")


def _from_lines(lines: list[str]) -> Iterator[Expected]:
    for number, line in enumerate(lines, 1):
        parts = [part.strip() for part in _APART.split(line) if part.strip()]
        if not parts or squeeze(parts[-1]) in _PROJECT:
            continue
        unit = parts[-2] if len(parts) > 1 and not parts[-2].isdigit() else ""
        yield Expected(unit, parts[-1], "", f"第 {number} 行")
