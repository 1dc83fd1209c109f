"""R08: parts named in a goal text that do not add to its total."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import rule
from toolkit.checks.sums import Sum, sums_in
from toolkit.core.form import Cell


@rule(
    "R08",
    title="文中各部分之和与总数不符",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="文字中列出的各部分应等于总数",
)
def parts_differ_from_total(case: Case) -> Iterator[Fault]:
    """“预期目标”“实际完成情况”里写了分项又写“共……”的，分项之和应等于总数。

    为什么：一句话里的数自己对不上，看的人不知道该信哪一个。
    怎么改：核对后改正分项或总数；“其中”只列举一部分的不算。
    """
    for cell in (case.form.expected_goal, case.form.achieved_goal):
        for found in sums_in(cell.text, case.scheme.words):
            if found.contradicts:
                yield _fault(cell, found)


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
