"""Counted lists in prose: 13 个科室，分别为 …; the number said and how many are listed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.checks.prose.reading import Reading
from toolkit.checks.prose.text import Paragraph
from toolkit.core.form import Cell

_DIGITS = "一二三四五六七八九十"
_NUMBER = rf"(?P<number>\d{{1,3}}|[{_DIGITS}两]{{1,2}})"
_WHOLE_LIST = re.compile(
    rf"(?<![\d第.,]){_NUMBER}(?P<unit>[个项类种名家台条])(?P<noun>[^，。；：、\d（）]{{0,12}})[，：]?(?:具体)?(?P<link>分别[为是：]|即：|即(?=“)|：)"
)
_ITEM_WORDS = re.compile(rf"(?:^|[。；：，])([{_DIGITS}])是")
_PARENS = re.compile(r"（[^（）]*）|“[^“”]*”|《[^《》]*》")
_AND = re.compile(r"以及|[和及与]")
_END = re.compile(r"[。；]")
_OPEN_LIST = ("等", "包括", "包含", "主要")
_TABLE_COUNT = re.compile(r"共(?:有|计|完成|安排|设立?)?(?P<number>\d{1,3})(?P<unit>[个项])[^，。；、\d]{0,12}")
_TABLE_WORDS = ("下表", "见表", "如下表", "附表")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that does not have as many items as said.

    Attributes:
        said: the number with its unit.
        counted: how many are listed.
        working: the items.
    """

    cell: Cell
    said: str
    counted: str
    working: str


def wrong_lists(report: Reading) -> Iterator[Listed]:
    """Yield lists with more or fewer items than said; where 和 may belong to a name, either count will do."""
    for paragraph in report.paragraphs:
        if not paragraph.row:
            for found in _WHOLE_LIST.finditer(paragraph.text):
                yield from _listed(paragraph, found)
    yield from _tables(report)


def _listed(paragraph: Paragraph, found: re.Match[str]) -> Iterator[Listed]:
    said = _value(found["number"])
    rest = paragraph.text[found.end() :]
    ordered = _ITEM_WORDS.findall(rest)
    if rest.startswith(_DIGITS[0] + "是"):
        counted = _run(ordered)
        if counted >= _LEAST and counted != said and "".join(ordered) == _DIGITS[: len(ordered)]:
            yield _wrong(paragraph, found, str(counted), "")
        return
    end = _END.search(rest)
    listed = _PARENS.sub("〇", rest[: end.start() if end else len(rest)])
    if found["link"] == "：" and "（" not in rest[: end.start() if end else len(rest)] and "、" not in listed:
        return
    if any(word in listed or word in found["noun"] for word in _OPEN_LIST) or "，" in listed or re.search(r"\d[个项台名]", listed):
        return
    items = [item for item in listed.split("、") if item]
    most = len(items) + sum(len(_AND.findall(item)) for item in items)
    if len(items) >= _LEAST and not len(items) <= said <= most:
        yield _wrong(paragraph, found, str(len(items)) if most == len(items) else f"{len(items)} 至 {most}", "；".join(items))


def _run(ordered: list[str]) -> int:
    """Return how far 一是 二是 三是 … runs."""
    count = 0
    for word in ordered:
        if word != _DIGITS[count : count + 1]:
            break
        count += 1
    return count


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number == "两":
        return 2
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.find(number[-1]) + 1
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)


def _wrong(paragraph: Paragraph, found: re.Match[str], counted: str, working: str) -> Listed:
    said = f"{found['number']}{found['unit']}{found['noun']}"
    return Listed(paragraph.cell(found.start()), said, counted, working)


def _tables(report: Reading) -> Iterator[Listed]:
    """Compare 共 5 项 … 见下表 with the rows of the table below."""
    for table in report.tables:
        above, serials = table.above, table.serials
        if above is None or not any(word in above.text for word in _TABLE_WORDS) or serials != tuple(range(1, len(serials) + 1)):
            continue
        said = list(_TABLE_COUNT.finditer(above.text))
        if len(said) == 1 and len(serials) >= _LEAST and int(said[0]["number"]) != len(serials):
            yield Listed(above.cell(said[0].start()), said[0][0], str(len(serials)), f"下表序号 1 至 {len(serials)}")
