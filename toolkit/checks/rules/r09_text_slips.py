"""R09: slips of numbering, brackets and words in the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import Paragraph
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.form import Cell

_DOUBLED = re.compile(r"(?P<word>[\u4e00-\u9fff]{3,12})(?P=word)|(?<![的目])的的(?!确)|(?<![了])了了(?!解)|，，|。。|、、|，。|。，")
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[Xx×]{2,}(?![A-Za-z])|\*{2,}|_{3,}|【(?:请|此处|填写|待)[^】]*】|（(?:请|此处)填写[^）]*）")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_MOST_GAP = 3
_FEW = 4

Slip = tuple[Cell, str]


@rule("R09", title="编号、括号、文号写法等文字差错", severity=Severity.INFO, source="公文格式", stages=RESULTS)
def text_slips(case: Case) -> Iterator[Fault]:
    """编号跳号，文号用 [2022] 而不是〔2022〕，括号、书名号不成对，词语重复，留着“××”没有改的，合并成一条说明。

    为什么：不影响数字，但报告要盖章、要公开，这些差错一眼就看得见。
    怎么改：逐处改正。
    """
    report = report_of(case)
    if report is None:
        return
    slips = [*_numbering(report), *_numbers(report)]
    for paragraph in report.paragraphs:
        if not paragraph.row:
            slips += [*_brackets(paragraph), *_words(paragraph, printed=report.printed)]
    if slips:
        slips.sort(key=lambda slip: slip[0].line)
        said = list(dict.fromkeys(text for _, text in slips))
        listed = "；".join(said[:_FEW]) + (f"等 {len(said)} 处" if len(said) > _FEW else "")
        cells = tuple(dict.fromkeys(cell for cell, _ in slips))
        yield Fault(cells, f"有文字差错：{listed}", listed, fix="请逐处改正。", working="；".join(said) if len(said) > _FEW else "")


def _numbering(report: Reading) -> Iterator[Slip]:
    for heading in report.headings:
        if heading.last is not None and 1 < heading.number - heading.last <= _MOST_GAP:
            before = heading.label.replace(_shown(heading.label, heading.number), _shown(heading.label, heading.last))
            yield heading.paragraph.cell(), f"编号由 {before} 跳到 {heading.label}"


def _shown(label: str, number: int) -> str:
    """Return a number as this kind of label writes it."""
    digits = "一二三四五六七八九十"
    if any(character.isdecimal() and character.isascii() for character in label):
        return str(number)
    if any("①" <= character <= "⑳" for character in label):
        return chr(ord("①") + number - 1)
    return digits[number - 1] if number <= len(digits) else f"十{digits[number - 11]}"


def _numbers(report: Reading) -> Iterator[Slip]:
    for citation in report.citations:
        if not citation.proper:
            yield citation.cell, f"{citation.text} 的年份应写成〔{citation.year}〕"


def _brackets(paragraph: Paragraph) -> Iterator[Slip]:
    for opening, closing in _PAIRS.items():
        depth = 0
        for at, character in enumerate(paragraph.text):
            if character == opening:
                depth += 1
            elif character == closing and not _list_mark(paragraph.text, at):
                depth -= 1
                if depth < 0:
                    yield paragraph.cell(at), f"“{paragraph.text[max(0, at - 6) : at + 1]}”多一个{closing}"
                    break
        if depth > 0:
            at = paragraph.text.rindex(opening)
            yield paragraph.cell(at), f"“{paragraph.text[at : at + 7]}”缺一个{closing}"


def _list_mark(text: str, at: int) -> bool:
    """Tell whether a closing bracket belongs to a list mark: 1）."""
    return text[at] == "）" and re.search(r"(?:^|[。；：，\s])(?:\d{1,2}|[一二三四五六七八九十]|[a-zA-Z])$", text[:at]) is not None


def _words(paragraph: Paragraph, *, printed: bool) -> Iterator[Slip]:
    if not printed:
        for found in _DOUBLED.finditer(paragraph.text):
            yield paragraph.cell(found.start()), f"“{found[0]}”重复"
    for found in _PLACEHOLDER.finditer(paragraph.text):
        yield paragraph.cell(found.start()), f"“{found[0]}”没有改写"
