"""What the file holds for its formulas before any program opened it is what LibreOffice computes for them."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from openpyxl.utils import coordinate_to_tuple, get_column_letter

from tests.office.bench import Office
from tests.workbook.template.files import PUBLISHED, SCHEMES, Formulas, blank, built, formulas

LEAST_FORMULAS = 800


@pytest.mark.parametrize("case", PUBLISHED)
def test_a_published_form_holds_the_results_of_its_formulas(case: str, tmp_path: Path, office: Office) -> None:
    assert differences(built(case, tmp_path), office) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_blank_form_holds_the_results_of_its_formulas(scheme: str, tmp_path: Path, office: Office) -> None:
    assert differences(blank(scheme, tmp_path), office) == []


def differences(path: Path, office: Office) -> list[tuple[str, str, object, object]]:
    """Compare every formula cell of the workbook; each difference is (sheet, address, stored, recalculated)."""
    sheets = {name: cells for name, cells in formulas(path).items() if cells}
    assert sum(map(len, sheets.values())) > LEAST_FORMULAS
    now = office.recalculate(path, {name: _area(cells) for name, cells in sheets.items()})
    found: list[tuple[str, str, object, object]] = []
    for name, cells in sheets.items():
        for address, (_, stored) in cells.items():
            row, column = coordinate_to_tuple(address)
            computed = now[name][row - 1][column - 1]
            if not is_same(stored, computed):
                found.append((name, address, stored, computed))
    return found


def _area(cells: Formulas) -> str:
    places = [coordinate_to_tuple(address) for address in cells]
    return f"A1:{get_column_letter(max(column for _, column in places))}{max(row for row, _ in places)}"


def is_same(stored: object, computed: object) -> bool:
    """Tell whether two results are one, to the last digit of a spreadsheet."""
    if isinstance(stored, float) and isinstance(computed, float):
        return math.isclose(stored, computed, rel_tol=1e-14, abs_tol=1e-12)
    return stored == computed
