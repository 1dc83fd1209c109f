"""Region and year of a form that does not name its scheme: from titles, names of units, codes, dates, with the reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from toolkit.core.form import Form
from toolkit.intake.foreign.model import Log
from toolkit.intake.foreign.parts import Part
from toolkit.intake.foreign.words import is_word

_CODE = re.compile(r"(?<!\d)(\d{2})\d{6}[A-Z]\d{9,12}(?!\d)")
"""A project's code: administrative code, year, kind, number."""
_YEAR_NAMED = re.compile(r"(?<!\d)(20\d\d)\s*年")
_FILED = re.compile(r"(20\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]")
_FILED_LABELS = ("填报日期", "填表日期", "填报时间", "自评时间", "评价时间")
_LAST_MONTH = 9
"""Self-evaluations of a year are filed by September of the next at the latest."""


@cache
def _provinces() -> Mapping[str, str]:
    """Return the region by each name of a place: 深圳市 is 广东省深圳市."""
    data = tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))["provinces"]
    cities = {city: name + city for name, each in data.items() for city in each["cities"]}
    return {name: name for name in data} | cities


@cache
def _codes() -> Mapping[str, str]:
    data = tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))["provinces"]
    return {each["code"]: name for name, each in data.items()}


@cache
def _names() -> re.Pattern[str]:
    names = sorted(_provinces(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, names)))


def find_region(form: Form, log: Log) -> str:
    """Return the region that the form's names or codes tell, "" where none or several do; the reason is noted."""
    units = (form.department, form.implementing_unit, form.organisation)
    texts = [("表名", form.kind), *((cell.field, cell.text) for cell in units), (form.project_name.field, form.project_name.text)]
    for where, text in texts:
        regions = {_provinces()[name]: name for name in _names().findall(text)}
        # 广东省深圳市 names the province and the city in it: the nearer one counts.
        nearest = [region for region in regions if not any(other != region and other.startswith(region) for other in regions)]
        if len(nearest) == 1:
            log.note(f"地区按{where}里的“{regions[nearest[0]]}”认作{nearest[0]}")
            return nearest[0]
    for cell in (form.project_code, form.project_name):
        found = _CODE.search(cell.text)
        if found and found[1] in _codes():
            log.note(f"地区按项目编码开头的“{found[1]}”认作{_codes()[found[1]]}")
            return _codes()[found[1]]
    return ""


def find_year(part: Part, log: Log) -> int | None:
    """Return the year that the file's or sheet's name states, or the one before the form was filed; the reason is noted."""
    named = _YEAR_NAMED.search(part.grid.name)
    if named:
        log.note(f"表内没有写年度，按名称“{part.grid.name}”认作 {named[1]} 年")
        return int(named[1])
    for text in _filed(part):
        found = _FILED.search(text)
        if found and 1 <= int(found[2]) <= _LAST_MONTH:
            log.note(f"表内没有写年度，按填报日期“{found[0].rstrip('.-/')}”认作 {int(found[1]) - 1} 年，请核对")
            return int(found[1]) - 1
    return None


def _filed(part: Part) -> Iterable[str]:
    for piece in part.grid.between(part.first, part.last):
        if "填" not in piece.text and "时间" not in piece.text:
            continue
        text = "".join(piece.text.split())
        for label in _FILED_LABELS:
            if label + "：" in text or label + ":" in text:
                yield text.split(label, 1)[1]
        value = part.grid.right_of(piece)
        if value is not None and is_word(piece.text, "label", "other") and text.rstrip("：:") in _FILED_LABELS:
            yield value.text
