"""W05: an indicator weighted other than the scheme's tree or an equal split says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rows import bare
from toolkit.checks.rule import rule
from toolkit.checks.weights import below_zero, out_of_use, same_section, sections, unweighted, weight_of
from toolkit.checks.wording import shorten
from toolkit.core.form import Indicator
from toolkit.core.money import plain
from toolkit.core.scheme import Block, Leaf
from toolkit.scoring import equal_shares


@rule(
    "W05",
    title="分值与标准或平均分配不符",
    severity=Severity.NEXT_YEAR,
    remedy=Remedy.NEXT_YEAR,
    source="评分标准所列指标的分值；平均分配的，余数归第一个指标",
)
def weight_differs_from_standard(case: Case) -> Iterator[Fault]:
    """评分标准写明了分值的指标，应按标准的分值；规定平均分配的，各指标分值应相等，除不尽的余数归第一个。

    为什么：这些分值由标准统一规定，本单位自己改动，项目之间就不可比。一级指标的合计与标准不同的，由 W03 说明。
    怎么改：下年申报目标时按标准设置；确需调整的，先征得上级同意。标准规定不得调整的，本年说明。
    """
    if unweighted(case.form) or below_zero(case.form):
        return
    wrong = [*_off_tree(case), *_off_split(case)]
    if wrong:
        yield _fault(case, wrong)


@dataclass(frozen=True, slots=True)
class _Off:
    """Rows whose weights add to ``found`` where ``due`` is right; ``working`` is how an equal split comes about."""

    name: str
    rows: tuple[Indicator, ...]
    found: Decimal
    due: Decimal
    working: str = ""


def _fault(case: Case, wrong: Sequence[_Off]) -> Fault:
    fixed, first = case.scheme.sections_fixed, wrong[0]
    if len(wrong) == 1 and len(first.rows) == 1:
        fact = f"填 {first.rows[0].weight.text}，标准为 {plain(first.due)} 分"
    else:
        listed = "、".join(f"{shorten(off.name, 12)} {plain(off.found)}（应为 {plain(off.due)}）" for off in wrong)
        fact = f"分值与标准不同：{listed}"
    return Fault(
        cells=tuple(row.weight for off in wrong for row in off.rows),
        fact=fact,
        found="；".join(plain(off.found) for off in wrong),
        expected="；".join(plain(off.due) for off in wrong),
        working="；".join(dict.fromkeys(off.working for off in wrong if off.working)),
        fix="请按标准改正分值，或写明调整依据。" if fixed else "本年无须修改；下年申报目标时按标准设置，确需调整的先征得上级同意。",
        severity=Severity.WARNING if fixed else None,
    )


def _section(case: Case, level1: str) -> tuple[Indicator, ...]:
    return tuple(row for name, rows in sections(case).items() if same_section(level1, name) for row in rows)


def _whole(case: Case, level1: str) -> bool:
    """Tell whether a section adds to what the scheme says, or the scheme leaves the whole open (else W03 speaks)."""
    due = next((points for name, points in case.scheme.sections.items() if same_section(name, level1)), None)
    return due is None or weight_of(_section(case, level1)) == due


def _off_tree(case: Case) -> Iterator[_Off]:
    for block in case.scheme.tree:
        if any(leaf.weight is not None for leaf in block.leaves) and _whole(case, block.level1):
            yield from _off_block(block, _section(case, block.level1))


def _off_block(block: Block, rows: tuple[Indicator, ...]) -> Iterator[_Off]:
    groups: dict[str, list[Leaf]] = {}
    for leaf in block.leaves:
        groups.setdefault(bare(leaf.level3), []).append(leaf)
    met = False
    for name, leaves in groups.items():
        of_group = tuple(row for row in rows if _belongs(row, name, leaves))
        met = met or bool(of_group)
        yield from _off_group(leaves, of_group)
    if not met and block.level2:
        # Named otherwise or divided further: the block as a whole still has its weight.
        own = tuple(row for row in rows if bare(row.level2.text) == bare(block.level2))
        yield from _compared(block.level2, own, [*block.leaves])


def _belongs(row: Indicator, level3: str, leaves: Sequence[Leaf]) -> bool:
    if bare(row.level3.text) == level3:
        return True
    lowest = bare(row.level4.text)
    return row.level3.blank and any(leaf.level4 and bare(leaf.level4) == lowest for leaf in leaves)


def _off_group(leaves: Sequence[Leaf], rows: tuple[Indicator, ...]) -> Iterator[_Off]:
    by_name = {bare(leaf.level4): leaf for leaf in leaves if leaf.level4}
    if rows and all(bare(row.level4.text) in by_name for row in rows):
        for row in rows:
            yield from _compared(row.name, (row,), [by_name[bare(row.level4.text)]])
    else:
        yield from _compared(leaves[0].level3, rows, leaves)


def _compared(name: str, rows: tuple[Indicator, ...], leaves: Sequence[Leaf]) -> Iterator[_Off]:
    weights = [leaf.weight for leaf in leaves if leaf.weight is not None]
    used = tuple(row for row in rows if row.weight.number is not None and not out_of_use(row))
    if used and len(weights) == len(leaves):
        found, due = weight_of(used), sum(weights, Decimal(0))
        if found != due:
            yield _Off(name, used, found, due)


def _off_split(case: Case) -> Iterator[_Off]:
    for level1 in case.scheme.equal_sections:
        section = _section(case, level1)
        rows = tuple(row for row in section if (row.weight.number or 0) > 0 and not out_of_use(row))
        whole = weight_of(rows)
        shares = equal_shares(whole, len(rows), case.scheme.score_decimals)
        found = [row.weight.number or Decimal(0) for row in rows]
        # To which indicator the remainder goes costs nobody a point.
        if not _whole(case, level1) or sorted(found) == sorted(shares):
            continue
        working = f"“{level1}”{plain(whole)} 分由 {len(rows)} 个指标平均分配：{'＋'.join(map(plain, shares))}＝{plain(whole)}"
        for row, weight, due in zip(rows, found, shares, strict=True):
            if weight != due:
                yield _Off(row.name, (row,), weight, due, working)
