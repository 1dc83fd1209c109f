"""Work out Chinese numerals in the standard spelling: 四十六万, 一百二十, 两千, 三点五."""

from __future__ import annotations

import re
from decimal import Decimal
from importlib import import_module

from toolkit.core.values.plain import EXACT
from toolkit.core.values.unclear import UnclearError
from toolkit.core.values.vocabulary import vocabulary

_NOT_STANDARD = "中文数字的写法不规范"
_STANDARD = dict(zip("两〇壹贰叁肆伍陆柒捌玖拾佰仟", "二零一二三四五六七八九十百千", strict=True))
_DIGITS = "零一二三四五六七八九"
_BELOW_HUNDRED = re.compile(r"([二三四五六七八九])?十([一二三四五六七八九])?|[零一二三四五六七八九]")


def chinese_number(run: str) -> Decimal:
    """Work out a Chinese numeral: 四十六万 is 460000, 三点五 is 3.5.

    Only the standard spelling is read: 一百二 and 百二十 are declined, for they are read in two ways.

    Raises:
        UnclearError: the numeral is not in the standard spelling.
    """
    whole, point, rest = run.partition("点")
    if point:
        return _with_decimals(run, whole, rest)
    usual = "".join(_STANDARD.get(mark, mark) for mark in whole)
    small = _below_hundred(usual)
    return Decimal(small) if small is not None else _by_library(run, usual)


def _with_decimals(run: str, whole: str, rest: str) -> Decimal:
    """Read 三点五 and 三点五万."""
    digits = rest.rstrip("万亿")
    powers = vocabulary().multipliers
    power = rest[len(digits) :]
    if not whole or (power and power not in powers):
        raise UnclearError(run, _NOT_STANDARD)
    decimals = "".join(str(_DIGITS.index(_STANDARD.get(mark, mark))) for mark in digits)
    number = EXACT.add(chinese_number(whole), Decimal(f"0.{decimals}"))
    return EXACT.multiply(number, powers[power]) if power else number


def _below_hundred(usual: str) -> int | None:
    """Read a numeral below 100; ``None`` when it is anything else."""
    if not _BELOW_HUNDRED.fullmatch(usual):
        return None
    tens, ten, ones = usual.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


def _by_library(run: str, usual: str) -> Decimal:
    """Read a numeral from 100 upwards with cn2an, and believe it only when it writes the same numeral back."""
    # Imported here: it takes a third of a second, and few texts need it.
    cn2an = import_module("cn2an")
    try:
        number = int(cn2an.cn2an(usual, "strict"))
        written = str(cn2an.an2cn(number, "low"))
    except ValueError:
        written = ""
    if written != usual:
        raise UnclearError(run, _NOT_STANDARD)
    return Decimal(number)
