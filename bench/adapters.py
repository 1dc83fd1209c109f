"""The few places where the measurements touch the package and openpyxl."""

import sys
import warnings
from pathlib import Path
from typing import Any

import openpyxl

from toolkit.checks import RULES, check_form, make_case
from toolkit.core.form import Form
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange
from toolkit.workbook.read import read_workbook
from toolkit.workbook.template import build_workbook

SCHEME = load_schemes()["shenzhen-2021"]
FORM_SHEET = "自评表"

# openpyxl warns of every print area that is given in whole columns.
warnings.filterwarnings("ignore", message="Print area cannot be set", module="openpyxl")


def fill_form(interchange: dict[str, Any], out: Path) -> Path:
    """Fill the template's workbook with an interchange form."""
    build_workbook(out, parse_interchange(interchange, out).form, SCHEME)
    return out


def read_form(path: Path) -> Form:
    """Read the one form of a file with all that stands beside it, as ``selfeval check`` does."""
    (form,) = read_workbook(path).forms
    return form


def judge_form(form: Form) -> None:
    """Score and check a form that is already read."""
    check_form(make_case(form, SCHEME), RULES)


def read_form_cells_with_openpyxl(path: Path) -> None:
    """Read the cells of the form sheet, and of no other sheet, in openpyxl's read-only mode.

    This is the least that anybody who reads a form with openpyxl has to do; ours reads the sheets beside it, too.
    """
    _read_cells(path, [FORM_SHEET])


def read_all_cells_with_openpyxl(path: Path) -> None:
    """Read the cells of all sheets of the file in openpyxl's read-only mode."""
    _read_cells(path, None)


def _read_cells(path: Path, sheets: list[str] | None) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for name in sheets or book.sheetnames:
        for row in book[name].iter_rows():
            for cell in row:
                cell.value  # noqa: B018 - reading it is what is measured
    book.close()


def version_command() -> list[str]:
    """Return the installed command that prints the version."""
    return [str(Path(sys.executable).with_name("selfeval")), "--version"]
