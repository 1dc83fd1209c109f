"""Columns that only this year's form has (复核分, 备注 …): from the blank form to what is handed over."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.test_commands import run
from tests.cli.test_scheme import CASES, Told, corrected
from tests.intake.learn.blank import blank, text_of, write_xlsx
from tests.word.files import W, roots
from toolkit.core.scheme import load_scheme
from toolkit.workbook.finish import State, verify_file
from toolkit.workbook.read import read_forms

pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")
FIELDS = [
    *(("一级指标", "一级指标"), ("二级指标", "二级指标"), ("三级指标", "三级指标"), ("分值", "分值")),
    *(("年度指标值", "年度指标值"), ("实际完成值", "全年实际值"), ("得分", "得分"), ("自设栏一", "复核分")),
    *(("偏差原因分析及改进措施", "未完成原因及拟采取的改进措施"), ("自设栏二", "备注")),
]
ROW = "产出指标\\n（５０分）{r5} | 数量指标{r2} | 指标1： |  |  |  |  |"
FILLED = "产出指标\\n（５０分）{r5} | 数量指标{r2} | 培训人次 | 10 | ≥100人次 | 100人次 | 10 | 9.5 | 无 | 已抽查"


def this_years(text: str = "") -> Path:
    """Write a blank form with two columns more than the product knows, and learn it."""
    form = text_of("anhui").replace(
        "| 得分 | 未完成原因及拟采取的改进措施", "| 得分 | 复核分 | 未完成原因及拟采取的改进措施 | 备注"
    )
    assert run("scheme", "learn", write_xlsx(blank(form), Path("空白表.xlsx")), "-o", "标准.toml") == 0
    if text:
        write_xlsx(blank(form.replace(ROW, text)), Path("外来.xlsx"))
    return Path("标准.toml")


def source(name: str, own: dict[int, dict[str, str]]) -> Path:
    """Write case 102 as an interchange file, with texts of the form's own columns by row."""
    data: dict[str, Any] = json.loads((CASES / "102.json").read_text(encoding="utf-8"))
    for place, texts in own.items():
        data["indicators"][place]["own"] = texts
    path = Path(name)
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def own_of(path: Path) -> list[dict[str, str]]:
    """Return what the rows of a workbook say in the form's own columns."""
    (form,) = read_forms(path)
    return [{heading: cell.text for heading, cell in row.own.items()} for row in form.indicators]


def texts_of(path: Path) -> Iterator[str]:
    for sheet in openpyxl.load_workbook(path).worksheets:
        yield from (str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_a_column_that_is_not_known_becomes_one_of_the_forms_own(folder: Path, capsys: Told) -> None:
    scheme = load_scheme(this_years())
    told = capsys.readouterr().out.splitlines()
    assert "　指标栏目·8：自设栏一＝复核分　（附件1!I11；原词：“复核分”，照印、不参与计算）" in told
    assert [(column.field, column.heading) for column in scheme.columns] == FIELDS
    assert tomllib.loads(Path("标准.toml").read_text(encoding="utf-8"))["form"]["headings"]["自设栏二"] == "备注"
    book = openpyxl.load_workbook("标准.xlsx")
    sheet = book["自评表"]
    areas = {name: sheet.defined_names[f"指标_{name}"].attr_text for name in ("自设栏一", "自设栏二")}
    for (field, heading), column in zip(FIELDS, "BCDEFGHIJK", strict=True):
        if field in areas:
            top = areas[field].split("$")[2].rstrip(":")
            assert areas[field].startswith(f"'自评表'!${column}${top}:")
            assert sheet[f"{column}{int(top) - 1}"].value == heading
            assert (sheet[f"{column}{top}"].number_format, sheet[f"{column}{top}"].protection.locked) == ("@", False)
    # Corrected and taken back, the columns are still there.
    edited = corrected("标准.xlsx", "改.xlsx", **{"指标栏目·10": "自设栏二＝备注说明"})
    assert run("scheme", "learn", edited, "-o", "标准.toml") == 0
    assert "指标栏目·10：自设栏二＝备注 → 自设栏二＝备注说明" in capsys.readouterr().out.splitlines()
    after = load_scheme(Path("标准.toml"))
    assert [(column.field, column.heading) for column in after.columns] == [*FIELDS[:-1], ("自设栏二", "备注说明")]


COUNT = len(json.loads((CASES / "102.json").read_text(encoding="utf-8"))["indicators"])
GIVEN = {0: {"复核分": "9.50", "备注": "=已核"}, COUNT - 1: {"备注": "见附件 3"}}
EXPECTED = [{"复核分": "", "备注": ""} | GIVEN.get(place, {}) for place in range(COUNT)]


def test_own_columns_are_filled_checked_and_compared(folder: Path, capsys: Told) -> None:
    this_years()
    codes = {}
    for name, own in (("无.xlsx", {}), ("填好.xlsx", GIVEN)):
        assert run("fill", source("来源.json", own), "--scheme", "标准.toml", "-o", name) == 0
        capsys.readouterr()
        run("check", "--json", name)
        (codes[name],) = json.loads(capsys.readouterr().out)
    assert own_of(Path("填好.xlsx")) == EXPECTED
    # The score and the findings know nothing of them, the code does.
    blank_one, filled = codes["无.xlsx"], codes["填好.xlsx"]
    assert (filled["score"], filled["findings"]) == (blank_one["score"], blank_one["findings"])
    assert filled["fingerprint"] != blank_one["fingerprint"]
    run("fill", CASES / "102.json", "--scheme", "标准.toml", "-o", "原样.xlsx")
    capsys.readouterr()
    run("check", "--json", "原样.xlsx")
    assert json.loads(capsys.readouterr().out)[0]["fingerprint"] == blank_one["fingerprint"]

    run("compare", "无.xlsx", "填好.xlsx")
    told = capsys.readouterr().out
    assert [text in told for text in ("·复核分", "9.50", "·备注", "=已核", "见附件 3")] == [True] * 5


def test_own_columns_are_finished_verified_published_and_carried_over(folder: Path, capsys: Told) -> None:
    this_years()
    assert run("fill", source("来源.json", GIVEN), "--scheme", "标准.toml", "-o", "填好.xlsx") == 0
    assert run("finish", "填好.xlsx", "-o", "报送", "--no-pdf", "--despite-errors", "测试") == 0
    made = [
        path for path in Path("报送").rglob("*.xlsx") if {"复核分", "备注", "=已核", "见附件 3"} <= set(texts_of(path))
    ]
    assert sorted(path.name for path in made) == [
        "02_社保业务公众服务经费_自评表.xlsx",
        "填好.xlsx",
        "系统录入表_内部使用.xlsx",
    ]
    (form,) = (path for path in made if path.name.startswith("02_"))
    assert (own_of(form), verify_file(form).state) == (EXPECTED, State.SAME)
    (report,) = Path("报送").rglob("*.docx")
    annex = {node.text for name, root in roots(report) if name == "word/document.xml" for node in root.iter(f"{W}t")}
    assert {"复核分", "备注", "=已核", "见附件 3"} <= annex
    assert run("finish", "填好.xlsx", "-o", "网站", "--public", "--despite-errors", "测试") == 0
    (form,) = Path("网站").rglob("*自评表*.xlsx")
    assert {"复核分", "备注", "=已核", "见附件 3"} <= set(texts_of(form))

    assert run("carry-over", "填好.xlsx", "-o", "明年.xlsx") == 0
    assert own_of(Path("明年.xlsx")) == [{"复核分": "", "备注": ""}] * COUNT


def test_somebody_elses_form_brings_the_columns_along(folder: Path, capsys: Told) -> None:
    this_years(FILLED)
    capsys.readouterr()
    assert run("fill", "外来.xlsx", "--scheme", "标准.toml", "-o", "填好.xlsx") == 0
    assert own_of(Path("填好.xlsx"))[0] == {"复核分": "9.5", "备注": "已抽查"}
    assert "已抽查" not in capsys.readouterr().err
    # Into a form without these columns nothing of them comes, and that is said.
    assert run("fill", "外来.xlsx", "--scheme", "national-2020", "-o", "全国.xlsx") == 0
    assert "“备注”栏在自评表里没有位置" in capsys.readouterr().err
    assert run("fill", "填好.xlsx", "--scheme", "national-2020", "-o", "全国.xlsx") == 0
    assert "“备注”一栏填了 1 行，全国 2020的表没有这一栏，没有带过来；需要的请自行抄录" in capsys.readouterr().err
    assert own_of(Path("全国.xlsx")) == [{}]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("自设栏一", "“指标栏目·8”填的“自设栏一”不能用，要写出表上的叫法，与别的栏目不同，例如 自设栏一＝复核分"),
        (
            "自设栏一＝分值",
            "“指标栏目·8”填的“自设栏一＝分值”不能用，要写出表上的叫法，与别的栏目不同，例如 自设栏一＝复核分",
        ),
    ],
)
def test_a_column_needs_a_heading_of_its_own(written: str, told: str, folder: Path, capsys: Told) -> None:
    this_years()
    corrected("标准.xlsx", "改.xlsx", **{"指标栏目·8": written})
    capsys.readouterr()
    assert run("scheme", "learn", "改.xlsx", "-o", "标准.toml") == 1
    assert told in capsys.readouterr().err
