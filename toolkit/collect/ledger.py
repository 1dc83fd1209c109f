"""资金核对: the forms against each other (F14), against the ledger by project (F17) and in sum (K02)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks import Case, LedgerLine, make_case
from toolkit.checks.across import check_unit
from toolkit.checks.rows import bare
from toolkit.checks.rules.f17_differs_from_ledger import differs_from_ledger
from toolkit.checks.wording import message_of
from toolkit.collect.figures import ZERO
from toolkit.collect.model import Entry, Head
from toolkit.collect.versions import Project
from toolkit.core.form import Cell, Form, FundLine
from toolkit.core.money import YUAN_PER_WAN, money
from toolkit.core.scheme import Scheme

_TOTALS = ("合计", "总计", "小计")
_F17 = "F17"


@dataclass(frozen=True, slots=True)
class Difference:
    """A line of 资金核对.

    Attributes:
        entry: the form, ``None`` for what concerns several.
        result: 错误, 说明, 一致.
    """

    code: str
    result: str
    unit: str
    project: str
    told: str
    working: str
    fix: str
    entry: Entry | None = None
    cell: str = ""


def within_units(projects: Sequence[Project], schemes: Mapping[str, Scheme]) -> Iterator[Difference]:
    """Yield F14: budgets moved between the projects of one unit."""
    units: dict[tuple[str, int | None], list[Case]] = {}
    for project in projects:
        head = project.chosen.head
        if not head.whole:
            units.setdefault((head.unit, head.year), []).append(light_case(head, schemes))
    for (unit, _), cases in units.items():
        for found in check_unit(cases):
            told = f"{found.message}。以收到的表为限"
            yield Difference(found.code, found.severity.word, unit, "", told, found.working, found.fix)


def against_ledger(
    projects: Sequence[Project], ledger: Sequence[LedgerLine], schemes: Mapping[str, Scheme]
) -> Iterator[Difference]:
    """Yield F17 for every project, then the projects that only the ledger has, then K02."""
    lines = [line for line in ledger if bare(line.project) not in _TOTALS]
    forms = [project for project in projects if not project.chosen.head.whole]
    by_name: dict[str, list[int]] = {}
    for place, line in enumerate(lines):
        by_name.setdefault("".join(line.project.split()), []).append(place)
    for project in forms:
        head = project.chosen.head
        names = {"".join(text.split()) for text in (head.project, head.code) if text}
        # The rule looks at every line it is given, and both may be tens of thousands.
        own = [lines[place] for place in sorted(place for name in names for place in by_name.get(name, ()))]
        yield from _of_project(project, own, schemes)
    known = {bare(text) for each in forms for text in (each.chosen.head.project, each.chosen.head.code)} - {""}
    for line in lines:
        if bare(line.project) not in known:
            told = f"台账有此项目（{line.at}），没有收到自评表"
            yield Difference(
                "K01", "提醒", "", line.project, told, "", "请核对是否应开展自评；项目名称写法不同的，请统一。"
            )
    yield from _in_sum(forms, ledger)


def _of_project(project: Project, lines: Sequence[LedgerLine], schemes: Mapping[str, Scheme]) -> Iterator[Difference]:
    entry, head = project.chosen, project.chosen.head
    faults = list(differs_from_ledger(light_case(head, schemes, tuple(lines))))
    if not faults:
        yield Difference(_F17, "一致", head.unit, entry.name, "三列金额与台账一致", "", "", entry)
    for fault in faults:
        result = "无法核对" if fault.undecidable else "错误"
        cell = fault.cells[0].address or ""
        yield Difference(_F17, result, head.unit, entry.name, message_of(fault), fault.working, fault.fix, entry, cell)


def _in_sum(forms: Sequence[Project], ledger: Sequence[LedgerLine]) -> Iterator[Difference]:
    given = [number for each in forms if (number := each.chosen.head.yuan(2)) is not None]
    totals = [line for line in ledger if bare(line.project) in _TOTALS]
    booked = [amount for line in totals[-1:] or ledger if (amount := _executed(line)) is not None]
    if not given or not booked:
        return
    filled, due = sum(given, ZERO), sum(booked, ZERO)
    apart = filled - due
    working = f"{money(filled)} － {money(due)} = {money(apart)}"
    if not apart:
        yield Difference("K02", "一致", "", "", f"{len(given)} 张表全年执行数合计与台账一致", working, "")
        return
    told = f"{len(given)} 张表全年执行数合计 {money(filled)} 元，台账（决算）为 {money(due)} 元"
    fix = "先看上面各项目的差额和未报送的项目；口径不同的，写明差在哪里。"
    yield Difference("K02", "错误", "", "", told, working, fix)


def _executed(line: LedgerLine) -> Decimal | None:
    number = None if line.executed is None else line.executed.number
    if number is None:
        return None
    return number * YUAN_PER_WAN if line.unit == "万元" else number


def light_case(head: Head, schemes: Mapping[str, Scheme], ledger: tuple[LedgerLine, ...] | None = None) -> Case:
    """Return as much of a form as the rules about amounts look at."""
    blank = Cell()
    cells = [
        Cell(each.field, each.text, head.sheet or None, each.cell or None, Decimal(each.exact) if each.exact else None)
        for each in head.amounts
    ]
    funds: tuple[FundLine, ...] = ()
    if cells:
        initial, annual, executed = cells
        funds = (FundLine(Cell("资金来源", "年度资金总额"), initial, annual, executed, blank, blank, blank),)
    form = Form(
        year=head.year,
        organisation=Cell("填报单位", head.unit),
        project_name=Cell("项目名称", head.project, head.sheet or None),
        project_code=Cell("项目编码", head.code),
        project_amount=blank,
        department=blank,
        implementing_unit=blank,
        currency_unit=head.currency,
        funds=funds,
        expected_goal=blank,
        achieved_goal=blank,
        indicators=(),
        total_weight=blank,
        total_score=blank,
        grade=blank,
    )
    return make_case(form, schemes[head.scheme], ledger=ledger)
