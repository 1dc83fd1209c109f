"""What the installed package carries for worksheet functions."""

from __future__ import annotations

from pathlib import Path

ADDIN = "selfeval-functions.xlam"
"""The add-in with the functions; Excel's functions work with nothing else, the buttons without it."""
CARRIED = Path(__file__).with_name("built")
"""The folder that ``toolkit.functions.build`` fills."""


def functions_addin() -> Path:
    """Return the add-in that an installer copies where the officer wants the functions."""
    return CARRIED / ADDIN
