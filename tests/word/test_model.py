"""A unit's own Word file with variables."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.narrative.forms import DATA, published
from tests.word.files import body_texts, parts
from toolkit.narrative import write_report_of
from toolkit.problem import Unreadable
from toolkit.word import write_docx
from toolkit.word.variables import FORMATTED, VARIABLES, manual_lines

CASE = published(DATA / "guangdong-2024" / "heyuan.json")
REPORT = write_report_of(CASE)


def model(folder: Path, *texts: str) -> Path:
    """Make a model with a paragraph for each text."""
    document = Document()
    for text in texts:
        document.add_paragraph(text)
    document.core_properties.author = "某人"
    path = folder / "模板.docx"
    document.save(str(path))
    return path


def filled(folder: Path, *texts: str, code: str = "") -> Path:
    path = folder / "报告.docx"
    write_docx(path, REPORT, CASE, code=code, attachments=["佐证材料"], model=model(folder, *texts))
    return path


def test_variables_of_the_form_and_of_the_report(tmp_path: Path) -> None:
    texts = (
        "{{ 报告标题 }}",
        "{{ 实施单位 }}{{ 年度 }}年总分{{ 总分 }}，{{ 等级 }}，支出{{ 合计.全年执行数 }}{{ 金额单位 }}",
        "{%p for 行 in 指标 %}",
        "{{ 行.三级指标 }}得{{ 行.得分 }}分",
        "{%p endfor %}",
        "{% for 名称 in 附件 %}{{ 名称 }}{% endfor %}；{{ 校验码 }}；{{ 要素.自评通知名称 }}。",
    )
    rows = [f"{row.level3.text}得{row.score.text}分" for row in CASE.form.indicators]
    assert body_texts(filled(tmp_path, *texts, code="A&B<1")) == [
        REPORT.title,
        "河源市社会保险基金管理局2024年总分89.33，优，支出1.99万元",
        *rows,
        "佐证材料；A&B<1；。",
    ]


def test_chapters_can_be_laid_out_by_the_unit(tmp_path: Path) -> None:
    texts = ("{%p for 章 in 章节 %}", "{{ 章.标题 }}（{{ 章.内容|length }}段）", "{%p endfor %}")
    titles = [text for text in body_texts(filled(tmp_path, *texts))]
    chapters = [block.text for block in REPORT.blocks if block.level == 1]
    assert [text.split("（")[0] for text in titles] == chapters
    counts = [int(re.findall(r"（(\d+)段）", text)[0]) for text in titles]
    first = next(place for place, block in enumerate(REPORT.blocks) if block.level == 1)
    assert sum(counts) == len(REPORT.blocks) - first - len(chapters)


def test_the_formatted_text_brings_its_looks_along(tmp_path: Path) -> None:
    path = filled(tmp_path, "前言", "{{p 正文 }}", "{{p 自评表 }}")
    heading = next(p for p in Document(str(path)).paragraphs if p.text == "一、项目支出基本情况")
    assert 'w:eastAsia="黑体"' in heading._p.xml and 'w:outlineLvl w:val="0"' in heading._p.xml and 'w:sz w:val="32"' in heading._p.xml
    texts = body_texts(path)
    assert texts[0] == "前言" and "三级指标" in texts and "填表人：" in texts


def test_a_filled_model_tells_nobody_who_made_it(tmp_path: Path) -> None:
    path = filled(tmp_path, "{{ 年度 }}")
    first = path.read_bytes()
    assert "某人".encode() not in b"".join(parts(path).values())
    assert filled(tmp_path, "{{ 年度 }}").read_bytes() == first


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ 项目名 }}", "里有不认识的变量（项目名）"),
        ("{{ 合计.总额 }}", "里有不认识的变量（总额）"),
        ("{{ 年度 ", "里的变量写法不对"),
        ("{%p for 行 in 指标 %}", "里的变量写法不对"),
        ("{{ ''.__class__.__mro__ }}", "里有不允许的写法"),
    ],
)
def test_a_broken_model_is_told_in_one_sentence(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        filled(tmp_path, text)
    told = str(refused.value)
    assert told.startswith("“模板.docx”") and reason in told and told.endswith("请对照《Word 模板变量》改正后再试。") and "\n" not in told
    assert not (tmp_path / "报告.docx").exists()


def test_what_is_no_word_file(tmp_path: Path) -> None:
    for name, content in (("旧.doc", b"\xd0\xcf\x11\xe0"), ("空.docx", b""), ("假.docx", b"PK\x03\x04")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(Unreadable, match="不是能读的 Word 文件"):
            write_docx(tmp_path / "报告.docx", REPORT, CASE, model=tmp_path / name)
    with pytest.raises(Unreadable, match="找不到"):
        write_docx(tmp_path / "报告.docx", REPORT, CASE, model=tmp_path / "没有.docx")


def test_without_the_part_that_fills_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(Unreadable, match=r"没有安装填写模板的部件 docxtpl；请运行 pip install \"selfeval\[model\]\"，或去掉 --model。"):
        filled(tmp_path, "{{ 年度 }}")


def test_every_variable_of_the_manual_can_be_written_as_it_says(tmp_path: Path) -> None:
    for variable in VARIABLES:
        marks = re.findall(r"\{%p .*?%\}|[^{]*\{\{.*?\}\}[^{]*|\{%tr .*?%\}", variable.example)
        texts = [mark.strip().replace("{%tr", "{%p") for mark in marks]
        assert body_texts(filled(tmp_path, "开始", *texts))[0] == "开始", variable.name
    page = "\n".join(manual_lines())
    assert [name for name in (*(variable.name for variable in VARIABLES), *FORMATTED) if f"| {name} |" not in page] == []
