"""修改对照表 as a Word file: a landscape page, one table for each form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.compare.drafts import Comparison
from toolkit.compare.table import HEADINGS, TITLE, closing, head_lines, table_rows
from toolkit.word.body import SPACER, title_xml
from toolkit.word.package import add_footers, new_document, save, set_body, without_traces
from toolkit.word.page import LANDSCAPE
from toolkit.word.tables import Box, Row, fitted_widths, table_xml
from toolkit.word.text import paragraphs
from toolkit.workbook.save import write_atomically

_HEAD, _TEXT = "SmallHead", "SmallText"
_SIZE = 21
_CENTRED = (HEADINGS.index("序号"), HEADINGS.index("位置"))
_LEAST = 440


def write_changes_docx(path: Path, compared: Sequence[Comparison]) -> None:
    """Write the changes of all forms of two drafts.

    Raises:
        Unwritable: the file cannot be written; nothing is left behind.
    """
    document = new_document()
    footers, _ = add_footers(document, "")
    content = [title_xml(TITLE), *(part for each in compared for part in _form(each)), paragraphs(closing(compared), "Plain")]
    set_body(document, "".join(content), LANDSCAPE.section(footers, code=False))
    without_traces(document, TITLE)
    write_atomically(path, lambda temporary: save(document, temporary))


def _form(compared: Comparison) -> Iterator[str]:
    name, *facts = head_lines(compared)
    yield paragraphs(name, "Heading1")
    yield from (paragraphs(fact, "Plain") for fact in facts)
    texts = [HEADINGS, *table_rows(compared)]
    if len(texts) > 1:
        head, *rows = texts
        boxes = [Row(tuple(Box(text, _HEAD) for text in head), head=True, least=_LEAST)]
        boxes += [
            Row(tuple(Box(text, _TEXT, left=at not in _CENTRED) for at, text in enumerate(row)), least=_LEAST) for row in rows
        ]
        yield table_xml(boxes, fitted_widths(texts, LANDSCAPE.text_width, _SIZE))
        yield SPACER
