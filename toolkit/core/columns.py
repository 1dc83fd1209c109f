"""Which columns a form has on its sheet, and how the rows above and below its indicator table share them.

The indicator table of a scheme sets the grid, from B to the right. Funds, head, goals and signatures are laid over it:
each of their cells spans as many columns of the grid as it needs. What the program needs and the form does not print
(a 分值 that stands nowhere on it) has a column right of the print area, before all that formulas fill.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from toolkit.core.letters import column_letters

UNPRINTED = "（不打印）"
"""Stands behind the heading of a column that belongs to the form and is not printed."""
LABEL_WIDTH = 10.5
"""Width of column A, in characters."""

OWN_COLUMNS = ("自设栏一", "自设栏二", "自设栏三", "自设栏四", "自设栏五", "自设栏六")
"""Columns of 年度绩效指标 that one form has for itself (复核分, 备注 …): printed and filled in, never computed with."""
_WIDTHS: Mapping[str, float] = {
    "一级指标": 10,
    "二级指标": 12.5,
    "三级指标": 22,
    "四级指标": 16,
    "指标说明": 26,
    "年度指标值": 14,
    "指标性质": 8.5,
    "指标值": 11,
    "度量单位": 8.5,
    "实际完成值": 14,
    "分值": 7.5,
    "得分": 8,
    "评分依据": 24,
    "偏差原因分析及改进措施": 23,
    **dict.fromkeys(OWN_COLUMNS, 12.0),
}
_FUND_WIDTHS: Mapping[str, float] = {"分值": 7.5, "执行率": 8, "得分": 8, "到位率": 8}
_AMOUNT_WIDTH, _KIND_WIDTH = 14.0, 22.0
_SIGNATURES = (20.0, 12.0, 14.0, 12.0, 38.0)
"""Widths asked for: 填表人, label, 负责人, label, 联系电话."""
_LEAST_LABEL = 10.0
_LANDSCAPE_FROM = 140.0
"""Width of a form, in characters, that is read better on a page laid across."""
SPLIT_TARGET = ("指标性质", "指标值", "度量单位")
"""Columns that together are 年度指标值."""

NATIONAL_INDICATOR = (
    *("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"),
    "偏差原因分析及改进措施",
)
NATIONAL_FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive columns, counted from A = 1, that one cell of the form takes."""

    first: int
    last: int

    @property
    def letters(self) -> str:
        """Return the letters of the first column, where the value stands."""
        return column_letters(self.first)

    def area(self, top: int, bottom: int | None = None) -> str:
        """Return the cells of the rows from ``top`` to ``bottom`` (default: that one row), in A1 notation."""
        return f"{self.letters}{top}:{column_letters(self.last)}{top if bottom is None else bottom}"


@dataclass(frozen=True)
class FormColumns:
    """The columns of one form.

    Attributes:
        indicator: spans of the columns of 年度绩效指标 by field, in the order of the form.
        fund: spans of the columns of 项目资金 by field, likewise.
        kind: span of the names of the fund rows.
        header: spans of value, second label and second value in the rows of the head.
        goals: spans of 预期目标 and 实际完成情况.
        signatures: spans of 填表人, label, 负责人, label and 联系电话.
        beside: fields of 年度绩效指标 that are not printed, and the numbers of their columns.
        fund_beside: fields of 项目资金 that are not printed, likewise.
        widths: widths of the printed columns from A, in characters.
        shift: how many columns further right than on the national form all stands that formulas fill.
    """

    indicator: Mapping[str, Span]
    fund: Mapping[str, Span]
    kind: Span
    header: tuple[Span, Span, Span]
    goals: tuple[Span, Span]
    signatures: tuple[Span, ...]
    beside: Mapping[str, int]
    fund_beside: Mapping[str, int]
    widths: tuple[float, ...]
    shift: int

    @property
    def last(self) -> str:
        """Return the letters of the last printed column."""
        return column_letters(len(self.widths))

    @property
    def landscape(self) -> bool:
        """Tell whether the form is so wide that its page is laid across."""
        return sum(self.widths) > _LANDSCAPE_FROM

    def find(self, field: str) -> str | None:
        """Return the letters of a column of 年度绩效指标, ``None`` where the form has none."""
        return _letters_of(field, self.indicator, self.beside)

    def at(self, field: str) -> str:
        """Return the letters of a column of 年度绩效指标 that every form has.

        Raises:
            KeyError: the form has none.
        """
        found = self.find(field)
        if found is None:
            raise KeyError(field)
        return found

    def find_fund(self, field: str) -> str | None:
        """Return the letters of a column of 项目资金, ``None`` where the form has none."""
        return _letters_of(field, self.fund, self.fund_beside)

    def fund_at(self, field: str) -> str:
        """Return the letters of a column of 项目资金 that every form has.

        Raises:
            KeyError: the form has none.
        """
        found = self.find_fund(field)
        if found is None:
            raise KeyError(field)
        return found

    @property
    def splits_target(self) -> bool:
        """Tell whether 年度指标值 stands in three columns."""
        return all(self.find(field) for field in SPLIT_TARGET)

    @property
    def target_cell(self) -> str | None:
        """Return the letters of the column that speaks for 年度指标值."""
        return self.find(SPLIT_TARGET[1]) if self.splits_target else self.find("年度指标值")

    def width(self, span: Span) -> float:
        """Return the width of a span, in characters."""
        return sum(self.widths[span.first - 1 : span.last])


def _letters_of(field: str, printed: Mapping[str, Span], beside: Mapping[str, int]) -> str | None:
    if field in printed:
        return printed[field].letters
    return column_letters(beside[field]) if field in beside else None


def make_columns(
    indicator: Sequence[str] = NATIONAL_INDICATOR,
    fund: Sequence[str] = NATIONAL_FUNDS,
    beside: Sequence[str] = (),
    fund_beside: Sequence[str] = (),
) -> FormColumns:
    """Lay out the columns of a form.

    Args:
        indicator: fields that 年度绩效指标 prints, in order.
        fund: fields that 项目资金 prints behind the row's name, in order.
        beside: fields of 年度绩效指标 that the form has without printing them.
        fund_beside: likewise of 项目资金.
    """
    grid = [_WIDTHS[field] for field in indicator]
    # The last indicator column spans what other rows need more than there are indicator columns.
    for _ in range(max(len(fund) + 1, len(_SIGNATURES)) - len(grid)):
        half = grid[-1] / 2
        grid[-1:] = [max(half, 8.0), max(half, 8.0)]
    spans = [Span(at, at) for at in range(2, len(indicator) + 1)] + [Span(len(indicator) + 1, len(grid) + 1)]
    kind, *amounts = _shared(grid, (_KIND_WIDTH, *(_FUND_WIDTHS.get(field, _AMOUNT_WIDTH) for field in fund)))
    free = len(grid) + 3
    taken = max(len(beside), len(fund_beside))
    return FormColumns(
        indicator=dict(zip(indicator, spans, strict=True)),
        fund=dict(zip(fund, amounts, strict=True)),
        kind=kind,
        header=_header(grid),
        goals=_halves(grid),
        signatures=tuple(_shared(grid, _SIGNATURES)),
        beside={field: free + place for place, field in enumerate(beside)},
        fund_beside={field: free + place for place, field in enumerate(fund_beside)},
        widths=(LABEL_WIDTH, *grid),
        shift=len(grid) - len(NATIONAL_INDICATOR) + taken,
    )


@cache
def national_columns() -> FormColumns:
    """Return the columns of the national form."""
    return make_columns()


def own_key(heading: str) -> str:
    """Return the heading of a form's own column without blanks and line breaks: by it its cells are known."""
    return "".join(heading.split())


def needed_beside(
    printed: Iterable[str], wanted: Iterable[str], holding: Iterable[str]
) -> tuple[str, ...]:
    """Return the fields that need a column beside the form: wanted or holding something, and not printed."""
    seen = set(printed)
    return tuple(field for field in dict.fromkeys((*wanted, *holding)) if field not in seen)


def _halves(grid: Sequence[float]) -> tuple[Span, Span]:
    """Split the grid in two as nearly equal as the columns allow."""
    cut = min(range(1, len(grid)), key=lambda place: abs(sum(grid[:place]) - sum(grid[place:])))
    return Span(2, cut + 1), Span(cut + 2, len(grid) + 1)


def _header(grid: Sequence[float]) -> tuple[Span, Span, Span]:
    """Split the grid into a value, a label where the second half begins, and a second value."""
    left, right = _halves(grid)
    end = right.first
    while sum(grid[right.first - 2 : end - 1]) < _LEAST_LABEL and end < right.last - 1:
        end += 1
    return left, Span(right.first, end), Span(end + 1, right.last)


def _shared(grid: Sequence[float], wanted: Sequence[float]) -> list[Span]:
    """Split the grid into consecutive parts, none narrower than wanted where that can be, else as little as can be."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for part, width in enumerate(wanted, 1):
        for end in range(part, len(grid) - len(wanted) + part + 1):
            choices = []
            for start in range(part - 1, end):
                cost, cuts = best.get((part - 1, start), (float("inf"), ()))
                room = sum(grid[start:end]) - width
                choices.append((cost + (1000 if room < 0 else 0.001) * room * room, (*cuts, end)))
            best[part, end] = min(choices)
    _, cuts = best[len(wanted), len(grid)]
    return [Span(start + 2, end + 1) for start, end in zip((0, *cuts), cuts, strict=False)]
