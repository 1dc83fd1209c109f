"""The ledger, as bureaus export it."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.intake.ledger import read_ledger
from toolkit.problem import Unreadable


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_ledger_as_csv(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "支付 台账.csv"
    path.write_text("单位：万元\n项目名称,年初预算,调整后预算数,执行数\n图书购置,10,12.5,12.34\n合计,10,12.5,12.34\n", encoding=encoding)
    line = read_ledger(path)[0]
    assert (line.project, line.unit, line.at) == ("图书购置", "万元", "支付 台账.csv 第 3 行")
    assert line.annual_budget is not None and line.executed is not None
    assert (line.annual_budget.text, line.executed.text, line.executed.address) == ("12.5", "12.34", "D3")


def test_a_column_the_ledger_lacks_is_absent(tmp_path: Path) -> None:
    path = tmp_path / "决算.csv"
    path.write_text("项目,决算数\n图书购置,12.34\n", encoding="utf-8")
    (line,) = read_ledger(path)
    assert line.initial_budget is None and line.annual_budget is None
    assert line.unit == ""


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("单位：元\n项目,决算数", "元"),
        ("项目,决算数（元）", "元"),
        ("项目,决算数（万元）", "万元"),
        ("项目,决算数,单位\n甲,1,元", "元"),
        ("公元单位台账\n项目,决算数", ""),
    ],
)
def test_the_unit_is_what_the_ledger_states(tmp_path: Path, heading: str, unit: str) -> None:
    path = tmp_path / "决算.csv"
    path.write_text(f"{heading}\n元宵图书购置,12.34\n", encoding="utf-8")
    assert {line.unit for line in read_ledger(path)} == {unit}


def test_a_file_that_is_no_ledger_is_told(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,科室\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="项目名称"):
        read_ledger(path)
