"""Old draft, new draft, the whole list of changes."""

from __future__ import annotations

import pytest

from tests.checks.forms import CLEAN, Sheet
from tests.compare.drafts import changes, review
from toolkit.checks.review import Review
from toolkit.compare.drafts import compare_drafts
from toolkit.compare.form import compare_forms
from toolkit.compare.model import ChangeKind
from toolkit.compare.parts import changed
from toolkit.compare.report import compare_reports
from toolkit.compare.table import closing, head_lines, table_rows
from toolkit.core.document import Document
from toolkit.core.form import Cell

DOCUMENT = {"文件名称": "关于下达资金的通知", "文号": "某财社〔2023〕8号", "本单位金额": "80", "发文日期": "2023-03-10"}


def moved(sheet: Sheet, name: str, before: str) -> Sheet:
    rows = list(sheet.data["indicators"])
    row = next(each for each in rows if each["level3"] == name)
    rows.remove(row)
    rows.insert(next(at for at, each in enumerate(rows) if each["level3"] == before), row)
    return Sheet({**sheet.data, "indicators": rows}, sheet.facts)


EDITS = {
    "nothing": (CLEAN, []),
    "digits only": (
        CLEAN.with_cells("年度资金总额", 年初预算数="900,000", 得分="9.6").with_cell("扫描页数", "分值", "10.0"),
        [],
    ),
    "blanks around a text": (CLEAN.with_cell("表头", "项目名称", " 社保档案数字化加工\n"), []),
    "a dash for a blank": (CLEAN.with_cells("其他资金", 分值="", 得分=""), []),
    "an amount": (
        CLEAN.with_cell("当年财政拨款", "全年执行数", "764000.01"),
        ["当年财政拨款·全年执行数：764000.00 → 764000.01"],
    ),
    "a percentage is no fraction": (
        CLEAN.with_cell("年度资金总额", "执行率", "0.96"),
        ["年度资金总额·执行率：96% → 0.96"],
    ),
    "a percentage with more digits": (CLEAN.with_cell("年度资金总额", "执行率", "96.00%"), []),
    "a number given a unit": (
        CLEAN.with_cell("整理档案数量", "实际完成值", "5200"),
        ["整理档案数量·实际完成值：5200卷 → 5200"],
    ),
    "emptied": (CLEAN.with_cell("扫描合格率", "得分", ""), ["扫描合格率·得分：10 → （空）"]),
    "header": (
        CLEAN.with_cell("表头", "年度", "2024").with_cell("表头", "项目编码", "007").with_cell("表头", "等级", "良"),
        ["年度：2023 → 2024", "项目编码：（空） → 007", "等级：优 → 良"],
    ),
    "goals": (
        CLEAN.with_cell("表头", "实际完成情况", "已完成。"),
        ["年度总体目标·实际完成情况：实际完成5200卷档案的整理和扫描，网上查档系统已投入使用。 → 已完成。"],
    ),
    "a row moved": (
        moved(CLEAN, "扫描完成时间", before="整理档案数量"),
        ["移动 扫描完成时间：第 4 行 → 第 1 行"],
    ),
    "a row moved and changed": (
        moved(CLEAN, "扫描完成时间", before="整理档案数量").with_cell("扫描完成时间", "分值", "6"),
        ["移动 扫描完成时间：第 4 行 → 第 1 行", "扫描完成时间·分值：5 → 6"],
    ),
    "a row renamed": (
        CLEAN.with_cell("扫描合格率", "三级指标", "扫描质量合格率"),
        ["改名 扫描质量合格率·三级指标：扫描合格率 → 扫描质量合格率"],
    ),
    "a row renamed beyond likeness": (
        CLEAN.with_cell("查档群众满意度", "三级指标", "办事人评价"),
        ["改名 办事人评价·三级指标：查档群众满意度 → 办事人评价"],
    ),
    "another row in its place": (
        CLEAN.with_cells("查档群众满意度", 三级指标="投诉次数", 年度指标值="≤2次", 实际完成值="0次", 得分="9"),
        [
            "新增 投诉次数：（空） → 年度指标值 ≤2次；实际完成值 0次；分值 10；得分 9",
            "删除 查档群众满意度：年度指标值 ≥95%；实际完成值 97%；分值 10；得分 10 → （空）",
        ],
    ),
    "a row dropped, a row added": (
        CLEAN.without("扫描页数").with_row("扫描合格率", 三级指标="返工率", 年度指标值="≤1%", 分值="10"),
        [
            "删除 扫描页数：年度指标值 100万页；实际完成值 100万页；分值 10；得分 10 → （空）",
            "新增 返工率：（空） → 年度指标值 ≤1%；分值 10",
        ],
    ),
    "a source added": (
        CLEAN.with_row("当年财政拨款", 资金来源="上级补助", 全年预算数="5"),
        ["新增 上级补助：（空） → 全年预算数 5"],
    ),
    "a 二级指标 renamed for all its rows": (
        Sheet(
            {
                **CLEAN.data,
                "indicators": [
                    {**row, "level2": row["level2"].replace("数量指标", "产出数量指标")} for row in CLEAN.data["indicators"]
                ],
            },
            {},
        ),
        ["二级指标：数量指标 → 产出数量指标"],
    ),
    "facts": (
        CLEAN.with_fact("专人数", "2").with_fact("单位简称", "007"),
        ["报告要素·专人数：（空） → 2", "报告要素·单位简称：（空） → 007"],
    ),
    "a declared weight": (CLEAN.with_declared(产出指标="50"), ["表内分值·产出指标：（空） → 50"]),
}


@pytest.mark.parametrize("new, expected", EDITS.values(), ids=EDITS)
def test_every_change_and_no_other(new: Sheet, expected: list[str]) -> None:
    assert changes(CLEAN, new) == expected


@pytest.mark.parametrize(
    "rows, expected",
    [
        ([DOCUMENT], []),
        ([{**DOCUMENT, "本单位金额": "80.00", "发文日期": "2023年3月10日"}], []),
        ([{**DOCUMENT, "本单位金额": "81"}], ["报告要素·资金依据第 1 行·本单位金额：80 → 81"]),
        ([{**DOCUMENT, "文件名称": "另一份"}], ["报告要素·资金依据第 1 行·文件名称：关于下达资金的通知 → 另一份"]),
        ([{**DOCUMENT, "用途": "资金下达"}], ["报告要素·资金依据第 1 行·用途：（空） → 资金下达"]),
        (
            [{"文件名称": "在前的一份"}, DOCUMENT],
            ["新增 报告要素·资金依据“在前的一份”：（空） → 文件名称 在前的一份"],
        ),
        (
            [],
            [
                "删除 报告要素·资金依据“关于下达资金的通知”：文件名称 关于下达资金的通知；文号 某财社〔2023〕8号；"
                "本单位金额 80；发文日期 2023-03-10 → （空）"
            ],
        ),
    ],
)
def test_tables_of_facts_are_compared_row_by_row(rows: list[dict[str, str]], expected: list[str]) -> None:
    old, new = CLEAN.with_table("资金依据", DOCUMENT).form, CLEAN.with_table("资金依据", *rows).form
    assert changes(old, new) == expected


def report(*texts: str) -> Document:
    return Document("自评报告", tuple(Cell(f"自评报告第 {at} 段", text, line=20000 + at) for at, text in enumerate(texts, 1)))


def test_reports_are_compared_paragraph_by_paragraph() -> None:
    old = report("一、基本情况", "本项目预算90万元，支出86.4万元。", "二、自评结论", "自评得分99.60分。")
    new = report("一、基本情况", "本项目预算90万元，支出85万元。", "二、自评结论", "三、存在问题", "自评得分99.60分。")
    found = compare_reports(old, new)
    assert [(change.kind, change.item, change.before, change.after) for change in found] == [
        (ChangeKind.CHANGED, "自评报告第 2 段", "本项目预算90万元，支出86.4万元。", "本项目预算90万元，支出85万元。"),
        (ChangeKind.ADDED, "自评报告第 4 段", "（空）", "三、存在问题"),
    ]
    assert compare_reports(old, old) == []


def test_the_reason_is_taken_from_what_the_new_draft_says_beside() -> None:
    new = CLEAN.with_cells("扫描合格率", 实际完成值="97%", 得分="9.90", 偏差原因="扫描仪故障，已更换。")
    new = new.with_cell("扫描页数", "分值", "9").with_cell("年度资金总额", "全年执行数", "800000")
    new = new.with_fact("执行率偏低原因", "中标价低于预算")
    (compared,) = compare_drafts([review(CLEAN)], [review(new)])
    assert [(row[1], row[5]) for row in table_rows(compared)] == [
        ("年度资金总额·全年执行数", "中标价低于预算"),
        ("扫描页数·分值", ""),
        ("扫描合格率·实际完成值", "扫描仪故障，已更换。"),
        ("扫描合格率·得分", "扫描仪故障，已更换。"),
        ("扫描合格率·偏差原因分析及改进措施", ""),
        ("报告要素·执行率偏低原因", ""),
    ]


def test_head_and_closing_say_total_grade_and_errors() -> None:
    broken = CLEAN.with_cell("年度资金总额", "得分", "9.50").with_cell("总分", "得分", "89.50").with_cell("表头", "等级", "良")
    old, new = review(broken), review(CLEAN)
    (compared,) = compare_drafts([old], [new])
    lines = list(head_lines(compared))
    assert lines[:2] == ["社保档案数字化加工（2023 年度）", "总分：89.50 → 99.60（＋10.10）；等级：良 → 优。"]
    assert [found.code for found in compared.corrected] == ["F01", "S01"] and compared.arisen == ()
    assert lines[3].startswith("已改正：F01　“年度资金总额·得分”填 9.50，应为 9.60")
    assert closing([compared]) == "共修改 3 处，其余内容与上一稿一致。"
    (back,) = compare_drafts([new], [old])
    assert [found.code for found in back.arisen] == ["F01", "S01"]
    assert closing(compare_drafts([new], [new])) == "与上一稿逐项核对，没有发现修改。"


def named(name: str, code: str = "") -> Sheet:
    return CLEAN.with_cell("表头", "项目名称", name).with_cell("表头", "项目编码", code)


def pairs(old: list[Sheet], new: list[Sheet]) -> list[tuple[str | None, str | None, bool]]:
    def name(draft: Review | None) -> str | None:
        return None if draft is None else draft.case.form.project_name.text

    found = compare_drafts(list(map(review, old)), list(map(review, new)))
    return [(name(one.old), name(one.new), one.guessed) for one in found]


def test_forms_are_matched_by_code_then_by_name() -> None:
    one, two, three = named("甲项目", "001"), named("乙项目"), named("丙工程")
    assert pairs([one, two], [two, named("改了名的", "001")]) == [("乙项目", "乙项目", False), ("甲项目", "改了名的", False)]
    assert pairs([one, two], [one, three]) == [("甲项目", "甲项目", False), ("乙项目", "丙工程", True)]
    assert pairs([two], [two, three]) == [("乙项目", "乙项目", False), (None, "丙工程", False)]
    assert pairs([two, three], [two]) == [("乙项目", "乙项目", False), ("丙工程", None, False)]
    assert closing(compare_drafts([review(two)], [review(two), review(three)])) == (
        "与上一稿逐项核对，没有发现修改，另有 1 张表只在一稿中有。"
    )


def test_the_place_is_the_cell_of_the_new_draft() -> None:
    old, new = Cell("甲·得分", "1", "自评表", "H9"), Cell("甲·得分", "2", "自评表", "H10")
    (change,) = compare_forms(CLEAN.form, CLEAN.with_cell("表头", "年度", "2024").form)
    assert change.place == ""
    assert [each.place for each in changed(old, new)] == ["自评表 H10"]
