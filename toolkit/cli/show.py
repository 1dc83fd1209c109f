"""The results of check for people: grouped by severity, with cell, arithmetic and remedy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from toolkit.checks import Finding, Severity, Stage
from toolkit.checks.review import Review
from toolkit.core.money import fixed

DISCLAIMER = "本结果只说明表内数据相互一致、计算无误，不代替对数据真实性的审核。"
_ASKS = {
    Severity.ERROR: "须改正",
    Severity.WARNING: "请改正或写明说明",
    Severity.NEXT_YEAR: "本年不必改，留作下年调整",
    Severity.INFO: "供参考",
}


def review_lines(path: Path, review: Review) -> Iterator[str]:
    """Yield the lines that tell about one form."""
    form, case = review.case.form, review.case
    sheet = f" · {form.sheet}" if form.sheet else ""
    yield f"━━ {form.project_name.text or '（没有项目名称）'}（{path.name}{sheet}）"
    yield f"　 评分标准：{case.scheme.title}（{review.scheme_reason}）　校验码 {review.fingerprint}"
    if review.stage is Stage.SELF_EVALUATION:
        yield _score_line(review)
    yield from finding_groups(review)
    yield ""


def finding_groups(review: Review) -> Iterator[str]:
    """Yield the findings grouped by severity, or that there are none."""
    for severity in Severity:
        found = [each for each in review.findings if each.severity is severity]
        if found:
            yield from _group(severity, found)
    if not review.findings:
        yield f"　 共核对 {review.rules_run} 项，未发现错误和提醒。"
    elif not review.count(Severity.ERROR) and not review.count(Severity.WARNING):
        yield "　 没有错误和提醒。"


def _score_line(review: Review) -> str:
    scores = review.case.scores
    grade = f"　等级 {scores.grade.name}" if scores.filled_any or scores.computed else ""
    return f"　 {score_sentence(review)}{grade}"


def score_sentence(review: Review) -> str:
    """Say what was filled in, what it adds to and what the rules give, in one sentence."""
    scores = review.case.scores
    computed = fixed(scores.computed)
    if not scores.filled_any:
        return f"得分还没有填，测算 {computed}" if scores.computed else "得分还没有填，也还没有可以测算的"
    filled = fixed(scores.filled)
    stated = scores.stated or "（总分未填）"
    total = review.case.form.total_score.number
    apart = abs(scores.computed - (scores.filled if total is None else total))
    same = f"相差 {fixed(apart)}" if apart else "与填报一致"
    return f"填报得分 {stated}（合计 {filled}），测算 {computed}，{same}"


def finding_lines(found: Finding) -> Iterator[str]:
    """Yield the lines of one finding."""
    yield f"　　 {found.code}　{found.message}。"
    for name, text in (("算式", found.working), ("改法", found.fix), ("依据", found.source), ("说明", found.explained)):
        if text:
            yield f"　　　　　{name}：{text}"


def across_lines(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield the lines of findings that concern several forms."""
    if findings:
        yield "━━ 各表之间"
        for found in findings:
            yield from finding_lines(found)
        yield ""


def _group(severity: Severity, found: list[Finding]) -> Iterator[str]:
    waiting = sum(each.open for each in found)
    answered = f"：已说明 {len(found) - waiting}，待说明 {waiting}" if severity is Severity.WARNING else ""
    yield f"　 【{severity.word}】{len(found)} 处{answered}（{_ASKS[severity]}）"
    for each in found:
        yield from finding_lines(each)
