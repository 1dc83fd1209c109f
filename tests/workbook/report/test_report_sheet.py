"""自评报告 in the officer's workbook: written, edited, read back, written again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrative.reports import block, report
from tests.office.bench import Office
from tests.workbook.report.sheets import blank, deleted, differing, inserted, part_of, rows, stored, typed, written
from toolkit.narrative.model import BlockKind, Omission, Report
from toolkit.problem import Unreadable
from toolkit.workbook.read import read_workbook
from toolkit.workbook.report.write import write_report

LONG = "严格按照规定实施。" * 90
OLD = report(
    block("题目", "2021年度自评报告", BlockKind.TITLE),
    block("一", "一、基本情况", BlockKind.HEADING),
    block("一.1", "全年执行 31.28 万元，=1+1，第一行\n第二行 _x000D_ 尾。"),
    block("一.表名", "项目资金情况表", BlockKind.CAPTION),
    block("一.头", "来源|预算数|执行数", BlockKind.ROW, head=True),
    block("一.甲", "当年财政拨款|31.40|31.28", BlockKind.ROW),
    block("一.乙", "其他资金||0.00", BlockKind.ROW),
    block("二", "二、存在问题", BlockKind.HEADING),
    block("二.1", "请写明存在问题。", pending=True),
    block("三.1", LONG),
)
NEW = report(*OLD.blocks[:2], block("一.1", "全年执行 31.40 万元。"), *OLD.blocks[3:])
TEXTS = ["\t".join(each.texts) for each in OLD.blocks]
CHART = "各一级指标得分与分值"


@pytest.fixture
def start(tmp_path: Path) -> Path:
    return blank(tmp_path / "自评表.xlsx", "102")


@pytest.fixture
def told(start: Path) -> Path:
    return written(start, start.with_name("报告.xlsx"), 自评表=OLD)


def texts(path: Path) -> list[str]:
    return [text for _, text, _ in rows(path)]


def test_what_was_written_is_read_back(told: Path) -> None:
    read = stored(told)
    assert [row.row.key for row in read.rows] == [*(each.key for each in OLD.blocks), f"@{CHART}"]
    shown = ["\t".join(row.row.texts).strip("　") for row in read.rows]
    assert shown == [*TEXTS, CHART]
    assert {row.sheet for row in read.rows} == {"自评表"}
    assert [row.state for row in read.rows if row.state != "自动生成"] == ["待完善"]


def test_only_the_sheet_and_its_chart_differ(start: Path, told: Path) -> None:
    parts = differing(start, told)
    assert part_of(start) in parts
    assert {name.rpartition("/")[0] for name in parts - {part_of(start)}} <= {"xl/drawings", "xl/charts"}


def test_twice_is_once(told: Path) -> None:
    again = written(told, told.with_name("再.xlsx"), 自评表=OLD)
    assert differing(told, again) == set()
    other = written(again, told.with_name("新.xlsx"), 自评表=NEW)
    assert differing(other, written(other, told.with_name("再新.xlsx"), 自评表=NEW)) == set()


def test_page_and_rows(told: Path) -> None:
    sheet = openpyxl.load_workbook(told)["自评报告"]
    with zipfile.ZipFile(told) as package:
        assert "自评报告!$A:$F" in package.read("xl/workbook.xml").decode()
        assert "— &amp;P —" in package.read(part_of(told)).decode()
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == (9, "portrait", 0)
    assert all(sheet.row_dimensions[row].height <= 409 for row in range(3, sheet.max_row + 1))
    # A long paragraph is laid over several rows, so that it prints whole.
    row = next(row for row in stored(told).rows if row.row.key == "三.1")
    height = sum(sheet.row_dimensions[number].height for number in range(row.top, row.bottom + 1))
    assert row.bottom > row.top and height > 409
    assert sheet.cell(3, 1).font.sz == 22 and sheet.cell(3, 1).font.b
    assert sheet.cell(5, 1).value == "　　" + TEXTS[2].replace("_x000D_", "_x005F_x000D_") and sheet.cell(5, 1).data_type == "s"


def test_edited_paragraphs_stay_and_get_a_suggestion(told: Path) -> None:
    own = "　共支出 31.28 万元。\n（以决算为准） "
    done = written(typed(told, told.with_name("改.xlsx"), {5: own}), told.with_name("新.xlsx"), 自评表=NEW)
    assert rows(done)[2] == ("已改写", own, "　　全年执行 31.40 万元。")
    book = read_workbook(done)
    assert [cell.text for cell in book.reports["自评表"].suggested] == [own.strip()]
    assert [cell.address for cell in book.reports["自评表"].suggested] == ["A5"]


def test_an_edited_starting_text_loses_its_colour(told: Path) -> None:
    place = next(row.top for row in stored(told).rows if row.state == "待完善")
    done = written(typed(told, told.with_name("改.xlsx"), {place: "　　无。"}), told.with_name("新.xlsx"), 自评表=OLD)
    sheet = openpyxl.load_workbook(done)["自评报告"]
    assert rows(done)[8] == ("已改写", "　　无。", "")
    assert sheet.cell(place, 1).fill.fill_type is None


def test_own_rows_and_deleted_rows(told: Path) -> None:
    more = inserted(told, told.with_name("加.xlsx"), 6, "本单位另有说明。")
    less = deleted(more, told.with_name("删.xlsx"), 4)
    done = written(less, told.with_name("新.xlsx"), 自评表=NEW)
    assert rows(done)[:4] == [
        ("自动生成", "2021年度自评报告", ""),
        ("自动生成", "　　全年执行 31.40 万元。", ""),
        ("本人添加", "本单位另有说明。", ""),
        ("自动生成", "项目资金情况表", ""),
    ]
    assert differing(done, written(done, told.with_name("再.xlsx"), 自评表=NEW)) == set()


def test_an_own_row_within_a_table_takes_its_columns(told: Path) -> None:
    table = next(row for row in stored(told).rows if row.row.key == "一.甲")
    more = inserted(told, told.with_name("加.xlsx"), table.top + 1, "上年结转资金")
    done = written(more, told.with_name("新.xlsx"), 自评表=OLD)
    assert rows(done)[6] == ("本人添加", "上年结转资金", "")
    assert [row.row.key for row in stored(done).rows][5:8] == ["一.甲", "", "一.乙"]


def test_what_was_left_out_is_kept_for_the_rules(start: Path) -> None:
    lacking = Report("national", "报告", OLD.blocks, (Omission("一", ("单位简称", "资金依据"), "根据《…》"), Omission("二", ("单位简称",), "…")))
    done = written(start, start.with_name("报告.xlsx"), 自评表=lacking)
    document = read_workbook(done).reports["自评表"]
    assert (document.omitted, document.missing) == (2, ("单位简称", "资金依据"))
    assert [cell.text for cell in document.paragraphs][:3] == ["2021年度自评报告", "一、基本情况", TEXTS[2]]
    assert document.paragraphs[4].text == "来源\t预算数\t执行数"
    assert read_workbook(start).reports == {}


def test_two_reports_follow_one_another_each_on_a_new_page(tmp_path: Path) -> None:
    start = blank(tmp_path / "两张.xlsx", "102", "101")
    done = written(start, tmp_path / "报告.xlsx", 自评表=OLD, 自评表_2=NEW)
    read = stored(done)
    assert read.sheets == ("自评表", "自评表 (2)")
    first = next(row.top for row in read.rows if row.sheet == "自评表 (2)")
    sheet = openpyxl.load_workbook(done)["自评报告"]
    assert [mark.id for mark in sheet.row_breaks.brk] == [first - 1]
    assert set(read_workbook(done).reports) == {"自评表", "自评表 (2)"}
    assert differing(done, written(done, tmp_path / "再.xlsx", 自评表=OLD, 自评表_2=NEW)) == set()


def test_a_form_sheet_that_was_renamed_keeps_its_report(told: Path) -> None:
    changed = typed(told, told.with_name("改.xlsx"), {5: "　　改过。"})
    write_report(changed, told.with_name("新.xlsx"), {"档案影像化": OLD})
    assert rows(told.with_name("新.xlsx"))[2] == ("已改写", "　　改过。", "")
    assert stored(told.with_name("新.xlsx")).sheets == ("档案影像化",)


def test_a_table_of_many_columns_loses_nothing(start: Path) -> None:
    wide = report(block("表", "一|二|三|四|五|六|七|八", BlockKind.ROW, head=True))
    done = written(start, start.with_name("报告.xlsx"), 自评表=wide)
    assert rows(done)[0] == ("自动生成", "一｜二｜三｜四｜五｜六　七　八", "")
    assert differing(done, written(done, start.with_name("再.xlsx"), 自评表=wide)) == set()


def test_a_sheet_whose_headings_were_changed_is_refused(told: Path) -> None:
    broken = deleted(told, told.with_name("坏.xlsx"), 1)
    with pytest.raises(Unreadable, match="报告写不进去"):
        written(broken, told.with_name("新.xlsx"), 自评表=OLD)


def test_libreoffice_keeps_every_character(told: Path, office: Office) -> None:
    saved = office.resave(told, told.with_name("另存.xlsx"))
    assert [row.row for row in stored(saved).rows] == [row.row for row in stored(told).rows]
    assert stored(saved).records == stored(told).records
    again = written(saved, told.with_name("新.xlsx"), 自评表=NEW)
    assert rows(again) == rows(written(told, told.with_name("直接.xlsx"), 自评表=NEW))


def test_what_was_typed_in_libreoffice_is_kept(told: Path, office: Office) -> None:
    own = "　　在 LibreOffice 里改的。\n第二行"
    saved = office.write_cells(told, {("自评报告", "A5"): own}, told.with_name("改.xlsx"))
    done = written(saved, told.with_name("新.xlsx"), 自评表=NEW)
    assert rows(done)[2] == ("已改写", own, "　　全年执行 31.40 万元。")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give one workbook with a report, from which every example starts."""
    folder = tmp_path_factory.mktemp("shared")
    return written(blank(folder / "自评表.xlsx", "102"), folder / "报告.xlsx", 自评表=OLD)


OWN = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@settings(max_examples=60)
@given(st.integers(0, len(OLD.blocks) - 1), OWN, st.booleans())
def test_any_block_may_be_rewritten(shared: Path, place: int, text: str, again: bool) -> None:
    """The text stands in its cell byte for byte after the report was written again, once or twice."""
    own = stored(shared).rows[place]
    changed = typed(shared, shared.with_name("改.xlsx"), {own.top: text})
    done = written(changed, shared.with_name("新.xlsx"), 自评表=NEW)
    if again:
        assert differing(done, written(done, shared.with_name("再.xlsx"), 自评表=NEW)) == set()
    found = next(row for row in stored(done).rows if row.row.key == own.row.key)
    assert found.row.texts == (text, *own.row.texts[1:])
    assert found.state == "已改写" or text == own.row.texts[0]
    others = [row.row.texts for row in stored(done).rows if row.row.key != own.row.key]
    renewed = stored(written(shared, shared.with_name("直接.xlsx"), 自评表=NEW)).rows
    assert others == [row.row.texts for row in renewed if row.row.key != own.row.key]


CHAIN = (
    '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<c r="A1" i="2"/><c r="{address}" i="{sheet}"/><c r="A2" i="2"/></calcChain>'
)


def test_a_formula_of_the_officers_gives_way_to_its_result(told: Path) -> None:
    more = inserted(told, told.with_name("加.xlsx"), 6, "合计")
    number = str(openpyxl.load_workbook(more, read_only=True).sheetnames.index("自评报告") + 1)
    calculated = told.with_name("公式.xlsx")
    with zipfile.ZipFile(more) as before, zipfile.ZipFile(calculated, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == part_of(more):
                cell = b'<c r="A6" t="inlineStr"><is><t>\xe5\x90\x88\xe8\xae\xa1</t></is></c>'
                assert cell in data
                data = data.replace(cell, b'<c r="A6"><f>B2*2</f><v>62.8</v></c>')
            after.writestr(name, data)
        after.writestr("xl/calcChain.xml", CHAIN.format(address="A6", sheet=number))
    done = written(calculated, told.with_name("新.xlsx"), 自评表=OLD)
    assert rows(done)[3] == ("本人添加", "62.8", "")
    with zipfile.ZipFile(done) as package:
        assert b"<f>" not in package.read(part_of(done))
        chain = package.read("xl/calcChain.xml").decode()
    assert 'r="A1"' in chain and 'r="A2"' in chain and 'r="A6"' not in chain


def test_a_page_break_of_the_officers_stays_before_its_paragraph(told: Path) -> None:
    broken = told.with_name("分页.xlsx")
    place = next(row.top for row in stored(told).rows if row.row.key == "二")
    mark = f'<rowBreaks count="1" manualBreakCount="1"><brk id="{place - 1}" max="16383" man="1"/></rowBreaks><drawing'
    with zipfile.ZipFile(told) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(b"<drawing", mark.encode()) if name == part_of(told) else data)
    longer = report(*OLD.blocks[:3], block("一.2", "支出率100%。"), *OLD.blocks[3:])
    done = written(broken, told.with_name("新.xlsx"), 自评表=longer)
    moved = next(row.top for row in stored(done).rows if row.row.key == "二")
    assert moved == place + 1
    assert [mark.id for mark in openpyxl.load_workbook(done)["自评报告"].row_breaks.brk] == [moved - 1]
