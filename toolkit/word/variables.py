"""What a unit's own Word model may use: the report and the form as variables with Chinese names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.checks import Case
from toolkit.core.facts import fact_groups
from toolkit.core.form import Cell, FundLine, Indicator
from toolkit.core.layout import FUND_ATTRIBUTES
from toolkit.core.money import plain
from toolkit.narrative import Block, BlockKind, Report
from toolkit.narrative.markdown import PENDING
from toolkit.word.stated import stated_grade, stated_total
from toolkit.word.text import clean

_KINDS = {BlockKind.HEADING: "标题", BlockKind.CAPTION: "表题", BlockKind.ROW: "表格行"}


@dataclass(frozen=True, slots=True)
class Given:
    """All that variables are made of."""

    report: Report
    case: Case | None
    code: str
    attachments: Sequence[str]


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of a model.

    Attributes:
        meaning: what it holds, for the manual.
        example: how it is written in a model.
    """

    name: str
    meaning: str
    example: str
    make: Callable[[Given], Any]


def _of_form(read: Callable[[Case], str]) -> Callable[[Given], str]:
    return lambda given: clean(read(given.case)) if given.case is not None else ""


def _cell(attribute: str) -> Callable[[Given], str]:
    def read(case: Case) -> str:
        cell: Cell = getattr(case.form, attribute)
        return cell.text

    return _of_form(read)


def _simple(name: str, meaning: str, make: Callable[[Given], Any]) -> Variable:
    return Variable(name, meaning, "{{ " + name + " }}", make)


def _chapters(given: Given) -> list[dict[str, Any]]:
    chapters: list[dict[str, Any]] = []
    for block in given.report.blocks:
        if block.kind is BlockKind.HEADING and block.level == 1:
            chapters.append({"标题": clean(block.text), "内容": []})
        elif chapters and block.kind is not BlockKind.COVER:
            chapters[-1]["内容"].append(_piece(block))
    return chapters


def _piece(block: Block) -> dict[str, Any]:
    text = clean(block.text) + (PENDING if block.pending else "")
    return {
        "类别": _KINDS.get(block.kind, "段落"),
        "级别": block.level,
        "文字": text,
        "单元格": [clean(cell) for cell in block.texts],
        "待完善": block.pending,
        "表头": block.head,
    }


def _cover(given: Given) -> list[str]:
    return [clean(block.text) for block in given.report.blocks if block.kind is BlockKind.COVER]


def _funds(given: Given) -> list[dict[str, str]]:
    return [_fund(line) for line in given.case.form.funds] if given.case else []


def _fund(line: FundLine) -> dict[str, str]:
    values = {field: clean(getattr(line, attribute).text) for field, attribute in FUND_ATTRIBUTES.items()}
    return {"资金来源": clean(line.name), **values}


def _total_fund(given: Given) -> dict[str, str]:
    total = given.case.form.fund_total if given.case else None
    return _fund(total) if total else dict.fromkeys(("资金来源", *FUND_ATTRIBUTES), "")


def _indicators(given: Given) -> list[dict[str, str]]:
    if given.case is None:
        return []
    pairs = zip(given.case.form.indicators, given.case.scores.rows, strict=True)
    return [_indicator(row, plain(scored.computed) if scored.computed is not None else "") for row, scored in pairs]


def _indicator(row: Indicator, computed: str) -> dict[str, str]:
    cells = {
        "一级指标": row.level1,
        "二级指标": row.level2,
        "三级指标": row.level3,
        "四级指标": row.level4,
        "年度指标值": row.target,
        "实际完成值": row.actual,
        "分值": row.weight,
        "得分": row.score,
        "评分依据": row.basis,
        "偏差原因分析及改进措施": row.deviation,
    }
    texts = {name: clean(cell.text) for name, cell in cells.items()}
    return {**texts, "得分": texts["得分"] or computed}


def _facts(given: Given) -> dict[str, str]:
    filled = given.case.form.facts if given.case else {}
    names = [fact.name for group in fact_groups() for fact in group.facts]
    return {**dict.fromkeys(names, ""), **{name: clean(cell.text) for name, cell in filled.items()}}


VARIABLES: tuple[Variable, ...] = (
    _simple("报告标题", "报告的标题", lambda given: clean(given.report.title)),
    _simple("年度", "自评年度，如 2024", _of_form(lambda case: str(case.form.year or ""))),
    _simple("项目名称", "自评表上的项目名称", _cell("project_name")),
    _simple("项目编码", "自评表上的项目编码", _cell("project_code")),
    _simple("项目金额", "自评表上的项目金额", _cell("project_amount")),
    _simple("主管部门", "自评表上的主管部门", _cell("department")),
    _simple("实施单位", "自评表上的实施单位", _cell("implementing_unit")),
    _simple("填报单位", "填报单位", _cell("organisation")),
    _simple("金额单位", "元或万元", _of_form(lambda case: case.form.currency_unit)),
    _simple("预期目标", "年度总体目标的预期目标", _cell("expected_goal")),
    _simple("实际完成情况", "年度总体目标的实际完成情况", _cell("achieved_goal")),
    _simple("总分", "自评表的总分，表上没有时为按规则计算的总分", _of_form(stated_total)),
    _simple("等级", "优、良、中、差", _of_form(stated_grade)),
    _simple("表名", "本地自评表的名称", _of_form(lambda case: case.scheme.form_title)),
    _simple("校验码", "本次导出的校验码，没有时为空", lambda given: given.code),
    Variable("封面", "封面各行", "{%p for 行 in 封面 %} {{ 行 }} {%p endfor %}", _cover),
    Variable("附件", "附件名称", "{%p for 名称 in 附件 %} {{ 名称 }} {%p endfor %}", lambda given: [clean(name) for name in given.attachments]),
    Variable("合计", "项目资金的合计行，列名同自评表", "{{ 合计.全年执行数 }}", _total_fund),
    Variable("资金", "项目资金各行：资金来源和各列", "{%tr for 行 in 资金 %} {{ 行.资金来源 }} {{ 行.全年预算数 }} {%tr endfor %}", _funds),
    Variable("指标", "绩效指标各行，列名同自评表", "{%tr for 行 in 指标 %} {{ 行.三级指标 }} {{ 行.得分 }} {%tr endfor %}", _indicators),
    Variable("要素", "“报告要素”里填的事实，没有填的为空", "{{ 要素.自评通知名称 }}", _facts),
    Variable(
        "章节",
        "报告各章：标题和内容；内容的每一段有 类别（标题、段落、表题、表格行）、级别、文字、单元格、待完善、表头",
        "{%p for 章 in 章节 %} {{ 章.标题 }} {%p for 段 in 章.内容 %} {{ 段.文字 }} {%p endfor %} {%p endfor %}",
        _chapters,
    ),
)
"""All variables that hold texts, in the order of the manual."""
FORMATTED: Mapping[str, str] = {
    "正文": "报告全文，按公文格式排好，独占一段",
    "自评表": "自评表，按横向页面排好，独占一段，放在横向的节里",
}
"""Variables that hold whole paragraphs and tables, and what they hold."""


def context_of(given: Given) -> dict[str, Any]:
    """Return the variables of a model that hold texts, by name."""
    return {variable.name: variable.make(given) for variable in VARIABLES}


def manual_lines() -> Iterator[str]:
    """Yield the manual page of the variables, in Markdown."""
    yield "# Word 模板变量\n\n<!-- 本页由 make docs 生成，请勿手改 -->\n"
    yield "单位自己的报告格式可以做成 Word 模板：在 .docx 里把要填的地方写成下面的变量，再运行\n"
    yield "```\nselfeval report 我的自评表.xlsx -o 报告.docx --model 我的模板.docx\n```\n"
    yield "需要另装一个部件：`pip install \"selfeval[model]\"`。变量名写错时会指出是哪一个。\n"
    yield "| 变量 | 内容 | 写法 |\n|---|---|---|"
    for variable in VARIABLES:
        yield f"| {variable.name} | {variable.meaning} | `{variable.example}` |"
    for name, meaning in FORMATTED.items():
        yield f"| {name} | {meaning} | `{{{{p {name} }}}}` |"
    yield "\n说明："
    yield "\n- 有 `p` 的标记（`{%p … %}`、`{{p … }}`）独占一段，有 `tr` 的标记独占表格的一行，生成后这一段、这一行消失。"
    yield "\n- 文字按模板里变量所在处的字体、字号显示；`正文`和`自评表`自带公文格式。"
    yield "\n- 待完善的段落末尾有〔待完善〕，签发前请搜索这几个字。"
