"""selfeval report as an officer types it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx import Document

from tests.cli.test_commands import CASES, Told, run
from tests.word.files import body_texts
from tests.workbook.officer_form import write_form
from tests.workbook.report.sheets import rows, stored, typed


def checked(capsys: Told, path: Path) -> list[str]:
    capsys.readouterr()
    run("check", "--json", path)
    (found,) = json.loads(capsys.readouterr().out)
    return [each["code"] for each in found["findings"]]


def test_without_a_target_the_report_is_shown_as_text(capsys: Told) -> None:
    assert run("report", CASES / "102.json") == 0
    told = capsys.readouterr()
    assert re.search(r"^# 2021年度社保业务公众服务经费.*自评报告$", told.out, re.MULTILINE)
    assert "| 当年财政拨款 |" in told.out and "〔待完善〕" in told.out
    assert "略去" in told.err and "没有填报告要素：" in told.err


def test_a_text_file(tmp_path: Path, capsys: Told) -> None:
    assert run("report", CASES / "102.json", "-o", tmp_path / "报告.md") == 0
    text = (tmp_path / "报告.md").read_text(encoding="utf-8")
    assert run("report", CASES / "102.json") == 0
    assert capsys.readouterr().out.strip() == text.strip()
    assert run("report", CASES / "101.json", "-o", tmp_path / "报告.md") == 0
    assert "另存为" in capsys.readouterr().err
    assert text in [path.read_text(encoding="utf-8") for path in tmp_path.glob("报告_备份_*.md")]


def test_a_workbook_from_an_interchange_file_has_report_and_results(tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "报告.xlsx"
    assert run("report", CASES / "102.json", "-o", target) == 0
    assert "“自评报告”，“检查结果”同时更新" in capsys.readouterr().err
    assert stored(target).sheets == ("自评表",)
    assert "R18" in checked(capsys, target)


def test_what_the_officer_wrote_stays_and_is_told(tmp_path: Path, capsys: Told) -> None:
    first, again = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    assert run("report", CASES / "102.json", "-o", first) == 0
    place = next(row.top for row in stored(first).rows if row.state == "自动生成" and "3,866,689.10" in row.row.texts[0])
    own = "　　我们自己写的一段，执行率 86.93%。"
    assert run("report", typed(first, tmp_path / "改.xlsx", {place: own}), "-o", again) == 0
    assert "您改写过的 1 段没有动。" in capsys.readouterr().err
    assert [row for row in rows(again) if row[0] == "已改写"] == [("已改写", own, "")]


def test_a_word_file_with_the_form_behind_the_text(tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "报告.docx"
    assert run("report", CASES / "102.json", "-o", target) == 0
    assert f"报告已写入 {target}，自评表附在后面。" in capsys.readouterr().err
    texts = body_texts(target)
    assert "附件：项目支出绩效自评表" in texts and texts.index("填表人：") > texts.index("总分")
    assert run("report", CASES / "101.json", "-o", target) == 0
    assert "原来的同名文件另存为" in capsys.readouterr().err


def test_a_word_report_carries_the_code_that_check_tells(tmp_path: Path, capsys: Told) -> None:
    assert run("report", CASES / "102.json", "-o", tmp_path / "报告.docx") == 0
    capsys.readouterr()
    run("check", "--json", CASES / "102.json")
    (form,) = json.loads(capsys.readouterr().out)
    document = Document(str(tmp_path / "报告.docx"))
    footers = {paragraph.text for section in document.sections for paragraph in section.footer.paragraphs}
    assert f"校验码 {form['fingerprint']}" in footers


def test_a_word_model_of_the_unit(tmp_path: Path, capsys: Told) -> None:
    document = Document()
    document.add_paragraph("{{ 项目名称 }}得{{ 总分 }}分")
    document.save(str(tmp_path / "模板.docx"))
    model = ("--model", tmp_path / "模板.docx")
    assert run("report", CASES / "102.json", "-o", tmp_path / "报告.docx", *model) == 0
    assert body_texts(tmp_path / "报告.docx") == ["社保业务公众服务经费得96.1分"]
    assert run("report", CASES / "102.json", "-o", tmp_path / "报告.md", *model) == 64
    assert "--model 只用于 Word 报告" in capsys.readouterr().err


def test_a_workbook_that_is_not_ours_says_what_to_do(tmp_path: Path, capsys: Told) -> None:
    write_form(tmp_path / "外来.xlsx")
    assert run("report", tmp_path / "外来.xlsx", "-o", tmp_path / "报告.xlsx") == 2
    assert "selfeval fill" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["没有.xlsx", "没有.json"])
def test_a_missing_file(name: str, tmp_path: Path, capsys: Told) -> None:
    assert run("report", tmp_path / name) == 2
    assert "找不到" in capsys.readouterr().err
