"""The documents say what the program does: generated pages, real output, existing commands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from toolkit.cli.catalogue import every_rule
from toolkit.cli.main import main
from toolkit.cli.reference import PAGES, page

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MANUAL = (ROOT / "docs" / "使用手册.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == page(name), "run make docs"


@pytest.mark.parametrize("rule", every_rule(), ids=lambda rule: str(rule.code))
def test_every_rule_has_its_manual_page(rule: object) -> None:
    lines = str(getattr(rule, "manual", "")).splitlines()
    assert lines[0].endswith("。")
    assert [line[:4] for line in lines if line.startswith(("为什么：", "怎么改："))] == ["为什么：", "怎么改："]


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\n(.*?)```\n<!-- /{name} -->", README, re.DOTALL)
    assert found is not None
    return found[1]


def test_the_readme_shows_what_demo_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["demo", str(tmp_path / "demo")])
    printed = capsys.readouterr().out
    assert printed.startswith(block("demo"))


def test_the_readme_shows_what_check_prints(capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", str(ROOT / "tests" / "cases" / "102.json")])
    printed = capsys.readouterr().out
    assert block("check") in printed


@pytest.mark.parametrize("text", [README, MANUAL], ids=["README", "使用手册"])
def test_every_command_that_is_named_exists(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    for command in set(re.findall(r"selfeval ([a-z-]+)", text)):
        with pytest.raises(SystemExit) as stop:
            main([command, "--help"])
        assert stop.value.code == 0
    for command, option in set(re.findall(r"`selfeval ([a-z-]+)[^`]*?(--[a-z]+)", text)):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert option in capsys.readouterr().out


def test_links_lead_somewhere() -> None:
    for folder, text in ((ROOT, README), (ROOT / "docs", MANUAL)):
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (folder / target).exists(), target
