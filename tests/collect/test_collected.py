"""What is worked out over several forms: answers for a unit, the roster, sums, samples, S12."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.collect.bureau import Form, clean, name_of, planted, unit_of, with_funds, with_score
from tests.collect.entries import SCHEMES, Shelf
from toolkit.checks.answers import Answer, Scope
from toolkit.collect import details_from, details_text, head_from, head_text
from toolkit.collect.collected import Beside, Collected, collect
from toolkit.collect.notes import return_notes
from toolkit.collect.roster import Expected
from toolkit.collect.samples import samples_of
from toolkit.collect.table import Ready
from toolkit.collect.tables import tables_of
from toolkit.intake.roster import read_roster
from toolkit.problem import Unreadable


def together(forms: dict[str, Form], answers: dict[str, list[Answer]] | None = None, expected: tuple[Expected, ...] | None = None) -> Collected:
    """Collect forms by file."""
    shelf = Shelf()
    entries = [shelf.entry(file, form, (answers or {}).get(file, ())) for file, form in forms.items()]
    return collect(entries, [], Beside(expected), SCHEMES, shelf, lambda entry: "")


def of_one_unit(*forms: Form) -> dict[str, Form]:
    """Return forms by file, all of one unit."""
    return {f"{number}.json": form | {"organisation": "江南市水务局"} for number, form in enumerate(forms)}


@pytest.mark.parametrize("number", planted())
def test_what_is_kept_comes_back_unchanged(number: int) -> None:
    shelf = Shelf()
    entry = shelf.entry("甲.json", planted()[number])
    assert head_from(head_text(entry.head)) == entry.head
    assert details_from(details_text(shelf.details(entry))) == shelf.details(entry)


def test_an_answer_for_the_unit_reaches_its_other_forms() -> None:
    low = with_funds(clean(1), annual_budget="900000.00", executed="864000.00")
    forms = of_one_unit(low, low | {"project_name": "另一项目"}) | {"外.json": low}
    field = "年度资金总额·全年预算数"
    # 当时值: the text of the cell, then the arithmetic.
    state = "900000.00｜900,000.00 － 1,000,000.00 = -100,000.00"
    answer = Answer("F07", field, "", "", state, "统一压减", Scope.UNIT)
    wrong = Answer("F07", field, "", "", "别的数", "统一压减", Scope.UNIT)
    for given, waiting in ((answer, [0, 0, 1]), (wrong, [1, 1, 1])):
        collected = together(forms, {"0.json": [given]})
        assert [collected.waiting[id(project)] for project in collected.projects] == waiting


def test_the_mean_is_weighted_by_funds() -> None:
    large = with_funds(clean(1), initial_budget="3000000.00", annual_budget="3000000.00", executed="2880000.00")
    forms = of_one_unit(with_score(large, 0, "10", "89.60"), clean(2))
    (unit,) = together(forms).units
    # (89.6 × 300 ＋ 99.6 × 100) ÷ 400 = 92.1
    assert (unit.mean, unit.completion, unit.rate) == (Decimal("92.1"), Decimal("0.921"), Decimal("0.96"))
    assert unit.working == "（89.6×3000000＋99.6×1000000）÷ 4000000 = 92.1 → 92.10"


def test_the_roster_guesses_nothing_but_names_what_is_near() -> None:
    expected = (
        Expected(unit_of(1), name_of(1), "", "第 2 行"),
        Expected("写法不同的单位", name_of(2), "", "第 3 行"),
        Expected(unit_of(3), name_of(3)[:-1], "", "第 4 行"),
    )
    roll = together({f"{number}.json": clean(number) for number in (1, 2, 3)}, expected=expected).roll
    assert roll is not None
    assert [line.at for line, _ in roll.received] == ["第 2 行", "第 3 行"]
    assert [(line.at, likely.chosen.file if likely else "") for line, likely in roll.missing] == [("第 4 行", "3.json")]
    assert [project.chosen.file for project in roll.unexpected] == ["3.json"]
    assert roll.coverage == "名单共有 3 个项目，对 2 个开展自评，覆盖率 66.67%（2 ÷ 3）。"


def test_a_roster_of_units_asks_for_one_form_each() -> None:
    expected = (Expected(unit_of(1), "", "", "第 1 行"), Expected("江南市水务局", "", "", "第 2 行"))
    roll = together({"1.json": clean(1), "4.json": clean(4)}, expected=expected).roll
    assert roll is not None
    assert ([len(found) for _, found in roll.received], len(roll.missing), roll.unexpected) == ([2], 1, ())
    notes = return_notes(together({"1.json": clean(1)}, expected=expected), "")
    assert [(note.unit, note.opening) for note in notes] == [
        ("江南市水务局", "你单位的项目自评材料尚未收到，请于 〔请填写日期〕 前报送：")
    ]


def test_full_marks_of_a_whole_unit_are_told() -> None:
    full = with_funds(clean(1), executed="1000000.00", rate="1.00", score="10.00", total="100.00")
    found = together(of_one_unit(full, full | {"project_name": "另一项目"}))
    rows = [row for table in tables_of(found, {}) if table.name == "问题清单" for row in table.rows if not isinstance(row, Ready)]
    assert [(row[1], row[5]) for row in rows] == [
        ("S12", f"“{name_of(1)}”各项指标和预算执行率都得满分"),
        ("S12", "江南市水务局的 2 个项目自评都是 100 分"),
        ("S12", "“另一项目”各项指标和预算执行率都得满分"),
    ]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (with_score(clean(1), 0, "10.2", "89.80"), "自评 89.8 分，比等级分界 90 分低 0.2 分"),
        (with_score(clean(1), 0, "10.4", "90.00"), "自评 90 分，正好在等级分界上"),
        (with_score(clean(1), 0, "11.4", "91.00"), None),
        (with_funds(clean(1), executed="100000.00", rate="0.10", score="1.00", total="91.00"), "执行率 10.00%，产出指标都得满分"),
    ],
)
def test_samples_are_reasoned(form: Form, reason: str | None) -> None:
    forms = of_one_unit(form, *(clean(number) | {"project_code": str(number)} for number in range(2, 8)))
    found = {each.project.chosen.file: each.reasons for each in samples_of(together(forms).projects)}
    told = [text for text in found.get("0.json", ()) if not text.startswith("资金")]
    assert told == ([reason] if reason else [])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("名单.txt", "江南市图书馆\t读者服务\n江南市图书馆\t古籍修复\n\n"),
        ("名单.csv", "填报单位,项目名称\n江南市图书馆,读者服务\n,古籍修复\n合计,2\n"),
    ],
)
def test_rosters_are_read(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="gb18030")
    assert [(each.unit, each.project) for each in read_roster(path)] == [("江南市图书馆", "读者服务"), ("江南市图书馆", "古籍修复")]


def test_a_roster_without_headings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("甲,乙\n丙,丁\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="没有找到项目名单"):
        read_roster(path)
