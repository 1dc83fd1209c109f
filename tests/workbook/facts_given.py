"""Forms with 报告要素, as an interchange file gives them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.core.facts import FactKind, fact_groups
from toolkit.core.form import Form
from toolkit.intake.interchange import parse_interchange

CASES = Path(__file__).parents[1] / "cases"

GIVEN: Mapping[str, Any] = {
    "单位简称": "市社保局",
    "主要职能": "统筹全市社会保险基金支付工作。\n负责社会保险关系的建立、中断、转移、接续和终止。",
    "填报日期": "2022年4月",
    "自评通知文号": "河财绩〔2022〕5号",
    "专人数": "1",
    "资金到位金额": "4448000.00",
    "合同金额": "31.28万元",
    "单价标准": "0.50",
    "发放份数": "约210",
    "专款专用": "是",
    "专款专用·依据": "内部控制手册第三章",
    "核算规范": "否",
    "存在问题": "一是资金请拨流程时间较长。\n二是人员变动。",
    "来源另有的一项": "=1+1",
    "资金依据": [
        {"文件名称": "关于下达2021年部门预算的通知", "文号": "深财预〔2021〕1号", "本单位金额": "4478000.00", "用途": "资金下达"},
        {"文件名称": "关于调减预算的通知", "本单位金额": "-30000", "来源另有的一列": "007"},
    ],
    "进度节点": [
        {"截止日期": "2021年9月20日", "累计支出": "2100000.5"},
        {"截止日期": "2021年12月31日", "累计支出": "3866689.10", "备注": "决算数"},
    ],
    "重点工作": [{"工作任务": f"第{number}项任务", "是否完成": "是"} for number in range(1, 15)],
    "来源另有的表": [{"甲": "1", "乙": "二"}, {"乙": "三"}],
}
"""Every kind once, what is unlike its kind, and what the catalogue does not know."""


def with_facts(case: str, facts: Mapping[str, Any] = GIVEN) -> Form:
    """Return a published form with facts beside it."""
    data = json.loads((CASES / f"{case}.json").read_text(encoding="utf-8"))
    return parse_interchange({**data, "facts": facts}, Path(f"{case}.json")).form


def every_fact() -> dict[str, Any]:
    """Return a value for every field and every column of the catalogue."""
    given: dict[str, Any] = {}
    for group in fact_groups():
        given |= {fact.name: fact.example or "是" for fact in group.facts}
        given |= {f"{fact.name}·依据": "凭证" for fact in group.facts if fact.kind is FactKind.TICK}
        for table in group.tables:
            row = {column.name: column.example or "1" for column in table.columns}
            given[table.name] = [row] * (table.rows + 1)
    return given
