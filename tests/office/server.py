"""Drive a private LibreOffice for the tests: one JSON request per line in, one JSON answer per line out.

Runs under the system's Python, the only one that has ``uno``; started by ``bench`` as
``python -I server.py SOFFICE_BIN PROFILE_FOLDER``. Ends, with its LibreOffice, when its input ends.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))  # python -I leaves the project's own folder out

import uno

from tests.office.cells import Reader, Writer, properties, read_block
from tests.office.live_books import LiveBooks, LiveNames, LiveSheets, own_library
from tests.office.live_cells import LiveCells
from tests.office.live_looks import LiveLooks
from tests.office.live_parts import LiveParts
from tests.office.opened import ALWAYS_EXECUTE_MACROS, FILTERS, NEVER_EXECUTE_MACROS, Opened
from tests.office.soffice import Soffice


class Bench:
    """The requests a test can make.

    Every method opens one file and closes it again; the parts ("books.open", "cells.read", …) work on documents that
    stay open.
    """

    def __init__(self, desktop: Any) -> None:
        """Work through ``desktop`` of a running LibreOffice."""
        self._desktop = desktop
        opened = Opened(desktop)
        self.books, self.sheets_of, self.names = LiveBooks(opened), LiveSheets(opened), LiveNames(opened)
        self.cells, self.looks, self.parts = LiveCells(opened), LiveLooks(opened), LiveParts(opened)

    @contextmanager
    def _opened(self, path: str, macros: int = NEVER_EXECUTE_MACROS) -> Iterator[Any]:
        options = properties(Hidden=True, MacroExecutionMode=macros)
        if not Path(path).is_file():
            raise ValueError(f"there is no file {path}")
        document = self._desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, options)
        if document is None:
            raise ValueError(f"LibreOffice cannot open {path}")
        try:
            yield document
        finally:
            document.close(True)

    def sheets(self, path: str) -> list[str]:
        """Return the sheet names in order."""
        with self._opened(path) as document:
            return list(document.Sheets.ElementNames)

    def recalculate(self, path: str, reads: dict[str, str]) -> dict[str, Any]:
        """Recalculate everything and read one range per sheet."""
        with self._opened(path) as document:
            document.calculateAll()
            sheets = document.Sheets
            return {name: read_block(sheets.getByName(name).getCellRangeByName(at)) for name, at in reads.items()}

    def resave(self, path: str, out: str) -> None:
        """Load and save in the format of ``out``."""
        with self._opened(path) as document:
            _store(document, out)

    def copy_sheet(self, path: str, sheet: str, new_name: str, out: str) -> None:
        """Copy a sheet behind itself, as "Move or Copy" does, and save."""
        with self._opened(path) as document:
            names = document.Sheets.ElementNames
            document.Sheets.copyByName(sheet, new_name, names.index(sheet) + 1)
            _store(document, out)

    def write_cells(self, path: str, cells: dict[str, dict[str, Any]], out: str) -> None:
        """Type values into cells, recalculate and save."""
        with self._opened(path) as document:
            for sheet, values in cells.items():
                Writer(document.Sheets.getByName(sheet)).write(values)
            document.calculateAll()
            _store(document, out)

    def evaluate(self, path: str, sheet: str, inputs: list[dict[str, Any]], reads: list[str]) -> list[list[Any]]:
        """Type each set of inputs into the one open file, recalculate and read; every set starts from the file."""
        with self._opened(path) as document:
            # Without this every single cell written would recalculate what hangs on it.
            document.enableAutomaticCalculation(False)
            table = document.Sheets.getByName(sheet)
            reader, writer = Reader(table, reads), Writer(table)
            answers = []
            for values in inputs:
                writer.restore_all_but(set(values))
                writer.write(values)
                document.calculateAll()
                answers.append(reader.read())
            return answers

    def lives(self) -> bool:
        """Tell whether LibreOffice is still there; it may have ended by itself."""
        try:
            self._desktop.getFrames().getCount()
        except uno.getClass("com.sun.star.uno.Exception"):
            return False
        return True

    def run_macros(self, path: str, calls: list[list[Any]], reads: dict[str, str]) -> list[Any]:
        """Run "Module.Procedure" with its arguments, one after the other, and read a range per sheet after all."""
        with self._opened(path, ALWAYS_EXECUTE_MACROS) as document:
            results = []
            for name, *arguments in calls:
                url = f"vnd.sun.star.script:{own_library(document)}.{name}?language=Basic&location=document"
                results.append(document.getScriptProvider().getScript(url).invoke(tuple(arguments), (), ())[0])
            sheets = document.Sheets
            return [results, {name: read_block(sheets.getByName(name).getCellRangeByName(at)) for name, at in reads.items()}]

    def to_pdf(self, path: str, out: str) -> None:
        """Print to PDF."""
        with self._opened(path) as document:
            is_sheet = document.supportsService("com.sun.star.sheet.SpreadsheetDocument")
            if is_sheet:
                document.calculateAll()
            name = "calc_pdf_Export" if is_sheet else "writer_pdf_Export"
            document.storeToURL(Path(out).as_uri(), properties(FilterName=name))


def _store(document: Any, out: str) -> None:
    document.storeToURL(Path(out).as_uri(), properties(FilterName=FILTERS[Path(out).suffix.lower()]))


def _answer(bench: Bench, request: dict[str, Any]) -> dict[str, Any]:
    method: Callable[..., Any] = attrgetter(request["method"])(bench)
    try:
        return {"result": method(*request["arguments"], **request["named"])}
    except (uno.getClass("com.sun.star.uno.Exception"), ValueError, KeyError) as fault:
        return {"error": f"{type(fault).__name__}: {fault}", "ended": not bench.lives()}


def main() -> None:
    """Answer requests until the input ends."""
    binary, profile, display = sys.argv[1:]
    office = Soffice(Path(binary), Path(profile), display)
    try:
        bench = Bench(office.desktop)
        print(json.dumps({"result": "ready"}), flush=True)
        for line in sys.stdin:
            print(json.dumps(_answer(bench, json.loads(line))), flush=True)
    finally:
        office.stop()


if __name__ == "__main__":
    main()
