"""What forms call their columns and labels: the national words, other places' words, a scheme's own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from toolkit.core.scheme import Scheme

SYNONYMS: Mapping[str, str] = {
    "年初预算": "年初预算数",
    "年初批复预算数": "年初预算数",
    "全年预算": "全年预算数",
    "调整后预算数": "全年预算数",
    "全年执行": "全年执行数",
    "实际执行数": "全年执行数",
    "预算执行率": "执行率",
    "指标值": "年度指标值",
    "年度目标值": "年度指标值",
    "全年实际值": "实际完成值",
    "全年实际完成值": "实际完成值",
    "完成值": "实际完成值",
    "实际值": "实际完成值",
    "权重": "分值",
    "自评得分": "得分",
    "自评分": "得分",
    "偏差原因分析": "偏差原因分析及改进措施",
    "偏差原因": "偏差原因分析及改进措施",
    "未完成原因分析": "偏差原因分析及改进措施",
    "未完成原因分析与改进措施": "偏差原因分析及改进措施",
    "未完成原因及改进措施": "偏差原因分析及改进措施",
    "年初设定目标": "预期目标",
    "全年实际完成情况": "实际完成情况",
    "项目总金额": "项目金额",
    "评价等级": "等级",
    "自评等级": "等级",
    "绩效等级": "等级",
    "自评结果": "等级",
    "总计": "总分",
    "合计": "总分",
    "总得分": "总分",
    "自评总分": "总分",
}
"""Headings of other places' forms, by what they say without blanks and brackets."""

_BRACKETS = re.compile(r"[（(\[【].*?[）)\]】]|[\s:：/、]+|^其中")


@lru_cache(maxsize=2048)
def heading_of(text: str) -> str:
    """Return a heading as the template writes it: 全年预算数(A) and 调整后 预算数 are 全年预算数."""
    bare = bare_heading(text)
    return SYNONYMS.get(bare, bare)


@lru_cache(maxsize=2048)
def bare_heading(text: str) -> str:
    """Return a heading without blanks, brackets and what stands in them."""
    return _BRACKETS.sub("", text)


class Headings:
    """The words of one scheme's form: those of its columns, of its funds, and of its labels."""

    def __init__(self, columns: Mapping[str, str], funds: Mapping[str, str], labels: Mapping[str, str]) -> None:
        """Take what the form prints, by field."""
        self._columns = _by_heading(columns)
        self._funds = _by_heading(funds)
        self._labels = _by_heading(labels)

    def indicator(self, text: str) -> str:
        """Return the field of a heading of 年度绩效指标; 指标值 stays what it is, see the columns beside it."""
        bare = bare_heading(text)
        return self._columns.get(bare) or ("指标值" if bare == "指标值" else heading_of(text))

    def fund(self, text: str) -> str:
        """Return the field of a heading of 项目资金."""
        return self._funds.get(bare_heading(text)) or heading_of(text)

    def label(self, text: str) -> str:
        """Return the field of a label above or below the tables."""
        return self._labels.get(bare_heading(text)) or heading_of(text)


def headings_of(scheme: Scheme) -> Headings:
    """Return the words of a scheme's form."""
    columns = {column.field: column.heading for column in scheme.columns}
    return Headings(columns, {column.field: column.heading for column in scheme.fund_columns}, scheme.labels)


def _by_heading(words: Mapping[str, str]) -> Mapping[str, str]:
    return {bare_heading(heading): field for field, heading in words.items()}


NATIONAL = Headings({}, {}, {})
"""The words of the national form."""
