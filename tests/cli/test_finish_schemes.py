"""A filled form of every built-in scheme handed over: the whole folder, and what each file in it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import Told, run
from tests.cli.test_finish import names
from tests.cli.test_verify import MEANING
from tests.submission.files import CASES, asked, finished, source
from tests.submission.test_sheets import ENTRY, SIGN_OFF, rows
from tests.word.files import W, roots
from toolkit.core.scheme import choose_scheme, load_schemes
from toolkit.intake.interchange import read_interchange
from toolkit.workbook.finish import verify_file

NATIONAL = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施")
NATIONAL_FUNDS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
RECEIVED = ("年初预算数", "全年预算数", "到位金额", "到位率", "全年执行数", "执行率")
KEYS = ("level1", "level2", "level3", "target", "actual", "weight", "score", "deviation")
UNPRINTED = ("level1", "level2", "level3", "target", "actual", "score", "deviation", "weight")
NO_REASON = "（表内没有写原因，请补充）"
UNITED = "社会保险转移接续工作外包服务等2个项目"


@dataclass(frozen=True)
class Published:
    """A published form, and what its own sheet says besides the indicators.

    Attributes:
        total: 总分 and 等级 on the 送审单.
        funds: the rows of 项目资金 that hold something, as numbers; a rate that was left blank is that of the amounts.
        headings: the columns of 年度绩效指标 as the form prints them; behind them what it has without printing it.
        keys: the same columns, by the keys of the interchange file.
        whole: the form is about the unit as a whole.
    """

    case: str
    scheme: str
    total: str
    funds: Sequence[Sequence[object]]
    headings: Sequence[str] = NATIONAL
    fund_headings: Sequence[str] = NATIONAL_FUNDS
    keys: Sequence[str] = KEYS
    whole: bool = False


FORMS = (
    Published(
        "006",
        "hubei-2020",
        "100.00 分，等级“优”，未扣分",
        [["年度财政资金总额", 1.56, 1.56, 1, 20]],
        [*NATIONAL[:3], "年初目标值(A)", "实际完成值(B)", "得分", "偏差大或目标未完成原因分析", "分值"],
        ["预算数(A)", "执行数(B)", "执行率(B/A)", "得分(20分*执行率)"],
        UNPRINTED,
    ),
    Published(
        "014",
        "yunnan-2022",
        "96.00 分，等级“优”，共扣 4 分",
        [
            ["年度资金总额", 387664.62, 387664.62, 10, 1, 10],
            ["当年财政拨款", 387664.62, 387664.62, 1],
            ["上年结转资金"],
            ["其他资金", "—", "—", "—"],
        ],
        [*NATIONAL[:3], "指标性质", "指标值", "度量单位", *NATIONAL[4:]],
        keys=("level1", "level2", "level3", "sign", "value", "unit", "actual", "weight", "score", "deviation"),
    ),
    Published(
        "020",
        "anhui-2023",
        "90.00 分，等级“优”，共扣 10 分",
        [["年度资金总额", 9.48, 9.48, 10, 1, 10], ["本年财政拨款", 9.48, 9.48, 10, 1, 10], ["其他资金"]],
        [*NATIONAL[:3], "分值", "年度指标值", "全年实际值", "得分", "未完成原因及拟采取的改进措施"],
        ["全年预算数(A)", "全年执行数(B)", "分值", "执行率(B/A)", "得分"],
        ("level1", "level2", "level3", "weight", "target", "actual", "score", "deviation"),
    ),
    Published(
        "024",
        "national-2020",
        "94.00 分，等级“优”，共扣 6 分",
        [
            ["年度资金总额", 65.66, 65.07, 10, 0.99, 9],
            ["当年财政拨款", 65.66, 65.07, 0.99],
            ["上年结转资金"],
            ["其他资金"],
        ],
    ),
    Published(
        "033",
        "sichuan-2021",
        "100.00 分，等级“优”，未扣分",
        [["预算数/执行数", 2.38, 2.38, 1, 20], ["中央补助", 2.38, 2.38, 1], ["地方资金/其他"]],
        [*NATIONAL[:4], "实际完成指标值", "得分", "偏差原因分析及改进措施", "分值"],
        ["预算数", "执行数", "执行率", "得分"],
        UNPRINTED,
    ),
    Published(
        "035",
        "foshan-department-2022",
        "95.18 分，等级“优”，共扣 4.82 分",
        [
            ["合计", 40568.73, 52362.14, 46665.43],
            ["基本支出", 2978.23, 3005.47, 2908.01],
            ["项目支出", 37590.5, 49356.67, 43757.42],
        ],
        ["一级指标", "指标名称", "年度指标值", "实际完成值", "分值", "得分", "评分依据", "偏差原因分析及改进措施"],
        ["年初预算数", "调整预算数", "决算数"],
        whole=True,
    ),
    Published(
        "036",
        "guangdong-2021",
        "90.80 分，等级“优”，共扣 9.2 分",
        [["合计", 249379, 249379, 249379, 1]],
        [*NATIONAL[:3], "四级指标", "分值", "得分", "评分依据", "偏差原因分析及改进措施"],
        RECEIVED,
    ),
    Published(
        "037",
        "guangdong-2024",
        "89.33 分，等级“优”，共扣 10.67 分",
        [["合计", 2, 1.99, 1.99, 1]],
        [*NATIONAL[:7], "评分依据", "偏差原因分析及改进措施"],
        RECEIVED,
    ),
    Published(
        "101",
        "shenzhen-2021",
        "98.00 分，等级“优”，共扣 2 分",
        [
            ["年度资金总额", 2340000, 2340000, 2339996, 10, 1, 10],
            ["当年财政拨款", 0, 2340000, 2339996, 1],
            ["上年结转资金", 0, 0, 0, 0],
            ["其他资金", 2340000, 0, 0, 0],
        ],
    ),
)


def as_entered(row: Mapping[str, Any], keys: Sequence[str]) -> list[object]:
    """Return the cells of an indicator that hold something: 分值 and 得分 as numbers, all else as published."""
    parts = re.fullmatch(r"([≧═]?)([\d.]+)(.*)", row["target"] or "")
    sign, value, unit = parts.groups() if parts else ("", row["target"], "")
    cells = {**row, "sign": sign, "value": value, "unit": unit}
    figures = {key: float(cells[key]) for key in ("weight", "score") if cells[key]}
    return [cell for cell in ((cells | figures)[key] for key in keys) if cell or cell == 0]


def lost(data: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield what the 送审单 says of each row that lost points: name, 分值, 得分, 扣分, reason."""
    fund = {**data["funds"][0], "level3": "预算执行率", "deviation": ""}
    for row in (fund, *data["indicators"]):
        weight, score = (Decimal(row[key]) if row[key] else None for key in ("weight", "score"))
        if weight is not None and score is not None and score < weight:
            points = [f"{number.normalize():f}" for number in (weight, score, weight - score)]
            yield [row["level3"], *points, row["deviation"] or NO_REASON]


def between(lines: Sequence[Sequence[object]], first: Sequence[object], end: str) -> list[list[object]]:
    """Return the rows behind a heading, as far as the next heading; none where the heading is not there."""
    if list(first) not in [list(line) for line in lines]:
        return []
    at = [list(line) for line in lines].index(list(first)) + 1
    stop = next(place for place in range(at, len(lines)) if len(lines[place]) == 1 and re.match(end, str(lines[place][0])))
    return [list(line) for line in lines[at:stop]]


def shown_in_footers(report: Path) -> list[str]:
    texts = ("".join(part.text or "" for part in root.iter(f"{W}t")) for name, root in roots(report) if "footer" in name)
    return [text for text in texts if "校验码" in text]


def listed(folder: Path) -> list[str]:
    """Return the list of attachments in the text of the mail."""
    return [line.strip() for line in (folder / "邮件正文.txt").read_text(encoding="utf-8").splitlines() if re.match(r"　　\d+\. ", line)]


def as_verified(capsys: Told, *arguments: object) -> tuple[int, str]:
    capsys.readouterr()
    return run("verify", *arguments), capsys.readouterr().out


def test_there_is_a_form_of_every_scheme() -> None:
    schemes = load_schemes()
    chosen = {each.scheme: choose_scheme(read_interchange(CASES / f"{each.case}.json").form, schemes)[0].id for each in FORMS}
    assert chosen == {name: name for name in schemes}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: str(form.scheme))
def test_a_filled_form_of_every_scheme_is_handed_over_whole(form: Published, tmp_path: Path, capsys: Told) -> None:
    data = json.loads((CASES / f"{form.case}.json").read_text(encoding="utf-8"))
    folder = finished(tmp_path / "出", source(tmp_path, form.case), reason="原表如此")
    kind, stem = "部门整体支出绩效自评" if form.whole else "项目支出绩效自评", f"02_{data['project_name']}"
    summary, book, report = f"01_{kind}结果汇总表.xlsx", f"{stem}_自评表.xlsx", f"{stem}_自评报告.docx"
    assert names(folder) == [
        *(summary, report, book, "归档清单.txt", "盖章扫描件_请放入此处/说明.txt"),
        *(ENTRY, SIGN_OFF, "邮件正文.txt", "邮件草稿.eml"),
    ]
    (code,) = verify_file(folder / book).codes
    assert as_verified(capsys, folder / book) == (0, f"{book}：一致（校验码 {code}）\n{MEANING}")
    assert as_verified(capsys, "--hygiene", folder / book) == (0, f"{book}：没有不该带的内容\n")
    assert {re.sub(r".*(?=校验码)", "", text) for text in shown_in_footers(folder / report)} == {f"校验码 {code}"}
    assert listed(folder) == [
        f"1. {summary}",
        f"2. {book}　　校验码 {code}",
        f"3. {report}　　校验码 {code}",
        "4. 自评材料（盖章扫描件）.pdf　（请在发送前放入“盖章扫描件_请放入此处”，并加进附件）",
    ]
    told = rows(folder / SIGN_OFF)
    assert ["自评总分", form.total] in told and ["稿次和校验码", f"第 1 稿　{code}"] in told
    assert between(told, ["扣分指标", "分值", "得分", "扣分", "原因"], "未改正的错误|尚未说明的提醒") == list(lost(data))
    entry = rows(folder / ENTRY)
    assert between(entry, ["资金来源", *form.fund_headings], "[三四]、") == form.funds
    entered = [as_entered(row, form.keys) for row in data["indicators"]]
    assert between(entry, form.headings, "总分和等级") == entered
    assert entry[-2:] == [["总分", float(form.total.partition(" ")[0])], ["等级", "优"]]


def test_several_workbooks_one_with_several_forms_make_one_folder(tmp_path: Path, capsys: Told) -> None:
    from toolkit.workbook.template import build_workbook

    both = [read_interchange(source(tmp_path, case)).form for case in ("101", "103")]
    build_workbook(tmp_path / "两个项目.xlsx", both, asked(tmp_path).schemes.known["shenzhen-2021"])
    for case in ("105", "107"):
        assert run("fill", source(tmp_path, case), "-o", tmp_path / f"表 {case}.xlsx") == 0
    books = [tmp_path / name for name in ("表 105.xlsx", "两个项目.xlsx", "表 107.xlsx")]
    folder = finished(tmp_path / "报 送", *books)
    projects = ["零星修缮", "社会保险转移接续工作外包服务", "案件调查取证费", "政府采购"]
    made = [f"02_{projects[0]}_自评表.xlsx", f"03_{UNITED}_自评表.xlsx", f"05_{projects[3]}_自评表.xlsx"]
    reports = [f"{number:02d}_{name}_自评报告.docx" for number, name in enumerate(projects, 2)]
    summary = "01_项目支出绩效自评结果汇总表.xlsx"
    inside = [name for name in names(folder) if name[0] == "0"]
    assert inside == sorted([summary, *made, *reports])
    codes = [verify_file(folder / name).codes for name in made]
    assert [len(each) for each in codes] == [1, 2, 1]
    status, told = as_verified(capsys, *(folder / name for name in made))
    assert (status, told.count("：一致（校验码 ")) == (0, 3)
    status, told = as_verified(capsys, "--hygiene", *(folder / name for name in made))
    assert (status, told) == (0, "".join(f"{name}：没有不该带的内容\n" for name in made))
    (first,), (second, third), (fourth,) = codes
    footers = [{text.partition("校验码 ")[2] for text in shown_in_footers(folder / name)} for name in reports]
    assert footers == [{first}, {second}, {third}, {fourth}]
    shown = [f"　　校验码 {code}" for code in (first, f"{second}、{third}", fourth)]
    assert listed(folder)[:-1] == [
        f"1. {summary}",
        *(f"2. {made[0]}{shown[0]}", f"3. {reports[0]}　　校验码 {first}"),
        *(f"4. {made[1]}{shown[1]}", f"5. {reports[1]}　　校验码 {second}", f"6. {reports[2]}　　校验码 {third}"),
        *(f"7. {made[2]}{shown[2]}", f"8. {reports[3]}　　校验码 {fourth}"),
    ]
    assert [rows(folder / ENTRY, sheet)[-2] for sheet in range(4)] == [["总分", total] for total in (96.8, 98, 91.9, 83.95)]
    assert [rows(folder / SIGN_OFF, sheet)[1] for sheet in range(4)] == [["项目名称", name] for name in projects]
    assert [line[1] for line in rows(folder / summary)[3:-1]] == projects
