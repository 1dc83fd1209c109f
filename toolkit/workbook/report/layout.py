"""Where things stand on the sheet 自评报告.

Columns A to F are printed. Right of them, outside the print area, stand 建议稿, 状态, 段落 (the key of the block) and 校验
(the mark of the text it was generated with). The first row holds the headings and one cell in each look the report
uses; the second what was left out, and the record of what was generated. The report begins in the third.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHEET = "自评报告"
HEADING_ROW, NOTE_ROW, FIRST_ROW = 1, 2, 3
FIRST_COLUMN, LAST_COLUMN = 1, 6
"""Columns that are printed."""
WIDTHS = (6.0, 14.0, 15.0, 15.0, 15.0, 15.0)
"""Widths of the printed columns; together they fill A4 between the margins of an official document."""
HEADINGS: Mapping[str, int] = {"建议稿": 8, "状态": 9, "段落": 10, "校验": 11, "生成记录": 12}
"""Columns right of the print area."""
LOOKS_FROM = 13
"""First column of the looks in the first row."""
LOOKS = (
    *("标题", "封面", "一级标题", "二级标题", "三级标题", "正文", "待完善", "表名", "表头", "表内文字", "表内数字", "图名"),
    *("建议稿", "状态", "段落"),
)
CHART_KEYS = {"得分": "@各一级指标得分与分值", "支出": "@各项目资金与支出"}
"""Keys of the captions below the charts."""

_SEPARATOR = ":"
"""Between the form sheet and the key of a block; Excel allows it in no sheet name."""
_OMITTED = re.compile(r"略去 (\d+) 句，缺少报告要素：(.*)。")


def full_key(sheet: str, key: str) -> str:
    """Return 段落 of a block in the report of a form sheet."""
    return f"{sheet}{_SEPARATOR}{key}"


def split_key(text: str) -> tuple[str, str]:
    """Return the form sheet and the key of a 段落, each "" for a row of the officer's own."""
    sheet, mark, key = text.strip().partition(_SEPARATOR)
    return (sheet, key) if mark else ("", "")


@dataclass(frozen=True, slots=True)
class Note:
    """What the second row says of one report.

    Attributes:
        omitted: sentences left out.
        missing: 报告要素 for want of which they were.
        deleted: beginnings of the blocks that the officer deleted.
    """

    sheet: str
    omitted: int = 0
    missing: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()


def note_text(notes: Sequence[Note]) -> str:
    """Return the note of all reports, a line for each."""
    lines = []
    for note in notes:
        parts = []
        if note.omitted:
            parts.append(f"略去 {note.omitted} 句，缺少报告要素：{'、'.join(note.missing)}。")
        if note.deleted:
            parts.append(f"您删去的 {len(note.deleted)} 段没有再写入：{'、'.join(f'“{text}”' for text in note.deleted)}。")
        if parts:
            lines.append(f"{note.sheet}{_SEPARATOR}{''.join(parts)}")
    return "\n".join(lines)


def read_note(text: str) -> dict[str, Note]:
    """Read what :func:`note_text` wrote, by form sheet; the deleted blocks are left to the record."""
    notes = {}
    for line in text.splitlines():
        sheet, _, rest = line.partition(_SEPARATOR)
        found = _OMITTED.search(rest)
        if found:
            notes[sheet] = Note(sheet, int(found[1]), tuple(found[2].split("、")))
    return notes


def record_text(sheet: str, marks: Sequence[str]) -> str:
    """Return 生成记录 of one report."""
    return f"{sheet}{_SEPARATOR}{' '.join(marks)}"


def read_record(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the form sheet and the marks of a 生成记录."""
    sheet, _, marks = text.partition(_SEPARATOR)
    return sheet, tuple(marks.split())
