"""R18: sentences of the generated report were left out for want of facts."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.facts import find_fact, find_table
from toolkit.core.form import Form

_SHOWN = 5


@rule(
    "R18",
    title="略去的句子：缺少报告要素",
    severity=Severity.INFO,
    remedy=Remedy.CORRECT,
    source="报告只写有依据的事实：没有填的要素，用到它的那一句整句不写",
    stages=RESULTS,
)
def sentences_left_out(case: Case) -> Iterator[Fault]:
    """自评报告略去了一些句子，因为它们要用的报告要素还没有填。

    为什么：没有填的事实不会编造，也不留空括号，整句不写；漏写的可能正是上级要看的。
    怎么改：需要写进报告的，在“报告要素”填好后重新生成；不需要写的，不用管。
    """
    report = case.report
    if report is None or not report.omitted or not report.paragraphs:
        return
    missing = [name for name in report.missing if not _filled(case.form, name)]
    if not missing:
        return
    rest = f"等 {len(missing)} 项" if len(missing) > _SHOWN else ""
    yield Fault(
        cells=(report.paragraphs[0],),
        fact=f"所在的报告略去了 {report.omitted} 句，因为没有填{'、'.join(missing[:_SHOWN])}{rest}",
        found="、".join(missing),
        fix=f"需要写进报告的，请在“报告要素”填写后重新生成：{'、'.join(missing)}；不需要写的不用管。",
    )


def _filled(form: Form, name: str) -> bool:
    """Tell whether a fact has been filled in since; what 报告要素 does not ask for is left to the form."""
    table = name.partition("·")[0]
    if find_fact(name) is not None:
        return name in form.facts and not form.facts[name].blank
    return find_table(table) is not None and bool(form.tables.get(table))
