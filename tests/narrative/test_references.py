"""The report of a form transcribed from a published report states every figure the published one states."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.narrative.forms import DATA, published
from toolkit.narrative import write_report_of

FIGURES: dict[str, Any] = tomllib.loads((Path(__file__).parent / "report_figures.toml").read_text(encoding="utf-8"))


def bare(text: str) -> str:
    return re.sub(r"[\s,为]", "", text)


@pytest.mark.parametrize("name", FIGURES)
def test_every_published_figure_is_stated(name: str) -> None:
    report = write_report_of(published(DATA / f"{name}.json"))
    text = bare("\n".join(block.text for block in report.blocks))
    assert [figure for figure in FIGURES[name]["figures"] if bare(figure) not in text] == []
