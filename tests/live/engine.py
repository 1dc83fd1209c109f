"""An xlwings engine over LibreOffice, so that unmodified button code runs on open documents.

What Excel refuses or changes without asking is refused here: locked cells, texts that Excel would take for a number, a
second note. Members that the toolkit does not use are not offered; reaching for one is an error, never a silent no-op.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import xlwings as xw

from tests.live.books import Book, Books, Sheet
from tests.live.link import Link
from tests.live.places import Area
from tests.live.ranges import Range
from tests.live.values import cleaned


class Engine:
    """What xlwings asks of an engine."""

    name, type = "libreoffice", "desktop"
    clean_value_data = staticmethod(cleaned)

    def __init__(self) -> None:
        """Begin without a program."""
        self.apps = Apps(self)

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """Return what is written for a value: nothing for None."""
        return "" if value is None else value


class Apps:
    """The programs that are attached, the newest first."""

    def __init__(self, engine: Engine) -> None:
        """Belong to ``engine``."""
        self.engine = engine
        self._apps: list[App] = []

    def attach(self, link: Link) -> App:
        """Make a running LibreOffice the active program."""
        app = App(self.engine, link)
        self._apps.insert(0, app)
        return app

    def detach(self, app: App) -> None:
        """Forget a program; it goes on running."""
        self._apps.remove(app)

    def keys(self) -> list[int]:
        """The programs' numbers."""
        return [app.pid for app in self._apps]

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._apps if app.pid == pid)


class App:
    """One LibreOffice with the switches that Excel has.

    Attributes:
        front: the number of the workbook in front.
        visible: whether workbooks are opened with a window.
        said: every text of the status bar, in order; False where it was given back to the program.
        switched: every setting of screen updating and the like, in order, by name.
        protected_with: sheet name and arguments of every Protect.
        selectable: EnableSelection by the sheet's number, where it was set.
    """

    version = "16.0"

    def __init__(self, engine: Engine, link: Link) -> None:
        """Attach to what ``link`` leads to."""
        self.engine, self.link = engine, link
        self.front = 0
        self.visible = False
        self.said: list[Any] = []
        self.switched: list[tuple[str, Any]] = []
        self.protected_with: list[tuple[str, tuple[Any, ...]]] = []
        self.selectable: dict[int, int] = {}
        self._switches: dict[str, Any] = {
            "screen_updating": True,
            "display_alerts": True,
            "enable_events": True,
            "interactive": True,
            "status_bar": False,
            "calculation": "automatic",
        }

    @property
    def pid(self) -> int:
        """A number of its own."""
        return id(self)

    @property
    def books(self) -> Books:
        """The open workbooks."""
        return Books(self)

    @property
    def selection(self) -> Range | None:
        """What is selected in the workbook in front; None where it is no cells."""
        found = self.link.ask("books.selection", self.front)
        if found is None:
            return None
        return Range(Sheet(Book(self, self.front), found[0]), [Area(*bounds) for bounds in found[1]])

    def activate(self, steal_focus: bool = False) -> None:
        """Nothing to do: there is one program."""

    def calculate(self) -> None:
        """Recalculate what is due in every workbook."""
        for number in self.link.ask("books.listed"):
            self.link.ask("books.calculate", number)

    def apply_calculation(self) -> None:
        """Give every workbook the program's way of recalculating, as Excel has one for all."""
        for number in self.link.ask("books.listed"):
            self.link.ask("books.set_automatic", number, self._switches["calculation"] == "automatic")

    def switch(self, name: str, value: Any) -> None:
        """Set one of the switches; a call of its own, as in Excel."""
        self.link.ask("books.listed")
        self.switched.append((name, value))
        self._switches[name] = value
        if name == "calculation":
            self.apply_calculation()
        elif name == "status_bar":
            self.said.append(value)

    def state(self) -> dict[str, Any]:
        """Return all switches."""
        return dict(self._switches)


def _switch(name: str) -> property:
    return property(lambda app: app.state()[name], lambda app, value: app.switch(name, value))


for _name in ("screen_updating", "display_alerts", "enable_events", "interactive", "status_bar", "calculation"):
    setattr(App, _name, _switch(_name))

ENGINE = Engine()


def register() -> None:
    """Make this the engine that xlwings works with; for the process."""
    if ENGINE.name not in xw.engines.engines_by_name:
        xw.engines.add(xw.Engine(impl=ENGINE))
    xw.engines[ENGINE.name].activate()
