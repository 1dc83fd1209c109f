"""Forms for the tests of the checks, in the officer's notation: rows and columns by their printed names."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from toolkit.checks import rules
from toolkit.checks.case import Case, LedgerLine, make_case
from toolkit.checks.finding import Finding
from toolkit.checks.rule import Rule, Stage
from toolkit.checks.run import check_form
from toolkit.core.form import Cell, Form, Indicator, Line
from toolkit.core.scheme import Scheme, choose_scheme, load_schemes
from toolkit.intake.interchange import parse_interchange

CASES = Path(__file__).parents[1] / "cases"

_HEADER = {
    "填报单位": ("organisation",),
    "项目名称": ("project_name",),
    "项目编码": ("project_code",),
    "项目金额": ("project_amount",),
    "主管部门": ("department",),
    "实施单位": ("implementing_unit",),
    "年度": ("year",),
    "金额单位": ("currency_unit",),
    "评分标准": ("scheme",),
    "地区": ("region",),
    "预期目标": ("goal", "expected"),
    "实际完成情况": ("goal", "actual"),
    "等级": ("stated_grade",),
}
_TOTAL = {"分值": "weight", "得分": "score"}
_FUND = {
    "资金来源": "kind",
    "年初预算数": "initial_budget",
    "全年预算数": "annual_budget",
    "全年执行数": "executed",
    "分值": "weight",
    "执行率": "rate",
    "得分": "score",
}
_INDICATOR = {
    "一级指标": "level1",
    "二级指标": "level2",
    "三级指标": "level3",
    "年度指标值": "target",
    "实际完成值": "actual",
    "分值": "weight",
    "得分": "score",
    "偏差原因": "deviation",
    "计算方式": "method",
    "佐证": "evidence",
    "评分依据": "basis",
}
_BESIDE = {"method": "计算方式", "evidence": "佐证材料", "basis": "评分依据"}


@dataclass(frozen=True)
class Sheet:
    """A form as its printed texts; every change gives a new one.

    Attributes:
        data: the interchange form, with method, evidence and basis beside an indicator's own keys.
        facts: 报告要素 by name.
    """

    data: Mapping[str, Any]
    facts: Mapping[str, str]

    @property
    def form(self) -> Form:
        """Return the form read from the texts."""
        form = parse_interchange(self.data, Path("自评表.json")).form
        indicators = tuple(map(_with_beside, form.indicators, self.data["indicators"]))
        facts = {name: Cell(f"报告要素·{name}", text, line=Line.FACTS) for name, text in self.facts.items()}
        return replace(form, indicators=indicators, facts=facts)

    def with_cell(self, row: str, column: str, typed: str) -> Sheet:
        """Type one cell. ``row`` is the name of a fund row or indicator, 总分, or 表头 for all else."""
        data = deepcopy(dict(self.data))
        if row == "表头":
            *outer, key = _HEADER[column]
            target = data.setdefault(outer[0], {}) if outer else data
            target[key] = typed
        elif row == "总分":
            data.setdefault("stated_total", {})[_TOTAL[column]] = typed
        else:
            _row(data, row)[(_FUND if _is_fund(data, row) else _INDICATOR)[column]] = typed
        return replace(self, data=data)

    def with_cells(self, row: str, **typed: str) -> Sheet:
        """Type several cells of one row."""
        sheet = self
        for column, text in typed.items():
            sheet = sheet.with_cell(row, column, text)
            row = text if column in ("三级指标", "资金来源") else row
        return sheet

    def with_row(self, after: str, **typed: str) -> Sheet:
        """Add a row below ``after``: a copy of its levels or of its blank fund cells, with what is typed."""
        data = deepcopy(dict(self.data))
        fund = _is_fund(data, after)
        rows, names = data["funds" if fund else "indicators"], _FUND if fund else _INDICATOR
        place = rows.index(_row(data, after))
        kept = {} if fund else {key: rows[place][key] for key in ("level1", "level2")}
        rows.insert(place + 1, kept | {names[column]: text for column, text in typed.items()})
        return replace(self, data=data)

    def without(self, *names: str) -> Sheet:
        """Strike rows out."""
        data = deepcopy(dict(self.data))
        for name in names:
            data["funds" if _is_fund(data, name) else "indicators"].remove(_row(data, name))
        return replace(self, data=data)

    def with_declared(self, **weights: str) -> Sheet:
        """Let the form declare weights for its 一级指标."""
        return replace(self, data={**self.data, "declared_section_weights": weights})

    def with_fact(self, name: str, text: str) -> Sheet:
        """Fill in one of 报告要素."""
        return replace(self, facts={**self.facts, name: text})

    def with_table(self, name: str, *rows: Mapping[str, str]) -> Sheet:
        """Fill in a table of 报告要素."""
        tables = {**self.data.get("facts", {}), name: [dict(row) for row in rows]}
        return replace(self, data={**self.data, "facts": tables})


def _is_fund(data: Mapping[str, Any], name: str) -> bool:
    return any(line["kind"] == name for line in data["funds"])


def _row(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    rows = [row for row in data["funds"] if row["kind"] == name]
    rows += [row for row in data["indicators"] if row["level3"] == name]
    row: dict[str, Any] = rows[0]
    return row


def _with_beside(row: Indicator, data: Mapping[str, Any]) -> Indicator:
    typed: dict[str, Any] = {
        key: Cell(f"{row.name}·{column}", data[key], line=row.level3.line)
        for key, column in _BESIDE.items()
        if key in data
    }
    return replace(row, **typed)


def _fund(kind: str, initial: str, annual: str, executed: str, rate: str, weight: str = "—", score: str = "—") -> Any:
    return dict(zip(_FUND.values(), (kind, initial, annual, executed, weight, rate, score), strict=True))


def _indicator(levels: str, name: str, target: str, actual: str, weight: str) -> Any:
    level1, level2 = levels.split("·")
    texts = (level1, level2, name, target, actual, weight, weight, "")
    return dict(zip(list(_INDICATOR.values())[:8], texts, strict=True))


CLEAN = Sheet(
    {
        "year": "2023",
        "organisation": "某县社会保险基金管理局",
        "department": "某县人力资源和社会保障局",
        "implementing_unit": "某县社会保险基金管理局",
        "project_name": "社保档案数字化加工",
        "currency_unit": "元",
        "goal": {
            "expected": "完成5000卷社保档案的整理和扫描，提供网上查档。",
            "actual": "实际完成5200卷档案的整理和扫描，网上查档系统已投入使用。",
        },
        "funds": [
            _fund("年度资金总额", "900000.00", "900000.00", "864000.00", "96%", "10", "9.60"),
            _fund("当年财政拨款", "800000.00", "800000.00", "764000.00", "95.5%"),
            _fund("上年结转资金", "100000.00", "100000.00", "100000.00", "100%"),
            _fund("其他资金", "0.00", "0.00", "0.00", ""),
        ],
        "indicators": [
            _indicator("产出指标·数量指标", "整理档案数量", "≥5000卷", "5200卷", "15"),
            _indicator("产出指标·数量指标", "扫描页数", "100万页", "100万页", "10"),
            _indicator("产出指标·质量指标", "扫描合格率", "≥98%", "99%", "10"),
            _indicator("产出指标·时效指标", "扫描完成时间", "2023年11月底前", "2023年11月20日", "5"),
            _indicator("产出指标·成本指标", "每页扫描成本", "≤0.5元", "0.48元", "10"),
            _indicator("效益指标·社会效益指标", "查档办理时间", "≤3个工作日", "2个工作日", "15"),
            _indicator("效益指标·可持续影响指标", "档案管理制度", "建立管理制度", "达成年度指标", "15"),
            _indicator("满意度指标·服务对象满意度指标", "查档群众满意度", "≥95%", "97%", "10"),
        ],
        "stated_total": {"weight": "100", "score": "99.60"},
        "stated_grade": "优",
        "scheme": "national-2020",
    },
    {},
)
"""A form on which every rule is silent."""


def case(name: str) -> Sheet:
    """Read a published form, ``tests/cases/<name>.json``."""
    return Sheet(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")), {})


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule of ``toolkit.checks.rules``, in the order of its code."""
    names = [each.name for each in pkgutil.iter_modules(rules.__path__)]
    modules = [importlib.import_module(f"{rules.__name__}.{name}") for name in names]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Rule)]
    return tuple(sorted(found, key=lambda each: each.code))


def scheme_of(form: Form) -> Scheme:
    """Return the scheme of the form as the program chooses it."""
    return choose_scheme(form, load_schemes())[0]


def case_of(
    sheet: Sheet | Form,
    scheme: Scheme | None = None,
    goals: Sheet | Form | None = None,
    ledger: tuple[LedgerLine, ...] | None = None,
) -> Case:
    """Lay everything beside the form that the rules may look at."""
    form = sheet.form if isinstance(sheet, Sheet) else sheet
    approved = goals.form if isinstance(goals, Sheet) else goals
    return make_case(form, scheme or scheme_of(form), approved, ledger)


def run(sheet: Sheet | Form, stage: Stage = Stage.SELF_EVALUATION, **beside: Any) -> tuple[Finding, ...]:
    """Run the whole catalogue; ``beside`` may hold scheme, goals and ledger."""
    return check_form(case_of(sheet, **beside), all_rules(), stage)


def codes(findings: Iterable[Finding]) -> list[str]:
    """Return the codes, in the order of the findings."""
    return [found.code for found in findings]


def lines(findings: Iterable[Finding]) -> list[str]:
    """Return :func:`places` as one line a finding: F03 错误 年度资金总额·全年预算数."""
    return [f"{code} {word} {'、'.join(fields)}" for code, word, *fields in places(findings)]


def places(findings: Iterable[Finding]) -> list[tuple[str, ...]]:
    """Return for each finding its code, the word of its severity (无法核对 where undecidable) and its cells' fields."""
    return [
        (found.code, "无法核对" if found.undecidable else found.severity.word, *(cell.field for cell in found.cells))
        for found in findings
    ]
