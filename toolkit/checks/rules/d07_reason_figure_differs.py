"""D07: a figure in the reason is not the figure of the row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.claims import Claim, completion_claim, quantity_claim
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import is_missed, scored_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell
from toolkit.core.money import fixed
from toolkit.core.values import Measure
from toolkit.scoring import IndicatorScore
from toolkit.scoring.compare import is_cost

Known = list[tuple[IndicatorScore, list[Decimal]]]
"""Rows with what each says was done, as fractions."""


@rule(
    "D07",
    title="偏差原因中的数与本表不一致",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="文字中的数应与表内数字一致",
    stages=RESULTS,
)
def reason_figure_differs(case: Case) -> Iterator[Fault]:
    """偏差原因里说完成了百分之几、完成了多少，应与表内的指标值、实际完成值算得上。

    为什么：原因写“完成80%”，表内 1400 ÷ 1788 却是 78.30%，看的人不知道哪个数对，得分也随之存疑。
    怎么改：核对后改正其中一处；口径不同的，写明口径。合同款、预算款的百分比不在此核对。
    """
    claimed = False
    quantities = _missed_quantities(case)
    for score in scored_rows(case):
        if "完成" not in score.row.deviation.text:
            continue
        claim = completion_claim(score.row.deviation.text)
        claimed = claimed or claim is not None
        if claim is not None:
            yield from _compared(claim, score.row.deviation, _meant(claim, score, quantities, case))
        else:
            yield from _quantity(score)
    if not claimed:
        yield from _goal(case, quantities)


def _meant(claim: Claim, score: IndicatorScore, quantities: Known, case: Case) -> Known:
    """Return the rows the claim speaks of: its own, or from a 成本 row about work the missed 数量 rows."""
    if case.scheme.mentions(claim.of, "money_words"):
        return []
    if not is_cost(score.row, case.scheme):
        return _known([score])
    return quantities if case.scheme.mentions(claim.of, "work_words") else _known([score])


def _missed_quantities(case: Case) -> Known:
    return _known(
        score
        for score in scored_rows(case)
        if is_missed(score) and case.scheme.mentions(score.row.level2.text, "quantity_levels")
    )


def _known(rows: Iterable[IndicatorScore]) -> Known:
    return [(score, shares) for score in rows if (shares := _shares(score))]


def _shares(score: IndicatorScore) -> list[Decimal]:
    """Return 完成率, and 实际完成值 where it is a percentage."""
    actual = score.row.actual.value
    shares = [] if score.comparison.completion is None else [score.comparison.completion]
    if isinstance(actual, Measure) and actual.unit == "%" and not actual.approximate:
        shares.append(actual.number / 100)
    return shares


def _compared(claim: Claim, stated: Cell, known: Known) -> Iterator[Fault]:
    if not known or any(claim.agrees(share) for _, shares in known for share in shares):
        return
    score, shares = known[0]
    row, done = score.row, f"{fixed(shares[0] * 100)}%"
    proportion = score.comparison.completion is not None
    yield Fault(
        cells=(stated, row.actual),
        fact=f"文字写“{claim.text}”，“{shorten(row.name)}”按表内数字是 {done}",
        found=claim.text,
        expected=done,
        working=f"{row.actual.text} ÷ {row.target.text} = {done}" if proportion else "",
        fix="请核对哪个数对并改正；两处口径不同的，在说明中写明各指什么。",
    )


def _quantity(score: IndicatorScore) -> Iterator[Fault]:
    actual, row = score.row.actual.value, score.row
    if not isinstance(actual, Measure) or actual.approximate:
        return
    claim = quantity_claim(row.deviation.text, actual.unit)
    if claim is not None and claim[0] not in (actual.number, score.comparison.target):
        yield Fault(
            cells=(row.deviation, row.actual),
            fact=f"“{shorten(row.name)}”的偏差原因写“{claim[1]}”，实际完成值填 {shorten(row.actual.text)}",
            found=claim[1],
            expected=row.actual.text,
            fix="请核对哪个数对并改正；两处口径不同的，在说明中写明各指什么。",
        )


def _goal(case: Case, quantities: Known) -> Iterator[Fault]:
    claim = completion_claim(case.form.achieved_goal.text)
    if claim is None or not case.scheme.mentions(claim.of, "work_words"):
        return
    if not case.scheme.mentions(claim.of, "money_words"):
        yield from _compared(claim, case.form.achieved_goal, quantities)
