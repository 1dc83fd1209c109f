"""The few places where the measurements touch the package and openpyxl."""

import os
import subprocess
import sys
import warnings
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import docx
import openpyxl

from toolkit.checks import RULES, Case, check_form, make_case
from toolkit.core.form import Form
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange
from toolkit.narrative import Report, write_report_of
from toolkit.word import write_docx
from toolkit.workbook.finish import finish_workbook
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


def finish_form(path: Path, forms: Sequence[Form], out: Path) -> None:
    """Write the finished workbook of forms already read, as ``selfeval finish`` does."""
    finish_workbook(path, out, forms, [SCHEME] * len(forms))


_COLLECT = """
import contextlib, io, resource, sys
from toolkit.cli.main import main
with contextlib.redirect_stdout(io.StringIO()):
    code = main(["collect", *sys.argv[1:]])
print(code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def collect_forms(folder: Path, out: Path, store: Path, *options: str) -> float:
    """Collect a folder with the command, in two processes: read, score, check, write everything.

    Returns:
        The most memory that the command itself had, its processes that read not counted, in MB.

    Raises:
        RuntimeError: something could not be read.
    """
    out.unlink(missing_ok=True)
    arguments = [str(folder), "-o", str(out), "--store", str(store), "--jobs", "2", *options]
    # An installed program has its bytecode; a development environment may be told to keep none.
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(store.parent / "bytecode")}
    done = subprocess.run([sys.executable, "-c", _COLLECT, *arguments], check=True, capture_output=True, text=True, env=environment)
    code, kilobytes = done.stdout.split()
    if int(code) > 1:
        raise RuntimeError(done.stderr)
    return int(kilobytes) / 1024


def read_folder_with_openpyxl(folder: Path) -> None:
    """Merely read all cells of all files of a folder in openpyxl's read-only mode, with two processes."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(read_all_cells_with_openpyxl, sorted(folder.glob("*.xlsx")), chunksize=4))


def copy_parts(path: Path, out: Path) -> None:
    """Copy a workbook part by part, each inflated and deflated again, nothing else."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry, source.read(entry), compress_type=zipfile.ZIP_DEFLATED)


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


def write_report_text(form: Form) -> tuple[Report, Case]:
    """Write the report of a form that is already read, not yet as a file."""
    case = make_case(form, SCHEME)
    return write_report_of(case), case


def write_word_report(report: Report, case: Case, out: Path) -> None:
    """Write a report with its form as our Word file."""
    write_docx(out, report, case)


def write_bare_word_file(texts: Sequence[str], tables: Sequence[Sequence[Sequence[str]]], out: Path) -> None:
    """Write the same paragraphs and tables with python-docx as it comes: no page, no faces, no widths, nothing merged."""
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    for rows in tables:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for made, row in zip(table.rows, rows, strict=True):
            for cell, text in zip(made.cells, row, strict=True):
                cell.text = text
    document.save(str(out))


def texts_of_word_file(path: Path) -> tuple[list[str], list[list[list[str]]]]:
    """Return the paragraphs of a Word file and the rows of its tables, all rows of a table equally long."""
    document = docx.Document(str(path))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text], tables


def version_command() -> list[str]:
    """Return the installed command that prints the version."""
    return [str(Path(sys.executable).with_name("selfeval")), "--version"]
