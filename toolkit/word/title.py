"""A long title over several lines, of about one length, broken where an official would break it."""

from __future__ import annotations

import math
import re

from toolkit.word.text import width_of

_BEFORE = re.compile(r"(?=绩效自评|绩效评价|部门整体|项目支出|自评报告)")
_AFTER = re.compile(r"(?<=年度)(?!的)|(?<=年)(?!度)|(?<=[局委厅院校处部会所站])(?=\d)|(?<=[》）、及和与])|(?<=中心)(?=\d)")
_NEVER_INSIDE = re.compile(r"[0-9A-Za-z.,%]+|〔[^〕]*〕")
_STRAY = 4.5
"""How many characters further from the middle a good place may be than a poor one."""


def title_lines(title: str, room: float) -> list[str]:
    """Break a title into as few lines as it needs.

    Args:
        title: in one line; line breaks of its own are kept.
        room: characters that a line takes.
    """
    # A line is not filled to the brim: the letters of another face may be a little wider.
    safe = room * 0.97
    return [part for line in title.split("\n") for part in _broken(line.strip(), safe)]


def _broken(line: str, room: float) -> list[str]:
    count = math.ceil(width_of(line) / room)
    if count < 2:
        return [line]
    cut = _cut(line, width_of(line) / count, room)
    return [line[:cut], *_broken(line[cut:], room)]


def _cut(line: str, ideal: float, room: float) -> int:
    """Return where the first line ends: near the ideal width, not within a number, where a word ends if one does."""
    good = {found.start() for pattern in (_BEFORE, _AFTER) for found in pattern.finditer(line)}
    inside = {place for found in _NEVER_INSIDE.finditer(line) for place in range(found.start() + 1, found.end())}
    places = [place for place in range(1, len(line)) if width_of(line[:place]) <= room and place not in inside]

    def distance(place: int) -> float:
        return abs(width_of(line[:place]) - ideal) - (_STRAY if place in good else 0)

    return min(places, key=distance) if places else max(1, int(room))
