"""R08: parts named in a goal text that do not add to its total."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import rule
from toolkit.checks.sums import Sum, sums_in
from toolkit.core.form import Cell
from toolkit.core.money import plain, round_half_up

if TYPE_CHECKING:
    from toolkit.checks.prose.breakdown import Gap
    from toolkit.checks.prose.reading import Reading

_LEAST_SECTIONS = 3


@rule(
    "R08",
    title="文中各部分之和与总数不符",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="文字中列出的各部分应等于总数",
)
def parts_differ_from_total(case: Case) -> Iterator[Fault]:
    """“预期目标”“实际完成情况”和报告里写了分项又写“共……”的，报告的表里有合计的，分项之和应等于总数。

    为什么：一句话里的数自己对不上，看的人不知道该信哪一个。
    怎么改：核对后改正分项或总数；“其中”只列举一部分的不算；四舍五入的尾差只作说明。
    """
    for cell in (case.form.expected_goal, case.form.achieved_goal):
        for found in sums_in(cell.text, case.scheme.words):
            if found.contradicts:
                yield _fault(cell, found)
    if case.report is not None:
        yield from _in_report(case)


def _in_report(case: Case) -> Iterator[Fault]:
    # Loaded where there is a report: a form alone is checked without.
    from toolkit.checks.prose.beside import has_form, report_of
    from toolkit.checks.prose.breakdown import gaps

    report = report_of(case)
    if report is None:
        return
    for sentence in report.sentences:
        for found in sums_in(sentence.text, case.scheme.words):
            if found.contradicts and not found.total_text.endswith("分"):
                yield _fault(sentence.cell(max(0, sentence.text.find(found.total_text))), found)
    for gap in gaps(report):
        yield _of_table(gap)
    if not has_form(case):
        yield from _sections(report)


def _sections(report: Reading) -> Iterator[Fault]:
    """Add the sections listed behind the total: 自评 89.33 分，其中决策 20 分、产出 29.33 分、效益 40 分."""
    book = report.scores
    added = sum((points.number for _, points in book.parts), Decimal(0))
    if len(book.parts) < _LEAST_SECTIONS or len(book.totals) != 1:
        return
    total = book.totals[0]
    if round_half_up(added, -int(total.number.as_tuple().exponent)) == total.number:
        return
    yield Fault(
        cells=(book.parts[0][1].cell,),
        fact=f"写自评 {total.text} 分，“其中”各部分相加为 {plain(added)} 分",
        found=total.text,
        expected=plain(added),
        working="＋".join(points.text for _, points in book.parts) + f"＝{plain(added)}",
        fix="请核对总分和各部分得分，改正其中一处；没有全部列出的，写一句说明。",
    )


def _of_table(gap: Gap) -> Fault:
    tail = "，差的是四舍五入的尾差" if gap.rounding else ""
    return Fault(
        cells=(gap.cell,),
        fact=f"表中“{gap.name}”写 {gap.total}，各行之和为 {plain(gap.added)}{tail}",
        found=gap.total,
        expected=plain(gap.added),
        working=gap.working,
        fix="不必改；要完全一致的，调整其中一行的尾数。" if gap.rounding else "请核对后改正合计或其中一行。",
        severity=Severity.INFO if gap.rounding else None,
    )


def _fault(cell: Cell, found: Sum) -> Fault:
    return Fault(
        cells=(cell,),
        fact=_said(found),
        found=found.total_text,
        working=f"{'＋'.join(found.part_texts)} ＝ {found.added}",
        fix="请核对各部分和总数，改正其中一处；各部分互有重叠的，在说明中写明。",
    )


def _said(found: Sum) -> str:
    if found.of_which:
        return f"写“{found.total_text}，其中……”，文中各部分相加超过这个数"
    return f"写“共{found.total_text}”，文中各部分相加不是这个数"
