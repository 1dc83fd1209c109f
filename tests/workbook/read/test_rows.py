"""Rows taken apart by the pattern and rows parsed as XML give the same cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.utils import column_index_from_string

from tests.workbook.officer_form import write_form
from toolkit.workbook.read import read_forms

SHEET = "xl/worksheets/sheet1.xml"
MIXED = {
    "B3": "a & b < c > d “引号” \"q\" 'p'",
    "I11": "第一行\n第二行  两个空格",
    "G11": ("=1/0", "#DIV/0!"),
    "F12": ("=LEFT(\"30.5万份&\",4)", "30.5"),
    "G12": 2.7586,
    "F15": "_x000D_",
}


def rewritten(path: Path, change: Callable[[str], str], encoding: str = "utf-8") -> Path:
    """Copy the workbook with the XML of its form sheet written in another way."""
    out = path.with_name("另写.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, change(content.decode()).encode(encoding) if name == SHEET else content)
    return out


def prefixed(xml: str) -> str:
    return re.sub(r"<(/?)(\w)", r"<\1x:\2", xml.replace("<?xml", "&xml").replace("xmlns=", "xmlns:x=")).replace(
        "&xml", "<?xml"
    )


def indented(xml: str) -> str:
    return re.sub(r"(<c |<row |</row>|<mergeCell )", r"\n  \1", xml)


def with_comment(xml: str) -> str:
    return xml.replace("<row r=\"11\"", "<!-- <row r=\"99\"> --><row r=\"11\"", 1)


def other_order(xml: str) -> str:
    return re.sub(r'<c (r="\w+") (s="\d+")', r"<c \2 \1", xml)


def without_addresses(xml: str) -> str:
    """Leave out every address and fill the gaps with empty cells, as the format allows."""

    def row(found: re.Match[str]) -> str:
        cells, column = [], 0
        for letters, rest in re.findall(r'<c r="([A-Z]+)\d+"(.*?(?:/>|</c>))', found.group(2)):
            number = column_index_from_string(letters)
            cells.append("<c/>" * (number - column - 1) + f"<c{rest}")
            column = number
        return f"{found.group(1)}{''.join(cells)}</row>"

    return re.sub(r"(<row [^>]*[^/]>)(.*?)</row>", row, xml)


def in_utf_16(xml: str) -> str:
    return xml.replace("UTF-8", "UTF-16", 1)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return write_form(tmp_path / "自评表.xlsx", MIXED)


@pytest.mark.parametrize("change", [prefixed, indented, with_comment, other_order, without_addresses])
def test_another_notation_of_the_same_cells(book: Path, change: Callable[[str], str]) -> None:
    assert read_forms(rewritten(book, change)) == read_forms(book)


def test_another_encoding(book: Path) -> None:
    assert read_forms(rewritten(book, in_utf_16, "utf-16")) == read_forms(book)


def test_rows_without_cells_count(book: Path) -> None:
    def change(xml: str) -> str:
        return xml.replace('<row r="11"', '<row r="10" spans="1:9"/><row r="11"', 1)

    assert read_forms(rewritten(book, change)) == read_forms(book)


def test_inline_and_rich_texts(book: Path) -> None:
    def change(xml: str) -> str:
        runs = '<r><rPr><b/></rPr><t>劳务</t></r><r><t xml:space="preserve">派遣 </t></r>'
        rich = f'{runs}<rPh sb="0" eb="1"><t>拼音</t></rPh>'
        xml, count = re.subn(r'(<c r="D11"[^>]*?) t="s"><v>\d+</v>', rf'\1 t="inlineStr"><is>{rich}</is>', xml)
        xml, more = re.subn(r'(<c r="D12"[^>]*?) t="s"><v>\d+</v>', r'\1 t="inlineStr"><is><t>a&amp;b</t></is>', xml)
        assert (count, more) == (1, 1)
        return xml

    (form,) = read_forms(rewritten(book, change))
    assert [row.level3.text for row in form.indicators[:2]] == ["劳务派遣 ", "a&b"]


def test_what_was_typed_is_read_as_typed(book: Path) -> None:
    (form,) = read_forms(book)
    first, second, third = form.indicators[:3]
    assert form.project_name.text == MIXED["B3"]
    assert first.deviation.text == MIXED["I11"]
    assert (first.weight.text, second.actual.text, third.actual.text) == ("#DIV/0!", "30.5", "_x000D_")


@pytest.mark.parametrize("kind", ["b", "d"])
def test_other_kinds_of_cells(book: Path, kind: str) -> None:
    value, shown = {"b": ("1", "TRUE"), "d": ("2021-12-31", "2021-12-31")}[kind]

    def change(xml: str) -> str:
        return re.sub(r'(<c r="F11"[^>]*?) t="s"><v>\d+</v>', rf'\1 t="{kind}"><v>{value}</v>', xml)

    (form,) = read_forms(rewritten(book, change))
    assert form.indicators[0].actual.text == shown
