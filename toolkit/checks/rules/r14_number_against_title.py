"""R14: 提前下达 of a year under a number of that year, or one number with two titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.citations import Citation
from toolkit.checks.rows import bare
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten

_EARLY = re.compile(r"提前下达(?:中央|省级|市级|财政)*(?P<year>20\d{2})年")


@rule(
    "R14",
    title="文号与文件名称对不上",
    severity=Severity.WARNING,
    source="提前下达的文件在上一年印发；一个文号只有一个名称",
    stages=RESULTS,
)
def number_against_title(case: Case) -> Iterator[Fault]:
    """“提前下达 2022 年……”的文件在 2021 年印发，文号应是〔2021〕；同一文号不应写成两个文件名称。

    为什么：文号的年份写错，就查不到文件，资金依据也就落了空。
    怎么改：核对原文件，改正文号或名称；文件确在当年印发的，写一句说明。
    """
    report = report_of(case)
    if report is None:
        return
    for citation in report.citations:
        early = _EARLY.search(citation.title)
        if early is not None and citation.year == int(early["year"]):
            yield Fault(
                cells=(citation.cell,),
                fact=f"文件是“提前下达 {early['year']} 年”，文号写 {citation.text}，一般应为〔{citation.year - 1}〕",
                found=citation.text,
                expected=citation.text.replace(str(citation.year), str(citation.year - 1)),
                fix="请核对原文件的文号；确在当年印发的，在说明中写明。",
            )
    yield from _two_titles(report.citations)


def _two_titles(citations: tuple[Citation, ...]) -> Iterator[Fault]:
    cited: dict[tuple[str, int, int], dict[str, Citation]] = defaultdict(dict)
    for citation in citations:
        if citation.title:
            cited[citation.agency, citation.year, citation.serial].setdefault(bare(citation.title), citation)
    for titles in cited.values():
        first, *others = titles.values()
        for other in others:
            if bare(first.title) in bare(other.title) or bare(other.title) in bare(first.title):
                continue
            yield Fault(
                cells=(first.cell, other.cell),
                fact=f"{first.text} 写成两个文件：《{shorten(first.title, 30)}》《{shorten(other.title, 30)}》",
                found=other.title,
                fix="请核对原文件，改正名称或文号。",
            )
