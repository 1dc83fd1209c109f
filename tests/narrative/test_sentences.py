"""Sentences: dropped whole where a fact is missing, printed for a tick only, worded alike for one project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.narrative.forms import case_of
from toolkit.narrative import BlockKind, Report, write_report_of
from toolkit.narrative.outline import OutlineError, load_outlines

FORM: dict[str, Any] = {
    "year": 2022,
    "organisation": "某市档案局",
    "department": "某市档案局",
    "project_name": "档案影像化",
    "currency_unit": "万元",
    "funds": [{"kind": "年度资金总额", "initial_budget": "31.4", "annual_budget": "31.4", "executed": "31.28", "weight": "10", "score": "9.96"}],
    "goal": {"expected": "扫描档案62.8万页。", "actual": "扫描档案62.8万页。"},
    "indicators": [
        {
            "level1": "产出指标",
            "level2": "数量指标",
            "level3": "扫描页数",
            "target": "62.8万页",
            "actual": "50万页",
            "weight": "90",
            "score": "71.66",
            "deviation": "设备到货晚，少扫描12.8万页；下一步增加班次，2023年3月前补完。",
        }
    ],
}


def report(facts: dict[str, Any] | None = None, **changes: Any) -> Report:
    return write_report_of(case_of({**FORM, **changes, "facts": facts or {}}))


def texts(found: Report) -> str:
    return "\n".join(block.text for block in found.blocks)


def test_a_missing_fact_takes_its_whole_sentence_along_and_is_listed() -> None:
    found = report()
    assert "用于" not in texts(found)
    assert ("资金用途",) in [omission.facts for omission in found.omissions]
    assert "资金用途" not in str([omission.facts for omission in report({"资金用途": "档案扫描"}).omissions])
    assert "用于档案扫描。" in texts(report({"资金用途": "档案扫描。"}))


@pytest.mark.parametrize("answer", ["", "否", "不适用"])
def test_a_compliance_statement_is_never_made_unasked(answer: str) -> None:
    found = report({"专款专用": answer} if answer else {})
    assert "专款专用" not in texts(found)
    assert ("专款专用",) in [omission.facts for omission in found.omissions]


def test_a_ticked_statement_is_made() -> None:
    assert "项目资金专款专用。" in texts(report({"专款专用": "是"}))


def test_a_deduction_is_told_with_its_reason_and_what_will_be_done() -> None:
    [block] = [block for block in report().blocks if block.key == "扣分·产出指标－数量指标－扫描页数"]
    assert "扣18.34分" in block.text
    assert "完成率79.62%" in block.text
    assert "设备到货晚，少扫描12.8万页。改进措施：下一步增加班次，2023年3月前补完。" in block.text


def test_a_deduction_without_a_reason_asks_for_it() -> None:
    silent = {**FORM["indicators"][0], "deviation": ""}
    [block] = [block for block in report(indicators=[silent]).blocks if block.key.startswith("扣分·")]
    assert block.text.endswith("原因：【请在自评表“偏差原因分析及改进措施”栏写明】。")
    assert block.pending


def test_nothing_deducted_says_nothing_of_deductions() -> None:
    full = {**FORM["indicators"][0], "actual": "62.8万页", "score": "90", "deviation": ""}
    funds = [{**FORM["funds"][0], "executed": "31.4", "score": "10"}]
    found = texts(report(indicators=[full], funds=funds))
    assert "扣" not in found
    assert "无结余" in found


def test_what_only_the_officer_knows_is_offered_as_a_start_and_marked() -> None:
    pending = [block for block in report().blocks if block.pending]
    assert "“扫描页数”未达到年度指标值（62.8万页），实际完成50万页" in "".join(block.text for block in pending)
    told = {"资金用途": "扫描档案", "执行率偏低原因": "中标价低", "存在问题": "设备到货晚。", "下一步计划": "增加班次。"}
    given = report({**told, "自评通知名称": "关于开展自评的通知"})
    assert [block.key for block in given.blocks if block.pending] == []


def test_fifty_projects_do_not_read_alike_and_each_reads_as_before() -> None:
    names = [f"项目{number}" for number in range(50)]
    conclusions = {
        name: next(block.text.replace(name, "") for block in report(project_name=name).blocks if block.key == "结论") for name in names
    }
    assert len(set(conclusions.values())) > 1
    assert all(report(project_name=name) == report(project_name=name) for name in names[:5])


def test_headings_are_numbered_without_gaps() -> None:
    chapters = [block.text for block in report().blocks if block.kind is BlockKind.HEADING and block.level == 1]
    assert [chapter[0] for chapter in chapters] == list("一二三四五六七")


OUTLINE = """
id = "short"
name = "短报告"
source = "测试"
title = "{{项目名称}}简要报告"
cover = []
numbering = ["一、", "（一）", "1.", "（1）", "①"]
[[part]]
heading = 1
text = "结论"
[[part]]
key = "结论"
sentences = ["得{{总分}}分，执行率{{资金.执行率}}。"]
"""
SCHEME = """
id = "ours-2022"
extends = "national-2020"
title = "本市 2022"
source = "测试"
[report]
outline = "short"
"""


def test_an_outline_and_a_scheme_from_outside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "outlines").mkdir()
    (tmp_path / "schemes").mkdir()
    (tmp_path / "outlines" / "短.toml").write_text(OUTLINE, encoding="utf-8")
    (tmp_path / "schemes" / "本市.toml").write_text(SCHEME, encoding="utf-8")
    monkeypatch.setenv("SELFEVAL_OUTLINES", str(tmp_path / "outlines"))
    monkeypatch.setenv("SELFEVAL_SCHEMES", str(tmp_path / "schemes"))
    assert texts(report(scheme="ours-2022")) == "档案影像化简要报告\n一、结论\n得81.62分，执行率99.62%。"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "short"', "", "“短.toml”（报告提纲）的 id 有误；没有写，必须写出。"),
        ("[[part]]", "[[part", "“短.toml”（报告提纲）用不了；不是有效的 TOML："),
        ('heading = 1', "heading = 9", "“短.toml”（报告提纲）的 part[1]（结论） 有误；标题级别应为 1 至 5。"),
        ('cover = []', "cover = 1", "“短.toml”（报告提纲）的 cover 有误；写的是 1，应为列表 [...]。"),
        ('key = "结论"', 'key = "结论"\nloop = "指标"', "“短.toml”（报告提纲）的 part[2]（结论）.loop 有误；没有这个设置，这里可以写的有：key、sentences、"),
    ],
)
def test_a_wrong_outline_is_named_with_key_and_remedy(tmp_path: Path, old: str, new: str, said: str) -> None:
    (tmp_path / "短.toml").write_text(OUTLINE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(OutlineError) as caught:
        load_outlines(tmp_path)
    assert str(caught.value).startswith(said)


def test_a_name_that_does_not_exist_is_told_with_those_that_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "短.toml").write_text(OUTLINE.replace("{{总分}}", "{{总得分}}").replace('"short"', '"national"'), encoding="utf-8")
    monkeypatch.setenv("SELFEVAL_OUTLINES", str(tmp_path))
    with pytest.raises(OutlineError) as caught:
        report()
    assert "结论[1]" in str(caught.value)
    assert "可用的有：项、序、共、一级、主管部门" in str(caught.value)
