"""Forms scored leaf by leaf, with odd things typed into one cell: every finding still names a cell and a remedy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.checks.forms import run, scheme_of
from toolkit.core.form import Cell, Form
from toolkit.intake.interchange import read_interchange
from toolkit.scoring import completion_of, completion_statistics, score_form

DATA = Path(__file__).parents[2] / "toolkit" / "data"
FORMS = {
    path.parent.name: read_interchange(path).form
    for path in (DATA / "guangdong-2021/dabu.json", DATA / "guangdong-2024/heyuan.json", DATA / "foshan-department-2022/foshan.json")
}
WEIRD = ("", "—", "不适用", "0", "-1", "#DIV/0!", "约二十", "及时", "1e3", "１００％", "99999999999999", "2023年12月", "3-5天", "≥95%")


def typed(form: Form, place: int, column: str, text: str) -> Form:
    """Type into one cell of the indicator at ``place``."""
    rows = list(form.indicators)
    changed: dict[str, Any] = {column: Cell(f"{rows[place].name}·{column}", text, line=rows[place].level3.line)}
    rows[place] = replace(rows[place], **changed)
    return replace(form, indicators=tuple(rows))


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("column", ["level3", "level4", "target", "actual", "weight", "score", "basis", "method"])
@pytest.mark.parametrize("text", WEIRD)
def test_whatever_stands_in_a_leaf_gives_findings_that_name_cells(name: str, column: str, text: str) -> None:
    form = FORMS[name]
    for place in range(0, len(form.indicators), 3):
        found = run(typed(form, place, column, text))
        assert [each.code for each in found if not each.cells or not each.message or not each.fix] == []


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("text", WEIRD)
def test_completion_stays_between_nothing_and_all(name: str, text: str) -> None:
    form, scheme = FORMS[name], scheme_of(FORMS[name])
    for place in range(len(form.indicators)):
        for column in ("target", "actual", "weight", "score"):
            rows = score_form(typed(form, place, column, text), scheme).rows
            known = [share for row in rows if (share := completion_of(row)) is not None]
            assert all(0 <= share <= 1 for share in known)
            counted = completion_statistics(rows, scheme)
            assert counted.total == len(known) == counted.complete.count + counted.incomplete.count
            assert sum((band.share.percent for band in counted.bands), Decimal(0)) == (100 if known else 0)
