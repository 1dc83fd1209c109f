"""What the installed package carries of macros/: the add-in, and the modules of workbooks with buttons."""

from __future__ import annotations

from pathlib import Path

from toolkit.addin.module import Module, read_module

CARRIED = Path(__file__).with_name("built")
"""The folder that ``toolkit.addin.build`` fills."""
ON_SHEETS = ("SelfevalBridge", "SelfevalButtons", "SelfevalFormulas", "SelfevalStart", "SelfevalWords")
"""The modules of a workbook whose buttons stand on its sheets."""


def sheet_modules() -> list[Module]:
    """Return the modules of a workbook with buttons on its sheets."""
    return [read_module(CARRIED / f"{name}.bas") for name in ON_SHEETS]


def addin_file() -> Path:
    """Return the add-in that an installer copies."""
    return CARRIED / "selfeval.xlam"
