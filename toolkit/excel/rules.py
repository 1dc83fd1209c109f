"""Data validations and conditional formats of a saved sheet: which of them a cell has.

Copying a cell brings them along, so a cell may lend its look to another one only where both have the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from lxml import etree

from toolkit.excel.areas import Place
from toolkit.excel.shifting import shifted
from toolkit.workbook.address import Area, read_area
from toolkit.workbook.signs import MARK

_FORMATS, _VALIDATION = "conditionalFormatting", "dataValidation"
_ELSEWHERE = ("sqref", "priority", "dxfId", "id", "uid", "activeRow")
"""Attributes that say where a rule applies, or number it within its file."""
_FAR = (2000, 300)
"""Row and column as seen from which rules are written down: far enough for every reference above and to the left."""


class _Applied(NamedTuple):
    rule: str
    areas: tuple[Area, ...]


class CellRules:
    """The rules of one sheet, ours (marks) apart."""

    def __init__(self, root: etree._Element, colours: Callable[[str], str]) -> None:
        """Read a worksheet.

        Args:
            root: its root element.
            colours: gives the look that a number of the file's differential formats stands for.
        """
        self._colours = colours
        self._applied = list(self._read(root))
        self._known: dict[Place, frozenset[str]] = {}

    def at(self, place: Place) -> frozenset[str]:
        """Return the rules of a cell: equal for cells that behave alike, in whichever file."""
        if place not in self._known:
            found = (each.rule for each in self._applied if any(place in area for area in each.areas))
            self._known[place] = frozenset(found)
        return self._known[place]

    def _read(self, root: etree._Element) -> Iterator[_Applied]:
        for holder in root.iter(f"{{*}}{_FORMATS}", f"{{*}}{_VALIDATION}"):
            given = holder.get("sqref") or next((node.text or "" for node in holder.iterfind("{*}sqref")), "")
            areas = tuple(area for area in map(read_area, given.split()) if area is not None)
            formats = [rule for rule in holder.iterfind("{*}cfRule") if not is_mark(rule)]
            for rule in [holder] if str(holder.tag).endswith(_VALIDATION) else formats:
                if areas:
                    yield _Applied(self._told(rule, (areas[0].top, areas[0].left)), areas)

    def _told(self, rule: etree._Element, base: Place) -> str:
        """Write a rule down the same however its file numbers it and wherever its ranges begin."""
        parts = [f"{key.rpartition('}')[2]}={value}" for key, value in sorted(_given(rule)) if _telling(key)]
        parts += [self._colours(number)] if (number := rule.get("dxfId")) else []
        for node in rule.iter():
            if node is not rule and isinstance(node.tag, str) and not node.tag.endswith("}sqref"):
                name, text = node.tag.rpartition("}")[2], (node.text or "").strip()
                formula = name in ("formula", "formula1", "formula2", "f") and text
                parts.append(f"{name}:{_from_afar(text, base) if formula else text}")
                parts += [f"{key}={value}" for key, value in sorted(_given(node)) if _telling(key)]
        return "|".join(parts)


def is_mark(rule: etree._Element) -> bool:
    """Tell whether a conditional format is one of our marks."""
    formulas = [node.text or "" for node in rule.iter("{*}formula", "{*}f")]
    return [each.removeprefix("=") for each in formulas] == [MARK]


def _given(node: etree._Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in node.attrib.items()]


def _telling(key: str) -> bool:
    return key.rpartition("}")[2] not in _ELSEWHERE


def _from_afar(formula: str, base: Place) -> str:
    return shifted(formula, _FAR[0] - base[0], _FAR[1] - base[1])
