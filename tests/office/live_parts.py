"""Conditional formats, page breaks and charts of open documents. Runs under the system's Python."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.office.cells import properties
from tests.office.opened import Opened, refuse_protected

_CONDITION, _EXPRESSION = 0, 24
_POINTS_PER_UNIT = 72 / 2540
_CHART = "com.sun.star.chart2.ChartDocument"
_STYLE_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.spreadsheet">
<office:styles><style:style style:name="{name}" style:family="table-cell">
<style:table-cell-properties fo:background-color="{colour}"/></style:style></office:styles>
<office:body><office:spreadsheet><table:table table:name="1"><table:table-column/><table:table-row><table:table-cell/>
</table:table-row></table:table></office:spreadsheet></office:body></office:document>
"""

Areas = Sequence[Sequence[int]]


class LiveParts:
    """The requests that concern what lies over or around the cells of a sheet."""

    def __init__(self, opened: Opened) -> None:
        """Answer for the documents of ``opened``."""
        self._opened = opened

    def conditions(self, sheet: int) -> list[list[int]]:
        """Return the rules of conditional formats, each as [its format's number, its place in it], by priority."""
        every = self._opened.sheet(sheet).ConditionalFormats.getConditionalFormats()
        return [[each.ID, place] for each in every for place in range(each.Count)]

    def add_condition(self, sheet: int, areas: Areas, formula: str) -> list[int]:
        """Add a rule of the lowest priority and return it; it changes no look yet."""
        holder = self._opened.sheet(sheet)
        refuse_protected(holder)
        made: int = holder.ConditionalFormats.createByRange(self._opened.areas(sheet, areas))
        self._format(sheet, made).createEntry(_CONDITION, 0)
        entry = self._entry(sheet, [made, 0])
        entry.Operator, entry.Formula1 = _EXPRESSION, formula.removeprefix("=")
        return [made, 0]

    def colour_condition(self, sheet: int, rule: Sequence[int], colour: int) -> None:
        """Give the cells for which a condition holds a background (0xRRGGBB)."""
        refuse_protected(self._opened.sheet(sheet))
        document, name = self._opened.document_of(sheet), f"condition-{colour:06x}"
        if not document.StyleFamilies.getByName("CellStyles").hasByName(name):
            self._bring_style(document, name, colour)
        self._entry(sheet, rule).StyleName = name

    @staticmethod
    def _bring_style(document: Any, name: str, colour: int) -> None:
        """Give a document a cell style; one with a protected sheet takes it from a file only."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / "style.fods"
            path.write_text(_STYLE_FILE.format(name=name, colour=f"#{colour:06x}"), encoding="utf-8")
            wanted = properties(LoadCellStyles=True, LoadPageStyles=False, OverwriteStyles=False)
            with _unseen(document):
                document.StyleFamilies.loadStylesFromURL(path.as_uri(), wanted)

    def is_expression(self, sheet: int, rule: Sequence[int]) -> bool:
        """Tell whether a rule is a formula; colour scales, icons and comparisons are none."""
        entry = self._entry(sheet, rule)
        return bool(entry.getType() == _CONDITION and entry.Operator == _EXPRESSION)

    def condition_formula(self, sheet: int, rule: Sequence[int]) -> str:
        """Return the formula of a rule."""
        return f"={self._entry(sheet, rule).Formula1}"

    def move_condition(self, sheet: int, rule: Sequence[int], areas: Areas) -> None:
        """Let a rule apply to other ranges.

        Raises:
            ValueError: it shares its ranges with other rules.
        """
        refuse_protected(self._opened.sheet(sheet))
        holder = self._format(sheet, rule[0])
        if holder.Count > 1:
            raise ValueError("a rule that shares its ranges with others cannot be moved here")
        holder.Range = self._opened.areas(sheet, areas)

    def delete_condition(self, sheet: int, rule: Sequence[int]) -> None:
        """Remove a rule."""
        refuse_protected(self._opened.sheet(sheet))
        number, place = rule
        if self._format(sheet, number).Count > 1:
            self._format(sheet, number).removeByIndex(place)
        else:
            self._opened.sheet(sheet).ConditionalFormats.removeByID(number)

    def _format(self, sheet: int, number: int) -> Any:
        every = self._opened.sheet(sheet).ConditionalFormats.getConditionalFormats()
        return {each.ID: each for each in every}[number]

    def _entry(self, sheet: int, rule: Sequence[int]) -> Any:
        number, place = rule
        return self._format(sheet, number).getByIndex(place)

    def clear_breaks(self, sheet: int) -> None:
        """Remove the page breaks that were set by hand."""
        self._opened.sheet(sheet).removeAllManualPageBreaks()

    def break_before(self, sheet: int, row: int) -> None:
        """Begin a page with a row (from 0)."""
        self._opened.sheet(sheet).Rows.getByIndex(row).IsStartOfNewPage = True

    def charts(self, sheet: int) -> list[str]:
        """Return the charts' names."""
        return [each.PersistName for each in self._charts(sheet)]

    def chart_box(self, sheet: int, name: str) -> list[float]:
        """Return left, top, width and height of a chart in points."""
        shape = self._chart(sheet, name)
        place, size = shape.Position, shape.Size
        return [round(each * _POINTS_PER_UNIT, 2) for each in (place.X, place.Y, size.Width, size.Height)]

    def set_chart_box(self, sheet: int, name: str, box: Sequence[float]) -> None:
        """Move and size a chart: left, top, width and height in points."""
        shape = self._chart(sheet, name)
        place, size = shape.Position, shape.Size
        place.X, place.Y, size.Width, size.Height = (round(each / _POINTS_PER_UNIT) for each in box)
        shape.Position, shape.Size = place, size

    def show_in_chart(self, sheet: int, name: str, series: int, role: str, sheet_name: str, address: str) -> None:
        """Let a series (from 0) of a chart take its "values" or its "categories" from other cells."""
        model = self._chart(sheet, name).Model
        cells = self._opened.document_of(sheet).Sheets.getByName(sheet_name).getCellRangeByName(address)
        taken = model.getDataProvider().createDataSequenceByRangeRepresentation(cells.AbsoluteName)
        system = model.getFirstDiagram().getCoordinateSystems()[0]
        if role == "categories":
            scale = system.getAxisByDimension(0, 0).getScaleData()
            taken.Role = role
            scale.Categories.setValues(taken)
        else:
            taken.Role = "values-y"
            every = [each for kind in system.getChartTypes() for each in kind.getDataSeries()]
            every[series].getDataSequences()[0].setValues(taken)

    def _charts(self, sheet: int) -> list[Any]:
        page = self._opened.sheet(sheet).DrawPage
        shapes = [page.getByIndex(index) for index in range(page.Count)]
        embedded = [each for each in shapes if each.supportsService("com.sun.star.drawing.OLE2Shape")]
        return [each for each in embedded if each.Model is not None and each.Model.supportsService(_CHART)]

    def _chart(self, sheet: int, name: str) -> Any:
        return next(each for each in self._charts(sheet) if each.PersistName == name)


@contextmanager
def _unseen(document: Any) -> Iterator[None]:
    """Take the window of a document away meanwhile: drawn while styles are loaded, it has ended LibreOffice."""
    controller = document.CurrentController
    window = None if controller is None else controller.Frame.ContainerWindow
    if window is None or not window.isVisible():
        yield
        return
    window.setVisible(False)
    try:
        yield
    finally:
        window.setVisible(True)
