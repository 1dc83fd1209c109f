"""D01: points deducted or a target missed, and no reason given."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.rows import miss_of, scored_by_leaf, short_rows, values_of
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Indicator
from toolkit.core.money import fixed, plain
from toolkit.core.scheme import Scheme
from toolkit.scoring import IndicatorScore, Outcome


@rule(
    "D01",
    title="扣分或未达指标值而没有原因",
    severity=Severity.ERROR,
    source="表头“偏差原因分析及改进措施”",
    stages=RESULTS,
)
def deduction_without_reason(case: Case) -> Iterator[Fault]:
    """扣了分或未达到年度指标值的指标，“偏差原因分析及改进措施”必须填写。

    为什么：扣分没有原因，上级无法判断扣得对不对，也看不出明年怎么改。不设指标值、逐项打分的表，合并提醒一次。
    怎么改：写明原因和改进措施，例：因……，少完成……；下一步……（责任科室、时限）。
    """
    silent = [score for score, reason in short_rows(case) if not reason]
    if silent and scored_by_leaf(case.form):
        yield from _leaves([score for score in silent if not _grounded(score.row, case.scheme)])
    else:
        yield from map(_row, silent)


def _grounded(row: Indicator, scheme: Scheme) -> bool:
    """Tell whether 评分依据 says why points were deducted; where every row has one, praise is no reason."""
    return not row.basis.blank and (not scheme.prints("评分依据") or scheme.mentions(row.basis.text, "shortfall"))


def _leaves(silent: list[IndicatorScore]) -> Iterator[Fault]:
    if not silent:
        return
    lost = sum((score.shortfall for score in silent), Decimal(0))
    ending = f" {plain(lost)} 分未说明"
    yield Fault(
        cells=tuple(score.row.deviation for score in silent),
        fact=f"{len(silent)} 项扣分共" + ending if len(silent) > 1 else _absent(silent[0]) + "，扣" + ending,
        working="＋".join(plain(score.shortfall) for score in silent) + f"＝{plain(lost)}" if len(silent) > 1 else "",
        fix="请逐项写明扣分原因或评分依据；报告里已有说明的，在说明中写出在哪一段。",
        severity=Severity.WARNING,
    )


def _row(score: IndicatorScore) -> Fault:
    row, lost = score.row, score.shortfall
    deducted = f"得分 {row.score.text}，扣 {fixed(lost)} 分" if lost > 0 else miss_of(score)
    return Fault(
        cells=(row.deviation,),
        fact=f"{_absent(score)}；{values_of(score, '实际')}，{deducted}",
        found=row.deviation.text,
        working=_working(score),
        fix="写明原因和改进措施，例：因……，少完成……；下一步……（责任科室、时限）。",
    )


def _absent(score: IndicatorScore) -> str:
    text = shorten(score.row.deviation.text)
    return f"填“{text}”，不是偏差原因" if text else "没有填写"


def _working(score: IndicatorScore) -> str:
    if score.shortfall <= 0:
        return ""
    text = f"{plain(score.weight or Decimal(0))} － {plain(score.filled or Decimal(0))} ＝ {fixed(score.shortfall)}"
    if score.outcome is Outcome.MISSED and score.computed is not None and score.computed != score.filled:
        text += f"（按完成比例应得 {score.working}）"
    return text
