"""The formulas as text: functions every program has, no scoring number and no word inside, short enough to follow."""

from __future__ import annotations

import re

import pytest
from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

from tests.workbook.template.files import FORM, SCHEMES, blank, built, formulas, opened

FORBIDDEN = {
    *("LET", "FILTER", "UNIQUE", "SORT", "SORTBY", "SEQUENCE", "XLOOKUP", "XMATCH", "LAMBDA", "TEXTJOIN", "CONCAT", "IFS"),
    *("OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "RANDBETWEEN", "CELL", "INFO", "NUMBERVALUE", "ASC", "VLOOKUP"),
}
"""Not in WPS, Excel 2016 or LibreOffice 7.4, volatile, or read differently by each."""
FREE_NUMBERS = {"0", "1"}
LONGEST = 200
_ROW = re.compile(r"(?<=[A-Z$])[0-9]+")


@pytest.fixture(scope="module", params=[*SCHEMES, "103", "020"])
def tokens(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Token]]:
    """Take apart every formula of a workbook: blank ones of each scheme, and two that are filled."""
    folder = tmp_path_factory.mktemp("formulas")
    path = blank(request.param, folder) if request.param in SCHEMES else built(request.param, folder)
    cells = {f"{name}!{at}": formula for name, found in formulas(path).items() for at, (formula, _) in found.items()}
    rules = opened(path)[FORM].data_validations.dataValidation
    cells |= {f"{rule.sqref}": rule.formula1 for rule in rules if rule.type == "custom"}
    assert len(cells) > 700
    assert max(map(len, cells.values())) <= LONGEST
    # Rows differ in nothing but the numbers of the rows they refer to: one of each kind is taken apart.
    kinds = {_ROW.sub("1", formula): (place, formula) for place, formula in cells.items()}
    assert len(kinds) > 30
    return {place: Tokenizer(f"={formula}").items for place, formula in kinds.values()}


def test_no_function_is_missing_elsewhere_or_volatile(tokens: dict[str, list[Token]]) -> None:
    used = {
        token.value.rstrip("(").upper().removeprefix("_XLFN.")
        for items in tokens.values()
        for token in items
        if token.type == Token.FUNC and token.subtype == Token.OPEN
    }
    assert {"IF", "ROUND", "SUMPRODUCT", "SUM"} < used
    assert used & FORBIDDEN == set()


def test_numbers_stand_in_the_parameters(tokens: dict[str, list[Token]]) -> None:
    literal = [
        (place, token.value)
        for place, items in tokens.items()
        for token in items
        if token.subtype == Token.NUMBER and token.value not in FREE_NUMBERS
    ]
    assert literal == []


def test_words_stand_in_the_parameters(tokens: dict[str, list[Token]]) -> None:
    # 状态 of 报告要素 writes and compares its own words (已填, 未填, the choices of its list): no scheme changes them.
    literal = [
        (place, token.value)
        for place, items in tokens.items()
        for token in items
        if token.subtype == Token.TEXT and token.value != '""' and not place.startswith("报告要素!")
    ]
    assert literal == []


def test_no_formula_looks_outside_its_workbook(tokens: dict[str, list[Token]]) -> None:
    assert [place for place, items in tokens.items() if any("[" in token.value for token in items)] == []
