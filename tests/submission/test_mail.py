"""The mail as the superior reads it, whole."""

from __future__ import annotations

import re
from pathlib import Path

from tests.submission.files import FACTS, changed, finished, five, source
from toolkit.workbook.finish import State, verify_file

FIVE = """\
主题：【绩效自评报送】深圳市社会保险基金管理局 2021 年度项目支出绩效自评材料（5 个项目，第 1 稿）

市财政局绩效管理科：

按照《关于开展2021年度部门预算项目支出绩效自评工作的通知》（深财绩〔2022〕5号）要求，我局已完成 2021 年度项目支出绩效自评，现报送有关材料，请审核。

一、基本情况。应自评项目 5 个，已自评 5 个，覆盖率 100%；涉及资金 735.60 万元，执行 643.53 万元，平均执行率 87.48%；自评等级优 4 个、良 1 个。
二、需要说明的事项。
　　（1）社保业务公众服务经费执行率 86.93%，原因是疫情及聘用人员辞职等影响，未能及时补充人员到岗。
　　（2）案件调查取证费执行率 19.39%，原因（请补充）。
　　（3）零星修缮执行率 84.01%，原因是中标金额比预算低。
　　（4）政府采购执行率 11.59%，原因是根据我市最新政策要求，电脑设备由市局统筹安排。
　　（5）社会保险转移接续工作外包服务有 1 处提醒尚未说明：满意度没有数据依据（I20）。
　　（6）社保业务公众服务经费有 3 处提醒尚未说明：预算调整未说明原因（E6）、成本控制率与执行率不一致（F16）、上限指标按比率计分（H16）。
　　（7）案件调查取证费有 3 处提醒尚未说明：执行率很低而产出全部满分（H6）、超额完成没有说明（F13）、指标值与完成值单位不同（F14）。
　　（8）零星修缮有 1 处提醒尚未说明：预算调整未说明原因（E6）。
　　（9）政府采购有 2 处提醒尚未说明：满分却写有偏差原因（I16）、成本控制率与执行率不一致（F16）。
　　无其他需要说明的事项。
三、材料清单
　　1. 01_项目支出绩效自评结果汇总表.xlsx
　　2. 02_社会保险转移接续工作外包服务_自评表.xlsx　　校验码 甲
　　3. 02_社会保险转移接续工作外包服务_自评报告.docx　　校验码 甲
　　4. 03_社保业务公众服务经费_自评表.xlsx　　校验码 乙
　　5. 03_社保业务公众服务经费_自评报告.docx　　校验码 乙
　　6. 04_案件调查取证费_自评表.xlsx　　校验码 丙
　　7. 04_案件调查取证费_自评报告.docx　　校验码 丙
　　8. 05_零星修缮_自评表.xlsx　　校验码 丁
　　9. 05_零星修缮_自评报告.docx　　校验码 丁
　　10. 06_政府采购_自评表.xlsx　　校验码 戊
　　11. 06_政府采购_自评报告.docx　　校验码 戊
　　12. 自评材料（盖章扫描件）.pdf　（请在发送前放入“盖章扫描件_请放入此处”，并加进附件）

联系人：张晓梅　电话：0755-83460001

深圳市社会保险基金管理局
2022 年 4 月 18 日
"""
UNKNOWN = """\
主题：【绩效自评报送】深圳市社会保险基金管理局 2021 年度项目支出绩效自评材料（1 个项目，第 1 稿）

（请填写报送对象）：

我单位已完成 2021 年度项目支出绩效自评，现报送有关材料，请审核。

一、基本情况。应自评项目 1 个，已自评 1 个，覆盖率 100%；涉及资金 234.00 万元，执行 234.00 万元，平均执行率 100%；自评等级优 1 个。
二、需要说明的事项。社会保险转移接续工作外包服务有 1 处提醒尚未说明：满意度没有数据依据（I20）。无其他需要说明的事项。
三、材料清单
　　1. 01_项目支出绩效自评结果汇总表.xlsx
　　2. 02_社会保险转移接续工作外包服务_自评表.xlsx　　校验码 甲
　　3. 02_社会保险转移接续工作外包服务_自评报告.docx　　校验码 甲
　　4. 自评材料（盖章扫描件）.pdf　（请在发送前放入“盖章扫描件_请放入此处”，并加进附件）

联系人：（请填写）　电话：（请填写）

深圳市社会保险基金管理局
2022 年 4 月 18 日
"""
SECOND = """\
一、修改情况。与第 1 稿相比，新增项目零星修缮，共修改 {count} 处：社保业务公众服务经费“劳务派遣人员到岗率·实际完成值”由“25人”改为“26人”；\
社保业务公众服务经费“劳务派遣人员到岗率·得分”由“13.89”改为“14.44”；社保业务公众服务经费“总分·得分”由“96.19”改为“96.74”；\
自评报告 {report} 处；逐处见修改对照表。其余内容与第 1 稿一致（已逐项核对）。"""


def text_of(folder: Path) -> str:
    return (folder / "邮件正文.txt").read_text(encoding="utf-8")


def coded(text: str, folder: Path) -> str:
    """Put the codes that the finished workbooks themselves prove in the place of 甲, 乙 …"""
    for mark, path in zip("甲乙丙丁戊", sorted(folder.glob("*_自评表.xlsx")), strict=False):
        verdict = verify_file(path)
        assert verdict.state is State.SAME
        text = re.sub(f"校验码 {mark}$", f"校验码 {'、'.join(verdict.codes)}", text, flags=re.MULTILINE)
    return text


def test_the_mail_of_a_unit_with_five_projects(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", *five(tmp_path))
    assert text_of(folder) == coded(FIVE, folder)


def test_what_nobody_filled_in_is_left_to_be_filled_in(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", source(tmp_path, "101", facts=None))
    assert text_of(folder) == coded(UNKNOWN, folder)


def test_the_number_of_projects_of_the_unit_gives_the_coverage(tmp_path: Path) -> None:
    text = text_of(finished(tmp_path / "出", source(tmp_path, "101", {**FACTS, "项目总数": "8"})))
    assert "应自评项目 8 个，已自评 1 个，覆盖率 12.50%；" in text


def test_errors_that_are_carried_are_named_with_the_reason(tmp_path: Path) -> None:
    text = text_of(finished(tmp_path / "出", source(tmp_path, "102"), reason="系统口径未更新，已报市财政局。"))
    assert "社保业务公众服务经费有 1 处错误未改正：执行率与金额不符（H6）。" in text
    assert "错误未改正而报送的理由：系统口径未更新，已报市财政局。" in text


def test_the_second_draft_begins_with_what_was_changed(tmp_path: Path) -> None:
    place = tmp_path / "出"
    first, second, _, fourth, _ = five(tmp_path)
    finished(place, first, second)
    changed(second, "劳务派遣人员到岗率", actual="26人", score="14.44")
    second.write_text(second.read_text(encoding="utf-8").replace('"96.19"', '"96.74"'), encoding="utf-8")
    folder = finished(place, first, second, fourth)
    assert folder.name.endswith("_第2稿")
    subject, *lines = text_of(folder).splitlines()
    assert subject.endswith("（3 个项目，第 2 稿，修改后重新报送）")
    told = next(line for line in lines if line.startswith("一、"))
    found = re.search(r"共修改 (\d+) 处.*自评报告 (\d+) 处", told)
    assert found and int(found[1]) == 3 + int(found[2])
    assert told == SECOND.format(count=found[1], report=found[2])
    assert "　　2. 修改对照表.docx　（与第 1 稿对照）" in lines
    assert (folder / "修改对照表.docx").is_file()


def test_a_second_draft_without_changes_says_so(tmp_path: Path) -> None:
    path = source(tmp_path, "101")
    finished(tmp_path / "出", path)
    assert "一、修改情况。与第 1 稿相比，没有修改（已逐项核对）。" in text_of(finished(tmp_path / "出", path))


def test_a_unit_as_a_whole_counts_its_projects_by_its_facts(tmp_path: Path) -> None:
    department = Path(__file__).parents[2] / "toolkit" / "data" / "foshan-department-2022" / "foshan.json"
    text = text_of(finished(tmp_path / "出", department, reason="演示"))
    assert text.startswith("主题：【绩效自评报送】佛山市社会保险基金管理局 2022 年度部门整体支出绩效自评材料（第 1 稿）\n")
    assert "应自评项目 53 个，已自评 53 个，覆盖率 100%；" in text
