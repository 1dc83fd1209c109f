"""Who is asked for what: the rows of the forms by the sections that 数据来源 names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.core.fingerprint import short_mark
from toolkit.core.form import Form, Indicator
from toolkit.core.scheme import Scheme
from toolkit.sections.model import ACTUAL, BASIS, Item, squeezed

UNASSIGNED = "未分工"
"""Stands in the place of the section where 数据来源 names none."""
_BETWEEN = re.compile(r"[、，,；;／/|｜\n]+")
_LAST_YEAR, _REACHED = "上年指标", "上年完成值"
_MARK = 4
"""Characters of the code's first and last part."""


@dataclass(frozen=True)
class Plan:
    """All that is asked for one workbook, in the order of its forms."""

    forms: tuple[Form, ...]
    items: tuple[Item, ...]

    @cached_property
    def by_section(self) -> Mapping[str, tuple[Item, ...]]:
        """Return the items of each section, in the order in which the form names them; those of nobody come last."""
        names = dict.fromkeys(name for item in self.items for name in item.sections)
        found = {name: tuple(item for item in self.items if name in item.sections) for name in names}
        free = tuple(item for item in self.items if not item.sections)
        return {**found, UNASSIGNED: free} if free else found

    @cached_property
    def by_code(self) -> Mapping[str, Item]:
        """Return the items by their code."""
        return {item.code: item for item in self.items}

    def unanswered(self) -> Plan:
        """Return the plan without the items that the form already has a value for."""
        return Plan(self.forms, tuple(item for item in self.items if item.current.blank))


def plan_requests(forms: Sequence[Form], schemes: Sequence[Scheme]) -> Plan:
    """Say who is asked for what.

    A row that names several sections (办公室、财务股) is asked of each; one that is 不适用 of nobody.

    Args:
        forms: the forms of one workbook, with what 数据来源 says of them.
        schemes: the scheme of each; it says what an indicator means (指标说明).
    """
    marks = _project_marks(forms)
    items = [
        item
        for place, (form, scheme) in enumerate(zip(forms, schemes, strict=True))
        for item in _items(place, form, scheme, marks[place])
    ]
    return Plan(tuple(forms), tuple(items))


def sections_of(text: str) -> tuple[str, ...]:
    """Return the sections that a cell names, each once."""
    return tuple(dict.fromkeys(name for part in _BETWEEN.split(text) if (name := "".join(part.split()))))


def row_mark(path: Sequence[str], target: str) -> str:
    """Return the part of a code that changes with the name or the target of a row."""
    return short_mark("\n".join(map(squeezed, (*path, target))), _MARK)


def _project_marks(forms: Sequence[Form]) -> list[str]:
    """Return the part of the code that tells projects and years apart; a name that repeats is numbered."""
    seen: Counter[str] = Counter()
    marks = []
    for form in forms:
        key = f"{form.year or ''}\n{squeezed(form.project_name.text)}"
        seen[key] += 1
        marks.append(short_mark(key if seen[key] == 1 else f"{key}\n{seen[key]}", _MARK))
    return marks


def _items(place: int, form: Form, scheme: Scheme, mark: str) -> Iterator[Item]:
    last_year = {row["三级指标"].text.strip(): row for row in form.tables.get(_LAST_YEAR, ()) if "三级指标" in row}
    notes = {(leaf.level3, leaf.level4): leaf.note for block in scheme.tree for leaf in block.leaves}
    counted = 0
    for number, row in enumerate(form.indicators, 1):
        counted += not row.level3.blank
        if row.not_applicable or not row.name:
            continue
        told = last_year.get(row.name, {}).get(_REACHED)
        yield Item(
            code=f"{mark}-{number:02d}-{row_mark(row.path, row.target.text)}",
            place=place,
            number=number,
            counted=counted,
            form=form,
            indicator=row,
            sections=sections_of(row.provider.text),
            field=_field(row, scheme),
            definition=_definition(row, notes),
            last_year="" if told is None else told.text.strip(),
        )


def _field(row: Indicator, scheme: Scheme) -> str:
    lacks = row.actual.address is None and (row.basis.address is not None or not scheme.prints(ACTUAL))
    return BASIS if lacks else ACTUAL


def _definition(row: Indicator, notes: Mapping[tuple[str, str], str]) -> str:
    known = (row.grounds.text.strip(), notes.get((row.level3.text, row.level4.text), ""))
    return "；".join(dict.fromkeys(filter(None, known)))
