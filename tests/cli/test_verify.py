"""selfeval verify: verdicts, changed cells, leftovers and exit codes."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.workbook.finish.bench import unclean_workbook
from tests.workbook.template.files import CASES, FORM
from toolkit.cli.main import main
from toolkit.workbook.finish import finish_workbook, verify_file
from toolkit.workbook.read import read_forms

Told = pytest.CaptureFixture[str]
MEANING = "校验码只能证明报送后有没有改动，不能证明由谁填写。\n"


@pytest.fixture
def finished(tmp_path: Path) -> Path:
    main(["fill", str(CASES / "102.json"), "-o", str(tmp_path / "填好.xlsx")])
    finish_workbook(tmp_path / "填好.xlsx", tmp_path / "定稿.xlsx")
    return tmp_path / "定稿.xlsx"


def test_a_finished_file_is_the_same_and_one_never_finished_has_no_code(finished: Path, capsys: Told) -> None:
    capsys.readouterr()
    assert main(["verify", str(finished), str(finished.with_name("填好.xlsx"))]) == 0
    assert capsys.readouterr().out == (
        f"定稿.xlsx：一致（校验码 {verify_file(finished).codes[0]}）\n"
        f"填好.xlsx：无校验码（不是用“导出定稿”生成的，或校验码已被去掉）\n{MEANING}"
    )


def test_a_changed_cell_is_named_and_exits_with_one(finished: Path, capsys: Told) -> None:
    actual = read_forms(finished)[0].indicators[0].actual
    book = openpyxl.load_workbook(finished)
    book[FORM][actual.address or ""] = "1人"
    book.save(finished)
    capsys.readouterr()
    assert main(["verify", str(finished)]) == 1
    (change,) = verify_file(finished).changes
    told = f"　 自评表!{actual.address} {actual.field}：简码原为 {change.before}，现为 {change.now}\n"
    assert capsys.readouterr().out == f"定稿.xlsx：已改动\n{told}{MEANING}"


def test_what_cannot_be_read_wins(finished: Path, tmp_path: Path, capsys: Told) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK nothing")
    assert main(["verify", str(tmp_path / "坏.xlsx"), str(finished)]) == 2
    assert "坏.xlsx" in capsys.readouterr().err


def test_the_scan_lists_what_should_not_leave(tmp_path: Path, capsys: Told) -> None:
    source = unclean_workbook(tmp_path / "旧.xlsm")
    assert main(["verify", "--hygiene", str(source)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "　 隐藏的工作表：底稿" in lines
    assert len(lines) > 15
    finish_workbook(source, tmp_path / "新.xlsx", [])
    assert main(["verify", "--hygiene", str(tmp_path / "新.xlsx")]) == 0
    assert capsys.readouterr().out == "新.xlsx：没有不该带的内容\n"
