"""The rows of 检查结果: findings of all forms, then the answers that were set aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.checks.answers import Answer, Scope, Settled, kept_state, left_apart, set_aside, settle
from toolkit.checks.finding import Finding
from toolkit.checks.review import Review
from toolkit.workbook.results.place import field_text, location, place_text

NOTHING_FOUND = "未发现错误和提醒。"
_APART = "（数值已变，原来的统一说明不再适用，请重新说明）"
SET_ASIDE = "以往说明"
SET_ASIDE_TITLE = "以往说明（问题已不存在，或说明所依据的数值已变；留存备查，数值恢复后自动生效）"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A row of the list.

    Attributes:
        texts: what stands under each heading; a heading that is missing stays empty.
        number: 序号, ``None`` for a row without one.
        link: where 位置 leads, "" where it leads nowhere.
    """

    texts: Mapping[str, str]
    number: int | None = None
    link: str = field(default="")


def result_rows(reviews: Sequence[Review], answers: Sequence[Answer]) -> Iterator[ResultRow]:
    """Yield the rows of all forms in their order, then what was set aside.

    An answer that no longer holds is not written beside its finding, lest it be taken as still given.
    """
    several = len(reviews) > 1
    past = set_aside([review.findings for review in reviews], answers)
    changed = {(answer.code, answer.field) for answer in past}
    number = 0
    for review in reviews:
        apart = left_apart(review.findings, answers)
        for at, row in enumerate(settle(review.findings, answers)):
            number += 1
            yield _finding_row(row, number, several, changed, at in apart)
    if not number:
        yield ResultRow({"问题": NOTHING_FOUND})
    if past:
        yield ResultRow({"问题": SET_ASIDE_TITLE})
        yield from (_past_row(answer, several) for answer in past)


def _finding_row(
    row: Settled, number: int, several: bool, changed: set[tuple[str, str]], apart: bool
) -> ResultRow:
    finding, answer = row.finding, row.answer
    first = finding.cells[0]
    texts = {
        "级别": "无法核对" if finding.undecidable else finding.severity.word,
        "位置": place_text(first, several),
        "栏目": field_text(finding.cells),
        "问题": f"{finding.message}。{_APART if apart else _remark(row, changed)}".replace("。。", "。"),
        "算式": finding.working,
        "改法": finding.fix,
        "依据": finding.source,
        "代码": finding.code,
        "说明": answer.text if answer else "",
        # 本处 without a 说明 remembers that the row waits for one of its own.
        "说明范围": answer.scope.value if answer else Scope.PLACE.value if apart else "",
        "当时值": kept_state(finding),
    }
    return ResultRow(texts, number, location(first))


def _remark(row: Settled, changed: set[tuple[str, str]]) -> str:
    finding = row.finding
    if row.answer is None and finding.explained is not None:
        return f"（已统一说明：{_short(finding.explained)}）"
    if _reopened(finding, changed):
        return f"（数值已变，请重新说明；原说明见下方“{SET_ASIDE}”）"
    return ""


def _reopened(finding: Finding, changed: set[tuple[str, str]]) -> bool:
    return finding.explained is None and (finding.code, finding.cells[0].field) in changed


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _past_row(answer: Answer, several: bool) -> ResultRow:
    place = f"{answer.sheet}!{answer.address}" if several and answer.sheet else answer.address
    return ResultRow(
        {
            "级别": SET_ASIDE,
            "位置": place,
            "栏目": answer.field,
            "代码": answer.code,
            "说明": answer.text,
            "说明范围": answer.scope.value,
            "当时值": answer.state,
        }
    )
