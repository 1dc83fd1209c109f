"""All worksheet functions with what Excel's function wizard says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.functions.findings import se_findings
from toolkit.functions.indicators import se_completion, se_deduction, se_explain, se_score
from toolkit.functions.lines import Table
from toolkit.functions.totals import se_fund_score, se_grade, se_rate, se_total
from toolkit.functions.values import se_number, se_read, se_unit

CATEGORY = "绩效自评"
"""Under which Excel's function wizard lists them."""
PREFIX = "SE_"
MOST_CHARACTERS = 255
"""Longest description that Excel takes."""

_SCHEME = "评分标准的编号或名称，如 shenzhen-2021；不填为全国标准"
_ROW = {
    "target": "年度指标值，如 ≥95%、不少于46万人次；可以是一列",
    "actual": "实际完成值，与年度指标值一样大的区域",
    "weight": "分值",
    "method": "计算方式：正向、反向、等于、定性或人工；不填按指标值的符号判断",
    "indicator": "三级指标名称；不填时不判断是否成本、满意度等",
    "level": "二级指标名称，如 成本指标；不填同上",
    "scheme": _SCHEME,
}


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function.

    Attributes:
        call: what does the work.
        purpose: what it gives, one or two Chinese sentences.
        arguments: help for each parameter, in order.
        example: a formula.
        gives: what the example gives.
    """

    call: Callable[..., Table]
    purpose: str
    arguments: Mapping[str, str]
    example: str
    gives: str

    @property
    def name(self) -> str:
        """Return the name in Excel."""
        return self.call.__name__.upper()


def _row(*names: str) -> dict[str, str]:
    return {name: _ROW[name] for name in names}


FUNCTIONS = (
    Function(
        se_number,
        "把文字读成数，万、亿已折算。95% 得 0.95，与 Excel 相同。读不出时说明原因。",
        {"text": "单元格或区域，如 约46万人次、不低于95%"},
        '=SE_NUMBER("约46万人次")',
        "460000",
    ),
    Function(
        se_unit,
        "取出文字中的计量单位；没有单位的为空。",
        {"text": "单元格或区域"},
        '=SE_UNIT("约46万人次")',
        "人次",
    ),
    Function(
        se_read,
        "说明一段指标值会怎样理解：符号、数、单位，约数给出范围。看不懂的说明是哪几个字。",
        {"text": "单元格或区域"},
        '=SE_READ("不少于3.5万户")',
        "≥35000户",
    ),
    Function(
        se_completion,
        "完成率＝实际完成值÷年度指标值，小数。不能比较时说明原因。",
        _row("target", "actual", "method", "indicator", "level", "scheme"),
        '=SE_COMPLETION("≥50场次","40场次")',
        "0.8",
    ),
    Function(
        se_score,
        "按评分标准测算得分，四舍五入。只能由人判断的，说明原因。一列指标选成区域，只算一次。",
        _row("target", "actual", "weight", "method", "indicator", "level", "scheme"),
        '=SE_SCORE("≥24次","5次",3)',
        "0.63",
    ),
    Function(
        se_explain,
        "用一句话写出得分的算式，或不能测算的原因。",
        _row("target", "actual", "weight", "method", "indicator", "level", "scheme"),
        '=SE_EXPLAIN("≥24次","5次",3)',
        "3 × 5 ÷ 24 = 0.625 → 0.63",
    ),
    Function(
        se_deduction,
        "扣分＝分值－得分，保留两位小数。",
        {"weight": "分值", "score": "得分，与分值一样大的区域"},
        "=SE_DEDUCTION(10,9.86)",
        "0.14",
    ),
    Function(
        se_rate,
        "执行率＝全年执行数÷全年预算数，小数，按标准规定的位数四舍五入。",
        {"budget": "全年预算数", "executed": "全年执行数，单位与预算数相同", "scheme": _SCHEME},
        '=SE_RATE(4448000,3866689.1,"shenzhen-2021")',
        "0.87",
    ),
    Function(
        se_fund_score,
        "预算执行率得分＝分值×执行率，最多得满分。",
        {"budget": "全年预算数", "executed": "全年执行数，单位与预算数相同", "weight": "执行率的分值", "scheme": _SCHEME},
        '=SE_FUND_SCORE(4448000,3866689.1,10,"shenzhen-2021")',
        "8.7",
    ),
    Function(
        se_total,
        "总分＝各行得分之和。标准规定按适用分值折算、按执行率封顶的，要同时给出分值和执行率。",
        {
            "scores": "全部得分，含执行率得分；空格和“不适用”不计",
            "weights": "参与评分的分值；标准不折算的可以不填",
            "rate": "执行率；标准不封顶的可以不填",
            "scheme": _SCHEME,
        },
        "=SE_TOTAL({8.7;40;30;9.86})",
        "88.56",
    ),
    Function(
        se_grade,
        "等级：优、良、中、差，按标准的分数线。",
        {"total": "总分，可以是一列", "scheme": _SCHEME},
        "=SE_GRADE(89.99)",
        "良",
    ),
    Function(
        se_findings,
        "列出一张自评表的检查结果：级别、代码、事实和算式、改法。旧版 Excel 先选好区域，按 Ctrl+Shift+Enter 输入。",
        {
            "form": "整张自评表，从标题选到总分一行",
            "most": "结果占几行：多出的只报条数，不足的留空；不填则全部列出",
            "scheme": "评分标准的编号或名称，可引用“评分参数”里的标准编号；不填按表名、年度选择",
        },
        "=SE_FINDINGS(A1:I40,12)",
        "检查结果，12 行 4 列",
    ),
)
"""Every function, in the order of the manual."""
