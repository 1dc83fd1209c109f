"""Reading many files: in as many processes as are asked for, each content once, the results in the order of the files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from toolkit.checks import make_case
from toolkit.checks.review import answer_reviews, review_form
from toolkit.cli.collect_files import FORMS, Found, refused
from toolkit.cli.progress import Progress
from toolkit.cli.sources import Schemes, find_schemes, read_anything
from toolkit.cli.store import Outcome, Store, content_key
from toolkit.collect import Details, Entry, Failure, details_text, head_from, head_text, record_form
from toolkit.collect.collected import Changes
from toolkit.collect.versions import Project
from toolkit.compare import Change, ChangeKind, compare_forms
from toolkit.core.form import Form
from toolkit.guard import Fault, guarded
from toolkit.problem import Problem, Unreadable
from toolkit.workbook.saved import has_part, title_of
from toolkit.workbook.summary import TITLE

Mapped = Callable[[Callable[[Any], Any], Iterable[Any]], Iterator[Any]]
_FEW = 8
"""Files up to which starting processes costs more than it saves."""
_CHUNK = 4
_CODES, _NO_CODES = "docProps/custom.xml", "无校验码"
_GOALS = "是绩效目标表，没有实际完成值和得分"
OWN = "是以前生成的汇总表"
"""What this program made itself is passed over."""


@dataclass(frozen=True)
class StoredLibrary:
    """Fetches details from the store."""

    store: Store

    def details(self, entry: Entry) -> Details:
        """Return findings and indicators of a form."""
        return self.store.details(entry.key, entry.position)


def read_all(files: Sequence[Found], store: Store, scheme: str | None, jobs: int) -> tuple[list[Entry], list[Failure]]:
    """Read every file that the store does not know; one that cannot be read changes nothing but its own line."""
    entries: list[Entry] = []
    failures: list[Failure] = []
    keys: dict[int, str] = {}
    waiting: dict[str, Found] = {}
    for place, file in enumerate(files):
        failure = refused(file)
        try:
            keys[place] = "" if failure else content_key(file.path)
        except OSError as error:
            failure = file.failure(f"打不开（{error.strerror or error}）", "请检查文件的权限，或重新索取")
        if failure:
            failures.append(failure)
            keys[place] = ""
        elif keys[place] not in waiting and store.found(keys[place]) is None:
            waiting[keys[place]] = file
    _read(waiting, store, scheme, jobs)
    for place, file in enumerate(files):
        if keys[place]:
            _take(file, keys[place], store, entries, failures)
    return entries, failures


def _read(waiting: dict[str, Found], store: Store, scheme: str | None, jobs: int) -> None:
    names = list(waiting.items())
    with Progress("读取", len(names)) as progress, _mapped(jobs, len(names)) as mapped:
        outcomes = mapped(partial(_read_one, scheme=scheme), [str(file.path) for _, file in names])
        for (key, file), outcome in zip(names, outcomes, strict=True):
            progress.step(file.path.name)
            store.keep(key, outcome)
    store.save()


def _take(file: Found, key: str, store: Store, entries: list[Entry], failures: list[Failure]) -> None:
    outcome = store.found(key)
    assert outcome is not None
    if outcome.reason and outcome.reason != OWN:
        failures.append(file.failure(outcome.reason, outcome.ask, counted=outcome.counted))
    for position, (head, _) in enumerate(outcome.forms):
        entries.append(Entry(file.shown, file.link, str(file.path), position, key, head_from(head)))


@contextmanager
def _mapped(jobs: int, count: int) -> Iterator[Mapped]:
    """Give a map that keeps the order: over a pool of processes, or here where a pool would not pay.

    Raises:
        Unreadable: a process was ended from outside.
    """
    if jobs == 1 or count <= _FEW:
        yield map
        return
    pool = ProcessPoolExecutor(min(jobs, count))
    try:
        yield partial(pool.map, chunksize=_CHUNK)
    except BrokenProcessPool as error:
        raise Unreadable("读取进程", "被系统结束了，可能是内存不足", "已读的不会丢；请用 --jobs 1 再运行一次") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def usual_jobs() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@lru_cache(maxsize=1)
def _schemes(wanted: str | None) -> Schemes:
    return find_schemes(wanted)


def _read_one(name: str, scheme: str | None) -> Outcome:
    path = Path(name)
    counted = path.suffix.lower() in FORMS
    if title_of(path) == TITLE:
        return Outcome(reason=OWN, ask="不需要处理", counted=False)
    try:
        return guarded(partial(_recorded, path, scheme))
    except Problem as problem:
        return Outcome(reason=problem.reason, ask=problem.remedy, counted=counted)
    except Fault as fault:
        return Outcome(reason=str(fault).rstrip("。"), ask="请先换一份文件；仍不行的，把日志发给维护人员", lasting=False)


def _recorded(path: Path, wanted: str | None) -> Outcome:
    source, goals = read_anything(path)
    if goals:
        return Outcome(reason=_GOALS, ask="请报送填好的自评表", counted=False)
    state = _state(path)
    forms = []
    for form in source.forms:
        scheme, reason = _schemes(wanted).choose(form)
        review = review_form(make_case(form, scheme, report=source.reports.get(form.sheet or "")), reason=reason)
        (answered,) = answer_reviews([review], source.answers)
        head, details = record_form(answered, source.answers, state)
        forms.append((head_text(head), details_text(details)))
    return Outcome(tuple(forms))


def _state(path: Path) -> str:
    # Only what was exported as final carries codes; the others need not be read again to say so.
    if not has_part(path, _CODES):
        return _NO_CODES
    from toolkit.workbook.finish import verify_file

    return verify_file(path).state.value


def changes_of(projects: Iterable[Project], store: Store, jobs: int) -> Changes:
    """Compare every version of a project with the one that counts; what was compared before is not compared again."""
    pairs = [(other, project.chosen) for project in projects for other in project.others]
    asked = [pair for pair in pairs if store.changes(_pair_key(pair)) is None]
    with Progress("比较各稿", len(asked)) as progress, _mapped(jobs, len(asked)) as mapped:
        places = [tuple((each.path, each.position) for each in pair) for pair in asked]
        for pair, body in zip(asked, mapped(_compared, places), strict=True):
            progress.step(pair[0].file)
            store.keep_changes(_pair_key(pair), body)
    store.save()
    return {(old.place, new.place): _changes(store.changes(_pair_key((old, new)))) for old, new in pairs}


def _pair_key(pair: tuple[Entry, Entry]) -> str:
    return ">".join(f"{each.key}#{each.position}" for each in pair)


def _compared(places: tuple[tuple[str, int], ...]) -> str:
    old, new = (_form_at(path, position) for path, position in places)
    return json.dumps([(each.kind.value, each.item, each.before, each.after) for each in compare_forms(old, new)])


def _form_at(path: str, position: int) -> Form:
    return read_anything(Path(path))[0].forms[position]


def _changes(body: str | None) -> list[Change]:
    return [Change(ChangeKind(kind), item, before, after) for kind, item, before, after in json.loads(body or "[]")]
