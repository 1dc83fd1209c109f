"""A module of a VBA project: a .bas text, or what stands behind a sheet or the workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

LONGEST_LINE = 1023
"""Characters the VBA editor takes in a line."""


class Kind(Enum):
    """What a module is, with the class it is based on."""

    STANDARD = ""
    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    SHEET = "0{00020820-0000-0000-C000-000000000046}"


@dataclass(frozen=True, slots=True)
class Module:
    """A module.

    Attributes:
        name: ASCII, at most 31 characters; for a sheet or the workbook its code name.
        body: the text below the attributes, with LF; nothing for a sheet.
    """

    name: str
    kind: Kind
    body: str = ""

    def __post_init__(self) -> None:
        """Refuse what another code page or the VBA editor would change or not take.

        Raises:
            ValueError: a name that is none, a character outside ASCII, or a line too long.
        """
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,30}", self.name):
            raise ValueError(f"{self.name} is not the name of a module")
        if not re.fullmatch(r"[\t\n -~]*", self.body):
            raise ValueError(f"{self.name} holds a character outside ASCII")
        if any(len(line) > LONGEST_LINE for line in self.body.split("\n")):
            raise ValueError(f"{self.name} has a line of more than {LONGEST_LINE} characters")

    @property
    def source(self) -> str:
        """Return the text as the project stores it: attributes first, CRLF after each line."""
        lines = [f'Attribute VB_Name = "{self.name}"']
        if self.kind is not Kind.STANDARD:
            lines += [
                f'Attribute VB_Base = "{self.kind.value}"',
                "Attribute VB_GlobalNameSpace = False",
                "Attribute VB_Creatable = False",
                "Attribute VB_PredeclaredId = True",
                "Attribute VB_Exposed = True",
                "Attribute VB_TemplateDerived = False",
                "Attribute VB_Customizable = True",
            ]
        return "\r\n".join([*lines, *self.body.splitlines()]) + "\r\n"


def read_module(path: Path) -> Module:
    """Read a .bas file as the VBA editor exports it.

    Raises:
        ValueError: it does not begin with its name, or the name is not that of the file.
    """
    head, _, body = path.read_text(encoding="ascii").partition("\n")
    if head != f'Attribute VB_Name = "{path.stem}"':
        raise ValueError(f"{path.name} must begin with: Attribute VB_Name = \"{path.stem}\"")
    return Module(path.stem, Kind.STANDARD, body)


def document_modules(sheets: int) -> list[Module]:
    """Return the modules behind a workbook and its sheets: ThisWorkbook, Sheet1, Sheet2, …"""
    return [Module(WORKBOOK_NAME, Kind.WORKBOOK), *(Module(sheet_name(number), Kind.SHEET) for number in range(1, sheets + 1))]


WORKBOOK_NAME = "ThisWorkbook"
"""Code name of the workbook."""


def sheet_name(number: int) -> str:
    """Return the code name of a sheet, counted from 1."""
    return f"Sheet{number}"
