"""The looks of the template, under the name by which the template's sheets know them."""

from toolkit.workbook.styles import (
    BLUE_TAB,
    COMPUTED,
    FONT,
    GREY,
    GREY_TAB,
    INPUT,
    TITLE_FONT,
    Styles,
    lines_of,
    number_format,
)

__all__ = [
    "BLUE_TAB",
    "COMPUTED",
    "FONT",
    "GREY",
    "GREY_TAB",
    "INPUT",
    "TITLE_FONT",
    "Styles",
    "lines_of",
    "number_format",
]
