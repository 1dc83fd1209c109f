"""Word files made for the tests, and what is read back from their XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree

from tests.narrative.forms import DATA, published
from toolkit.checks import Case
from toolkit.narrative import Block, BlockKind, Report, Run, write_report_of
from toolkit.word import write_docx

OUTLINES = (
    DATA / "guangdong-2021" / "dabu.json",
    DATA / "guangdong-2024" / "heyuan.json",
    DATA / "foshan-department-2022" / "foshan.json",
    DATA / "shenzhen-2021" / "105.json",
)
"""A published form of each outline."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def written(folder: Path, source: Path, **options: Any) -> tuple[Path, Report, Case]:
    """Write the report of a published form with the form behind it."""
    case = published(source)
    report = write_report_of(case)
    path = folder / f"{source.parent.name}.docx"
    write_docx(path, report, case, **options)
    return path, report, case


def block(kind: BlockKind, *texts: str, level: int = 0, pending: bool = False, head: bool = False) -> Block:
    return Block("键", kind, tuple((Run(text),) for text in texts), level, pending, head)


def paragraph_report(*texts: str) -> Report:
    return Report("national", "自评报告", tuple(block(BlockKind.PARAGRAPH, text) for text in texts))


def body_texts(path: Path) -> list[str]:
    """Return the paragraphs and cells of the body in order, empty ones and repeats of merged cells left out."""
    root = Document(str(path)).element.body
    texts = ("".join(part.text or "" for part in paragraph.iter(f"{W}t")) for paragraph in root.iter(f"{W}p"))
    return [text for text in texts if text]


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def roots(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the XML of every part of the text: body, styles, footers."""
    for name, data in parts(path).items():
        if name.startswith("word/") and name.endswith(".xml"):
            yield name, etree.fromstring(data)
