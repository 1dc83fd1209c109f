"""What is read out of prose: figures, joined lines, headings, scores, citations."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.checks.prose.test_changed_reports import document, found
from toolkit.checks.prose.figures import Percent, amounts_in, percents_in
from toolkit.checks.prose.reading import Reading, read_report


def read(text: str, *, printed: bool = True) -> Reading:
    return read_report(document(text, printed=printed))


@pytest.mark.parametrize(
    ("text", "yuan", "step"),
    [
        ("已支出 31.28 万元", "312800", "100"),
        ("支出312,800元", "312800", "1"),
        ("购置经费一共￥２４９，３７９．００元", "249379", "0.01"),
        ("下达1.2亿元", "120000000", "10000000"),
    ],
)
def test_amounts_are_read_in_yuan_with_the_digits_printed(text: str, yuan: str, step: str) -> None:
    [amount] = amounts_in(read(text).paragraphs[0].text)
    assert (amount.yuan, amount.step) == (Decimal(yuan), Decimal(step))


@pytest.mark.parametrize("text", ["按照约0.5元/页预算", "购买服务3项", "2022年12月", "第301号", "10-20万元"])
def test_what_is_no_single_amount_is_none(text: str) -> None:
    assert amounts_in(read(text).paragraphs[0].text) == ()


@pytest.mark.parametrize(
    ("above", "below", "printed", "agrees"),
    [
        ("支出31.28万元", "预算31.4万元", "99.62%", True),
        ("支出31.28万元", "预算31.4万元", "99.61%", True),  # cut
        ("支出31.28万元", "预算31.4万元", "99.26%", False),
        ("支出1.3万元", "预算2.6万元", "51%", True),  # 1.3 may stand for 1.349, 2.6 for 2.55
        ("支出46,665.43万元", "预算52,362.14万元", "80.87%", False),
    ],
)
def test_a_rate_agrees_within_the_digits_printed(above: str, below: str, printed: str, agrees: bool) -> None:
    percent: Percent = percents_in(printed)[0]
    assert percent.divides(amounts_in(above)[0], amounts_in(below)[0]) is agrees


def test_printed_lines_are_joined_and_keep_their_numbers() -> None:
    text = "一、基本情况\n该项目于 2021 年购置设备，以确保正式上线使用广东省人力资源和社会保障\n\n社会保障一体化信息系统对外经办业务。\n二、结论"
    reading = read(text)
    assert [paragraph.text for paragraph in reading.paragraphs] == [
        "一、基本情况",
        "该项目于2021年购置设备，以确保正式上线使用广东省人力资源和社会保障一体化信息系统对外经办业务。",
        "二、结论",
    ]
    long = reading.paragraphs[1]
    assert [long.cell(at).field for at in (0, long.text.index("一体化"))] == ["第 2 行", "第 4 行"]


def test_text_that_is_not_printed_keeps_its_lines() -> None:
    assert len(read("该项目于2021年购置设备，以确保正式上线使用\n系统对外经办业务。", printed=False).paragraphs) == 2


def test_headings_know_their_level_and_what_is_missing_before_them() -> None:
    reading = read("四、绩效指标分析\n（一）管理分析\n1.资金管理。\n（1）资金支付。已支付。\n（3）支出规范性。规范。\n①核算。规范。")
    assert [(each.level, each.number, each.title, each.last) for each in reading.headings] == [
        (1, 4, "绩效指标分析", None),
        (2, 1, "管理分析", None),
        (3, 1, "资金管理", None),
        (4, 1, "资金支付", None),
        (4, 3, "支出规范性", 1),
        (5, 1, "核算", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "一、产出\n1.数量指标。（4分，自评得3分）\n该项指标自评得3分。",
        "一、产出\n1.数量指标\n该指标分值 4 分，自评得分 3 分。",
        "一、产出\n产出-成本-数量指标 4 分，自评 3 分；",
        "一、产出\n1.数量指标。该指标分值4分，按照公式计算，自评得分为3分。",
        "一、产出\n1.数量指标4分，得3分，因少完成扣1分。",
    ],
)
def test_a_score_is_bound_to_the_indicator_named_before_or_above(text: str) -> None:
    [item] = read(text).scores.items
    assert item.weight is not None
    assert (item.name.split("-")[-1], item.weight.number, item.score.number) == ("数量指标", Decimal(4), Decimal(3))


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("三、自评结论\n项目自评98分。", [98]),
        ("三、自评结论\n该项目自评分数为 89.33 分，自评结果为优。", [Decimal("89.33")]),
        ("三、自评结论\n总分100分，自评得分96.5分。", [Decimal("96.5")]),
        ("三、自评结论\n上年自评得分90分，复核得分88分。", []),
        ("三、自评结论\n该项指标自评得分9分。", []),
    ],
)
def test_totals(text: str, totals: list[Decimal]) -> None:
    assert [points.number for points in read(text).scores.totals] == totals


OFFICE = """某县档案局部门整体支出绩效评价报告
一、基本情况
（一）部门整体支出概况。
1、收入:792.22万元。同比上年度增加189.25万元,增加31.39%。其中:财政拨款收入792.22万元,同比上年度增加209.28万元,增加35.9%。
2、支出:799.12万元。其中:人员经费支出434.89万元,公用经费支出77.4万元,项目支出286.83万元。
（二）目标。
2021年部门整体支出年初预算600万元，调整预算799.12万元，实际支出799.12万元，预算执行率100%。
全年共承办提案120件，已办结118件，办结率98.33%。
二、绩效评价情况
根据《关于开展2022年部门整体支出绩效评价工作的通知》（县财绩〔2022〕5号），从投入、过程、产出、效果四个方面进行自评，综合得分96.5分，评价等级为“优”。其中投入得分10分、过程得分28.5分、产出得分28分、效果得分30分。
1.投入（10分）得10分。
2.过程（30分）得28.5分。因预算调整率较高扣1.5分。
3.产出30分，得28分，个别任务未完成扣2分。
4.效果30分，自评得30分。
三、存在的问题及改进措施
（一）存在的问题。一是预算编制不够精准。二是绩效目标不够细化。三是支出进度不均衡。
（二）改进措施。一是科学编制预算。二是细化绩效目标，做到：一是量化，二是可考核。
四、其他
2022年计划安排项目资金300万元，其中县级配套120万元，省级资金180万元。截至2021年9月底，项目支出150万元，支出率52.3%。
本单位内设4个委室：提案委、经科委、文史委、社法委。下设办公室等5个机构，主要包括综合股、人事股。
"""
CENTRE = """某州数据发展中心2024年度项目支出绩效单位自评报告
一、基本情况
2024年,某州数据发展中心实施项目共15个(含2023年转列项目5个),年初批复预算8个项目985万元,调整预算后项目预算861.46万元,实际到位资金334.67万元。
(一)展厅经费。分为序厅、示范平台、留言板等28个展区以及174台拼接屏、30台主机工作站。国务院要求各地方2025年完成数字底座建设。
二、绩效自评情况
（一）展厅运维经费项目自评得分98分，自评等级为“优”；
（二）应用经费项目自评得分92.5分，自评等级为“优”；
（三）网络安全经费项目自评得分85分，自评等级为“良”。
15个项目平均得分93.2分。其中：自评等级为优的12个，良的3个。预算执行率95%以上的项目10个，占66.67%。
三、问题
部分项目预算执行率偏低，仅为38.85%（334.67万元÷861.46万元）。
"""


@pytest.mark.parametrize("text", [OFFICE, CENTRE], ids=["office", "centre"])
def test_a_sound_report_raises_nothing(text: str) -> None:
    assert sorted(found(text, None).elements()) == []
