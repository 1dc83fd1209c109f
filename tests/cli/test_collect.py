"""selfeval collect: every planted fact stands in its sheet, and nothing else."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from tests.collect.bureau import (
    UNITS,
    clean,
    make_bureau,
    name_of,
    save,
    save_ledger,
    save_roster,
    unit_of,
    with_score,
)
from toolkit.cli.main import main
from toolkit.cli.store import Outcome, Store
from toolkit.workbook.read import read_forms

Told = pytest.CaptureFixture[str]
Rows = list[dict[str, Any]]


def run(*arguments: object) -> int:
    """Run the command line."""
    return main([str(argument) for argument in arguments])


def read(path: Path, sheet: str) -> Rows:
    """Return the rows of a sheet below its headings, by heading; a blank cell is ""."""
    book = openpyxl.load_workbook(path, read_only=True)
    rows = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    book.close()
    head = next(at for at, row in enumerate(rows) if sum(cell is not None for cell in row) > 3)
    names = [str(cell) for cell in rows[head]]
    return [{name: "" if cell is None else cell for name, cell in zip(names, row, strict=False)} for row in rows[head + 1 :]]


def cells(rows: Rows, *names: str) -> list[tuple[Any, ...]]:
    """Return some columns of some rows."""
    return [tuple(row[name] for name in names) for row in rows]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with what was received, collected once."""
    root = tmp_path_factory.mktemp("处")
    folder = make_bureau(root)
    roster, ledger = save_roster(root / "名单.xlsx"), save_ledger(root / "台账.csv", p17="950000.00")
    beside = ("--expected", roster, "--ledger", ledger, "--return-notes", root / "退回", "--deadline", "2022年4月20日")
    assert run("collect", folder, "-o", root / "汇总.xlsx", *beside, "--store", root / "store") == 2
    yield root


def test_every_sheet_is_there_in_order(place: Path) -> None:
    book = openpyxl.load_workbook(place / "汇总.xlsx")
    assert book.sheetnames == [
        *("汇总表", "指标明细", "问题清单", "按单位", "未报送", "版本与重复", "未能读取", "资金核对", "抽查建议", "相似文本", "溯源", "图表")
    ]
    assert len(book["图表"]._charts) == 3  # type: ignore[attr-defined]  # openpyxl's own
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes and sheet.print_title_rows and sheet.page_setup.orientation == "landscape"


def test_the_summary_has_a_row_a_project(place: Path) -> None:
    rows = read(place / "汇总.xlsx", "汇总表")
    names = [name_of(number) for number in range(1, 54) if number not in (7, 13, 29)]
    assert sorted(row["项目名称"] for row in rows) == sorted([*names, "名单外项目"])
    by_name = {row["项目名称"]: row for row in rows}
    columns = ("填报单位", "年初预算数", "全年预算数", "全年执行数", "执行率", "自评得分", "测算得分", "自评等级", "错误", "待说明")
    assert cells([by_name[name_of(1)]], *columns) == [(unit_of(1), 1000000, 1000000, 960000, 0.96, 99.6, 99.6, "优", 0, 0)]
    # 20 × 1000 ÷ 1200 = 16.67, so 99.60 － 20 ＋ 16.67.
    assert cells([by_name[name_of(17)]], "自评得分", "测算得分", "错误") == [(99.6, 96.27, 2)]
    assert cells([by_name[name_of(20)]], "待说明", "提醒") == [(1, 1)]
    assert by_name[name_of(11)]["稿次"] == "第 10 稿（共 3 稿）"


def test_findings_are_those_that_were_planted(place: Path) -> None:
    found = cells(read(place / "汇总.xlsx", "问题清单"), "级别", "代码", "项目名称", "位置")
    assert sorted(found) == sorted(
        [
            ("错误", "S01", name_of(18), "自评表 H71"),
            ("错误", "D01", name_of(17), ""),
            ("错误", "S05", name_of(17), ""),
            ("提醒", "F07", name_of(20), ""),
            ("说明", "S12", name_of(40), ""),
        ]
    )


def test_findings_lead_to_file_and_cell(place: Path) -> None:
    book = openpyxl.load_workbook(place / "汇总.xlsx")
    links = [cell.hyperlink for row in book["问题清单"].iter_rows() for cell in row if cell.hyperlink and cell.value == "自评表 H71"]
    assert [(link.target, link.location) for link in links] == [(f"收到\\{unit_of(18)}\\18.xlsx", "'自评表'!H71")]


def test_missing_unexpected_and_twice(place: Path) -> None:
    rows = cells(read(place / "汇总.xlsx", "未报送"), "情况", "填报单位", "项目名称")
    assert sorted(rows) == sorted(
        [
            *(("未报送", unit_of(number), name_of(number)) for number in (7, 13, 29)),
            ("不在名单", unit_of(1), "名单外项目"),
            *(("重复报送", unit_of(number), name_of(number)) for number in (5, 11, 12)),
        ]
    )
    book = openpyxl.load_workbook(place / "汇总.xlsx")
    assert book["未报送"]["A2"].value == "名单共有 53 个项目，对 50 个开展自评，覆盖率 94.34%（50 ÷ 53）。"


def test_versions_tell_what_changed(place: Path) -> None:
    rows = cells(read(place / "汇总.xlsx", "版本与重复"), "项目名称", "处理", "文件", "与采用稿相比（该稿 → 采用稿）")
    at = {number: f"收到/{unit_of(number)}/" for number in (5, 11, 12)}
    assert sorted(rows) == sorted(
        [
            (name_of(5), "采用", f"{at[5]}05.json", ""),
            (name_of(5), "内容相同", f"{at[5]}05（再发）.json", "校验码一致，内容没有差别"),
            (name_of(11), "采用", f"{at[11]}11_第10稿.json", ""),
            (name_of(11), "未采用", f"{at[11]}11_第1稿.json", "共 1 处：维护数量·实际完成值：1210处 → 1230处"),
            (name_of(11), "未采用", f"{at[11]}11_第2稿.json", "共 1 处：维护数量·实际完成值：1220处 → 1230处"),
            (name_of(12), "采用", f"{at[12]}12乙.json", ""),
            (name_of(12), "未采用", f"{at[12]}12甲.json", "共 1 处：设施完好率·实际完成值：97% → 98%"),
        ]
    )


def test_what_cannot_be_read_has_its_own_line(place: Path) -> None:
    rows = cells(read(place / "汇总.xlsx", "未能读取"), "类别", "文件")
    assert rows == [
        ("未能读取", "收到/~$02.xlsx"),
        ("未能读取", f"收到/{unit_of(13)}/13.xlsx"),
        ("未能读取", "收到/空.xlsx"),
        ("未能读取", "收到/网页.xls"),
        ("未能读取", "收到/通讯录.xlsx"),
        ("不是自评表", "收到/说明.pdf"),
    ]


def test_the_ledger_is_compared_by_project_and_in_sum(place: Path) -> None:
    rows = [row for row in read(place / "汇总.xlsx", "资金核对") if row["结果"] != "一致"]
    assert sorted(cells(rows, "结果", "代码", "项目名称")) == sorted(
        [
            ("错误", "F17", name_of(17)),
            ("无法核对", "F17", "名单外项目"),
            *(("提醒", "K01", name_of(number)) for number in (7, 13, 29)),
            ("错误", "K02", ""),
        ]
    )
    (whole,) = [row for row in rows if row["代码"] == "K02"]
    # 51 forms: 48 × 96 万元 ＋ 86.4 ＋ 100 ＋ 480; the ledger has 52 more lines of three that are missing, one less, 1 万元 apart.
    assert whole["算式"] == "52,744,000.00 － 54,654,000.00 = -1,910,000.00"


def test_units_are_weighted_by_funds(place: Path) -> None:
    rows = {row["填报单位"]: row for row in read(place / "汇总.xlsx", "按单位")}
    assert sorted(rows) == sorted([*UNITS, "合计"])
    road = rows[unit_of(18)]
    # 16 × 99.6 on 1,000,000 … one of them 98.6, one with 5,000,000: (99.6×20 ＋ 98.6) ÷ 21 = 99.552…
    assert cells([road], "项目数", "全年预算数", "执行率", "加权平均得分", "项目绩效目标完成率", "优（个）") == [(17, 21000000, 0.96, 99.55, 0.9955, 17)]


def test_samples_give_their_reasons(place: Path) -> None:
    rows = read(place / "汇总.xlsx", "抽查建议")
    reasons = {row["项目名称"]: row["理由"] for row in rows}
    assert reasons[name_of(45)] == "资金 5,000,000.00 元，在 51 个项目中排第 1"
    assert reasons[name_of(40)] == "各项指标和预算执行率都得满分"
    assert reasons[name_of(11)] == "改了 10 稿"
    assert len(rows) == 11 + 2  # a fifth of 51, and the two others


def test_same_texts_are_told(place: Path) -> None:
    rows = cells(read(place / "汇总.xlsx", "相似文本"), "组", "项目名称")
    assert sorted(rows) == sorted([(1, name_of(31)), (1, name_of(32))])


def test_figures_have_their_sources(place: Path) -> None:
    rows = [row for row in read(place / "汇总.xlsx", "溯源") if row["单位或项目"] == name_of(18)]
    assert cells(rows, "数据", "数值", "算式", "单元格") == [
        ("年初预算数", "1,000,000.00 元", "1000000.00", "自评表 D6"),
        ("全年预算数", "1,000,000.00 元", "1000000.00", "自评表 E6"),
        ("全年执行数", "960,000.00 元", "960000.00", "自评表 F6"),
        ("执行率", "96.00%", "960,000.00 ÷ 1,000,000.00 = 0.96", "自评表 F6"),
        ("自评得分", "98.6", "总分，填报数", "自评表 H71"),
        ("测算得分", "99.60", "按评分标准 shenzhen-2021 重算，逐项见“指标明细”", ""),
    ]


def test_return_notes_name_the_planted_faults(place: Path) -> None:
    notes = {path.stem: docx.Document(str(path)) for path in (place / "退回").glob("*.docx")}
    assert sorted(notes) == sorted(f"退回意见_{unit}" for unit in UNITS)
    texts = [paragraph.text for paragraph in notes[f"退回意见_{unit_of(17)}"].paragraphs]
    headings = [text for text in texts if text.startswith(("一", "二", "三", "四", "（一", "（二"))]
    assert headings == [
        *("一、必须改正（错误）", f"（一）{name_of(17)}", "二、请补充说明（提醒）", f"（一）{name_of(20)}"),
        *("三、请补报", f"（一）{name_of(29)}"),
    ]
    assert [text[-5:] for text in texts if text[:3] in ("1. ", "2. ")] == ["（D01）", "（S05）", "（F07）", "到自评表。"]
    assert "你单位报送的 17 个项目自评材料已审。其中 2 个项目需修改后于 2022年4月20日 前重新报送：" in texts
    mail = (place / "退回" / f"退回意见_{unit_of(18)}.txt").read_text(encoding="utf-8-sig")
    assert mail.startswith(f"主题：【退回修改】关于{unit_of(18)} 2021 年度项目支出绩效自评材料的退回意见\n")
    assert "H71“总分·得分”填 98.60" in mail and "其余 16 个项目无意见。" in mail


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_folder_gives_the_same_bytes(place: Path, tmp_path: Path, jobs: int, capsys: Told) -> None:
    made = []
    for number, fresh in enumerate(([], [], ["--fresh"])):
        out = place / f"再_{jobs}_{number}.xlsx"
        run("collect", place / "收到", "-o", out, "--jobs", jobs, "--store", tmp_path / "store", *fresh)
        made.append(out.read_bytes())
        out.unlink()
    assert made[0] == made[1] == made[2]
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "共 61 个文件，读出 55 张自评表；5 个文件没有读成，见“未能读取”。"


def test_keep_switches_the_version(place: Path, tmp_path: Path) -> None:
    out, kept = tmp_path / "汇总.xlsx", f"收到/{unit_of(12)}/12甲.json"
    run("collect", place / "收到", "-o", out, "--keep", kept, "--store", place / "store")
    rows = [row for row in read(out, "版本与重复") if row["项目名称"] == name_of(12)]
    assert cells(rows, "处理", "文件", "采用的理由") == [("采用", kept, "按 --keep 指定"), ("未采用", kept.replace("甲", "乙"), "")]


def folder_of(root: Path, count: int) -> Path:
    """Return a folder with some clean forms."""
    for number in range(1, count + 1):
        save(clean(number), root / "来件" / f"{number:02d}.json")
    return root / "来件"


def test_a_second_run_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    folder, out = folder_of(tmp_path, 5), tmp_path / "汇总.xlsx"
    kept: list[str] = []
    original = Store.keep

    def counted(store: Store, key: str, outcome: Outcome) -> None:
        if len(kept) == 3 and "stop" in flags:
            raise KeyboardInterrupt
        kept.append(key)
        original(store, key, outcome)

    flags = {"stop"}
    monkeypatch.setattr(Store, "keep", counted)
    arguments = ("collect", folder, "-o", out, "--jobs", 1, "--store", tmp_path / "store")
    assert run(*arguments) == 130 and not out.exists()
    assert "已读的 3 个文件都已记下，再运行一次就接着读其余 2 个。" in capsys.readouterr().err
    flags.clear()
    assert run(*arguments) == 0
    # What was read before the interruption is not read again.
    assert (len(kept), len(set(kept))) == (5, 5)
    save(with_score(clean(3), 0, "20", "99.60", actual="1300处"), folder / "03.json")
    assert run(*arguments) == 0
    assert (len(kept), len(set(kept))) == (6, 6)
    assert run(*arguments, "--fresh") == 0
    assert (len(kept), len(set(kept))) == (11, 6)


def _with_password(path: Path) -> bytes:
    made = io.BytesIO()
    with path.open("rb") as stream:
        OOXMLFile(stream).encrypt("1234", made)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["空", "断", "网页", "锁", "密码", "别的表"])
def test_one_bad_file_changes_only_its_own_line(tmp_path: Path, kind: str, capsys: Told) -> None:
    folder, store = folder_of(tmp_path, 6), tmp_path / "store"
    assert run("collect", folder, "-o", tmp_path / "好.xlsx", "--store", store) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "共 6 个文件，读出 6 张自评表，没有读不了的文件。"
    bad = folder / ("~$坏.xlsx" if kind == "锁" else "坏.xlsx")
    whole = save(clean(9), tmp_path / "完整.xlsx")
    cut = whole.read_bytes()[: whole.stat().st_size // 2]
    contents = {"空": b"", "断": cut, "网页": b"<html><table></table></html>", "锁": b"x" * 165, "密码": _with_password(whole)}
    if kind == "别的表":
        openpyxl.Workbook().save(bad)
    else:
        bad.write_bytes(contents[kind])
    assert run("collect", folder, "-o", tmp_path / "坏.xlsx", "--store", store) == 2
    assert capsys.readouterr().out.splitlines()[-1] == "共 7 个文件，读出 6 张自评表；1 个文件没有读成，见“未能读取”。"
    for sheet in ("汇总表", "指标明细", "按单位", "溯源"):
        assert read(tmp_path / "好.xlsx", sheet) == read(tmp_path / "坏.xlsx", sheet)
    ((file, reason),) = cells(read(tmp_path / "坏.xlsx", "未能读取"), "文件", "原因")
    assert file == f"来件/{bad.name}" and ("密码" in reason) == (kind == "密码")


def test_what_it_wrote_itself_is_not_collected_again(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 2)
    arguments = ("collect", folder, "-o", folder / "汇总.xlsx", "--return-notes", folder / "退回", "--store", tmp_path / "store")
    assert run(*arguments) == 0
    first = (folder / "汇总.xlsx").read_bytes()
    shutil.copy(folder / "汇总.xlsx", folder / "上周汇总.xlsx")
    assert run(*arguments) == 0
    assert (folder / "汇总.xlsx").read_bytes() == first


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["没有的文件夹", "-o", "x.xlsx"], 2, "找不到"),
        (["来件", "-o", "x.docx"], 2, "后缀不是 .xlsx"),
        (["来件", "-o", "x.xlsx", "--jobs", "0"], 64, "--jobs 至少为 1"),
        (["来件", "-o", "x.xlsx", "--keep", "没有.json"], 2, "不能用 --keep 采用"),
        (["来件", "-o", "x.xlsx", "--expected", "没有.txt"], 2, "找不到"),
    ],
)
def test_wrong_usage_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told, arguments: list[str], code: int, told: str
) -> None:
    folder_of(tmp_path, 1)
    monkeypatch.chdir(tmp_path)
    assert run("collect", *arguments) == code
    assert told in capsys.readouterr().err
    assert not list(tmp_path.glob("x.*"))


def test_the_department_takes_the_summary_as_its_projects(place: Path, tmp_path: Path) -> None:
    out, cases = tmp_path / "部门.xlsx", Path(__file__).parents[1] / "cases"
    assert run("fill", cases / "035.json", "--projects", place / "汇总.xlsx", "-o", out) == 0
    (form,) = read_forms(out)
    rows = form.tables["项目清单"]
    assert len(rows) == 51
    listed = {row["项目名称"].text: tuple(row[name].text for name in ("资金", "自评得分", "支出")) for row in rows}
    # The department's form is in 万元.
    assert listed[name_of(1)] == ("100", "99.6", "96")
    assert listed[name_of(45)] == ("500", "99.6", "480")


def test_a_submission_is_collected_once(tmp_path: Path) -> None:
    form = save(clean(1), tmp_path / "表.xlsx")
    assert run("finish", form, "-o", tmp_path / "报送", "--no-pdf") == 0
    assert run("collect", tmp_path / "报送", "-o", tmp_path / "汇总.xlsx", "--store", tmp_path / "store") == 0
    assert cells(read(tmp_path / "汇总.xlsx", "汇总表"), "项目名称", "校验状态", "稿次") == [(name_of(1), "一致", "第 1 稿")]
    assert {row["类别"] for row in read(tmp_path / "汇总.xlsx", "未能读取")} == {"不是自评表"}


def test_the_text_of_a_mail_is_no_form_that_is_missed(tmp_path: Path) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    save(clean(1), folder / "表.xlsx")
    (folder / "邮件_办公室.txt").write_text("主题：请提供实际完成值\n\n办公室：……", encoding="utf-8-sig")
    assert run("collect", folder, "-o", tmp_path / "汇总.xlsx", "--store", tmp_path / "store") == 0
    left = cells(read(tmp_path / "汇总.xlsx", "未能读取"), "文件", "类别", "原因")
    assert left == [("来件/邮件_办公室.txt", "不是自评表", "是邮件正文，不是自评表")]
