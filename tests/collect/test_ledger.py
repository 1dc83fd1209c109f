"""资金核对: what is looked at of a ledger is all that the rule would have looked at."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.collect.bureau import clean
from tests.collect.entries import SCHEMES, Shelf
from toolkit.checks import LedgerLine
from toolkit.checks.rules.f17_differs_from_ledger import differs_from_ledger
from toolkit.collect.ledger import against_ledger, light_case
from toolkit.collect.versions import Project
from toolkit.core.form import Cell

_ENTRY = Shelf().entry("表.json", clean(1))
_NAMES = st.sampled_from(["甲项目", "甲 项目", "　甲项目 ", "乙（一期）", "乙(一期)", "丙", "P01", "P 01", "p01", ""])
_AMOUNTS = st.sampled_from(["96", "960000", "960000.00", "1000000", "100", "", "暂无"])
_UNITS = st.sampled_from(["元", "万元", ""])


@st.composite
def _projects(draw: st.DrawFn) -> Project:
    def amount(text: str) -> str:
        return text if text and text.replace(".", "").isdigit() else ""

    texts = [draw(_AMOUNTS) for _ in _ENTRY.head.amounts]
    unit = draw(st.sampled_from(["元", "万元"]))
    amounts = tuple(
        each._replace(text=text, exact="", yuan=str(Decimal(amount(text)) * (10000 if unit == "万元" else 1)) if amount(text) else "")
        for each, text in zip(_ENTRY.head.amounts, texts, strict=True)
    )
    head = _ENTRY.head._replace(project=draw(_NAMES), code=draw(_NAMES), currency=unit, amounts=amounts)
    return Project(_ENTRY._replace(head=head))


@st.composite
def _lines(draw: st.DrawFn) -> LedgerLine:
    cells = [draw(st.none() | _AMOUNTS.map(lambda text: Cell("金额", text))) for _ in range(3)]
    return LedgerLine(draw(_NAMES), cells[0], cells[1], cells[2], draw(_UNITS), f"台账第 {draw(st.integers(1, 99))} 行")


@given(st.lists(_projects(), max_size=4), st.lists(_lines(), max_size=12))
def test_the_lines_of_a_project_are_all_that_matter(projects: list[Project], lines: list[LedgerLine]) -> None:
    found = [line for line in against_ledger(projects, lines, SCHEMES) if line.code == "F17"]
    assert [(line.entry, line.result, line.working, line.fix) for line in found] == [
        told for project in projects for told in _by_the_rule(project, tuple(lines))
    ]


def _by_the_rule(project: Project, lines: tuple[LedgerLine, ...]) -> list[tuple[object, str, str, str]]:
    """Return what the rule says that is given the whole ledger."""
    faults = list(differs_from_ledger(light_case(project.chosen.head, SCHEMES, lines)))
    told = [(project.chosen, "无法核对" if fault.undecidable else "错误", fault.working, fault.fix) for fault in faults]
    return [*told] or [(project.chosen, "一致", "", "")]
