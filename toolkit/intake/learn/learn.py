"""Reading a blank form: from the file to what was understood of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from toolkit.core.scheme import Scheme
from toolkit.core.scheme import statement as at
from toolkit.intake.foreign.columns import Column, Columns, fund_columns
from toolkit.intake.foreign.model import Piece
from toolkit.intake.foreign.parts import Part, split_forms
from toolkit.intake.foreign.words import bare, is_word
from toolkit.intake.learn.footnotes import FootnoteReader, Note
from toolkit.intake.learn.funds import read_fund_rows
from toolkit.intake.learn.layout import (
    heading_text,
    read_columns,
    read_fund_columns,
    read_goals,
    read_head,
    read_reason_below,
    read_title,
)
from toolkit.intake.learn.model import Claim, Learned, Notebook
from toolkit.intake.learn.pages import Pages, read_pages
from toolkit.intake.learn.texts import spelled
from toolkit.intake.learn.tree import Tree, blocks, is_execution, read_tree, tree_claims
from toolkit.intake.learn.weights import Assumed, settle_weights
from toolkit.intake.learn.words import data, is_benign, is_empty_value
from toolkit.problem import Unreadable

_ORDER = (
    at.TITLE,
    at.FORMS,
    at.YEARS,
    at.UNIT,
    at.LABEL,
    at.AMOUNT,
    at.FUND_COLUMN,
    at.FUND_ROWS,
    at.GOALS,
    at.COLUMN,
    at.TREE,
    at.EXECUTION,
    at.SECTION,
)


def learn_form(path: Path, base: Scheme) -> Learned:
    """Read a blank form.

    Args:
        base: says what the form does not.

    Raises:
        Unreadable: the file cannot be read, or holds no self-evaluation form.
    """
    pages = read_pages(path)
    book = Notebook(unread=list(pages.unread), notes=list(pages.remarks))
    part = _chosen(path, pages, book)
    tree, assumed = _read(part, pages, base, book)
    assumed |= _assumed(book, tree, base)
    return Learned(
        claims=_ordered(book),
        assumed=assumed,
        confirmed=_once(book.confirmed),
        unread=tuple(dict.fromkeys(book.unread)),
        contradictions=tuple(dict.fromkeys(book.contradictions)),
        notes=tuple(dict.fromkeys(book.notes)),
        base=base,
    )


def _read(part: Part, pages: Pages, base: Scheme, book: Notebook) -> tuple[Tree, Assumed]:
    columns = part.columns[0]
    above = columns.top - 1
    funds = fund_columns(part.grid, part.first, above)
    before_funds = (funds.top - 1) if funds is not None else above
    read_title(part, above, book)
    read_head(part, before_funds, book)
    bottom = part.first
    if funds is not None:
        read_fund_columns(funds, book)
        bottom = read_fund_rows(part.grid, funds, above, book)
    else:
        book.notes.append("没有找到项目资金的栏目（年初预算数、全年预算数、全年执行数）")
    read_goals(replace(part, first=bottom), above, book)
    read_columns(columns, book)
    read_reason_below(part, columns, book)
    tree = read_tree(part, columns, _explained(columns), book)
    tree_claims(tree, book)
    notes = FootnoteReader(book, base, tree.sections)
    for note in _notes(part, pages, tree, book):
        notes.read(note)
    notes.settle()
    return tree, settle_weights(
        tree, base, book, has_fund_points=funds is not None and bool({"weight", "score"} & funds.fields.keys())
    )


def _chosen(path: Path, pages: Pages, book: Notebook) -> Part:
    """Return the form to be learned: the first one for self-evaluation."""
    if any(grid.stream for grid in pages.grids):
        raise Unreadable(path, "里的表格没有行列，认不出栏目的位置", "请用空白表的 .xlsx 或 .docx 原件")
    parts = [part for grid in pages.grids for part in split_forms(grid)]
    results = {"actual", "score"}
    having = [part for part in parts if results & (part.columns[0].fields.keys() | part.columns[0].doubtful.keys())]
    if not parts:
        reason = "里没有找到自评表（没有一级指标、三级指标、分值、得分这些栏目）"
        raise Unreadable(path, reason, "请确认选对了文件；扫描件、图片读不了，请向提供的人要可编辑的 .docx 或 .xlsx")
    if not having:
        raise Unreadable(path, "里只有目标申报表或监控表，没有实际完成值和得分栏", "请用自评表的空白表")
    others = [part.grid.name for part in parts if part is not having[0]]
    if others:
        book.notes.append(
            f"文件里还有 {len(others)} 张表没有读（{'、'.join(dict.fromkeys(others))}），只读“{having[0].grid.name}”的第一张自评表"
        )
    return having[0]


def _explained(columns: Columns) -> Column | None:
    known = data()["columns"]["指标说明"]
    return next((column for column in columns.others if bare(column.heading.text) in known), None)


def _notes(part: Part, pages: Pages, tree: Tree, book: Notebook) -> Iterator[Note]:
    """Yield all texts of the file that are no headings and no rows."""
    for row in tree.rows:
        cell = row.cells.get("note")
        if cell is not None and not tree.filled:
            yield Note(
                cell.text, cell.place, heading_text(row.text("level4") or row.text("level3") or row.text("level2"))
            )
    for piece in part.grid.between(part.first, part.last):
        if book.is_used(piece) or not _says_something(piece):
            continue
        if is_word(piece.text, "label", "other") or is_word(piece.text, "label", "grade"):
            book.leave(piece, "模板没有这一栏，没有采用")
        else:
            yield Note(piece.text, piece.place)
    yield from pages.notes
    for grid in pages.grids:
        if grid is not part.grid and not split_forms(grid):
            yield from (Note(piece.text, piece.place) for piece in grid.pieces if _says_something(piece))


def _says_something(piece: Piece) -> bool:
    text = spelled(piece.text)
    return not is_empty_value(text) and not is_benign(text)


def _assumed(book: Notebook, tree: Tree, base: Scheme) -> Assumed:
    """Return what the form does not say and every scheme must have, with the reason."""
    said = {claim.label for claim in book.claims}
    wanted = {
        label: text for label, text in at.stated(base).items() if label not in (at.NAME, at.ORIGIN, at.BASE, at.REGIONS)
    }
    prefixes = (at.LABEL, at.SECTION, at.RULE, at.CAP, at.SCALE, at.EQUAL, at.OUTLINE, at.EXECUTION)
    groups = (at.FUND_COLUMN, at.COLUMN, at.TREE, at.BAND, "等级·")
    found: Assumed = dict(book.absent)
    for label, text in wanted.items():
        group = next((each for each in groups if label.startswith(each)), None)
        known = any(each.startswith(group) for each in said) if group else label in said
        if not known and label not in found and not label.startswith(prefixes):
            found[label] = (text, f"表上没有写，按{base.title}")
    return found | _needed_columns(book) | _rules(book, tree)


def _needed_columns(book: Notebook) -> Assumed:
    """Return columns without which no form can be scored, where the blank form has none."""
    labels = [claim for claim in book.claims if claim.label.startswith(at.COLUMN)]
    there = {claim.value.split(at.RENAMED)[0] for claim in labels}
    missing = [name for name in ("一级指标", "三级指标", "得分") if labels and name not in there]
    reason = "表上没有这一栏，计算要用，加在末尾；次序可以改"
    return {f"{at.COLUMN}{number}": (name, reason) for number, name in enumerate(missing, len(labels) + 1)}


def _rules(book: Notebook, tree: Tree) -> Assumed:
    """Return how named indicators are scored: by 执行率, or by hand where the form has no column for a target."""
    named = list(dict.fromkeys(leaf.level4 or leaf.level3 for block, _ in blocks(tree) for leaf in block.leaves))
    for name, claim in book.ruled.items():
        if name in named:
            number = 1 + sum(each.label.startswith(at.RULE) for each in book.claims)
            book.claims.append(replace(claim, label=f"{at.RULE}{number}", value=f"{name}{at.BAR}执行率"))
    rates = [name for name in named if name not in book.ruled and (is_execution(name) or is_word(name, "fund", "rate"))]
    wanted: list[tuple[list[str], str, str]] = [(rates, "执行率", "名称就是执行率，按分值×执行率计分；另有算法的请改")]
    if not any(label.startswith(at.COLUMN) for label in _target_labels(book)):
        by_hand = [name for name in named if name not in book.ruled and name not in rates]
        reason = "表上没有年度指标值一栏，由填报人评分，写明评分依据"
        wanted.append((by_hand, f"人工评分{at.BAR}{reason}", reason))
    number = sum(claim.label.startswith(at.RULE) for claim in book.claims)
    found: Assumed = {}
    for names, rule, reason in wanted:
        if names:
            number += 1
            found[f"{at.RULE}{number}"] = (at.BAR.join((at.LINES.join(names), rule)), reason)
    return found


def _target_labels(book: Notebook) -> set[str]:
    return {claim.label for claim in book.claims if claim.value.split(at.RENAMED)[0] in ("年度指标值", "指标值")}


def _ordered(book: Notebook) -> tuple[Claim, ...]:
    """Return the claims in the order of the form, one for each setting."""
    first: dict[str, Claim] = {}
    for claim in book.claims:
        held = first.setdefault(claim.label, claim)
        if held.value != claim.value:
            book.contradictions.append(
                f"“{claim.label}”前后不一：{held.place}是“{held.value}”，{claim.place}是“{claim.value}”。暂按第一处，请核对"
            )
    return tuple(
        sorted(
            first.values(),
            key=lambda claim: next((n for n, each in enumerate(_ORDER) if claim.label.startswith(each)), len(_ORDER)),
        )
    )


def _once(claims: list[Claim]) -> tuple[Claim, ...]:
    first: dict[str, Claim] = {}
    for claim in claims:
        first.setdefault(claim.value, claim)
    return tuple(first.values())
