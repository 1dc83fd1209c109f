"""Every rule is listed once, and what is about a report has nothing to say and is not even loaded without one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.checks.forms import all_rules, case, case_of
from toolkit.checks import RULES, check_form
from toolkit.checks.form_rules import FORM_RULES
from toolkit.checks.report_rules import REPORT_RULES

_FORMS = ("101", "107", "014", "020", "024")


def test_every_rule_is_listed_once() -> None:
    assert sorted(rule.code for rule in RULES) == [rule.code for rule in all_rules()]
    for listed in (FORM_RULES, REPORT_RULES):
        letters = dict.fromkeys(rule.code[0] for rule in listed)
        assert all(codes == sorted(codes) for letter in letters for codes in [[r.code for r in listed if r.code[0] == letter]])


@pytest.mark.parametrize("name", _FORMS)
def test_rules_of_a_report_say_nothing_without_one(name: str) -> None:
    assert check_form(case_of(case(name).form), REPORT_RULES) == ()


def test_a_form_without_a_report_is_checked_without_what_reports_need(tmp_path: Path) -> None:
    program = """
import sys
from toolkit.cli.main import main
main(["new", "-o", "表.xlsx"])
code = main(["check", "表.xlsx"])
loaded = [name for name in sys.modules if name.startswith(("toolkit.checks.prose", "toolkit.narrative.outline", "toolkit.checks.rules.r01"))]
sys.exit(f"{code} {loaded}" if loaded or code > 1 else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
