"""Forms with 报告要素 for the tests of the report: from the data of the package, and generated."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from toolkit.checks import Case, make_case
from toolkit.core.facts import FactKind, fact_groups
from toolkit.core.scheme import choose_scheme, load_schemes
from toolkit.intake.interchange import parse_interchange

DATA = Path(__file__).parents[2] / "toolkit" / "data"
CASES = Path(__file__).parents[1] / "cases"
PUBLISHED = sorted([*DATA.glob("*/*.json"), *CASES.glob("*.json")])

Data = dict[str, Any]


def case_of(data: Mapping[str, Any]) -> Case:
    """Read, score and lay out a form given as interchange data."""
    form = parse_interchange(dict(data), Path("表.json")).form
    return make_case(form, choose_scheme(form, load_schemes())[0])


def published(path: Path) -> Case:
    """Read a form of the package or of the tests."""
    return case_of(json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))


_NAMES = ("培训人数", "办结率", "劳务派遣人员到岗率", "资金支付", "实施程序", "“三公”经费控制", "重点工作完成率", "5G基站数", "参保对象满意度")
_LEVELS = (("产出指标", "数量指标"), ("产出指标", "成本指标"), ("效益指标", "社会效益指标"), ("满意度指标", ""), ("决策", "项目立项"))
_WORDS = ("因人员辞职，少完成2人；下一步及时补充。", "中标价低于预算", "", "原因见附件", "受天气影响,工期推迟3天")
_AMOUNTS = st.decimals(0, 5000, places=2).map(lambda number: f"{number:f}")
_VALUES = st.sampled_from(("27人", "25人", "≥95%", "92.5%", "100%", "及时", "", "30.68万份", "0", "≤100%", "不适用", "约46万人次"))


@st.composite
def indicators(draw: st.DrawFn) -> Data:
    """Draw a row of 年度绩效指标."""
    level1, level2 = draw(st.sampled_from(_LEVELS))
    weight = draw(st.sampled_from(("10", "20", "13.34", "", "0")))
    return {
        "level1": level1,
        "level2": level2,
        "level3": draw(st.sampled_from(_NAMES)),
        "target": draw(_VALUES),
        "actual": draw(_VALUES),
        "weight": weight,
        "score": draw(st.sampled_from(("10", "8.6", "0", "", "13.34"))),
        "deviation": draw(st.sampled_from(_WORDS)),
        "basis": draw(st.sampled_from(("", "按制度执行，共检查3次。"))),
    }


@st.composite
def facts(draw: st.DrawFn) -> Data:
    """Draw some of the fields and tables of 报告要素."""
    chosen: Data = {}
    for group in fact_groups():
        for fact in group.facts:
            if draw(st.booleans()):
                chosen[fact.name] = draw(_fact_texts(fact.kind, fact.choices))
        for table in group.tables:
            chosen[table.name] = [
                {column.name: draw(_fact_texts(column.kind, column.choices)) for column in table.columns if draw(st.booleans())}
                for _ in range(draw(st.integers(0, 3)))
            ]
    return chosen


def _fact_texts(kind: FactKind, choices: tuple[str, ...]) -> st.SearchStrategy[str]:
    if choices:
        return st.sampled_from(choices)
    samples = {
        FactKind.COUNT: ("0", "1", "53", "200"),
        FactKind.NUMBER: ("0.5", "17", "97.59"),
        FactKind.DATE: ("2022年9月20日", "2022-12-31", "2023年4月"),
        FactKind.DOCUMENT: ("河财社〔2022〕38号",),
        FactKind.NAMES: ("办公室、人事科、计划财务科", "无"),
        FactKind.ITEMS: ("一是加强沟通；\n二是提前请拨31.4万元。", "流程时间较长"),
    }
    if kind is FactKind.AMOUNT:
        return _AMOUNTS
    return st.sampled_from(samples.get(kind, ("市社保局", "有文字的一段，共3项。", "第2期")))


@st.composite
def forms(draw: st.DrawFn) -> Data:
    """Draw a whole form of one of the schemes."""
    total = {"kind": "年度资金总额", "weight": draw(st.sampled_from(("10", "")))}
    total |= {name: draw(_AMOUNTS) for name in ("initial_budget", "annual_budget", "executed", "received")}
    part = {"kind": "项目支出"} | {name: draw(_AMOUNTS) for name in ("initial_budget", "annual_budget", "executed")}
    return {
        "year": draw(st.sampled_from((2021, 2022, 2024))),
        "organisation": draw(st.sampled_from(("市社保局", "县第2中学"))),
        "project_name": draw(st.text("甲乙丙项目3号", min_size=1, max_size=6)),
        "department": draw(st.sampled_from(("", "市社保局", "市人社局"))),
        "currency_unit": draw(st.sampled_from(("元", "万元"))),
        "funds": [total, part],
        "goal": {"expected": draw(st.sampled_from(("", "完成4项工作。"))), "actual": draw(st.sampled_from(("", "完成3项\n补办1项")))},
        "indicators": draw(st.lists(indicators(), max_size=8)),
        "stated_total": {"weight": "100", "score": draw(st.sampled_from(("", "95.18", "89.33")))},
        "stated_grade": draw(st.sampled_from(("", "优"))),
        "scheme": draw(st.sampled_from(("national-2020", "guangdong-2021", "guangdong-2024", "foshan-department-2022", "shenzhen-2021"))),
        "facts": draw(facts()),
    }
