"""selfeval compare: what changed between two drafts."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toolkit.checks import Stage
from toolkit.checks.review import Review, total_of
from toolkit.cli import as_json
from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.check import Beside, Failed, check_files
from toolkit.cli.parser import Usage
from toolkit.cli.sources import Schemes, find_schemes
from toolkit.compare.drafts import Comparison, compare_drafts
from toolkit.compare.table import closing, head_lines, table_rows
from toolkit.core.money import fixed
from toolkit.guard import say
from toolkit.workbook.save import check_target

_SUFFIXES = (".xlsx", ".docx")


def run(options: Namespace) -> int:
    """Compare two drafts, print the changes and write the table asked for."""
    old, new = Path(options.old), Path(options.new)
    target = None if options.output is None else target_of(options.output, _SUFFIXES)
    if target is not None:
        check_target(target, old)
        check_target(target, new)
    schemes = find_schemes(options.scheme)
    compared = compare_drafts(_reviews(old, schemes), _reviews(new, schemes))
    if target is not None:
        copy = keep_copy(target)
        _write(target, compared)
        kept = f"原来的同名文件另存为 {copy}。" if copy else ""
        print(f"修改对照表已写入 {target}。{kept}", file=sys.stderr)
    if options.json:
        say(json.dumps(as_object(old, new, compared), ensure_ascii=False, indent=1))
    elif target is None:
        say("\n".join(text_lines(compared)))
    else:
        say(closing(compared))
    return 0


def _reviews(path: Path, schemes: Schemes) -> Sequence[Review]:
    # Each draft by itself: a 说明 for the whole unit in one of them says nothing of the other.
    (done,) = check_files([path], schemes, Beside((), None, Stage.SELF_EVALUATION))
    if isinstance(done, Failed):
        raise done.problem
    if done.report:
        raise Usage(f"“{path.name}”是报告，不是自评表；请写两稿自评表（.xlsx、.xlsm、.json），表里的“自评报告”会一并比较。")
    for remark in done.source.remarks:
        print(f"{path.name}：{remark}", file=sys.stderr)
    return done.reviews


def _write(target: Path, compared: Sequence[Comparison]) -> None:
    if target.suffix.lower() == ".docx":
        from toolkit.word.changes import write_changes_docx

        write_changes_docx(target, compared)
    else:
        from toolkit.workbook.changes import write_changes_xlsx

        write_changes_xlsx(target, compared)


def text_lines(compared: Sequence[Comparison]) -> Iterator[str]:
    """Yield the changes for the screen."""
    for each in compared:
        name, *facts = head_lines(each)
        yield f"━━ {name}"
        yield from (f"　 {fact}" for fact in facts)
        for number, item, place, before, after, reason, _ in table_rows(each):
            yield f"　 {number}. {item}" + (f"　{place}" if place else "")
            yield f"　　　{before} → {after}" + (f"　原因：{reason}" if reason else "")
        yield ""
    yield closing(compared)


def as_object(old: Path, new: Path, compared: Sequence[Comparison]) -> dict[str, Any]:
    """Return the comparison for other programs; decimals are strings."""
    return {
        "old": str(old),
        "new": str(new),
        "count": sum(len(each.changes) for each in compared),
        "forms": [_form(each) for each in compared],
    }


def _form(compared: Comparison) -> dict[str, Any]:
    both = compared.old is not None and compared.new is not None
    form = compared.review.case.form
    return {
        "project": form.project_name.text,
        "sheet": form.sheet,
        "status": "compared" if both else "added" if compared.old is None else "dropped",
        "old": _standing(compared.old),
        "new": _standing(compared.new),
        "changes": [
            {
                "kind": str(change.kind),
                "item": change.item,
                "sheet": change.new.sheet if change.new else None,
                "cell": change.new.address if change.new else None,
                "before": change.before,
                "after": change.after,
                "reason": change.reason,
                "remark": change.remark,
                "computed": change.follows,
            }
            for change in compared.changes
        ],
        "errors_gone": [as_json.finding(found) for found in compared.corrected],
        "errors_new": [as_json.finding(found) for found in compared.arisen],
    }


def _standing(review: Review | None) -> dict[str, Any] | None:
    if review is None:
        return None
    total, grade = total_of(review)
    return {"total": None if total is None else fixed(total), "grade": grade or None, "fingerprint": review.fingerprint}
