"""Formulas in the words and signs of Excel's English object model. Runs under the system's Python."""

from typing import Any

_EXCEL_ENGLISH, _ALL_GROUPS, _EXCEL_A1 = 4, 0x7FFFFFFF, 1
_SYNTAX_ERRORS = range(501, 519)


class Formulas:
    """Reads and writes formulas as ``Range.Formula`` does: English names, commas, Sheet!A1."""

    def __init__(self, document: Any) -> None:
        """Make a parser for ``document``, whose names and sheets formulas may use."""
        mapper = document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper")
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.OpCodeMap = mapper.getAvailableMappings(_EXCEL_ENGLISH, _ALL_GROUPS)
        self._parser.CompileEnglish = True
        self._parser.FormulaConvention = _EXCEL_A1

    def text(self, cell: Any) -> str:
        """Return the formula of a cell with its "="."""
        return f"={self._parser.printFormula(cell.getTokens(), cell.CellAddress)}"

    def name_text(self, name: Any) -> str:
        """Return what a defined name refers to with its "="."""
        return f"={self._parser.printFormula(name.getTokens(), name.ReferencePosition)}"

    def put(self, cell: Any, text: str) -> None:
        """Write "=…" into a cell.

        Raises:
            ValueError: Excel would not accept the formula.
        """
        cell.setTokens(self._parser.parseFormula(text.removeprefix("="), cell.CellAddress))
        if cell.getError() in _SYNTAX_ERRORS:
            cell.setString("")
            raise ValueError(f"not a formula: {text}")
