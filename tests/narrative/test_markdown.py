"""A report as Markdown."""

from tests.narrative.reports import block, report
from toolkit.narrative.markdown import to_markdown
from toolkit.narrative.model import BlockKind

WHOLE = report(
    block("封面", "单位：市社保局", BlockKind.COVER),
    block("题目", "2022年度自评报告", BlockKind.TITLE),
    block("一", "一、基本情况", BlockKind.HEADING),
    block("一.1", "数量*单价_合计<5|元\n1. 第二行"),
    block("表名", "资金表", BlockKind.CAPTION),
    block("头", "来源|预算数", BlockKind.ROW, head=True),
    block("甲", "财政拨款|31.40", BlockKind.ROW),
    block("头2", "任务", BlockKind.ROW, head=True),
    block("乙", "推进", BlockKind.ROW),
    block("二", "请写明。", pending=True),
)


def test_every_kind_of_block() -> None:
    assert to_markdown(WHOLE) == (
        "单位：市社保局\n\n"
        "# 2022年度自评报告\n\n"
        "## 一、基本情况\n\n"
        "数量\\*单价\\_合计\\<5\\|元  \n1\\. 第二行\n\n"
        "**资金表**\n\n"
        "| 来源 | 预算数 |\n|---|---|\n| 财政拨款 | 31.40 |\n\n"
        "| 任务 |\n|---|\n| 推进 |\n\n"
        "请写明。〔待完善〕\n"
    )


def test_a_table_without_a_head_gets_an_empty_one() -> None:
    rows = report(block("甲", "一|二", BlockKind.ROW), block("乙", "三", BlockKind.ROW))
    assert to_markdown(rows) == "|  |  |\n|---|---|\n| 一 | 二 |\n| 三 |  |\n"
