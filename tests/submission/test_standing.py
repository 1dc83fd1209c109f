"""The report as it stands: generated where nobody wrote, the officer's text where somebody did."""

from __future__ import annotations

from tests.narrative.reports import block, edited, inserted, kept, report, without
from toolkit.narrative.model import BlockKind
from toolkit.narrative.renew import renew
from toolkit.narrative.stored import StoredReport
from toolkit.submission.standing import standing_report

FRESH = report(
    block("题", "自评报告", BlockKind.TITLE),
    block("一", "一、基本情况", BlockKind.HEADING),
    block("甲", "执行率 86.93%。"),
    block("乙", "【请填写】", pending=True),
    block("表头", "来源|金额", BlockKind.ROW, head=True),
    block("表1", "财政拨款|10", BlockKind.ROW),
)
STORED = kept(renew(StoredReport(), FRESH))


def shown(stored: StoredReport) -> list[tuple[BlockKind, str, bool]]:
    return [(each.kind, each.text, each.pending) for each in standing_report(FRESH, stored).blocks]


def test_without_a_stored_report_it_is_what_is_generated() -> None:
    assert standing_report(FRESH, StoredReport()) == FRESH
    assert standing_report(FRESH, STORED) == FRESH


def test_what_the_officer_wrote_stands_in_its_place() -> None:
    stored = edited(edited(STORED, 3, "　　已填写。"), 5, "市级财政拨款")
    assert shown(stored)[2:] == [
        (BlockKind.PARAGRAPH, "执行率 86.93%。", False),
        (BlockKind.PARAGRAPH, "已填写。", False),
        (BlockKind.ROW, "来源\t金额", False),
        (BlockKind.ROW, "市级财政拨款\t10", False),
    ]


def test_own_rows_stay_and_deleted_ones_are_gone() -> None:
    stored = without(inserted(STORED, 3, "　　本单位补充。"), 2)
    assert shown(stored)[1:4] == [
        (BlockKind.HEADING, "一、基本情况", False),
        (BlockKind.PARAGRAPH, "本单位补充。", False),
        (BlockKind.PARAGRAPH, "【请填写】", True),
    ]


def test_blanked_rows_and_captions_of_charts_are_left_out() -> None:
    stored = edited(STORED, 2, "")
    rows = report(*FRESH.blocks, block("@得分图", "得分图", BlockKind.CAPTION))
    assert "得分图" not in [each.text for each in standing_report(rows, StoredReport()).blocks]
    assert [each.text for each in standing_report(FRESH, stored).blocks][2] == "【请填写】"
