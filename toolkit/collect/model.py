"""What is kept of a form that was read: its head, which stays in memory, and its details, fetched when they are written.

All values are texts as they would be printed, so that they can be kept in a store and read back unchanged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple, Protocol

from toolkit.checks.finding import Severity
from toolkit.collect.table import Ready


class Amount(NamedTuple):
    """An amount of the funds.

    Attributes:
        field: 行名·列名.
        text: as printed; ``exact`` the number behind it, "" where the print hides nothing.
        cell: its address, "" for a source without cells.
        yuan: the amount in 元, "" where there is none.
    """

    field: str
    text: str
    exact: str
    cell: str
    yuan: str


# The tables ask for the same amounts dozens of times.
_number = lru_cache(maxsize=65536)(Decimal)


class Head(NamedTuple):
    """What every table asks of a form.

    Attributes:
        sheet: the form's sheet, "" for a source without sheets.
        unit: 填报单位, else 实施单位, else 主管部门.
        code: 项目编码.
        whole: a department's own form (部门整体支出), no project.
        blank: nothing is filled in.
        currency: 元 or 万元.
        amounts: 年初预算数, 全年预算数, 全年执行数.
        carried: 上年结转资金, an amount a line that gives it.
        filled: 总分 as stated, else the sum of the scores, "" while unscored; ``score_cell`` its address.
        computed: by the rules, "" where the form gives neither results nor scores.
        bounds: the least totals of the grades.
        floor: 执行率 below which a rate is low, as a fraction.
        all_full: every row with a 分值 and the funds have full marks.
        outputs_full: every row of 产出指标 has.
        evidence: 有, 无, or "" where the form keeps none.
        state: what verification says: 一致, 已改动, 无校验码.
        dated: 填报日期 as yyyy-mm-dd, "" where the form does not tell.
        problems: 存在问题 of its report.
        tally: code, title, severity and count of what was found; 无法核对 counts apart.
        waiting: codes of 提醒 without 说明, and whether an answer for the whole unit would be one.
        answers: 说明 given for the whole unit, code and text.
    """

    sheet: str
    scheme: str
    year: int | None
    unit: str
    project: str
    code: str
    whole: bool
    blank: bool
    currency: str
    amounts: tuple[Amount, ...]
    carried: tuple[Amount, ...]
    filled: str
    computed: str
    score_cell: str
    grade: str
    computed_grade: str
    bounds: tuple[str, ...]
    floor: str
    all_full: bool
    outputs_full: bool
    evidence: str
    fingerprint: str
    state: str
    dated: str
    problems: str
    tally: tuple[tuple[str, str, str, int], ...]
    waiting: tuple[tuple[str, bool], ...]
    answers: tuple[tuple[str, str], ...]

    def yuan(self, place: int) -> Decimal | None:
        """Return one of the amounts in 元."""
        text = self.amounts[place].yuan if self.amounts else ""
        return _number(text) if text else None

    @property
    def rate(self) -> Decimal | None:
        """Return 执行率 as a fraction, unrounded; ``None`` where it cannot be computed."""
        budget, executed = self.yuan(1), self.yuan(2)
        return executed / budget if budget and executed is not None else None

    @property
    def score(self) -> Decimal | None:
        """Return 总分 as it was handed in."""
        return Decimal(self.filled) if self.filled else None

    def number_of(self, severity: Severity) -> int:
        """Return how many findings of one severity there are."""
        return sum([number for _, _, kind, number in self.tally if kind == severity])


class Told(NamedTuple):
    """A finding as the list of findings shows it.

    Attributes:
        severity: error, warning, next_year, info.
        field: 行名·列名 of its first place; ``sheet`` and ``cell`` where it stands.
        explained: the officer's 说明, "" where there is none.
        shared: an answer for the whole unit would settle it.
        undecidable: 无法核对.
    """

    code: str
    title: str
    severity: str
    sheet: str
    cell: str
    field: str
    message: str
    working: str
    fix: str
    source: str
    explained: str
    shared: bool
    undecidable: bool

    @property
    def word(self) -> str:
        """Return 错误, 提醒, 留意下年, 说明 or 无法核对."""
        return "无法核对" if self.undecidable else Severity(self.severity).word

    @property
    def open(self) -> bool:
        """Tell whether it is a 提醒 that waits for an answer."""
        return self.severity == Severity.WARNING and not self.explained


class Line(NamedTuple):
    """A row of 年度绩效指标; ``cell`` is that of its score, ``evidence`` "" where the form keeps none or none is given."""

    level1: str
    level2: str
    level3: str
    level4: str
    target: str
    actual: str
    weight: str
    score: str
    computed: str
    deviation: str
    working: str
    evidence: str
    cell: str


@dataclass(frozen=True, slots=True)
class Details:
    """Findings and indicators of a form."""

    findings: tuple[Told, ...]
    lines: tuple[Line, ...]


class Entry(NamedTuple):
    """A form and where it was found.

    Attributes:
        file: path below the folder that was named, with its name in front; ``link`` from the summary to it.
        path: the file itself.
        position: place among the forms of the file.
        key: of the file's content in the store.
    """

    file: str
    link: str
    path: str
    position: int
    key: str
    head: Head

    @property
    def name(self) -> str:
        """Return 项目名称 for people."""
        return self.head.project or "（没有项目名称）"

    @property
    def place(self) -> str:
        """Return file and sheet."""
        return f"{self.file}·{self.head.sheet}" if self.head.sheet else self.file


class Failure(NamedTuple):
    """A file that was not read as a form.

    Attributes:
        reason: what is wrong with it, a clause.
        ask: what to ask of the sender.
        counted: whether a form should have been there; a report or a picture is only listed.
    """

    file: str
    link: str
    reason: str
    ask: str
    counted: bool = True


class Library(Protocol):
    """Fetches what is not kept in memory of a form."""

    def details(self, entry: Entry) -> Details:
        """Return findings and indicators of a form."""

    def ready(self, entries: Iterable[Entry], sheet: str) -> Iterator[Ready | None]:
        """Yield for every form the rows that it gives to a sheet, made ahead; ``None`` where they were not."""
