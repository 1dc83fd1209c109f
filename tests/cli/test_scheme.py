"""selfeval scheme learn as an officer uses it: learn, look, correct in 评分参数, take back, fill, check."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_commands import run
from tests.intake.learn.blank import NAMES, blank, text_of, write_docx, write_xlsx
from tests.workbook.read.test_scheme_forms import funds_of, rows_of
from tests.workbook.template.files import published
from toolkit.core.form import Form
from toolkit.core.money import plain
from toolkit.core.scheme import choose_scheme, load_scheme, load_schemes
from toolkit.workbook.read import read_forms

Told = pytest.CaptureFixture[str]
CASES = Path(__file__).parents[1] / "cases"
TEMPLATES = Path(__file__).parents[2] / "workbook_templates"
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")


def blank_form(name: str, suffix: str = "docx") -> str:
    write = write_docx if suffix == "docx" else write_xlsx
    return str(write(blank(text_of(name)), Path(f"空白表.{suffix}")))


def corrected(path: str, out: str, **settings: str) -> str:
    """Type settings into 评分参数 as the officer does."""
    book = openpyxl.load_workbook(path)
    left = dict(settings)
    for row in book["评分参数"].iter_rows(min_col=1, max_col=2):
        if row[0].value in left:
            assert not row[1].protection.locked
            row[1].value = left.pop(str(row[0].value))
    assert left == {}
    book.save(out)
    return out


def test_learn_shows_what_was_understood_and_what_was_not(folder: Path, capsys: Told) -> None:
    assert run("scheme", "learn", blank_form("hubei"), "-o", "2025.toml") == 0
    told = capsys.readouterr()
    for line in (
        "　预算执行率分值：20　（表 1 第 4 行第 1 列，另见 表 1 第 4 行第 6 列；原词：“预算执行情况（万元）（20分）”）",
        "　资金栏目·1：全年预算数＝预算数(A)　（表 1 第 4 行第 3 列；别名 95%：“预算数(A)”）",
        "　等级·优：90　（表上没有写，按全国 2020）",
        "　表 1 第 16 行第 1 列“改进措施及结果应用方案”：模板没有这一栏，没有采用",
    ):
        assert line in told.out.splitlines()
    assert (
        "“空白表.docx”：读懂 31 项（原词 24 项，别名 7 项）；表上没有写、另取的 17 项；没有读懂或没有采用 7 处。"
        in told.err
    )
    assert "请打开 2025.xlsx 的工作表“评分参数”逐项核对" in told.err
    assert sorted(path.name for path in folder.iterdir()) == ["2025.toml", "2025.xlsx", "空白表.docx"]


def test_what_contradicts_itself_is_written_and_told_by_the_exit_code(folder: Path, capsys: Told) -> None:
    assert run("scheme", "learn", blank_form("foshan"), "-o", "部门.toml") == 1
    assert "分值相加是 95，应为 100：管理效率 50＋履职效能 45" in capsys.readouterr().out
    sheet = openpyxl.load_workbook("部门.xlsx")["评分参数"]
    rows = {str(row[0].value): row[1].value for row in sheet.iter_rows(min_col=1, max_col=2) if row[0].value}
    assert (rows["标准分值·管理效率"], rows["标准分值·履职效能"]) == ("50", "45")
    assert "矛盾·1" in rows


def whole(form: Form, given: Form) -> tuple[object, ...]:
    heads = ("project_name", "department", "implementing_unit", "expected_goal", "achieved_goal")
    return rows_of(form), funds_of(form, given), [getattr(form, name).text for name in heads]


@pytest.mark.parametrize(
    ("name", "case"),
    list(zip(NAMES, ("102", "024", "014", "035", "107", "006", "020", "101", "033"), strict=True)),
)
def test_a_form_comes_out_of_a_learned_template_as_it_went_in(name: str, case: str, folder: Path, capsys: Told) -> None:
    assert run("scheme", "learn", blank_form(name, "xlsx"), "-o", "标准.toml") in (0, 1)
    assert run("fill", CASES / f"{case}.json", "--scheme", "标准.toml", "-o", "填好.xlsx") == 0
    form = published(case)
    (read,) = read_forms(Path("填好.xlsx"))
    assert whole(read, form) == whole(form, form)
    capsys.readouterr()
    # Neither the scheme file nor its name is needed: the workbook carries its scheme.
    Path("标准.toml").unlink()
    code, (found,) = run("check", "--json", "填好.xlsx"), json.loads(capsys.readouterr().out)
    assert (code in (0, 1), found["status"], found["scheme"]) == (True, "checked", "标准")


def test_a_blank_template_is_the_same_by_new_and_by_learn(folder: Path) -> None:
    run("scheme", "learn", blank_form("anhui"), "-o", "标准.toml")
    assert run("new", "--scheme", "标准.toml", "-o", "新.xlsx") == 0
    assert Path("新.xlsx").read_bytes() == Path("标准.xlsx").read_bytes()


def test_corrections_are_taken_back(folder: Path, capsys: Told) -> None:
    run("scheme", "learn", blank_form("hubei"), "-o", "标准.toml")
    before = load_scheme(Path("标准.toml"))
    changes = {
        "等级·良": "85",
        "预算执行率分值": "10",
        "标准名称": "湖北某区 2025",
        "指标栏目·8": "评分依据＝打分说明",
        "指标树·7": "满意度指标｜服务对象满意度｜2 行",
        "叫法·项目资金": "",
    }
    edited = corrected("标准.xlsx", "改.xlsx", **changes)
    capsys.readouterr()
    assert run("scheme", "learn", edited, "-o", "标准.toml") == 0
    told = capsys.readouterr()
    assert sorted(told.out.splitlines()) == [
        "叫法·项目资金：预算执行情况 → （空）",
        "指标栏目·8：（空） → 评分依据＝打分说明",
        "指标树·7：效益指标｜满意度指标｜1 行 → 满意度指标｜服务对象满意度｜2 行",
        "标准名称：项目自评表（空白表） → 湖北某区 2025",
        "等级·良：80 → 85",
        "预算执行率分值：20 → 10",
    ]
    after = load_scheme(Path("标准.toml"))
    assert (after.title, plain(after.execution_weight), plain(after.grades[1].least)) == ("湖北某区 2025", "10", "85")
    assert after.columns == (*before.columns, type(before.columns[0])("评分依据", "打分说明"))
    assert (after.tree[-1].level1, after.tree[-1].rows) == ("满意度指标", 2)
    assert "项目资金" not in after.labels
    shown = {reading.label: reading.how for reading in after.readings}
    assert shown["等级·良"] == "填报人改正（原来是“80”）"
    assert shown["资金栏目·1"].startswith("表 1 第 4 行第 3 列　别名 95%")
    assert "未读懂·1" in shown
    backups = sorted(path.suffix for path in folder.iterdir() if "_备份_" in path.name)
    assert backups == [".toml", ".xlsx"]


def test_corrections_count_in_check_before_they_are_taken_back(folder: Path, capsys: Told) -> None:
    run("scheme", "learn", blank_form("shenzhen", "xlsx"), "-o", "标准.toml")
    run("fill", CASES / "102.json", "--scheme", "标准.toml", "-o", "填好.xlsx")
    corrected("填好.xlsx", "改.xlsx", **{"执行率得分依据": "印出的执行率", "执行率小数位": "2", "执行率写法": "小数"})
    capsys.readouterr()
    totals = []
    for name in ("填好.xlsx", "改.xlsx"):
        run("check", "--json", name)
        (found,) = json.loads(capsys.readouterr().out)
        totals.append((found["score"]["basis"], found["score"]["lines"][0]["computed"]))
    # 3866689.10 ÷ 4448000.00 is 0.86931…: exact 8.69, printed 0.87 and so 8.70.
    assert totals == [("exact", "8.69"), ("printed", "8.70")]


def test_a_setting_that_cannot_be_used_is_told_and_left_as_the_base_has_it(folder: Path, capsys: Told) -> None:
    run("scheme", "learn", blank_form("shenzhen"), "-o", "标准.toml")
    edited = corrected("标准.xlsx", "改.xlsx", **{"金额单位": "人民币"})
    capsys.readouterr()
    assert run("scheme", "learn", edited, "-o", "标准.toml") == 1
    assert "改.xlsx：“金额单位”填的“人民币”不能用，只能是 元 或 万元。" in capsys.readouterr().err
    run("check", edited)
    assert "改.xlsx：评分参数：“金额单位”填的“人民币”不能用，只能是 元 或 万元" in capsys.readouterr().err


def test_settings_that_make_no_scheme_do_not_stop_the_check(folder: Path, capsys: Told) -> None:
    run("scheme", "learn", blank_form("shenzhen"), "-o", "标准.toml")
    run("fill", CASES / "102.json", "--scheme", "标准.toml", "-o", "填好.xlsx")
    corrected("填好.xlsx", "改.xlsx", **{"指标栏目·7": ""})
    capsys.readouterr()
    assert run("check", "改.xlsx") == 1
    told = capsys.readouterr()
    assert "评分参数：少了得分；这份表自带的标准没有采用" in told.err
    assert "社保业务公众服务经费" in told.out
    assert run("scheme", "learn", "改.xlsx", "-o", "标准.toml") == 2
    assert "少了得分" in capsys.readouterr().err


def test_finish_and_carry_over_keep_the_scheme(folder: Path, capsys: Told) -> None:
    run("scheme", "learn", blank_form("anhui"), "-o", "标准.toml")
    run("fill", CASES / "102.json", "--scheme", "标准.toml", "-o", "填好.xlsx")
    assert run("carry-over", "填好.xlsx", "-o", "明年.xlsx") == 0
    (form,) = read_forms(Path("明年.xlsx"))
    scheme, reason = choose_scheme(form, load_schemes())
    assert (scheme.columns, reason) == (load_scheme(Path("标准.toml")).columns, "表内评分参数写明")
    assert run("finish", "填好.xlsx", "-o", "报送", "--no-pdf", "--despite-errors", "测试") == 0
    (finished,) = (path for path in Path("报送").rglob("*.xlsx") if "自评表" in path.name and "汇总" not in path.name)
    capsys.readouterr()
    assert run("verify", finished) == 0
    (form,) = read_forms(finished)
    assert choose_scheme(form, load_schemes())[0].columns == scheme.columns


def test_last_years_form_moves_into_this_years_template(folder: Path) -> None:
    text = text_of("national").replace("90（含）-100分为优、80（含）-90分为良", "95（含）-100分为优、80（含）-95分为良")
    write_docx(blank(text), Path("今年.docx"))
    run("scheme", "learn", "今年.docx", "-o", "今年.toml")
    run("fill", CASES / "102.json", "-o", "去年.xlsx")
    assert run("fill", "去年.xlsx", "--scheme", "今年.toml", "-o", "我的.xlsx") == 0
    (form,) = read_forms(Path("我的.xlsx"))
    scheme, _ = choose_scheme(form, load_schemes())
    assert [f"{grade.name}{plain(grade.least)}" for grade in scheme.grades] == ["优95", "良80", "中60", "差0"]
    assert whole(form, published("102")) == whole(published("102"), published("102"))


def test_a_blank_form_is_never_overwritten_by_its_template(folder: Path, capsys: Told) -> None:
    source = Path(blank_form("anhui", "xlsx"))
    before = source.read_bytes()
    assert run("scheme", "learn", source, "-o", "空白表.toml") == 0
    assert Path("空白表_模板.xlsx").exists()
    assert run("scheme", "learn", source, "-o", "b.toml", "--template", source) == 2
    assert "就是要读的原文件，不能覆盖" in capsys.readouterr().err
    assert source.read_bytes() == before


def test_the_scheme_file_says_only_what_differs(folder: Path) -> None:
    run("scheme", "learn", blank_form("shenzhen"), "-o", "a.toml", "--base", "shenzhen-2021", "--title", "深圳 2026")
    text = Path("a.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    readings = table.pop("readings")
    assert table == {
        "id": "a",
        "extends": "shenzhen-2021",
        "title": "深圳 2026",
        "source": "空白表“空白表.docx”",
        # The form is that of 2021 and later, of no place in particular.
        "applies_to": {"regions": [], "last_year": 2099},
    }
    assert {
        "label": "标准分值·效益指标",
        "value": "20",
        "how": "原词：“效益指标（20分）”",
        "place": "表 1 第 17 行第 2 列",
    } in readings
    assert text.startswith("# 由 selfeval scheme learn 生成，读自“空白表.docx”。")


def test_last_years_scheme_says_what_this_years_form_does_not(
    folder: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = text_of("national").replace("90（含）-100分为优、80（含）-90分为良", "95（含）-100分为优、80（含）-95分为良")
    write_docx(blank(text), Path("去年.docx"))
    run("scheme", "learn", "去年.docx", "-o", "去年.toml", "--title", "去年的表")
    capsys.readouterr()
    assert run("scheme", "learn", blank_form("anhui"), "-o", "今年.toml", "--base", "去年.toml") == 0
    assert "　等级·优：95　（表上没有写，按去年的表）" in capsys.readouterr().out.splitlines()
    # The file stands alone: last year's need not be at hand.
    Path("去年.toml").unlink()
    assert plain(load_scheme(Path("今年.toml")).grades[0].least) == "95"
    monkeypatch.setenv("SELFEVAL_SCHEMES", str(folder))
    assert run("scheme", "learn", "空白表.docx", "-o", "今年.toml", "--base", "今年") == 0
    assert plain(load_scheme(Path("今年.toml")).grades[0].least) == "95"


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("没有.docx", "-o", "a.toml"), 2, "“没有.docx”找不到"),
        ((str(TEMPLATES / "shenzhen-2021.xlsx"), "-o", "a.toml"), 2, "是本工具生成的自评表"),
        (("空白表.docx", "-o", "national-2020.toml"), 64, "“national-2020”是内置标准的编号"),
        (("空白表.docx", "-o", "a.xlsx"), 2, "后缀不是 .toml；请写成 a.toml"),
        (("空白表.docx", "-o", "没有/a.toml"), 2, "文件夹“没有”不存在"),
        (("空白表.docx", "-o", "a.toml", "--template", "a.docx"), 2, "后缀不是 .xlsx 或 .xlsm"),
        (("空白表.docx", "-o", "a.toml", "--base", "深圳"), 64, "没有编号为“深圳”的评分标准"),
        (("空白表.docx",), 64, "少了 -o/--output"),
    ],
)
def test_wrong_use_has_its_sentence(
    arguments: tuple[str, ...], code: int, told: str, folder: Path, capsys: Told
) -> None:
    blank_form("anhui")
    assert run("scheme", "learn", *arguments) == code
    assert told in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["空白表.docx"]
