"""报告要素 of next year's form: what holds year after year, what waits to be confirmed, what this year's form said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.carry.suggestions import Suggestion
from toolkit.core.facts import BASIS, STATE_COLUMN, UNCONFIRMED, FactKind, Facts, Tables, find_fact, find_table
from toolkit.core.form import Cell, Form, Line
from toolkit.core.money import fixed
from toolkit.scoring import Scores

DOCUMENTS = "资金依据"
_DESTINATION = "结转结余去向"


def carried_facts(form: Form, scores: Scores) -> Facts:
    """Return the facts of next year's form; dates belong to one year only and are left out."""
    kept = {name: cell.text for name, cell in form.facts.items() if _lasts(name) and not cell.blank}
    return _cells({**kept, **dict(_last_year(form, scores))})


def carried_tables(form: Form, scores: Scores, advice: Sequence[Suggestion]) -> Tables:
    """Return the tables of next year's form: lasting ones, documents to be confirmed, results and advice."""
    kept = {name: [_texts(row) for row in rows] for name, rows in form.tables.items() if _table_lasts(name)}
    documents = [_texts(row) | {STATE_COLUMN: UNCONFIRMED} for row in form.tables.get(DOCUMENTS, ()) if _texts(row)]
    found = kept | {
        DOCUMENTS: documents,
        "上年指标": list(_results(scores)),
        "目标调整建议": [{"所指": each.subject, "上年情况": each.last_year, "建议": each.advice} for each in advice],
    }
    return {name: _rows(name, rows) for name, rows in found.items() if rows}


def _lasts(name: str) -> bool:
    found = find_fact(name)
    if found is None or not found[0].carried:
        return False
    return name.endswith(BASIS) or found[1].kind is not FactKind.DATE


def _table_lasts(name: str) -> bool:
    found = find_table(name)
    return found is not None and found[0].carried


def _last_year(form: Form, scores: Scores) -> Iterator[tuple[str, str]]:
    total = form.fund_total
    budget = None if total is None else form.amount(total.annual_budget)
    executed = None if total is None else form.amount(total.executed)
    if form.year is not None:
        yield "上年年度", str(form.year)
    if budget is not None:
        yield "上年全年预算数", f"{budget:f}"
    if executed is not None:
        yield "上年全年执行数", f"{executed:f}"
    if budget is not None and executed is not None:
        yield "上年未执行数", f"{budget - executed:f}"
    destination = form.facts.get(_DESTINATION)
    if destination is not None and not destination.blank:
        yield "上年结余去向", destination.text.strip()
    yield from _standing(form, scores)


def _standing(form: Form, scores: Scores) -> Iterator[tuple[str, str]]:
    stated = form.total_score.number
    if not scores.filled_any and not stated:
        return
    yield "上年总分", fixed(scores.filled if stated is None else stated)
    grade = form.grade.text.strip()
    if grade:
        yield "上年等级", grade


def _results(scores: Scores) -> Iterator[dict[str, str]]:
    for score in scores.rows:
        row = score.row
        told = {"上年指标值": row.target, "上年完成值": row.actual, "上年得分": row.score}
        texts = {column: cell.text.strip() for column, cell in told.items() if not cell.blank}
        if row.name and texts and not row.not_applicable:
            yield {"三级指标": row.name, **texts}


def _texts(row: Mapping[str, Cell]) -> dict[str, str]:
    return {column: cell.text for column, cell in row.items() if not cell.blank and column != STATE_COLUMN}


def _cells(texts: Mapping[str, str]) -> dict[str, Cell]:
    return {name: Cell(name, text, line=Line.FACTS + place) for place, (name, text) in enumerate(texts.items())}


def _rows(table: str, rows: Sequence[Mapping[str, str]]) -> tuple[Mapping[str, Cell], ...]:
    return tuple(
        {column: Cell(f"{table}第 {number} 行·{column}", text, line=Line.FACTS) for column, text in row.items()}
        for number, row in enumerate(rows, 1)
    )
