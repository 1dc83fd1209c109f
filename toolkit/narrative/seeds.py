"""Starting texts for what only the officer knows: drawn from the form and the findings, never from the air."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from toolkit.checks.finding import Finding, Severity
from toolkit.narrative.maker import Maker
from toolkit.narrative.model import Trace
from toolkit.narrative.value import Value

View = dict[str, Any]
_EXAMPLES = 2
"""So many indicators are named where many could be."""


def seeds(maker: Maker, views: Sequence[View], findings: tuple[Finding, ...]) -> Mapping[str, Any]:
    """Return the facts from which problems and measures can be begun.

    ``目标待细化``: examples of indicators whose targets cannot be measured (留意下年); ``执行率偏低``: the rate, where it is below
    the scheme's floor; ``有措施``: deducted indicators whose reason already says what will be done.
    """
    names = dict.fromkeys(name for finding in findings if finding.severity is Severity.NEXT_YEAR for name in _rows(finding))
    return {
        "目标待细化": _distinct(view["名称"] for view in views if view["名称"].text in names)[:_EXAMPLES],
        "执行率偏低": _low(maker),
        "有措施": [view for view in views if view["扣分"] and view["措施"]],
    }


def _distinct(values: Iterable[Value]) -> list[Value]:
    return list(dict.fromkeys(values))


def _rows(finding: Finding) -> Iterator[str]:
    """Yield the names of the indicators a finding on the wording of targets names."""
    if finding.code in ("V03", "V06", "V07"):
        for cell in finding.cells:
            yield cell.field.rpartition("·")[0]


def _low(maker: Maker) -> Value | None:
    line, rate = maker.case.form.fund_total, maker.case.scores.fund.rate
    if line is None or rate is None or rate >= maker.case.scheme.execution_floor:
        return None
    return Value(maker.ledger, "低于", Trace((line.executed, line.annual_budget)), rate)
