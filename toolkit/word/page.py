"""The page of an official document (党政机关公文格式): A4, 22 lines of 28 characters, and its turned sister for wide tables.

Lengths are in twips, twentieths of a point, as the file format counts them.
"""

from __future__ import annotations

from dataclasses import dataclass

LINE = 579
"""Exact height of a line: 22 lines of 28.95 pt fill the 225 mm between the margins."""
TIGHTENED = -5
"""Space added to every character: 28 characters of 16 pt less 0.25 pt fill the 156 mm between the margins."""
CHARACTER = 16 * 20 + TIGHTENED
"""Width of a character of the body."""
NUMBER_LINE, CODE_LINE = 360, 200
"""Exact heights of the lines with the page number and with the 校验码."""
_BELOW_TEXT = 7
"""Millimetres from the text to the middle of the page number."""


def twips(millimetres: float) -> int:
    """Return a length in twips."""
    return round(millimetres * 1440 / 25.4)


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of paper, lengths in millimetres."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int

    @property
    def text_width(self) -> int:
        """Return the width between the margins, in twips."""
        return twips(self.width - self.left - self.right)

    @property
    def text_height(self) -> int:
        """Return the height between the margins, in twips."""
        return twips(self.height - self.top - self.bottom)

    def section(self, footers: str, code: bool, *, starts_at: int | None = None, own_first: bool = False) -> str:
        """Return the properties of a section of such pages.

        Args:
            footers: the references to the footers.
            code: whether a line with the 校验码 stands below the page number.
            starts_at: number of the first page, ``None`` to go on counting.
            own_first: whether the first page has a footer of its own.
        """
        turned = ' w:orient="landscape"' if self.width > self.height else ""
        below = twips(self.bottom - _BELOW_TEXT) - NUMBER_LINE // 2 - (CODE_LINE if code else 0)
        first = "<w:titlePg/>" if own_first else ""
        start = "" if starts_at is None else f'<w:pgNumType w:start="{starts_at}"/>'
        margins = {"top": self.top, "right": self.right, "bottom": self.bottom, "left": self.left}
        edges = "".join(f' w:{side}="{twips(length)}"' for side, length in margins.items())
        return (
            f'<w:sectPr>{footers}<w:type w:val="nextPage"/>'
            f'<w:pgSz w:w="{twips(self.width)}" w:h="{twips(self.height)}"{turned}/>'
            f'<w:pgMar{edges} w:header="{twips(15)}" w:footer="{below}" w:gutter="0"/>'
            f'{start}<w:cols w:space="425"/>{first}</w:sectPr>'
        )


PORTRAIT = Page(width=210, height=297, top=37, bottom=35, left=28, right=26)
LANDSCAPE = Page(width=297, height=210, top=28, bottom=26, left=35, right=37)
