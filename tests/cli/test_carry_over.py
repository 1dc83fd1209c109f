"""selfeval carry-over as an officer types it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_commands import CASES, Told, checked, run
from tests.office.bench import Office
from tests.workbook.template.files import published
from toolkit.cli.sources import Schemes
from toolkit.core.scheme import load_schemes
from toolkit.problem import Unreadable
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook


def test_what_comes_over_and_what_comes_back_is_said(tmp_path: Path, capsys: Told) -> None:
    assert run("carry-over", CASES / "103.json", "-o", tmp_path / "下年.xlsx") == 0
    told = capsys.readouterr()
    shown = told.out.splitlines()
    assert shown[0] == "━━ 案件调查取证费：2021 → 2022"
    assert "　 上年未执行 185,406.00 元：结转到本年的，填入“上年结转资金”；已收回的不填。" in shown
    assert [line.strip()[:3] for line in shown if line.startswith("　　 ") and line.strip()[:3] in ("V07", "I05")] == ["V07", "I05"]
    assert "已生成" in told.err


def test_several_forms_come_over_together(tmp_path: Path, capsys: Told) -> None:
    source, target = tmp_path / "本年.xlsx", tmp_path / "下年.xlsx"
    forms = [published(case) for case in ("101", "103", "108")]
    build_workbook(source, forms, load_schemes()["shenzhen-2021"])
    before = source.read_bytes()
    assert run("carry-over", source, "-o", target) == 0
    stored = read_forms(target)
    assert [(form.project_name.text, form.year) for form in stored] == [(form.project_name.text, 2022) for form in forms]
    assert [form.facts["上年全年执行数"].number for form in stored] == [
        form.fund_total.executed.number for form in forms if form.fund_total
    ]
    assert source.read_bytes() == before
    capsys.readouterr()
    code, found = checked(capsys, target, "--stage", "目标")
    assert code == 0 and {each["code"] for form in found for each in form["findings"]} <= {"V07", "I05", "I02", "V03"}


def test_where_the_figures_come_from_comes_over(tmp_path: Path, capsys: Told) -> None:
    source, filled, target = (tmp_path / f"{name}.xlsx" for name in ("空", "本年", "下年"))
    build_workbook(source, published("102"), load_schemes()["shenzhen-2021"])
    book = openpyxl.load_workbook(source)
    given = {"D4": "人事科", "E4": "2022年1月5日", "F4": "在岗人数以花名册为准", "G4": "花名册"}
    for address, text in given.items():
        book["数据来源"][address] = text
    book.save(filled)
    assert run("carry-over", filled, "-o", target) == 0
    sheet = openpyxl.load_workbook(target)["数据来源"]
    assert [sheet[address].value for address in given] == ["人事科", None, "在岗人数以花名册为准", "花名册"]


def test_an_existing_file_is_kept_and_the_source_never_written_over(tmp_path: Path, capsys: Told) -> None:
    target = tmp_path / "下年.xlsx"
    for _ in range(2):
        assert run("carry-over", CASES / "102.json", "-o", target) == 0
    assert len(list(tmp_path.glob("下年_备份_*.xlsx"))) == 1
    before = target.read_bytes()
    capsys.readouterr()
    assert run("carry-over", target, "-o", target) == 2
    assert "不能覆盖" in capsys.readouterr().err and target.read_bytes() == before


@pytest.mark.parametrize(
    "arguments, code",
    [(("没有.xlsx", "-o", "下年.xlsx"), 2), ((CASES / "102.json",), 64), ((CASES / "102.json", "-o", "下年.docx"), 2)],
)
def test_wrong_usage(arguments: tuple[object, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("carry-over", *arguments) == code
    assert list(tmp_path.iterdir()) == []


def test_the_formulas_work_once_the_new_year_is_filled_in(tmp_path: Path, office: Office) -> None:
    target, done = tmp_path / "下年.xlsx", tmp_path / "填好.xlsx"
    assert run("carry-over", CASES / "103.json", "-o", target) == 0
    (form,) = read_forms(target)
    cells: dict[tuple[str, str], str | float] = {("自评表", row.actual.address or ""): row.target.text for row in form.indicators}
    cells |= {("自评表", "E7"): 100.0, ("自评表", "F7"): 90.0}
    (new,) = read_forms(office.write_cells(target, cells, done))
    first = new.indicators[0]
    assert (first.actual.text, first.score.number) == (first.target.text, first.weight.number)
    assert new.fund_total is not None and new.fund_total.executed.number == 90


def test_forms_of_different_schemes_are_refused_in_one_sentence() -> None:
    schemes, ids = load_schemes(), ("shenzhen-2021", "national-2020")
    forms = [replace(published("101"), scheme_id=name) for name in ids]
    with pytest.raises(Unreadable) as refused:
        Schemes(schemes, None).choose_one(Path("本年.xlsx"), forms)
    titles = "、".join(schemes[name].title for name in ids)
    assert str(refused.value) == (
        f"“本年.xlsx”里的自评表适用不同的评分标准（{titles}），放不进一个工作簿；"
        "请按标准分开保存后再试，或用 --scheme 指定一个标准。"
    )
    assert Schemes(schemes, "national-2020").choose_one(Path("本年.xlsx"), forms)[0].id == "national-2020"
