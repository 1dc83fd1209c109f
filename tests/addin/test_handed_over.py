"""A workbook with buttons is handed over without them."""

from __future__ import annotations

from pathlib import Path

from tests.addin.files import ROOT, parts
from toolkit.cli.main import main
from toolkit.core.scheme import load_schemes
from toolkit.workbook.read import read_forms
from toolkit.workbook.template import build_workbook


def test_finish_takes_macros_and_buttons_out(tmp_path: Path) -> None:
    plain, target, out = tmp_path / "表.xlsx", tmp_path / "表 带按钮.xlsm", tmp_path / "报送"
    assert main(["fill", str(ROOT / "tests" / "cases" / "104.json"), "-o", str(plain)]) == 0
    forms = read_forms(plain)
    build_workbook(target, forms, load_schemes()[forms[0].scheme_id])
    assert "xl/vbaProject.bin" in parts(target)
    assert read_forms(target) == forms
    assert main(["finish", str(target), "-o", str(out), "--despite-errors", "按时报送"]) in (0, 1)
    (finished,) = (path for path in out.rglob("*.xlsx") if "自评表" in path.name)
    assert [name for name in parts(finished) if "vba" in name.lower() or name.endswith(".vml")] == []
    assert not [name for name, data in parts(finished).items() if b"Selfeval" in data], "a formula asks the macros"
    assert main(["verify", str(finished), "--hygiene"]) == 0
