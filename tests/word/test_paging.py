"""A long table shared out over pages: nothing lost, nothing too high, merged cells named anew on every page."""

from __future__ import annotations

from itertools import groupby

import pytest

from toolkit.word.paging import height_of, shared_out
from toolkit.word.tables import Box, Row

WIDTHS = [2000, 4000]
LEVELS = ["产出指标"] * 7 + ["效益指标"] * 2 + ["满意度指标"]


def body(levels: list[str] = LEVELS) -> list[Row]:
    rows = []
    for level, group in groupby(enumerate(levels), key=lambda pair: pair[1]):
        for place, (number, _) in enumerate(group):
            merged = Box(level, "FormText", merge="continue" if place else "restart")
            rows.append(Row((merged, Box(f"第{number}项", "FormText")), least=385))
    return rows


def shown(pages: list[list[Row]]) -> list[list[str]]:
    """Return what the merged column shows, page by page; "" for cells that belong to the one above."""
    return [["" if row.boxes[0].merge == "continue" else row.boxes[0].text for row in page] for page in pages]


@pytest.mark.parametrize(
    ("first", "room", "expected"),
    [
        (4000, 4000, [["产出指标", *[""] * 6, "效益指标", "", "满意度指标"]]),
        (1200, 2000, [["产出指标", "", ""], ["产出指标", "", "", "", "效益指标"], ["效益指标", "满意度指标"]]),
        (100, 2000, [["产出指标", "", "", "", ""], ["产出指标", "", "效益指标", "", "满意度指标"]]),
        (-50, 4000, [["产出指标", *[""] * 6, "效益指标", "", "满意度指标"]]),
        (100, 300, [[level] for level in LEVELS]),
    ],
    ids=["one page", "less room first", "no room first", "nothing left first", "rows higher than a page"],
)
def test_merged_cells_begin_anew_on_every_page(first: int, room: int, expected: list[list[str]]) -> None:
    rows = body()
    pages = list(shared_out(rows, WIDTHS, first, room))
    assert shown(pages) == expected
    assert [row.boxes[1] for page in pages for row in page] == [row.boxes[1] for row in rows]
    assert all(height_of(page, WIDTHS) <= max(first, room) or len(page) == 1 for page in pages)


def test_no_rows_make_no_page() -> None:
    assert list(shared_out([], WIDTHS, 1000, 1000)) == []
