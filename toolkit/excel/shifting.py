"""A formula as it reads some rows and columns away: relative references move, absolute ones stay."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def shifted(formula: str, rows: int, columns: int) -> str:
    """Return a formula (without its equals sign) moved down and right, as Excel does when it is filled.

    References that would leave the grid become #REF!.
    """
    from openpyxl.formula.translate import Translator, TranslatorError

    translator = Translator(f"={formula}", origin="A1")
    try:
        return str(translator.translate_formula(row_delta=rows, col_delta=columns)).removeprefix("=")
    except TranslatorError:
        return "#REF!"
