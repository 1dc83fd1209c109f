"""抽查建议: which projects to look at first, each with its reason; the same folder gives the same list."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from toolkit.collect.versions import Project, draft_of
from toolkit.core.money import money, plain, round_half_up

_SHARE = Decimal("0.2")
_NEAR = Decimal(1)
_DRAFTS = 3
RULES = (
    f"抽查条件：资金排在前 {plain(_SHARE * 100)}%；自评满分；距等级分界不到 {plain(_NEAR)} 分；执行率低而产出指标满分；"
    f"收到 {_DRAFTS} 稿以上（或写明第 {_DRAFTS} 稿）；没有佐证。符合的条件越多越靠前，条件数相同的资金多的在前。"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A project worth a look, and why."""

    project: Project
    reasons: tuple[str, ...]


def samples_of(projects: Sequence[Project]) -> list[Sample]:
    """Return the projects that meet a condition, those that meet most first, then those with most money."""
    chosen = [project for project in projects if not project.chosen.head.whole]
    ranked = sorted((each for each in chosen if _budget(each)), key=_budget, reverse=True)
    largest = {id(each): rank for rank, each in enumerate(ranked[: math.ceil(len(ranked) * _SHARE)], 1)}
    found = [Sample(each, tuple(_reasons(each, largest.get(id(each)), len(ranked)))) for each in chosen]
    return sorted(
        (each for each in found if each.reasons), key=lambda each: (-len(each.reasons), -_budget(each.project))
    )


def _budget(project: Project) -> Decimal:
    return project.chosen.head.yuan(1) or Decimal(0)


def _reasons(project: Project, rank: int | None, count: int) -> Iterator[str]:
    head = project.chosen.head
    if rank is not None:
        yield f"资金 {money(_budget(project))} 元，在 {count} 个项目中排第 {rank}"
    if head.all_full:
        yield "各项指标和预算执行率都得满分"
    yield from _near(head.score, head.bounds)
    if head.rate is not None and head.rate < Decimal(head.floor) and head.outputs_full:
        yield f"执行率 {round_half_up(head.rate * 100, 2)}%，产出指标都得满分"
    drafts = max(1 + len(project.others), draft_of(project.chosen.file) or 1)
    if drafts >= _DRAFTS:
        yield f"改了 {drafts} 稿"
    if head.evidence == "无":
        yield "各指标都没有写佐证材料"


def _near(score: Decimal | None, bounds: Sequence[str]) -> Iterator[str]:
    for bound in map(Decimal, bounds):
        if score is not None and abs(score - bound) < _NEAR:
            if score == bound:
                yield f"自评 {plain(score)} 分，正好在等级分界上"
                continue
            side = "高" if score >= bound else "低"
            yield f"自评 {plain(score)} 分，比等级分界 {plain(bound)} 分{side} {plain(abs(score - bound))} 分"
