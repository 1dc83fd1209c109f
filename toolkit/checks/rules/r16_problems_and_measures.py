"""R16: as many measures as problems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.outline import Heading
from toolkit.checks.prose.reading import Reading
from toolkit.checks.rule import RESULTS, rule

_PROBLEMS = re.compile(r"(?:存在|发现|主要)(?:的)?(?:主要)?问题(?!.*(?:措施|建议|整改))")
_MEASURES = re.compile(r"(?:改进|整改|改善|对应)(?:的)?(?:措施|办法)|下一步(?:工作|改进)")
_ORDER = "一二三四五六七八九十"
_ITEM = re.compile(rf"(?:^|[。；：，\s])(?:第)?([{_ORDER}])是")


@rule(
    "R16",
    title="问题条数与措施条数不同",
    severity=Severity.INFO,
    remedy=Remedy.EXPLAIN,
    source="每个问题应有相应的改进措施",
    stages=RESULTS,
)
def problems_and_measures(case: Case) -> Iterator[Fault]:
    """“存在问题”和“改进措施”都分条写的，条数一般应相同，一一对应。

    为什么：列了四个问题、只有三条措施，审核会问剩下的那个怎么办。
    怎么改：补上缺的一条；一条措施对应几个问题的，可不改。
    """
    report = report_of(case)
    if report is None:
        return
    problems, measures = (_chapter(report, pattern) for pattern in (_PROBLEMS, _MEASURES))
    if problems is None or measures is None or problems is measures:
        return
    count, answered = _items(report, problems), _items(report, measures)
    if min(count, answered) > 1 and count != answered:
        yield Fault(
            cells=(problems.paragraph.cell(), measures.paragraph.cell()),
            fact=f"问题写了 {count} 条，措施写了 {answered} 条",
            found=str(answered),
            expected=str(count),
            fix="请逐条对应；一条措施对应几个问题的，可不改。",
        )


def _chapter(report: Reading, pattern: re.Pattern[str]) -> Heading | None:
    found = [heading for heading in report.headings if pattern.search(heading.title) and heading.level <= 2]
    return found[0] if len(found) == 1 else None


def _items(report: Reading, chapter: Heading) -> int:
    """Count the items below a heading: 一是 二是 …, else its numbered paragraphs."""
    below = [each for each in report.placed if chapter in each.trail]
    text = "\n".join(each.paragraph.text for each in below)
    said = _ITEM.findall(text)
    if said:
        # 一是 … begins anew where measures have measures of their own.
        return len(said) if "".join(said) == _ORDER[: len(said)] else 0
    children = [each.heading for each in below if each.heading is not None and each.heading.trail[-1:] == (chapter,)]
    return len(children)
