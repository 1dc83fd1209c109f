"""R11: a rate in the report that neither its own table nor any of its figures gives."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.funds import exact_rate
from toolkit.checks.prose.against import labelled_rates
from toolkit.checks.prose.beside import known_amounts, report_of, whole_project
from toolkit.checks.prose.figures import Amount, Percent, amounts_in
from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.tables import BUDGET, SPENT, Table, yuan
from toolkit.checks.prose.text import Sentence
from toolkit.checks.rule import RESULTS, rule
from toolkit.core.money import money, plain, round_half_up

_HUNDRED = 100


@rule(
    "R11",
    title="文中的执行率算不出来",
    severity=Severity.WARNING,
    source="比率应写明分子和分母，并与报告自己的表一致",
    stages=RESULTS,
)
def rate_without_ground(case: Case) -> Iterator[Fault]:
    """报告写的执行率（支出率、支出完成率），应能由报告自己的表或文中的金额算出；100% 的不查。

    为什么：80.87% 而自己的表算出 89.12%，又没有写分子分母，看的人不知道是口径不同还是算错。
    怎么改：写明口径，例如“执行率 89.12%（46,665.43÷52,362.14）”；算错的改正。
    """
    report = report_of(case)
    if report is None:
        return
    amounts = _amounts(case, report)
    rate = exact_rate(case.form)
    for sentence in report.sentences:
        if not whole_project(case, sentence):
            continue
        for percent, name in labelled_rates(case, sentence):
            own = [table for table in report.tables if _bases(table)]
            if percent.points == _HUNDRED or (rate is not None and percent.prints(rate)):
                continue
            if any(percent.divides(one, other) for one in amounts for other in amounts if one is not other):
                continue
            yield _fault(sentence, percent, name, own)


def _amounts(case: Case, report: Reading) -> list[Amount]:
    """Return every amount of money the report names, in its text, in the total rows of its tables, and in 报告要素."""
    found = [amount for sentence in report.sentences for amount in amounts_in(sentence.text)]
    for table in report.tables:
        for above, below in _bases(table):
            found += [above, below]
    found += [Amount(known.yuan, known.step, known.cell.text, 0, True) for known in known_amounts(case) if known.cell.field.startswith("执行率")]
    return found


def _bases(table: Table) -> list[tuple[Amount, Amount]]:
    """Return (spent, budget) of the total row, the last budget column first."""
    row = table.total or (table.rows[0] if len(table.rows) == 1 else None)
    if row is None:
        return []
    pairs = []
    for spent in table.columns(*SPENT):
        for budget in reversed(table.columns(*BUDGET)):
            above, below = table.figure(row, spent), table.figure(row, budget)
            if above and below and spent != budget and below.number > 0 and not above.unit and not below.unit:
                scale = yuan(below, table) / below.number
                one = Amount(above.number * scale, above.step * scale, row.row[spent], 0, True)
                pairs.append((one, Amount(below.number * scale, below.step * scale, row.row[budget], 0, True)))
    return pairs


def _fault(sentence: Sentence, percent: Percent, name: str, own: list[Table]) -> Fault:
    bases = [pair for table in own for pair in _bases(table)]
    if not bases:
        return Fault(
            cells=(sentence.cell(percent.start),),
            fact=f"写{name} {percent.text}，没有写分子分母，文中的金额也算不出这个数",
            found=percent.text,
            fix="请写明分子和分母（如“支出××元÷预算××元”）；算错的改正。",
        )
    worked = [f"{money(above.yuan)}÷{money(below.yuan)}＝{_points(above, below)}" for above, below in bases]
    above, below = bases[0]
    return Fault(
        cells=(sentence.cell(percent.start),),
        fact=f"写{name} {percent.text}，按报告自己的表为 {_points(above, below)}，没有写分子分母",
        found=percent.text,
        expected=_points(above, below),
        working="；".join(worked),
        fix="请写明分子和分母；算错的改正，得分随之核对。",
    )


def _points(above: Amount, below: Amount) -> str:
    return f"{plain(round_half_up(above.yuan * _HUNDRED / below.yuan, 2))}%"
