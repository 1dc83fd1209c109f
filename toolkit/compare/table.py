"""修改对照表 in words: the head lines, the rows, the closing sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.checks import Severity
from toolkit.checks.review import Review, total_of
from toolkit.compare.drafts import Comparison
from toolkit.compare.model import Change, ChangeKind
from toolkit.core.money import fixed

TITLE = "修改对照表"
HEADINGS = ("序号", "项目", "位置", "修改前", "修改后", "修改原因", "对应退回意见")


def table_rows(compared: Comparison) -> Iterator[tuple[str, ...]]:
    """Yield the rows of one form's table; 对应退回意见 is left for the officer."""
    for number, change in enumerate(compared.changes, 1):
        yield str(number), _item(change), change.place, change.before, change.after, change.reason, ""


def head_lines(compared: Comparison) -> Iterator[str]:
    """Yield what stands above the table: the project, total and grade before and after, the 错误 gone and new."""
    form = compared.review.case.form
    yield f"{form.project_name.text or '（没有项目名称）'}" + (f"（{form.year} 年度）" if form.year else "")
    old, new = compared.old, compared.new
    if old is None or new is None:
        yield "上一稿没有这张表，本稿新增。" if old is None else "本稿没有这张表，上一稿有。"
        return
    if compared.guessed:
        yield f"上一稿的项目名称是“{old.case.form.project_name.text}”，按相似程度对应，请核对是否同一项目。"
    yield _standing(old, new)
    yield _checked(old, new)
    yield from (f"已改正：{found.code}　{found.message}。" for found in compared.corrected)
    yield from (f"新出现的错误：{found.code}　{found.message}。" for found in compared.arisen)


def closing(compared: Sequence[Comparison]) -> str:
    """Return the sentence below the tables: how much was changed, and that nothing else was."""
    changes = [change for each in compared for change in each.changes]
    forms = sum(each.old is None or each.new is None for each in compared)
    whole = f"，另有 {forms} 张表只在一稿中有" if forms else ""
    if not changes:
        return f"与上一稿逐项核对，没有发现修改{whole}。"
    following = sum(change.follows for change in changes)
    computed = f"（其中 {following} 处由公式随之变动）" if following else ""
    return f"共修改 {len(changes)} 处{computed}{whole}，其余内容与上一稿一致。"


def _item(change: Change) -> str:
    kind = "" if change.kind is ChangeKind.CHANGED else f"（{change.kind}）"
    remark = f"（{change.remark}）" if change.remark else ""
    return f"{change.item}{kind}{remark}"


def _standing(old: Review, new: Review) -> str:
    (before, grade_before), (after, grade_after) = total_of(old), total_of(new)
    if before is None or after is None:
        shown = ["未打分" if total is None else f"{fixed(total)}" for total in (before, after)]
        return f"总分：{shown[0]} → {shown[1]}。"
    apart = after - before
    moved = f"（{'＋' if apart > 0 else '－'}{fixed(abs(apart))}）" if apart else "（未变）"
    return f"总分：{fixed(before)} → {fixed(after)}{moved}；等级：{grade_before} → {grade_after}。"


def _checked(old: Review, new: Review) -> str:
    errors = [review.count(Severity.ERROR) for review in (old, new)]
    waiting = [review.waiting for review in (old, new)]
    return f"检查：错误 {errors[0]} → {errors[1]} 处，待说明的提醒 {waiting[0]} → {waiting[1]} 处；校验码 {old.fingerprint} → {new.fingerprint}。"
