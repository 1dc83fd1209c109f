"""The scan of a document finds what a tree of its elements holds, and leaves to the tree what it does not know."""

import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.intake.foreign.layouts import Cells, Layout, make_form, write_docx
from toolkit.intake.foreign.document_blocks import Block
from toolkit.intake.foreign.document_scan import scan
from toolkit.intake.foreign.document_tree import W, walk

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
TEXTS = st.text(st.sampled_from("项目 资金&<>\"'1.5％\u3000\u00a0年"), max_size=8)


def by_tree(data: bytes) -> list[Block]:
    return list(walk(etree.fromstring(data).find(f"{W}body")))


def document(body: str) -> bytes:
    return f'{DECLARED}<w:document xmlns:w="{SPACE}" xmlns:r="urn:r"><w:body>{body}<w:sectPr/></w:body></w:document>'.encode()


def text_element(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&#62;")
    return f'<w:t xml:space="preserve">{escaped}</w:t>' if text != text.strip() else f"<w:t>{escaped}</w:t>"


RUN_PARTS = st.one_of(
    TEXTS.map(text_element),
    st.sampled_from(["<w:tab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:t/>", "<w:tab />", "<w:instrText>PAGE</w:instrText>"]),
)
RUNS = st.lists(RUN_PARTS, max_size=3).map(lambda parts: f"<w:r><w:rPr><w:b/></w:rPr>{''.join(parts)}</w:r>")
STOPS = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>'
PARAGRAPHS = st.one_of(
    st.just("<w:p/>"),
    st.just('<w:p w:rsidR="00A1"/>'),
    st.tuples(st.sampled_from(["<w:p>", '<w:p w:rsidR="00A1">']), st.sampled_from(["", STOPS]), st.lists(RUNS, max_size=3)).map(
        lambda parts: f"{parts[0]}{parts[1]}{''.join(parts[2])}</w:p>"
    ),
)
CELL_MARKS = st.sampled_from(
    ["", '<w:gridSpan w:val="3"/>', "<w:vMerge/>", '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>', '<w:gridSpan w:val="0"/>']
)
CELLS = st.tuples(st.sampled_from(["<w:tc>", '<w:tc w:id="1">']), CELL_MARKS, st.lists(PARAGRAPHS, min_size=1, max_size=3)).map(
    lambda parts: f'{parts[0]}<w:tcPr><w:tcW w:w="1" w:type="dxa"/>{parts[1]}</w:tcPr>{"".join(parts[2])}</w:tc>'
)
ROWS = st.tuples(st.sampled_from(["", '<w:trPr><w:gridBefore w:val="2"/></w:trPr>']), st.lists(CELLS, min_size=1, max_size=4)).map(
    lambda parts: f'<w:tr w:rsidR="00A1">{parts[0]}{"".join(parts[1])}</w:tr>'
)
TABLES = st.lists(ROWS, max_size=4).map(lambda rows: f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>")


@given(st.lists(st.one_of(PARAGRAPHS, TABLES), max_size=5))
def test_any_usual_document(blocks: list[str]) -> None:
    data = document("".join(blocks))
    assert scan(data) == by_tree(data)


@pytest.mark.parametrize("seed", range(30))
def test_documents_of_drawn_layouts(tmp_path: Path, seed: int) -> None:
    draw, sheet = random.Random(seed), Cells()
    Layout(draw).write(sheet, 1, make_form(draw))
    write_docx(tmp_path / "自评表.docx", [sheet])
    with zipfile.ZipFile(tmp_path / "自评表.docx") as package:
        data = package.read("word/document.xml")
    assert scan(data) == by_tree(data)


CELL = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>分值</w:t></w:r></w:p>{}</w:tc></w:tr></w:tbl>"


@pytest.mark.parametrize(
    "body",
    [
        CELL.format(CELL.format("") + "<w:p/>"),
        f"<w:sdt><w:sdtContent>{CELL.format('')}</w:sdtContent></w:sdt>",
        CELL.format('<w:p><w:ins w:id="1" w:author=""><w:r><w:t>10</w:t></w:r></w:ins></w:p>'),
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>页边</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>",
        CELL.format("<w:p><w:r><w:t><![CDATA[10]]></w:t></w:r></w:p>"),
        CELL.format("<!-- <w:tc> -->"),
        CELL.format("").replace("<w:tc>", "<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"),
    ],
    ids=["table in a table", "content control", "revision", "text box", "CDATA", "comment", "single quotes"],
)
def test_what_the_scan_does_not_know_is_left_to_the_tree(body: str) -> None:
    data = document(body)
    assert scan(data) is None
    assert by_tree(data)


@pytest.mark.parametrize(
    "data",
    [
        document(CELL.format("")).decode().replace("w:", "x:").encode(),
        document(CELL.format("")).replace(b"UTF-8", b"UTF-16").decode().encode("utf-16"),
        document(CELL.format("")).replace(b'xmlns:r="urn:r"', f'xmlns:r="{SPACE}"'.encode()),
        document(CELL.format(""))[:-20],
        document(CELL.format("")).replace(b"<w:body>", b"<!-- <w:body><w:p/> --><w:body>"),
    ],
    ids=["another prefix", "another encoding", "two prefixes", "cut off", "comment before the body"],
)
def test_other_spellings_are_left_to_the_tree(data: bytes) -> None:
    assert scan(data) is None
