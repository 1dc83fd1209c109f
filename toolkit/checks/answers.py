"""The officer's answers (说明) to findings: kept from one check to the next, as long as the values they speak of stand.

An answer belongs to a code and a place, and holds while 当时值, the texts of the finding's cells when it was written,
is still what stands there. One whose values changed, or whose finding is gone, is set aside (以往说明) and never lost;
should the old values come back, it holds again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.checks.finding import Finding
from toolkit.core.form import Cell

_LONGEST_STATE = 500
_NOT_PRINTED = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")


class Scope(StrEnum):
    """What one answer speaks for (说明范围)."""

    PLACE = "本处"
    FORM = "本表同类"
    UNIT = "本单位同类"

    @classmethod
    def of(cls, text: str) -> Scope:
        """Return the scope that was typed; 本单位全部项目同类 means the unit, 本表全部同类 the form."""
        return next((scope for scope in (cls.UNIT, cls.FORM) if text.startswith(scope.value[:-2])), cls.PLACE)


@dataclass(frozen=True, slots=True)
class Answer:
    """A 说明 as it stands in 检查结果.

    Attributes:
        code: the code of the finding.
        field: 栏目, 行名·列名 of the finding's first cell.
        address: 位置 in A1 notation; with ``field`` also "" the answer speaks for every finding of the code.
        sheet: the form sheet, "" where 位置 names none.
        state: 当时值.
        text: the 说明 as typed; "" for a row that was listed and not answered itself.
        apart: the row was left out of a wider answer, because its values had changed.
    """

    code: str
    field: str
    address: str
    sheet: str
    state: str
    text: str
    scope: Scope = Scope.PLACE
    apart: bool = False

    @property
    def placed(self) -> bool:
        """Tell whether the answer was typed beside one finding, not handed down from another form."""
        return bool(self.field or self.address)


@dataclass(frozen=True, slots=True)
class Settled:
    """A finding with the answer that was typed beside it, ``None`` where there is none or its values changed."""

    finding: Finding
    answer: Answer | None


def apply_answers(findings: Sequence[Finding], answers: Sequence[Answer]) -> tuple[Finding, ...]:
    """Put the answers beside the findings of one form.

    Its own answer goes before one given for 本表同类, and that before one given for 本单位同类.

    Returns:
        The findings in the same order, ``explained`` set where an answer holds.
    """
    settled = settle(findings, answers)
    wider = {row.finding.code: row.answer.text for row in settled if row.answer and row.answer.scope is not Scope.PLACE}
    unit = {answer.code: answer.text for answer in answers if not answer.placed}
    listed = _unanswered(answers)
    return tuple(
        _explained(row, {} if row.answer is None and _stands_apart(row.finding, listed) else unit | wider)
        for row in settled
    )


def left_apart(findings: Sequence[Finding], answers: Sequence[Answer]) -> frozenset[int]:
    """Return the places in ``findings`` of those that a wider answer no longer speaks for, since their values changed."""
    settled = settle(findings, answers)
    wide = {row.finding.code for row in settled if row.answer and row.answer.scope is not Scope.PLACE}
    wide |= {answer.code for answer in answers if not answer.placed}
    listed = _unanswered(answers)
    return frozenset(
        at
        for at, row in enumerate(settled)
        if row.answer is None and row.finding.code in wide and _stands_apart(row.finding, listed)
    )


def _unanswered(answers: Sequence[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.placed and not answer.text.strip()]


def _stands_apart(finding: Finding, listed: Sequence[Answer]) -> bool:
    """Tell whether a finding changed after it was listed: then only an answer of its own will do."""
    first, state = finding.cells[0], kept_state(finding)
    own = [row for row in listed if row.code == finding.code and _same_place(row, first)]
    return bool(own) and all(row.apart or row.state != state for row in own)


def _same_place(answer: Answer, cell: Cell) -> bool:
    if answer.sheet and cell.sheet and answer.sheet != cell.sheet:
        return False
    return answer.field == cell.field or (answer.address != "" and answer.address == cell.address)


def settle(findings: Sequence[Finding], answers: Sequence[Answer]) -> tuple[Settled, ...]:
    """Find for each finding of one form the answer that was typed beside it and still holds.

    Rows move and are renamed: the name of the row and column or the address is enough, the name tells more, both
    together most. The best pairs are taken first, and every answer answers one finding.
    """
    typed = [answer for answer in answers if answer.placed and answer.text.strip()]
    taken: dict[int, Answer] = {}
    used: set[int] = set()
    for _, at, number in sorted(_fits(findings, typed)):
        if at not in taken and number not in used:
            taken[at] = typed[number]
            used.add(number)
    return tuple(Settled(finding, taken.get(at)) for at, finding in enumerate(findings))


def unit_answers(findings: Sequence[Finding], answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers of one form that speak for the whole unit, without their places."""
    held = (row.answer for row in settle(findings, answers))
    return tuple(
        replace(answer, field="", address="", sheet="", state="")
        for answer in held
        if answer is not None and answer.scope is Scope.UNIT
    )


def set_aside(forms: Iterable[Sequence[Finding]], answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Return the answers that hold for no finding of the workbook's forms, in their order and each once (以往说明)."""
    held = {row.answer for findings in forms for row in settle(findings, answers) if row.answer is not None}
    typed = dict.fromkeys(answer for answer in answers if answer.placed and answer.text.strip())
    return tuple(answer for answer in typed if answer not in held)


def kept_state(finding: Finding) -> str:
    """Return 当时值 of a finding as it is written down: on one line, a very long one shortened with a checksum."""
    return clean_state(finding.state)


def clean_state(state: str) -> str:
    """Return a 当时值 as it survives being written into a cell and read back."""
    text = _NOT_PRINTED.sub(" ", state).strip()
    if len(text) <= _LONGEST_STATE:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{text[:_LONGEST_STATE - 12]}…〔{digest}〕"


def _explained(row: Settled, wider: dict[str, str]) -> Finding:
    text = row.answer.text if row.answer is not None else wider.get(row.finding.code)
    return row.finding if text is None else replace(row.finding, explained=text.strip())


def _fits(findings: Sequence[Finding], answers: Sequence[Answer]) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs that fit: how badly, the place of the finding, the place of the answer."""
    for at, finding in enumerate(findings):
        first, state = finding.cells[0], kept_state(finding)
        for number, answer in enumerate(answers):
            same_sheet = not (answer.sheet and first.sheet) or answer.sheet == first.sheet
            if answer.code == finding.code and same_sheet and answer.state == state:
                named = answer.field == first.field
                placed = answer.address != "" and answer.address == first.address
                if named or placed:
                    yield 3 - 2 * named - placed, at, number
