"""The same form sent twice, and one project in several versions: what belongs together, which one counts, and why."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from posixpath import splitext

from toolkit.checks.rows import bare
from toolkit.collect.model import Entry

_DIGITS = "一二三四五六七八九十"
_DRAFT = re.compile(
    rf"第\s*(\d{{1,3}}|[{_DIGITS}]{{1,3}})\s*[稿版]|(?<![A-Za-z])[vV](\d{{1,3}})(?![\d.])|(?:修改|改稿|稿)\s*(\d{{1,3}})(?!\d)"
)

Saved = Callable[[Entry], str]
"""Tells when the content of a file was last saved, by what the file itself says; "" where it does not."""


@dataclass(frozen=True, slots=True)
class Project:
    """All that was received of one project.

    Attributes:
        chosen: the form that counts.
        others: further versions, their contents differing from it, in the order of their drafts.
        copies: forms with the very content of another one.
        reason: why ``chosen`` counts, "" where there was no choice.
        unsure: nothing in the files tells which version is the newest.
    """

    chosen: Entry
    others: tuple[Entry, ...] = ()
    copies: tuple[Entry, ...] = ()
    reason: str = ""
    unsure: bool = False

    @property
    def received(self) -> int:
        """Count the forms that were received."""
        return 1 + len(self.others) + len(self.copies)


def draft_of(file: str) -> int | None:
    """Return the number of the draft that a path tells: in the name of the file, else in that of its nearest folder."""
    *folders, name = file.split("/")
    return next((draft for part in (splitext(name)[0], *reversed(folders)) if (draft := _draft_in(part)) is not None), None)


@lru_cache(maxsize=4096)
def _draft_in(part: str) -> int | None:
    found = list(_DRAFT.finditer(part))
    if not found:
        return None
    text = next(group for group in found[-1].groups() if group)
    return int(text) if text.isdigit() else _chinese(text)


def _chinese(text: str) -> int:
    tens, mark, ones = text.rpartition("十")
    if not mark:
        return _DIGITS.index(text[-1]) + 1
    return (_DIGITS.index(tens) + 1 if tens else 1) * 10 + (_DIGITS.index(ones) + 1 if ones else 0)


def projects_of(entries: Sequence[Entry], keep: Sequence[str], saved: Saved) -> list[Project]:
    """Put the forms of one project together and choose the one that counts.

    Args:
        entries: all forms, in the order of their files.
        keep: files that count before all others (``--keep``).
        saved: asked only where drafts do not decide.

    Returns:
        The projects in the order of their first forms.
    """
    return [_chosen(group, frozenset(keep), saved) for group in _groups(entries)]


def _groups(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Group by year, unit and 项目编码, else 项目名称; a form without a code joins the only one of its name."""
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        head = entry.head
        of_unit = (head.year, bare(head.unit), head.whole)
        # A unit has one form as a whole, whatever stands in the place of the project's name.
        named = ("", "") if head.whole else (bare(head.code), bare(head.project))
        groups.setdefault((*of_unit, *named), []).append(entry)
    _join(groups, lambda key: key[:4] if key[3] else None)
    _join(groups, lambda key: (*key[:3], key[4]), only_one_code=True)
    return list(groups.values())


def _join(
    groups: dict[tuple[object, ...], list[Entry]],
    by: Callable[[tuple[object, ...]], tuple[object, ...] | None],
    *,
    only_one_code: bool = False,
) -> None:
    alike: dict[tuple[object, ...], list[tuple[object, ...]]] = {}
    for key in groups:
        if (shared := by(key)) is not None:
            alike.setdefault(shared, []).append(key)
    for keys in alike.values():
        if len(keys) > 1 and not (only_one_code and len({key[3] for key in keys} - {""}) > 1):
            first = keys[0]
            for other in keys[1:]:
                groups[first].extend(groups.pop(other))


def _chosen(group: list[Entry], keep: frozenset[str], saved: Saved) -> Project:
    versions: dict[str, Entry] = {}
    copies: list[Entry] = []
    for entry in sorted(group, key=lambda each: each.path not in keep):
        if entry.head.fingerprint in versions:
            copies.append(entry)
        else:
            versions[entry.head.fingerprint] = entry
    found = list(versions.values())
    if len(found) == 1:
        reason = "内容完全相同（校验码一致），只计一份" if copies else ""
        return Project(found[0], copies=tuple(copies), reason=reason)
    best, reason, unsure = _newest(found, keep, saved)
    others = sorted((each for each in found if each is not best), key=lambda each: draft_of(each.file) or 0)
    return Project(best, tuple(others), tuple(copies), reason, unsure)


def _newest(found: Sequence[Entry], keep: frozenset[str], saved: Saved) -> tuple[Entry, str, bool]:
    """Return the version that counts, why, and whether that is a mere guess."""
    kept = [each for each in found if each.path in keep]
    if kept:
        return kept[0], "按 --keep 指定", False
    drafts = [draft_of(each.file) for each in found]
    if any(drafts):
        # A first draft is seldom called one.
        numbers = [draft or 1 for draft in drafts]
        last = [each for each, number in zip(found, numbers, strict=True) if number == max(numbers)]
        if len(last) == 1:
            return last[0], f"文件名写明第 {max(numbers)} 稿，稿次最大（没有写稿次的视为第 1 稿）", False
        found = last
    for dates, said in (
        ([each.head.dated for each in found], "填报日期"),
        ([saved(each) for each in found], "文件内记录的保存时间"),
    ):
        if all(dates) and dates.count(max(dates)) == 1:
            return found[dates.index(max(dates))], f"{said} {max(dates)} 最新", False
    return found[0], "稿次、填报日期、文件内记录的保存时间都分不出先后，暂取路径在前的一份；请用 --keep 指定", True
