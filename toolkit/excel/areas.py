"""Rectangles over scattered cells: the fewer there are, the fewer calls reach Excel."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from toolkit.workbook.address import Area, address_of, read_area

Place = tuple[int, int]
LONGEST = 255
"""Characters that Excel takes as one address."""
_WIDEST_GAP = 12
"""Columns between two cells of a row that are worth writing again with them."""


def rectangles(places: Collection[Place], may_fill: Callable[[Place], bool] | None = None) -> list[Area]:
    """Return rectangles that cover the cells, row by row.

    Args:
        places: the cells to be covered.
        may_fill: tells of a cell that is none of them whether it may be covered too; nothing else is by default.
    """
    wanted = set(places)
    done: list[Area] = []
    open_areas: list[Area] = []
    for row in sorted({row for row, _ in wanted}):
        columns = sorted(column for at, column in wanted if at == row)
        above = [area for area in open_areas if area.bottom == row - 1]
        done += [area for area in open_areas if area.bottom != row - 1]
        open_areas = []
        for left, right in _runs(row, columns, may_fill):
            found = next((area for area in above if _stackable(area, row, left, right, wanted, may_fill)), None)
            if found is None:
                open_areas.append(Area(row, left, row, right))
                continue
            above.remove(found)
            open_areas.append(Area(found.top, min(found.left, left), row, max(found.right, right)))
        done += above
    return sorted(done + open_areas, key=lambda area: (area.top, area.left))


def text_of(area: Area) -> str:
    """Return a rectangle in A1 notation."""
    first = address_of(area.top, area.left)
    return first if (area.top, area.left) == (area.bottom, area.right) else f"{first}:{address_of(area.bottom, area.right)}"


def joined(texts: Iterable[str]) -> Iterator[str]:
    """Yield addresses of several areas each, none longer than Excel takes."""
    line = ""
    for text in texts:
        if line and len(line) + 1 + len(text) > LONGEST:
            yield line
            line = ""
        line = f"{line},{text}" if line else text
    if line:
        yield line


def cells_of(area: Area) -> Iterator[Place]:
    """Yield the cells of a rectangle row by row."""
    for row in range(area.top, area.bottom + 1):
        for column in range(area.left, area.right + 1):
            yield row, column


def places_in(texts: Iterable[str]) -> set[Place]:
    """Return the cells that addresses cover; whole columns and rows are left out."""
    areas = (read_area(text) for text in texts)
    return {place for area in areas if area is not None for place in cells_of(area)}


def _runs(row: int, columns: list[int], may_fill: Callable[[Place], bool] | None) -> Iterator[tuple[int, int]]:
    left = right = columns[0]
    for column in columns[1:]:
        gap = range(right + 1, column)
        bridged = len(gap) == 0 or (
            may_fill is not None and len(gap) <= _WIDEST_GAP and all(may_fill((row, each)) for each in gap)
        )
        if not bridged:
            yield left, right
            left = column
        right = column
    yield left, right


def _stackable(
    area: Area, row: int, left: int, right: int, wanted: set[Place], may_fill: Callable[[Place], bool] | None
) -> bool:
    """Tell whether a run fits below a rectangle: as wide, or made so by cells that may be covered too."""
    if (area.left, area.right) == (left, right):
        return True
    if may_fill is None or right < area.left or area.right < left:
        return False
    whole = Area(area.top, min(area.left, left), row, max(area.right, right))
    return all(place in wanted or may_fill(place) for place in cells_of(whole))
