"""Forms as they were collected, made from the tables an officer sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.collect.bureau import Form
from toolkit.checks import make_case
from toolkit.checks.answers import Answer
from toolkit.checks.review import answer_reviews, review_form
from toolkit.collect import Details, Entry, record_form
from toolkit.collect.table import Ready
from toolkit.core.scheme import load_schemes
from toolkit.intake.interchange import parse_interchange

SCHEMES = load_schemes()


class Shelf:
    """A library that keeps the details of what it recorded."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._details: dict[str, Details] = {}

    def entry(self, file: str, form: Form, answers: Sequence[Answer] = ()) -> Entry:
        """Record a form found in a file."""
        parsed = parse_interchange(form, Path(file)).form
        review = review_form(make_case(parsed, SCHEMES[form["scheme"]]))
        (answered,) = answer_reviews([review], answers)
        head, details = record_form(answered, answers, "无校验码")
        self._details[file] = details
        return Entry(file, file, file, 0, file, head)

    def details(self, entry: Entry) -> Details:
        """Return findings and indicators of a form."""
        return self._details[entry.key]

    def ready(self, entries: Iterable[Entry], sheet: str) -> Iterator[Ready | None]:
        """Yield nothing for any: no rows were made ahead."""
        return (None for _ in entries)
