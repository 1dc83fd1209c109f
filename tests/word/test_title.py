"""Long titles are broken where a reader would break them."""

from __future__ import annotations

import pytest

from toolkit.word.title import title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("零星修缮项目绩效自评报告", ["零星修缮项目绩效自评报告"]),
        (
            "河源市社保历史档案影像化项目绩效自评报告",
            ["河源市社保历史档案影像化项目", "绩效自评报告"],
        ),
        (
            "佛山市社会保险基金管理局2022年度部门整体支出绩效自评报告",
            ["佛山市社会保险基金管理局", "2022年度部门整体支出绩效自评报告"],
        ),
        ("某单位123456789012345678901234567890", ["某单位", "123456789012345678901234567890"]),
    ],
)
def test_breaks(title: str, lines: list[str]) -> None:
    assert title_lines(title, 20.1) == lines


def test_no_line_is_wider_than_the_page() -> None:
    assert max(map(len, title_lines("很长的项目名称" * 20, 20.1))) <= 20
