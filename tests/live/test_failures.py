"""A call that fails in the middle of an action: the workbook and the program are as they were, and one sentence is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.live.press import AT_REST, CHANGING, form_with_row, press, workbook
from tests.live.program import Program
from tests.live.snapshot import differences

_SPREAD = 2
"""At how many of its calls, spread evenly, each action is made to fail."""


@pytest.mark.slow
@pytest.mark.parametrize("place", range(len(CHANGING)), ids=[each[0] for each in CHANGING])
def test_a_failing_call_leaves_everything_as_it_was(program: Program, tmp_path: Path, place: int) -> None:
    action, prepare, answers, _ = CHANGING[place]
    with program.opened(workbook(tmp_path / "表.xlsx", [form_with_row("guangdong-2024")])) as book:
        before = program.snapshot(book)
        prepare(book)
        program.link.restart()
        press(book, action, tmp_path, *answers)
        calls = program.link.calls.total()
        press(book, "undo", tmp_path)
        for step in range(_SPREAD):
            at = 2 + (step + 1) * (calls - 3) // (_SPREAD + 1)
            prepare(book)
            program.link.restart(fail_at=at)
            told = press(book, action, tmp_path, *answers).told
            program.link.restart()
            assert (at, differences(before, program.snapshot(book))) == (at, [])
            assert (at, program.impl.state()) == (at, AT_REST)
            assert len(told) == 1 and re.search("[一-龥]", told[0]) and "Injected" not in told[0]
            assert "没有做完" in told[0]
