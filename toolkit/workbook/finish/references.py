"""Formulas taken apart: the cells they refer to, the functions they call, and both rewritten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from toolkit.core.letters import column_letters, column_number

# A name may hold anything but these; Chinese sheet names stand without quotes.
_NAME = r"[^\W\d][\w.?\\]*"
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_TOKEN = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>(?:'(?:[^']|'')+'|(?:\[\d+\])?[^\W\d][\w.]*(?::[^\W\d][\w.]*)?|\[\d+\])!)?
    (?: (?P<first>{_CELL})(?::(?P<second>{_CELL}))?(?![\w.(!])
      | (?P<rows>\$?[1-9]\d*:\$?[1-9]\d*)(?![\w.])
      | (?P<columns>\$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}})(?![\w.(!])
      | (?P<error>\#(?:REF!|NAME\?|N/A|VALUE!|DIV/0!|NULL!|NUM!))
      | (?P<call>{_NAME})(?=\()
      | (?P<name>{_NAME}) )
  | (?P<table>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
  | (?P<number>\d+(?:\.\d*)?(?:[Ee][+-]?\d+)?)
    """,
    re.VERBOSE,
)
_CALLED = re.compile(rf"{_NAME}(?=\()")
_CORNER = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")

_ONE = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9]\d{0,6})"
_PLAIN = re.compile(rf"(?<![\w.$]){_ONE}(?::{_ONE})?(?![\w.(])")
"""A cell or a range, in a formula that has nothing of :data:`_INVOLVED`."""
_INVOLVED = re.compile(r"[!\[\]'#?\\]|(?<!\d):|:(?!\$?[A-Za-z]{1,3}\$?[1-9])")
"""Signs of other sheets, whole rows, tables, errors and odd names; most formulas have none and are read far faster."""


class Gone(Exception):
    """A formula needs a cell that is no longer there."""


@dataclass(frozen=True, slots=True)
class Corner:
    """One cell of a reference, with its dollar signs."""

    fixed_column: str
    column: str
    fixed_row: str
    row: int

    def __str__(self) -> str:
        """Return it as formulas write it."""
        return f"{self.fixed_column}{self.column}{self.fixed_row}{self.row}"

    def moved(self, rows: int, columns: int) -> Corner:
        """Return the corner as it reads in a cell so many rows below and columns right; fixed ones stay.

        Raises:
            Gone: it would lie outside the sheet.
        """
        row = self.row if self.fixed_row else self.row + rows
        column = self.column if self.fixed_column else _moved_column(self.column, columns)
        if row < 1:
            raise Gone(str(self))
        return Corner(self.fixed_column, column, self.fixed_row, row)


def corner(text: str) -> Corner:
    """Read a cell such as $A12."""
    found = _CORNER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Corner(found[1], found[2], found[3], int(found[4]))


def rewritten(formula: str, change: Callable[[str, Corner, Corner | None], str], rows: Callable[[str, str], str]) -> str:
    """Return a formula with every reference to cells rewritten.

    Args:
        formula: as the file holds it.
        change: gives a reference anew, from the sheet it names ("" for none) and its corners.
        rows: gives whole rows (3:5) anew, from the sheet they name.
    """

    def one(found: re.Match[str]) -> str:
        prefix = found["sheet"] or ""
        if found["first"]:
            second = corner(found["second"]) if found["second"] else None
            return prefix + change(sheet_named(prefix), corner(found["first"]), second)
        if found["rows"]:
            return prefix + rows(sheet_named(prefix), found["rows"])
        return found[0]

    def plain(found: re.Match[str]) -> str:
        first, second = found.groups()[:4], found.groups()[4:]
        end = Corner(second[0], second[1], second[2], int(second[3])) if second[3] else None
        return change("", Corner(first[0], first[1], first[2], int(first[3])), end)

    pieces = formula.split('"')
    if len(pieces) % 2 == 0 or _INVOLVED.search(formula):
        return _TOKEN.sub(one, formula)
    # What stands between quotation marks, every other piece, is text.
    pieces[::2] = [_PLAIN.sub(plain, piece) for piece in pieces[::2]]
    return '"'.join(pieces)


def translated(formula: str, rows: int, columns: int) -> str:
    """Return a formula as it reads when it is filled so many rows down and columns right.

    Raises:
        Gone: a reference would lie outside the sheet.
    """

    def change(_: str, first: Corner, second: Corner | None) -> str:
        start = str(first.moved(rows, columns))
        return start if second is None else f"{start}:{second.moved(rows, columns)}"

    def whole(_: str, text: str) -> str:
        ends = (end if end.startswith("$") else str(int(end) + rows) for end in text.split(":"))
        return ":".join(ends)

    return rewritten(formula, change, whole) if rows or columns else formula


@lru_cache(maxsize=256)
def sheet_named(prefix: str) -> str:
    """Return the sheet of a prefix such as '自评表 (2)'!, "" for none; a range of sheets keeps its colon."""
    bare = prefix.removesuffix("!")
    return bare[1:-1].replace("''", "'") if bare.startswith("'") else bare


def sheets_in(formula: str) -> Iterator[str]:
    """Yield the sheets a formula names."""
    if "!" in formula:
        yield from (sheet_named(found["sheet"]) for found in _TOKEN.finditer(formula) if found["sheet"])


def names_in(formula: str) -> Iterator[str]:
    """Yield the defined names a formula uses (and words that only look like one)."""
    yield from (found["name"] for found in _TOKEN.finditer(formula) if found["name"])


def calls_in(formula: str) -> Iterator[str]:
    """Yield the functions a formula calls."""
    yield from (found["call"] for found in _TOKEN.finditer(formula) if found["call"])


def reads_other_files(formula: str) -> bool:
    """Tell whether a formula refers to another workbook: [1]Sheet1!A1."""
    if "[" not in formula:
        return False
    return any("[" in (found["sheet"] or "") for found in _TOKEN.finditer(formula))


def unknown_calls(formula: str) -> list[str]:
    """Return the functions that no spreadsheet program knows: they lived in a macro or an add-in."""
    # What stands before a bracket is a call, or only looks like one inside a text: without any odd one no closer look is needed.
    if all(map(_is_native, called(formula))):
        return []
    return [call for call in calls_in(formula) if not _is_native(call)]


def called(text: str) -> list[str]:
    """Return every word before a bracket in one or more formulas, those inside of texts included."""
    return _CALLED.findall(text)


@lru_cache(maxsize=1024)
def _is_native(call: str) -> bool:
    upper = call.upper()
    return upper.startswith(("_XLFN.", "_XLWS.", "COM.SUN.STAR.", "ORG.")) or upper in _natives()


@lru_cache(maxsize=1)
def _natives() -> frozenset[str]:
    text = files("toolkit.workbook.finish").joinpath("functions.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def _moved_column(letters: str, columns: int) -> str:
    number = column_number(letters.upper()) + columns
    if number < 1:
        raise Gone(letters)
    return column_letters(number)
