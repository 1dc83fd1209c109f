"""Layouts drawn by chance, left blank: what is learned is what was drawn, column for column."""

from __future__ import annotations

import random
from itertools import groupby
from pathlib import Path

import pytest

from tests.intake.foreign.layouts import FUND_HEADINGS, HEADINGS, Cells, Layout, Made, make_form, write_docx, write_xlsx
from tests.intake.learn.test_learn import NATIONAL, scheme_of
from toolkit.core.columns import OWN_COLUMNS
from toolkit.core.scheme import Scheme
from toolkit.intake.foreign.columns import NAMES
from toolkit.intake.learn import learn_form

SEEDS = range(24)
WRITERS = {"xlsx": write_xlsx, "docx": write_docx}


def emptied(made: Made) -> Made:
    """Leave of a form what a blank one prints."""
    made.head = dict.fromkeys(made.head, "")
    made.goals = ("", "")
    made.funds = [{name: line["kind"] if name == "kind" else "" for name in line} for line in made.funds]
    made.funds[0]["weight"] = "10"
    made.indicators = [
        {name: row[name] if name in ("level1", "level2") else "" for name in row} for row in made.indicators
    ]
    made.total = ("100", "")
    return made


class Drawn:
    """A blank form with what must be learned of it."""

    def __init__(self, seed: int) -> None:
        """Draw a layout and a form."""
        draw = random.Random(seed)
        self.made = emptied(make_form(draw))
        self.layout = Layout(draw)
        self.layout.total = "below"
        self.cells = Cells()
        self.layout.write(self.cells, 1, self.made)

    def columns(self) -> list[tuple[str, str]]:
        """Return the columns by field and heading."""
        # 评分标准 is a column of other forms, too; what only this form has is its own.
        own = iter(OWN_COLUMNS)
        return [
            (NAMES[name] if name in NAMES else "指标说明" if text == "评分标准" else next(own), "".join(text.split()))
            for name, text in self.layout.columns
        ]

    def tree(self) -> list[tuple[str, str, int]]:
        """Return the 二级指标 with their rows."""
        groups = groupby((row["level1"], row["level2"]) for row in self.made.indicators)
        return [(*levels, len(list(rows))) for levels, rows in groups]

    def funds(self) -> set[str]:
        """Return the fields of the fund table."""
        return {NAMES[name] for name in FUND_HEADINGS if self.layout.initial or name != "initial_budget"}


def learn(drawn: Drawn, suffix: str, folder: Path) -> Scheme:
    path = folder / f"a.{suffix}"
    WRITERS[suffix](path, [drawn.cells])
    return scheme_of(learn_form(path, NATIONAL))


@pytest.mark.parametrize(("suffix", "seeds"), [("xlsx", SEEDS), ("docx", SEEDS[:5])])
def test_columns_levels_and_funds_are_those_that_were_drawn(suffix: str, seeds: range, tmp_path: Path) -> None:
    for seed in seeds:
        drawn = Drawn(seed)
        scheme = learn(drawn, suffix, tmp_path)
        assert [(column.field, column.heading) for column in scheme.columns] == drawn.columns(), seed
        assert [(block.level1, block.level2, block.rows) for block in scheme.tree] == drawn.tree(), seed
        assert {column.field for column in scheme.fund_columns} == drawn.funds(), seed
        assert [*scheme.fund_rows] == [line["kind"] for line in drawn.made.funds], seed
        assert (scheme.currency_unit, scheme.has_goals, f"{scheme.execution_weight}") == (
            drawn.made.unit,
            True,
            "10",
        ), seed


def test_headings_of_the_generator_are_of_all_kinds() -> None:
    drawn = [Drawn(seed) for seed in SEEDS]
    assert {name for each in drawn for name, _ in each.layout.columns} >= {*HEADINGS, "sign", "value", "unit", "spare"}
    assert {each.layout.levels for each in drawn} == {"merged", "blank", "repeated"}
    assert {each.layout.two_rows for each in drawn} == {True, False}
