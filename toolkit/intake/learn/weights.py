"""The points of 预算执行率 and of each 一级指标: what the form says in several places is put together and compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from toolkit.core.money import plain
from toolkit.core.scheme import Scheme
from toolkit.core.scheme import statement as at
from toolkit.intake.learn.model import Claim, Notebook
from toolkit.intake.learn.texts import spelled
from toolkit.intake.learn.tree import Tree, is_execution, points_of, section_sum

Assumed = dict[str, tuple[str, str]]


def settle_weights(tree: Tree, base: Scheme, book: Notebook, has_fund_points: bool) -> Assumed:
    """Settle the points; return those that the form does not state, with the reason.

    Args:
        has_fund_points: whether 项目资金 has a column for points.
    """
    _from_cells(tree, book)
    _check_total(tree, book)
    _agree(book)
    assumed: Assumed = {}
    stated = {name: next(book.of(f"{at.SECTION}{name}"), None) for name in tree.sections}
    known = {name: Decimal(claim.value) for name, claim in stated.items() if claim is not None}
    execution = next(book.of(at.EXECUTION), None)
    inside = any(map(is_execution, tree.sections))
    whole = len(known) == len(tree.sections) > 0
    if execution is None:
        assumed[at.EXECUTION] = _execution(known, whole, inside, base, book, has_fund_points)
    points = Decimal(execution.value if execution is not None else assumed[at.EXECUTION][0])
    assumed |= _missing(tree, known, points, base)
    given = known | {
        name.removeprefix(at.SECTION): Decimal(value)
        for name, (value, _) in assumed.items()
        if name.startswith(at.SECTION)
    }
    _check_sum(points, given, book, complete=len(given) == len(tree.sections) > 0)
    if tree.points is not None and points + Decimal(tree.points[0]) != at.HUNDRED:
        text = f"预算执行率 {plain(points)} 分，“{spelled(tree.points[1].text)}”（{tree.points[1].place}），相加不是 100 分"
        book.contradictions.append(text)
    if len(given) < len(tree.sections) and known:
        _set_aside(known, book)
    return assumed


def _from_cells(tree: Tree, book: Notebook) -> None:
    for name in tree.sections:
        total = section_sum(tree, name)
        if total:
            cells = tree.weights[name]
            text = "＋".join(plain(points_of(cell)) for cell in cells)
            shown = f"{text}＝{total}" if len(cells) > 1 else text
            book.claims.append(Claim(f"{at.SECTION}{name}", total, shown, f"{cells[0].place} 起的分值"))


def _check_total(tree: Tree, book: Notebook) -> None:
    if tree.total is not None and not tree.filled and points_of(tree.total) not in (0, 100):
        book.contradictions.append(f"总分行的分值是 {spelled(tree.total.text)}（{tree.total.place}），应为 100")


def _agree(book: Notebook) -> None:
    """Name settings about which the form says several things; the first that was read stands."""
    labels = dict.fromkeys(claim.label for claim in book.claims if claim.label.startswith((at.EXECUTION, at.SECTION)))
    for label in labels:
        claims = list(book.of(label))
        values = {Decimal(claim.value) for claim in claims}
        if len(values) > 1:
            said = "；".join(f"{claim.place}“{claim.text}”是 {claim.value} 分" for claim in claims)
            book.contradictions.append(f"“{label.removeprefix(at.SECTION)}”前后不一：{said}。暂按第一处，请核对")
        keep = claims[0] if len(claims) == 1 else replace(claims[0], place=_places(claims))
        book.claims = [
            keep if claim is claims[0] else claim for claim in book.claims if claim is claims[0] or claim.label != label
        ]


def _places(claims: list[Claim]) -> str:
    same = [claim.place for claim in claims[1:] if Decimal(claim.value) == Decimal(claims[0].value)]
    return f"{claims[0].place}，另见 {'、'.join(dict.fromkeys(same))}" if same else claims[0].place


def _execution(
    known: Mapping[str, Decimal], whole: bool, inside: bool, base: Scheme, book: Notebook, has_fund_points: bool
) -> tuple[str, str]:
    """Return the points of 预算执行率 where the form does not state them, and why."""
    total = sum(known.values(), Decimal(0))
    if inside:
        return "0", "预算执行率是表里的一级指标，项目资金栏不另计分"
    if not has_fund_points:
        return "0", "项目资金没有分值、得分栏，不计分"
    if whole and total == at.HUNDRED:
        return "0", "各一级指标合计已是 100 分，项目资金栏不另计分"
    if whole and total < at.HUNDRED:
        rest = at.HUNDRED - total
        parts = "＋".join(f"{name} {plain(points)}" for name, points in known.items())
        missing = f"表上没有写预算执行率的分值，差 {plain(rest)} 分；暂按预算执行率 {plain(rest)} 分，请核对"
        book.contradictions.append(f"各部分合计 {plain(total)} 分（{parts}），{missing}")
        return plain(rest), f"推算：100－{plain(total)}"
    return plain(base.execution_weight), f"表上没有写，按{base.title}"


def _missing(tree: Tree, known: Mapping[str, Decimal], execution: Decimal, base: Scheme) -> Assumed:
    """Return the points of sections that the form does not state."""
    left = [name for name in tree.sections if name not in known]
    rest = at.HUNDRED - execution - sum(known.values(), Decimal(0))
    if len(left) == 1 and known and rest > 0:
        parts = "－".join(plain(points) for points in (execution, *known.values()) if points)
        return {f"{at.SECTION}{left[0]}": (plain(rest), f"推算：100－{parts}")}
    # Only a form that has the base's own sections and its points for 预算执行率 may mean the base's other points, too.
    same = set(left) == set(base.sections) or not tree.sections
    if not known and same and execution == base.execution_weight:
        return {
            f"{at.SECTION}{name}": (plain(points), f"表上没有写，按{base.title}")
            for name, points in base.sections.items()
        }
    return {}


def _check_sum(execution: Decimal, sections: Mapping[str, Decimal], book: Notebook, *, complete: bool) -> None:
    total = execution + sum(sections.values(), Decimal(0))
    if (complete and total != at.HUNDRED) or total > at.HUNDRED:
        parts = "＋".join(
            f"{name} {plain(points)}" for name, points in (("预算执行率", execution), *sections.items()) if points
        )
        book.contradictions.append(
            f"分值相加是 {plain(total)}，应为 100：{parts}。各一级指标的分值没有采用，请在评分参数里写明"
        )


def _set_aside(known: Mapping[str, Decimal], book: Notebook) -> None:
    """Say that single sections cannot be taken while others have no points."""
    names = "、".join(f"{name} {plain(points)}" for name, points in known.items())
    book.notes.append(f"只写了部分一级指标的分值（{names}），其余没有写，标准分值没有采用；请在评分参数里补全")
