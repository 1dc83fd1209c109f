"""报告要素: the facts that stand in no form, what each may hold, and how it is read."""

from toolkit.core.facts.catalogue import BASIS, Fact, FactGroup, FactKind, FactTable, fact_groups, find_fact, find_table
from toolkit.core.facts.reading import (
    STATE_COLUMN,
    TICKED,
    UNCONFIRMED,
    Facts,
    Tables,
    confirmed_rows,
    fact_items,
    facts_of_unit,
    is_ticked,
    is_unconfirmed,
    problem_of,
)

__all__ = [
    "BASIS",
    "STATE_COLUMN",
    "TICKED",
    "UNCONFIRMED",
    "Fact",
    "FactGroup",
    "FactKind",
    "FactTable",
    "Facts",
    "Tables",
    "confirmed_rows",
    "fact_groups",
    "fact_items",
    "facts_of_unit",
    "find_fact",
    "find_table",
    "is_ticked",
    "is_unconfirmed",
    "problem_of",
]
