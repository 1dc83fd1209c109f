"""V06: a sign or a figure that goes against what the indicator measures."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import in_use, likely_bound, misread_bound, of_level
from toolkit.checks.rule import rule
from toolkit.checks.wording import shorten
from toolkit.core.form import Cell, Indicator
from toolkit.core.scheme import Scheme
from toolkit.core.values import Measure, Sign
from toolkit.scoring.compare import is_cost

_LEAST = (Sign.AT_LEAST, Sign.ABOVE)
_MOST = (Sign.AT_MOST, Sign.BELOW)
_WHOLE = 100


@rule(
    "V06",
    title="符号或数值与指标含义相反",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="成本用≤，数量用≥，合格率等不超过100%",
)
def sign_against_sense(case: Case) -> Iterator[Fault]:
    """成本指标用了“≥”、数量指标用了“≤”，或者合格率、满意度等超过 100%。

    为什么：方向写反，完成得越好得分反而越低；合格率不可能超过 100%，多半是扫描把“≥90%”认成了“290%”。
    怎么改：先看是否识别或录入错误，是的改回原数；确是批复时写成这样的，本年不改，下年申报时改正。
    """
    found = [hit for row in case.form.indicators if (hit := _against(row, case.scheme)) and in_use(row)]
    if not found:
        return
    first, reason, _ = found[0]
    reasons = [f"{shorten(cell.field)} {cell.text}：{why}" for cell, why, _ in found]
    misread = "".join(dict.fromkeys(hint for _, _, hint in found))
    yield Fault(
        cells=tuple(cell for cell, _, _ in found),
        fact=f"填 {shorten(first.text)}，{reason}" if len(found) == 1 else f"{len(found)} 处符号或数值与指标含义相反",
        found="；".join(cell.text for cell, _, _ in found),
        working="；".join(reasons) if len(found) > 1 else "",
        fix=misread + "批复的指标值本年不改，建议下年改正。",
    )


def _against(row: Indicator, scheme: Scheme) -> tuple[Cell, str, str] | None:
    """Return the cell, why it is against sense, and a hint for the remedy."""
    target = row.target.value
    sign = target.sign if isinstance(target, Measure) else Sign.NONE
    if sign in _LEAST and is_cost(row, scheme) and not scheme.mentions(row.level3.text, "saving_names"):
        return row.target, "成本指标用了“≥”，花得越多得分越高", ""
    if sign in _MOST and _is_quantity(row, scheme):
        return row.target, "数量指标用了“≤”，完成越少得分越高", ""
    misread = misread_bound(row)
    if misread:
        return row.target, f"疑似识别错误，可能是“{shorten(misread)}”", _misread(row.target)
    over = next((cell for cell in (row.target, row.actual) if _above_whole(cell)), None)
    if over is not None and _is_bounded(row, scheme):
        return over, "这类比率不会超过 100%", _misread(over)
    return None


def _is_quantity(row: Indicator, scheme: Scheme) -> bool:
    """Tell whether the row is a 数量指标 of things wanted, not of accidents or errors."""
    of_level2 = scheme.mentions(row.level2.text, "quantity_levels")
    return of_level2 and not scheme.mentions(row.level3.text, "adverse_names")


def _is_bounded(row: Indicator, scheme: Scheme) -> bool:
    return scheme.mentions(row.level3.text, "bounded_rates") or of_level(row, scheme, "satisfaction_levels")


def _above_whole(cell: Cell) -> bool:
    value = cell.value
    return isinstance(value, Measure) and value.unit == "%" and value.low > _WHOLE


def _misread(cell: Cell) -> str:
    likely = likely_bound(cell)
    if likely:
        return f"疑似识别错误：“{shorten(cell.text)}”可能是“{shorten(likely)}”，请先核对原件。"
    return "请先核对是否录入错误。"
