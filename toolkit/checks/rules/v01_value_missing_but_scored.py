"""V01: a row scored without a target or a result; and values that nobody can read."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rows import bare, scored_by_leaf
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Indicator
from toolkit.core.scheme import Scheme
from toolkit.core.values import Blank, CellError, Dash, NotApplicable, Unreadable
from toolkit.scoring import Direction, compare
from toolkit.scoring.leaf import rule_for


@rule("V01", title="指标值或完成值没有填却有得分", severity=Severity.ERROR, source="得分由指标值和完成值对照得出")
def value_missing_but_scored(case: Case) -> Iterator[Fault]:
    """有分值的指标，年度指标值和实际完成值都要填写；没有填的不能得分。看不懂的值也在这里指出。

    为什么：得分由两者对照得出，缺一个就无从评分，上级会要求补填。不设指标值、逐项打分的表不查，标准另有算法的指标也不查。
    怎么改：补填所缺的值；没有开展的填 0，本年不适用的填“不适用”并把分值改为 0。写不清的数改成一个确定的数。
    """
    rows = case.form.weighted
    missing = [
        (row, cells)
        for row in rows
        if (cells := tuple(cell for cell in (row.target, row.actual) if _gives_nothing(cell, case.scheme)))
        and _is_scored(row)
        and not _stands_alone(row, case.scheme)
    ]
    if missing and not scored_by_leaf(case.form):
        for row, cells in missing:
            yield _missing(row, cells)
    for row in rows:
        yield from _unreadable(row.target)
        # One text in both cells is one thing to ask about.
        if not isinstance(row.target.value, Unreadable) or bare(row.target.text) != bare(row.actual.text):
            yield from _unreadable(row.actual)


def _gives_nothing(cell: Cell, scheme: Scheme) -> bool:
    # Where 不适用 asks for a weight of 0, W04 says so.
    idle = isinstance(cell.value, NotApplicable) and scheme.not_applicable != "zero"
    return idle or isinstance(cell.value, Blank | Dash)


def _is_scored(row: Indicator) -> bool:
    by_hand = row.method.text == Direction.MANUAL and not row.basis.blank
    return row.score.number is not None and not row.not_applicable and not by_hand


def _stands_alone(row: Indicator, scheme: Scheme) -> bool:
    """Tell whether the scheme scores the row without comparing: by a rule of its own, or by a stated 完成率."""
    return rule_for(row, scheme) is not None or compare(row, scheme).cause == "percent"


def _missing(row: Indicator, missing: tuple[Cell, ...]) -> Fault:
    if len(missing) > 1:
        fact = f"“{shorten(row.name)}”的年度指标值和实际完成值都没有填，得分却填 {row.score.text}"
    else:
        typed = "没有填" if isinstance(missing[0].value, Blank | Dash) else f"填“{missing[0].text.strip()}”"
        fact = f"{typed}，得分却填 {row.score.text}"
    return Fault(
        cells=missing,
        fact=fact,
        found=missing[0].text,
        fix="请补填；没有开展的填 0，本年不适用的填“不适用”并把分值改为 0。",
    )


def _unreadable(cell: Cell) -> Iterator[Fault]:
    value = cell.value
    if isinstance(value, Unreadable):
        yield Fault(
            cells=(cell,),
            fact=f"填“{shorten(cell.text, 30)}”，看不懂：“{shorten(value.part)}”{value.reason}",
            found=cell.text,
            fix="请填一个数，如 46万人次；确为约数的，填“约46万人次”。",
            undecidable=True,
        )
    elif isinstance(value, CellError):
        yield Fault(
            cells=(cell,),
            fact=f"是错误值 {value.code}",
            found=cell.text,
            fix="请改正该单元格的公式，或直接填写数值。",
            undecidable=True,
        )
