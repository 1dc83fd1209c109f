"""An action and 撤销上次操作 leave every cell of a workbook as it was: on a hundred random forms."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.live.press import AT_REST, press, workbook
from tests.live.program import Program
from tests.live.snapshot import differences
from tests.narrative.forms import forms

_WORKBOOKS, _FORMS = 10, 10
"""Forms of one workbook share what opening, saving and comparing it costs."""
_OTHERS = ("adopt", "report", "add-project")
"""Buttons pressed on every other workbook; the rest are checked."""
_SCHEMES = ("guangdong-2024", "shenzhen-2021", "national-2020", "guangdong-2021", "foshan-department-2022")


def drawn(number: int) -> list[dict[str, Any]]:
    """Return the forms of one of the workbooks."""
    found: list[dict[str, Any]] = []

    @seed(number)
    @settings(max_examples=_FORMS, phases=[Phase.generate], database=None, suppress_health_check=list(HealthCheck))
    @given(forms())
    def draw(data: dict[str, Any]) -> None:
        found.append(data | {"scheme": _SCHEMES[number % len(_SCHEMES)]})

    draw()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("number", range(_WORKBOOKS))
def test_action_and_undo_leave_every_cell_as_it_was(program: Program, tmp_path: Path, number: int) -> None:
    data = drawn(number)
    assert len(data) == _FORMS
    choice = random.Random(number)
    action = "check" if number % 2 else _OTHERS[number // 2 % len(_OTHERS)]
    with program.opened(workbook(tmp_path / "随机 (10张).xlsx", data)) as book:
        before = program.snapshot(book)
        book.sheets[0].activate()
        ticked = [list(range(choice.randrange(1, 9)))] if action == "adopt" else []
        told = press(book, action, tmp_path, *ticked).told
        undone = press(book, "undo", tmp_path).told
        assert len(told) == len(undone) == 1 and undone[0].startswith("已撤销"), (told, undone)
        assert (action, differences(before, program.snapshot(book))) == (action, [])
        assert program.impl.state() == AT_REST
