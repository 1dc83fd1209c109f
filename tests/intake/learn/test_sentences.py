"""Sentences of footnotes as they are printed on forms, and what they say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from toolkit.core.scheme import load_schemes
from toolkit.intake.learn.footnotes import FootnoteReader, Note
from toolkit.intake.learn.grades import find_bands, find_grades
from toolkit.intake.learn.model import Notebook
from toolkit.intake.learn.texts import Plain

NATIONAL = load_schemes()["national-2020"]
USUAL = {"优": "90", "良": "80", "中": "60", "差": "0"}


@pytest.mark.parametrize(
    "text",
    [
        "评价等级：90分（含）以上为优，80分（含）－90分为良，60分（含）－80分为中，60分以下为差。",
        "优（90-100分）良（80-89.99分）中（60-79.99分）差（0-59.99分）",
        "90（含）-100分为“优”、80（含）-90分为“良”、60（含）-80分为“中”、60分以下为“差”",
        "９０分（含）以上为优，８０分（含）至９０分为良，６０分（含）至８０分为中，６０分以下为差",
        "优≥90，良≥80，中≥60，差<60",
        "≥90为优；≥80为良；≥60为中；＜60为差",
        "90≤得分≤100为优，80≤得分＜90为良，60≤得分＜80为中，得分＜60为差",
        "100≥S≥90 优；90>S≥80 良；80>S≥60 中；S<60 差",
        "综合评分在90分以上（含90分）的为优，80-90分（含80分）的为良，60-80分（含60分）为中，60分以下为差",
        "自评结果分为优、良、中、差四个等级：得分90分以上为优，80-90分为良，60-80分为中，60分以下为差。",
        "自评得分90（含）分以上、80（含）～90分、60（含）～80分、60分以下，分别对应“优”“良”“中”“差”四个等级。",
        "差：60分以下；中：60—80分；良：80—90分；优：90分及以上。",
    ],
)
def test_grades_in_the_wild(text: str) -> None:
    found = find_grades(Plain(text).text)
    assert found is not None and {name: f"{least}" for name, least in found.grades} == USUAL
    assert found.faults == () and found.remarks == ()


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        (
            "优秀：90分（含）以上；良好：75分（含）至90分；合格：60分（含）至75分；不合格：60分以下",
            {"优秀": "90", "良好": "75", "合格": "60", "不合格": "0"},
        ),
        ("95分（不含）以上为优，80-95分为良，80分以下为差", {"优": "95.01", "良": "80", "差": "0"}),
    ],
)
def test_other_names_and_bounds(text: str, grades: dict[str, str]) -> None:
    found = find_grades(Plain(text).text)
    assert found is not None and {name: f"{least}" for name, least in found.grades} == grades


@pytest.mark.parametrize(
    ("text", "remarks", "faults"),
    [
        (
            "优（90-100）、良（80-89）、中（60-79）、差（60以下）",
            ("89 与 90 之间的分数算“良”", "79 与 80 之间的分数算“中”"),
            (),
        ),
        ("90分以上优，85-90良，75-80中，75以下差", (), ("有缺口：80 与 85 之间没有等级",)),
        ("90分以上为优，80-95分为良，60-80分为中，60分以下为差", (), ("重叠：“良”到 95，“优”从 90 起",)),
    ],
)
def test_what_is_open_or_wrong_in_a_text_of_grades(
    text: str, remarks: tuple[str, ...], faults: tuple[str, ...]
) -> None:
    found = find_grades(Plain(text).text)
    assert found is not None and (found.remarks, found.faults) == (remarks, faults)


@pytest.mark.parametrize(
    "text",
    [
        "其中：财政拨款100万元，优先保障",
        "评价等级：优□ 良□ 中□ 差□",
        "90分以上为优，良好的做法要推广",
        "90分以上为优、80分以上为良、差",
        "完成率90%以上的得满分",
    ],
)
def test_texts_that_state_no_grades(text: str) -> None:
    assert find_grades(Plain(text).text) is None


@pytest.mark.parametrize(
    ("text", "names", "cuts"),
    [
        (
            "定性指标根据指标完成情况分为达成年度指标、部分达成年度指标并具有一定效果、未达成年度指标且效果较差三档，"
            "分别按照该指标对应分值区间100-80%（含）、80-60%（含）、60-0%合理确定分值。",
            ("达成年度指标", "部分达成年度指标并具有一定效果", "未达成年度指标且效果较差"),
            ("0.8", "0.6", "0"),
        ),
        ("3.定性指标三档 100%-80% / 80%-50% / 50%-0%", ("", "", ""), ("0.8", "0.5", "0")),
        (
            "定性指标：全部或基本达成预期指标（100%-80%(含)）、部分达成预期指标并具有一定效果（80%-50%(含)）、未达成预期指标且效果较差（50%-0%）",
            ("全部或基本达成预期指标", "部分达成预期指标并具有一定效果", "未达成预期指标且效果较差"),
            ("0.8", "0.5", "0"),
        ),
    ],
)
def test_bands_of_qualitative_results(text: str, names: tuple[str, ...], cuts: tuple[str, ...]) -> None:
    found = find_bands(Plain(text).text)
    assert found is not None
    assert tuple(name for name, _, _ in found.bands) == names
    assert tuple(low for _, low, _ in found.bands) == tuple(map(Decimal, cuts))


def read(text: str, *, of: str = "") -> Notebook:
    book = Notebook()
    reader = FootnoteReader(book, NATIONAL, ["产出指标", "效益指标", "满意度指标"])
    reader.read(Note(text, "表注", of))
    reader.settle()
    return book


@pytest.mark.parametrize(
    ("text", "settings"),
    [
        (
            "原则上预算执行率10分，产出指标50分，效益指标30分，满意度指标10分。",
            {"预算执行率分值": "10", "标准分值·产出指标": "50", "标准分值·效益指标": "30", "标准分值·满意度指标": "10"},
        ),
        (
            "一级指标权重统一设置为：产出指标50%、效益指标30%、服务对象满意度指标10%、预算资金执行率10%。",
            {"预算执行率分值": "10", "标准分值·产出指标": "50", "标准分值·效益指标": "30", "标准分值·满意度指标": "10"},
        ),
        ("预算执行率得分=执行率×10", {"预算执行率分值": "10"}),
        ("得分(20分*执行率)", {"预算执行率分值": "20"}),
        ("反向指标（即目标值为≤X）得分=权重*A/B", {"上限指标超出时": "比率"}),
        ("反向指标得分＝分值×年度指标值÷实际完成值", {"上限指标超出时": "比率"}),
        ("反向指标得分=分值×[1-（实际完成值-年度指标值）/年度指标值]", {"上限指标超出时": "线性"}),
        ("完成值超过指标值130%的，须说明原因。", {"超额须说明": "130%"}),
        ("实际完成值超过年度指标值30%以上的，要分析原因。", {"超额须说明": "130%"}),
        ("得分保留两位小数。", {"得分小数位": "2"}),
        ("自评得分四舍五入，保留1位小数。", {"得分小数位": "1"}),
        ("如某项指标不适用，其余指标折算为100分。", {"不适用指标": "其余折算为 100 分"}),
        ("各一级指标分值不得调整。", {"分值可调整": "否"}),
        ("各地可根据实际情况适当调整分值。", {"分值可调整": "是"}),
        (
            "执行率低于60%的，总分不得超过79分；执行率低于50%的，总分不得超过69分。",
            {"总分上限·1": "执行率低于 60%｜79 分", "总分上限·2": "执行率低于 50%｜69 分"},
        ),
        ("产出、效益指标的分值平均分配。", {"平均分配": "产出指标、效益指标"}),
    ],
)
def test_a_sentence_gives_its_setting(text: str, settings: dict[str, str]) -> None:
    book = read(text)
    assert {claim.label: claim.value for claim in book.claims} == settings
    assert book.unread == [] and book.contradictions == []


@pytest.mark.parametrize(
    "text",
    [
        "定量指标：完成值达到指标值的，记满分；未完成的，按照完成值与指标值的比例计分。",
        "执行率＝全年执行数÷全年预算数×100%。",
        "正向指标得分=权重*B/A，得分不得突破权重总额。",
        "总分设定为100分。",
    ],
)
def test_what_is_computed_anyway_is_confirmed(text: str) -> None:
    book = read(text)
    assert book.confirmed and book.claims == [] and book.unread == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("本表一式三份。", "没有读懂"),
        ("满意度≥90%得满分。", "看懂了：满意度达到 90% 得满分"),
        ("满意度每低1%扣0.5分。", "是按满意度的百分点扣分"),
        ("每低5%扣1分。", "是扣分制，但没有写明用于哪些指标"),
        ("产出指标50分，成本指标20分。", "表里没有一级指标“成本指标”"),
    ],
)
def test_what_cannot_be_taken_says_why(text: str, reason: str) -> None:
    book = read(text)
    assert [each.reason[: len(reason)] for each in book.unread] == [reason]


def test_a_sentence_half_understood_is_listed_by_the_half(tmp_path: object) -> None:
    book = read("完成值达到指标值的，记满分；超过指标值的部分不加分也不扣分。")
    assert [each.text for each in book.unread] == ["超过指标值的部分不加分也不扣分。"]


def test_a_deduction_beside_an_indicator_is_its_own(tmp_path: object) -> None:
    book = read("与计划每相差3%扣1分，扣完为止。", of="任务完成率")
    assert [(claim.label, claim.value) for claim in book.claims] == [("分档扣分·1", "任务完成率｜每差 3% 扣 1 分")]
