"""The looks of workbooks: fonts, borders, fills, number formats."""

from __future__ import annotations

from typing import Any

from toolkit.core.money import decimals_of, read_figure

FONT = "宋体"
TITLE_FONT = "黑体"
INPUT = "#EAF3FB"
"""Fill of cells to be filled in."""
COMPUTED = "#F4F4F4"
"""Fill of cells that formulas fill, beside the form."""
GREY = "#7F7F7F"
BLUE_TAB = "#5B9BD5"
GREY_TAB = "#A6A6A6"


class Styles:
    """Hands out formats by their properties, each made once."""

    def __init__(self, book: Any) -> None:
        """Serve the XlsxWriter workbook ``book``."""
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        """Return a format: 宋体 10.5 pt unless ``properties`` say otherwise."""
        whole = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter"} | properties
        if whole.get("align") == "left" and whole.get("border"):
            whole = {"indent": 1} | whole
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(whole)
        return self._made[key]

    def label(self, **properties: Any) -> Any:
        """Return the format of a heading inside the form."""
        return self.get(**({"border": 1, "align": "center", "text_wrap": True} | properties))

    def input(self, locked: bool = False, **properties: Any) -> Any:
        """Return the format of a cell the officer fills in; a locked one keeps its look but not its fill."""
        look = {"border": 1, "align": "center", "text_wrap": True, "locked": locked}
        return self.get(**(look | ({} if locked else {"bg_color": INPUT}) | properties))

    def text_input(self, locked: bool = False, **properties: Any) -> Any:
        """Return the format of a cell that takes text as typed: =42个 and 95% stay what they are."""
        return self.input(locked, **({"num_format": "@"} | properties))

    def side(self, **properties: Any) -> Any:
        """Return the format of a cell beside the form, outside the print area."""
        return self.get(**({"font_size": 9, "font_color": GREY, "bg_color": COMPUTED, "align": "center"} | properties))


def number_format(text: str, usual: str) -> str:
    """Return the number format that prints a figure as it was published: 20.0 as 0.0, 99% as 0%."""
    figure = read_figure(text)
    if figure is None:
        return usual
    places = decimals_of(figure.step)
    if figure.unit == "%":
        places = max(0, places - 2)
        return "0" + ("." + "0" * places if places else "") + "%"
    return "0" + ("." + "0" * places if places else "")


def lines_of(text: str, width: float) -> int:
    """Estimate the lines a text takes in a column of ``width`` narrow characters; a Chinese one takes two."""
    room = int(max(2.0, width - 2.5))
    return sum(max(1, -(-_breadth(part) // room)) for part in text.split("\n"))


def _breadth(text: str) -> int:
    """Return how many narrow characters a text is as wide as."""
    return len(text) if text.isascii() else 2 * len(text) - len(text.encode("ascii", "ignore"))
