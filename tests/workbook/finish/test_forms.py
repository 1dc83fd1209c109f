"""Finished forms of the template: no spare rows, the same values and codes, and every change found."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence
from pathlib import Path
from random import Random

import openpyxl
import pytest
from lxml import etree
from openpyxl.styles import Alignment, Font

from tests.office.bench import Office, pdf_text
from tests.workbook.finish.bench import read_parts, with_part, write_parts
from tests.workbook.template.files import CASES, FORM, MAIN, PUBLISHED
from toolkit.core.fingerprint import fingerprint
from toolkit.core.form import Form
from toolkit.core.scheme import choose_scheme, load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.problem import Unreadable
from toolkit.workbook.finish import State, finish_workbook, hygiene, verify_file
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

SCHEMES = load_schemes()


def filled(path: Path, *cases: str) -> Path:
    forms = [read_interchange(CASES / f"{case}.json").form for case in cases]
    build_workbook(path, forms, choose_scheme(forms[0], SCHEMES)[0])
    return path


def finished(path: Path, *cases: str) -> Path:
    finish_workbook(filled(path.with_name("source.xlsx"), *cases), path)
    return path


def everything(form: Form) -> list[tuple[str, str]]:
    cells = [form.project_name, form.project_amount, form.expected_goal, form.total_score, form.total_weight]
    cells += [cell for row in form.indicators for cell in (row.level1, row.level2, row.level3, row.target, row.actual, row.score)]
    cells += [cell for line in form.funds for _, cell in line.amounts()]
    return [(cell.field, cell.text) for cell in cells]


@pytest.mark.parametrize("case", PUBLISHED)
def test_a_finished_form_holds_the_same_values_and_codes_and_no_hidden_row(case: str, tmp_path: Path) -> None:
    source, out = filled(tmp_path / "a.xlsx", case), tmp_path / "b.xlsx"
    done = finish_workbook(source, out)
    (before,), (after,) = read_forms(source), read_forms(out)
    assert everything(before) == everything(after)
    assert fingerprint(after, choose_scheme(after, SCHEMES)[0].id) == done.code
    rows = etree.fromstring(read_parts(out)["xl/worksheets/sheet2.xml"]).iter(f"{MAIN}row")
    assert [row.get("r") for row in rows if row.get("hidden")] == []
    assert hygiene(out) == []
    assert verify_file(out).state is State.SAME
    assert len(done.removals) == 1
    assert re.fullmatch(r"工作表“自评表”隐藏的空白备用行 \d+ 行已删除", done.removals[0])


def test_parts_that_hold_no_cells_of_the_form_are_the_same_bytes(tmp_path: Path) -> None:
    source, out = filled(tmp_path / "a.xlsx", "102"), tmp_path / "b.xlsx"
    finish_workbook(source, out)
    before, after = read_parts(source), read_parts(out)
    same = {name for name in before if before[name] == after[name]}
    assert {"xl/styles.xml", "xl/theme/theme1.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"} <= same
    assert set(after) - set(before) == {"docProps/custom.xml"}


def test_the_codes_stand_below_the_form_in_the_results_and_in_the_properties(tmp_path: Path) -> None:
    out = tmp_path / "b.xlsx"
    done = finish_workbook(filled(tmp_path / "a.xlsx", "102"), out)
    book = openpyxl.load_workbook(out)
    sheet = book[FORM]
    last = max(row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 1).value)
    assert sheet.cell(last, 1).value == f"校验码 {done.code}　结果码 {done.results_code}"
    assert str(sheet.print_area).endswith(f"${last}")
    assert vars(book)["custom_doc_props"]["selfeval"].value == f"{done.code} {done.results_code} shenzhen-2021 2026.1"
    rows = [row for row in book["检查结果"].iter_rows(values_only=True) if row[1] == "校验明细"]
    assert rows[0][4] is not None and str(rows[0][4]).startswith(f"校验码 {done.code}　结果码 {done.results_code}。")
    assert {str(row[3]) for row in rows} >= {row.name for row in read_forms(out)[0].indicators}


def test_finishing_twice_gives_the_same_codes_once(tmp_path: Path) -> None:
    first = finish_workbook(filled(tmp_path / "a.xlsx", "102"), tmp_path / "b.xlsx")
    again = finish_workbook(tmp_path / "b.xlsx", tmp_path / "c.xlsx")
    assert (again.code, again.results_code, again.removals) == (first.code, first.results_code, ())
    texts = [str(cell.value) for row in openpyxl.load_workbook(tmp_path / "c.xlsx")[FORM].iter_rows() for cell in row]
    assert sum(text.startswith("校验码") for text in texts) == 1


def test_several_forms_have_a_code_each(tmp_path: Path) -> None:
    out = tmp_path / "b.xlsx"
    done = finish_workbook(filled(tmp_path / "a.xlsx", "101", "102", "105"), out)
    assert done.code.count("、") == 2
    assert (hygiene(out), verify_file(out).state) == ([], State.SAME)
    assert verify_file(out).codes == tuple(done.code.split("、"))


def test_a_hidden_row_with_a_typed_value_is_refused_by_name(tmp_path: Path) -> None:
    source = filled(tmp_path / "a.xlsx", "102")
    sheet = read_parts(source)["xl/worksheets/sheet2.xml"].decode()
    found = re.search(r'<row r="(\d+)"[^>]*hidden="1".*?<c r="(E\d+)"( s="\d+")/>', sheet)
    assert found is not None
    typed = f'<c r="{found[2]}"{found[3]} t="inlineStr"><is><t>5个</t></is></c>'
    target = with_part(source, tmp_path / "b.xlsx", "xl/worksheets/sheet2.xml", f'<c r="{found[2]}"{found[3]}/>', typed)
    with pytest.raises(Unreadable, match=rf"的工作表“自评表”第 {found[2][1:]} 行是隐藏的，却有内容（{found[2]}）；请取消隐藏"):
        finish_workbook(target, tmp_path / "c.xlsx")


def test_a_blank_form_can_be_finished_under_every_scheme(tmp_path: Path) -> None:
    for scheme in SCHEMES.values():
        build_workbook(tmp_path / "a.xlsx", None, scheme)
        finish_workbook(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
        assert (hygiene(tmp_path / "b.xlsx"), verify_file(tmp_path / "b.xlsx").state) == ([], State.SAME), scheme.id


def test_verification_names_the_cells_that_were_changed(tmp_path: Path) -> None:
    out = finished(tmp_path / "b.xlsx", "102")
    row = next(row for row in read_forms(out)[0].indicators if row.deviation.blank)
    book = openpyxl.load_workbook(out)
    sheet = book[FORM]
    for cell, text in ((row.actual, "1人"), (row.deviation, "改了")):
        sheet[cell.address or ""] = text
    book.save(tmp_path / "c.xlsx")
    verdict = verify_file(tmp_path / "c.xlsx")
    assert verdict.state is State.CHANGED
    assert [(change.place, change.field) for change in verdict.changes] == [
        (f"自评表!{row.actual.address}", row.actual.field),
        (f"自评表!{row.deviation.address}", row.deviation.field),
    ]
    assert verdict.changes[1].before == "（空）"


def test_a_file_that_was_never_finished_has_no_code(tmp_path: Path) -> None:
    assert verify_file(filled(tmp_path / "a.xlsx", "102")).state is State.NONE


def test_a_code_typed_over_on_the_form_is_a_change(tmp_path: Path) -> None:
    out = finished(tmp_path / "b.xlsx", "102")
    code = verify_file(out).codes[0]
    changed = with_part(out, tmp_path / "c.xlsx", "xl/worksheets/sheet2.xml", code, "0000-0000")
    verdict = verify_file(changed)
    assert (verdict.state, verdict.remarks) == (State.CHANGED, ("表下显示的校验码与文件属性里的不一致",))


def changeable(form: Form) -> list[str]:
    """Return the input cells of a form that hold something or may."""
    cells = [form.project_name, form.project_amount, form.department, form.implementing_unit, form.expected_goal, form.achieved_goal]
    cells += [cell for line in form.funds for cell in (line.kind, line.initial_budget, line.annual_budget, line.executed, line.score)]
    for row in form.indicators:
        cells += [row.level3, row.target, row.actual, row.weight, row.score, row.deviation]
    return [cell.address for cell in cells if cell.address]


def changed_once(parts: dict[str, bytes], address: str, value: str, path: Path) -> Path:
    """Type another text into one cell of the form, by its XML, everything else untouched."""
    name = "xl/worksheets/sheet2.xml"
    sheet = parts[name].decode()
    pattern = rf'<c r="{address}"( s="\d+")?[^>]*?(/>|>.*?</c>)'
    new, count = re.subn(pattern, rf'<c r="{address}"\1 t="inlineStr"><is><t>{value}</t></is></c>', sheet, count=1)
    assert count == 1, address
    write_parts(path, parts | {name: new.encode()})
    return path


def differing(out: Path, folder: Path, times: int, seed: int) -> list[str]:
    """Return the random changes of one cell that verification does not find."""
    random, parts, addresses = Random(seed), read_parts(out), changeable(read_forms(out)[0])
    missed = []
    for _ in range(times):
        address, value = random.choice(addresses), f"{random.randrange(10**6)}{random.choice(('人', '%', '', '宗', '。'))}"
        verdict = verify_file(changed_once(parts, address, value, folder / "changed.xlsx"))
        if verdict.state is not State.CHANGED or f"自评表!{address}" not in [change.place for change in verdict.changes]:
            missed.append(f"{address} = {value}")
    return missed


def test_random_changes_of_one_cell_are_found_and_named(tmp_path: Path) -> None:
    assert differing(finished(tmp_path / "b.xlsx", "102"), tmp_path, 100, 1) == []


@pytest.mark.slow
@pytest.mark.parametrize("case", PUBLISHED[:9])
def test_hundreds_of_random_changes_are_found_and_named(case: str, tmp_path: Path) -> None:
    assert differing(finished(tmp_path / "b.xlsx", case), tmp_path, 100, 2) == []


def test_changes_of_style_change_no_code(tmp_path: Path) -> None:
    out = finished(tmp_path / "b.xlsx", "102")
    book = openpyxl.load_workbook(out)
    sheet = book[FORM]
    for row in sheet.iter_rows(max_row=20, max_col=9):
        for cell in row:
            if isinstance(cell, openpyxl.cell.Cell):
                cell.font = Font(name="楷体", size=8, color="FF00FF")
                cell.alignment = Alignment(wrap_text=False)
    sheet.column_dimensions["B"].width = 60
    sheet.row_dimensions[3].height = 80
    sheet.freeze_panes = "C3"
    book.save(tmp_path / "c.xlsx")
    assert verify_file(tmp_path / "c.xlsx").state is State.SAME


def resaved(office: Office, folder: Path, cases: Sequence[str]) -> list[tuple[str, State]]:
    found = []
    for case in cases:
        out = office.resave(finished(folder / "b.xlsx", case), folder / "c.xlsx")
        found.append((case, verify_file(out).state))
    return found


def test_libreoffice_saving_it_again_changes_no_code(tmp_path: Path, office: Office) -> None:
    cases = ("006", "014", "035", "102", "107")
    assert resaved(office, tmp_path, cases) == [(case, State.SAME) for case in cases]


@pytest.mark.slow
def test_two_hundred_files_saved_again_are_the_same(tmp_path: Path, office: Office) -> None:
    cases = [case for case in PUBLISHED for _ in range(13)]
    out = finished(tmp_path / "b.xlsx", cases[0])
    missed = []
    for number, case in enumerate(cases):
        form = read_interchange(CASES / f"{case}.json").form
        build_workbook(tmp_path / "a.xlsx", form, list(SCHEMES.values())[number % len(SCHEMES)])
        finish_workbook(tmp_path / "a.xlsx", out)
        if verify_file(office.resave(out, tmp_path / "c.xlsx")).state is not State.SAME:
            missed.append((case, number))
    assert missed == []


@pytest.mark.parametrize("case", ["006", "033", "102", "105"])
def test_libreoffice_computes_the_same_results_from_the_finished_file(case: str, tmp_path: Path, office: Office) -> None:
    out = finished(tmp_path / "b.xlsx", case)
    stored = openpyxl.load_workbook(out, data_only=True)
    reads = {name: f"A1:BA{stored[name].max_row}" for name in (FORM, "数据来源")}
    computed = office.recalculate(out, reads)
    for name, rows in computed.items():
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                held = stored[name].cell(number, column).value
                assert value == ("" if held is None else held) or float(str(value)) == pytest.approx(float(str(held))), (name, number, column)


def test_a_form_prints_the_same_text_with_the_codes_below_it(tmp_path: Path, office: Office) -> None:
    source, out = filled(tmp_path / "a.xlsx", "102"), tmp_path / "b.xlsx"
    done = finish_workbook(source, out)
    before = "".join(pdf_text(office.to_pdf(source, tmp_path / "before.pdf"))).split()
    after = "".join(pdf_text(office.to_pdf(out, tmp_path / "after.pdf"))).split()
    marks = ["校验码", done.code, "结果码", done.results_code]
    at = after.index("校验码")
    assert after[at : at + 4] == marks
    assert [word for word in after[: at]] == before[:at]


def as_held(path: Path) -> dict[str, dict[str, tuple[object, ...]]]:
    """Return every cell of every sheet: attributes, formula, value; and everything outside the cells."""
    held: dict[str, dict[str, tuple[object, ...]]] = {}
    for name, data in read_parts(path).items():
        if name.startswith("xl/worksheets/sheet"):
            root = etree.fromstring(data)
            cells: dict[str, tuple[object, ...]] = {
                str(cell.get("r")): (sorted(map(str, cell.attrib.items())), "|".join(map(str, cell.itertext())))
                for cell in root.iter(f"{MAIN}c")
            }
            rest = [etree.tostring(node) for node in root if node.tag != f"{MAIN}sheetData"]
            held[name] = {**cells, "": tuple(rest), "rows": tuple(sorted(map(str, row.attrib.items())) for row in root.iter(f"{MAIN}row"))}
        elif name == "xl/workbook.xml":
            held[name] = {"": (etree.tostring(etree.fromstring(data)),)}
    return held


@pytest.mark.parametrize("case", ["006", "102", "105"])
def test_rows_handled_as_text_give_what_the_parser_gives(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = filled(tmp_path / "a.xlsx", case)
    finish_workbook(source, tmp_path / "text.xlsx")
    monkeypatch.setattr("toolkit.workbook.finish.work.read_rows", lambda data: None)
    finish_workbook(source, tmp_path / "tree.xlsx")
    assert as_held(tmp_path / "text.xlsx") == as_held(tmp_path / "tree.xlsx")


def test_a_form_saved_by_libreoffice_is_finished_the_same(tmp_path: Path, office: Office) -> None:
    source = filled(tmp_path / "a.xlsx", "102")
    again = office.resave(source, tmp_path / "b.xlsx")
    codes = [finish_workbook(path, tmp_path / f"{path.stem}_out.xlsx").code for path in (source, again)]
    assert codes[0] == codes[1]
    assert hygiene(tmp_path / "b_out.xlsx") == []
    assert everything(read_forms(tmp_path / "a_out.xlsx")[0]) == everything(read_forms(tmp_path / "b_out.xlsx")[0])


@pytest.mark.parametrize("with_office", [False, True])
def test_stale_results_are_computed_before_the_form_leaves(
    with_office: bool, tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not with_office:
        monkeypatch.setattr("toolkit.workbook.finish.cached.find_office", lambda: None)
    form = read_interchange(CASES / "102.json").form
    blank = dataclasses.replace(
        form,
        indicators=tuple(dataclasses.replace(row, score=dataclasses.replace(row.score, text="")) for row in form.indicators),
        total_score=dataclasses.replace(form.total_score, text=""),
    )
    build_workbook(tmp_path / "a.xlsx", blank, SCHEMES["shenzhen-2021"])
    sheet = read_parts(tmp_path / "a.xlsx")["xl/worksheets/sheet2.xml"].decode()
    total = read_forms(tmp_path / "a.xlsx")[0].total_score
    found = re.search(rf'<c r="{total.address}"[^>]*><f>[^<]*</f><v>([^<]*)</v>', sheet)
    assert found is not None
    old, new = found[0], found[0].replace(f"<v>{found[1]}</v>", "<v>12.34</v>")
    with_part(tmp_path / "a.xlsx", tmp_path / "b.xlsx", "xl/worksheets/sheet2.xml", old, new)
    done = finish_workbook(tmp_path / "b.xlsx", tmp_path / "c.xlsx")
    assert done.removals[0] == "1 个公式的结果缺失或已过时，已重新计算"
    assert read_forms(tmp_path / "c.xlsx")[0].total_score.text == total.text
