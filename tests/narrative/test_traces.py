"""Every figure of a generated report has a source, and is what its source and its arithmetic give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.narrative.forms import PUBLISHED, Data, case_of, forms, published
from toolkit.narrative import Block, BlockKind, Report, Run, Trace, write_report_of

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_STRUCTURE = re.compile(r"^(?:\d{1,2}\.|（\d{1,2}）)")
_TERM = re.compile(r"\d+(?:\.\d+)?")


def numbers(text: str) -> list[Fraction]:
    return [Fraction(found.replace(",", "")) for found in _NUMBER.findall(text)]


def runs_of(report: Report) -> Iterator[tuple[Block, Run]]:
    for block in report.blocks:
        for cell in block.cells:
            for place, run in enumerate(cell):
                numbered = place == 0 and run.trace is None and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH)
                yield block, Run(_STRUCTURE.sub("", run.text), run.trace) if numbered else run


def without_source(report: Report) -> list[str]:
    """Return the pieces of text that hold figures nobody accounts for."""
    return [f"{block.key}：{run.text}" for block, run in runs_of(report) if run.trace is None and numbers(run.text)]


def evaluated(working: str) -> Fraction | None:
    """Work the arithmetic out anew: a sum, a difference or a quotient, up to its ＝; ``None`` for words."""
    left = working.split("＝")[0]
    if re.fullmatch(r"[\d.]+(?:÷[\d.]+)+", left):
        first, *rest = left.split("÷")
        value = Fraction(first)
        for divisor in rest:
            value /= Fraction(divisor)
        return value
    if re.fullmatch(r"-?[\d.]+(?:[＋－]-?[\d.]+)*", left):
        terms = re.split("([＋－])", left)
        value = Fraction(terms[0])
        for sign, term in zip(terms[1::2], terms[2::2], strict=True):
            value += Fraction(term) * (1 if sign == "＋" else -1)
        return value
    return None


def fits(printed: str, exact: Fraction) -> bool:
    """Tell whether a printed figure is the exact one, rounded half up to the digits it shows."""
    found = _NUMBER.search(printed)
    if found is None:
        return True
    shown = found[0].replace(",", "")
    exact = abs(exact) * 100 if "%" in printed else abs(exact)
    step = Fraction(1, 10 ** len(shown.partition(".")[2]))
    if "%" in printed and "." not in shown:
        # A whole percentage is printed without its two zeros.
        step = Fraction(1, 100)
    return Fraction(shown) - step / 2 <= exact <= Fraction(shown) + step / 2


def typed(trace: Trace) -> set[Fraction]:
    found = {number for cell in trace.cells for number in numbers(cell.text)}
    return found | {Fraction(cell.exact) for cell in trace.cells if cell.exact is not None}


def known(term: Fraction, trace: Trace) -> bool:
    """Tell whether a term of an arithmetic stands in the cells it names: as typed, in 元, as difference, sum or count."""
    scales = (1, 100, 10_000, 100_000_000)
    values = typed(trace)
    if any(term == one - other for one in values for other in values):
        return True
    if term == sum(Fraction(number) for cell in trace.cells for number in numbers(cell.text)[:1]):
        return True  # a total that the form leaves to its formula
    scored = {(one, one * other / third) for one in values for other in values for third in values if third}
    if any(abs(term - part) <= Fraction(1, 20) for one, score in scored for part in (score, one - score)):
        return True  # a score that the form leaves to its formula, 分值 × 全年执行数 ÷ 全年预算数, or what it lost
    counted = term.denominator == 1 and term <= max(100, len(trace.cells))
    return counted or any(term in (number * scale, number / scale) for number in values for scale in scales)


def wrong(run: Run) -> str:
    """Say what is wrong with a traced figure, "" where nothing is."""
    trace = run.trace
    if trace is None or not numbers(run.text):
        return ""
    if not trace.cells:
        return "没有单元格"
    quotient, _, remainder = trace.working.partition("，")
    exact = evaluated(quotient) if quotient else None
    if exact is not None and "尾差" in remainder:
        # Shares that add to 100.00: one of them may be a few hundredths off.
        return "" if abs(numbers(run.text)[0] - exact * 100) < Fraction(3, 100) else f"算式得 {float(exact)}"
    if exact is not None:
        strangers = [term for term in numbers(quotient.split("＝")[0]) if not known(term, trace)]
        if strangers:
            return f"算式里的 {strangers} 表内没有"
        return "" if fits(run.text, exact) or run.text == trace.working else f"算式得 {float(exact)}"
    if trace.working:
        # A rule's own working ends in its result; a count says what was counted; 满 is a whole.
        last = numbers(trace.working)[-1:]
        return "" if not last or last == numbers(run.text) else f"算式的结果是 {last}"
    values = typed(trace)
    strangers = [number for number in numbers(run.text) if number not in values and Fraction(number * 100) not in values]
    return f"表内没有 {strangers}" if strangers else ""


def faults(report: Report) -> list[str]:
    found = ((block, run, wrong(run)) for block, run in runs_of(report))
    return [f"{block.key}：{run.text}：{why}" for block, run, why in found if why]


@settings(max_examples=150)
@given(forms())
def test_every_figure_has_a_source_and_agrees_with_it(data: Data) -> None:
    report = write_report_of(case_of(data))
    assert without_source(report) == []
    assert faults(report) == []


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_published_forms_give_reports_without_a_figure_of_their_own(path: Path) -> None:
    report = write_report_of(published(path))
    assert without_source(report) == []
    assert faults(report) == []
    assert len({block.key for block in report.blocks}) == len(report.blocks)


@settings(max_examples=60)
@given(forms())
def test_a_report_has_no_gap_in_it(data: Data) -> None:
    for block in write_report_of(case_of(data)).blocks:
        for broken in ("《》", "（）", "〔〕", "“”", "。。", "，。", "：。", "、。", "，，", "None", "{{", "}}", "（，", "；。"):
            assert broken not in block.text, (block.key, block.text)


@settings(max_examples=40)
@given(forms())
def test_the_same_form_gives_the_same_report(data: Data) -> None:
    assert write_report_of(case_of(data)) == write_report_of(case_of(data))


def test_rates_are_worked_out_by_hand_too() -> None:
    texts = "\n".join(block.text for block in write_report_of(case_of({
        "project_name": "甲",
        "year": 2022,
        "currency_unit": "万元",
        "scheme": "guangdong-2021",
        "funds": [{"kind": "合计", "annual_budget": "31.4", "executed": "31.28"}],
        "indicators": [],
        "facts": {"进度节点": [{"截止日期": "2022年9月20日", "累计支出": "21.9"}]},
    })).blocks)
    assert "支出率为99.62%（31.28万元÷31.4万元）" in texts
    assert "截至2022年9月20日，项目支出21.9万元，支出率69.75%（21.9万元÷31.4万元）" in texts
    assert "结余0.12万元" in texts
    assert Decimal("21.9") / Decimal("31.4") > Decimal("0.69745")
