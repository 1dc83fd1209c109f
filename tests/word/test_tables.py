"""Tables and the annex: heading rows, widths, merged levels, the columns of every scheme."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from itertools import accumulate
from operator import add
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrative.forms import DATA, PUBLISHED, case_of, forms, published
from tests.word.files import OUTLINES, W, block, paragraph_report, written
from toolkit.checks import make_case
from toolkit.core.scheme import load_schemes
from toolkit.narrative import BlockKind, Report, write_report_of
from toolkit.word import write_docx
from toolkit.word.page import LANDSCAPE, PORTRAIT
from toolkit.word.tables import fitted_widths

SCHEMES = load_schemes()


def cells(row: Any) -> list[str]:
    """Return the texts of a row's cells, a merged one once."""
    return ["\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in cell.iter(f"{W}p")) for cell in row.iter(f"{W}tc")]


def listed(path: Path) -> list[Any]:
    """Return the rows of 年度绩效指标 below their headings, which stand on every page."""
    return [row for page in pages(path) for row in page]


def pages(path: Path) -> list[list[Any]]:
    """Return the rows of 年度绩效指标 page by page, their headings left out."""
    tables = list(Document(str(path)).element.body.iter(f"{W}tbl"))
    rows = [list(table.iter(f"{W}tr")) for table in tables[:-1]]
    heads = cells(rows[-1][0])
    return [table[1:] for table in rows if cells(table[0]) == heads]


@pytest.mark.parametrize("source", OUTLINES, ids=lambda source: source.parent.name)
def test_tables_fit_the_page_and_break_between_rows(tmp_path: Path, source: Path) -> None:
    path, _, _ = written(tmp_path, source)
    tables = list(Document(str(path)).element.body.iter(f"{W}tbl"))
    assert len(tables) >= 3
    for table in tables:
        grid = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(grid) in (PORTRAIT.text_width, LANDSCAPE.text_width) and min(grid) >= 0
        for row in table.iter(f"{W}tr"):
            spans = [cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc")]
            assert sum(1 if span is None else int(span.get(f"{W}val")) for span in spans) == len(grid)
            assert row.find(f"{W}trPr/{W}cantSplit") is not None


def test_the_heading_row_repeats_and_a_row_longer_than_half_a_page_may_split(tmp_path: Path) -> None:
    blocks = (
        block(BlockKind.CAPTION, "情况表"),
        block(BlockKind.ROW, "序号", "情况", head=True),
        block(BlockKind.ROW, "1", "情况很多。" * 200),
        block(BlockKind.ROW, "2", "无"),
    )
    write_docx(tmp_path / "报告.docx", Report("national", "自评报告", blocks))
    (table,) = Document(str(tmp_path / "报告.docx")).element.body.iter(f"{W}tbl")
    flags = [tuple(row.find(f"{W}trPr/{W}{name}") is not None for name in ("tblHeader", "cantSplit")) for row in table.iter(f"{W}tr")]
    assert flags == [(True, True), (False, False), (False, True)]
    # The caption and the heading row stay with what follows.
    styles = {style.get(f"{W}styleId"): style for style in Document(str(tmp_path / "报告.docx")).styles.element}
    assert all(styles[name].find(f"{W}pPr/{W}keepNext") is not None for name in ("Caption", "TableHead", "Heading1"))


@pytest.mark.parametrize("name", SCHEMES)
def test_the_annex_has_the_columns_of_the_scheme(tmp_path: Path, name: str) -> None:
    scheme = SCHEMES[name]
    case = make_case(published(DATA / "shenzhen-2021" / "105.json").form, scheme)
    path = tmp_path / "报告.docx"
    write_docx(path, paragraph_report("正文。"), case)
    upper, lower, *_, closing = Document(str(path)).element.body.iter(f"{W}tbl")
    heads = [cells(row) for row in upper.iter(f"{W}tr")]
    assert [column.heading for column in scheme.fund_columns] in [row[2:] for row in heads]
    assert [row[1] for row in heads[3 : 3 + len(case.form.funds)]] == ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]
    assert cells(next(lower.iter(f"{W}tr")))[1:] == [column.heading for column in scheme.columns]
    at = [column.field for column in scheme.columns].index("三级指标") + 1
    assert [cells(row)[at] for row in listed(path)] == [row.level3.text for row in case.form.indicators]
    total, signed, graded = (cells(row) for row in closing.iter(f"{W}tr"))
    assert total[0] == scheme.label("总分") and "96.8" in total
    assert signed == ["填表人：", "", "负责人：", "", "联系电话：", ""]
    assert graded[:3] == ["等级：", scheme.grade_of(case.form.total_score.number or Decimal(0)).name, "填报日期："]


def test_levels_are_merged_over_their_rows(tmp_path: Path) -> None:
    path, _, case = written(tmp_path, DATA / "shenzhen-2021" / "105.json")
    merges = []
    for row in listed(path):
        cell = list(row.iter(f"{W}tc"))[1]
        merges.append((cell.find(f"{W}tcPr/{W}vMerge").get(f"{W}val") or "continue", "".join(t.text for t in cell.iter(f"{W}t"))))
    levels = [row.level1.text for row in case.form.indicators]
    above = {len(rows) for rows in accumulate(pages(path), add)} | {0}
    expected = [("continue", "") if n not in above and levels[n] == levels[n - 1] else ("restart", levels[n]) for n in range(len(levels))]
    assert merges == expected


@given(st.lists(st.lists(st.text("字a1% \n", max_size=60), min_size=4, max_size=4), min_size=1, max_size=8))
def test_widths_fill_the_page_and_leave_no_column_out(rows: list[list[str]]) -> None:
    widths = fitted_widths(rows, PORTRAIT.text_width, 24)
    assert sum(widths) == PORTRAIT.text_width
    assert min(widths) > 2 * 12 * 10


def test_a_figure_is_not_broken_where_a_sentence_stands_beside_it() -> None:
    rows = [["序号", "金额", "说明"], ["1", "46,665.43", "因中标价低于预算，" * 30], ["2", "100.00%", "无"]]
    widths = fitted_widths(rows, PORTRAIT.text_width, 24)
    assert widths[1] > 9 * 120 + 120
    assert widths[2] > 5 * widths[0]


@pytest.mark.parametrize("source", [path for path in PUBLISHED if path not in OUTLINES], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_published_form_can_be_written_whole(tmp_path: Path, source: Path) -> None:
    path, _, case = written(tmp_path, source)
    fields = [column.field for column in case.scheme.columns]
    for field, attribute in (("三级指标", "level3"), ("实际完成值", "actual"), ("得分", "score")):
        if field in fields:
            shown = [cells(row)[fields.index(field) + 1] for row in listed(path)]
            stated = [getattr(row, attribute).text for row in case.form.indicators]
            assert [text for text, given in zip(shown, stated, strict=True) if given.strip()] == [
                "\n".join(line for line in given.split("\n") if line.strip()) for given in stated if given.strip()
            ]


@settings(max_examples=40)
@given(data=forms())
def test_any_form_can_be_written_and_read_back(data: dict[str, Any]) -> None:
    case = case_of(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "报告.docx"
        write_docx(path, write_report_of(case), case)
        assert len(listed(path)) == len(case.form.indicators)
