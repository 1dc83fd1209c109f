"""Form controls of the officer on a sheet from which spare rows go: they fill and list the same cells as before."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from tests.workbook.finish.bench import MAIN, read_parts, write_parts
from tests.workbook.finish.controls import CONTROLS, Board, add_controls, add_drawings
from tests.workbook.finish.test_forms import filled
from toolkit.workbook.finish import State, finish_workbook, hygiene, verify_file

FORM, SOURCES = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet4.xml"
BELOW = 80


def with_controls(path: Path, sheet: str, *, choices: str, link: str) -> Path:
    """Write a filled form with controls on one of its sheets, far below everything."""
    parts = read_parts(filled(path.with_name("form.xlsx"), "102"))
    board = Board(sheet, "</worksheet>", "xl/drawings/drawing9.xml", "xl/drawings/vmlDrawing9.vml", BELOW - 1)
    add_drawings(parts, board)
    add_controls(parts, board, choices=choices, link=link)
    write_parts(path, parts)
    return path


def spare_rows(path: Path) -> int:
    rows = etree.fromstring(read_parts(path)[FORM]).iter(f"{{{MAIN}}}row")
    return sum(row.get("hidden") == "1" for row in rows)





def cells_named(path: Path) -> dict[str, list[str]]:
    """Return what the controls fill and list: by their properties, and by the drawing for older programs."""
    parts = read_parts(path)
    properties = "".join(parts[name].decode() for name in sorted(parts) if "ctrlProps" in name)
    old = parts["xl/drawings/vmlDrawing9.vml"].decode()
    return {
        "fills": [*re.findall(r'fmlaLink="([^"]*)"', properties), *re.findall("<x:FmlaLink>(.*?)</x:FmlaLink>", old)],
        "lists": [*re.findall(r'fmlaRange="([^"]*)"', properties), *re.findall("<x:FmlaRange>(.*?)</x:FmlaRange>", old)],
    }


def upper_edges(path: Path) -> set[int]:
    """Return the rows, counted from 0, in which the controls begin: on the sheet, in both drawings."""
    parts = read_parts(path)
    newer = b"".join(parts[name] for name in (FORM, "xl/drawings/drawing9.xml")).decode()
    edges = re.findall(r"<(?:xdr:)?from>.*?<xdr:row>(\d+)</xdr:row>", newer)
    older = re.findall(r"<x:Anchor>\d+, \d+, (\d+),", parts["xl/drawings/vmlDrawing9.vml"].decode())
    assert (len(edges), len(older)) == (2 * len(CONTROLS), len(CONTROLS))
    return {int(edge) for edge in (*edges, *older)}


def test_controls_on_the_form_move_with_its_rows(tmp_path: Path) -> None:
    source = with_controls(tmp_path / "a.xlsx", FORM, choices=f"$Z${BELOW}:$Z${BELOW + 2}", link=f"$Y${BELOW}")
    finish_workbook(source, tmp_path / "b.xlsx")
    now = BELOW - spare_rows(source)
    assert now < BELOW - 40
    assert cells_named(tmp_path / "b.xlsx") == {"fills": [f"$Y${now}"] * 6, "lists": [f"$Z${now}:$Z${now + 2}"] * 2}
    assert upper_edges(tmp_path / "b.xlsx") == {now - 1}
    assert (hygiene(tmp_path / "b.xlsx"), verify_file(tmp_path / "b.xlsx").state) == ([], State.SAME)


def test_controls_of_another_sheet_follow_the_form_and_keep_their_own_cells(tmp_path: Path) -> None:
    source = with_controls(tmp_path / "a.xlsx", SOURCES, choices=f"自评表!$Z${BELOW}:$Z${BELOW + 2}", link=f"$Y${BELOW}")
    finish_workbook(source, tmp_path / "b.xlsx")
    now = BELOW - spare_rows(source)
    assert cells_named(tmp_path / "b.xlsx") == {
        "fills": [f"$Y${BELOW}"] * 6,
        "lists": [f"自评表!$Z${now}:$Z${now + 2}"] * 2,
    }
