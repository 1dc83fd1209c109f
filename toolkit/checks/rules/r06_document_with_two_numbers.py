"""R06: one document cited with two numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.citations import Citation
from toolkit.checks.rows import bare
from toolkit.checks.rule import RESULTS, rule

_HIGH = 100
"""Serials from which two documents of one agency hardly share theirs by chance."""
_ALIKE = 0.6


@rule("R06", title="同一文件写了两个文号", severity=Severity.WARNING, source="同一文件只有一个文号", stages=RESULTS)
def document_with_two_numbers(case: Case) -> Iterator[Fault]:
    """同一份文件在报告里出现两次以上的，文号应当相同。

    为什么：资金依据是审核首先要查的，文号一处〔2022〕一处〔2021〕，就查不到文件。
    怎么改：核对原文件，改正错的一处；确为两份文件的，写一句说明。
    """
    report = report_of(case)
    if report is None:
        return
    told: set[tuple[str, str]] = set()
    for first, second in combinations(report.citations, 2):
        key = (_number(first), _number(second))
        if key[0] != key[1] and key not in told and key[::-1] not in told and _same_document(first, second):
            told.add(key)
            yield _fault((first, second))


def _number(citation: Citation) -> str:
    return f"{citation.agency}〔{citation.year}〕{citation.serial}号"


def _same_document(first: Citation, second: Citation) -> bool:
    one, other = bare(first.title), bare(second.title)
    if one and one == other:
        return True
    if (first.agency, first.serial) != (second.agency, second.serial) or first.year == second.year:
        return False
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE if one and other else False
    return first.serial >= _HIGH or alike


def _fault(cited: Sequence[Citation]) -> Fault:
    first, second = cited
    return Fault(
        cells=(first.cell, second.cell),
        fact=f"同一文件一处写 {first.text}，一处写 {second.text}",
        found=f"{first.text}；{second.text}",
        fix="请核对原文件，改正错的一处；确为两份文件的，在说明中写明。",
    )
