"""Forms of any length without an error or a question, and with as many errors as a test wants."""

from __future__ import annotations

from typing import Any

_SECTIONS = (("产出指标", "数量指标", 50), ("效益指标", "社会效益指标", 30), ("满意度指标", "服务对象满意度指标", 10))


def interchange(rows: int, wrong: int = 0) -> dict[str, Any]:
    """Return an interchange form by the national scheme.

    Args:
        rows: indicators, at least 4.
        wrong: how many of the first section's rows, every other one, have a full score for a missed target.
    """
    counts = (rows - 3, 2, 1)
    indicators = [row for section, count in zip(_SECTIONS, counts, strict=True) for row in _rows(*section, count)]
    for row in indicators[: 2 * wrong : 2]:
        row["actual"] = f"{int(row['target'].strip('≥次')) - 10}次"
    fund = {"initial_budget": "500000.00", "annual_budget": "500000.00", "executed": "500000.00", "rate": "100%"}
    return {
        "year": 2024,
        "scheme": "national-2020",
        "organisation": "某市某局",
        "project_name": "档案整理",
        "department": "某市某局",
        "implementing_unit": "某市某局",
        "currency_unit": "元",
        "funds": [{"kind": "年度资金总额", "weight": "10", "score": "10.00", **fund}, {"kind": "当年财政拨款", **fund}],
        "goal": {"expected": "完成年度档案整理工作。", "actual": "整理、扫描、上架均已完成。"},
        "indicators": indicators,
        "stated_total": {"weight": "100", "score": "100.00"},
        "stated_grade": "优",
    }


def _rows(level1: str, level2: str, weight: int, count: int) -> list[dict[str, Any]]:
    cents = [weight * 100 // count] * count
    cents[0] += weight * 100 - sum(cents)
    return [
        {
            "level1": level1,
            "level2": level2,
            "level3": _name(level1, number),
            "target": "≥95%" if level1 == "满意度指标" else f"≥{100 + number}次",
            "actual": "96%" if level1 == "满意度指标" else f"{100 + number}次",
            "weight": f"{cent / 100:.2f}",
            "score": f"{cent / 100:.2f}",
            "deviation": "",
        }
        for number, cent in enumerate(cents)
    ]


def _name(level1: str, number: int) -> str:
    if level1 == "满意度指标":
        return "查档群众满意度"
    return f"第{number + 1}批{'档案整理次数' if level1 == '产出指标' else '档案利用人次'}"
