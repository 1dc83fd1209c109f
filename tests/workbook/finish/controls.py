"""A check box, a spin button and a drop-down as Excel keeps them: four parts each, put together by hand."""

from __future__ import annotations

from dataclasses import dataclass

from tests.workbook.finish.bench import OFFICE, relate
from tests.workbook.finish.parts import SHEET, Parts, add, defined_name, hidden_sheet, put

CONTROLS = {"Checkbox": "CheckBox", "Spin": "Spin", "Drop": "Drop"}
"""Kinds as older and as newer programs call them."""
_FIRST = 1040
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SHEETS = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_NEWER = "http://schemas.microsoft.com/office/drawing/2010/main"
_PLACES = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_SHAPES = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)


@dataclass(frozen=True)
class Board:
    """Where controls are put.

    Attributes:
        before: what stands in the sheet behind its controls.
        row: where their upper edges lie, counted from 0.
    """

    sheet: str = SHEET
    before: str = "<extLst>"
    drawing: str = "xl/drawings/drawing1.xml"
    vml: str = "xl/drawings/vmlDrawing1.vml"
    row: int = 10


def add_drawings(parts: Parts, board: Board) -> None:
    """Give a sheet the empty drawings, for newer and for older programs, that it does not have yet."""
    drawing = f'<xdr:wsDr xmlns:xdr="{_PLACES}" xmlns:a="{_SHAPES}"></xdr:wsDr>'
    add(parts, board.drawing, drawing, "application/vnd.openxmlformats-officedocument.drawing+xml")
    add(parts, board.vml, _VML.encode(), "application/vnd.openxmlformats-officedocument.vmlDrawing")
    relate(parts, board.sheet, "rId920", f"{OFFICE}/drawing", f"/{board.drawing}")
    relate(parts, board.sheet, "rId921", f"{OFFICE}/vmlDrawing", f"/{board.vml}")
    space = f'xmlns:r="{OFFICE}"'
    put(parts, board.sheet, board.before, f'<drawing {space} r:id="rId920"/><legacyDrawing {space} r:id="rId921"/>')


def add_controls(parts: Parts, board: Board, *, choices: str = "$A$1:$A$3", link: str = "$C$1", wrapped: bool = False) -> None:
    """Put the three controls on a sheet that has drawings.

    Args:
        choices: what the drop-down lists.
        link: the cell that all three fill.
        wrapped: keep the list of controls from older programs, as Excel does; not for sheets that are printed here.
    """
    entries = []
    for place, (name, kind) in enumerate(CONTROLS.items()):
        number, key, part = _FIRST + place, f"rId{930 + place}", f"xl/ctrlProps/ctrlProp{place + 1}.xml"
        listing = choices if name == "Drop" else ""
        ranges = f' fmlaRange="{listing}"' if listing else ""
        properties = f'<formControlPr xmlns="{_SHEETS}" objectType="{kind}" fmlaLink="{link}"{ranges}/>'
        add(parts, part, properties, "application/vnd.ms-excel.controlproperties+xml")
        relate(parts, board.sheet, key, f"{OFFICE}/ctrlProp", f"/{part}")
        entries.append(_entry(number, key, name, board.row))
        put(parts, board.vml, "</xml>", _shape(number, name, board.row, link, listing))
        put(parts, board.drawing, "</xdr:wsDr>", _frame(number, name, board.row))
    listed = f"<controls>{''.join(entries)}</controls>"
    put(parts, board.sheet, board.before, _choice("x14", _SHEETS, listed) if wrapped else listed)


def _choice(prefix: str, space: str, text: str) -> str:
    choice = f'<mc:Choice Requires="{prefix}">{text}</mc:Choice>'
    return f'<mc:AlternateContent xmlns:mc="{_COMPATIBILITY}" xmlns:{prefix}="{space}">{choice}</mc:AlternateContent>'


def _corner(name: str, prefix: str, column: int, row: int) -> str:
    cells = "".join(
        f"<xdr:{tag}>{value}</xdr:{tag}>" for tag, value in (("col", column), ("colOff", 0), ("row", row), ("rowOff", 0))
    )
    return f"<{prefix}{name}>{cells}</{prefix}{name}>"


def _entry(number: int, key: str, name: str, row: int) -> str:
    corners = _corner("from", "", 2, row) + _corner("to", "", 3, row + 1)
    anchor = f'<anchor xmlns:xdr="{_PLACES}" moveWithCells="1">{corners}</anchor>'
    look = f'<controlPr defaultSize="0" autoFill="0" autoLine="0" autoPict="0">{anchor}</controlPr>'
    control = f'<control xmlns:r="{OFFICE}" shapeId="{number}" r:id="{key}" name="{name} {number}">{look}</control>'
    return _choice("x14", _SHEETS, control)


def _frame(number: int, name: str, row: int) -> str:
    mark = (
        '<a:extLst><a:ext uri="{63B3BB69-23CF-44E3-9099-C40C66FF867C}">'
        f'<a14:compatExt spid="_x0000_s{number}"/></a:ext></a:extLst>'
    )
    corners = _corner("from", "xdr:", 2, row) + _corner("to", "xdr:", 3, row + 1)
    shape = (
        f'<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{number}" name="{name} {number}" hidden="1">{mark}'
        '</xdr:cNvPr><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr></xdr:sp>'
    )
    return _choice("a14", _NEWER, f'<xdr:twoCellAnchor editAs="oneCell">{corners}{shape}<xdr:clientData/></xdr:twoCellAnchor>')


def _shape(number: int, name: str, row: int, link: str, listing: str) -> str:
    ranges = f"<x:FmlaRange>{listing}</x:FmlaRange>" if listing else ""
    data = f"<x:Anchor>2, 0, {row}, 0, 3, 0, {row + 1}, 0</x:Anchor>{ranges}<x:FmlaLink>{link}</x:FmlaLink>"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t201" style="position:absolute;z-index:2">'
        f'<x:ClientData ObjectType="{name}">{data}</x:ClientData></v:shape>'
    )


def form_controls(parts: Parts) -> None:
    """Three controls of the officer that run nothing."""
    add_controls(parts, Board())


def controls_of_hidden_sheet(parts: Parts) -> None:
    """The same, but the drop-down lists what stands on a hidden sheet."""
    hidden_sheet(parts, "hidden")
    add_controls(parts, Board(), choices="底稿!$A$1:$A$3", wrapped=True)


def controls_of_another_file(parts: Parts) -> None:
    """The same, but all of them fill a cell of another workbook."""
    add_controls(parts, Board(), link="[1]Sheet1!$C$1", wrapped=True)


def controls_of_hidden_name(parts: Parts) -> None:
    """The same, but the drop-down lists a range by a hidden name."""
    defined_name(parts, "可选", "'统计 (1)'!$A$1:$A$3", ' hidden="1"')
    add_controls(parts, Board(), choices="可选")
