"""Rules R18 and R19: what a generated report left out, and what the officer rewrote."""

from __future__ import annotations

from dataclasses import replace

from tests.checks.forms import CLEAN, case_of
from toolkit.checks.rules.r18_sentences_left_out import sentences_left_out
from toolkit.checks.rules.r19_new_text_suggested import new_text_suggested
from toolkit.core.document import Document
from toolkit.core.form import Cell, Line

CASE = case_of(CLEAN)
PARAGRAPHS = tuple(
    Cell(f"自评报告第 {number} 段", text, "自评报告", f"A{number + 2}", line=Line.REPORT + number)
    for number, text in enumerate(("2022年度自评报告", "一、基本情况", "本单位写的一段。"), 1)
)
WHOLE = Document("自评报告", PARAGRAPHS)


def told(document: Document | None, **facts: str) -> list[tuple[str, str, tuple[str | None, ...]]]:
    """Return code, fact and addresses of what both rules find."""
    form = replace(CASE.form, facts={name: Cell(name, text) for name, text in facts.items()})
    case = replace(CASE, form=form, report=document)
    return [
        (rule.code, fault.fact, tuple(cell.address for cell in fault.cells))
        for rule in (sentences_left_out, new_text_suggested)
        for fault in rule(case)
    ]


def test_silent_without_a_report_and_on_a_whole_one() -> None:
    assert told(None) == []
    assert told(WHOLE) == []


def test_r18_lists_the_facts_to_fill() -> None:
    lacking = replace(WHOLE, omitted=3, missing=("单位简称", "资金依据", "采购方式"))
    assert told(lacking) == [("R18", "所在的报告略去了 3 句，因为没有填单位简称、资金依据、采购方式", ("A3",))]
    assert told(lacking, 单位简称="市社保局", 采购方式="询价") == [("R18", "所在的报告略去了 3 句，因为没有填资金依据", ("A3",))]


def test_r18_is_silent_once_everything_is_filled_in() -> None:
    assert told(replace(WHOLE, omitted=1, missing=("单位简称",)), 单位简称="市社保局") == []


def test_r18_names_five_facts_and_counts_the_rest() -> None:
    many = replace(WHOLE, omitted=9, missing=("单位简称", "自称", "级次", "财政部门", "采购方式", "验收日期"))
    ((_, fact, _),) = told(many)
    assert fact.endswith("单位简称、自称、级次、财政部门、采购方式等 6 项")


def test_r19_names_the_rewritten_paragraphs() -> None:
    beside = replace(WHOLE, suggested=PARAGRAPHS[2:], orphaned=PARAGRAPHS[1:2])
    assert told(beside) == [
        ("R19", "您改写过，没有动；现在生成的文字不同，放在“建议稿”列", ("A5",)),
        ("R19", "您改写过，予以保留；按现在的表不再生成这一段", ("A4",)),
    ]
    both = replace(WHOLE, suggested=PARAGRAPHS[1:])
    assert told(both) == [("R19", "有 2 段您改写过，没有动；现在生成的文字不同，放在“建议稿”列", ("A4", "A5"))]
