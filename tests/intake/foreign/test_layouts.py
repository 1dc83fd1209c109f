"""Layouts drawn by a seed: no value in a wrong field, and what is not read is named."""

import random
from pathlib import Path

import pytest

from tests.intake.foreign.layouts import Cells, Layout, Made, make_form, write_docx, write_xlsx
from tests.intake.foreign.reading import fields
from toolkit.intake.foreign import read_foreign

LEAST_READ = 0.98


def draw_file(folder: Path, seed: int) -> tuple[Path, Layout, list[Made]]:
    draw = random.Random(seed)
    layout = Layout(draw)
    made = [make_form(draw) for _ in range(draw.choice((1, 1, 1, 2, 3)))]
    sheets = [Cells()] if draw.random() < 0.5 else [Cells() for _ in made]
    top = 1
    for place, each in enumerate(made):
        top = layout.write(sheets[place % len(sheets)], top if len(sheets) == 1 else 1, each)
    path = folder / f"{seed}{draw.choice(('.xlsx', '.docx'))}"
    (write_xlsx if path.suffix == ".xlsx" else write_docx)(path, sheets)
    return path, layout, made


def compare(folder: Path, seeds: range) -> tuple[list[str], int, int]:
    """Return the fields read wrongly, and how many of how many were read."""
    wrong, read, all_fields = [], 0, 0
    for seed in seeds:
        path, layout, made = draw_file(folder, seed)
        found = read_foreign(path)
        assert len(found.forms) == len(made), path.name
        for form, each in zip(found.forms, made, strict=True):
            got, want = dict(fields(form)), dict(layout.expected(each))
            wrong += [f"{path.name} {name}" for name, text in got.items() if text and text != want.get(name, "")]
            read += sum(got.get(name) == text for name, text in want.items() if text)
            all_fields += sum(bool(text) for text in want.values())
    return wrong, read, all_fields


def test_drawn_layouts_are_read(tmp_path: Path) -> None:
    wrong, read, all_fields = compare(tmp_path, range(30))
    assert wrong == []
    assert read >= LEAST_READ * all_fields
    assert all_fields > 3000


@pytest.mark.slow
def test_five_hundred_drawn_layouts_are_read(tmp_path: Path) -> None:
    wrong, read, all_fields = compare(tmp_path, range(30, 530))
    assert wrong == []
    assert read >= LEAST_READ * all_fields
