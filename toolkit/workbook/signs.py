"""What the buttons in Excel leave in a workbook beside the form: marks, notes and 修改记录, each to be known again."""

from __future__ import annotations

RECORD_SHEET = "修改记录"
"""Who changed which of the officer's own cells by a button; it names persons and is not handed over."""
RECORD_HEADINGS = ("时间", "操作", "用户", "工作表", "单元格", "项目/指标", "修改前", "修改后")
SIGNATURE = "——绩效自评核对（下次检查时自动更新）"
"""Last line of every note that a check sets."""
MARK = 'N("selfeval")=0'
"""Formula of the conditional format that marks cells with findings: always true, and ours."""


def is_our_note(text: str) -> bool:
    """Tell whether a note was set by a check and not changed since."""
    return text.rstrip().endswith(SIGNATURE)
