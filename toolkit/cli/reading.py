"""Reading one file for a collection, wherever that is done: in a process beside this one or on another machine."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from pathlib import Path

from toolkit.checks import Severity, make_case
from toolkit.checks.review import answer_reviews, review_form
from toolkit.cli.collect_files import FORMS
from toolkit.cli.sources import Schemes, find_schemes, read_anything
from toolkit.cli.store import Kept, Outcome, pack
from toolkit.collect import Details, Head, details_text, head_text, record_form
from toolkit.core.form import Form
from toolkit.guard import Fault, guarded
from toolkit.problem import Problem
from toolkit.workbook.saved import has_part, title_of
from toolkit.workbook.summary.ahead import TITLE, rows_ahead

_CODES, _NO_CODES = "docProps/custom.xml", "无校验码"
_GOALS = "是绩效目标表，没有实际完成值和得分"
OWN = "是以前生成的汇总表"
"""What this program made itself is passed over."""
_TOO_LARGE = "太大，内存装不下"


def get_ready(scheme: str | None) -> None:
    """Load what reading takes: the rules, the schemes, the usual reader."""
    import toolkit.checks.form_rules
    import toolkit.workbook.read  # noqa: F401

    _schemes(scheme)


def read_one(name: str, scheme: str | None) -> Outcome:
    """Read, score and check a file; whatever is wrong with it is its own outcome."""
    path = Path(name)
    counted = path.suffix.lower() in FORMS
    if title_of(path) == TITLE:
        return Outcome(reason=OWN, ask="不需要处理", counted=False)
    try:
        return guarded(partial(_recorded, path, scheme))
    except Problem as problem:
        return Outcome(reason=problem.reason, ask=problem.remedy, counted=counted)
    except Fault as fault:
        if isinstance(fault.__cause__, MemoryError):
            return Outcome(reason=_TOO_LARGE, ask="请删去表外多余的内容和图片，另存后再试", counted=counted, lasting=False)
        return Outcome(reason=str(fault).rstrip("。"), ask="请先换一份文件；仍不行的，把日志发给维护人员", lasting=False)


def _recorded(path: Path, wanted: str | None) -> Outcome:
    source, goals = read_anything(path)
    if goals:
        return Outcome(reason=_GOALS, ask="请报送填好的自评表", counted=False)
    state = _state(path)
    forms, errors, warnings = [], 0, 0
    for form in source.forms:
        scheme, reason = _schemes(wanted).choose(form)
        review = review_form(make_case(form, scheme, report=source.reports.get(form.sheet or "")), reason=reason)
        (answered,) = answer_reviews([review], source.answers)
        head, details = record_form(answered, source.answers, state)
        forms.append(_kept(head, details))
        errors, warnings = errors + head.number_of(Severity.ERROR), warnings + len(head.waiting)
    return Outcome(tuple(forms), errors=errors, warnings=warnings)


def _kept(head: Head, details: Details) -> Kept:
    pieces = {sheet: pack(rows) for sheet, rows in rows_ahead(head, details).items()}
    return Kept(head_text(head), pack(details_text(details)), pieces)


@lru_cache(maxsize=1)
def _schemes(wanted: str | None) -> Schemes:
    return find_schemes(wanted)


def _state(path: Path) -> str:
    # Only what was exported as final carries codes; the others need not be read again to say so.
    if not has_part(path, _CODES):
        return _NO_CODES
    from toolkit.workbook.finish import verify_file

    return verify_file(path).state.value


def read_changes(places: tuple[tuple[str, int], ...]) -> str:
    """Compare two forms, given by file and position, and return what changed as a text."""
    from toolkit.compare.form import compare_forms

    old, new = (_form_at(path, position) for path, position in places)
    return json.dumps([(each.kind.value, each.item, each.before, each.after) for each in compare_forms(old, new)])


def _form_at(path: str, position: int) -> Form:
    return read_anything(Path(path))[0].forms[position]
