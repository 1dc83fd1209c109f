"""Values as officers type them, with the number that was meant: what is generated here is never parsed again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random

NONE, FORWARD, REVERSE, EQUAL = "", "正向", "反向", "等于"

SIGNS: Mapping[str, tuple[str, ...]] = {
    FORWARD: (
        *("≥", "≧", ">=", "=>", "＞=", "＞＝", ">＝", "=＞", "＝＞", "＝>", "⩾", ">", "＞", "﹥"),
        *("不低于", "不少于", "不小于", "大于等于", "大于或等于", "至少", "达到", "大于", "超过", "高于"),
    ),
    REVERSE: (
        *("≤", "≦", "<=", "=<", "＜=", "＜＝", "<＝", "=＜", "＝＜", "＝<", "⩽", "‹=", "‹＝", "<", "＜", "﹤", "‹"),
        *("不超过", "不高于", "不大于", "不多于", "小于等于", "小于或等于", "控制在", "至多", "最多", "小于", "低于", "少于"),
    ),
    EQUAL: ("=", "＝", "═", "==", "＝＝", "﹦", "等于"),
}
"""Every sign the formulas claim to read, by the 计算方式 it stands for."""

UNITS = (
    *("", "个", "人次", "元", "户", "件", "份", "家", "起", "台套", "平方米", "㎡", "公里", "天", "小时", "个工作日", "亩"),
    *("元/人·月", "元/户", "人*次", "场次", "吨", "篇", "℃", "元/平方米", "标准化检测实验室"),
)
POWERS: Mapping[str, int] = {"万": 10_000, "亿": 100_000_000}
SPACES = (" ", "\u3000", "\u00a0")
LONGEST_RUN = 13
"""Digits, separators and point together that the formulas still read."""

REFUSED = (
    *("约46万人次", "近10个", "10余个", "80多宗", "几十个", "3-5天", "3~5天", "3至5天", "5—8", "1/2", "12:30", "9月前"),
    *("2021年12月", "12月31日", "98%以上", "98％以上", "5个以内", "5(含)", "1.2.3", "3,5", "*5", "?5", "~5", "5*", "5?", "5~"),
    *("10E3", "1e5", "0x10", "５０", "５０个", "1．5", "-5", "−5", "+5", "±5", "¥100", "￥100", "$5", "5m", "5KM", "5½", "5²"),
    *("9" * 30, "1234567890123456", "1234567890.123456", "1,234,567,890,123", "1,2345", "12,345,67", "1234,567", "1,23,456"),
    *("012,345", "0,123", "95.", "1..5", ".5", ",5", "5,", "5,个", "1,234.", "≥≥5", "≥", ">=<5", "大约5", "第5", "前3名", "(5)"),
    *("30.68万万", "30万亿", "5千个", "2百人", "5十", "50%%", "95%5", "5‰", "百分之95", "二十个", "半年", "½", "5号", "3年", "8时"),
    *("不适用", "—", "/", "无", "及时", "达成预期指标", "逐步提高", "#DIV/0!", "5\t个", "5个\n6个", "\u200b5个", "5\u200b个", "5个\u200b"),
    *("由7个缩短为3个", "每亩300", "共5场", "超5%", "100%完成率达", "12345678901234567890个", "满意度95%", "5" + "个" * 21, "㈤", "Ⅴ"),
)
"""Texts that formulas must leave to the core, or to the officer."""


@dataclass(frozen=True)
class Typed:
    """A text and what it means.

    Attributes:
        number: the number in the base unit (percent points for %), ``None`` where formulas must not read the text.
        sign: the 计算方式 of the sign, "" without one.
    """

    text: str
    number: Fraction | None = None
    unit: str = ""
    percent: bool = False
    sign: str = NONE


BLANK = Typed("")


def plain(number: Fraction, places: int) -> str:
    """Write a number with exactly ``places`` decimals, in which it must be exact."""
    scaled = number * 10**places
    assert scaled.denominator == 1, (number, places)
    digits = f"{scaled.numerator:0{places + 1}d}"
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def decimals_of(number: Fraction) -> int | None:
    """Return how many decimals write the number exactly, up to nine; ``None`` where none do."""
    return next((places for places in range(10) if (number * 10**places).denominator == 1), None)


def type_value(
    random: Random, number: Fraction, unit: str, *, percent: bool = False, sign: str = NONE, spelling: str = ""
) -> Typed | None:
    """Write a number in one of the notations formulas claim to read.

    Returns:
        The text with its meaning, ``None`` where no notation within the claimed length writes the number.
    """
    word = random.choice([word for word in ("", "", *POWERS)]) if not percent else ""
    shown = number / POWERS.get(word, 1)
    places = decimals_of(shown)
    if places is None:
        return None
    digits = plain(shown, min(9, places + random.choice((0, 0, 0, 1, 2))))
    if random.random() < 0.3:
        digits = _grouped(digits)
    elif random.random() < 0.05:
        digits = "0" + digits
    if len(digits) > LONGEST_RUN:
        return None
    lead = spelling or (random.choice(SIGNS[sign]) if sign else "")
    mark = random.choice("%％") if percent else word
    return Typed(_spaced(random, lead + digits + mark + unit), number, unit, percent, sign)


def _grouped(digits: str) -> str:
    whole, point, rest = digits.partition(".")
    return f"{int(whole):,}{point}{rest}"


def _spaced(random: Random, text: str) -> str:
    if random.random() < 0.8:
        return text
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(SPACES) + text[at:]
