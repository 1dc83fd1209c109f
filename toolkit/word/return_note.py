"""退回意见 as a Word file, on the page of an official document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.collect.notes import Points, ReturnNote
from toolkit.word.body import title_xml
from toolkit.word.package import add_footers, new_document, save, set_body, without_traces
from toolkit.word.page import LINE, PORTRAIT
from toolkit.word.text import paragraph, paragraphs
from toolkit.workbook.save import write_atomically

_MARKS = "一二三四五六七八九十"
_SIGNED = ("（盖章）", "年　　月　　日")
_RIGHT = '<w:ind w:right="1280"/><w:jc w:val="right"/>'


def write_return_note(path: Path, note: ReturnNote) -> None:
    """Write what one unit is told.

    Raises:
        Unwritable: the file cannot be written; nothing is left behind.
    """
    document = new_document()
    footers, _ = add_footers(document, "")
    content = [title_xml(note.title), paragraphs(f"{note.unit}：", "Plain"), paragraphs(note.opening, "Normal")]
    for heading, points in note.parts:
        content += [paragraphs(heading, "Heading1"), *_points(points)]
    content += [paragraphs(note.closing, "Normal"), *_signature()]
    set_body(document, "".join(content), PORTRAIT.section(footers, code=False))
    without_traces(document, note.title)
    write_atomically(path, lambda temporary: save(document, temporary))


def _points(points: tuple[Points, ...]) -> Iterator[str]:
    for place, each in enumerate(points):
        yield paragraphs(f"（{_number(place)}）{each.project}", "Heading2")
        yield from (paragraphs(f"{number}. {text}", "Normal") for number, text in enumerate(each.texts, 1))


def _number(place: int) -> str:
    """Return 一, 二 … 十, 十一 … 九十九."""
    tens, ones = divmod(place + 1, 10)
    front = "" if not tens else ("十" if tens == 1 else f"{_MARKS[tens - 1]}十")
    return front + (_MARKS[ones - 1] if ones else "")


def _signature() -> Iterator[str]:
    for place, text in enumerate(_SIGNED):
        yield paragraph(text, "Plain", before=2 * LINE if not place else None, indent=_RIGHT)
