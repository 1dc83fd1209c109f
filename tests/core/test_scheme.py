"""Schemes: data with inheritance, and errors that tell the author what to write."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.checks.forms import case
from toolkit.checks import make_case
from toolkit.cli.main import main
from toolkit.core.scheme import SchemeError, load_scheme, load_schemes

DAUGHTER = """
id = "jiangnan-2023"
extends = "national-2020"
title = "江南 2023"
source = "江南市财政局示例"
[weights]
execution = 20
sections = { "产出指标" = 40, "效益指标" = 40 }
[[grades]]
name = "优秀"
least = 95
[[grades]]
name = "合格"
least = 0
[severities]
S10 = "提醒"
"""


def write(folder: Path, text: str, name: str = "local.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_built_in_schemes_are_dated_and_sourced() -> None:
    schemes = load_schemes()
    assert {"national-2020", "shenzhen-2021"} <= set(schemes)
    for scheme in schemes.values():
        assert scheme.source and scheme.applies_to.first_year >= 2000
        assert scheme.execution_weight + sum(scheme.sections.values()) == 100


def test_a_daughter_states_only_what_differs(tmp_path: Path) -> None:
    scheme = load_scheme(write(tmp_path, DAUGHTER))
    assert scheme.execution_weight == 20
    assert scheme.sections == {"产出指标": Decimal(40), "效益指标": Decimal(40)}
    assert [grade.name for grade in scheme.grades] == ["优秀", "合格"]
    assert scheme.severities == {"S10": "warning"}
    assert scheme.over_achievement == Decimal("1.3")
    assert scheme.fund_rows[0] == "年度资金总额"


def test_a_scheme_from_outside_scores_a_form_without_any_python(tmp_path: Path) -> None:
    scheme = load_scheme(write(tmp_path, DAUGHTER))
    assert make_case(case("104").form, scheme).scores.grade.name == "优秀"
    assert make_case(case("103").form, scheme).scores.grade.name == "合格"


def test_a_folder_of_schemes_is_found_by_its_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, DAUGHTER)
    monkeypatch.setenv("SELFEVAL_SCHEMES", str(tmp_path))
    assert "jiangnan-2023" in load_schemes()


def test_the_command_takes_the_path_of_a_scheme(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, DAUGHTER)
    main(["check", "--scheme", str(path), str(Path("tests/cases/104.json"))])
    assert "评分标准：江南 2023（按 --scheme 指定）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("line", "key", "told"),
    [
        ('[rate]\nbasis = "rounded"', "rate.basis", "exact 或 printed"),
        ("[rate]\ndecimals = 2.5", "rate.decimals", "0 至 6 的整数"),
        ("[weights]\nexecution = 110", "weights.execution", "0 至 100 的数"),
        ('[weights]\nsections = ["产出"]', "weights.sections", "一级指标及其分值"),
        ("[weigths]\nexecution = 10", "weigths", "没有这个设置"),
        ('[form]\ncurrency_unit = "美元"', "form.currency_unit", "元 或 万元"),
        ('[severities]\nF02 = "严重"', "severities", "错误、提醒、留意下年、说明、不检查"),
        ('[words]\nmeasures = "下一步"', "words", "文字的列表"),
        ("[grades]\nname = 1", "grades", "[[grades]]"),
        ('[[grades]]\nname = "优"', "grades[].least", None),
        ("[weights]\nexecution = 20", "weights", "应为 100"),
        ('[[grades]]\nname = "优"\nleast = 90', "grades", "最后一级的 least 为 0"),
    ],
)
def test_a_wrong_value_names_file_key_and_what_is_allowed(tmp_path: Path, line: str, key: str, told: str | None) -> None:
    head = 'id = "x"\nextends = "national-2020"\ntitle = "试"\nsource = "试"\n'
    with pytest.raises(SchemeError) as caught:
        load_scheme(write(tmp_path, head + line, "试.toml"))
    assert "试.toml" in str(caught.value)
    assert caught.value.key == key.replace("[].", ".") or caught.value.key == key
    assert told is None or told in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("id = ", "不是有效的 TOML"),
        ('title = "没有编号"', "必须写出标准的编号"),
        ('id = "x"\nextends = "mars-2099"\ntitle = "t"\nsource = "s"', "没有编号为“mars-2099”的标准"),
        ('id = "x"\nextends = "x"\ntitle = "t"\nsource = "s"', "继承成环"),
        ('id = "x"\ntitle = "t"\nsource = "s"', "没有写"),
    ],
)
def test_a_broken_file_is_told_in_one_sentence(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SchemeError, match=told):
        load_scheme(write(tmp_path, text))


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="读不了"):
        load_scheme(tmp_path / "没有.toml")
