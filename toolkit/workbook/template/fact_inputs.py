"""How one fact of 报告要素 is filled in: format, message, what may be chosen, and whether it fits, as a formula."""

from __future__ import annotations

import re
from typing import Any

from toolkit.core.facts import TICKED, Fact, FactKind
from toolkit.core.money import YUAN_PER_WAN, fixed, plain, read_figure

FILLED, OPEN, UNFIT = "已填", "未填", "格式不对"
"""What 状态 says."""
_NUMBERS = (FactKind.COUNT, FactKind.NUMBER, FactKind.AMOUNT)
_WIDE = (FactKind.LONG, FactKind.ITEMS, FactKind.NAMES, FactKind.TEXT)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,11})(?:\.\d{1,4})?")
"""What a spreadsheet gives back digit by digit; any other text is kept as text."""
_DATE_MARKS = "年月-/."
_SHAPES = {
    FactKind.TEXT: "文字",
    FactKind.LONG: "文字，可写多行",
    FactKind.ITEMS: "一行一条",
    FactKind.NAMES: "用顿号分开，或一行一个",
    FactKind.COUNT: "整数，不写单位",
    FactKind.NUMBER: "数，不写单位",
    FactKind.DATE: "年月日，可只写到月",
    FactKind.DOCUMENT: "机关代字〔年份〕序号号",
    FactKind.CHOICE: "从列表选",
}


class FactInput:
    """The cell in which a fact, or a column of a table, is filled in."""

    def __init__(self, fact: Fact, unit: str) -> None:
        """Take the fact and the unit of the form's amounts."""
        self.fact = fact
        self._unit = unit

    @property
    def shape(self) -> str:
        """Return 单位或格式."""
        if self.fact.kind is FactKind.AMOUNT:
            return f"数，单位：{self._unit}"
        return "、".join(self.fact.choices) if self.fact.kind is FactKind.TICK else _SHAPES[self.fact.kind]

    @property
    def example(self) -> str:
        """Return 示例, an amount in the unit of the form: nobody should copy 万元 into a form in 元."""
        text = self.fact.example
        figure = read_figure(text) if self.fact.kind is FactKind.AMOUNT else None
        if figure is None:
            return text
        if self._unit == "元" and figure.number < YUAN_PER_WAN:
            return fixed(figure.number * YUAN_PER_WAN)
        if self._unit == "万元" and figure.number >= YUAN_PER_WAN * 10:
            return fixed(figure.number / YUAN_PER_WAN)
        return text

    @property
    def left(self) -> bool:
        """Tell whether the text is read from the left, as sentences are."""
        return self.fact.kind in _WIDE

    def number_format(self, text: str) -> str:
        """Return the number format of the cell that holds ``text``: digits as they were typed, texts as texts."""
        if self.fact.kind not in _NUMBERS:
            return "@"
        figure = read_figure(text) if self.is_number(text) else None
        if figure is None or plain(figure.number) == text:
            return "General" if figure is not None or not text else "@"
        return "0." + "0" * len(text.partition(".")[2])

    def is_number(self, text: str) -> bool:
        """Tell whether ``text`` is written as a number."""
        return self.fact.kind in _NUMBERS and _NUMBER.fullmatch(text) is not None

    def status(self, text: str) -> str:
        """Return what :meth:`status_formula` gives for a cell that holds ``text``."""
        if not text:
            return OPEN
        return FILLED if self._fits(text) else UNFIT

    def status_formula(self, cell: str) -> str:
        """Return the formula of 状态."""
        fits = self._fits_formula(cell)
        filled = f'IF({fits},"{FILLED}","{UNFIT}")' if fits else f'"{FILLED}"'
        return f'=IF({cell}="","{OPEN}",{filled})'

    def validation(self, cell: str) -> dict[str, Any]:
        """Return the validation of the cell: it warns and lets the officer go on, and says what to enter."""
        rule: dict[str, Any] = {"validate": "any"}
        fits = self._fits_formula(cell)
        if self.fact.choices:
            rule = {"validate": "list", "source": list(self.fact.choices)}
        elif fits:
            rule = {"validate": "custom", "value": f"={fits}"}
        example = self.example or (self.fact.choices[0] if self.fact.choices else "")
        message = f"{self.shape}。" + (f"例：{example}。" if example else "")
        return rule | {
            "error_type": "warning",
            "error_title": self.fact.name,
            "error_message": f"一般应填：{self.shape}。仍要这样填吗？",
            "input_title": self.fact.name,
            "input_message": f"{message.replace('。。', '。')}可不填。",
        }

    def _allowed(self) -> tuple[str, ...]:
        marks = TICKED[1:] if self.fact.kind is FactKind.TICK else ()
        return (*self.fact.choices, *(mark for mark in marks if not mark.islower()))

    def _fits(self, text: str) -> bool:
        kind = self.fact.kind
        if self.fact.choices:
            return text in self._allowed() or text.upper() in self._allowed()
        if kind in _NUMBERS:
            sign = text.startswith("-")
            whole = kind is not FactKind.COUNT or not self.is_number(text) or not text.partition(".")[2].strip("0")
            return (self.fact.signed or not sign) and whole and text.removeprefix("-")[:1] in tuple("0123456789")
        if kind is FactKind.DATE:
            return any(mark in text for mark in _DATE_MARKS)
        if kind is FactKind.DOCUMENT:
            return "〔" in text and "〕" in text and text.strip(" ").endswith("号")
        return True

    def _fits_formula(self, cell: str) -> str:
        """Return a formula that is true where the content fits; "" where anything does.

        It is kinder than the check C05, which reads the text as a whole: it never refuses what C05 accepts.
        """
        kind = self.fact.kind
        if self.fact.choices:
            equal = ",".join(f'{cell}="{word}"' for word in self._allowed())
            return f"OR({equal})"
        if kind in _NUMBERS:
            return self._number_formula(cell)
        if kind is FactKind.DATE:
            found = ",".join(f'ISNUMBER(FIND("{mark}",{cell}))' for mark in _DATE_MARKS)
            return f"OR(ISNUMBER({cell}),{found})"
        if kind is FactKind.DOCUMENT:
            return f'AND(ISNUMBER(FIND("〔",{cell})),ISNUMBER(FIND("〕",{cell})),RIGHT(TRIM({cell}),1)="号")'
        return ""

    def _number_formula(self, cell: str) -> str:
        typed = f"ISNUMBER(VALUE(LEFT({cell},1)))"
        if self.fact.signed:
            return f'OR(ISNUMBER({cell}),{typed},LEFT({cell},1)="-")'
        limits = f"{cell}>=0,{cell}=INT({cell})" if self.fact.kind is FactKind.COUNT else f"{cell}>=0"
        return f"IF(ISNUMBER({cell}),AND({limits}),{typed})"
