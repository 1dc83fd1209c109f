"""Texts as paragraphs of a Word file: cleaned, in the right face, with what is still to be completed marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape

from toolkit.word.styles import KAI, STYLES

_BREAKS = re.compile("\r\n?|[\v\f\u0085\u2028\u2029]")
# What XML cannot hold, and characters without a shape that turn the direction of a text or hide in it.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]")
_OPEN = re.compile(r"(〔(?!\s*(?:19|20)\d\d\s*〕)[^〔〕]*〕|【请[^【】]*】)")
"""A place left for the officer, 〔请写明〕 or 【请核对：…】, and not the year of a 文号."""
_LATIN = 0.55
_WIDE = {"%": 0.9, "m": 0.8, "M": 0.9, "W": 0.95}
_INLINE_HEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；：\n]{2,24}。")


def clean(text: str) -> str:
    """Return a text without control characters, its line breaks as \\n."""
    return _UNPRINTABLE.sub("", _BREAKS.sub("\n", text)).replace("\t", "　")


def paragraph(
    text: str, style: str, *, pending: bool = False, indent: str = "", before: int | None = None, section: str = ""
) -> str:
    """Return a paragraph of one line of text.

    Args:
        text: cleaned, or as an officer typed it; its line breaks stay within the paragraph.
        style: id of the style.
        pending: mark the whole text.
        indent: ``w:ind`` in the place of the style's own.
        before: space above in twips in the place of the style's own.
        section: properties of the section that ends here.
    """
    own = indent or before is not None
    changed = _changed(style, indent, before) if own else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{changed}{section}</w:pPr>{runs(text, style, pending=pending)}</w:p>'


def _changed(style: str, indent: str, before: int | None) -> str:
    look = STYLES[style]
    spacing = ""
    if before is not None:
        spacing = f'<w:spacing w:before="{before}" w:after="{look.after}" w:line="{look.line}" w:lineRule="exact"/>'
    return spacing + indent


def paragraphs(text: str, style: str, *, pending: bool = False) -> str:
    """Return a paragraph for each line of a text, at least one."""
    lines = [line for line in clean(text).split("\n") if line.strip()]
    return "".join(paragraph(line, style, pending=pending) for line in lines or [""])


def runs(text: str, style: str, *, pending: bool = False) -> str:
    """Return the runs of a text: places left for the officer highlighted, an inline （一） heading in its own face."""
    look = STYLES[style]
    shown = clean(text)
    heading = _INLINE_HEADING.match(shown) if style == "Normal" else None
    cut = heading.end() if heading else 0
    pieces = [run(shown[:cut], look.fonts(KAI) + _marked(pending))] if cut else []
    for piece in _OPEN.split(shown[cut:]):
        pieces.append(run(piece, look.fonts() + _marked(pending or _OPEN.fullmatch(piece) is not None)))
    return "".join(pieces)


def run(text: str, properties: str) -> str:
    """Return a run, or nothing for no text."""
    return f"<w:r><w:rPr>{properties}</w:rPr>{''.join(_lines(text))}</w:r>" if text else ""


def _lines(text: str) -> Iterator[str]:
    for place, line in enumerate(text.split("\n")):
        if place:
            yield "<w:br/>"
        if line:
            yield f'<w:t xml:space="preserve">{escape(line)}</w:t>'


def _marked(pending: bool) -> str:
    return '<w:highlight w:val="yellow"/>' if pending else ""


def width_of(text: str) -> float:
    """Return the width of a text in characters; Latin letters and digits take about half, % more."""
    return sum(_WIDE.get(char, _LATIN) if char < "\u0100" else 1.0 for char in text)
