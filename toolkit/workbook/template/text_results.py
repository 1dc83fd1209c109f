"""Worksheets whose formulas may give an empty text."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class TextResults(Worksheet):  # type: ignore[misc]  # XlsxWriter carries no types
    """A worksheet that stores the result "" of a formula as the text it is.

    XlsxWriter leaves its type out, and a reader could not tell it from a formula that nobody has calculated.
    """

    def _xml_formula_element(self, formula: str, result: object, attributes: Any = ()) -> None:
        typed = [*attributes, ("t", "str")] if result == "" else list(attributes)
        super()._xml_formula_element(formula, result, typed)
