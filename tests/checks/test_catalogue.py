"""Every rule is listed once, and what is about a report alone is not even loaded without one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from tests.checks.forms import all_rules, case, case_of
from toolkit.checks import RULES, Case, Rule
from toolkit.checks.form_rules import FORM_RULES
from toolkit.checks.report_rules import REPORT_RULES
from toolkit.checks.review import review_form
from toolkit.core.form import Form
from toolkit.core.scheme import load_schemes


def test_every_rule_is_listed_once() -> None:
    assert sorted(rule.code for rule in RULES) == [rule.code for rule in all_rules()]
    for listed in (FORM_RULES, REPORT_RULES):
        letters = dict.fromkeys(rule.code[0] for rule in listed)
        assert all(codes == sorted(codes) for letter in letters for codes in [[r.code for r in listed if r.code[0] == letter]])


class _NoForm:
    """A form nobody may look at."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"looked at {name}")


@pytest.mark.parametrize("rule", REPORT_RULES, ids=lambda rule: rule.code)
def test_rules_of_a_report_do_not_even_look_at_a_form_without_one(rule: Rule) -> None:
    alone = Case(cast(Form, _NoForm()), load_schemes()["shenzhen-2021"])
    assert list(rule(alone)) == []


def test_what_is_wrong_in_the_goals_is_found_without_a_report() -> None:
    form = case("101").form
    said = "共培训100人，其中教师60人，学生50人。"
    assert "R08" not in {found.code for found in review_form(case_of(form)).findings}
    stated = replace(form, achieved_goal=replace(form.achieved_goal, text=said))
    assert "R08" in {found.code for found in review_form(case_of(stated)).findings}


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
