"""The first line of 检查结果: counts, scores, grade, scheme, time and 校验码."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from toolkit.checks.finding import Severity
from toolkit.checks.review import Review
from toolkit.core.money import fixed

DISCLAIMER = "本结果只说明表内数据相互一致、计算无误，不代替对数据真实性的审核。"
_GAP = "　‖　"


def header_line(review: Review, moment: datetime) -> str:
    """Return the line that sums up one form."""
    parts = [counts(review), scores(review), f"等级 {review.case.scores.grade.name}"]
    parts += [f"标准：{review.case.scheme.title}", f"{moment:%Y-%m-%d %H:%M}", f"校验码 {review.fingerprint}"]
    line = _GAP.join(parts)
    return f"{line}（{DISCLAIMER}）" if _clean(review) else line


def header_lines(reviews: Sequence[Review], moment: datetime) -> str:
    """Return the line of each form, with the sheet's name where there are several."""
    if len(reviews) == 1:
        return f"检查结果　{header_line(reviews[0], moment)}"
    return "\n".join(f"检查结果·{review.case.form.sheet}　{header_line(review, moment)}" for review in reviews)


def counts(review: Review) -> str:
    """Return how many findings of each kind there are; none is said in words."""
    pieces = list(_counted(review))
    if _clean(review):
        return "｜".join([f"共核对 {review.rules_run} 项，未发现错误和提醒。", *pieces])
    return "｜".join(pieces)


def scores(review: Review) -> str:
    """Return the officer's score beside the one the rules give."""
    found = review.case.scores
    if not found.filled_any:
        return f"得分还没有填，测算 {fixed(found.computed)}"
    total = review.case.form.total_score.number
    filled = found.filled if total is None else total
    shown = f"填报得分 {fixed(filled)}"
    if total is None:
        shown += "（各项合计，总分未填）"
    elif total != found.filled:
        shown += f"（合计 {fixed(found.filled)}）"
    if filled == found.computed:
        return f"{shown}，与测算一致"
    return f"{shown}，测算 {fixed(found.computed)}，相差 {fixed(abs(found.computed - filled))}"


def _clean(review: Review) -> bool:
    return not review.count(Severity.ERROR) and not review.count(Severity.WARNING)


def _counted(review: Review) -> Iterator[str]:
    errors, warnings = review.count(Severity.ERROR), review.count(Severity.WARNING)
    if errors:
        yield f"错误 {errors} 处（须改正）"
    if warnings:
        yield f"提醒 {warnings} 处：已说明 {warnings - review.waiting}，待说明 {review.waiting}"
    for severity in (Severity.NEXT_YEAR, Severity.INFO):
        if review.count(severity):
            yield f"{severity.word} {review.count(severity)} 处"
    if review.unchecked:
        yield f"无法核对 {review.unchecked} 处"
