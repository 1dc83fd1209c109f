"""Blank forms of nine systems, in Excel and in Word, give the schemes that were written by hand."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.intake.learn.blank import NAMES, blank, text_of, write_docx, write_xlsx
from tests.office.bench import Office
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.core.scheme.load import scheme_of_table
from toolkit.intake.learn import Learned, learn_form, scheme_table

SCHEMES = load_schemes()
NATIONAL = SCHEMES["national-2020"]
FILES = Path(__file__).parents[2] / "cases" / "files"
WRITERS = {"xlsx": write_xlsx, "docx": write_docx}
BY_HAND = {
    "national": "national-2020",
    "shenzhen": "shenzhen-2021",
    "anhui": "anhui-2023",
    "yunnan": "yunnan-2022",
    "hubei": "hubei-2020",
    "guangdong": "guangdong-2021",
    "guangdong2024": "guangdong-2024",
    "foshan": "foshan-department-2022",
    "sichuan": "sichuan-2021",
}
ITS_OWN = {"id", "title", "source", "base", "readings", "applies_to"}
"""What every scheme has for itself."""
NOT_ON_THE_FORM = {
    # Name of the table at its left side, and how many rows a blank form shows, are this form's own.
    "national": {"labels", "tree"},
    "yunnan": {"tree"},
    "anhui": {"labels", "tree"},
    # The rounding of the rate stands in no footnote: it was seen in filled forms.
    "shenzhen": {"rate_basis", "rate_decimals", "rate_fixed_decimals", "rate_percent"},
    # The form has no 年度总体目标, and the bands have its own names; 满意度 stands under 效益.
    "hubei": {"labels", "tree", "has_goals", "bands"},
    # Which report belongs to the form, and why a leaf is scored by hand, the form does not say.
    "guangdong": {"labels", "outline", "leaf_rules"},
    "guangdong2024": {"outline", "leaf_rules", "percent_is_completion"},
    "foshan": {"outline", "leaf_rules", "severities"},
    # 年度目标 is no row of this form, and it has no column for reasons.
    "sichuan": {"labels", "tree", "leaf_rules", "columns"},
}


def learned(name: str, suffix: str, folder: Path, text: str | None = None) -> Learned:
    path = WRITERS[suffix](blank(text or text_of(name)), folder / f"空白表 {name}.{suffix}")
    return learn_form(path, NATIONAL)


def scheme_of(found: Learned) -> Scheme:
    table, _ = scheme_table(found, "new", "名称", "来源")
    return scheme_of_table("new.toml", table)


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_a_blank_form_gives_the_scheme_that_was_written_by_hand(name: str, suffix: str, tmp_path: Path) -> None:
    scheme, own = scheme_of(learned(name, suffix, tmp_path)), SCHEMES[BY_HAND[name]]
    fields = {each.name for each in dataclasses.fields(Scheme)} - ITS_OWN
    assert {each for each in fields if getattr(scheme, each) != getattr(own, each)} == NOT_ON_THE_FORM[name]


def tree(scheme: Scheme) -> list[tuple[str, str, int]]:
    return [(block.level1, block.level2, block.rows) for block in scheme.tree]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("national", [2, 2, 2, 2, 1, 2, 1, 1, 1]),
        ("shenzhen", [2, 1, 1, 2, 1, 1, 1, 1]),
        ("anhui", [1, 1, 1, 1, 1, 1, 1, 1]),
        ("sichuan", [2, 2, 1, 1, 1, 1]),
    ],
)
def test_each_second_level_has_the_rows_of_the_form(name: str, rows: list[int], suffix: str, tmp_path: Path) -> None:
    assert [count for _, _, count in tree(scheme_of(learned(name, suffix, tmp_path)))] == rows


def test_levels_are_those_of_the_form(tmp_path: Path) -> None:
    assert tree(scheme_of(learned("hubei", "docx", tmp_path))) == [
        ("产出指标", "数量指标", 1),
        ("产出指标", "质量指标", 1),
        ("产出指标", "时效指标", 1),
        ("效益指标", "经济效益指标", 1),
        ("效益指标", "社会效益指标", 1),
        ("效益指标", "生态效益指标", 1),
        ("效益指标", "满意度指标", 1),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_says_where_it_was_read_or_that_it_was_not(name: str, tmp_path: Path) -> None:
    found = learned(name, "xlsx", tmp_path)
    assert all(claim.place.startswith("附件1!") and claim.text and 0 < claim.confidence <= 1 for claim in found.claims)
    assert all(reason for _, reason in found.assumed.values())
    assert not {claim.label for claim in found.claims} & found.assumed.keys()


def test_what_the_form_does_not_say_is_the_bases_and_said_to_be(tmp_path: Path) -> None:
    found = learned("anhui", "xlsx", tmp_path)
    assert found.assumed["等级·优"] == ("90", "表上没有写，按全国 2020")
    assert found.assumed["项目金额"] == ("无", "表上没有这一栏")
    last_year = learn_form(tmp_path / "空白表 anhui.xlsx", SCHEMES["shenzhen-2021"])
    assert last_year.assumed["执行率得分依据"] == ("印出的执行率", "表上没有写，按深圳 2021")


def test_what_was_not_understood_is_listed_with_its_place(tmp_path: Path) -> None:
    found = learned("hubei", "xlsx", tmp_path)
    assert [(each.place, each.text[:14]) for each in found.unread] == [
        ("附件1!A5", "项目类别"),
        ("附件1!C5", "1、部门预算项目 □"),
        ("附件1!C5", "2、市直专项 □"),
        ("附件1!C5", "3、市对下转移支付项目 □"),
        ("附件1!A18", "改进措施及结果应用方案"),
        ("附件1!A19", "1.预算执行情况口径：预算数"),
        ("附件1!A20", "2.定量指标完成数汇总原则："),
    ]
    assert [claim.value for claim in found.confirmed] == ["正向指标得分＝分值×实际完成值÷年度指标值", "得分不超过分值"]


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_the_headings_of_the_ministrys_workbook(suffix: str) -> None:
    found = learn_form(FILES / f"moe2019_template.{suffix}", NATIONAL)
    scheme = scheme_of(found)
    fields = [each.name for each in dataclasses.fields(Scheme) if each.name not in ITS_OWN]
    assert {each for each in fields if getattr(scheme, each) != getattr(NATIONAL, each)} == {"labels"}
    assert scheme.labels == {"资金来源": "项目名称", "年度绩效指标": "绩效指标"}
    assert {each.text for each in found.unread} == {
        "2019年210青少年校园足球扶持资金",
        "教育部",
        "完成校园足球运动技术动画20集的设计制作与播出",
    }
    assert found.notes == (
        "文件里还有 2 张表没有读（项目支出绩效目标申报表、项目支出绩效目标执行监控），只读“项目支出绩效自评表”的第一张自评表",
    )


@pytest.mark.office
@pytest.mark.parametrize("name", ["national", "guangdong"])
@pytest.mark.parametrize(("made", "saved"), [("xlsx", "xls"), ("xlsx", "xlsx"), ("docx", "docx")])
def test_a_form_saved_by_libreoffice_says_the_same(
    name: str, made: str, saved: str, tmp_path: Path, office: Office
) -> None:
    before = learned(name, made, tmp_path)
    copy = office.resave(tmp_path / f"空白表 {name}.{made}", tmp_path / f"另存.{saved}")
    after = learn_form(copy, NATIONAL)
    assert after.settings == before.settings
    assert [each.text for each in after.unread] == [each.text for each in before.unread]
