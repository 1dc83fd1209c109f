"""The cells of a saved workbook as they have to be written to be there again: values, formulas, looks, notes, heights.

The readers of ``toolkit.workbook`` read what a form means; this one reads what stands in the file, so that two states
of a workbook can be compared and one turned into the other.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from lxml import etree

from toolkit.excel.charts import SavedChart, read_charts
from toolkit.excel.looks import Looks
from toolkit.excel.rules import CellRules, is_mark
from toolkit.excel.shifting import shifted
from toolkit.workbook.address import Area, column_number, read_area
from toolkit.workbook.book import Book, SheetEntry
from toolkit.workbook.strings import namespace_of, text_of, unescape

EMPTY, NUMBER, TEXT, TRUTH, ERROR = "", "n", "s", "b", "e"
"""Kinds of what is typed into a cell."""
_KINDS = {"b": TRUTH, "e": ERROR, "n": NUMBER, "": NUMBER, "d": TEXT}
_TRUE = ("1", "true")

Place = tuple[int, int]
"""Row and column, counted from 1."""


class State(NamedTuple):
    """What stands in a cell, its look apart.

    Attributes:
        kind: of a typed value; "" for an empty cell and for a formula.
        value: the typed value as the file holds it.
        formula: the formula in A1 notation without its equals sign, "" for a typed value.
        area: the cells of an array formula, "" for any other.
    """

    kind: str = EMPTY
    value: str = ""
    formula: str = ""
    area: str = ""

    @property
    def empty(self) -> bool:
        """Tell whether nothing stands there."""
        return not self.kind and not self.formula


NOTHING = State()


@dataclass(frozen=True, slots=True)
class Row:
    """How a row is shown: its height in points where somebody set one, and whether it is hidden."""

    height: float | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One of our marks: the cells it covers, and its rank among the conditional formats of the sheet, from 1."""

    areas: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Protection:
    """Protection of a sheet: the attributes that the file gives."""

    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def on(self) -> bool:
        """Tell whether the sheet is protected."""
        return self.given.get("sheet") in _TRUE

    @property
    def password(self) -> bool:
        """Tell whether a password is needed to take the protection off."""
        return bool(self.given.get("password") or self.given.get("hashValue"))

    def allows(self, name: str) -> bool:
        """Tell whether something is allowed; in the file 1 means forbidden, and most is forbidden by default."""
        default = "0" if name in ("objects", "scenarios", "selectLockedCells", "selectUnlockedCells") else "1"
        return self.given.get(name, default) not in _TRUE


class SavedSheet:
    """One worksheet of a saved workbook; read when asked for."""

    def __init__(self, book: Book, entry: SheetEntry, looks: Looks) -> None:
        """Take the sheet of an open workbook."""
        self.name = entry.name
        self._entry = entry
        self._looks = looks
        self._package = book.package
        self._strings = book.shared
        self._root = book.package.parse(entry.part)
        self._space = namespace_of(self._root)
        self._masters: dict[str, tuple[str, Place]] = {}
        self._children: dict[Place, str] = {}
        self.states: dict[Place, State] = {}
        self.styles: dict[Place, str] = {}
        self.rich: set[Place] = set()
        """Cells that hold more than can be written as a value: formatted runs, array formulas, links."""
        self.rows: dict[int, Row] = {}
        self._read()

    def state(self, place: Place) -> State:
        """Return what stands in a cell."""
        found = self.states.get(place, NOTHING)
        key = self._children.get(place)
        if key is None or key not in self._masters:
            return found
        formula, origin = self._masters[key]
        return State(formula=shifted(formula, place[0] - origin[0], place[1] - origin[1]))

    def look(self, place: Place) -> str:
        """Return the look of a cell: equal for cells that look and behave alike."""
        return self._looks.key(self.styles.get(place, "0"))

    @property
    def origin(self) -> str:
        """Return the name of the sheet in the file this was read from."""
        return self._entry.name

    @cached_property
    def rules(self) -> CellRules:
        """Return the data validations and conditional formats."""
        return CellRules(self._root, self._looks.differential)

    @property
    def plain_look(self) -> str:
        """Return the look of a cell that nobody gave one."""
        return self._looks.key("0")

    def is_text(self, place: Place) -> bool:
        """Tell whether a cell takes whatever is typed as text."""
        return self._looks.is_text(self.styles.get(place, "0"))

    def places(self) -> set[Place]:
        """Return the cells that the file mentions."""
        return self.styles.keys() | self.states.keys() | self.notes.keys()

    def edited(self) -> EditedSheet:
        """Return a copy in which cells can be changed, to be turned into."""
        return EditedSheet(self)

    @cached_property
    def merges(self) -> frozenset[str]:
        """Return the merged areas."""
        nodes = self._root.iterfind(f"{self._space}mergeCells/{self._space}mergeCell")
        return frozenset(node.get("ref", "") for node in nodes)

    @cached_property
    def breaks(self) -> tuple[int, ...]:
        """Return the rows below which somebody set a page break."""
        nodes = self._root.iterfind(f"{self._space}rowBreaks/{self._space}brk")
        return tuple(int(node.get("id", "0")) for node in nodes if node.get("man") in _TRUE)

    @cached_property
    def protection(self) -> Protection:
        """Return how the sheet is protected."""
        node = self._root.find(f"{self._space}sheetProtection")
        return Protection({} if node is None else {str(key): str(value) for key, value in node.attrib.items()})

    @cached_property
    def links(self) -> Mapping[Place, str]:
        """Return where the links of cells lead within the workbook."""
        found = {}
        for node in self._root.iterfind(f"{self._space}hyperlinks/{self._space}hyperlink"):
            area = read_area(node.get("ref", ""))
            if area is not None:
                found[area.top, area.left] = node.get("location", "")
        return found

    @cached_property
    def notes(self) -> Mapping[Place, str]:
        """Return the notes by cell."""
        part = next((target for kind, target in self._related() if kind == "comments"), "")
        if not part or not self._package.has(part):
            return {}
        root = self._package.parse(part)
        found = {}
        for node in root.iter(f"{namespace_of(root)}comment"):
            area, text = read_area(node.get("ref", "")), node.find(f"{namespace_of(root)}text")
            if area is not None and text is not None:
                found[area.top, area.left] = text_of(text)
        return found

    @cached_property
    def charts(self) -> tuple[SavedChart, ...]:
        """Return the charts in their order."""
        drawings = [target for kind, target in self._related() if kind == "drawing"]
        return tuple(chart for drawing in drawings for chart in read_charts(self._package, drawing))

    @cached_property
    def marks(self) -> tuple[Rule, ...]:
        """Return our marks, the first in rank first."""
        ranked = sorted(self._rules(), key=lambda each: each[0])
        return tuple(Rule(areas, rank) for rank, (_, areas, ours) in enumerate(ranked, 1) if ours)

    def _rules(self) -> Iterator[tuple[int, tuple[str, ...], bool]]:
        """Yield priority, cells and whether it is ours of each conditional format, those of extensions included."""
        for rule in self._root.iter("{*}cfRule"):
            if "priority" not in rule.attrib:
                continue  # the rest of a rule that stands among the others
            holder = rule.getparent()
            areas = tuple((holder.get("sqref", "") if holder is not None else "").split())
            yield int(rule.attrib["priority"]), areas, is_mark(rule)

    def _related(self) -> Iterator[tuple[str, str]]:
        folder, name = posixpath.split(self._entry.part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if self._package.has(rels):
            for node in self._package.parse(rels):
                target = posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/")
                yield node.get("Type", "").rpartition("/")[2], target

    def _read(self) -> None:
        number = 0
        for row in self._root.iterfind(f"{self._space}sheetData/{self._space}row"):
            number = int(row.get("r", number + 1))
            height = float(row.get("ht", "0")) if row.get("customHeight") in _TRUE else None
            hidden = row.get("hidden") in _TRUE
            if height is not None or hidden:
                self.rows[number] = Row(height, hidden)
            column = 0
            for cell in row.iterfind(f"{self._space}c"):
                letters = cell.get("r", "").rstrip("0123456789")
                column = column_number(letters) if letters else column + 1
                self._cell(cell, (number, column))
        self.rich |= self.links.keys()

    def _cell(self, cell: etree._Element, place: Place) -> None:
        self.styles[place] = cell.get("s", "0")
        formula = cell.find(f"{self._space}f")
        if formula is not None:
            self._formula(formula, place)
            return
        state = self._typed(cell, place)
        if not state.empty:
            self.states[place] = state

    def _formula(self, node: etree._Element, place: Place) -> None:
        text, kind, key = node.text or "", node.get("t", "normal"), node.get("si", "")
        if kind == "shared" and text:
            self._masters[key] = (text, place)
        if kind == "shared" and not text:
            self._children[place] = key
        area = node.get("ref", "") if kind in ("array", "dataTable") else ""
        if area:
            self.rich.add(place)
        self.states[place] = State(formula=text or "=", area=area)

    def _typed(self, cell: etree._Element, place: Place) -> State:
        kind = cell.get("t", "")
        if kind == "inlineStr":
            holder = cell.find(f"{self._space}is")
            text = "" if holder is None else text_of(holder)
            return State(TEXT, text) if text else NOTHING
        node = cell.find(f"{self._space}v")
        raw = "" if node is None else node.text or ""
        if not raw:
            return NOTHING
        if kind == "s":
            if int(raw) in self._strings.formatted:
                self.rich.add(place)
            text = self._strings.texts[int(raw)]
            return State(TEXT, text) if text else NOTHING
        if kind == "str":
            return State(TEXT, unescape(raw))
        return State(_KINDS.get(kind, NUMBER), repr(float(raw)) if _KINDS.get(kind, NUMBER) == NUMBER else raw)


class EditedSheet(SavedSheet):
    """A sheet as it shall be: a saved one with changes that stand in no file."""

    def __init__(self, saved: SavedSheet) -> None:
        """Start with what is saved; the saved sheet itself stays as it is."""
        self.__dict__.update(saved.__dict__)
        self.states = {place: saved.state(place) for place in saved.states}
        self._children = {}
        self.styles = dict(saved.styles)
        self.rows = dict(saved.rows)
        self.notes = dict(saved.notes)

    def put(self, place: Place, state: State) -> None:
        """Let something else stand in a cell."""
        if state.empty:
            self.states.pop(place, None)
        else:
            self.states[place] = state

    def take_row(self, saved: SavedSheet, source: int, target: int, columns: Iterable[int]) -> None:
        """Let a row look like another one: contents moved as a fill does, looks, notes and height."""
        for column in columns:
            here, there = (source, column), (target, column)
            state = saved.state(here)
            if state.formula:
                state = State(formula=shifted(state.formula, target - source, 0))
            self.put(there, state)
            self.styles[there] = saved.styles.get(here, "0")
            notes = dict(self.notes)
            notes.pop(there, None)
            self.notes = notes | ({there: saved.notes[here]} if here in saved.notes else {})
        self.rows[target] = Row(saved.rows.get(source, Row()).height, self.rows.get(target, Row()).hidden)


class SavedBook:
    """A saved workbook; its sheets are read when asked for."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            Unreadable: it is no workbook, damaged, or not safe to read.
        """
        self.path = path
        self.book = Book(path)
        self._looks = Looks(self.book)
        self._sheets: dict[str, SavedSheet] = {}

    def __enter__(self) -> SavedBook:
        """Return the workbook itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Close the file."""
        self.book.__exit__(kind, error, traceback)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the worksheets, in order."""
        return tuple(entry.name for entry in self.book.sheets)

    @cached_property
    def locked(self) -> bool:
        """Tell whether the workbook's structure is protected: no sheet can be added or deleted."""
        node = self.book.package.parse("xl/workbook.xml").find("{*}workbookProtection")
        return node is not None and node.get("lockStructure") in _TRUE

    def sheet(self, name: str) -> SavedSheet | None:
        """Return a sheet, ``None`` where there is none of this name."""
        entry = self.book.entry(name)
        if entry is None:
            return None
        if name not in self._sheets:
            self._sheets[name] = SavedSheet(self.book, entry, self._looks)
        return self._sheets[name]

    def area(self, sheet: str, name: str) -> Area | None:
        """Return the range of a name that is scoped to a sheet."""
        entry = self.book.entry(sheet)
        return None if entry is None else entry.area(name)
