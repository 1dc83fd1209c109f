"""selfeval carry-over: next year's blank form from this year's."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.carry import carry_over, years_left
from toolkit.checks import Severity, Stage, make_case
from toolkit.checks.review import Review, review_form
from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.check import Beside, Failed, check_files
from toolkit.cli.new import tell_written
from toolkit.cli.parser import Usage
from toolkit.cli.show import finding_lines
from toolkit.cli.sources import find_schemes
from toolkit.core.facts import is_unconfirmed
from toolkit.core.form import Form
from toolkit.core.money import money
from toolkit.guard import say
from toolkit.workbook.save import check_target

_TARGETS = (Severity.ERROR, Severity.WARNING)
_SHOWN = 6


def run(options: Namespace) -> int:
    """Write next year's workbook and say what was carried over and what will be found again."""
    from toolkit.workbook.template import build_workbook

    source = Path(options.file)
    target = target_of(options.output, (".xlsx",))
    check_target(target, source)
    reviews = _reviews(source, options.scheme)
    scheme, _ = find_schemes(options.scheme).choose_one(source, [each.case.form for each in reviews])
    forms = [carry_over(each.case.form, each.findings, each.case.scheme) for each in reviews]
    copy = keep_copy(target)
    build_workbook(target, forms, scheme)
    for review, form in zip(reviews, forms, strict=True):
        say("\n".join(told(review, form)))
    tell_written(str(target), f"评分标准：{scheme.title}；下年另有标准的，请加 --scheme 再生成一次", copy)
    return 0


def _reviews(source: Path, scheme: str | None) -> Sequence[Review]:
    (done,) = check_files([source], find_schemes(scheme), Beside((), None, Stage.SELF_EVALUATION))
    if isinstance(done, Failed):
        raise done.problem
    if done.report:
        raise Usage(f"“{source.name}”是报告，不是自评表；请写自评表（.xlsx、.xlsm）或交换文件（.json）。")
    for remark in done.source.remarks:
        print(f"{source.name}：{remark}", file=sys.stderr)
    return done.reviews


def told(review: Review, form: Form) -> Iterator[str]:
    """Yield what the officer should know of one form that was carried over."""
    old = review.case.form
    yield f"━━ {form.project_name.text or '（没有项目名称）'}：{old.year or '（没有年度）'} → {form.year or '（没有年度，请填写）'}"
    yield f"　 保留 {len(form.indicators)} 个指标的名称、指标值、分值和数据来源；资金、完成值、得分、偏差原因已清空。"
    yield from _to_confirm(old, form)
    advice = form.tables.get("目标调整建议", ())
    if advice:
        yield f"　 【下年度目标调整建议】{len(advice)} 条，已列入“报告要素”："
        for row in advice:
            yield f"　　 {row['所指'].text}：{row['上年情况'].text}。{row['建议'].text}"
    yield from _found_again(review, form)
    yield ""


def _to_confirm(old: Form, form: Form) -> Iterator[str]:
    documents = sum(map(is_unconfirmed, form.tables.get("资金依据", ())))
    if documents:
        yield f"　 资金依据 {documents} 份文件标为“上年沿用，请确认”：改成本年的文件并清空“状态”后才算数。"
    rest = form.facts.get("上年未执行数")
    if rest is not None and rest.number:
        yield f"　 上年未执行 {money(rest.number)} {form.currency_unit}：结转到本年的，填入“上年结转资金”；已收回的不填。"
    places = [cell.field for cell in years_left(form, old.year)] if old.year else []
    if places:
        more = f"等 {len(places)} 处" if len(places) > _SHOWN else ""
        yield f"　 仍写着“{old.year}年”，请改：{'、'.join(places[:_SHOWN])}{more}。"


def _found_again(review: Review, form: Form) -> Iterator[str]:
    case = make_case(form, review.case.scheme)
    again = [each for each in review_form(case, stage=Stage.GOALS).findings if each.severity in _TARGETS and not each.undecidable]
    if not again:
        yield "　 按目标阶段检查，没有会再次出现的错误和提醒。"
        return
    yield f"　 【目标不改，下年还会提出】{len(again)} 处："
    for found in again:
        yield from finding_lines(found)
