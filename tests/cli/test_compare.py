"""selfeval compare as an officer types it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from tests.cli.test_commands import CASES, Told, run
from tests.workbook.template.files import published
from toolkit.core.form import Form
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange
from toolkit.workbook.template import build_workbook


def second_draft(**row: str) -> dict[str, Any]:
    """Return 102 with its execution rate put right and an indicator changed."""
    data: dict[str, Any] = json.loads((CASES / "102.json").read_text(encoding="utf-8"))
    for line in data["funds"][:2]:
        line["rate"] = "0.87"
    data["funds"][0]["score"], data["stated_total"]["score"] = "8.70", "96.2"
    data["indicators"][0] |= row
    return data


@pytest.fixture
def drafts(tmp_path: Path) -> tuple[Path, Path]:
    new = tmp_path / "第2稿.json"
    new.write_text(json.dumps(second_draft(deviation="招聘推迟，已于次年补齐。"), ensure_ascii=False), encoding="utf-8")
    return CASES / "102.json", new


def book(path: Path, forms: Sequence[Form]) -> Path:
    build_workbook(path, list(forms), load_schemes()["shenzhen-2021"])
    return path


def test_the_changes_are_shown_and_counted(drafts: tuple[Path, Path], capsys: Told) -> None:
    assert run("compare", *drafts) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["━━ 社保业务公众服务经费（2021 年度）", "　 总分：96.10 → 96.20（＋0.10）；等级：优 → 优。"]
    assert shown[3] == (
        "　 已改正：F02　执行率填 0.86，应为 0.87（直接截去尾数，未四舍五入）。涉及：年度资金总额·执行率、当年财政拨款·执行率。"
    )
    assert shown[-1] == "共修改 5 处，其余内容与上一稿一致。"
    assert [line for line in shown if line.startswith("　 1. ")] == ["　 1. 年度资金总额·执行率"]


def test_the_same_draft_twice(capsys: Told) -> None:
    assert run("compare", CASES / "102.json", CASES / "102.json") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "与上一稿逐项核对，没有发现修改。"


def test_as_json(drafts: tuple[Path, Path], capsys: Told) -> None:
    assert run("compare", "--json", *drafts) == 0
    found = json.loads(capsys.readouterr().out)
    (form,) = found["forms"]
    assert (found["count"], form["status"], form["old"]["total"], form["new"]["total"]) == (5, "compared", "96.10", "96.20")
    assert [each["code"] for each in form["errors_gone"]] == ["F02"] and form["errors_new"] == []
    assert form["changes"][-1] == {
        "kind": "修改",
        "item": "总分·得分",
        "sheet": None,
        "cell": None,
        "before": "96.1",
        "after": "96.2",
        "reason": "",
        "remark": "",
        "computed": False,
    }


def test_a_workbook_shows_cells_and_what_formulas_made_of_a_change(tmp_path: Path, capsys: Told) -> None:
    old = json.loads((CASES / "102.json").read_text(encoding="utf-8"))
    for each in (old["stated_total"], old["indicators"][0]):
        each["score"] = ""
    new = json.loads(json.dumps(old))
    new["indicators"][0]["actual"] = "26人"
    paths = []
    for number, data in enumerate((old, new), 1):
        form = parse_interchange(data, tmp_path / "a.json").form
        paths.append(book(tmp_path / f"第{number}稿.xlsx", [form]))
    assert run("compare", "--json", *paths) == 0
    (form,) = json.loads(capsys.readouterr().out)["forms"]
    assert [(each["cell"], each["item"], each["reason"]) for each in form["changes"]] == [
        ("F13", "劳务派遣人员到岗率·实际完成值", ""),
        ("H13", "劳务派遣人员到岗率·得分", "由公式计算，随其他修改变动"),
        ("H73", "总分·得分", "由公式计算，随其他修改变动"),
    ]


def test_several_forms_in_one_workbook(tmp_path: Path, capsys: Told) -> None:
    one, two, three = (published(case) for case in ("101", "102", "103"))
    old, new = book(tmp_path / "一.xlsx", [one, two]), book(tmp_path / "二.xlsx", [two, one, three])
    assert run("compare", old, new) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line.startswith("━━")] == [
        f"━━ {form.project_name.text}（2021 年度）" for form in (two, one, three)
    ]
    assert shown[-1] == "与上一稿逐项核对，没有发现修改，另有 1 张表只在一稿中有。"


def test_the_table_as_a_workbook(drafts: tuple[Path, Path], tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "对照.xlsx"
    target.write_bytes(b"old")
    assert run("compare", *drafts, "-o", target) == 0
    told = capsys.readouterr()
    assert "修改对照表已写入" in told.err and "另存为" in told.err
    assert [path.read_bytes() for path in tmp_path.glob("对照_备份_*.xlsx")] == [b"old"]
    (sheet,) = openpyxl.load_workbook(target).worksheets
    rows = [[cell for cell in row if cell] for row in sheet.iter_rows(values_only=True)]
    assert rows[:3] == [
        ["修改对照表"],
        ["序号", "项目", "位置", "修改前", "修改后", "修改原因", "对应退回意见"],
        ["社保业务公众服务经费（2021 年度）"],
    ]
    assert ["1", "年度资金总额·执行率", "0.86", "0.87"] in rows
    assert rows[-1] == ["共修改 5 处，其余内容与上一稿一致。"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.print_title_rows) == ("A3", "landscape", "$2:$2")


def test_the_table_as_a_word_file(drafts: tuple[Path, Path], tmp_path: Path) -> None:
    target = tmp_path / "对照.docx"
    assert run("compare", *drafts, "-o", target) == 0
    document = Document(str(target))
    texts = [paragraph.text for paragraph in document.paragraphs if paragraph.text]
    assert [texts[0], texts[-1]] == ["修改对照表", "共修改 5 处，其余内容与上一稿一致。"]
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells][-3:] == ["修改后", "修改原因", "对应退回意见"]
    assert [cell.text for cell in table.rows[1].cells][:5] == ["1", "年度资金总额·执行率", "", "0.86", "0.87"]


@pytest.mark.parametrize(
    "arguments, code, said",
    [
        (("没有.xlsx", CASES / "102.json"), 2, "找不到"),
        ((CASES / "102.json", CASES / "102.json", "-o", "对照.pdf"), 2, "后缀"),
        ((CASES / "102.json",), 64, "少了 本稿"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: tuple[object, ...], code: int, said: str, capsys: Told
) -> None:
    assert run("compare", *arguments) == code
    assert said in capsys.readouterr().err


def test_a_draft_is_never_written_over(drafts: tuple[Path, Path], capsys: Told) -> None:
    first = drafts[1].with_suffix(".xlsx")
    build_workbook(first, published("102"), load_schemes()["shenzhen-2021"])
    before = first.read_bytes()
    assert run("compare", first, drafts[1], "-o", first) == 2
    assert "不能覆盖" in capsys.readouterr().err
    assert first.read_bytes() == before and list(first.parent.glob("*备份*")) == []
