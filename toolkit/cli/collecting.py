"""Reading many files: by as many processes as are asked for, each content once, the results in the order of the files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import tee
from pathlib import Path

from toolkit.cli.collect_files import Found, Neighbours, refused
from toolkit.cli.progress import Progress
from toolkit.cli.readers import Readers
from toolkit.cli.reading import OWN, read_changes
from toolkit.cli.store import Outcome, Store
from toolkit.cli.workers import Crew, Lost
from toolkit.collect import Details, Entry, Failure, Head, head_from
from toolkit.collect.collected import Beside, Changes, Collected, collect
from toolkit.collect.table import Ready
from toolkit.collect.versions import Project
from toolkit.compare.model import Change, ChangeKind
from toolkit.core.scheme import Scheme
from toolkit.core.unswept import unswept
from toolkit.workbook.saved import saved_on


@dataclass(frozen=True)
class StoredLibrary:
    """Fetches from the store what is not kept in memory.

    Attributes:
        ahead: rows that were made when the forms were read are of use.
    """

    store: Store
    ahead: bool = True

    def details(self, entry: Entry) -> Details:
        """Return findings and indicators of a form."""
        return self.store.details(entry.key, entry.position)

    def ready(self, entries: Iterable[Entry], sheet: str) -> Iterator[Ready | None]:
        """Yield for every form the rows that it gives to a sheet, made when it was read."""
        if not self.ahead:
            yield from (None for _ in entries)
            return
        asked, wanted = tee(entries)
        pieces = self.store.pieces(((entry.key, entry.position) for entry in asked), sheet)
        for entry, text in zip(wanted, pieces, strict=True):
            yield None if text is None else Ready(text, entry.file, entry.link)


def collect_all(
    files: Sequence[Found], store: Store, readers: Readers, beside: Beside, schemes: Mapping[str, Scheme], *, ahead: bool = True
) -> tuple[Collected, Changes]:
    """Read files and work out what they come to.

    Args:
        files: what may hold forms.
        store: what was read before, and keeps what is read now.
        readers: who reads.
        beside: what the chief gave beside the folders.
        schemes: all that are known.
        ahead: rows that were made when the forms were read are of use.

    Returns:
        All that was collected, and what changed between the versions of a project.
    """
    entries, failures = read_all(files, store, readers)
    library = StoredLibrary(store, ahead)
    found = collect(entries, failures, beside, schemes, library, lambda entry: saved_on(Path(entry.path)))
    return found, changes_of(found.projects, store, readers.jobs)


def read_all(files: Sequence[Found], store: Store, readers: Readers) -> tuple[list[Entry], list[Failure]]:
    """Read every file that the store does not know; one that cannot be read changes nothing but its own line."""
    entries: list[Entry] = []
    neighbours = Neighbours()
    keyed = [_keyed(file, store, neighbours) for file in files]
    failures = [failure for failure, _ in keyed if failure]
    keys = [key for _, key in keyed]
    known = store.known(filter(None, keys))
    waiting: dict[str, Found] = {}
    for file, key in zip(files, keys, strict=True):
        if key and key not in known:
            waiting.setdefault(key, file)
    store.save()
    outcomes = readers.read([(key, file.path) for key, file in waiting.items()])
    # The processes read meanwhile.
    with unswept():
        contents = dict(_contents(known, store))
    import toolkit.workbook.summary.write  # noqa: F401  # takes as long as some files, and is needed soon

    _read(list(waiting.items()), outcomes, store)
    contents |= _contents(waiting, store)
    for file, key in zip(files, keys, strict=True):
        if key:
            _take(file, key, contents[key], entries, failures)
    return entries, failures


def _keyed(file: Found, store: Store, neighbours: Neighbours) -> tuple[Failure | None, str]:
    try:
        failure = refused(file, neighbours)
        return (failure, "") if failure else (None, store.key_of(file.path))
    except OSError as error:
        return file.failure(f"打不开（{error.strerror or error}）", "请检查文件的权限，或重新索取"), ""


def _read(names: Sequence[tuple[str, Found]], outcomes: Iterator[tuple[int, Outcome]], store: Store) -> None:
    errors = warnings = unread = 0
    with Progress("读取", len(names)) as progress:
        try:
            for place, outcome in outcomes:
                key, file = names[place]
                store.keep(key, outcome)
                errors, warnings = errors + outcome.errors, warnings + outcome.warnings
                unread += bool(outcome.reason) and outcome.counted and outcome.reason != OWN
                progress.step(file.path.name, f"，错误 {errors}、提醒 {warnings}、未读 {unread}")
        except KeyboardInterrupt:
            sys.stderr.write(f"\n已读的 {progress.done} 个文件都已记下，再运行一次就接着读其余 {len(names) - progress.done} 个。\n")
            raise


def _contents(keys: Iterable[str], store: Store) -> Iterator[tuple[str, tuple[Outcome, list[Head]]]]:
    for key, outcome in store.found(keys):
        yield key, (replace(outcome, forms=()), [head_from(form.head) for form in outcome.forms])


def _take(file: Found, key: str, content: tuple[Outcome, list[Head]], entries: list[Entry], failures: list[Failure]) -> None:
    outcome, heads = content
    if outcome.reason and outcome.reason != OWN:
        failures.append(file.failure(outcome.reason, outcome.ask, counted=outcome.counted))
    entries += [Entry(file.shown, file.link, str(file.path), position, key, head) for position, head in enumerate(heads)]


def changes_of(projects: Iterable[Project], store: Store, jobs: int) -> Changes:
    """Compare every version of a project with the one that counts; what was compared before is not compared again."""
    pairs = [(other, project.chosen) for project in projects for other in project.others]
    asked = [pair for pair in pairs if store.changes(_pair_key(pair)) is None]
    places = [tuple((each.path, each.position) for each in pair) for pair in asked]
    with Progress("比较各稿", len(asked)) as progress:
        for place, body in Crew(read_changes, jobs).done(places):
            progress.step(asked[place][0].file)
            if not isinstance(body, Lost):
                store.keep_changes(_pair_key(asked[place]), body)
    store.save()
    bodies = [(pair, store.changes(_pair_key(pair))) for pair in pairs]
    return {(old.place, new.place): _changes(body) for (old, new), body in bodies if body is not None}


def _pair_key(pair: tuple[Entry, Entry]) -> str:
    return ">".join(f"{each.key}#{each.position}" for each in pair)


def _changes(body: str) -> list[Change]:
    return [Change(ChangeKind(kind), item, before, after) for kind, item, before, after in json.loads(body)]
