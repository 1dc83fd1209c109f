"""The few places where the measurements touch the package."""

import sys
from pathlib import Path

import openpyxl

from toolkit.checks import RULES, check_form, make_case
from toolkit.cli.main import main
from toolkit.core.form import Form
from toolkit.core.scheme import load_schemes
from toolkit.workbook.read import read_forms

SCHEME = load_schemes()["shenzhen-2021"]
FORM_SHEET = "自评表"


def fill_form(source: Path, out: Path) -> Path:
    """Make a filled form file out of an interchange file."""
    if main(["fill", str(source), "-o", str(out)]) != 0:
        raise SystemExit(f"selfeval fill {source} failed")
    return out


def read_form(path: Path) -> Form:
    """Read the one form of a file."""
    (form,) = read_forms(path)
    return form


def judge_form(form: Form) -> None:
    """Score and check a form that is already read."""
    check_form(make_case(form, SCHEME), RULES)


def read_cells_with_openpyxl(path: Path) -> None:
    """Read the cells of the form sheet, and of no other, in openpyxl's read-only mode."""
    book = openpyxl.load_workbook(path, read_only=True)
    for row in book[FORM_SHEET].iter_rows():
        for cell in row:
            cell.value  # noqa: B018 - reading it is what is measured
    book.close()


def version_command() -> list[str]:
    """Return the installed command that prints the version."""
    return [str(Path(sys.executable).with_name("selfeval")), "--version"]
