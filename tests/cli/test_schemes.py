"""selfeval schemes: every scheme with its columns, tree, rules, equal sections and bands."""

from __future__ import annotations

import pytest

from toolkit.cli.main import main
from toolkit.core.scheme import load_schemes


@pytest.fixture(name="shown")
def _shown(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """Return the lines of each scheme by its id."""
    main(["schemes"])
    blocks: dict[str, list[str]] = {}
    for line in capsys.readouterr().out.splitlines():
        if line.startswith(" "):
            blocks[list(blocks)[-1]].append(line.strip())
        else:
            blocks[line.split()[0]] = []
    return blocks


def test_every_scheme_is_listed(shown: dict[str, list[str]]) -> None:
    assert list(shown) == list(load_schemes())


def test_a_scheme_shows_its_columns_rules_and_tree(shown: dict[str, list[str]]) -> None:
    lines = shown["guangdong-2024"]
    for line in (
        "适用：广东，2024 至 2025 年，表名含“项目支出绩效自评报告”或“项目绩效自评信息指标评分表”",
        "分值：过程 20、产出 40、效益 40",
        "资金栏目：年初预算数、全年预算数、到位金额、到位率、全年执行数、执行率",
        "执行率得分：资金栏不计分",
        "资金支出率：分值 × 执行率，不超过分值",
        "平均分配：产出、效益的分值由本项目各指标平均分配，余数归第一个",
        "完成率分档：80% 以上、60%–80%、60% 以下",
        "过程·资金管理：资金支出率 12",
        "产出·数量指标（由项目自定）",
    ):
        assert line in lines


def test_points_that_a_scheme_does_not_state_are_said_to_be_missing(shown: dict[str, list[str]]) -> None:
    assert "分值：管理效率 50、履职效能 45、其余 5 分标准没有写明" in shown["foshan-department-2022"]
    assert "分值：预算执行率 20、其余 80 分标准没有写明" in shown["hubei-2020"]
    assert "检查级别：F02 改为提醒" in shown["foshan-department-2022"]


def test_local_headings_are_shown_with_the_usual_name(shown: dict[str, list[str]]) -> None:
    [columns] = [line for line in shown["anhui-2023"] if line.startswith("指标栏目：")]
    assert columns.startswith("指标栏目：一级指标、二级指标、三级指标、分值、年度指标值、全年实际值（实际完成值）、得分、")
