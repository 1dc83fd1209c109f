"""What the program cannot do: a file that cannot be read or written, in one Chinese sentence."""

from __future__ import annotations

from pathlib import Path


class Problem(Exception):
    """Something outside the program is in the way.

    Attributes:
        reason: what is wrong with the file, a Chinese clause that follows its name.
        remedy: how to put it right, a Chinese clause.
    """

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        """Name the file, the reason and the remedy; the text joins them to one sentence."""
        super().__init__(f"“{Path(path).name}”{reason}；{remedy}。")
        self.reason = reason
        self.remedy = remedy


class Unreadable(Problem):
    """A source cannot be read as a form."""


class Unwritable(Problem):
    """A result cannot be written where it was asked for."""
