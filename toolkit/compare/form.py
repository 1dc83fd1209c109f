"""Every field of two drafts of one form beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.compare.facts import compare_facts
from toolkit.compare.funds import compare_funds
from toolkit.compare.indicators import compare_indicators
from toolkit.compare.model import Change
from toolkit.compare.parts import changed
from toolkit.compare.values import By
from toolkit.core.form import Cell, Form, Line

_HEADER = ("organisation", "project_name", "project_code", "department", "implementing_unit")
_SETTINGS = Line.REPORT - 1
"""评分参数 stands behind everything the officer fills in."""


def compare_forms(old: Form, new: Form) -> list[Change]:
    """Compare every field of two drafts of one form.

    Returns:
        The changes in the order of the form. Equal values printed differently (1,000.00 and 1000) are no change; 95%
        and 0.95 are.
    """
    found = [
        *_header(old, new),
        *compare_funds(old, new),
        *changed(old.expected_goal, new.expected_goal),
        *changed(old.achieved_goal, new.achieved_goal),
        *compare_indicators(old, new),
        *changed(old.total_weight, new.total_weight, By.FIGURE),
        *changed(old.total_score, new.total_score, By.FIGURE),
        *changed(old.grade, new.grade),
        *compare_facts(old, new),
        *_settings(old, new),
    ]
    return sorted(found, key=lambda change: change.line)


def _header(old: Form, new: Form) -> Iterator[Change]:
    yield from changed(_text("年度", old.year), _text("年度", new.year))
    for name in _HEADER:
        yield from changed(getattr(old, name), getattr(new, name))
    yield from changed(old.project_amount, new.project_amount, By.FIGURE)
    yield from changed(_text("金额单位", old.currency_unit), _text("金额单位", new.currency_unit))


def _settings(old: Form, new: Form) -> Iterator[Change]:
    """Compare what stands in 评分参数; a source without it says nothing of it."""
    for name, before, after in (("评分标准", old.scheme_id, new.scheme_id), ("地区", old.region, new.region)):
        if before and after:
            yield from changed(_text(name, before, _SETTINGS), _text(name, after, _SETTINGS))
    yield from _by_label("表内分值", old.declared_weights, new.declared_weights)
    if old.parameters and new.parameters:
        yield from _by_label("评分参数", old.parameters, new.parameters)


def _by_label(what: str, old: Mapping[str, object], new: Mapping[str, object]) -> Iterator[Change]:
    for label in dict.fromkeys((*old, *new)):
        name = f"{what}·{label}"
        yield from changed(_text(name, old.get(label), _SETTINGS), _text(name, new.get(label), _SETTINGS), By.FIGURE)


def _text(name: str, value: object, line: int = Line.HEADER) -> Cell:
    return Cell(name, "" if value is None else str(value), line=line)
