"""Results that formulas lack or that are out of date, computed before a workbook is handed over."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from toolkit.core.form import Cell, Form, Origin
from toolkit.core.scheme import Scheme
from toolkit.office import find_office, recalculated
from toolkit.problem import Unreadable
from toolkit.workbook.finish.references import reads_other_files, unknown_calls
from toolkit.workbook.finish.work import Work, unset
from toolkit.workbook.package import Package
from toolkit.workbook.strings import namespace_of

_REMEDY = "请在 Excel 或 WPS 中打开，按 F9 重新计算并保存，再试"

_Result = tuple[str, str]
"""Type and value of a cell as the file holds them."""
_Formulas = Mapping[tuple[str, str], tuple[str, _Result]]
"""Formula and result by sheet and address."""


def bring_up_to_date(work: Work, forms: Sequence[Form], schemes: Sequence[Scheme]) -> Iterator[str]:
    """Compute the results that are missing or stale, by LibreOffice where it is at hand, else by the rules.

    Raises:
        Unreadable: a formula has no result and nothing at hand gives one; the text names its cell.
    """
    cells = [cell for form in forms for cell in _cells(form) if cell.origin in (Origin.STALE, Origin.UNCACHED)]
    if not cells and not any(_lacks_results(work, part) for _, part, _ in work.sheets()):
        return
    known = _by_office(work) if find_office() is not None else _by_template(forms, schemes)
    own = {(cell.sheet or "", cell.address or ""): cell for cell in cells}
    count = 0
    for sheet, part, _ in list(work.sheets()):
        root = work.tree(part)
        for cell, formula in formulas_of(root):
            result = _wanted(known.get((sheet, cell.get("r", ""))), formula)
            mine = own.get((sheet, cell.get("r", "")))
            if result is None and mine is not None:
                result = _of(mine)
            if result is None:
                _must_have(work, sheet, cell, bool(cells) and not _apart(formula))
            elif not _same(result, _stored(cell)):
                _store(cell, result)
                work.touch(part)
                count += 1
    if count:
        yield f"{count} 个公式的结果缺失或已过时，已重新计算"


def renew_results(work: Work, forms: Sequence[Form], schemes: Sequence[Scheme]) -> dict[str, set[str]]:
    """Store what the template's formulas give for these forms, wherever the file has the very same formula.

    No other program is asked; the results of other formulas stay as they are.

    Returns:
        The addresses of the formulas that are up to date now, by sheet.
    """
    known = _by_template(forms, schemes)
    renewed: dict[str, set[str]] = {}
    for sheet, part, _ in list(work.sheets()):
        for cell, formula in formulas_of(work.tree(part)):
            own, result = known.get((sheet, cell.get("r", "")), ("", ("", "")))
            if own != formula or not (result[0] or result[1]):
                continue
            renewed.setdefault(sheet, set()).add(cell.get("r", ""))
            if not _same(result, _stored(cell)):
                _store(cell, result)
                work.touch(part)
    return renewed


def _lacks_results(work: Work, part: str) -> bool:
    """Tell whether a formula without a result may stand in a sheet."""
    text = work.rows(part)
    if text is not None:
        return any(row.lacks_results for row in text.rows.values())
    return any(without_result(cell) for cell, _ in formulas_of(work.tree(part)))


def _must_have(work: Work, sheet: str, cell: etree._Element, stale: bool) -> None:
    """Refuse a formula without a result, and one that nobody could bring up to date while others were stale."""
    missing = without_result(cell)
    if missing or stale:
        what = "没有结果" if missing else "可能没有重新计算"
        raise Unreadable(work.package.path, f"的工作表“{sheet}”{cell.get('r')} 的公式{what}，本机也算不出", _REMEDY)


def without_result(cell: etree._Element) -> bool:
    """Tell whether the file holds no result of a cell's formula."""
    return not cell.findtext(f"{namespace_of(cell)}v", "") and cell.get("t") != "str"


def _apart(formula: str) -> bool:
    """Tell whether a formula becomes its value anyway."""
    return reads_other_files(formula) or bool(unknown_calls(formula))


def _by_office(work: Work) -> _Formulas:
    """Return what LibreOffice computes."""
    with tempfile.TemporaryDirectory(prefix="selfeval-") as folder:
        done = Path(folder) / "done.xlsx"
        recalculated(work.package.path, done)
        return _read(done)


def _by_template(forms: Sequence[Form], schemes: Sequence[Scheme]) -> _Formulas:
    """Return what the template's formulas give for these forms; it is written with every result computed."""
    # The builder of the template brings XlsxWriter along.
    from toolkit.workbook.template.build import build_workbook

    if not forms or len({scheme.id for scheme in schemes}) != 1:
        return {}
    with tempfile.TemporaryDirectory(prefix="selfeval-") as folder:
        twin = Path(folder) / "twin.xlsx"
        build_workbook(twin, [_without_results(form) for form in forms], schemes[0])
        return _read(twin)


def _without_results(form: Form) -> Form:
    """Return the form as typed: what formulas gave is left to them."""

    def typed(cell: Cell) -> Cell:
        return cell if cell.origin is Origin.TYPED else replace(cell, text="", exact=None)

    funds = tuple(
        replace(line, **{name: typed(getattr(line, name)) for name in ("rate", "score", "received_rate")}) for line in form.funds
    )
    rows = tuple(replace(row, weight=typed(row.weight), score=typed(row.score)) for row in form.indicators)
    weight, score, grade = map(typed, (form.total_weight, form.total_score, form.grade))
    return replace(form, funds=funds, indicators=rows, total_weight=weight, total_score=score, grade=grade)


def _read(path: Path) -> _Formulas:
    found: dict[tuple[str, str], tuple[str, _Result]] = {}
    with Package(path) as package:
        work = Work(package)
        for sheet, part, _ in work.sheets():
            root = work.tree(part)
            shared = work.tree("xl/sharedStrings.xml") if work.has("xl/sharedStrings.xml") else None
            for cell, formula in formulas_of(root):
                found[sheet, cell.get("r", "")] = formula, _stored(cell, shared)
    return found


def _wanted(known: tuple[str, _Result] | None, formula: str) -> _Result | None:
    """Return a computed result; one the template gives counts only for the very same formula."""
    if known is None or not (known[1][0] or known[1][1]):
        return None
    return known[1] if find_office() is not None or known[0] == formula else None


def formulas_of(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the cells of a worksheet that hold a formula, with it."""
    space = namespace_of(root)
    for cell in root.iter(f"{space}c"):
        formula = cell.find(f"{space}f")
        if formula is not None:
            yield cell, formula.text or ""


def _stored(cell: etree._Element, shared: etree._Element | None = None) -> _Result:
    kind, value = cell.get("t", "n"), cell.findtext(f"{namespace_of(cell)}v", "")
    if kind == "s" and shared is not None:
        return "str", "".join(str(text) for text in shared[int(value)].itertext())
    return ("", "") if kind == "n" and not value else (kind, value)


def _same(one: _Result, other: _Result) -> bool:
    """Tell whether two results are the same; programs write 20 and 20.0, and 15 digits are what they compute with."""
    if one[0] == other[0] == "n":
        return f"{float(one[1]):.15g}" == f"{float(other[1]):.15g}"
    return one == other


def _of(cell: Cell) -> _Result:
    """Return a result of the form's own as a file holds it."""
    number = cell.exact if cell.exact is not None else cell.number
    return ("str", cell.text) if number is None else ("n", f"{number:f}")


def _store(cell: etree._Element, result: _Result) -> None:
    space = namespace_of(cell)
    kind, text = result
    value = cell.find(f"{space}v")
    if value is None:
        value = etree.Element(f"{space}v")
        formula = cell.find(f"{space}f")
        if formula is not None:
            formula.addnext(value)
    value.text = text
    unset(cell, "t")
    if kind != "n":
        cell.set("t", kind)


def _cells(form: Form) -> Iterator[Cell]:
    yield from (form.total_weight, form.total_score, form.grade)
    for line in form.funds:
        yield from (line.initial_budget, line.annual_budget, line.executed, line.received, line.rate, line.score, line.received_rate)
    for row in form.indicators:
        yield from (row.weight, row.score)
