"""The version for the website: nothing that names or reaches a person."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from toolkit.checks.case import Case
from toolkit.checks.rules.p01_personal_data import personal_data
from toolkit.core.document import Document
from toolkit.core.facts import fact_groups, fact_items
from toolkit.core.facts.catalogue import FactKind
from toolkit.core.form import Cell, Form
from toolkit.narrative import Block, BlockKind, Report

_PUBLIC_NAME = "公开版"
_BARE = re.compile(r"[\s\-—()（）]")


@dataclass(frozen=True, slots=True)
class Personal:
    """Something personal that was found.

    Attributes:
        cell: where it stands.
        what: what it is, in Chinese.
    """

    cell: Cell
    what: str


def public_case(case: Case) -> Case:
    """Return the case without the facts that name or reach a person, and without a report that may quote them."""
    kept = {name: cell for name, cell in case.form.facts.items() if name not in personal_facts()}
    return replace(case, form=replace(case.form, facts=kept), report=None)


def personal_facts() -> frozenset[str]:
    """Return the names of the facts that name or reach a person."""
    return frozenset(fact.name for group in fact_groups() for fact in group.facts if fact.personal)


def public_report(report: Report, case: Case) -> Report:
    """Return the report without the lines of its cover that name or reach a person."""
    said = list(known_people(case))
    blocks = (block for block in map(lambda block: _public_cover(block, case, said), report.blocks) if block is not None)
    return replace(report, blocks=tuple(blocks))


def _public_cover(block: Block, case: Case, said: Sequence[str]) -> Block | None:
    if block.kind is not BlockKind.COVER:
        return block
    found = list(find_personal(case, [Cell("封面", block.text)], said))
    return None if found else block


def known_people(case: Case) -> Iterator[str]:
    """Yield the names and numbers that the form itself says are personal."""
    for group in fact_groups():
        for fact in group.facts:
            if fact.personal:
                yield from fact_items(case.form.facts.get(fact.name), FactKind.NAMES)


def find_personal(case: Case, cells: Sequence[Cell], said: Sequence[str]) -> Iterator[Personal]:
    """Yield what is personal in some texts: by the rule P01, and by what the form says is personal."""
    document = Document(_PUBLIC_NAME, tuple(replace(cell, line=cell.line) for cell in cells))
    for fault in personal_data(replace(case, report=document)):
        yield from (Personal(cell, fault.found) for cell in fault.cells)
    for cell in cells:
        bare = _BARE.sub("", cell.text)
        for text in said:
            wanted = _BARE.sub("", text)
            if wanted and wanted in bare:
                yield Personal(cell, f"“{text}”")


def printed_cells(form: Form) -> Iterator[Cell]:
    """Yield every cell of a form that the public version shows and that holds something."""
    header = (form.project_name, form.project_amount, form.department, form.implementing_unit)
    rows = (cell for row in form.indicators for cell in vars(row).values() if isinstance(cell, Cell) and cell is not row.evidence)
    funds = (cell for line in form.funds for cell in vars(line).values() if isinstance(cell, Cell))
    for cell in (*header, *funds, form.expected_goal, form.achieved_goal, *rows, form.total_score, form.grade):
        if not cell.blank:
            yield cell


def report_cells(report: Report) -> list[Cell]:
    """Return the paragraphs of a report as cells that know their number."""
    return [Cell(f"自评报告第 {place} 段", block.text) for place, block in enumerate(report.blocks, 1) if block.text.strip()]


def strings_of(path: Path) -> Iterator[str]:
    """Yield every text that stands anywhere in a Word file or workbook: in any part, element or attribute."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            data = package.read(name)
            if name.endswith((".xml", ".rels", ".vml")):
                yield from _strings_in(etree.fromstring(data))
            else:
                yield data.decode("utf-8", "replace")


def _strings_in(root: etree._Element) -> Iterator[str]:
    for node in root.iter():
        if isinstance(node.tag, str):
            yield from (text for text in (node.text, node.tail, *map(str, node.attrib.values())) if text and text.strip())
    # A text may be divided between runs of one paragraph.
    for holder in root.iter("{*}p", "{*}si", "{*}is"):
        yield "".join(str(text) for text in holder.itertext())
