"""From the rows of a report to the lines of the sheet: looks, columns, heights, 状态 and 建议稿."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.narrative.model import Block, BlockKind
from toolkit.narrative.renew import Renewed, RenewedRow
from toolkit.narrative.stored import RowState
from toolkit.workbook.report.layout import CHART_KEYS, full_key
from toolkit.workbook.report.read import PlacedRow
from toolkit.workbook.report.shape import WHOLE, Span, heights, is_short, lines_of, spans_of

_LEVELS = {1: "一级标题", 2: "二级标题"}
_KINDS = {BlockKind.TITLE: "标题", BlockKind.COVER: "封面", BlockKind.CAPTION: "表名"}
_TABLE_LOOK = "表内文字"
_CAPTION = "图名"
CAPTION_HEIGHT = 26.0
"""Height that is left for the caption below a chart, in points."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sheet, as wide as the report and one row high or several.

    Attributes:
        spans: the columns of its cells.
        texts: of its cells; not used where ``kept`` holds them.
        looks: of its cells.
        kept: the row whose cells stay as they stand, ``None`` for generated text.
        below: the stored row that it continues, whose notes further right are carried along.
        heights: of its rows, in points.
        side: what stands right of the print area, by heading.
        new_page: begins a page.
    """

    spans: tuple[Span, ...]
    texts: tuple[str, ...]
    looks: tuple[str, ...]
    kept: PlacedRow | None
    below: PlacedRow | None
    heights: tuple[float, ...]
    side: Mapping[str, str] = field(default_factory=dict)
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """How a table is laid out: the columns of its cells, and the look of each below its head."""

    spans: tuple[Span, ...]
    looks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One report to be written.

    Attributes:
        sheet: its form sheet.
        placed: its rows as they were found.
        charts: heights of the charts, by the keys of their captions, in points.
    """

    sheet: str
    renewed: Renewed
    placed: Sequence[PlacedRow]
    charts: Mapping[str, float]


def lines_of_report(part: Part, first: bool) -> Iterator[Line]:
    """Yield the lines of a report; all but the first begin a page."""
    by_key = {placed.row.key: placed for placed in reversed(part.placed) if placed.row.key}
    tables = _tables(part.renewed.rows)
    for place, row in enumerate(part.renewed.rows):
        kept = None if row.stored is None else part.placed[row.stored]
        below = kept or by_key.get(row.key)
        line = _line(part.sheet, row, kept, below, tables.get(place), new_page=not first and not place)
        if row.key in part.charts:
            # The chart lies over the upper part of its caption's rows: no page ends between the two.
            line = replace(line, heights=_chart_rows(part.charts[row.key] + CAPTION_HEIGHT), looks=(_CAPTION,) * len(line.looks))
        yield line


def _line(
    sheet: str, row: RenewedRow, kept: PlacedRow | None, below: PlacedRow | None, table: Table | None, new_page: bool
) -> Line:
    spans = _spans(row, kept, table)
    texts = row.texts if kept is None else _texts_at(kept, spans)
    looks = _looks(row, spans, table)
    lines = max((lines_of(text, span, look) for text, span, look in zip(texts, spans, looks, strict=False)), default=1)
    return Line(
        spans=spans,
        texts=texts,
        looks=looks,
        kept=kept,
        below=below,
        heights=tuple(heights(lines, looks[0])),
        side=_side(sheet, row),
        new_page=new_page,
    )


def _side(sheet: str, row: RenewedRow) -> Mapping[str, str]:
    return {
        "建议稿": "\n".join(row.suggestion),
        "状态": row.state.value if any(row.texts) or row.key else "",
        "段落": full_key(sheet, row.key) if row.key else "",
        "校验": row.mark,
    }


def _tables(rows: Sequence[RenewedRow]) -> Mapping[int, Table]:
    """Return the layout of each table by the places of its rows, the officer's own rows within it included."""
    found: dict[int, Table] = {}
    members: list[int] = []
    for place, row in enumerate([*rows, None]):
        inside = row is not None and (_is_row(row.block) or (bool(members) and row.block is None))
        if members and (not inside or (row is not None and row.block is not None and row.block.head)):
            blocks = [block for block in (rows[member].block for member in members) if block is not None]
            found |= dict.fromkeys(members, _table(blocks))
            members = []
        if inside:
            members.append(place)
    return found


def _table(blocks: Sequence[Block]) -> Table:
    spans = spans_of([block.texts for block in blocks])
    body = [block.texts for block in blocks if not block.head]
    columns = [[texts[index] for texts in body if index < len(texts)] for index in range(len(spans))]
    # The first column names what the row speaks of: it is read from the left.
    centred = [is_short(column, span) and (place > 0 or _numbers(column)) for place, (column, span) in enumerate(zip(columns, spans, strict=True))]
    return Table(spans, tuple("表内数字" if each else _TABLE_LOOK for each in centred))


def _is_row(block: Block | None) -> bool:
    return block is not None and block.kind is BlockKind.ROW


def _spans(row: RenewedRow, kept: PlacedRow | None, table: Table | None) -> tuple[Span, ...]:
    if kept is None:
        return table.spans if table else (WHOLE,)
    filled = {span[0] for span, text in zip(kept.spans, kept.row.texts, strict=True) if text}
    if table and (row.block is not None or len(filled) > 1) and filled <= {left for left, _ in table.spans}:
        return table.spans
    single = all(left == right for left, right in kept.spans)
    return (WHOLE,) if single and filled <= {WHOLE[0]} else kept.spans


def _texts_at(kept: PlacedRow, spans: Sequence[Span]) -> tuple[str, ...]:
    texts = {span[0]: text for span, text in zip(kept.spans, kept.row.texts, strict=True)}
    return tuple(texts.get(left, "") for left, _ in spans)


def _looks(row: RenewedRow, spans: Sequence[Span], table: Table | None) -> tuple[str, ...]:
    block = row.block
    if block is not None and block.kind is not BlockKind.ROW:
        return (_look(block, row.state),) * len(spans)
    if block is not None and block.head:
        return ("表头",) * len(spans)
    if table is not None and tuple(spans) == table.spans:
        return table.looks
    return (_TABLE_LOOK if len(spans) > 1 else "正文",) * len(spans)


def _look(block: Block, state: RowState) -> str:
    if block.kind is BlockKind.HEADING:
        return _LEVELS.get(block.level, "三级标题")
    if block.kind is BlockKind.PARAGRAPH:
        return "待完善" if state is RowState.PENDING else "正文"
    return _KINDS[block.kind]


def _numbers(texts: Sequence[str]) -> bool:
    return all(text.strip("（）()").isdigit() for text in texts if text)


def _chart_rows(height: float) -> tuple[float, ...]:
    rows = int(height // 400) + 1
    return (round(height / rows, 1),) * rows


def chart_height(key: str, points: int) -> float:
    """Return how high a chart with so many categories is drawn, in points; it fits on one page."""
    return 225.0 if key == CHART_KEYS["得分"] else min(600.0, 90.0 + 34.0 * points)
