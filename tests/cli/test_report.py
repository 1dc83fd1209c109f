"""selfeval report as an officer types it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.test_commands import CASES, Told, run
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


def test_word_is_refused_in_one_sentence(tmp_path: Path, capsys: Told) -> None:
    assert run("report", CASES / "102.json", "-o", tmp_path / "报告.docx") == 64
    told = capsys.readouterr().err.strip()
    assert "-o 文件.xlsx" in told and "\n" not in told
    assert not (tmp_path / "报告.docx").exists()


def test_a_workbook_that_is_not_ours_says_what_to_do(tmp_path: Path, capsys: Told) -> None:
    write_form(tmp_path / "外来.xlsx")
    assert run("report", tmp_path / "外来.xlsx", "-o", tmp_path / "报告.xlsx") == 2
    assert "selfeval fill" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["没有.xlsx", "没有.json"])
def test_a_missing_file(name: str, tmp_path: Path, capsys: Told) -> None:
    assert run("report", tmp_path / name) == 2
    assert "找不到" in capsys.readouterr().err
