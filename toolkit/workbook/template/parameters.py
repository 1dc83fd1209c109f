"""The sheet 评分参数: every number and every word that a formula uses, visible, with its source."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from toolkit.core.columns import SPLIT_TARGET
from toolkit.core.form import Form
from toolkit.core.layout import TEMPLATE_VERSION
from toolkit.core.letters import column_letters
from toolkit.core.money import YUAN_PER_WAN, read_figure
from toolkit.core.scheme import Scheme, editable
from toolkit.core.scheme.adjust import CEILING, GRADE
from toolkit.core.scheme.statement import CHOICES
from toolkit.core.targets import NATURES
from toolkit.core.values.units import LONGEST_UNIT
from toolkit.core.values.vocabulary import vocabulary
from toolkit.scoring import Direction
from toolkit.workbook.template.funds import fund_slack
from toolkit.workbook.template.learned import (
    LEARNED_HEAD,
    LEARNED_HEAD_NOTE,
    LEARNED_HINT,
    fill_of,
    learned_settings,
    unset_readings,
)
from toolkit.workbook.template.styles import GREY_TAB, Styles, lines_of
from toolkit.workbook.template.words import not_applicable_letters, not_applicable_words, other_numerals

SHEET = "评分参数"
NO_SIGN = "无"
"""Direction of a text without a sign."""
MARK_TYPED = "手工填写"
RIGHT, WRONG = "✓", "✗"
PER_RATIO = "比率"
MOST_DIGITS = 13
"""Longest run of digits that formulas read: a spreadsheet keeps 15, and a score needs two of them to be rounded right."""
AMOUNT_DECIMALS = 6
"""Decimals of amounts: 万元 to 0.01 元."""
COMPARED_DECIMALS = 12
"""Decimals that are sure in a sum or difference of points."""

RULE_WORDS = {"execution": "执行率", "projects": "项目加权", "hand": "人工评分"}
"""What 评分规则 says of a row for which the scheme has a rule of its own."""
WHOLE_WORD = "100%"
"""年度指标值 of a row whose result states a 完成率."""

_FIRST_LIST = 5
_LEARNED_WIDTH, _NOTE_WIDTH = 44, 40
_LINE = 13.5
_BASIS = {"exact": "未取整的执行率", "printed": "印出的执行率"}
_CEILING = {"ratio": PER_RATIO, "linear": "线性"}


class ParameterSheet:
    """Writes 评分参数 and names what stands there for the whole workbook."""

    def __init__(self, book: Any, styles: Styles, scheme: Scheme, form: Form | None) -> None:
        """Add the sheet to ``book``; ``form`` is the first form of the workbook, if any."""
        self._book = book
        self._styles = styles
        self._scheme = scheme
        self._form = form
        self._sheet = book.add_worksheet(SHEET)
        self._row = 0
        self._column = _FIRST_LIST
        self._columns: dict[str, str] = {}
        self._editable = editable(scheme)
        self._learned = learned_settings(scheme)
        self._written: set[str] = set()

    def write(self) -> None:
        """Write all settings and lists."""
        self._sheet.set_tab_color(GREY_TAB)
        self._sheet.set_column(0, 0, 22)
        self._sheet.set_column(1, 1, _LEARNED_WIDTH if self._learned else 16)
        self._sheet.set_column(2, 3, _NOTE_WIDTH)
        self._sheet.write_row(0, 0, ["参数", "值", "说明", "来源"], self._styles.label(bold=True))
        self._identity()
        self._settings()
        self._grades()
        self._learned_rows()
        self._signs_and_words()
        self._sheet.protect("", {"format_columns": True, "format_rows": True})
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.freeze_panes(1, 0)

    def _setting(self, label: str, value: str | int | Decimal, note: str = "", *, name: str = "", source: str = "", fill: str = "") -> None:
        """Write a setting; one that the officer may edit is unlocked, with the place to say by which document."""
        self._row += 1
        self._written.add(label)
        learned = self._learned.get(label)
        free = label in self._editable or learned is not None
        if learned is not None:
            source = learned.shown
        look = self._styles.get(border=1, text_wrap=True, **({"bg_color": fill} if fill else {}))
        shape = self._styles.input() if free else look if fill else self._styles.get(border=1, align="center")
        self._sheet.write_string(self._row, 0, label, look)
        value = self._given(label, value)
        if isinstance(value, str):
            self._sheet.write_string(self._row, 1, value, shape)
        else:
            self._sheet.write_number(self._row, 1, value, shape)
        self._sheet.write_string(self._row, 2, note, look)
        self._sheet.write_string(self._row, 3, source, self._styles.input(align="left") if free else look)
        if self._learned:
            self._heighten((str(value), note, source))
        if free:
            hint = LEARNED_HINT if learned is not None else "本地标准不同的，在这里改，并在右侧“来源”注明文号。"
            message = {"input_title": label[:32], "input_message": hint}
            words = CHOICES.get(label) if learned is not None else None
            rule = {"validate": "list", "source": list(words)} if words else {"validate": "any"}
            self._sheet.data_validation(self._row, 1, self._row, 1, rule | message)
        if name:
            self._book.define_name(name, f"={SHEET}!$B${self._row + 1}")

    def _heighten(self, texts: tuple[str, str, str]) -> None:
        """Make the row as high as its texts need."""
        lines = max(lines_of(text, width) for text, width in zip(texts, (_LEARNED_WIDTH, _NOTE_WIDTH, _NOTE_WIDTH), strict=True))
        self._sheet.set_row(self._row, max(15.0, lines * _LINE + 3))

    def _given(self, label: str, value: str | int | Decimal) -> str | int | Decimal:
        """Return a setting as the form's own workbook had it, else as the scheme has it."""
        own = self._form is not None and self._form.scheme_id in ("", self._scheme.id)
        typed = self._form.parameters.get(label) if self._form and own and label in self._editable else None
        if typed is None:
            return value
        figure = read_figure(typed)
        return typed if figure is None else figure.number

    def _identity(self) -> None:
        form = self._form
        self._setting("标准编号", self._scheme.id, self._scheme.title, source=self._scheme.source)
        self._setting("模板版本", TEMPLATE_VERSION, "与校验码有关")
        self._setting("年度", str(form.year) if form and form.year else "", "自评年度；表头另有年度的，以表头为准")
        self._setting("地区", form.region if form else "")

    def _settings(self) -> None:
        scheme, source = self._scheme, self._scheme.title
        self._setting("满分", 100, "各项分值之和", name="满分", source=source)
        self._setting("预算执行率分值", scheme.execution_weight, "年度资金总额一行的分值", name="执行率分值", source=source)
        for section, points in scheme.sections.items():
            self._setting(f"标准分值·{section}", points, "标准规定的一级指标分值", source=source)
        for section, points in (self._form.declared_weights if self._form else {}).items():
            self._setting(f"表内分值·{section}", points, "本表写明的一级指标分值", source="本表")
        self._setting("执行率小数位", scheme.rate_decimals, "四舍五入", name="执行率小数位", source=source)
        self._setting("执行率得分依据", _BASIS[scheme.rate_basis], "得分＝分值×执行率，不超过分值", source=source)
        self._setting("得分小数位", scheme.score_decimals, "四舍五入", name="得分小数位", source=source)
        self._setting(CEILING, _CEILING[scheme.ceiling], "比率：分值×指标值÷完成值；线性：超出一倍为 0", name="超出算法", source=source)
        self._setting("按比率", PER_RATIO, "上限指标超出时的写法之一", name="比率字")
        self._setting("执行率下限", scheme.execution_floor, "低于此数须说明", source=source)
        self._setting("低执行率", scheme.low_execution, "低于此数而产出全部满分须说明", source=source)
        self._setting("超额须说明", scheme.over_achievement, "完成率高于此数须说明", source=source)
        self._setting("比较精度", COMPARED_DECIMALS, "分数相加减后保留的小数位", name="比较精度", source="避免浮点尾差")
        self._setting("金额小数位", AMOUNT_DECIMALS, "金额合计、扣分保留的小数位", name="金额小数位", source="避免浮点尾差")
        slack = fund_slack(self._form, scheme)
        self._setting("资金合计允许差", slack, "合计与各来源之和可以相差的数（万元四舍五入尾差）", name="资金合计允许差")
        self._setting("单位字数上限", LONGEST_UNIT, "更长的不当作单位", name="单位字数上限")
        self._setting("万元换算", int(YUAN_PER_WAN), "元与万元", name="万元换算")
        self._setting("手工标记", MARK_TYPED, "改写公式后的标记", name="手工标记")
        self._setting("符合", RIGHT, "核对条", name="符合字")
        self._setting("不符", WRONG, "核对条", name="不符字")
        self._setting("已批复", "是", "目标已批复时的写法", name="是字")

    def _grades(self) -> None:
        grades = self._scheme.grades
        for grade in grades:
            self._setting(f"{GRADE}{grade.name}", grade.least, "总分不低于此数", source=self._scheme.title)
        bounds = f"={SHEET}!$B${self._row - len(grades) + 2}:$B${self._row + 1}"
        self._book.define_name("等级下限", bounds)
        self._list("等级名称", [grade.name for grade in grades])

    def _learned_rows(self) -> None:
        """Write what a scheme made from a blank form says besides, each with where it was read."""
        if not self._learned:
            return
        self._row += 1
        self._sheet.write_string(self._row, 0, LEARNED_HEAD, self._styles.label(bold=True))
        self._sheet.merge_range(self._row, 1, self._row, 3, LEARNED_HEAD_NOTE, self._styles.label(align="left"))
        for label, setting in self._learned.items():
            if label not in self._written:
                self._setting(label, setting.value, setting.note)
        for reading in unset_readings(self._scheme):
            self._setting(reading.label, reading.value, reading.how, source=reading.place, fill=fill_of(reading.label))
        # What is to be confirmed is often confirmed on paper; the word lists of the formulas need not be there.
        self._sheet.print_area(0, 0, self._row, 3)
        self._sheet.repeat_rows(0)

    def _signs_and_words(self) -> None:
        words = vocabulary()
        signs = [("", NO_SIGN), *((sign, kind) for sign, kind in words.plain_signs)]
        self._list("符号", [sign for sign, _ in signs])
        self._list("符号方向", [kind for _, kind in signs])
        self._list("计算方式表", [str(direction) for direction in Direction])
        for name, direction in (("正向字", 0), ("反向字", 1), ("等于字", 2), ("定性字", 3)):
            self._name_cell(name, direction, "计算方式表")
        self._list("是否表", ["是", "否"])
        self._list("数字", list("0123456789"))
        self._list("数字和点", ["0123456789", "0123456789.,", "|", ".", ",", "#,##0", "％", "%", " ", "\u3000", "\u00a0"])
        pieces = ("数字串", "数字点串", "终止符", "小数点", "千位逗号", "千位格式", "全角百分号", "百分号", "空格", "全角空格", "不间断空格")
        for index, name in enumerate(pieces):
            self._name_cell(name, index, "数字和点")
        self._list("位次", [Decimal(place) for place in range(1, MOST_DIGITS + 3)])
        self._list("倍数字", list(words.plain_multipliers))
        # A percentage is compared in percent points: its sign is part of the unit, not a factor.
        powers = [(sign, factor.adjusted()) for sign, factor in words.plain_multipliers.items()]
        self._list("倍数指数", ["" if sign == "%" else f"E+{power}" for sign, power in powers])
        self._list("单位禁用字", list(words.tail_stops))
        self._list("单位首字禁用", list(words.tail_first_stops))
        self._list("其他数字", other_numerals())
        self._list("不适用字", not_applicable_words())
        self._list("不适用首字", not_applicable_letters())
        self._list("成本字", list(self._scheme.words["cost_levels"]))
        self._list("节约字", [*self._scheme.words["saving_names"], *self._scheme.words["payment_names"]])
        if self._scheme.scales:
            self._list("分档指标", [name for scale in self._scheme.scales for name in scale.names])
        self._leaf_words()

    def _leaf_words(self) -> None:
        """Write the words that only formulas of some schemes need."""
        scheme = self._scheme
        if scheme.leaf_rules:
            self._list("规则指标", [name for rule in scheme.leaf_rules for name in rule.names])
            self._list("规则方式", [RULE_WORDS[rule.rule] for rule in scheme.leaf_rules for _ in rule.names])
            self._list("规则用字", list(RULE_WORDS.values()))
            self._name_cell("执行率规则字", 0, "规则用字")
            self._name_cell("项目规则字", 1, "规则用字")
        if scheme.percent_is_completion:
            self._list("满意度字", list(scheme.words["satisfaction_levels"]))
            self._list("全部完成", [WHOLE_WORD])
            self._name_cell("全部完成字", 0, "全部完成")
        if all(map(scheme.prints, SPLIT_TARGET)):
            self._list("性质字", list(NATURES))

    def _list(self, name: str, values: Sequence[str | Decimal]) -> None:
        """Write a list below its heading in a column of its own and name it."""
        column = self._column
        self._sheet.write_string(0, column, name, self._styles.label(bold=True))
        look = self._styles.get(border=1, align="center")
        for row, value in enumerate(values, 1):
            if isinstance(value, str):
                self._sheet.write_string(row, column, value, look)
            else:
                self._sheet.write_number(row, column, value, look)
        letters = column_letters(column + 1)
        self._book.define_name(name, f"={SHEET}!${letters}$2:${letters}${len(values) + 1}")
        self._columns[name] = letters
        self._sheet.set_column(column, column, 10)
        self._column += 1

    def _name_cell(self, name: str, index: int, of: str) -> None:
        self._book.define_name(name, f"={SHEET}!${self._columns[of]}${index + 2}")
