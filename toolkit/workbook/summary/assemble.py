"""Sheets put together: XlsxWriter writes the frame, the rows go between its lines into the package as they come.

Rows that were made when the forms were read need nothing but their numbers and the place of their file, so that a summary
of thousands of forms costs little more than compressing it, and no more memory than one row.
"""

from __future__ import annotations

import contextlib
import io
import re
import tempfile
import warnings
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from toolkit.collect.table import Kind, Ready, Row, Table
from toolkit.problem import Unwritable
from toolkit.workbook.styles import Styles, lines_of
from toolkit.workbook.summary.cells import FIRST_LOOK, LOOKS, ROW, STYLE, Made, Rows, attribute, made_now, placed
from toolkit.workbook.summary.page import write_frame

_MADE = datetime(2026, 1, 1)
_MARK = 1_000_000
"""Row where filter and print area of the first sheet end in the frame; it stands for the last row until that is known."""
_MOST_ROWS = 999_000
"""Rows that a sheet may have; Excel has 1,048,576 and none is to be taken for a mark."""
_MOST_LINKS = 65_000
"""Links that a sheet may have; further ones stay texts."""
_LEVEL = 1
"""Rows are so much alike that more work on them saves next to nothing."""
_CHUNK, _AHEAD = 1 << 20, 4
_SHEET, _RELATIONS, _BOOK = "xl/worksheets/sheet{}.xml", "xl/worksheets/_rels/sheet{}.xml.rels", "xl/workbook.xml"
_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_LINKS = re.compile(rb"<hyperlinks>.*</hyperlinks>")
_STYLES = re.compile(rb'\x01" s="(\d+)"')
_ROW = ROW.encode()
_LINKED, _UNLINKED = (f'{ROW}" s="{STYLE[look]}"'.encode() for look in ("link", Kind.LONG))
_UNSAFE = {ord(mark): f"%{ord(mark):02X}" for mark in '%# "<>[]^`{}'} | {ord("/"): "\\"}
"""Marks that would end a link or change it; Chinese stays as it is, as in links that Excel makes."""

_After = Callable[[Any, Styles], None]


def write_tables(path: Path, title: str, tables: Sequence[Table], after: _After | None = None) -> None:
    """Write tables as a workbook; the same content gives the same bytes.

    Args:
        path: the file to fill.
        title: goes into its properties.
        tables: its sheets; their rows are asked for once, one table after the other.
        after: adds further sheets, with the XlsxWriter workbook and its formats.

    Raises:
        Unwritable: XlsxWriter refuses something.
    """
    begun = [_begun(table) for table in tables]
    frame, samples = _frame(path, title, begun, after)
    with zipfile.ZipFile(io.BytesIO(frame)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target:
        parts = {entry.filename: entry for entry in source.infolist()}
        # Programs that look at the beginning of a file expect the content types there.
        _copy(source, target, parts.pop("[Content_Types].xml"))
        lasts: dict[int, int] = {}
        with _Beside() as beside:
            for number, (table, rows) in enumerate(begun, 1):
                if rows is not None:
                    sheet = source.read(parts.pop(_SHEET.format(number))).decode()
                    related = parts.pop(_RELATIONS.format(number))
                    filled = _Filled(table, rows, sheet, samples[number - 1], _MARK + number)
                    lasts[number] = filled.write(target, beside, number, related.date_time)
        book = source.read(parts.pop(_BOOK)).decode()
        for number, last in lasts.items():
            book = book.replace(f"${_MARK + number}", f"${last}")
        target.writestr(_entry(_BOOK, parts["xl/styles.xml"].date_time), book)
        for entry in parts.values():
            _copy(source, target, entry)


def _begun(table: Table) -> tuple[Table, Iterator[Row | Ready] | None]:
    """Return a table with its rows, ``None`` for the rows of one that has none."""
    rows = (row for row in table.rows if not isinstance(row, Ready) or row.text)
    first = next(rows, None)
    return table, None if first is None else chain([first], rows)


def _frame(path: Path, title: str, begun: Sequence[tuple[Table, object]], after: _After | None) -> tuple[bytes, list[int]]:
    made = io.BytesIO()
    try:
        with warnings.catch_warnings(), contextlib.closing(xlsxwriter.Workbook(made, {"in_memory": True})) as book:
            # The library warns and goes on where a value does not fit; nothing may be left out in silence.
            warnings.simplefilter("error")
            book.set_properties({"title": title, "created": _MADE})
            styles = Styles(book)
            samples = [
                write_frame(book, styles, table, None if rows is None else _MARK + number)
                for number, (table, rows) in enumerate(begun, 1)
            ]
            if after is not None:
                after(book, styles)
    except XlsxWriterException as error:
        raise Unwritable(path, f"写不成：{error}", "请换一个位置再试") from error
    return made.getvalue(), samples


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    target.writestr(_entry(entry.filename, entry.date_time), source.read(entry))


def _entry(name: str, date_time: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public only from Python 3.13 on
    entry.external_attr = 0o600 << 16
    return entry


class _Filled:
    """A sheet whose rows take the place of the samples."""

    def __init__(self, table: Table, rows: Iterator[Row | Ready], sheet: str, sample: int, mark: int) -> None:
        self._table, self._rows, self._mark = table, rows, mark
        self._row, self._links = sample, 0
        self._relations: dict[str, str] = {}
        start = sheet.index(f'<row r="{sample}"')
        end = sheet.index("</row>", start) + len("</row>")
        self._styles = _restyled(sheet[start:end])
        # How far the sheet goes is not known yet where it would stand; programs find out.
        self._head, self._tail = re.sub(r"<dimension [^>]*/>", "", sheet[:start]), sheet[end:]

    def write(self, target: zipfile.ZipFile, beside: _Beside, number: int, date_time: tuple[int, int, int, int, int, int]) -> int:
        """Give sheet and relationships to be written and return the last row."""
        part = _Part(target, _entry(_SHEET.format(number), date_time))
        try:
            with tempfile.SpooledTemporaryFile(1 << 24) as links:
                self._write_rows(partial(beside.do, part.write), links)
                beside.do(part.write, self._end(links))
            beside.do(part.close)
        except BaseException:
            beside.stop()
            with contextlib.suppress(OSError):
                part.close()
            raise
        if self._links:
            beside.do(target.writestr, _entry(_RELATIONS.format(number), date_time), _relationships(self._relations))
        return self._row - 1

    def _write_rows(self, write: Callable[[bytes], object], links: IO[bytes]) -> None:
        waiting, linking, size = [self._head.encode()], [], 0
        for rows, linked, count in self._made():
            numbers = [b"%d" % number for number in range(self._row, self._row + len(rows))]
            if count:
                if self._links + count <= _MOST_LINKS:
                    self._links += count
                else:
                    rows, linked = self._counted(rows, linked)
                linking += [links.replace(_ROW, number) for links, number in zip(linked, numbers, strict=True) if links]
            if self._styles:
                rows = [_STYLES.sub(self._styled, row) for row in rows]
            numbered = b"".join([row.replace(_ROW, number) for row, number in zip(rows, numbers, strict=True)])
            waiting.append(numbered)
            size += len(numbered)
            if size > _CHUNK:
                write(b"".join(waiting))
                links.write(b"".join(linking))
                waiting, linking, size = [], [], 0
            self._row += len(rows)
        write(b"".join(waiting))
        links.write(b"".join(linking))

    def _counted(self, rows: Sequence[bytes], linked: Sequence[bytes]) -> tuple[Sequence[bytes], Sequence[bytes]]:
        """Count links; rows whose links a sheet cannot have any more show them as texts."""
        kept_rows, kept = [], []
        for row, links in zip(rows, linked, strict=True):
            self._links += links.count(b"<")
            over = links and self._links > _MOST_LINKS
            kept_rows.append(row.replace(_LINKED, _UNLINKED) if over else row)
            kept.append(b"" if over else links)
        return kept_rows, kept

    def _made(self) -> Iterator[Made]:
        maker = Rows(self._table.columns)
        file_lines = lru_cache(16)(lines_of)
        for row in self._rows:
            if self._row > _MOST_ROWS:
                left = 1 + sum(1 for _ in self._rows)
                told = f"一张工作表放不下，后面还有 {left} 份内容没有列出；全部内容请用 --format csv 导出。"
                yield made_now((told,), maker, self._relation)
                return
            yield placed(row, self._relation, file_lines) if isinstance(row, Ready) else made_now(row, maker, self._relation)

    def _relation(self, file: str) -> str:
        return self._relations.setdefault(file, f"rId{len(self._relations) + 1}")

    def _styled(self, found: re.Match[bytes]) -> bytes:
        return b'\x01" s="%s"' % self._styles[found[1]]

    def _end(self, links: IO[bytes]) -> bytes:
        links.seek(0)
        linked = b"<hyperlinks>%s</hyperlinks>" % links.read() if self._links else b""
        return _LINKS.sub(lambda _: linked, self._tail.replace(str(self._mark), str(self._row - 1)).encode())


class _Part:
    """An entry of a package that is opened when its first bytes are written."""

    def __init__(self, target: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        self._target, self._entry = target, entry
        self._part: IO[bytes] | None = None

    def write(self, data: bytes) -> None:
        if self._part is None:
            self._part = self._target.open(self._entry, "w")
        self._part.write(data)

    def close(self) -> None:
        if self._part is not None:
            self._part.close()


class _Beside:
    """A thread that compresses and writes, one thing after the other; what goes wrong there is raised here."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._waiting: deque[Future[object]] = deque()

    def __enter__(self) -> _Beside:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        # Whatever went wrong, no entry may be open any more when the package is closed.
        self.stop()
        while kind is None and self._waiting:
            self._waiting.popleft().result()

    def do(self, task: Callable[..., object], *given: object) -> None:
        """Have something done after all that was asked for before; wait where that is too much."""
        self._waiting.append(self._thread.submit(task, *given))
        if len(self._waiting) > _AHEAD:
            self._waiting.popleft().result()

    def stop(self) -> None:
        """Wait for what was asked for, the end of every entry that was begun among it."""
        self._thread.shutdown(wait=True)


def _relationships(relations: Mapping[str, str]) -> str:
    lines = (
        f'<Relationship Id="{name}" Type="{_TYPE}" Target="{target_of(file)}" TargetMode="External"/>'
        for file, name in relations.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="{_PACKAGE}">{"".join(lines)}</Relationships>'


def _restyled(samples: str) -> dict[bytes, bytes]:
    """Return what the looks are called in this workbook, nothing where they are called as expected."""
    found = re.findall(rb' s="(\d+)"', samples.encode())
    expected = [b"%d" % (FIRST_LOOK + place) for place in range(len(LOOKS))]
    return {} if found == expected else dict(zip(expected, found, strict=True))


def target_of(file: str) -> str:
    """Return the target of a link to a file, its path from the summary, so that both may be moved together."""
    path = file.translate(_UNSAFE)
    away = path.startswith("\\\\") or (path[1:2] == ":" and path[0].isalpha())
    return attribute(f"file:///{path}" if away else path.removeprefix(".\\"))

