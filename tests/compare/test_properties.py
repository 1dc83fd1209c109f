"""A draft beside itself has no changes, however it is stored; one edit is one change."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.office.bench import Office
from tests.workbook.facts_given import with_facts
from tests.workbook.template.files import PUBLISHED, published, scheme_of
from toolkit.compare.form import compare_forms
from toolkit.compare.values import plain_text
from toolkit.core.form import Cell, Form
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

HEADER = ("organisation", "project_name", "project_code", "project_amount", "department", "implementing_unit")
TEXTS = (*HEADER, "expected_goal", "achieved_goal", "total_weight", "total_score", "grade")


@pytest.mark.parametrize("case", PUBLISHED)
def test_nothing_changes_between_a_form_its_workbook_and_itself(case: str, tmp_path: Path) -> None:
    form, path = published(case), tmp_path / "a.xlsx"
    build_workbook(path, form, scheme_of(form))
    (stored,) = read_forms(path)
    assert [compare_forms(form, form), compare_forms(form, stored), compare_forms(stored, form)] == [[], [], []]


@pytest.mark.parametrize("case", ["006", "035", "102", "108"])
def test_nothing_changes_when_another_program_saves_the_workbook(case: str, office: Office, tmp_path: Path) -> None:
    form, path = with_facts(case), tmp_path / "a.xlsx"
    build_workbook(path, form, scheme_of(form))
    (before,), (after,) = read_forms(path), read_forms(office.resave(path, tmp_path / "b.xlsx"))
    assert [compare_forms(before, after), compare_forms(form, after)] == [[], []]


def places(form: Form) -> list[tuple[str, int, str]]:
    """Return every cell of a form that an officer fills in."""
    found = [("", 0, name) for name in TEXTS]
    for at, line in enumerate(form.funds):
        found += [("funds", at, each.name) for each in fields(line) if each.name != "kind"]
    for at, row in enumerate(form.indicators):
        skipped = ("level1", "level2", "level3", "evidence", "own")
        found += [("indicators", at, each.name) for each in fields(row) if each.name not in skipped]
    return found


def edited(form: Form, place: tuple[str, int, str], text: str) -> tuple[Form, Cell, Cell]:
    part, at, name = place
    owner: Any = getattr(form, part)[at] if part else form
    old: Cell = getattr(owner, name)
    new = Cell(old.field, text, line=old.line)
    changed = replace(owner, **{name: new})
    if not part:
        return changed, old, new
    rows: Any = [changed if number == at else row for number, row in enumerate(getattr(form, part))]
    whole: dict[str, Any] = {part: tuple(rows)}
    return replace(form, **whole), old, new


FORMS = [published(case) for case in PUBLISHED]


@given(st.data())
def test_one_edit_is_found_and_nothing_else(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(FORMS))
    place = data.draw(st.sampled_from(places(form)))
    text = data.draw(st.sampled_from(["改后的文字", "31337", "12.345%", "0.00007"]))
    after, old, _ = edited(form, place, text)
    (change,) = compare_forms(form, after)
    assert (change.item, change.before, change.after) == (old.field, plain_text(old) or "（空）", text)
    (back,) = compare_forms(after, form)
    assert (back.before, back.after) == (change.after, change.before)
