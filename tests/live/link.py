"""The line from the engine to LibreOffice: every call is counted, and one of them can be made to fail."""

from collections import Counter
from typing import Any

from tests.office.bench import Office


class Injected(RuntimeError):
    """The failure that a test asked for; the message names the call."""


class Link:
    """Sends the engine's calls to one LibreOffice.

    Attributes:
        calls: how often each method was called since the last ``restart``.
        fail_at: the number of the call (from 1, since ``restart``) that shall fail instead of being made; 0 for none.
    """

    def __init__(self, office: Office) -> None:
        """Talk to ``office``."""
        self._office = office
        self.calls: Counter[str] = Counter()
        self.fail_at = 0

    def restart(self, fail_at: int = 0) -> None:
        """Begin counting anew."""
        self.calls.clear()
        self.fail_at = fail_at

    def ask(self, method: str, *arguments: Any) -> Any:
        """Make one call.

        Raises:
            Injected: it was this call's turn to fail.
            OfficeError: LibreOffice refused, or Excel would have.
        """
        self.calls[method] += 1
        if self.calls.total() == self.fail_at:
            raise Injected(f"call {self.fail_at}, {method}")
        return self._office.ask(method, *arguments)
