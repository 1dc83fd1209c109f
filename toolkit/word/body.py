"""The report's blocks as the body of a Word file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.narrative import Block, BlockKind, Report
from toolkit.narrative.markdown import PENDING
from toolkit.word.page import CHARACTER, LINE, PORTRAIT
from toolkit.word.styles import STYLES
from toolkit.word.tables import Box, Row, fitted_widths, table_xml
from toolkit.word.text import clean, paragraph, paragraphs, width_of
from toolkit.word.title import title_lines

_DEEPEST = 5
_ANNEX_MARK = re.compile(r"附\s*件\s*[0-9０-９一二三四五六七八九十]*[：:]?")
_MANY_COLUMNS = 6
_LONG = 14.0
"""Width in characters from which a cell's text is set from the left."""
SPACER = paragraph("", "Spacer")
"""Keeps two tables apart, and a table from the end of its section."""


def title_xml(title: str) -> str:
    """Return the title, a line of about the same length after the other."""
    return _titled(title, "Title")


def _titled(title: str, style: str, before: int | None = None) -> str:
    room = PORTRAIT.text_width / (STYLES[style].size * 10)
    return paragraph("\n".join(title_lines(clean(title), room)), style, before=before)


def cover_xml(report: Report, section: str) -> str:
    """Return the cover, or nothing for a report without one.

    附件 3 stands above on the left, what names no field stands large in the middle (the title where nothing else does),
    fields such as 项目名称：… stand below.

    Args:
        report: the report.
        section: properties of the section that the cover is.
    """
    texts = [line for block in report.blocks if block.kind is BlockKind.COVER for line in clean(block.text).split("\n")]
    if not texts:
        return ""
    marks = [text for text in texts if _ANNEX_MARK.fullmatch(text.strip())]
    titles = [text for text in texts if text not in marks and not _is_field(text)] or [report.title]
    fields = [text for text in texts if text not in marks and _is_field(text)]
    parts = [paragraph(text, "Mark") for text in marks]
    parts += [_cover_title(text, first=not place, marked=bool(marks)) for place, text in enumerate(titles)]
    parts += [_cover_field(text, 6 * LINE if not place else None) for place, text in enumerate(fields)]
    last = paragraph("", "Spacer", section=section)
    return "".join([*parts, last])


def _is_field(text: str) -> bool:
    return "：" in text or ":" in text


def _cover_title(text: str, *, first: bool, marked: bool) -> str:
    style = "CoverNote" if text.strip().startswith(("（", "(")) else "CoverTitle"
    return _titled(text, style, before=(4 if marked else 5) * LINE if first else LINE // 3)


def _cover_field(text: str, before: int | None) -> str:
    """Return a field of the cover; a long value goes on below itself, not below its name."""
    name = re.split("[：:]", text, maxsplit=1)[0]
    hanging = round((width_of(name) + 1) * 320)
    left = 2 * CHARACTER + hanging
    return paragraph(text, "CoverField", before=before, indent=f'<w:ind w:left="{left}" w:hanging="{hanging}"/>')


def text_xml(blocks: Sequence[Block], room: int = PORTRAIT.text_width) -> Iterator[str]:
    """Yield paragraphs and tables of everything but the cover, on a page ``room`` twips wide."""
    table: list[Block] = []
    for block in blocks:
        if table and (block.kind is not BlockKind.ROW or block.head):
            yield _table(table, room)
            table = []
        if block.kind is BlockKind.ROW:
            table.append(block)
        elif block.kind is not BlockKind.COVER:
            yield _piece(block)
    if table:
        yield _table(table, room)


def _piece(block: Block) -> str:
    text = block.text + (PENDING if block.pending else "")
    if block.kind is BlockKind.TITLE:
        return title_xml(text)
    if block.kind is BlockKind.HEADING:
        return paragraph(clean(text).replace("\n", ""), f"Heading{min(_DEEPEST, max(1, block.level))}", pending=block.pending)
    style = "Caption" if block.kind is BlockKind.CAPTION else "Normal"
    return paragraphs(text, style, pending=block.pending)


def _table(blocks: Sequence[Block], room: int) -> str:
    count = max(len(block.cells) for block in blocks)
    texts = [(*block.texts, *[""] * (count - len(block.cells))) for block in blocks]
    size = "Small" if count >= _MANY_COLUMNS else "Table"
    long = [max(map(width_of, column)) > _LONG for column in zip(*texts, strict=True)]
    rows = []
    for block, row in zip(blocks, texts, strict=True):
        style = f"{size}{'Head' if block.head else 'Text'}"
        places = enumerate(zip(row, long, strict=True))
        boxes = tuple(
            Box(
                text + (PENDING if block.pending and not place else ""),
                style,
                left=is_long and not block.head,
                pending=block.pending,
            )
            for place, (text, is_long) in places
        )
        rows.append(Row(boxes, head=block.head, least=440))
    widths = fitted_widths(texts, room, STYLES[f"{size}Text"].size)
    return table_xml(rows, widths) + paragraph("", "Spacer", before=160)


def attachments_xml(names: Sequence[str], section: str = "") -> str:
    """Return the list of attachments that stands below the text: one without a number, several numbered.

    Args:
        names: of the attachments, in order.
        section: properties of the section that ends with the list; a paragraph of its own behind a full page would make
            an empty one.
    """
    parts = []
    for place, name in enumerate(names):
        number = f"{place + 1}." if len(names) > 1 else ""
        lead = f"附件：{number}" if not place else number
        hanging = round(width_of(lead) * CHARACTER)
        left = round((5 + width_of(number)) * CHARACTER)
        indent = f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'
        text, above = lead + clean(name).replace("\n", ""), None if place else LINE
        ends = section if place == len(names) - 1 else ""
        parts.append(paragraph(text, "Plain", before=above, indent=indent, section=ends))
    return "".join(parts)
