"""The texts of an indicator's row: names without their marks, the target joined from its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from toolkit.intake.foreign.model import Piece

_PRINTED_WEIGHT = re.compile(r"[（(]\s*(?:权重)?\s*(\d+(?:\.\d+)?)\s*[分%％]?\s*[)）]$")
_NUMBERED = re.compile(r"^(?:指标|目标)\s*[0-9一二三四五六七八九十]{1,2}\s*[:：.、]\s*(?=\S)")
_SIGNS = {"大于等于": "≥", "小于等于": "≤", "等于": "=", "大于": ">", "小于": "<"}
_NO_SIGN = re.compile(r"(?:定性|定量|正向|反向|逆向|中性)(?:指标)?|[/／无—-]")


@lru_cache(maxsize=2048)
def section_name(text: str) -> tuple[str, str]:
    """Return a level's name without the weight printed behind it, and the weight, "" where there is none."""
    name = "".join(text.split())
    found = _PRINTED_WEIGHT.search(name)
    return (name[: found.start()], found[1]) if found else (name, "")


def squeezed(piece: Piece | None) -> str | None:
    """Return what a cell says without blanks, ``None`` where there is no cell."""
    return None if piece is None else "".join(piece.text.split())


def name_text(piece: Piece) -> str:
    """Return the name of an indicator on one line, without 指标1： before it."""
    return _NUMBERED.sub("", piece.text.replace("\n", ""))


def carries_unit(value: str) -> bool:
    """Tell whether a unit may follow a value: it ends with a digit."""
    return bool(value) and value.strip()[-1:].isdigit()


def joined_target(parts: list[str]) -> Iterator[str]:
    """Yield sign, figure and unit; 定性 and its like before a text are no sign, 大于等于 is ≥."""
    sign, value, unit = parts
    yield _SIGNS.get(sign, "" if _NO_SIGN.fullmatch(sign) and value else sign)
    yield value.strip()
    yield unit
