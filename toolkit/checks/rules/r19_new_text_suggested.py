"""R19: paragraphs of the report that the officer rewrote have a new suggestion beside them."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.checks.finding import Fault, Remedy, Severity
from toolkit.checks.rule import RESULTS, rule


@rule(
    "R19",
    title="改写过的段落有新的建议稿",
    severity=Severity.INFO,
    remedy=Remedy.CORRECT,
    source="改写过的段落一字不动，新文字放在旁边作“建议稿”",
    stages=RESULTS,
)
def new_text_suggested(case: Case) -> Iterator[Fault]:
    """表或报告要素改了，报告里您改写过的段落没有跟着改，新文字在“建议稿”列。

    为什么：您写的文字一个字也不会被改；但其中的数可能已经不是表里的数。
    怎么改：对照“建议稿”，需要的改到段落里；不需要的不用管。
    """
    report = case.report
    if report is None:
        return
    if report.suggested:
        yield Fault(
            cells=report.suggested,
            fact=f"有 {len(report.suggested)} 段您改写过，没有动；现在生成的文字不同，放在“建议稿”列"
            if len(report.suggested) > 1
            else "您改写过，没有动；现在生成的文字不同，放在“建议稿”列",
            fix="请对照“建议稿”，需要的改到段落里；不需要的不用管。",
        )
    if report.orphaned:
        yield Fault(
            cells=report.orphaned,
            fact=f"有 {len(report.orphaned)} 段您改写过，予以保留；按现在的表不再生成这些内容"
            if len(report.orphaned) > 1
            else "您改写过，予以保留；按现在的表不再生成这一段",
            fix="请看是否还要保留；不要的请删去整行。",
        )
