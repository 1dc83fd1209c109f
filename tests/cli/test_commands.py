"""The commands as a stranger types them: right, mistyped, on wrong files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import toolkit
from toolkit.cli.main import main
from toolkit.workbook.read import read_forms

CASES = Path(__file__).parents[1] / "cases"
Told = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    """Run the command line; a usage error exits as the shell would see it."""
    try:
        return main([str(argument) for argument in arguments])
    except SystemExit as stop:
        return int(stop.code or 0)


def checked(capsys: Told, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    code = run("check", "--json", *arguments)
    return code, json.loads(capsys.readouterr().out)


def test_check_as_json_has_the_agreed_shape(capsys: Told) -> None:
    code, (form,) = checked(capsys, CASES / "102.json")
    assert code == 1
    assert (form["status"], form["scheme"], form["year"], form["project"]) == (
        "checked",
        "shenzhen-2021",
        2021,
        "社保业务公众服务经费",
    )
    score = form["score"]
    assert {key: score[key] for key in ("computed", "filled", "stated", "grade", "basis")} == {
        "computed": "97.59",
        "filled": "96.09",
        "stated": "96.1",
        "grade": "优",
        "basis": "printed",
    }
    assert score["lines"][0] == {
        "row": "年度资金总额",
        "weight": "10",
        "rate": "0.87",
        "computed": "8.70",
        "filled": "8.60",
        "deduction": "1.30",
        "working": "3866689.10 ÷ 4448000.00 = 0.8693… → 0.87；10 × 0.87 = 8.70",
    }
    finding = form["findings"][0]
    assert (finding["code"], finding["severity"], finding["sheet"], finding["cell"]) == ("F02", "error", None, None)
    assert (finding["field"], finding["found"], finding["expected"]) == ("年度资金总额·执行率", "0.86", "0.87")
    assert [place["field"] for place in finding["places"]] == ["年度资金总额·执行率", "当年财政拨款·执行率"]
    assert "3,866,689.10 ÷ 4,448,000.00 = 0.8693…" in finding["message"]
    assert finding["fix"] and finding["source"] and finding["explained"] is None
    assert len(form["fingerprint"]) == 9


def test_findings_across_files_come_in_a_last_object(capsys: Told) -> None:
    code, found = checked(capsys, *sorted(CASES.glob("10?.json")))
    assert code == 1 and len(found) == 9
    assert found[-1]["file"] is None
    assert [each["code"] for each in found[-1]["findings"]] == ["F14"]


def test_a_file_that_cannot_be_read_is_a_line_of_its_own_and_wins_the_exit_code(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "坏.json").write_text("{", encoding="utf-8")
    code, (good, bad) = checked(capsys, CASES / "102.json", tmp_path / "坏.json")
    assert code == 2
    assert (good["status"], bad["status"]) == ("checked", "unreadable")
    assert "不是有效的 JSON" in bad["reason"]


def test_check_for_people(capsys: Told) -> None:
    assert run("check", CASES / "104.json") == 1
    out = capsys.readouterr().out
    assert "【错误】1 处" in out and "D01" in out and "算式：" in out and "改法：" in out and "依据：" in out
    assert "不代替对数据真实性的审核" in out


def test_the_grade_in_json_is_that_of_the_computed_total(capsys: Told) -> None:
    _, (form,) = checked(capsys, CASES / "037.json")
    assert form["score"]["grade"] == "良"
    assert "S10" in [each["code"] for each in form["findings"]]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["chek", "a.json"], "是不是想写 check"),
        ([], "少了 命令"),
        (["check"], "少了 文件"),
        (["check", "a.json", "--stage", "年中"], "--stage 没有“年中”"),
        (["check", "a.json", "--sheme", "x"], "不认识 --sheme x"),
        (["check", "a.json", "b.json", "-o", "c.xlsx"], "-o 只能和一个文件一起用"),
        (["check", "a.json", "--scheme", "mars"], "没有编号为“mars”的评分标准"),
        (["new", "--indicators", "百", "-o", "a.xlsx"], "应为整数"),
        (["new", "--indicators", "61", "-o", "a.xlsx"], "1 至 60"),
        (["new"], "少了 -o"),
        (["rule", "F99"], "没有代码为“F99”的检查"),
    ],
)
def test_wrong_usage_is_told_in_chinese_with_code_64(arguments: list[str], told: str, capsys: Told) -> None:
    assert run(*arguments) == 64
    error = capsys.readouterr().err
    assert told in error
    assert "usage" not in error and "Traceback" not in error


def test_help_is_chinese(capsys: Told) -> None:
    for command in ("", "new", "fill", "check", "report", "schemes", "rules", "rule", "demo"):
        assert run(*([command] if command else []), "--help") == 0
        out = capsys.readouterr().out
        assert out.startswith("用法：")
        assert not {"usage", "options", "positional", "show this"} & set(out.split())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("没有.json", None, "找不到"),
        ("空.json", "", "不是有效的 JSON"),
        ("空.xlsx", "", "空"),
        ("网页.xlsx", "<html><table></table></html>", "xlsx"),
        ("说明.docx", "x", "读不了"),
        ("~$自评表.xlsx", "x", "~$"),
    ],
)
def test_a_wrong_file_is_one_sentence_and_code_2(tmp_path: Path, name: str, content: str | None, told: str, capsys: Told) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert run("check", path) == 2
    error = capsys.readouterr().err
    assert told in error and name in error
    assert "Traceback" not in error


def test_fill_then_check_on_a_chinese_path_with_blanks(tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "2021年 自评（终稿）.xlsx"
    assert run("fill", CASES / "102.json", "-o", target) == 0
    assert "深圳 2021" in capsys.readouterr().err
    code, (form,) = checked(capsys, target)
    assert code == 1
    assert (form["sheet"], form["findings"][0]["cell"]) == ("自评表", "H6")
    assert form["score"]["computed"] == "97.59"


def test_the_result_workbook_leaves_the_original_untouched(tmp_path: Path, capsys: Told) -> None:
    filled, result = tmp_path / "表.xlsx", tmp_path / "结果.xlsx"
    run("fill", CASES / "104.json", "-o", filled)
    before = filled.read_bytes()
    assert run("check", filled, "-o", result) == 1
    assert filled.read_bytes() == before
    assert read_forms(result) == read_forms(filled)
    assert "检查结果" in capsys.readouterr().err


def test_a_result_for_a_source_that_is_not_ours_is_a_filled_template(tmp_path: Path) -> None:
    assert run("check", CASES / "106.json", "-o", tmp_path / "结果.xlsx") == 1
    assert read_forms(tmp_path / "结果.xlsx")[0].project_name.text == "社保关系转移业务邮寄费"


def test_what_stood_there_before_is_kept(tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "表.xlsx"
    run("fill", CASES / "104.json", "-o", target)
    before = target.read_bytes()
    run("fill", CASES / "106.json", "-o", target)
    (copy,) = tmp_path.glob("表_备份_*.xlsx")
    assert copy.read_bytes() == before
    assert copy.name in capsys.readouterr().err


@pytest.mark.parametrize("name", ["没有的文件夹/表.xlsx", "表.pdf", "表.xlsm"])
def test_a_target_that_cannot_be_is_told_before_anything_is_written(tmp_path: Path, name: str, capsys: Told) -> None:
    assert run("fill", CASES / "104.json", "-o", tmp_path / name) == 2
    assert "请" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_goals_are_compared(tmp_path: Path, capsys: Told) -> None:
    data = json.loads((CASES / "104.json").read_text(encoding="utf-8"))
    data["indicators"][0]["target"] = "≥98%"
    goals = tmp_path / "批复.json"
    goals.write_text(json.dumps(data), encoding="utf-8")
    _, (same,) = checked(capsys, CASES / "104.json", "--goals", CASES / "104.json")
    _, (changed,) = checked(capsys, CASES / "104.json", "--goals", goals)
    assert "G01" not in [each["code"] for each in same["findings"]]
    assert [each["field"] for each in changed["findings"] if each["code"] == "G01"] == ["按计划采购办公设备·年度指标值"]


def test_the_ledger_is_compared(tmp_path: Path, capsys: Told) -> None:
    ledger = tmp_path / "台账.csv"
    ledger.write_text("项目名称,年初预算数,全年预算数,全年执行数\n零星购置费,20000,50000,49934\n", encoding="utf-8")
    _, (form,) = checked(capsys, CASES / "104.json", "--ledger", ledger)
    assert [each["field"] for each in form["findings"] if each["code"] == "F17"] == ["年度资金总额·全年执行数"]


def test_at_the_goals_stage_next_year_is_now(capsys: Told) -> None:
    _, (form,) = checked(capsys, CASES / "108.json", "--stage", "目标")
    assert "next_year" not in {each["severity"] for each in form["findings"]}


def test_the_ministry_goals_give_a_form_to_fill(tmp_path: Path, capsys: Told) -> None:
    for name in ("moe2019_template.xls", "moe2019_template.xlsx"):
        target = tmp_path / f"{name}.xlsx"
        assert run("fill", CASES / "files" / name, "-o", target) == 0
        (form,) = read_forms(target)
        assert [row.target.text for row in form.indicators][:3] == ["≥0", "1", "≥90%"]
        assert form.fund_total is not None and form.fund_total.initial_budget.number == 190


def test_lists(capsys: Told) -> None:
    assert run("schemes") == 0
    assert "shenzhen-2021" in capsys.readouterr().out
    assert run("rules") == 0
    assert "F02" in capsys.readouterr().out
    assert run("rule", "f02") == 0
    page = capsys.readouterr().out
    assert "为什么：" in page and "怎么改：" in page


def test_the_demo_leaves_a_workbook_for_every_published_form_and_a_table(tmp_path: Path, capsys: Told) -> None:
    assert run("demo", tmp_path / "demo") == 0
    data = Path(toolkit.__file__).parent / "data"
    given = {folder.name: len(list(folder.glob("*.json"))) for folder in data.iterdir() if folder.is_dir()}
    made = {folder.name: len(list(folder.glob("*.xlsx"))) for folder in (tmp_path / "demo").iterdir()}
    assert made == {**given, "报送材料": 0, "汇总.xlsx": 0} and given["shenzhen-2021"] == 8
    summary = openpyxl.load_workbook(tmp_path / "demo" / "汇总.xlsx")
    rows = list(summary["汇总表"].iter_rows(values_only=True))
    files = [str(value) for row in rows for value in row if str(value).endswith(".xlsx")]
    assert sorted(files) == sorted(f"{path.parent.name}/{path.name}" for path in (tmp_path / "demo").glob("*/*.xlsx"))
    last = [[cell.value for row in summary[sheet].iter_rows() for cell in row if cell.value][-1] for sheet in ("未能读取", "版本与重复")]
    assert last == ["全部文件都已读取。", "没有重复报送的项目。"]
    (handed,) = (tmp_path / "demo" / "报送材料").glob("报送_*")
    assert len(list(handed.glob("*_自评表.xlsx"))) == 8 and (handed / "邮件草稿.eml").is_file()
    out = capsys.readouterr().out
    for total in ("98", "96.1", "91.9", "99.6", "96.8", "97.4", "83.95", "92"):
        assert total in out.split()


def test_an_unforeseen_fault_is_one_sentence_and_a_log(monkeypatch: pytest.MonkeyPatch, capsys: Told, tmp_path: Path) -> None:
    monkeypatch.setenv("SELFEVAL_LOG", str(tmp_path / "日志"))
    monkeypatch.setattr("toolkit.checks.review.fingerprint", lambda *_: 1 / 0)
    assert run("check", CASES / "104.json") == 2
    error = capsys.readouterr().err
    assert "ZeroDivisionError" not in error and "selfeval.log" in error
    assert "ZeroDivisionError" in (tmp_path / "日志" / "selfeval.log").read_text(encoding="utf-8")


HUGE = {"kind": "合计", "annual_budget": "1e999999999", "weight": "9" * 400}


@pytest.mark.parametrize("content", ['{"project_name":' * 2000, json.dumps({"project_name": "甲", "funds": [HUGE]})])
def test_one_strange_file_does_not_cost_the_others(tmp_path: Path, content: str, capsys: Told) -> None:
    (tmp_path / "怪.json").write_text(content, encoding="utf-8")
    _, found = checked(capsys, CASES / "104.json", tmp_path / "怪.json")
    assert found[0]["project"] == "零星购置费"
    assert len(found) == 2


def test_an_unforeseen_fault_in_one_file_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    from toolkit.checks.review import review_form as usual

    def fails_once(case: Any, **settings: Any) -> Any:
        return 1 / 0 if case.form.project_name.text == "零星购置费" else usual(case, **settings)

    monkeypatch.setattr("toolkit.cli.check.review_form", fails_once)
    code, (bad, good) = checked(capsys, CASES / "104.json", CASES / "106.json")
    assert (code, bad["status"], good["status"]) == (2, "unreadable", "checked")
    assert "selfeval.log" in bad["reason"]


def test_a_refused_write_leaves_nothing_behind(tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "表.xlsx"
    target.write_bytes(b"officer's own")
    target.chmod(0o444)
    assert run("fill", CASES / "104.json", "-o", target) == 2
    assert "只读" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]
    assert target.read_bytes() == b"officer's own"


def test_several_forms_of_one_unit_say_which_one_is_meant(capsys: Told) -> None:
    _, found = checked(capsys, *sorted(CASES.glob("10?.json")))
    (moved,) = found[-1]["findings"]
    assert moved["field"] == "社保业务公众服务经费·年度资金总额·全年预算数"
    assert len({place["field"] for place in moved["places"]}) == 4


def test_at_the_goals_stage_no_scores_are_told(capsys: Told) -> None:
    run("check", CASES / "104.json", "--stage", "目标")
    out = capsys.readouterr().out
    assert "填报得分" not in out and "等级" not in out
