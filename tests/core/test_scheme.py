"""Schemes: data with inheritance, and errors that tell the author what to write."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.checks.forms import case
from toolkit.checks import RULES, check_form, make_case
from toolkit.cli.main import main
from toolkit.core.scheme import SchemeError, load_scheme, load_schemes
from toolkit.intake.interchange import parse_interchange

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
        assert not scheme.sections or scheme.execution_weight + sum(scheme.sections.values()) == 100


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


CITY = """
id = "linjiang-2023"
extends = "guangdong-2021"
title = "临江 2023"
source = "临江市财政局示例"
[applies_to]
regions = ["临江"]
forms = ["评分表"]
first_year = 2023
last_year = 2023
[form]
columns = ["一级指标", "三级指标", "分值", "得分", "评分依据"]
headings = { "三级指标" = "评价内容" }
[[form.tree]]
level1 = "投入"
level2 = ""
leaves = [{ level3 = "支付进度", weight = 30 }, { level3 = "制度", weight = 10 }]
[[form.tree]]
level1 = "成效"
level2 = ""
rows = 3
[weights]
sections = { "投入" = 40, "成效" = 60 }
equal = ["成效"]
[[scoring.leaf_rules]]
names = ["支付进度"]
rule = "execution"
[[scoring.leaf_rules]]
names = ["制度"]
rule = "hand"
reason = "看制度文本，由填报人评分"
"""


def test_a_tree_with_rules_and_an_equal_split_needs_no_python(tmp_path: Path) -> None:
    scheme = load_scheme(write(tmp_path, CITY))
    assert [(column.field, column.heading) for column in scheme.columns][1] == ("三级指标", "评价内容")
    leaves = [("投入", "支付进度", "30", "27"), ("投入", "制度", "10", "8")]
    own = [("成效", "办件量", "30", "30"), ("成效", "群众反映", "20", "20"), ("成效", "办理时限", "10", "10")]
    rows = [
        dict(zip(("level1", "level3", "weight", "score"), texts, strict=True)) | {"deviation": "下一步加强督促。"}
        for texts in [*leaves, *own]
    ]
    funds = [{"kind": "年度资金总额", "initial_budget": "100", "annual_budget": "100", "executed": "80", "rate": "80%"}]
    data = {"year": "2023", "currency_unit": "万元", "project_name": "甲", "funds": funds, "indicators": rows}
    found = make_case(parse_interchange(data, tmp_path).form, scheme)
    assert [f"{row.computed:f}" if row.computed is not None else row.working for row in found.scores.rows[:2]] == [
        "24.00",
        "看制度文本，由填报人评分",
    ]
    [told] = [each for each in check_form(found, RULES) if each.code == "W05"]
    assert told.message.startswith("分值与标准不同：办件量 30（应为 20）、办理时限 10（应为 20）")


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
        ('[form]\ncolumns = ["一级指标", "三级指标", "得分", "备注"]', "form.columns", "栏目只能是 一级指标、"),
        ('[form]\ncolumns = ["一级指标", "三级指标"]', "form.columns", "少了得分"),
        ('[form]\ncolumns = ["一级指标", "三级指标", "指标值", "得分"]', "form.columns", "要一起写"),
        ('[form]\ncolumns = ["一级指标", "三级指标", "得分", "自设栏一"]', "form.headings", "“自设栏一”要写出表上的叫法"),
        (
            '[form]\ncolumns = ["一级指标", "三级指标", "得分", "自设栏一"]\nheadings = { "自设栏一" = "得 分（复核）" }',
            "form.headings",
            "“自设栏一”写的是“得 分（复核）”，与别的栏目重名",
        ),
        ('[form]\nfund_columns = ["决算数"]', "form.fund_columns", "栏目只能是 年初预算数、"),
        ('[form]\nlabels = ["项目名称"]', "form.labels", "应为名称及其印出的写法"),
        ('[[form.tree]]\nlevel1 = "决策"\nlevel2 = ""', "form.tree[].rows", "“决策”应写出行数"),
        ('[[form.tree]]\nlevel1 = "决策"\nlevel2 = ""\nleaves = [{ weight = 3 }]', "form.tree[].leaves.level3", "没有写"),
        ('[[form.tree]]\nlevel1 = "决策"\nlevel2 = ""\nleaves = [{ level3 = "论证", weight = 300 }]', "form.tree[].leaves[].weight", "0 至 100"),
        (
            '[[form.tree]]\nlevel1 = "产出指标"\nlevel2 = ""\nleaves = [{ level3 = "论证", weight = 3 }]',
            "form.tree[].leaves",
            "相加是 3，weights.sections 写的是 50",
        ),
        ('[weights]\nequal = ["产出"]', "weights.equal", "没有一级指标“产出”，有的是 产出指标、"),
        ('[[scoring.leaf_rules]]\nnames = ["执行率"]\nrule = "formula"', "scoring.leaf_rules[].rule", "execution 或 projects 或 hand"),
        ('[[scoring.leaf_rules]]\nnames = ["执行率"]', "scoring.leaf_rules.rule", "没有写"),
        ("[scoring]\ncompletion_bands = [0.6, 0.8]", "scoring.completion_bands", "从大到小"),
        ("[scoring]\npercent_is_completion = 1", "scoring.percent_is_completion", "true 或 false"),
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
