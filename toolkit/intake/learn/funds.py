"""项目资金 of a blank form: its rows, its name, and the points of 预算执行率."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.core.scheme import statement as at
from toolkit.intake.foreign import How
from toolkit.intake.foreign.columns import Columns
from toolkit.intake.foreign.model import ForeignGrid, Piece
from toolkit.intake.foreign.words import find_word, is_word
from toolkit.intake.learn.layout import fund_name, heading_text
from toolkit.intake.learn.model import Notebook
from toolkit.intake.learn.texts import spelled

POINTS = re.compile(r"[(\[]\[?(?:权重|分值|满分|共)?:?(\d{1,3}(?:\.\d+)?)\]?(?:分|%)?(?:\*[^)\]]*)?[)\]]")
"""Points in brackets behind a name: (50分), (权重20%), (20分*执行率)."""
_UNITS = re.compile(r"\((?:单位:)?万?元\)")
_SUB = re.compile(r"^其中\s*[:：]?\s*")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d+)?分?")


def read_fund_rows(grid: ForeignGrid, funds: Columns, last: int, book: Notebook) -> int:
    """Note the rows of 项目资金 and the points of 预算执行率; return the last row of the table."""
    amounts = min(column.first for name, column in funds.fields.items() if name != "kind")
    rows: list[Piece] = []
    bottom = funds.bottom
    for row in grid.rows_between(funds.bottom + 1, last):
        pieces = grid.row(row)
        if _ends(pieces):
            break
        names = [piece for piece in pieces if piece.last_column < amounts and not _frames(piece, funds)]
        if not names:
            continue
        rows.append(names[-1])
        bottom = row
        book.use(pieces)
    if rows:
        texts = _names([heading_text(piece.text).rstrip("：:") for piece in rows])
        book.claim(at.FUND_ROWS, at.LINES.join(texts), rows[0])
        _execution(grid, funds, rows[0], book)
    frame = next((grid.at(funds.top, column) for column in range(1, amounts) if _is_frame(grid, funds, column)), None)
    if frame is not None:
        _name_table(frame, book)
    score = funds.fields.get("score")
    if score is not None and (found := POINTS.search(spelled(score.heading.text))):
        book.claim(at.EXECUTION, found[1], score.heading)
    return bottom


def _names(texts: list[str]) -> Iterator[str]:
    """Yield the rows' names; 其中 stays only where parts of parts are listed, the template prints the first itself."""
    subs = [place for place, text in enumerate(texts) if text.startswith("其中")]
    whole = subs not in ([], [1])
    for text in texts:
        yield text if whole else _SUB.sub("", text) or text


def _execution(grid: ForeignGrid, funds: Columns, total: Piece, book: Notebook) -> None:
    column = funds.fields.get("weight")
    cell = grid.at(total.row, column.first) if column is not None else None
    if cell is not None and _NUMBER.fullmatch(spelled(cell.text)):
        book.claim(at.EXECUTION, spelled(cell.text).removesuffix("分"), cell)


def _name_table(frame: Piece, book: Notebook) -> None:
    text = _UNITS.sub("", spelled(frame.text))
    if found := POINTS.search(text):
        book.claim(at.EXECUTION, found[1], frame)
    name = fund_name(frame.text)
    if name != "项目资金":
        book.claim(f"{at.LABEL}项目资金", name, frame, How.ALIAS, 0.95)
    book.use([frame])


def _is_frame(grid: ForeignGrid, funds: Columns, column: int) -> bool:
    piece = grid.at(funds.top, column)
    return piece is not None and piece not in funds.pieces and _frames(piece, funds)


def _frames(piece: Piece, funds: Columns) -> bool:
    """Tell whether a cell is the table's name at its left side: it begins beside the headings or spans several rows."""
    kind = funds.fields.get("kind")
    return (piece.row <= funds.bottom or piece.rows > 1 or is_word(piece.text, "label", "other")) and (
        kind is None or piece != kind.heading
    )


def _ends(pieces: list[Piece]) -> bool:
    for piece in pieces:
        match = find_word(piece.text, "label")
        if match is not None and match.field in ("goal", "expected", "achieved", "project_name", "implementing_unit"):
            return True
    return sum(find_word(piece.text, "indicator") is not None for piece in pieces) >= 3
