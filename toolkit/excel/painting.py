"""Turning one state of an open workbook into another: contents, looks, merges, heights, notes, marks, sheets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple

from toolkit.excel.areas import Place, cells_of, joined, places_in, rectangles, text_of
from toolkit.excel.charts import set_charts
from toolkit.excel.content import Row, Rule, SavedBook, SavedSheet, State
from toolkit.excel.lenders import Manner, lender_of_look, lenders, manner
from toolkit.excel.live import LiveBook
from toolkit.excel.marks import delete_marks, move_marks, write_notes
from toolkit.excel.writing import write_states
from toolkit.workbook.address import Area, address_of

Chosen = Callable[[str, Place], bool]
"""Tells of a cell of a sheet whether it shall be turned back."""


class Painted(NamedTuple):
    """What was written: cells with what they hold now, and cells of which the look, the note or the row changed."""

    states: dict[Place, State]
    looks: set[Place]


def restore(
    live: LiveBook,
    now: SavedBook,
    wanted: SavedBook,
    chosen: Chosen | None = None,
    sheets: Collection[str] | None = None,
) -> None:
    """Make the open workbook what a saved state of it is.

    Args:
        live: the open workbook.
        now: as it stands.
        wanted: as it shall be; its sheets are those of ``now``, some of which it may lack.
        chosen: the cells to be turned back; all by default. Rows, merges, notes and marks follow where any cell does.
        sheets: the sheets concerned; all by default. Those that ``wanted`` lacks are deleted.
    """
    concerned = [name for name in dict.fromkeys((*now.names, *wanted.names)) if sheets is None or name in sheets]
    for name in concerned:
        if name in now.names and name not in wanted.names:
            live.delete_sheet(name)
    with ExitStack() as stack:
        original = Original(live, wanted, stack)
        for name in concerned:
            before, after = now.sheet(name), wanted.sheet(name)
            if before is not None and after is not None:
                SheetPainter(live, before, after, original, chosen).paint()


class Original:
    """A saved state opened in Excel, when cells have to be copied out of it."""

    def __init__(self, live: LiveBook, saved: SavedBook, stack: ExitStack) -> None:
        """Open nothing yet; ``stack`` closes what is opened."""
        self._live, self._saved, self._stack = live, saved, stack
        self._book: Any = None

    def range(self, sheet: str, address: str) -> Any:
        """Return a range of it."""
        if self._book is None:
            self._book = self._stack.enter_context(self._live.opened(self._saved.path))
        return self._book.sheets[sheet].range(address)

    def sheet(self, name: str) -> SavedSheet:
        """Return what is saved of one of its sheets."""
        saved = self._saved.sheet(name)
        assert saved is not None, name
        return saved


def repaint(live: LiveBook, now: SavedBook, wanted: SavedSheet, sheet: SavedSheet | None = None) -> Painted:
    """Turn one sheet of the open workbook into a wanted state; all its looks are found in the sheet as it is.

    Args:
        live: the open workbook.
        now: as it stands.
        wanted: what the sheet shall be.
        sheet: what it is, where that stands in no file: a copy of another one.

    Returns:
        The cells that were written, and those of which the look, the note or the row changed.
    """
    with ExitStack() as stack:
        before = sheet or now.sheet(wanted.name)
        assert before is not None, wanted.name
        painter = SheetPainter(live, before, wanted, Original(live, now, stack))
        painter.paint()
        return painter.painted


class SheetPainter:
    """Turns one sheet of an open workbook into a wanted state."""

    def __init__(
        self, live: LiveBook, now: SavedSheet, wanted: SavedSheet, original: Original, chosen: Chosen | None = None
    ) -> None:
        """Compare the two states; nothing is written yet."""
        self._live, self._now, self._wanted, self._original = live, now, wanted, original
        self._name = wanted.name
        self._overwritten: set[Place] = set()
        self._marks_copied = False
        places = now.places() | wanted.places()
        within = [place for place in places if chosen is None or chosen(self._name, place)]
        rows = {row for row, _ in within}
        self._contents = {place for place in within if now.state(place) != wanted.state(place) or self._link(place)}
        self._looks = {place for place in within if now.look(place) != wanted.look(place)}
        self._notes = {place for place in within if now.notes.get(place) != wanted.notes.get(place)}
        listed = now.rows.keys() | wanted.rows.keys()
        self._rows = {row for row in listed if row in rows or chosen is None if self._row(now, row) != self._row(wanted, row)}
        self._now_merges, self._wanted_merges = (
            {ref for ref in sheet.merges if chosen is None or {row for row, _ in places_in([ref])} & rows}
            for sheet in (now, wanted)
        )
        self._moved = now.charts != wanted.charts and (chosen is None or bool(rows))
        self._broken = now.breaks != wanted.breaks and (chosen is None or bool(rows))
        self._marked = {area for rule in now.marks for area in rule.areas} != {
            area for rule in wanted.marks for area in rule.areas
        }

    @property
    def differs(self) -> bool:
        """Tell whether anything has to be done."""
        cells = self._contents or self._looks or self._notes or self._rows or self._marked
        return bool(cells) or self._now_merges != self._wanted_merges or self._broken or self._moved

    @property
    def painted(self) -> Painted:
        """Return what is or was written."""
        rows = {(row, 1) for row in self._rows}
        return Painted({place: self._wanted.state(place) for place in self._contents}, self._looks | self._notes | rows)

    def paint(self) -> None:
        """Write the differences."""
        if not self.differs:
            return
        with self._live.unprotected(self._name, self._now.protection) as sheet:
            marks = self._clear_marks(sheet)
            merged = self._unmerge(sheet)
            copied = self._copy_rich(sheet)
            self._paint_looks(sheet, copied)
            states = {place: self._wanted.state(place) for place in self._contents - copied}
            write_states(sheet, states, self._wanted.is_text, self._wanted if not copied else None)
            self._merge(sheet, merged)
            self._set_rows(sheet)
            write_notes(sheet, self._now.notes, self._wanted.notes, self._notes - copied, self._overwritten)
            if self._marks_copied:
                delete_marks(sheet)
            move_marks(sheet, marks, [area for rule in self._wanted.marks for area in rule.areas])
            self._set_breaks(sheet)
            if self._moved:
                set_charts(sheet, self._now.charts, self._wanted.charts)

    def _link(self, place: Place) -> bool:
        return self._now.links.get(place) != self._wanted.links.get(place)

    @staticmethod
    def _row(sheet: SavedSheet, number: int) -> Row:
        return sheet.rows.get(number, Row())

    def _clear_marks(self, sheet: Any) -> Sequence[Rule]:
        """Take our marks off where cells are copied, which would cut or multiply them; return those that are left."""
        if not self._looks and not self._contents & self._wanted.rich:
            return self._now.marks
        move_marks(sheet, self._now.marks, [])
        return ()

    def _unmerge(self, sheet: Any) -> set[str]:
        """Take merged areas apart that are not wanted or that looks are copied into; return those to be merged at last."""
        concerned = self._looks | (self._contents & self._wanted.rich)
        loose = {ref for ref in self._now_merges if ref not in self._wanted_merges or places_in([ref]) & concerned}
        for address in joined(sorted(loose)):
            sheet.range(address).unmerge()
        return (self._wanted_merges - self._now_merges) | (self._wanted_merges & loose)

    def _merge(self, sheet: Any, areas: Collection[str]) -> None:
        if areas:
            self._live.no_alerts()
        for area in sorted(areas):
            # The range's own merge() asks for the program and its alerts each time.
            sheet.range(area).impl.merge(False)

    def _copy_rich(self, sheet: Any) -> set[Place]:
        """Copy cells that cannot be written as values out of the saved state, where it holds just what is wanted."""
        rich = self._contents & self._wanted.rich
        if rich:
            saved = self._original.sheet(self._now.origin)
            rich = {place for place in rich & saved.rich if saved.state(place) == self._wanted.state(place)}
        for area in rectangles(rich):
            self._copy_original(sheet, area)
        return rich

    def _paint_looks(self, sheet: Any, copied: Collection[Place]) -> None:
        """Give cells their looks by copying cells that have them; what such a cell holds is written over afterwards."""
        groups: dict[Manner, set[Place]] = defaultdict(set)
        for place in self._looks - set(copied):
            groups[manner(self._wanted, place)].add(place)
        found = lenders(self._now, groups, self._looks | self._wanted.rich | self._notes)
        for wanted, places in groups.items():
            for area in rectangles(places):
                if not self._made_plain(sheet, wanted, area):
                    lender = found.get(wanted)
                    if lender is not None:
                        copy_cells(sheet.range(address_of(*lender)), sheet.range(text_of(area)))
                    else:
                        self._paint_from_original(sheet, wanted, area)
                self._overwritten |= set(cells_of(area))
        self._contents |= self._overwritten
        self._notes |= self._overwritten & (self._wanted.notes.keys() | self._now.notes.keys())

    def _made_plain(self, sheet: Any, wanted: Manner, area: Area) -> bool:
        """Let cells look as nobody touched them, where a row that nobody used obeys the rules they shall obey."""
        unused = 1 + max((row for row, _ in self._now.places() | self._wanted.places()), default=0)
        rules = {self._now.rules.at((unused, column)) for column in range(area.left, area.right + 1)}
        fits = wanted.look == self._wanted.plain_look and rules == {wanted.rules}
        if fits:
            make_plain(sheet, area, unused)
        return fits

    def _paint_from_original(self, sheet: Any, wanted: Manner, area: Area) -> None:
        """Copy cells out of the saved state: the same cells, else one that has the manner, else one that has the look."""
        saved = self._original.sheet(self._now.origin)
        if all(manner(saved, place) == wanted for place in cells_of(area)):
            self._copy_original(sheet, area)
            return
        lender = lenders(saved, {wanted}).get(wanted) or lender_of_look(saved, wanted.look, area.left)
        if lender is not None:
            self._copy_original(sheet, Area(*lender, *lender), area)

    def _copy_original(self, sheet: Any, source: Area, target: Area | None = None) -> None:
        """Copy cells of the saved state, by default to the same place; marks on them come along."""
        name = self._now.origin
        marked = {area for rule in self._original.sheet(name).marks for area in rule.areas}
        self._marks_copied = self._marks_copied or bool(places_in(marked) & set(cells_of(source)))
        copy_cells(self._original.range(name, text_of(source)), sheet.range(text_of(target or source)))

    def _set_rows(self, sheet: Any) -> None:
        heights: dict[float | None, list[int]] = defaultdict(list)
        hidden: dict[bool, list[int]] = defaultdict(list)
        for row in sorted(self._rows):
            now, wanted = self._row(self._now, row), self._row(self._wanted, row)
            if now.height != wanted.height:
                heights[wanted.height].append(row)
            if now.hidden != wanted.hidden:
                hidden[wanted.hidden].append(row)
        for height, rows in heights.items():
            for address in joined(row_texts(rows)):
                if height is None:
                    sheet.range(address).rows.autofit()
                else:
                    sheet.range(address).row_height = height
        hide_rows(sheet, hidden[True], True)
        hide_rows(sheet, hidden[False], False)

    def _set_breaks(self, sheet: Any) -> None:
        if self._broken:
            sheet.api.ResetAllPageBreaks()
            for row in self._wanted.breaks:
                sheet.api.HPageBreaks.Add(sheet.range(f"A{row + 1}").api)


def make_plain(sheet: Any, area: Area, unused: int) -> None:
    """Empty cells and take their looks away, by copying the cells of a row that nobody has used over them.

    Clearing would take conditional formats and validations away as well; whole columns have them.
    """
    source = Area(unused, area.left, unused, area.right)
    copy_cells(sheet.range(text_of(source)), sheet.range(text_of(area)))


def copy_cells(source: Any, target: Any) -> None:
    """Copy a range; the range's own copy() asks for the size of the target first."""
    source.api.Copy(target.api)


def hide_rows(sheet: Any, rows: Collection[int], hidden: bool) -> None:
    """Hide or show rows."""
    for address in joined(row_texts(rows)):
        sheet.range(address).api.EntireRow.Hidden = hidden


def row_texts(rows: Iterable[int]) -> Iterator[str]:
    """Yield the addresses of runs of whole rows: 3:3, 7:9."""
    first = last = 0
    for row in sorted(rows):
        if first and row != last + 1:
            yield f"{first}:{last}"
            first = row
        first, last = first or row, row
    if first:
        yield f"{first}:{last}"
