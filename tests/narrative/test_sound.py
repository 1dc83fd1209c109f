"""The rules for reports find nothing wrong in a generated report that its own form does not have wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.narrative.forms import DATA, PUBLISHED, case_of, published
from toolkit.checks import Case, Severity, make_case
from toolkit.checks.catalogue import RULES
from toolkit.checks.run import check_form
from toolkit.core.document import Document
from toolkit.core.form import Cell, Line
from toolkit.narrative import write_report_of

_TEXT_RULES = [rule for rule in RULES if rule.code[0] in "RP" and rule.code not in ("R07", "R08", "R18", "R19")]


def document_of(case: Case) -> Document:
    """Lay out a generated report as the rules read it."""
    texts = [block.text for block in write_report_of(case).blocks]
    cells = (Cell(f"自评报告·第 {n} 段", text, line=Line.REPORT + n) for n, text in enumerate(texts, 1))
    return Document("自评报告", tuple(cells))


def found(case: Case) -> list[str]:
    beside = make_case(case.form, case.scheme, report=document_of(case))
    return [f"{each.code}{each.severity.word}：{each.message}" for each in check_form(beside, _TEXT_RULES)]


@pytest.mark.parametrize("path", sorted(DATA.glob("shenzhen-2021/*.json")), ids=lambda path: path.stem)
def test_the_shenzhen_reports_add_no_question_but_what_is_to_be_completed(path: Path) -> None:
    assert {each[:5] for each in found(published(path))} <= {"R09说明"}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_no_error_is_found_in_the_report_of_a_published_form(path: Path) -> None:
    case = published(path)
    assert [each for each in found(case) if each[3:5] == Severity.ERROR.word] == []


_POINTS = ("10", "15", "20", "5")


@st.composite
def sound_forms(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a form without a slip: the rules give every score, every reason is there."""
    budget = draw(st.decimals(Decimal("0.01"), 5000, places=2))
    executed = min(budget, draw(st.decimals(0, 5000, places=2)))
    weights = draw(st.sampled_from((("30", "20", "20", "20"), ("50", "20", "20"), ("90",), ("15", "15", "20", "20", "10", "10"))))
    rows = []
    for place, weight in enumerate(weights):
        target = draw(st.integers(1, 400))
        done = draw(st.integers(0, target))
        section = "满意度指标" if place == len(weights) - 1 and place else "产出指标" if place < 2 else "效益指标"
        rows.append({
            "level1": section,
            "level2": {"产出指标": "数量指标", "效益指标": "社会效益指标"}.get(section, "服务对象满意度指标"),
            "level3": ("培训人数", "检查次数", "受益户数", "走访人数", "整理卷数", "回访人数")[place],
            "target": f"{target}人",
            "actual": f"{done}人",
            "weight": weight,
            "score": "",
            "deviation": "" if done == target else f"因报名不足，少完成{target - done}人；下一步扩大宣传。",
        })
    texts = {"资金用途": "开展培训", "执行率偏低原因": "培训改为线上", "专款专用": "是", "存在问题": "报名不足。", "下一步计划": "扩大宣传。"}
    chosen = draw(st.sets(st.sampled_from(sorted(texts))))
    return {
        "year": 2022,
        "organisation": "某市社保局",
        "department": "某市社保局",
        "project_name": "业务培训",
        "currency_unit": draw(st.sampled_from(("元", "万元"))),
        "funds": [{"kind": "年度资金总额", "initial_budget": f"{budget}", "annual_budget": f"{budget}", "executed": f"{executed}", "weight": "10"}],
        "goal": {"expected": "组织业务培训。", "actual": "组织了业务培训。"},
        "indicators": rows,
        "scheme": draw(st.sampled_from(("national-2020", "shenzhen-2021"))),
        "facts": {name: texts[name] for name in chosen},
    }


@settings(max_examples=80)
@given(sound_forms())
def test_nothing_is_wrong_in_the_report_of_a_sound_form(data: dict[str, Any]) -> None:
    assert [each for each in found(case_of(data)) if not each.startswith(("R16", "R09"))] == []
