"""From the files named on the command line to forms ready to be checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.cli.parser import Usage
from toolkit.core.document import Document
from toolkit.core.form import Form
from toolkit.core.scheme import Scheme, choose_scheme, load_scheme, load_schemes
from toolkit.problem import Unreadable

if TYPE_CHECKING:
    from toolkit.checks import LedgerLine
    from toolkit.checks.answers import Answer

WORKBOOKS = (".xlsx", ".xlsm")
"""Suffixes of our own workbooks."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read.

    Attributes:
        forms: its forms, one for an interchange file.
        answers: the officer's 说明 from 检查结果, by form sheet.
        remarks: what the officer should know about the reading, Chinese sentences.
        reports: 自评报告 as the rules read it, by form sheet.
        foreign: the file is not made from our template; it was read by its headings.
    """

    path: Path
    forms: tuple[Form, ...]
    answers: tuple[Answer, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    reports: Mapping[str, Document] = field(default_factory=dict)
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Schemes:
    """The schemes at hand and the one that was asked for."""

    known: Mapping[str, Scheme]
    wanted: str | None

    def own_headings(self) -> tuple[str, ...]:
        """Return the headings of all columns that forms have for themselves: of the scheme asked for, else of any."""
        asked = self.known.values() if self.wanted is None else (self.known[self.wanted],)
        return tuple(column.heading for scheme in asked for column in scheme.own_columns)

    def choose(self, form: Form) -> tuple[Scheme, str]:
        """Choose the scheme of ``form`` and say why."""
        return choose_scheme(form, self.known, self.wanted)

    def choose_one(self, path: Path, forms: Sequence[Form]) -> tuple[Scheme, str]:
        """Choose the scheme of all forms of a file and say why; a workbook of ours computes by one.

        Raises:
            Unreadable: the forms go by different schemes.
        """
        chosen = [self.choose(form) for form in forms]
        titles = {scheme.id: scheme.title for scheme, _ in chosen}
        if len(titles) > 1:
            raise Unreadable(
                path,
                f"里的自评表适用不同的评分标准（{'、'.join(titles.values())}），放不进一个工作簿",
                "请按标准分开保存后再试，或用 --scheme 指定一个标准",
            )
        return chosen[0]


def find_schemes(wanted: str | None) -> Schemes:
    """Load all schemes; ``wanted`` is an id or the path of a scheme file.

    Raises:
        Usage: there is no such scheme.
        SchemeError: a scheme file is wrong.
    """
    known = load_schemes()
    if wanted is None or wanted in known:
        return Schemes(known, wanted)
    if wanted.endswith(".toml"):
        scheme = load_scheme(Path(wanted))
        return Schemes(known | {scheme.id: scheme}, scheme.id)
    raise Usage(f"没有编号为“{wanted}”的评分标准；可用的有 {'、'.join(known)}，也可以写标准文件（.toml）的路径。")


def read_source(path: Path) -> Source:
    """Read a form from an interchange file or a workbook.

    Raises:
        Unreadable: the file is missing, of another kind, or holds no form.
    """
    must_exist(path)
    suffix = path.suffix.lower()
    if suffix == ".json":
        from toolkit.intake.interchange import read_interchange

        found = read_interchange(path)
        left = f"不认识的键没有采用：{'、'.join(found.left_out)}。" if found.left_out else ""
        return Source(path, (found.form,), remarks=(left,) if left else ())
    if suffix in WORKBOOKS:
        from toolkit.workbook.read import read_workbook

        book = read_workbook(path)
        return Source(path, tuple(book.forms), tuple(book.answers), tuple(book.remarks), book.reports)
    raise Unreadable(path, f"是“{suffix or '没有后缀的'}”文件，读不了", "请用自评表工作簿（.xlsx）或交换文件（.json）")


def read_anything(path: Path, own: Collection[str] = ()) -> tuple[Source, bool]:
    """Read a form, ours or somebody else's, or approved goals as a form without results.

    Args:
        own: headings of columns that a scheme's form has for itself, taken from somebody else's form, too.

    Returns:
        The source, and whether it holds only goals (目标申报表, 执行监控表).

    Raises:
        Unreadable: the file holds neither.
    """
    suffix = path.suffix.lower()
    if suffix == ".json":
        return read_source(path), False
    must_exist(path)
    if suffix not in (*WORKBOOKS, ".xls"):
        return read_foreign_source(path, own), False
    if suffix in WORKBOOKS and _is_ours(path):
        return read_source(path), False
    foreign = _foreign_or_none(path, own)
    if foreign is not None and _has_results(foreign):
        return foreign, False
    try:
        found = _ours_or_goals(path)
    except Unreadable:
        if foreign is None:
            raise
        return foreign, False
    # A blank form is better read by its own headings than as one of ours without rows.
    return found if foreign is None or any(form.indicators for form in found[0].forms) else (foreign, False)


def read_forms_of(path: Path) -> Source:
    """Read a form, ours or somebody else's; approved goals alone are none.

    Raises:
        Unreadable: the file holds no form.
    """
    source, only_goals = read_anything(path)
    return read_source(path) if only_goals else source


def read_foreign_source(path: Path, own: Collection[str] = ()) -> Source:
    """Read somebody else's form by its headings; ``own`` as for :func:`read_anything`.

    Raises:
        Unreadable: the file cannot be read, or holds no form.
    """
    from toolkit.intake.foreign import read_foreign, remarks

    found = read_foreign(path, own)
    return Source(path, found.forms, remarks=tuple(remarks(found)), foreign=True)


def _has_results(source: Source) -> bool:
    return any(not row.actual.blank or not row.score.blank for form in source.forms for row in form.indicators)


def _is_ours(path: Path) -> bool:
    from toolkit.workbook.ours import is_ours

    return is_ours(path)


def _foreign_or_none(path: Path, own: Collection[str]) -> Source | None:
    try:
        return read_foreign_source(path, own)
    except Unreadable:
        return None


def _ours_or_goals(path: Path) -> tuple[Source, bool]:
    suffix = path.suffix.lower()
    failed: Unreadable | None = None
    if suffix in WORKBOOKS:
        try:
            source = read_source(path)
            if any(form.indicators for form in source.forms):
                return source, False
        except Unreadable as problem:
            failed = problem
    try:
        goals = read_approved(path)
    except Unreadable as problem:
        # What is wrong with the workbook as a form says more than that it holds no goals either.
        if suffix in WORKBOOKS and failed is None:
            return source, False
        raise (failed or problem) from None
    remark = f"是绩效目标表，取自工作表“{goals[0].sheet}”，共 {len(goals[0].indicators)} 个指标，没有实际完成值和得分。"
    return Source(path, goals, remarks=(remark,)), True


def read_approved(path: Path) -> tuple[Form, ...]:
    """Read approved goals from a 目标申报表, a workbook of ours, or an interchange file.

    Raises:
        Unreadable: the file holds neither.
    """
    must_exist(path)
    if path.suffix.lower() == ".json":
        return read_source(path).forms
    from toolkit.intake.goals import read_goals

    if path.suffix.lower() in WORKBOOKS:
        try:
            forms = read_source(path).forms
        except Unreadable:
            forms = ()
        if any(form.indicators for form in forms):
            return forms
    return (read_goals(path),)


def must_exist(path: Path) -> None:
    """Refuse a path that is no file to be read.

    Raises:
        Unreadable: nothing stands there, or a folder, or the temporary file of an open workbook.
    """
    if path.is_dir():
        raise Unreadable(path, "是文件夹，不是文件", "请写出文件夹里的文件名")
    if not path.exists():
        raise Unreadable(path, "找不到", "请检查路径和文件名；名称里有空格的，两边加引号")
    if path.name.startswith("~$"):
        raise Unreadable(path, "是 Excel 打开文件时的临时文件", "请改用不带“~$”的那个文件")


def ledger_asked_for(name: str | None) -> tuple[LedgerLine, ...] | None:
    """Read the ledger that ``--ledger`` names, ``None`` where none is named.

    Raises:
        Unreadable: there is none, or it cannot be read.
    """
    if name is None:
        return None
    from toolkit.intake.ledger import read_ledger

    if not Path(name).exists():
        raise Unreadable(name, "找不到", "请检查路径和文件名")
    return read_ledger(Path(name))
