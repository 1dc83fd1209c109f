"""The documents say what the program does: generated pages, real output, existing commands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from toolkit.cli.catalogue import every_rule
from toolkit.cli.main import main
from toolkit.cli.reference import PAGES, page
from toolkit.intake.interchange import read_interchange

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


def documented_keys() -> dict[str, set[str]]:
    """Return the keys of an interchange file as the manual lists them, by the object they stand in."""
    section = MANUAL.partition("### 交换文件")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:4] for line in section.splitlines() if line.startswith("| ")][1:]
    return {(re.findall("`([a-z_]+)`", place) or [""])[0]: set(re.findall("`([a-z_0-9]+)`", usual + other)) for place, usual, other in rows}


def test_the_manual_lists_the_keys_of_interchange_files(tmp_path: Path) -> None:
    keys = documented_keys()
    rows = {name: [dict.fromkeys(keys[name], "1")] for name in ("funds", "indicators")}
    path = tmp_path / "表.json"
    path.write_text(json.dumps({**dict.fromkeys(keys[""]), **rows}), encoding="utf-8")
    assert read_interchange(path).left_out == ()
    published = [json.loads(each.read_text(encoding="utf-8")) for each in (ROOT / "tests" / "cases").glob("*.json")]
    metadata = {"id", "source_url", "complete", "layout", "notes", "extra", "anomalies_seen"}
    assert {key for each in published for key in each} - metadata <= keys[""]
    for name in ("funds", "indicators"):
        assert {key for each in published for row in each[name] for key in row} <= keys[name], name
    for name in ("goal", "stated_total"):
        assert {key for each in published for key in each.get(name) or ()} == keys[name], name


def test_links_lead_somewhere() -> None:
    for folder, text in ((ROOT, README), (ROOT / "docs", MANUAL)):
        for target in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (folder / target).exists(), target
