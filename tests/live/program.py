"""What tests call: open files in a real spreadsheet program and get them as xlwings books."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import xlwings as xw

from tests.live.engine import ENGINE, App, register
from tests.live.link import Link
from tests.live.snapshot import Taken, read_snapshot
from tests.office.bench import Office


class Program:
    """A LibreOffice that holds workbooks open, as an xlwings ``App``.

    Attributes:
        app: what xlwings code works with.
        impl: the engine's side of it: switches, status bar texts, protections.
        link: counts the engine's calls, and makes one fail.
    """

    def __init__(self, office: Office) -> None:
        """Attach to ``office``."""
        register()
        self._office = office
        self.link = Link(office)
        self.impl: App = ENGINE.apps.attach(self.link)
        self.app = xw.App(impl=self.impl)

    def __enter__(self) -> Self:
        """Return the program itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Close every workbook and detach."""
        self.link.restart()
        for number in self._office.ask("books.listed"):
            self._office.ask("books.close", number)
        ENGINE.apps.detach(self.impl)

    @contextmanager
    def opened(self, path: Path) -> Iterator[xw.Book]:
        """Open a file, and close it unsaved at the end."""
        book = self.app.books.open(path)
        try:
            yield book
        finally:
            self.link.restart()
            if book.impl.number in self._office.ask("books.listed"):
                book.close()

    def snapshot(self, book: xw.Book) -> Taken:
        """Take down everything about every cell: contents, formats, notes, names, merges, rows; not counted."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "snapshot.xlsx"
            self._office.ask("books.calculate", book.impl.number)
            self._office.ask("books.save_copy", book.impl.number, str(path))
            return read_snapshot(path)
