"""The buttons on every scheme's form: what it changes can be undone to the last note, what it only reads stays as it is."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.live.press import AT_REST, AWKWARD, CHANGING, SCHEMES, form_of, form_with_row, press, workbook
from tests.live.program import Program
from tests.live.snapshot import changed_places, differences
from toolkit.addin.call import ACTIONS

REASON = "经县政府同意带错误报送"


@pytest.mark.slow
@pytest.mark.parametrize(("number", "scheme"), list(enumerate(SCHEMES)), ids=SCHEMES)
def test_what_a_button_changes_is_undone(program: Program, tmp_path: Path, number: int, scheme: str) -> None:
    path = workbook(tmp_path / f"{AWKWARD}.xlsx", [form_with_row(scheme)], scheme)
    with program.opened(path) as book:
        before = program.snapshot(book)
        # Every other button, so that two schemes that follow each other see all of them.
        for action, prepare, answers, told in CHANGING[number % 2 :: 2]:
            prepare(book)
            pressed = press(book, action, tmp_path, *answers)
            assert [line.startswith(told) for line in pressed.told] == [True], (action, pressed.told)
            undone = press(book, "undo", tmp_path)
            assert [line.startswith(f"已撤销“{ACTIONS[action]}”") for line in undone.told] == [True], undone.told
            assert (action, differences(before, program.snapshot(book))) == (action, [])
            assert program.impl.state() == AT_REST


@pytest.mark.slow
def test_actions_in_a_row_are_undone_one_by_one(program: Program, tmp_path: Path) -> None:
    scheme = "foshan-department-2022"
    path = workbook(tmp_path / f"{AWKWARD}.xlsx", [form_with_row(scheme)], scheme)
    with program.opened(path) as book:
        stages = [program.snapshot(book)]
        for action, prepare, answers, _ in CHANGING:
            prepare(book)
            press(book, action, tmp_path, *answers)
            stages.append(program.snapshot(book))
        assert all(changed_places(*pair) for pair in pairwise(stages))
        for action, stage in reversed(list(zip([each[0] for each in CHANGING], stages, strict=False))):
            press(book, "undo", tmp_path)
            assert (action, differences(stage, program.snapshot(book))) == (action, [])


@pytest.mark.slow
def test_what_only_reads_leaves_the_workbook_alone(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "各单位 (2024年)"
    folder.mkdir()
    path = workbook(folder / f"{AWKWARD}.xlsx", [form_with_row("guangdong-2024")])
    with program.opened(path) as book:
        before = program.snapshot(book)
        draft = tmp_path / "上一稿.xlsx"
        book.api.SaveCopyAs(str(draft))
        for action, answers, told in (
            ("finish", ("填写原因并导出", REASON), "已生成 "),
            ("sign-off", (), "已生成并打开 "),
            ("entry", (), "已生成并打开 "),
            ("compare", (draft,), f"与“{draft.name}”比较："),
            ("help", (), "绩效自评 "),
        ):
            book.activate()
            pressed = press(book, action, tmp_path, *answers)
            assert [line.startswith(told) for line in pressed.told] == [True], (action, pressed.told)
            assert program.impl.state() == AT_REST
        assert differences(before, program.snapshot(book)) == []
        opened = {each.name for each in program.app.books} - {path.name}
        assert len(opened) == 3 and all((folder / name).exists() for name in opened)
        (handed,) = [each for each in folder.iterdir() if each.name.startswith("报送_2024_市社保局_")]
        assert any(each.suffix == ".xlsx" for each in handed.iterdir())


@pytest.mark.slow
def test_collecting_opens_the_summary(program: Program, tmp_path: Path) -> None:
    folder = tmp_path / "各单位 (2024年)"
    folder.mkdir()
    for number in (1, 2):
        workbook(folder / f"单位{number}.xlsx", [form_of(10, organisation=f"市第{number}中学")])
    with program.opened(workbook(tmp_path / "本单位.xlsx", [form_of(10)])) as book:
        told = press(book, "collect", tmp_path, folder).told
        assert len(told) == 1
        summary = next(each for each in program.app.books if each.name.startswith("汇总"))
        assert any("市第2中学" in str(row) for row in summary.sheets[0].used_range.raw_value)
