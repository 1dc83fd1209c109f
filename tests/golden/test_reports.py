"""The four published reports: exactly what a careful auditor finds, alone and beside the form, through the command line."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from toolkit.cli.main import main

TESTS = Path(__file__).parents[1]
GOLDEN = tomllib.loads(Path(__file__).with_name("reports.toml").read_text(encoding="utf-8"))["report"]
REPORTS = pytest.mark.parametrize("golden", GOLDEN, ids=lambda golden: str(golden["form"]))
Told = pytest.CaptureFixture[str]


def report(golden: dict[str, Any]) -> Path:
    return TESTS / "reference" / str(golden["file"])


def form(golden: dict[str, Any]) -> Path:
    return TESTS / "cases" / f"{golden['form']}.json"


def checked(capsys: Told, *arguments: object) -> tuple[int, dict[str, Any]]:
    code = main(["check", "--json", *map(str, arguments)])
    [found] = json.loads(capsys.readouterr().out)
    return code, found


def places(found: dict[str, Any]) -> list[str]:
    return [place["field"] for place in found.get("places", [found])]


def findings(result: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(each["code"], each["severity"], places(each)) for each in result["findings"]]


def wanted(golden: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(each["code"], each["severity"], each["places"]) for each in golden["findings"]]


@REPORTS
def test_a_report_alone(golden: dict[str, Any], capsys: Told) -> None:
    code, result = checked(capsys, report(golden))
    assert findings(result) == wanted(golden)
    assert code == any(each["severity"] == "error" for each in golden["findings"])
    assert (result["project"], result["score"]["lines"], result["fingerprint"]) == ("", [], None)
    assert {(each["sheet"], each["cell"]) for each in result["findings"]} == {(None, None)}


@REPORTS
def test_a_report_beside_its_form(golden: dict[str, Any], capsys: Told) -> None:
    _, result = checked(capsys, report(golden), "--against", form(golden))
    assert findings(result) == wanted(golden)
    _, alone = checked(capsys, form(golden))
    assert [result[key] for key in ("project", "score", "fingerprint")] == [alone[key] for key in ("project", "score", "fingerprint")]


@REPORTS
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_other_encodings_read_alike(golden: dict[str, Any], encoding: str, tmp_path: Path, capsys: Told) -> None:
    # ¹ is the one sign of the texts that GB 18030 keeps in four bytes.
    copy = tmp_path / "自评报告.txt"
    copy.write_text(report(golden).read_text(encoding="utf-8"), encoding=encoding)
    assert findings(checked(capsys, copy)[1]) == wanted(golden)


def test_a_text_that_is_no_report_is_told_what_to_do(tmp_path: Path, capsys: Told) -> None:
    note = tmp_path / "记录.txt"
    note.write_text("买菜\n交电费\n", encoding="utf-8")
    assert main(["check", str(note)]) == 2
    assert "不像一份自评报告" in capsys.readouterr().err


def test_against_needs_a_report(capsys: Told) -> None:
    assert main(["check", str(form(GOLDEN[0])), "--against", str(form(GOLDEN[0]))]) == 64
    assert "--against" in capsys.readouterr().err


def test_a_result_workbook_needs_a_form(tmp_path: Path, capsys: Told) -> None:
    assert main(["check", str(report(GOLDEN[0])), "-o", str(tmp_path / "结果.xlsx")]) == 64
    assert "--against" in capsys.readouterr().err
