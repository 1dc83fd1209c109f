"""D05: the deduction said in words is not the deduction made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import reason_of, scored_rows
from toolkit.checks.rule import RESULTS, rule
from toolkit.checks.wording import shorten
from toolkit.core.money import plain
from toolkit.scoring import IndicatorScore

# 每缺 1 份扣 0.5 分 is the scale, not the deduction made.
_STATED = re.compile(r"(?P<scale>每[^，,。；;]*)?扣(?:除|减|掉|了|分)?\s*(?P<points>\d+(?:\.\d+)?)\s*分(?!钟)")


@rule(
    "D05",
    title="文字所说扣分与实际扣分不符",
    severity=Severity.WARNING,
    remedy=Remedy.CORRECT,
    source="扣分＝分值－得分",
    stages=RESULTS,
)
def stated_deduction_differs(case: Case) -> Iterator[Fault]:
    """偏差原因里写明扣几分的，应等于分值减得分。

    为什么：文字说扣 1 分，得分却少了 2 分，必有一处写错。“酌情扣分”没有数，不核对。
    怎么改：核对后改正文字或得分。
    """
    for score in scored_rows(case):
        stated = _stated(reason_of(score.row, case.scheme))
        if stated and score.shortfall not in (*stated, sum(stated)):
            yield _fault(score, stated)


def _stated(reason: str) -> list[Decimal]:
    if "扣" not in reason:
        return []
    return [Decimal(found["points"]) for found in _STATED.finditer(reason) if not found["scale"]]


def _fault(score: IndicatorScore, stated: list[Decimal]) -> Fault:
    row = score.row
    said = "、".join(f"扣 {plain(points)} 分" for points in stated)
    return Fault(
        cells=(row.deviation, row.score),
        fact=f"“{shorten(row.name)}”的偏差原因写明{said}，实际扣 {plain(score.shortfall)} 分",
        found=said,
        expected=f"扣 {plain(score.shortfall)} 分",
        working=f"{row.weight.text} － {row.score.text} ＝ {plain(score.shortfall)}",
        fix="请核对后改正文字或得分；两处都对的，在说明中写明差在哪里。",
    )
