"""Reading from prose how much of the work is said to be done: 仅完成80%的档案加工量, 实际完成8台."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from toolkit.core.money import cut, decimals_of, round_half_up

# 未完成20%, 计划完成80% and 待完成20% do not say what was done.
_NOT_YET = r"(?<![未没应需待拟将可能要])(?<!计划)(?<!预计)(?<!尚未)"
_PERCENT = re.compile(
    _NOT_YET + r"完成(?:(?P<of>[^\d，,。；;、：:%％约近]{1,12})的|(?:率|进度|比例)?[仅只了为达到：:]{0,3})"
    r"\s*(?P<number>\d+(?:\.\d+)?)\s*[%％](?!左右|以上|以下|以内|多|余)"
    r"(?:的(?P<whose>[^\d，,。；;、：:%％]{1,12}))?"
)
_QUANTITY = re.compile(
    r"(?<!未)(?:实际|仅|只|共|累计)完成了?\s*(?P<number>\d+(?:\.\d+)?)\s*(?P<scale>[万亿]?)(?P<rest>[^\d，,。；;、\s]{0,4})"
)
_SCALES = {"": Decimal(1), "万": Decimal(10) ** 4, "亿": Decimal(10) ** 8}


@dataclass(frozen=True, slots=True)
class Claim:
    """A completion stated in words.

    Attributes:
        percent: percent points, 80 for 80%.
        step: the value of one unit in the last digit written.
        of: what it is said of, such as 档案加工量; "" where the text does not say.
        text: the words, such as 完成80%.
    """

    percent: Decimal
    step: Decimal
    of: str
    text: str

    def agrees(self, completion: Decimal) -> bool:
        """Tell whether a completion (fraction) is this figure at the digits written, rounded or cut."""
        places = decimals_of(self.step)
        return self.percent in (round_half_up(completion * 100, places), cut(completion * 100, places))


@lru_cache(maxsize=1024)
def completion_claim(text: str) -> Claim | None:
    """Return the completion that ``text`` states, ``None`` where it states none, or several that differ."""
    if "完成" not in text:
        return None
    claims = [_claim(found) for found in _PERCENT.finditer(text)]
    return claims[0] if claims and len({claim.percent for claim in claims}) == 1 else None


def _claim(found: re.Match[str]) -> Claim:
    number = Decimal(found["number"])
    step = Decimal(1).scaleb(int(number.as_tuple().exponent))
    whose = found["whose"] or ""
    end = found.start("whose") - 1 if whose else found.end()
    return Claim(number, step, f"{found['of'] or ''}{whose}", found.string[found.start() : end])


def quantity_claim(text: str, unit: str) -> tuple[Decimal, str] | None:
    """Return the quantity in ``unit`` that ``text`` says was done, with its words; ``None`` as above."""
    if not unit or "完成" not in text:
        return None
    found = [each for each in _QUANTITY.finditer(text) if each["rest"].startswith(unit)]
    numbers = {Decimal(each["number"]) * _SCALES[each["scale"]] for each in found}
    if len(numbers) != 1:
        return None
    return numbers.pop(), found[0].string[found[0].start() : found[0].start("rest")] + unit
