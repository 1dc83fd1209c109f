"""Scores through the worksheet functions: the published forms must come out, a column costs one call."""

from __future__ import annotations

import json
from itertools import repeat
from typing import Any

from tests.addin.files import ROOT
from tests.excel.com.books import Excel
from tests.functions.calls import MISSING, Sheet, column
from tests.golden.test_shenzhen_2021 import FORMS
from toolkit.core.form import Cell, Indicator
from toolkit.core.scheme import load_schemes
from toolkit.scoring import score_indicator

SCHEME = "shenzhen-2021"
FIELDS = ("target", "actual", "weight", "method", "level3", "level2", "score")
LETTERS = dict(zip(FIELDS, "ABCDEFG", strict=True))


def laid_out(excel: Excel, rows: list[dict[str, Any]]) -> Sheet:
    """Put rows of a form into columns A to G: texts as texts, weights and scores as numbers."""
    sheet = Sheet(excel)
    for field, letter in LETTERS.items():
        numeric = field in ("weight", "score")
        values = [float(row[field]) if numeric and row.get(field) else row.get(field) or None for row in rows]
        sheet.put(f"{letter}1:{letter}{len(rows)}", column(values), "General" if numeric else "@")
    return sheet


def columns(count: int, *fields: str) -> list[str]:
    return [f"&{LETTERS[field]}1:{LETTERS[field]}{count}" for field in fields]


@FORMS
def test_the_published_forms_come_out(excel: Excel, golden: dict[str, Any]) -> None:
    form = json.loads((ROOT / "tests" / "cases" / f"{golden['id']}.json").read_text(encoding="utf-8"))
    rows, fund = form["indicators"], form["funds"][0]
    sheet, count = laid_out(excel, rows), len(rows)
    given = columns(count, "target", "actual", "weight", "method", "level3", "level2")
    scores = [score for (score,) in sheet.call("SE_SCORE", *given, SCHEME)]
    assert sheet.calls == 1
    counted = [score if isinstance(score, float) else float(row["score"]) for score, row in zip(scores, rows, strict=True)]
    amounts = [float(fund[key].replace(",", "")) for key in ("annual_budget", "executed", "weight")]
    points = sheet.call("SE_FUND_SCORE", *amounts, SCHEME)
    sheet.put(f"H1:H{count + 1}", column([points, *counted]))
    assert f"{sheet.call('SE_TOTAL', f'&H1:H{count + 1}', MISSING, MISSING, SCHEME):.2f}" == golden["computed"]
    sheet.put(f"I1:I{count + 1}", column([float(fund["score"]), *(float(row["score"]) for row in rows)]))
    total = sheet.call("SE_TOTAL", f"&I1:I{count + 1}", MISSING, MISSING, SCHEME)
    assert f"{total:.2f}" == golden["filled"]
    assert sheet.call("SE_GRADE", total, SCHEME) == golden["grade"]
    deductions = sheet.call("SE_DEDUCTION", *columns(count, "weight", "score"))
    assert round(sum(value for (value,) in deductions) + sum(float(row["score"]) for row in rows), 2) == sum(
        float(row["weight"]) for row in rows
    )


def test_a_column_of_sixty_scores_is_one_call(excel: Excel) -> None:
    rows = [{"target": f"≥{n}次", "actual": f"{n - n % 3}次", "weight": "3", "level3": f"指标{n}"} for n in range(10, 70)]
    sheet = laid_out(excel, rows)
    with excel.counted() as log:
        answer = sheet.call("SE_SCORE", *columns(60, "target", "actual", "weight", "method", "level3", "level2"))
    assert sheet.calls == 1
    assert answer == [[float(one(row))] for row in rows]
    # Eleven for each range, and whether the weights all have one format.
    assert len(log) == 6 * 11 + 1


def one(row: dict[str, Any]) -> Any:
    cells = {key: Cell(key, row.get(key, "")) for key in ("level2", "level3", "target", "actual", "weight")}
    made = Indicator(Cell(""), cells["level2"], cells["level3"], cells["target"], cells["actual"], cells["weight"], Cell(""), Cell(""))
    return score_indicator(made, load_schemes()["national-2020"]).computed


def test_a_recalculation_calls_once_for_each_cell_and_changes_nothing(excel: Excel) -> None:
    rows = [{"target": "约46万人次", "actual": f"{40 + n}万人次", "weight": "5"} for n in range(12)]
    sheet = laid_out(excel, rows)
    with excel.counted() as log:
        for row in range(1, 13):
            sheet.call("SE_SCORE", *(f"&{LETTERS[field]}{row}" for field in ("target", "actual", "weight")), caller=f"K{row}")
    assert sheet.calls == 12
    assert [message for message in log if not message.startswith("get ")] == []
    # xlwings calls a function again whose result it resizes, and one that runs in a thread; volatile ones run at every change.
    from toolkit.functions import udfs
    from toolkit.functions.catalogue import FUNCTIONS

    offered = [getattr(udfs, function.name).__xlfunc__ for function in FUNCTIONS]
    assert [(each["volatile"], each["async_mode"], "expand" in each["ret"]["options"]) for each in offered] == list(
        repeat((False, None, False), len(FUNCTIONS))
    )


UNLIKE = "年度指标值和实际完成值的单位不同或缺少单位"
ROWS = [
    # target, actual, 计算方式, 三级指标, 二级指标, then 完成率, 得分 of 3 points, told.
    ("≥24次", "5次", "", "", "", 5 / 24, 0.63, "3 × 5 ÷ 24 = 0.625 → 0.63"),
    ("46万人次", "约40万人次", "", "", "", 40 / 46, 2.61, "3 × 40 ÷ 46 = 2.6086… → 2.61"),
    ("≤100%", "86%", "", "预算成本控制率", "成本指标", 0.86, 3.0, "86% 达到 ≤100%，得满分 3"),
    ("10万元", "12万元", "", "采购成本", "成本指标", 1.2, 2.5, "3 × 10 ÷ 12 = 2.5 → 2.50"),
    ("10万元", "12万元", "正向", "采购成本", "成本指标", 1.2, 3.0, "12万元 达到 10万元，得满分 3"),
    ("3天", "30次", "", "", "", *[UNLIKE] * 3),
    ("合格", "100%", "", "", "", *["定性指标，由填报人评分"] * 3),
    ("≥95%", "", "", "", "", *["实际完成值没有值"] * 3),
    ("0起", "无", "", "事故", "", 1.0, 3.0, "无 达到 0起，得满分 3"),
    ("不适用", "", "", "", "", "不适用", 0.0, "不适用或分值为 0，不计分"),
    ("≥9", "8", "正相", "", "", *["计算方式“正相”不认识，应为正向、反向、等于、定性、人工之一"] * 3),
    ("", "", "", "", "", "", "", ""),
]


def test_rows_of_every_kind(excel: Excel) -> None:
    rows = [dict(zip(("target", "actual", "method", "level3", "level2"), row[:5], strict=True)) | {"weight": "3"} for row in ROWS]
    sheet, count = laid_out(excel, rows), len(rows)
    texts, names = columns(count, "target", "actual"), columns(count, "method", "level3", "level2")
    weights = columns(count, "weight")
    answers = [
        sheet.call("SE_COMPLETION", *texts, *names),
        sheet.call("SE_SCORE", *texts, *weights, *names),
        sheet.call("SE_EXPLAIN", *texts, *weights, *names),
    ]
    assert list(zip(*([value for (value,) in answer] for answer in answers), strict=True)) == [row[5:] for row in ROWS]


def test_rates_totals_and_grades(excel: Excel) -> None:
    sheet = Sheet(excel)
    sheet.put("A1:B4", [[4448000.0, 3866689.1], [100.0, 102.59], [0.0, 5.0], [None, 3.0]])
    assert sheet.call("SE_RATE", "&A1:A4", "&B1:B4", SCHEME) == [[0.87], [1.03], [0.0], ["全年预算数没有填"]]
    assert sheet.call("SE_FUND_SCORE", "&A1:A4", "&B1:B4", 10.0, SCHEME) == [[8.7], [10.0], [0.0], ["全年预算数没有填"]]
    sheet.put("C1:C6", column([90.0, 89.999, "85.5", 60.0, 59.99, None]))
    assert sheet.call("SE_GRADE", "&C1:C6") == [["优"], ["良"], ["良"], ["中"], ["差"], [""]]
    sheet.put("D1:E3", [[8.7, "13.89"], [None, "不适用"], [0.1, 0.2]])
    assert sheet.call("SE_TOTAL", "&D1:E3") == 22.89
    sheet.put("D2", "缺")
    assert sheet.call("SE_TOTAL", "&D1:E3") == "第 2 行第 1 列：得分“缺”不是一个数"
    assert sheet.call("SE_TOTAL", "&G1:G9") == ""
    sheet.put("H1:I3", [[10.0, 9.8], [10.0, None], [None, 9.8]])
    assert sheet.call("SE_DEDUCTION", "&H1:H3", "&I1:I3") == [[0.2], ["得分没有填"], ["分值没有填"]]


def test_a_rule_of_the_scheme_goes_before_target_and_result(excel: Excel) -> None:
    sheet = Sheet(excel)
    assert sheet.call("SE_SCORE", "100%", "98%", 3.0, MISSING, "资金支出率", MISSING, "guangdong-2024") == (
        "“资金支出率”按执行率计分，请用 SE_FUND_SCORE"
    )
