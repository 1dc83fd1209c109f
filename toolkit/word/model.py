"""A unit's own Word file with variables, filled with a report and its form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.checks import Case
from toolkit.narrative import Report
from toolkit.problem import Unreadable
from toolkit.word.annex import annex_xml
from toolkit.word.body import text_xml
from toolkit.word.package import without_traces
from toolkit.word.styles import STYLES
from toolkit.word.variables import FORMATTED, Given, context_of

if TYPE_CHECKING:
    from jinja2 import Environment

_SEE = "请对照《Word 模板变量》改正后再试"


def fill_model(model: Path, report: Report, case: Case | None, *, code: str, attachments: Sequence[str]) -> WordDocument:
    """Fill a unit's model.

    Args:
        model: a .docx with variables.
        report: the report.
        case: the form with its scheme and scores; without it the variables of the form are empty.
        code: the 校验码, "" for none.
        attachments: names of the attachments.

    Raises:
        Unreadable: docxtpl is not installed, the model is no Word file, or it uses variables wrongly.
    """
    try:
        from docxtpl import DocxTemplate
    except ImportError as error:
        raise Unreadable(
            model, "用不了，因为没有安装填写模板的部件 docxtpl", '请运行 pip install "selfeval[model]"，或去掉 --model'
        ) from error
    template = DocxTemplate(_checked(model))
    context = context_of(Given(report, case, code, attachments)) | _formatted(report, case)
    _render(template, context, model)
    document: WordDocument = template.docx
    without_traces(document, report.title)
    return document


def _checked(model: Path) -> str:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    if not model.is_file():
        raise Unreadable(model, "找不到", "请核对模板的文件名和所在文件夹")
    try:
        Document(str(model))
    # What is no archive, an archive of something else, a damaged part: python-docx tells them apart by accident only.
    except (PackageNotFoundError, ValueError, KeyError, OSError, SyntaxError) as error:
        raise Unreadable(model, "不是能读的 Word 文件（.docx）", "请在 Word 或 WPS 中打开它，另存为 .docx 后再试") from error
    return str(model)


def _environment() -> Environment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    # A model may come from anybody: it gets at the variables and at nothing else.
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _render(template: Any, context: dict[str, Any], model: Path) -> None:
    from jinja2 import TemplateError, UndefinedError
    from jinja2.exceptions import SecurityError
    from lxml.etree import XMLSyntaxError

    try:
        template.render(context, jinja_env=_environment(), autoescape=True)
    except UndefinedError as error:
        raise Unreadable(model, f"里有不认识的变量（{_name_in(str(error))}）", _SEE) from error
    except SecurityError as error:
        raise Unreadable(model, "里有不允许的写法", _SEE) from error
    except TemplateError as error:
        raise Unreadable(model, "里的变量写法不对，例如括号不成对，或 for 没有对应的 endfor", _SEE) from error
    except (XMLSyntaxError, TypeError, ValueError) as error:
        raise Unreadable(model, "里的变量放的位置或用法不对", _SEE) from error


def _name_in(message: str) -> str:
    """Return what jinja quotes: 'X' is undefined, or 'dict object' has no attribute 'X'."""
    quoted = message.split("'")[1::2]
    return quoted[-1] if quoted else message


def _formatted(report: Report, case: Case | None) -> dict[str, Any]:
    from markupsafe import Markup

    texts = ("".join(text_xml(report.blocks)), annex_xml(case) if case else "")
    return {name: Markup(_direct(text)) for name, text in zip(FORMATTED, texts, strict=True)}


def _direct(content: str) -> str:
    """Return paragraphs with the looks of our styles written into them: a model has styles of its own."""
    from lxml import etree

    body = parse_xml(f"<w:body {nsdecls('w', 'r')}>{content}</w:body>")
    for properties in body.iter(qn("w:pPr")):
        _written_out(properties)
    return "".join(etree.tostring(child, encoding="unicode") for child in body)


def _written_out(properties: Any) -> None:
    """Put the looks of a style into a paragraph in the place of its name; what the paragraph sets itself stays."""
    named = properties.find(qn("w:pStyle"))
    style = STYLES[named.get(qn("w:val"))]
    own = {child.tag: child for child in properties if child is not named}
    usual: Any = parse_xml(f"<w:pPr {nsdecls('w')}>{style.paragraph()}</w:pPr>")
    merged = [own.pop(child.tag, child) for child in list(usual)]
    properties[:] = _in_order([*merged, *own.values()])
    for faces in properties.getparent().iter(qn("w:rFonts")):
        letters: Any = parse_xml(f"<w:rPr {nsdecls('w')}>{style.letters()}</w:rPr>")
        for letter in reversed(list(letters)):
            faces.addnext(letter)


_ORDER = ("keepNext", "keepLines", "pageBreakBefore", "widowControl", "snapToGrid", "spacing", "ind", "jc", "outlineLvl")


def _in_order(children: Sequence[Any]) -> list[Any]:
    return sorted(children, key=lambda child: _ORDER.index(child.tag.split("}")[1]))
