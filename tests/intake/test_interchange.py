"""Interchange files: read as published, wrong types told in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from toolkit.intake.interchange import read_interchange
from toolkit.problem import Unreadable

CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.json"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.stem))
def test_every_published_form_is_read_whole(path: Path) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    found = read_interchange(path)
    assert found.left_out == ()
    assert [row.target.text for row in found.form.indicators] == [row["target"] or "" for row in data["indicators"]]
    assert [line.executed.text for line in found.form.funds] == [line["executed"] or "" for line in data["funds"]]


def write(folder: Path, text: str) -> Path:
    path = folder / "表.json"
    path.write_text(text, encoding="utf-8")
    return path


def test_unknown_keys_are_named_and_left_out(tmp_path: Path) -> None:
    form = {"project_name": "甲", "colour": "红", "indicators": [{"level3": "乙", "remark": "丙"}]}
    found = read_interchange(write(tmp_path, json.dumps(form)))
    assert found.left_out == ("colour", "indicators.remark")
    assert found.form.indicators[0].name == "乙"


def test_where_figures_come_from_is_read(tmp_path: Path) -> None:
    rows = [
        {"level3": "乙", "provider": "人事科", "grounds": "在岗人数以花名册为准", "evidence": "花名册"},
        {"level3": "丙"},
    ]
    found = read_interchange(write(tmp_path, json.dumps({"project_name": "甲", "indicators": rows})))
    assert found.left_out == ()
    assert [
        (row.provider.text, row.grounds.text, row.evidence and (row.evidence.field, row.evidence.text))
        for row in found.form.indicators
    ] == [("人事科", "在岗人数以花名册为准", ("乙·佐证材料", "花名册")), ("", "", ("丙·佐证材料", ""))]


def test_columns_of_the_forms_own_are_read_by_their_headings(tmp_path: Path) -> None:
    rows = [{"level3": "乙", "own": {"复核分": "9.50", "备 注": None}}, {"level3": "丙"}]
    found = read_interchange(write(tmp_path, json.dumps({"project_name": "甲", "indicators": rows})))
    assert found.left_out == ()
    assert [[(key, cell.field, cell.text) for key, cell in row.own.items()] for row in found.form.indicators] == [
        [("复核分", "乙·复核分", "9.50"), ("备注", "乙·备注", "")],
        [],
    ]
    with pytest.raises(Unreadable, match="own 的类型不对；应为一个对象"):
        read_interchange(write(tmp_path, json.dumps({"indicators": [{"level3": "乙", "own": ["9.50"]}]})))


def test_a_file_without_evidence_keeps_none(tmp_path: Path) -> None:
    found = read_interchange(write(tmp_path, json.dumps({"project_name": "甲", "indicators": [{"level3": "乙"}]})))
    assert found.form.indicators[0].evidence is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "不是有效的 JSON（第 1 行第 1 个字符处）"),
        ("{", "不是有效的 JSON"),
        ("[]", "最外层 的类型不对；应为一个对象"),
        ("{}", "没有自评表的内容"),
        ('{"project_name": ["甲"]}', "project_name 的类型不对；应为文字"),
        ('{"project_name": "甲", "year": "去年"}', "year 的类型不对；应为四位年份"),
        ('{"project_name": "甲", "currency_unit": "美元"}', "currency_unit 的类型不对；应为元 或 万元"),
        ('{"project_name": "甲", "funds": {}}', "funds 的类型不对"),
        ('{"project_name": "甲", "indicators": ["乙"]}', "indicators 的类型不对"),
        ('{"project_name": "甲", "indicators": [{"weight": true}]}', "weight 的类型不对"),
        ('{"project_name": "甲", "declared_section_weights": {"产出": "五十"}}', "declared_section_weights.产出"),
        ('{"project_name": "甲", "goal": "完成"}', "goal 的类型不对"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_interchange(write(tmp_path, text))
    assert told in str(caught.value)
    assert str(caught.value).startswith("“表.json”")


def test_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "表.json"
    path.write_bytes('{"project_name": "甲"}'.encode("gb18030"))
    with pytest.raises(Unreadable, match="UTF-8"):
        read_interchange(path)


def test_numbers_keep_the_digits_they_were_written_with(tmp_path: Path) -> None:
    found = read_interchange(write(tmp_path, '{"project_name": "甲", "indicators": [{"weight": 10.50, "level3": "乙"}]}'))
    assert found.form.indicators[0].weight.text == "10.50"
