"""What happens to a report when it is generated again, in the officer's terms."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrative.reports import block, edited, inserted, kept, report, without
from toolkit.narrative.model import Block, BlockKind, Report
from toolkit.narrative.renew import Renewed, renew
from toolkit.narrative.stored import RowState, StoredReport, StoredRow

OLD = report(
    block("题目", "2022年度自评报告", BlockKind.TITLE),
    block("一", "一、基本情况", BlockKind.HEADING),
    block("一.1", "全年执行31.28万元。"),
    block("二", "二、存在问题", BlockKind.HEADING),
    block("二.1", "请写明存在问题。", pending=True),
)
NEW = report(
    OLD.blocks[0],
    OLD.blocks[1],
    block("一.1", "全年执行31.40万元。"),
    block("一.2", "支出率100%。"),
    OLD.blocks[3],
    OLD.blocks[4],
)
WRITTEN = kept(renew(StoredReport(), OLD))


def rows(stored: StoredReport, fresh: Report) -> list[tuple[str, str, str]]:
    """Return state, text and suggestion of every row."""
    return [(row.state.value, "｜".join(row.texts), "".join(row.suggestion)) for row in renew(stored, fresh).rows]


def test_a_report_written_for_the_first_time() -> None:
    assert rows(StoredReport(), OLD) == [
        ("自动生成", "2022年度自评报告", ""),
        ("自动生成", "一、基本情况", ""),
        ("自动生成", "　　全年执行31.28万元。", ""),
        ("自动生成", "二、存在问题", ""),
        ("待完善", "　　请写明存在问题。", ""),
    ]


def test_an_untouched_block_is_renewed_and_a_new_one_comes_in_at_its_place() -> None:
    assert rows(WRITTEN, NEW) == [
        ("自动生成", "2022年度自评报告", ""),
        ("自动生成", "一、基本情况", ""),
        ("自动生成", "　　全年执行31.40万元。", ""),
        ("自动生成", "　　支出率100%。", ""),
        ("自动生成", "二、存在问题", ""),
        ("待完善", "　　请写明存在问题。", ""),
    ]


def test_an_edited_block_stays_and_the_new_text_stands_beside_it() -> None:
    stored = edited(WRITTEN, 2, "全年共支出 31.28 万元。 ")
    assert rows(stored, OLD)[2] == ("已改写", "全年共支出 31.28 万元。 ", "")
    assert rows(stored, NEW)[2] == ("已改写", "全年共支出 31.28 万元。 ", "　　全年执行31.40万元。")
    again = kept(renew(stored, NEW))
    assert rows(again, NEW)[2] == ("已改写", "全年共支出 31.28 万元。 ", "　　全年执行31.40万元。")
    assert rows(again, OLD)[2] == ("已改写", "全年共支出 31.28 万元。 ", "")


def test_a_suggestion_that_was_taken_over_is_generated_text_again() -> None:
    stored = kept(renew(edited(WRITTEN, 2, "另写。"), NEW))
    assert rows(edited(stored, 2, "　　全年执行31.40万元。"), NEW)[2] == ("自动生成", "　　全年执行31.40万元。", "")


def test_a_starting_text_becomes_the_officers_when_it_is_edited() -> None:
    assert rows(edited(WRITTEN, 4, "　　无。"), OLD)[4] == ("已改写", "　　无。", "")


def test_own_rows_stay_below_the_row_they_follow() -> None:
    stored = inserted(inserted(WRITTEN, 3, "补充一段。"), 0, "附件1")
    assert [text for _, text, _ in rows(stored, NEW)] == [
        *("附件1", "2022年度自评报告", "一、基本情况", "　　全年执行31.40万元。", "补充一段。", "　　支出率100%。"),
        *("二、存在问题", "　　请写明存在问题。"),
    ]


def test_a_deleted_block_stays_deleted_and_is_named() -> None:
    stored = without(WRITTEN, 2)
    renewed = renew(stored, NEW)
    assert [row.key for row in renewed.rows] == ["题目", "一", "一.2", "二", "二.1"]
    assert [gone.key for gone in renewed.deleted] == ["一.1"]
    # It is remembered even while it is not generated at all.
    later = renew(kept(renew(kept(renewed), report(OLD.blocks[0]))), NEW)
    assert [gone.key for gone in later.deleted] == ["一.1"]


def test_a_row_that_names_a_block_and_holds_nothing_asks_for_it() -> None:
    stored = without(WRITTEN, 2)
    asked = StoredReport((*stored.rows[:2], StoredRow("一.1", ("",)), *stored.rows[2:]), stored.record)
    assert rows(asked, OLD) == rows(WRITTEN, OLD)


def test_a_paragraph_that_was_emptied_stays_empty() -> None:
    assert rows(edited(WRITTEN, 2, ""), NEW)[2] == ("已改写", "", "　　全年执行31.40万元。")


def test_a_block_that_is_generated_no_more_goes_unless_it_was_edited() -> None:
    shorter = report(*OLD.blocks[:2], *OLD.blocks[3:])
    assert [row.key for row in renew(WRITTEN, shorter).rows] == ["题目", "一", "二", "二.1"]
    stored = edited(WRITTEN, 2, "我们写的。")
    assert rows(stored, shorter)[2] == ("不再生成", "我们写的。", "")
    assert rows(kept(renew(stored, shorter)), OLD)[2] == ("已改写", "我们写的。", "")


def test_a_block_that_comes_back_comes_in_again() -> None:
    shorter = report(*OLD.blocks[:2], *OLD.blocks[3:])
    assert rows(kept(renew(WRITTEN, shorter)), OLD) == rows(StoredReport(), OLD)


def test_a_copied_row_is_the_officers_own() -> None:
    stored = StoredReport((*WRITTEN.rows, WRITTEN.rows[2]), WRITTEN.record)
    assert rows(stored, NEW)[-1] == ("本人添加", "　　全年执行31.28万元。", "")


def test_blocks_that_the_officer_moved_stay_where_they_were_put() -> None:
    moved = StoredReport((*WRITTEN.rows[:2], *WRITTEN.rows[3:], WRITTEN.rows[2]), WRITTEN.record)
    assert [row.key for row in renew(moved, NEW).rows] == ["题目", "一", "二", "二.1", "一.1", "一.2"]


def test_blocks_that_nobody_moved_follow_the_new_order() -> None:
    turned = report(OLD.blocks[0], *OLD.blocks[3:], *OLD.blocks[1:3])
    assert [row.key for row in renew(inserted(WRITTEN, 5, "末段"), turned).rows] == ["题目", "二", "二.1", "", "一", "一.1"]


def test_control_characters_of_a_text_make_no_difference() -> None:
    fresh = report(block("一.1", "第一行\r\n第二行\x07"))
    written = renew(StoredReport(), fresh)
    assert written.rows[0].texts == ("　　第一行\n第二行",)
    assert renew(kept(written), fresh) == written


WORDS = st.text(st.sampled_from("预算执行率良好。，12.5%\n　 "), max_size=12)
KEYS = st.lists(st.sampled_from([f"段{number}" for number in range(14)]), unique=True, max_size=12)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    kinds = st.sampled_from([BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.ROW])
    blocks: list[Block] = []
    for key in draw(KEYS):
        kind = draw(kinds)
        blocks.append(block(key, draw(WORDS) + ("|" + draw(WORDS) if kind is BlockKind.ROW else ""), kind, pending=draw(st.booleans())))
    return report(*blocks)


@st.composite
def edits(draw: st.DrawFn, stored: StoredReport) -> tuple[StoredReport, StoredReport]:
    """Return a report edited at random, and only the rows the officer had a hand in."""
    for _ in range(draw(st.integers(0, 5))):
        change = draw(st.sampled_from(["edit", "insert", "delete", "move"]))
        place = draw(st.integers(0, max(0, len(stored.rows) - 1)))
        if change == "insert" or not stored.rows:
            stored = inserted(stored, place, "本人写的" + draw(WORDS))
        elif change == "edit":
            stored = edited(stored, place, "改成" + draw(WORDS))
        elif change == "delete":
            stored = without(stored, place)
        else:
            row = stored.rows[place]
            stored = without(stored, place)
            target = draw(st.integers(0, len(stored.rows)))
            stored = StoredReport((*stored.rows[:target], row, *stored.rows[target:]), stored.record)
    # What is generated at random holds none of these words.
    own = tuple(row for row in stored.rows if row.texts[0].startswith(("改成", "本人写的")))
    return stored, StoredReport(own)


@settings(max_examples=200)
@given(st.data())
def test_not_a_character_of_the_officers_changes(data: st.DataObject) -> None:
    """Over 200 random edits: edited and own rows keep every character, the rest is as generated; twice is once."""
    first, second = data.draw(reports()), data.draw(reports())
    stored, own = data.draw(edits(kept(renew(StoredReport(), first))))
    renewed = renew(stored, second)
    texts = [row.texts for row in renewed.rows]
    for kept_row in own.rows:
        assert texts.count(kept_row.texts) >= own.rows.count(kept_row)
    fresh = {each.key: each for each in second.blocks}
    for row in renewed.rows:
        if row.state in (RowState.GENERATED, RowState.PENDING):
            assert "".join(row.texts).strip("　") == "".join(fresh[row.key].texts).strip("　")
        else:
            assert row.stored is not None and stored.rows[row.stored].texts == row.texts
    assert renew(kept(renewed), second) == _as_kept(renewed)


def _as_kept(renewed: Renewed) -> Renewed:
    """Return what writing it again must give: the same rows, each kept row now found at its own place."""
    rows = (replace(row, stored=None if row.stored is None else place) for place, row in enumerate(renewed.rows))
    return replace(renewed, rows=tuple(rows))
