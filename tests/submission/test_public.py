"""The version for the website names and reaches nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.submission.files import CASES, FACTS, asked, changed, finished, five, source
from toolkit.checks import make_case
from toolkit.cli.finish import finish
from toolkit.core.form import Cell
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.submission.public import find_personal, strings_of

PEOPLE = {**FACTS, "填报人": "张晓梅、王小明", "填报电话": "0755-83460001、13800138000"}
CASE = make_case(read_interchange(CASES / "101.json").form, load_schemes()["shenzhen-2021"])
Told = pytest.CaptureFixture[str]


def test_form_and_report_of_each_project_and_nothing_else(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", *five(tmp_path), public=True)
    assert folder.name == "公开版_2021_深圳市社会保险基金管理局_第1稿"
    assert sorted(path.name for path in folder.iterdir()) == [
        f"{number:02d}_{project}_自评{what}"
        for number, project in enumerate(("社会保险转移接续工作外包服务", "社保业务公众服务经费", "案件调查取证费", "零星修缮", "政府采购"), 1)
        for what in ("报告.docx", "表.xlsx")
    ]


def test_no_name_and_no_number_is_left_in_any_part(tmp_path: Path) -> None:
    handed = finished(tmp_path / "出", source(tmp_path, "101", PEOPLE))
    folder = finished(tmp_path / "出", source(tmp_path, "101", PEOPLE), public=True)
    secret = re.compile(r"张晓梅|王小明|李建国|8346\s*0001|13800138000|检查结果|数据来源|填报说明|评分参数")
    told = {path.suffix: {found for text in strings_of(path) for found in secret.findall(text)} for path in folder.iterdir()}
    assert told == {".xlsx": set(), ".docx": set()}
    # The same search finds them where they belong: in what is handed to the superior.
    report = handed / "02_社会保险转移接续工作外包服务_自评报告.docx"
    assert {"张晓梅", "王小明", "13800138000"} <= {found for text in strings_of(report) for found in secret.findall(text)}


def test_the_form_is_whole_and_holds_only_values(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", source(tmp_path, "101", PEOPLE), public=True)
    book = load_workbook(folder / "01_社会保险转移接续工作外包服务_自评表.xlsx")
    (sheet,) = book.worksheets
    texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    form = CASE.form
    wanted = [form.project_name, form.expected_goal, form.achieved_goal]
    wanted += [cell for row in form.indicators for cell in (row.level3, row.target, row.actual, row.deviation)]
    assert [cell.text for cell in wanted if cell.text and cell.text not in texts] == []
    assert [text for text in texts if text.startswith("=")] == []
    assert (book.properties.creator, book.properties.lastModifiedBy, list(book.defined_names)) == (None, None, [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("人员辞职，详询 13912345678。", "手机号码"),
        ("请联系电话：0755-83461234 核实。", "电话号码"),
        ("联系人：王小明，未及时补充。", "姓名"),
        ("张晓梅同志辞职。", "“张晓梅”"),
        ("证件 440301198001011234 的人员辞职。", "身份证号"),
    ],
)
def test_what_is_personal_in_the_form_is_refused_with_its_cell(tmp_path: Path, capsys: Told, text: str, what: str) -> None:
    path = changed(source(tmp_path, "101", PEOPLE), "参保人对转移的数据录入基本满意", deviation=text)
    assert finish([path], asked(tmp_path / "出", public=True, reason="照样公开")) == 1
    told = capsys.readouterr().err
    assert f"自评表 I66“参保人对转移的数据录入基本满意·偏差原因分析及改进措施”：有{what}" in told
    assert "以上内容有个人信息，不能公开，没有生成公开版。" in told
    assert list((tmp_path / "出").iterdir()) == []


def test_errors_are_refused_for_the_website_too(tmp_path: Path, capsys: Told) -> None:
    assert finish([source(tmp_path, "102")], asked(tmp_path / "出", public=True)) == 1
    assert "F02" in capsys.readouterr().err


def test_figures_of_the_form_are_not_taken_for_people() -> None:
    texts = ["2022年11月21日", "13,800,138,000.00 元", "440301", "共 13 人，约 46万人次", "社会保险转移接续"]
    assert list(find_personal(CASE, [Cell("段", text) for text in texts], ["张晓梅"])) == []


