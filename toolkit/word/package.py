"""The file around the text: parts without themes or traces of whoever wrote it, the same bytes for the same text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from toolkit.word.styles import STYLES, fonts_xml, styles_xml
from toolkit.word.text import paragraph, run

_MADE = datetime(2026, 1, 1, tzinfo=UTC)
"""One date for every file: the same report has the same bytes, and tells nobody when it was written."""
_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS)
_NOBODY = ("author", "last_modified_by", "comments", "keywords", "category", "subject", "content_status", "identifier")
_ODD, _EVEN, _FIRST = "default", "even", "first"


def new_document() -> WordDocument:
    """Return a document with nothing but our styles."""
    document = Document()
    part = document.part
    for key in [key for key, link in part.rels.items() if link.reltype not in _KEPT]:
        del part.rels[key]
    _replace_children(document.styles.element, styles_xml())
    _replace_children(document.settings.element, _SETTINGS)
    fonts = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, fonts_xml().encode(), part.package)
    part.relate_to(fonts, RELATIONSHIP_TYPE.FONT_TABLE)
    return document


_SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="630"/><w:evenAndOddHeaders/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
)


def _replace_children(element: Any, text: str) -> None:
    for child in list(element):
        element.remove(child)
    element.extend(list(parse_xml(text)))


def set_body(document: WordDocument, content: str, last_section: str) -> None:
    """Put paragraphs, tables and the properties of the last section into the body."""
    _replace_children(document.element.body, f'<w:body {nsdecls("w", "r")}>{content}{last_section}</w:body>')


def add_footers(document: WordDocument, code: str) -> tuple[str, str]:
    """Make the footers — 1 —, on the right of odd pages and on the left of even ones.

    Args:
        document: a new document.
        code: the 校验码 shown below the number, "" for none.

    Returns:
        The references of a section of text, and those of a cover, whose first page shows nothing.
    """
    section = document.sections[0]
    below = paragraph(f"校验码 {code}", "Code") if code else ""
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        _replace_children(footer._element, f"<w:ftr {nsdecls('w')}>{_number(side)}{below}</w:ftr>")
    section.first_page_footer.is_linked_to_previous = False
    _replace_children(section.first_page_footer._element, f"<w:ftr {nsdecls('w')}>{paragraph('', 'Spacer')}</w:ftr>")
    found = {link.get(qn("w:type")): link.get(qn("r:id")) for link in section._sectPr.findall(qn("w:footerReference"))}
    references = {kind: f'<w:footerReference w:type="{kind}" r:id="{found[kind]}"/>' for kind in (_EVEN, _ODD, _FIRST)}
    return references[_EVEN] + references[_ODD], "".join(references.values())


def _number(side: str) -> str:
    look = STYLES["Footer"].fonts()
    field = "".join(
        f"<w:r><w:rPr>{look}</w:rPr>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    edge = f'<w:ind w:{side}Chars="100" w:{side}="280"/><w:jc w:val="{side}"/>'
    return f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{edge}</w:pPr>{run("— ", look)}{field}{run(" —", look)}</w:p>'


def without_traces(document: WordDocument, title: str) -> None:
    """Let the properties tell the title and nothing else: no author, no company, no picture, one date for all."""
    package = document.part.package
    known = (RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES)
    for key in [key for key, link in package.rels.items() if link.reltype not in known]:
        del package.rels[key]
    properties = document.core_properties
    for name in _NOBODY:
        setattr(properties, name, "")
    properties.title, properties.revision, properties.language = title[:255], 1, "zh-CN"
    properties.created = properties.modified = _MADE.replace(tzinfo=None)
    last_printed = properties._element.find(qn("cp:lastPrinted"))
    if last_printed is not None:
        properties._element.remove(last_printed)


def save(document: WordDocument, path: Path) -> None:
    """Write the file with fixed times and a fixed order of its parts."""
    buffer = io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made:
        parts = [(name, made.read(name)) for name in made.namelist()]
    _write_zip(path, parts)


def _write_zip(path: Path, parts: Sequence[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts:
            entry = zipfile.ZipInfo(name, _MADE.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            out.writestr(entry, data)
