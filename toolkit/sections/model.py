"""What is asked and what is answered, as data."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.core.form import Cell, Form, Indicator

ACTUAL, BASIS = "实际完成值", "评分依据"
"""Where an answer goes: the second on forms without the first."""


def squeezed(text: str) -> str:
    """Return a text for comparing: full-width letters and digits made plain, no blanks."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One indicator that a section is asked for.

    Attributes:
        code: stands beside it on the sheet and finds it again: project, place in the form, name and target.
        place: place of its form in the workbook, from 0.
        number: 序号 of the indicator in its form, from 1.
        counted: 序号 by which 数据来源 lists it.
        sections: who is asked; empty where nobody is named.
        field: the column the answer goes to: 实际完成值, on a form without it 评分依据.
        definition: 取数口径 and 指标说明, "" where there is none.
        last_year: what was reached last year, "" where that is not known.
    """

    code: str
    place: int
    number: int
    counted: int
    form: Form
    indicator: Indicator
    sections: tuple[str, ...]
    field: str = ACTUAL
    definition: str = ""
    last_year: str = ""

    @property
    def name(self) -> str:
        """Return the name of the indicator."""
        return self.indicator.name

    @property
    def levels(self) -> str:
        """Return the names of the levels above it: 产出指标／数量指标."""
        return "／".join(self.indicator.path[:-1])

    @property
    def target(self) -> str:
        """Return 年度指标值 as printed."""
        return self.indicator.target.text.strip()

    @property
    def project(self) -> str:
        """Return 项目名称."""
        return self.form.project_name.text.strip()

    @property
    def current(self) -> Cell:
        """Return the cell the answer goes to, as the form has it now."""
        return self.indicator.actual if self.field == ACTUAL else self.indicator.basis

    @property
    def shown(self) -> str:
        """Return the item as a message names it."""
        return f"{self.number}. {self.name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of a 取数表 as it came back.

    Attributes:
        cell: place of the value, such as 取数表!H9.
        section: who answers, as the sheet states it; "" where it does not.
        project: 项目名称 of the row or of the sheet.
        target: 年度指标值 as it stands on the sheet now; ``None`` where its column is gone. So are the two below.
        value: the figure that was asked for, as printed.
        basis: 依据和佐证材料.
        person: 经办人.
        day: 取数日期.
        doubt: why the value cannot be taken as it stands, a Chinese clause; "" where it can.
        remark: what should be known about it, a Chinese clause.
    """

    cell: str
    section: str
    code: str
    project: str
    name: str
    target: str | None
    definition: str | None
    value: str
    basis: str = ""
    person: str = ""
    day: str = ""
    doubt: str = ""
    remark: str = ""

    @property
    def blank(self) -> bool:
        """Tell whether no figure was given."""
        return not self.value.strip() and not self.doubt


@dataclass(frozen=True, slots=True)
class Returned:
    """A 取数表 as it came back.

    Attributes:
        file: its name below the folder that was read.
        section: 提供股室 as stated on it.
        year: 年度 as printed on it, "" where it states none.
        project: 项目名称 as printed on it; several are joined by 、.
    """

    file: str
    section: str
    year: str
    project: str
    answers: Sequence[Answer]
