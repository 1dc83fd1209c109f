"""What a form says, by field, to be compared whole."""

from collections.abc import Iterator
from pathlib import Path

from tests.intake.foreign.layouts import FUND_HEADINGS, HEADINGS
from toolkit.core.form import Form
from toolkit.intake.interchange import read_interchange

CASES = Path(__file__).parents[2] / "cases"
REFERENCE = Path(__file__).parents[2] / "reference"
SHENZHEN = REFERENCE / "shenzhen-2021-forms.txt"
SHENZHEN_CASES = tuple(str(number) for number in range(101, 109))


def case(name: str) -> Form:
    """Return a published form as it was transcribed."""
    return read_interchange(CASES / f"{name}.json").form


def fields(form: Form) -> Iterator[tuple[str, str]]:
    """Yield every field that a form shows, blank ones included."""
    for name in ("project_name", "department", "implementing_unit", "expected_goal", "achieved_goal"):
        yield name, getattr(form, name).text
    yield "unit", form.currency_unit
    for place, line in enumerate(form.funds):
        yield from ((f"fund {place} {name}", getattr(line, name).text) for name in ("kind", *FUND_HEADINGS))
    for place, row in enumerate(form.indicators):
        yield from ((f"row {place} {name}", getattr(row, name).text) for name in HEADINGS)
    yield "total_weight", form.total_weight.text
    yield "total_score", form.total_score.text
    yield "grade", form.grade.text


def whole(form: Form) -> dict[str, str]:
    """Return every field of a form with the project's amount."""
    return {**dict(fields(form)), "project_amount": form.project_amount.text}
