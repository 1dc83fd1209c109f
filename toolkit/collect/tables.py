"""All sheets of the summary in their order, and the counts its charts show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from toolkit.collect.collected import Changes, Collected
from toolkit.collect.record import UNCHECKED
from toolkit.collect.sheets import findings_table, rows_table, sources_table, summary_table, units_table
from toolkit.collect.sheets_beside import (
    failures_table,
    ledger_table,
    roll_table,
    samples_table,
    texts_table,
    versions_table,
)
from toolkit.collect.sheets_years import years_table
from toolkit.collect.table import Table

_MOST = 10


def tables_of(found: Collected, changes: Changes) -> Sequence[Table]:
    """Return the sheets in their order."""
    return (
        summary_table(found),
        rows_table(found),
        findings_table(found),
        units_table(found),
        *([years_table(found)] if len(found.years) > 1 else ()),
        roll_table(found),
        versions_table(found, changes),
        failures_table(found),
        ledger_table(found),
        samples_table(found),
        texts_table(found),
        sources_table(found),
    )


def grade_counts(found: Collected) -> Sequence[tuple[str, int]]:
    """Return how many projects of the newest year have each grade, the best first as the schemes order them."""
    order = [grade.name for scheme in found.schemes.values() for grade in scheme.grades]
    counts = dict(found.wholes[-1].grades)
    return [(grade, counts[grade]) for grade in dict.fromkeys([*order, *counts]) if grade in counts]


def frequent_findings(found: Collected) -> Sequence[tuple[str, int]]:
    """Return the findings that stand on most forms, with the number of forms; what could not be checked is left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for project in found.projects:
        told = {(code, title) for code, title, severity, _ in project.chosen.head.tally if severity != UNCHECKED}
        counts.update(told)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(f"{code} {title}", number) for (code, title), number in ranked[:_MOST]]
