"""Reading a report kept as plain text: .txt in UTF-8 or GB 18030, or Markdown."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

from toolkit.core.document import Document
from toolkit.core.form import Cell, Line
from toolkit.problem import Unreadable

REPORTS = (".txt", ".md")
"""Suffixes of a report kept as text."""
_MOST_BYTES = 5_000_000
_LEAST_CHINESE = 60
_CHINESE = re.compile("[\u4e00-\u9fff]")
_REPORT = re.compile("绩效|自评")
_SENTENCE_END = re.compile("[\u4e00-\u9fff”）)\\d%％]。")
_FORM_HEADER = re.compile(r"一级指标[\s|]+二级指标[\s|]+三级指标")
_LEAST_SENTENCES = 5
_MARKDOWN_ROW = re.compile(r"^\s*\|(?P<cells>.*)\|\s*$")
_MARKDOWN_RULE = re.compile(r"^\s*\|[\s:|-]+\|\s*$")
_BROKEN = re.compile(r"[\u4e00-\u9fff\d，、〕]$")
_LONG = 24
_NEXT = re.compile(r"^[^一二三四五六七八九十（(\d①-⑳#\s|]")


def read_report_text(path: Path) -> Document:
    """Read a report.

    Returns:
        Its lines, each knowing its number; ``printed`` where sentences run on over the end of a line.

    Raises:
        Unreadable: the file cannot be read, or is no report.
    """
    lines = [_table_row(line) for line in _text(path).splitlines()]
    document = Document(path.name, tuple(_cells(lines)), printed=_is_printed(lines))
    text = "".join(lines)
    if len(_CHINESE.findall(text)) < _LEAST_CHINESE or not _REPORT.search(text):
        raise Unreadable(path, "不像一份自评报告（全文没有“绩效”“自评”字样，或者只有几行）", "自评表请用 .xlsx、.docx 或 .json；报告请存成纯文本（.txt）")
    return document


def looks_like_report(path: Path) -> bool:
    """Tell whether a text file holds the prose of a report, and not the cells of a form."""
    try:
        text = _text(path)
    except Unreadable:
        return False
    sentences = len(_SENTENCE_END.findall(text))
    return _REPORT.search(text) is not None and sentences >= _LEAST_SENTENCES and _FORM_HEADER.search(text) is None


def _text(path: Path) -> str:
    if path.stat().st_size > _MOST_BYTES:
        raise Unreadable(path, "太大，不像一份报告", "请只留报告的文字")
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\f", "\n")
    raise Unreadable(path, "不是纯文本", "请在记事本或 WPS 里另存为“纯文本（.txt）”")


def _table_row(line: str) -> str:
    """Return a row of a Markdown table with its cells divided by tabs, any other line as it is."""
    if _MARKDOWN_RULE.match(line):
        return ""
    found = _MARKDOWN_ROW.match(line)
    return "\t".join(cell.strip() for cell in found["cells"].split("|")) if found else line


def _cells(lines: list[str]) -> list[Cell]:
    numbered = enumerate(lines, 1)
    return [Cell(f"第 {number} 行", line, line=Line.REPORT + number) for number, line in numbered if line.strip()]


def _is_printed(lines: list[str]) -> bool:
    filled = [line.strip() for line in lines if line.strip() and "\t" not in line]
    pairs = itertools.pairwise(filled)
    return any(len(line) >= _LONG and _BROKEN.search(line) and _NEXT.match(after) for line, after in pairs)
