"""selfeval finish as an officer types it, through the real pieces."""

from __future__ import annotations

import email
import email.policy
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.cli.test_commands import CASES, Told, run
from tests.intake.foreign.reading import SHENZHEN
from tests.intake.foreign.test_published import as_workbook, lines_of
from tests.submission.files import FIRST, SECOND, UNIT, asked, changed, finished, five, source
from tests.workbook.report.sheets import stored, typed
from toolkit.cli.finish import finish
from toolkit.submission.public import strings_of
from toolkit.workbook.finish import State, hygiene, verify_file

DATA = sorted((Path(__file__).parents[2] / "toolkit" / "data").glob("*/*.json"))
OFFICER = ("归档清单.txt", "盖章扫描件_请放入此处/说明.txt", "系统录入表_内部使用.xlsx", "送审单_内部使用.xlsx", "邮件正文.txt", "邮件草稿.eml")


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def hashes(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names(folder)}


def test_one_folder_for_the_unit_with_everything_in_it(tmp_path: Path, capsys: Told) -> None:
    paths = [source(tmp_path, case) for case in ("101", "103")]
    before = hashes(tmp_path)
    assert run("finish", *paths, "-o", tmp_path / "出", "--no-pdf") == 0
    assert names(tmp_path / "出" / FIRST) == [
        "01_项目支出绩效自评结果汇总表.xlsx",
        "02_社会保险转移接续工作外包服务_自评报告.docx",
        "02_社会保险转移接续工作外包服务_自评表.xlsx",
        "03_案件调查取证费_自评报告.docx",
        "03_案件调查取证费_自评表.xlsx",
        *OFFICER,
    ]
    told = capsys.readouterr()
    assert f"已生成 {tmp_path / '出' / FIRST}，共 11 个文件：" in told.out
    assert "源文件没有改动，另存了一份在" in told.err
    assert {name: digest for name, digest in hashes(tmp_path).items() if not name.startswith("出/")} == before
    assert names(tmp_path / "出" / "源文件备份" / FIRST) == ["101.json", "103.json"]


def test_a_unit_may_bring_its_own_word_model(tmp_path: Path) -> None:
    model = tmp_path / "模板.docx"
    document = docx.Document()
    document.add_paragraph("{{ 项目名称 }}，校验码 {{ 校验码 }}")
    document.save(str(model))
    assert run("finish", source(tmp_path, "101"), "-o", tmp_path / "出", "--no-pdf", "--model", model) == 0
    folder = next((tmp_path / "出").glob("报送_*"))
    [paragraph] = docx.Document(str(next(folder.glob("*_自评报告.docx")))).paragraphs
    code = verify_file(next(folder.glob("*_自评表.xlsx"))).codes[0]
    assert paragraph.text == f"社会保险转移接续工作外包服务，校验码 {code}"


def test_the_mail_carries_the_files_that_the_list_names(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", *five(tmp_path))
    mail = email.message_from_bytes((folder / "邮件草稿.eml").read_bytes(), policy=email.policy.default)
    parts = {part.get_filename(): part.get_content() for part in mail.iter_attachments()}
    written = mail.get_body()
    assert written is not None
    text = written.get_content()
    assert parts == {name: (folder / name).read_bytes() for name in names(folder)[:11]}
    assert [name for name in parts if f". {name}　" not in text and f". {name}\r\n" not in text] == []
    subject, _, body = (folder / "邮件正文.txt").read_text(encoding="utf-8").partition("\n\n")
    assert (f"主题：{mail['Subject']}", text.replace("\r\n", "\n")) == (subject, body)


def test_the_finished_workbooks_are_clean_and_prove_their_codes(tmp_path: Path) -> None:
    folder = finished(tmp_path / "出", *five(tmp_path))
    books = sorted(folder.glob("*_自评表.xlsx"))
    archive = (folder / "归档清单.txt").read_text(encoding="utf-8")
    for book in books:
        verdict = verify_file(book)
        assert (verdict.state, list(hygiene(book))) == (State.SAME, [])
        assert f"{book.name}\n　　SHA-256 {hashlib.sha256(book.read_bytes()).hexdigest()}\n　　校验码 {verdict.codes[0]}\n" in archive
    assert len(books) == 5


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    paths = five(tmp_path)[:2]
    assert hashes(finished(tmp_path / "甲", *paths)) == hashes(finished(tmp_path / "乙", *paths))


@pytest.mark.slow
def test_every_published_system_goes_through(tmp_path: Path) -> None:
    assert finish(DATA, asked(tmp_path / "出", reason="演示")) == 0
    made = {path.name: len(list(path.glob("*_自评表.xlsx"))) for path in (tmp_path / "出").iterdir() if path.name != "源文件备份"}
    assert made == {
        "报送_2021_大埔县社会保险基金管理局_第1稿": 1,
        "报送_2022_佛山市社会保险基金管理局_第1稿": 1,
        "报送_2022_河源市社会保险基金管理局_第1稿": 1,
        "报送_2024_河源市社会保险基金管理局_第1稿": 1,
        FIRST: 8,
    }
    assert finish(DATA, asked(tmp_path / "网", reason="演示", public=True)) == 0


def test_errors_are_named_and_nothing_is_written(tmp_path: Path, capsys: Told) -> None:
    good, bad = source(tmp_path, "101"), tmp_path / "表.xlsx"
    assert run("fill", CASES / "102.json", "-o", bad) == 0
    capsys.readouterr()
    assert run("finish", good, bad, "-o", tmp_path / "出", "--no-pdf") == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "━━ 社保业务公众服务经费（表.xlsx · 自评表）" in told.err and "F02" in told.err and "涉及：H6、H7" in told.err
    assert "还有错误 1 处没有改正，没有生成任何材料。" in told.err
    assert not (tmp_path / "出").exists()


def test_a_reason_lets_errors_pass_and_is_asked_for(tmp_path: Path, capsys: Told) -> None:
    path = source(tmp_path, "102")
    assert run("finish", path, "-o", tmp_path / "出", "--no-pdf", "--despite-errors", "  ") == 64
    assert run("finish", path, "-o", tmp_path / "出", "--no-pdf", "--despite-errors") == 64
    assert run("finish", path, "-o", tmp_path / "出", "--no-pdf", "--despite-errors", "系统口径未更新") == 0
    where = {
        name for name in names(tmp_path / "出" / FIRST) if name.endswith(".xlsx") and "系统口径未更新" in "".join(strings_of(tmp_path / "出" / FIRST / name))
    }
    assert where == {"02_社保业务公众服务经费_自评表.xlsx", "送审单_内部使用.xlsx"}
    capsys.readouterr()


def test_drafts_are_counted_or_given(tmp_path: Path, capsys: Told) -> None:
    path, out = source(tmp_path, "101"), tmp_path / "出"
    for options in ((), (), ("--draft", 5), ()):
        assert run("finish", path, "-o", out, "--no-pdf", *options) == 0
    assert sorted(each.name for each in out.iterdir()) == sorted([*(f"报送_2021_{UNIT}_第{n}稿" for n in (1, 2, 5, 6)), "源文件备份"])
    capsys.readouterr()
    assert run("finish", path, "-o", out, "--no-pdf", "--draft", 2) == 2
    assert f"“{SECOND}”已经存在；请换一个稿次（--draft），或先移走它。" in capsys.readouterr().err
    assert run("finish", path, "-o", out, "--draft", 0) == 64


def test_what_the_officer_wrote_in_the_report_is_handed_over(tmp_path: Path, capsys: Told) -> None:
    book = tmp_path / "表.xlsx"
    assert run("report", CASES / "101.json", "-o", book) == 0
    place = next(row.top for row in stored(book).rows if row.state == "待完善")
    own = "本项目依据我局“三定”规定设立。"
    folder = finished(tmp_path / "出", typed(book, tmp_path / "改.xlsx", {place: f"　　{own}"}))
    report = next(folder.glob("*_自评报告.docx"))
    assert own in list(strings_of(report))
    capsys.readouterr()


def test_two_units_get_a_folder_each_and_two_units_in_one_workbook_are_refused(tmp_path: Path, capsys: Told) -> None:
    one, other = source(tmp_path, "101"), source(tmp_path, "103", organisation="深圳市社会保险基金管理局宝安分局")
    assert finish([one, other], asked(tmp_path / "出")) == 0
    assert sorted(path.name for path in (tmp_path / "出").iterdir()) == sorted([FIRST, FIRST.replace("局_", "局宝安分局_"), "源文件备份"])
    from toolkit.intake.interchange import read_interchange
    from toolkit.workbook.template import build_workbook

    build_workbook(tmp_path / "两家.xlsx", [read_interchange(path).form for path in (one, other)], asked(tmp_path).schemes.known["shenzhen-2021"])
    capsys.readouterr()
    assert run("finish", tmp_path / "两家.xlsx", "-o", tmp_path / "再") == 2
    units = f"2021年{UNIT}、2021年{UNIT}宝安分局"
    assert f"里有几个单位或年度的表（{units}）；请按单位、年度分开保存后再定稿。" in capsys.readouterr().err


def test_several_forms_in_one_workbook_stay_one_workbook(tmp_path: Path, capsys: Told) -> None:
    from toolkit.intake.interchange import read_interchange
    from toolkit.workbook.template import build_workbook

    forms = [read_interchange(source(tmp_path, case)).form for case in ("101", "103")]
    build_workbook(tmp_path / "两个.xlsx", forms, asked(tmp_path).schemes.known["shenzhen-2021"])
    folder = finished(tmp_path / "出", tmp_path / "两个.xlsx", source(tmp_path, "105"))
    assert [name for name in names(folder) if "自评" in name] == [
        "01_项目支出绩效自评结果汇总表.xlsx",
        "02_社会保险转移接续工作外包服务_自评报告.docx",
        "02_社会保险转移接续工作外包服务等2个项目_自评表.xlsx",
        "03_案件调查取证费_自评报告.docx",
        "04_零星修缮_自评报告.docx",
        "04_零星修缮_自评表.xlsx",
    ]
    codes = verify_file(folder / "02_社会保险转移接续工作外包服务等2个项目_自评表.xlsx").codes
    assert f"等2个项目_自评表.xlsx　　校验码 {'、'.join(codes)}\n" in (folder / "邮件正文.txt").read_text(encoding="utf-8")
    capsys.readouterr()


Bad = Callable[[Path], Path]


def _locked(folder: Path) -> Path:
    (folder / "~$101.json").write_bytes(b"")
    return source(folder, "101")


def _empty(folder: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(folder / "空.xlsx") as book:
        book.add_worksheet("别的")
    return folder / "空.xlsx"


def _foreign(folder: Path) -> Path:
    as_workbook(folder / "来文.xlsx", lines_of(SHENZHEN))
    return folder / "来文.xlsx"


def _old(folder: Path) -> Path:
    (folder / "旧表.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    return folder / "旧表.xls"


def _text(folder: Path) -> Path:
    (folder / "报告.txt").write_text("自评报告", encoding="utf-8")
    return folder / "报告.txt"


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (_locked, "“101.json”正在 Excel、WPS 或 LibreOffice 中打开，没有保存的修改读不到；请保存并关闭后再试"),
        (_empty, "“空.xlsx”里没有找到自评表"),
        (_text, "“报告.txt”不是自评表工作簿；请用自评表工作簿（.xlsx、.xlsm）或交换文件（.json）。"),
        (
            _foreign,
            "“来文.xlsx”不是本工具的自评表，里面没有放校验码和校验明细的地方；"
            "请先用 selfeval fill 来文.xlsx -o 自评表.xlsx 转成本工具的表，核对无误后再对它定稿。",
        ),
        (_old, "“旧表.xls”是 .xls 文件，不能直接定稿；请先用 selfeval fill 旧表.xls -o 自评表.xlsx 转成本工具的表"),
        (lambda folder: folder / "没有.xlsx", "“没有.xlsx”找不到"),
        (lambda folder: source(folder, "101", organisation="", department="", implementing_unit=""), "“101.json”没有写明是哪个单位的；请在自评表填写"),
        (lambda folder: source(folder, "101", year=None), "“101.json”没有写明年度；请在自评表标题下填写年度后再定稿。"),
    ],
    ids=["open", "no form", "text", "foreign", "old", "missing", "no unit", "no year"],
)
def test_each_bad_input_has_its_sentence_and_leaves_nothing(tmp_path: Path, capsys: Told, make: Bad, said: str) -> None:
    assert run("finish", make(tmp_path), "-o", tmp_path / "出", "--despite-errors", "试", "--no-pdf") == 2
    told = capsys.readouterr()
    assert said in told.err and told.out == ""
    assert not (tmp_path / "出").exists()


@pytest.mark.parametrize("name", ["😀", "窗口服务😀", "长" * 200, "CON", "甲/乙:丙*?"])
def test_any_project_name_makes_file_names(tmp_path: Path, name: str) -> None:
    folder = finished(tmp_path, source(tmp_path, "101", project_name=name))
    assert [len(each) <= 80 and len(str(folder / each)) < 218 for each in names(folder)] == [True] * 9
    assert len(list(folder.glob("02_*_自评表.xlsx"))) == 1


def test_a_path_too_long_is_refused(tmp_path: Path, capsys: Told) -> None:
    deep = tmp_path.joinpath(*["很长的文件夹名称" * 5] * 4)
    assert run("finish", source(tmp_path, "101"), "-o", deep, "--no-pdf") == 2
    assert "请用 -o 换一个路径短的文件夹" in capsys.readouterr().err


def test_without_an_office_one_line_says_so(tmp_path: Path, capsys: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.submission.pdf.find_office", lambda: None)
    assert run("finish", source(tmp_path, "101"), "-o", tmp_path / "出") == 0
    assert capsys.readouterr().err.count("没有生成 PDF：这台电脑上没有找到 LibreOffice") == 1


def with_author(path: Path, name: str) -> Path:
    """Let a workbook say in its properties who wrote it."""
    book = openpyxl.load_workbook(path)
    book.properties.creator = book.properties.lastModifiedBy = name
    book.save(path)
    return path


def test_pdfs_of_form_and_report(tmp_path: Path, office: Any) -> None:
    book = tmp_path / "表.xlsx"
    assert run("fill", source(tmp_path, "101"), "-o", book) == 0
    folder = finished(tmp_path / "出", with_author(book, "王小明"), pdf=True)
    pages = {path.name: path.read_bytes() for path in folder.glob("*.pdf")}
    assert sorted(pages) == ["02_社会保险转移接续工作外包服务_自评报告.pdf", "02_社会保险转移接续工作外包服务_自评表.pdf"]
    assert pages["02_社会保险转移接续工作外包服务_自评表.pdf"].count(b"/Type/Page/") == 1
    assert "02_社会保险转移接续工作外包服务_自评表.pdf　　校验码" in (folder / "邮件正文.txt").read_text(encoding="utf-8")
    told = [subprocess.run(["pdfinfo", folder / name], capture_output=True, check=True, text=True).stdout for name in sorted(pages)]
    about = [dict(re.findall(r"(\w+): +(.*)", text)) for text in told]
    assert [(each.get("Author"), each["Creator"], each["Producer"].partition(" ")[0]) for each in about] == [
        (None, "Writer", "LibreOffice"),
        (None, "Calc", "LibreOffice"),
    ]
    assert [text for text in told if "王小明" in text] == []


_WATCHED = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.copyfile", "shutil.rmtree")
_KILLS = 50


def _finish_in_child(path: Path, out: Path, kill_at: int) -> int:
    """Finish in a child that is killed at its n-th touch of the file system; return how it ended, or the touches made."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        touched = 0

        def watch(event: str, _: Any) -> None:
            nonlocal touched
            if event in _WATCHED:
                touched += 1
                if touched == kill_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.addaudithook(watch)
        finish([path], asked(out))
        os.write(write, str(touched).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as stream:
        told = stream.read()
    _, status = os.waitpid(child, 0)
    return int(told) if told else -os.WTERMSIG(status)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot fork there")
def test_a_run_killed_at_any_point_leaves_the_whole_folder_or_none(tmp_path: Path) -> None:
    path = source(tmp_path, "105")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    touches = _finish_in_child(path, tmp_path / "全", 0)
    whole = hashes(tmp_path / "全" / FIRST)
    assert touches > _KILLS
    points = sorted({1 + (touches - 1) * step // 24 for step in range(25)} | set(range(touches - 24, touches + 1)))
    found = []
    for point in points:
        out = tmp_path / f"杀{point}"
        assert _finish_in_child(path, out, point) == -signal.SIGKILL
        shown = [each.name for each in out.iterdir() if not each.name.startswith(".~")] if out.is_dir() else []
        assert set(shown) <= {FIRST, "源文件备份"}
        found.append(FIRST in shown)
        assert not found[-1] or hashes(out / FIRST) == whole
        assert hashlib.sha256(path.read_bytes()).hexdigest() == digest
    assert len(points) >= _KILLS - 2 and not found[0]


def test_a_second_draft_is_compared_with_the_first(tmp_path: Path) -> None:
    path = source(tmp_path, "103")
    finished(tmp_path / "出", path)
    data = json.loads(path.read_text(encoding="utf-8"))
    first = data["indicators"][0]
    folder = finished(tmp_path / "出", changed(path, first["level3"], deviation="任务增加，已说明。"))
    texts = list(strings_of(folder / "修改对照表.docx"))
    assert "任务增加，已说明。" in texts and any(text.startswith("共修改") for text in texts)


def test_the_day_of_the_return_note_stands_in_subject_and_text(tmp_path: Path) -> None:
    path = source(tmp_path, "103")
    first, second = (finished(tmp_path / "出", path, returned=date(2022, 4, 20)) for _ in range(2))
    assert "退回意见" not in (first / "邮件正文.txt").read_text(encoding="utf-8")
    subject, *_ = (second / "邮件正文.txt").read_text(encoding="utf-8").splitlines()
    assert subject.endswith("（1 个项目，第 2 稿，按 2022 年 4 月 20 日退回意见修改）")
    told = "一、修改情况。按 2022 年 4 月 20 日退回意见，与第 1 稿相比，没有修改（已逐项核对）。"
    assert told in (second / "邮件正文.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["昨天", "2022-13-01", "4月20日", ""])
def test_a_day_that_cannot_be_read_is_asked_for_again(tmp_path: Path, capsys: Told, text: str) -> None:
    assert run("finish", source(tmp_path, "101"), "--returned", text, "-o", tmp_path / "出") == 64
    assert f"--returned 的日期“{text}”看不懂，请写成 2025-04-20。" in capsys.readouterr().err


def test_a_workbook_without_a_report_sheet_gets_its_report_in_word(tmp_path: Path, capsys: Told) -> None:
    from tests.workbook.officer_form import OfficerForm

    book = tmp_path / "旧表.xlsx"
    OfficerForm(book).write()
    assert run("finish", book, "-o", tmp_path / "出", "--no-pdf", "--despite-errors", "旧表") == 0
    (folder,) = (tmp_path / "出").glob("报送_*")
    assert [verify_file(path).state for path in folder.glob("*_自评表.xlsx")] == [State.SAME]
    assert any("执行率" in text for text in strings_of(next(folder.glob("*_自评报告.docx"))))
    capsys.readouterr()
