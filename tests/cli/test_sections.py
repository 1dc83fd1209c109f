"""selfeval split and merge as an officer types them."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.cli.test_collect import cells, read
from tests.cli.test_commands import CASES, Told, run
from tests.workbook.sections.answered import actuals, fill, unanswered
from tests.workbook.template.files import published
from toolkit.core.scheme import load_schemes
from toolkit.sections import plan_requests
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook

SCHEME = load_schemes()["shenzhen-2021"]
SECTIONS = ("人事股", "业务股、财务股", "", "人事股")
PROJECT = "社保业务公众服务经费"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Give a form without results, three sections named, in a folder with a blank in its name."""
    folder = tmp_path / "2021 年 自评"
    folder.mkdir()
    path = folder / "我的 自评表.xlsx"
    build_workbook(path, unanswered(published("102"), SECTIONS), SCHEME)
    return path


def codes(book: Path) -> list[str]:
    return [item.code for item in plan_requests(read_forms(book), [SCHEME]).items]


def sent(book: Path, section: str) -> Path:
    return book.parent / "取数" / f"取数表_{section}_{PROJECT}.xlsx"


def split(book: Path, *more: object) -> int:
    return run("split", book, "-o", book.parent / "取数", *more)


def test_every_section_gets_a_sheet_and_a_mail(book: Path, capsys: Told) -> None:
    assert split(book, "--deadline", "4月20日前") == 0
    told = capsys.readouterr().out.splitlines()
    names = sorted(path.name for path in (book.parent / "取数").iterdir())
    sections = ("业务股", "人事股", "财务股")
    mails = [f"邮件_{section}_{PROJECT}{suffix}" for section in sections for suffix in (".eml", ".txt")]
    assert names == sorted([f"取数表_{section}_{PROJECT}.xlsx" for section in (*sections, "未分工")] + mails)
    assert told[0].startswith("已生成取数表 4 份，在 ")
    assert [line.split("　")[1].strip() + line.split("　")[2] for line in told[1:5]] == [
        "人事股3 个指标",
        "业务股2 个指标",
        "财务股2 个指标",
        "未分工1 个指标",
    ]
    assert [line for line in told if line.startswith("【未分工】")] == [
        "【未分工】3. 劳务派遣工作监督评估及时性没有写提供股室，放在“未分工”一份里；请在“数据来源”的“提供股室”写明后重新生成，"
        "或把这一份直接发出，由填的人写上股室。"
    ]
    assert told[-1].startswith(f'收齐后：selfeval merge "{book}" ')


def test_the_mail_says_what_is_asked_and_carries_the_sheet(book: Path) -> None:
    assert split(book, "--deadline", "4月20日前") == 0
    text = (book.parent / "取数" / f"邮件_人事股_{PROJECT}.txt").read_text(encoding="utf-8-sig")
    assert text.splitlines()[0] == "主题：【绩效自评取数】请人事股提供 2021 年度绩效自评数据（3 个指标，4月20日前）"
    assert "　　1. 劳务派遣人员到岗率（指标值 27人）\n" in text and "请于 4月20日前发回" in text
    data = (book.parent / "取数" / f"邮件_人事股_{PROJECT}.eml").read_bytes()
    mail = email.message_from_bytes(data, policy=email.policy.default)
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == sent(book, "人事股").name
    assert attached.get_content() == sent(book, "人事股").read_bytes()
    body = mail.get_body()
    assert body is not None and body.get_content().replace("\r\n", "\n").strip() in text and mail["X-Unsent"] == "1"


def test_a_second_time_nothing_is_lost(book: Path, capsys: Told) -> None:
    assert split(book) == 0
    before = {path.name: path.read_bytes() for path in (book.parent / "取数").iterdir()}
    assert split(book) == 0
    assert {path.name: path.read_bytes() for path in (book.parent / "取数").iterdir()} == before
    fill(sent(book, "人事股"), {codes(book)[0]: {"实际完成值": "25人"}})
    answered = sent(book, "人事股").read_bytes()
    capsys.readouterr()
    assert split(book) == 0
    assert "原来的 1 个同名文件另存为" in capsys.readouterr().out
    (kept,) = (book.parent / "取数").glob("*_备份_*")
    assert kept.read_bytes() == answered
    assert run("merge", book, book.parent / "取数") == 1
    assert f"25人 ← 人事股（{kept.name}）" in capsys.readouterr().out


def test_sections_and_projects_of_any_name_get_files(tmp_path: Path) -> None:
    names = ("社保/医保股", "社保:医保股", "Ａ股", "a股", "很长的名字" * 20)
    form = unanswered(published("102"), ("\\", *names[1:]))
    form = replace(form, project_name=replace(form.project_name, text="项目：一/二" * 12))
    source, folder = tmp_path / "表.xlsx", tmp_path / "取数"
    build_workbook(source, form, SCHEME)
    assert run("split", source, "-o", folder) == 0
    files = sorted(path.name for path in folder.iterdir())
    assert len(files) == 3 * 5 and max(map(len, files)) <= 80
    assert len({name.casefold() for name in files}) == len(files)


def answer_all(book: Path) -> None:
    a, b, c, d, e, f = codes(book)
    fill(sent(book, "人事股"), {code: {"实际完成值": value, "经办人": "张三"} for code, value in ((a, "25人"), (d, "87%"), (e, "有效保障"))})
    fill(sent(book, "业务股"), {b: {"实际完成值": "100%"}, f: {"实际完成值": "96%"}})
    fill(sent(book, "财务股"), {b: {"实际完成值": "100％"}, f: {"实际完成值": "96.0%"}})
    fill(sent(book, "未分工"), {c: {"实际完成值": "及时"}}, lambda sheet: sheet.__setitem__("B3", "信息中心"))


def test_two_commands_from_the_form_to_the_form(book: Path, capsys: Told) -> None:
    assert split(book) == 0
    answer_all(book)
    before = book.read_bytes()
    capsys.readouterr()
    assert run("merge", book, book.parent / "取数") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[:3] == [
        "收到 人事股、业务股、财务股、未分工；已收齐。",
        f"━━ {PROJECT}（2021 年度）：6 个指标，填入 6",
        f"　 【填入】1. 劳务派遣人员到岗率　25人 ← 人事股 张三（取数表_人事股_{PROJECT}.xlsx）",
    ]
    assert "没有写任何文件" in told.out and sorted(path.name for path in book.parent.iterdir()) == ["取数", "我的 自评表.xlsx"]
    out = book.parent / "合并后.xlsx"
    assert run("merge", book, book.parent / "取数", "-o", out) == 0
    assert actuals(out) == [["25人", "100%", "及时", "87%", "有效保障", "96%"]]
    assert book.read_bytes() == before
    assert [row.provider.text for row in read_forms(out)[0].indicators][2] == "信息中心"
    notes = openpyxl.load_workbook(book.parent / "合并后_合并说明.xlsx")
    assert notes.sheetnames == ["合并说明"]
    rows = list(notes["合并说明"].iter_rows(values_only=True))
    head = next(place for place, row in enumerate(rows) if row[0] == "项目名称")
    assert [(row[2], row[4], row[5]) for row in rows[head + 1 :]][:2] == [
        ("劳务派遣人员到岗率", "填入", "25人"),
        ("劳务服务合格率", "填入", "100%"),
    ]
    assert run("merge", out, book.parent / "取数") == 0
    assert "6 个指标，与表内一致 6" in capsys.readouterr().out


def test_who_collects_takes_the_forms_alone(book: Path, tmp_path: Path) -> None:
    assert split(book) == 0
    answer_all(book)
    assert run("merge", book, book.parent / "取数", "-o", book.parent / "合并后.xlsx") == 0
    run("collect", book.parent, "-o", tmp_path / "汇总.xlsx", "--store", tmp_path / "store")
    versions = cells(read(tmp_path / "汇总.xlsx", "版本与重复"), "文件")
    assert versions == [(f"{book.parent.name}/{name}·自评表",) for name in ("合并后.xlsx", book.name)]
    passed = cells(read(tmp_path / "汇总.xlsx", "未能读取"), "类别", "文件")
    requests = [sent(book, section).name for section in ("业务股", "人事股", "未分工", "财务股")]
    assert [file.rpartition("/")[2] for _, file in passed if file.endswith(".xlsx")] == [*requests, "合并后_合并说明.xlsx"]
    assert {kind for kind, _ in passed} == {"不是自评表"}


def test_what_has_to_be_decided_is_told_with_what_to_do(book: Path, capsys: Told) -> None:
    assert split(book) == 0
    answer_all(book)
    codes_now = codes(book)
    fill(sent(book, "财务股"), {codes_now[1]: {"实际完成值": "98%"}})
    fill(sent(book, "人事股"), {codes_now[0]: {"实际完成值": "25"}})
    capsys.readouterr()
    assert run("merge", book, book.parent / "取数") == 1
    told = capsys.readouterr().out
    files = [f"取数表_{section}_{PROJECT}.xlsx" for section in ("业务股", "财务股")]
    assert f"　 【答复不一致】2. 劳务服务合格率：业务股填“100%”（{files[0]}）；财务股填“98%”（{files[1]}）。没有填。\n" in told
    assert "　 【看不懂或单位不符】1. 劳务派遣人员到岗率：人事股 张三填的“25”没有写单位，指标值是“27人”。没有填。\n" in told
    out = book.parent / "合并后.xlsx"
    assert run("merge", book, book.parent / "取数", "-o", out, "--keep", files[1], "--add-units") == 0
    assert actuals(out)[0][:2] == ["25人", "98%"]
    assert run("merge", book, book.parent / "取数", "-o", out) == 1
    assert actuals(out)[0][:2] == ["", ""]
    assert len(list(book.parent.glob("合并后_备份_*.xlsx"))) == len(list(book.parent.glob("合并后_合并说明_备份_*.xlsx"))) == 1


def test_other_files_in_the_folder(book: Path, capsys: Told) -> None:
    assert split(book) == 0
    folder = book.parent / "取数"
    answer_all(book)
    (folder / "自评表副本.xlsx").write_bytes(book.read_bytes())
    (folder / "~$取数表.xlsx").write_bytes(b"lock")
    below = folder / "微信" / "转发"
    below.mkdir(parents=True)
    sent(book, "未分工").rename(below / "新建 Microsoft Excel 工作表.xlsx")
    assert run("merge", book, folder) == 0
    (folder / "统计.xlsx").write_bytes(b"PK\x03\x04broken")
    openpyxl.Workbook().save(folder / "别的表.xlsx")
    capsys.readouterr()
    assert run("merge", book, folder) == 2
    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("【读不了】")]
    assert [line[5:].partition("”")[0] for line in told] == ["“别的表.xlsx", "“统计.xlsx"]


def test_only_what_is_empty_is_asked_again(book: Path, capsys: Told) -> None:
    assert split(book) == 0
    answer_all(book)
    fill(sent(book, "未分工"), {codes(book)[2]: {"实际完成值": None}})
    out = book.parent / "合并后.xlsx"
    assert run("merge", book, book.parent / "取数", "-o", out) == 1
    assert run("split", out, "-o", book.parent / "补取", "--only-empty") == 0
    assert [path.name for path in (book.parent / "补取").iterdir()] == [f"取数表_未分工_{PROJECT}.xlsx"]
    assert run("merge", out, book.parent / "取数") == 1


@pytest.mark.parametrize(
    "arguments, code, told",
    [
        (("split", "表.xlsx"), 64, "少了 -o/--output"),
        (("split", "没有.xlsx", "-o", "取数"), 2, "“没有.xlsx”找不到"),
        (("split", "空.xlsx", "-o", "取数"), 2, "里没有填任何指标"),
        (("split", "表.xlsx", "-o", "表.xlsx"), 2, "是文件，不是文件夹"),
        (("merge", "表.xlsx"), 64, "少了 文件夹"),
        (("merge", "表.xlsx", "没有"), 2, "“没有”找不到"),
        (("merge", "表.xlsx", "空文件夹"), 2, "里没有 .xlsx 或 .xls 文件"),
        (("merge", "表.xlsx", "取数", "-o", "表.xlsx"), 2, "就是要读的原文件，不能覆盖"),
        (("merge", "表.xlsx", "取数", "-o", "表.docx"), 2, "的后缀不是 .xlsx"),
        (("merge", "表.xlsx", "取数", "--keep", "甲.xlsx"), 64, "--keep “甲.xlsx”不在文件夹里"),
        (("merge", CASES / "102.json", "取数", "-o", "新.xlsx"), 64, "请先用 selfeval fill 转成自评表"),
    ],
)
def test_wrong_usage(
    arguments: tuple[object, ...], code: int, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told
) -> None:
    monkeypatch.chdir(tmp_path)
    build_workbook(Path("表.xlsx"), published("102"), SCHEME)
    build_workbook(Path("空.xlsx"), None, SCHEME)
    Path("空文件夹").mkdir()
    assert run("split", "表.xlsx", "-o", "取数") == 0
    files = sorted(str(path) for path in tmp_path.rglob("*"))
    capsys.readouterr()
    assert run(*arguments) == code
    assert told in capsys.readouterr().err
    assert sorted(str(path) for path in tmp_path.rglob("*")) == files


def test_a_form_that_is_not_ours_can_be_split(tmp_path: Path, capsys: Told) -> None:
    assert run("split", CASES / "101.json", "-o", tmp_path / "取数") == 0
    told = capsys.readouterr().out
    assert "等 6 个没有写提供股室" in told and "selfeval fill" in told
    assert run("merge", CASES / "101.json", tmp_path / "取数") == 1


def test_answers_go_into_somebody_elses_workbook_too(tmp_path: Path, capsys: Told) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["项目支出绩效自评表（2023年度）"],
        ["项目名称", "道路养护经费"],
        ["项目资金（万元）", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
        ["年度资金总额", 100, 100, 90, 10, "90%", 9],
        ["一级指标", "二级指标", "三级指标", "年度指标值", "全年实际值", "权重", "得分", "未完成原因分析"],
        ["产出指标", "数量指标", "养护里程", "≥120公里", None, 50],
        ["满意度指标", "服务对象满意度", "群众满意度", "≥90%", "93%", 40],
    ):
        book.worksheets[0].append(row)
    source, out = tmp_path / "外来表.xlsx", tmp_path / "合并后.xlsx"
    book.save(source)
    assert run("split", source, "-o", tmp_path / "取数") == 0
    (path,) = (tmp_path / "取数").glob("*.xlsx")
    code = str(openpyxl.load_workbook(path).worksheets[0]["A7"].value)
    fill(path, {code: {"实际完成值": "130公里", "依据和佐证材料": "验收单"}})
    capsys.readouterr()
    assert run("merge", source, tmp_path / "取数", "-o", out) == 1
    assert "　 【没有写入】本表没有“数据来源”工作表，依据、经办人、取数日期只列在合并说明里。\n" in capsys.readouterr().out
    cells = [[cell.value for row in openpyxl.load_workbook(each).worksheets[0] for cell in row] for each in (source, out)]
    assert [(old, new) for old, new in zip(*cells, strict=True) if old != new] == [(None, "130公里")]
