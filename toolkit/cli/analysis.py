"""The tables of a collection for analysts: one file each, typed, as Parquet or CSV, with a page that says what is in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.collect.table import Column, Kind, Link, Ready, Row, Table, Value
from toolkit.problem import Unwritable
from toolkit.workbook.save import write_atomically

if TYPE_CHECKING:
    import pandas as pd

_DIGITS, _PLACES = 38, 10
"""Digits of a decimal number and those behind its point: amounts to the fen, scores and rates as they were computed."""
_EXACT = Context(prec=_DIGITS, rounding=ROUND_HALF_EVEN, traps=[])
_CHUNK = 10_000
"""Rows that are in memory at once."""
_AS_TYPED = "（原文）"
_README = "字段说明.md"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?")
_STARTS = tuple("=+-@＝＋－＠\t\r\n")
"""What makes a spreadsheet program take the text of a CSV file for a formula."""


class _Type(StrEnum):
    """What an analyst gets in a column."""

    TEXT = "文字"
    COUNT = "整数"
    NUMBER = "小数"


_TYPES = {Kind.COUNT: _Type.COUNT, **dict.fromkeys((Kind.MONEY, Kind.RATE, Kind.SCORE, Kind.POINTS), _Type.NUMBER)}
_MEANINGS = {
    Kind.MONEY: "元",
    Kind.RATE: "比率，0.96 即 96%",
    Kind.SCORE: "分",
    Kind.POINTS: f"分；填的不是数的为空，文字见“{_AS_TYPED}”一列",
}


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of a file.

    Attributes:
        place: that of the column it comes from.
        typed: it holds the text in the place of a number.
    """

    name: str
    type: _Type
    place: int
    meaning: str
    typed: bool = False


def write_analysis(folder: Path, tables: Sequence[Table], form: str) -> list[str]:
    """Write every table as a file of its own and say in ``字段说明.md`` what is in them.

    Args:
        folder: made where there is none; other files in it stay.
        tables: their rows are asked for once, one table after the other.
        form: ``csv`` or ``parquet``.

    Returns:
        The names of the files.

    Raises:
        Unwritable: the folder or a file cannot be written, or Parquet is not installed.
    """
    if form == "parquet":
        _must_have_arrow(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unwritable(folder, f"不能用作文件夹（{error.strerror or error}）", "请换一个位置") from error
    counts: dict[str, int] = {}
    write = _write_parquet if form == "parquet" else _write_csv
    for table in tables:
        name = f"{table.name}.{form}"
        counts[name] = 0
        write_atomically(folder / name, partial(_counted, write, table, counts, name))
    write_atomically(folder / _README, partial(_write_readme, tables, counts))
    return [*counts, _README]


def _must_have_arrow(folder: Path) -> None:
    try:
        import pyarrow.parquet  # noqa: F401  # only asked whether it is there
    except ImportError as error:
        raise Unwritable(folder, "写不成 Parquet，没有安装 pyarrow", "请安装 selfeval[analysis]，或改用 --format csv") from error


def _counted(write: Any, table: Table, counts: dict[str, int], name: str, path: Path) -> None:
    counts[name] = write(path, table)


def _fields(columns: Sequence[Column]) -> list[_Field]:
    return list(_each_field(columns))


def _each_field(columns: Sequence[Column]) -> Iterator[_Field]:
    for place, column in enumerate(columns):
        if column.kind is Kind.OWN:
            continue
        kind = _TYPES.get(column.kind, _Type.TEXT)
        yield _Field(column.heading, kind, place, _MEANINGS.get(column.kind, ""))
        if column.kind is Kind.POINTS:
            yield _Field(column.heading + _AS_TYPED, _Type.TEXT, place, "填的不是数时的文字", typed=True)


def _frames(table: Table) -> Iterator[pd.DataFrame]:
    """Yield the table piece by piece, one empty frame for a table without rows."""
    import pandas as pd

    fields = _fields(table.columns)
    rows: Iterable[Row] = (row for row in table.rows if not isinstance(row, Ready))
    source, first = iter(rows), True
    while (chunk := list(islice(source, _CHUNK))) or first:
        first = False
        yield pd.DataFrame({field.name: pd.Series([_value(field, row) for row in chunk], dtype=_dtype(field)) for field in fields})


def _dtype(field: _Field) -> str:
    return {_Type.COUNT: "Int64", _Type.TEXT: "str", _Type.NUMBER: "object"}[field.type]


def _value(field: _Field, row: Row) -> str | int | Decimal | None:
    value: Value = row[field.place]
    if isinstance(value, Link):
        value = value.text
    if field.typed:
        return value if isinstance(value, str) and value else None
    if field.type is _Type.NUMBER:
        return _exact(value) if isinstance(value, int | Decimal) else None
    return None if value == "" else value


def _exact(number: int | Decimal) -> Decimal | None:
    """Return a number with the places of its column, ``None`` where it does not fit."""
    fitted = _EXACT.quantize(Decimal(number), Decimal(1).scaleb(-_PLACES))
    return None if fitted.is_nan() else fitted


def _write_parquet(path: Path, table: Table) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {_Type.TEXT: pa.string(), _Type.COUNT: pa.int64(), _Type.NUMBER: pa.decimal128(_DIGITS, _PLACES)}
    schema = pa.schema([pa.field(field.name, types[field.type]) for field in _fields(table.columns)])
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        for frame in _frames(table):
            writer.write_table(pa.Table.from_pandas(frame, schema, preserve_index=False).replace_schema_metadata(None))
            count += len(frame)
    return count


def _write_csv(path: Path, table: Table) -> int:
    texts = [field.name for field in _fields(table.columns) if field.type is _Type.TEXT]
    numbers = [field.name for field in _fields(table.columns) if field.type is _Type.NUMBER]
    count = 0
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as stream:
        for frame in _frames(table):
            frame[texts] = frame[texts].map(neutral, na_action="ignore")
            frame[numbers] = frame[numbers].map(_plain, na_action="ignore")
            frame.to_csv(stream, index=False, header=not count, lineterminator="\r\n")
            count += len(frame)
    return count


def neutral(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula; a plain number stays one."""
    return f"'{text}" if text.lstrip(" 　").startswith(_STARTS) and not _NUMBER.fullmatch(text) else text


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_readme(tables: Sequence[Table], counts: dict[str, int], path: Path) -> None:
    lines = ["# 字段说明", ""]
    lines += [f"小数是精确的十进制数（{_DIGITS} 位，小数点后 {_PLACES} 位），不是浮点数；空格表示没有填或算不出。"]
    lines += ["CSV 为 UTF-8 编码，用 Excel 可直接打开；以 = + - @ 等开头的文字前面加了 '，以免被当成公式执行，数不受影响。", ""]
    for table, (name, count) in zip(tables, counts.items(), strict=True):
        lines += [f"## {name}（{count} 行）", "", *(note for note in table.notes), "", "| 列 | 类型 | 说明 |", "|---|---|---|"]
        lines += [f"| {field.name} | {field.type.value} | {field.meaning} |" for field in _fields(table.columns)]
        lines.append("")
    path.write_text("\n".join(lines), encoding="utf-8", errors="replace")
