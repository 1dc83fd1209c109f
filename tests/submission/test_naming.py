"""Names of folders and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.problem import Unwritable
from toolkit.submission.naming import LONGEST_PATH, Names, drafts_in, folder_name, next_draft


def test_names_are_cleaned_numbered_and_divided_by_underscores(tmp_path: Path) -> None:
    names = Names(Path("/报送"))
    assert folder_name("报送", 2024, "××县 社保局", 2) == "报送_2024_××县社保局_第2稿"
    assert names.of_project(1, "窗口服务😀（一期）/二", "自评表", ".xlsx") == "02_窗口服务（一期）二_自评表.xlsx"
    assert names.of_project(3, "😀", "自评报告", ".docx") == "04_项目3_自评报告.docx"
    assert names.of_workbook(1, ["甲", "乙", "丙"]) == "02_甲等3个项目_自评表.xlsx"


def test_a_name_of_200_characters_is_cut_and_keeps_what_tells_it_apart() -> None:
    names = Names(Path("/报送"))
    long = "长" * 200
    shown = [names.of_project(1, long, "自评表", ".xlsx"), names.of_workbook(2, [long, "乙"]), folder_name("报送", 2024, long, 12)]
    assert [len(name) for name in shown] == [80, 80, 80]
    assert [name[-len(end) :] for name, end in zip(shown, ["_自评表.xlsx", "等2个项目_自评表.xlsx", "_第12稿"], strict=True)] == [
        "_自评表.xlsx",
        "等2个项目_自评表.xlsx",
        "_第12稿",
    ]


@pytest.mark.parametrize("length", [60, 150, 190])
def test_the_full_path_stays_below_what_excel_opens(length: int) -> None:
    folder = Path("/" + "夹" * (length - 1))
    name = Names(folder).of_project(1, "长" * 200, "自评表", ".xlsx")
    assert len(str(folder / name)) <= LONGEST_PATH < 218
    assert name.endswith(".xlsx")


def test_a_folder_too_deep_is_refused_with_a_remedy() -> None:
    with pytest.raises(Unwritable, match=r"完整路径有 200 个字.*218.*请用 -o 换一个路径短的文件夹"):
        Names(Path("/" + "夹" * 199))


def test_drafts_of_other_units_and_years_do_not_count(tmp_path: Path) -> None:
    assert next_draft(tmp_path / "没有", "报送", 2024, "甲局") == 1
    for name in ("报送_2024_甲局_第1稿", "报送_2024_甲局_第10稿", "报送_2023_甲局_第12稿", "报送_2024_乙局_第13稿", "公开版_2024_甲局_第14稿"):
        (tmp_path / name).mkdir()
    (tmp_path / "报送_2024_甲局_第15稿").write_text("不是文件夹")
    assert drafts_in(tmp_path, "报送", 2024, "甲局") == [1, 10]
    assert next_draft(tmp_path, "报送", 2024, "甲局") == 11
