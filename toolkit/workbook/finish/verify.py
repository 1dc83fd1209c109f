"""Whether a workbook is what was handed over: 校验码 computed anew and compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from toolkit.core.fingerprint import field_marks, fingerprint, results_code
from toolkit.core.form import Form
from toolkit.workbook.book import Book
from toolkit.workbook.finish.marks import DETAIL, LINE
from toolkit.workbook.finish.people import CUSTOM, is_ours
from toolkit.workbook.finish.work import Work
from toolkit.workbook.read import read_forms
from toolkit.workbook.results.layout import SHEET, find_layout

_GONE = "（空）"


class State(StrEnum):
    """What verification says of a file or a form."""

    SAME = "一致"
    CHANGED = "已改动"
    NONE = "无校验码"


@dataclass(frozen=True, slots=True)
class Change:
    """A field whose mark is not the one it was handed over with.

    Attributes:
        place: sheet and cell; the sheet alone where the field is no longer there.
        field: 行名·列名.
        before: its mark then, （空） for a field that was blank.
        now: its mark now, likewise.
    """

    place: str
    field: str
    before: str
    now: str

    def __str__(self) -> str:
        """Return it as one Chinese line."""
        return f"{self.place} {self.field}：简码原为 {self.before}，现为 {self.now}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification found.

    Attributes:
        state: of the whole file: 已改动 where one form was changed.
        codes: 校验码 as it is now, by form.
        changes: the fields that differ.
        remarks: what else differs, Chinese sentences.
    """

    state: State
    codes: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Handed:
    """What a form was handed over with."""

    code: str
    results: str
    scheme: str
    version: str


def verify_file(path: Path) -> Verdict:
    """Compare a workbook with the codes it was handed over with.

    It proves whether something was changed, not who filled it in.

    Raises:
        Unreadable: it is no workbook, or holds no form.
    """
    forms = read_forms(path)
    with Book(path) as book:
        handed = _handed(Work(book.package))
        shown = list(_shown(book, forms))
        details = _details(book)
    if not handed:
        return _without_property(forms, shown)
    codes = tuple(
        fingerprint(form, given.scheme, given.version) for form, given in zip(forms, handed, strict=False)
    )
    remarks = list(_remarks(forms, handed, shown, codes))
    changes = [change for at, form in enumerate(forms) for change in _changes(form, details[at] if at < len(details) else None)]
    changed = bool(remarks) or [given.code for given in handed] != list(codes)
    if changed and not changes and not remarks:
        remarks.append("校验明细已不全，指不出是哪一格")
    return Verdict(State.CHANGED if changed else State.SAME, codes, tuple(changes) if changed else (), tuple(remarks))


def _without_property(forms: Sequence[Form], shown: Sequence[tuple[str, str]]) -> Verdict:
    from toolkit.core.scheme import load_schemes
    from toolkit.core.scheme.match import choose_scheme

    schemes = load_schemes()
    codes = tuple(fingerprint(form, choose_scheme(form, schemes)[0].id) for form in forms)
    if not shown:
        return Verdict(State.NONE, codes)
    same = [code for code, _ in shown] == list(codes)
    remark = "文件属性里的校验码已丢失，按表下显示的校验码核对"
    return Verdict(State.SAME if same else State.CHANGED, codes, (), (remark,))


def _remarks(
    forms: Sequence[Form], handed: Sequence[_Handed], shown: Sequence[tuple[str, str]], codes: Sequence[str]
) -> Iterator[str]:
    if len(forms) != len(handed):
        yield f"报送时有 {len(handed)} 张自评表，现在有 {len(forms)} 张"
        return
    if list(shown) != [(given.code, given.results) for given in handed]:
        yield "表下显示的校验码与文件属性里的不一致"
    for form, given, code in zip(forms, handed, codes, strict=True):
        if code == given.code and results_code(form) != given.results:
            yield f"工作表“{form.sheet}”的结果码不一致"


def _handed(work: Work) -> list[_Handed]:
    """Return the codes of the file's properties, in the order of the forms."""
    part = next((link.target for link in work.links("") if link.kind == CUSTOM and work.has(link.target)), "")
    nodes = [node for node in work.tree(part) if is_ours(node.get("name", ""))] if part else []
    found = {node.get("name", ""): "".join(map(str, node.itertext())).split() for node in nodes}
    ordered = sorted(found, key=lambda name: int("".join(filter(str.isdigit, name)) or 1))
    return [_Handed(*found[name]) for name in ordered if len(found[name]) == 4]


def _shown(book: Book, forms: Sequence[Form]) -> Iterator[tuple[str, str]]:
    """Yield the codes that stand below the forms."""
    for name in dict.fromkeys(form.sheet or "" for form in forms):
        entry = book.entry(name)
        sheet = book.sheet(entry) if entry else None
        for row in sheet.row_numbers if sheet else ():
            if sheet is not None and (found := LINE.match(sheet.text(row, 1))):
                yield found[1], found[2]


def _details(book: Book) -> list[dict[tuple[str, str], tuple[str, str]]]:
    """Return 校验明细 of each form: name and mark by row and column."""
    entry = book.entry(SHEET)
    sheet = book.sheet(entry) if entry else None
    layout = find_layout(sheet) if sheet else None
    found: list[dict[tuple[str, str], tuple[str, str]]] = []
    if sheet is None or layout is None:
        return found
    level, field, text, key = (layout.columns[name] for name in ("级别", "栏目", "问题", "当时值"))
    for row in sheet.row_numbers:
        if row < layout.first_row or sheet.text(row, level) != DETAIL:
            continue
        if not sheet.text(row, key):
            found.append({})
            continue
        for pair in sheet.text(row, text).split("　") if found else ():
            column, _, mark = pair.rpartition("=")
            found[-1][sheet.text(row, key), column] = sheet.text(row, field), mark
    return found


def _changes(form: Form, before: dict[tuple[str, str], tuple[str, str]] | None) -> Iterator[Change]:
    if before is None:
        return
    now = {(mark.row or "表头", mark.column): mark for mark in field_marks(form)}
    for key in dict.fromkeys([*now, *before]):
        name, old = before.get(key, ("", ""))
        mark = now.get(key)
        if mark is None:
            yield Change(form.sheet or "", _named(name, key[1]), old, _GONE)
        elif mark.mark != old:
            sheet = mark.cell.sheet or form.sheet or ""
            place = f"{sheet}!{mark.cell.address}" if mark.cell.address else sheet
            yield Change(place, _named(mark.name, mark.column), old or _GONE, mark.mark or _GONE)


def _named(name: str, column: str) -> str:
    return f"{name}·{column}" if name else column


