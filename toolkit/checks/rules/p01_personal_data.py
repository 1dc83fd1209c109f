"""P01: names, telephone, identity and bank numbers in a report that will be published."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Severity
from toolkit.checks.prose.beside import report_of
from toolkit.checks.prose.text import Paragraph
from toolkit.checks.rule import rule
from toolkit.core.form import Cell

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_TELEPHONE = re.compile(r"(?:电话|联系方式|手机|传真)[^\d，。；]{0,6}(?P<number>(?:0\d{2,3}[-—]?)?\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
_BANK = re.compile(r"(?:账号|帐号|账户|卡号)[^\d，。；]{0,6}(?P<number>\d{12,20})(?!\d)")
_NAME = re.compile(
    r"(?:填报人|填表人|联系人|经办人|制表人|部门负责人|单位负责人|项目负责人|财务负责人|负责人|审核人)(?:姓名)?(?:（[^）]*）)?[：\t]"
    r"(?P<name>[\u4e00-\u9fff·]{2,4}(?:、[\u4e00-\u9fff·]{2,4})*)(?=$|[\s\t，。；]|联系|电话|填|审|日期)"
)
_NO_NAME = re.compile(r"签|章|姓名|科$|股$|局$|室$|处$|中心$|单位|部门|无$|填报|联系|电话|日期|负责|财务|主任|局长|科长|某|暂")

_LONGEST_LABEL, _LONGEST_VALUE = 8, 14


@rule("P01", title="公开的材料里有个人信息", severity=Severity.WARNING, source="公开时应隐去姓名、电话、证件和账户号码")
def personal_data(case: Case) -> Iterator[Fault]:
    """报告里的姓名（填报人、负责人、联系人）、电话、身份证号、银行账号，公开前应当隐去，合并成一条提醒。

    为什么：报送给上级的可以写，挂到网站上就公开了个人信息；公开的自评报告里这是常见的疏漏。
    怎么改：公开版删去或写成“（填报人）”；只报送、不公开的，写一句说明。
    """
    report = report_of(case)
    if report is None:
        return
    found = [each for paragraph in report.paragraphs for each in _in_paragraph(paragraph)]
    found += [each for label, value in pairwise(report.paragraphs) for each in _below_label(label, value)]
    if found:
        kinds = "、".join(dict.fromkeys(kind for _, kind in found))
        cells = tuple(dict.fromkeys(cell for cell, _ in found))
        yield Fault(
            cells,
            f"有{kinds}，公开前应当隐去",
            kinds,
            fix="公开版请删去或以职务代替；只报送、不公开的，写一句说明。",
            # A report inside the workbook is handed over first; finish --public leaves these out by itself.
            severity=Severity.INFO if cells[0].sheet else None,
        )


def _below_label(label: Paragraph, value: Paragraph) -> Iterator[tuple[Cell, str]]:
    """Yield a name or number that stands in a paragraph of its own below its label, as tables come out of a web page."""
    if len(label.text) <= _LONGEST_LABEL and len(value.text) <= _LONGEST_VALUE and not label.text.endswith(("：", ":", "。")):
        joined = f"{label.text}：{value.text}"
        for pattern, group, kind in ((_TELEPHONE, "number", "电话号码"), (_NAME, "name", "姓名")):
            hit = pattern.search(joined)
            if hit and hit.end() == len(joined) and not set(hit[group]) <= set("0-—") and not (kind == "姓名" and _NO_NAME.search(hit[group])):
                yield value.cell(0), kind


def _in_paragraph(paragraph: Paragraph) -> Iterator[tuple[Cell, str]]:
    text = paragraph.text
    for pattern, group, kind in (
        (_IDENTITY, 0, "身份证号"),
        (_BANK, "number", "银行账号"),
        (_MOBILE, 0, "手机号码"),
        (_TELEPHONE, "number", "电话号码"),
        (_NAME, "name", "姓名"),
    ):
        for found in pattern.finditer(text):
            said = str(found[group])
            if set(said) <= set("0-—") or (kind == "姓名" and _NO_NAME.search(said)):
                continue
            yield paragraph.cell(found.start(group)), kind
