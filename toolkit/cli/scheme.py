"""selfeval scheme learn: this year's blank form becomes a scheme and a template."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.cli.backup import keep_copy, target_of
from toolkit.cli.parser import Usage
from toolkit.cli.sources import WORKBOOKS, find_schemes, must_exist
from toolkit.core.scheme import SchemeError, load_scheme
from toolkit.core.scheme import statement as at
from toolkit.core.scheme.load import built_in_schemes, scheme_of_table
from toolkit.core.scheme.match import DEFAULT
from toolkit.problem import Unreadable
from toolkit.workbook.save import check_target, write_atomically

if TYPE_CHECKING:
    from toolkit.intake.learn import Learned

CONTRADICTED = 1
"""Exit code: the blank form contradicts itself, or a setting cannot be used."""
_PREAMBLE = """# 由 selfeval scheme learn 生成，读自{origin}。
# 请不要手改：核对、改正都在模板的工作表“评分参数”里做，改好后运行
#     selfeval scheme learn {template} -o {scheme}
# readings 写明每项读自哪里、怎样认出；没有写在这里的，按 {base}。

"""


def run(options: Namespace) -> int:
    """Learn a blank form, or take back the settings of a template that was corrected."""
    source = Path(options.form)
    target = target_of(options.output, (".toml",))
    if target.stem in built_in_schemes():
        raise Usage(f"“{target.stem}”是内置标准的编号；请换一个文件名，例如 -o {target.stem}-新.toml。")
    must_exist(source)
    ours = source.suffix.lower() in WORKBOOKS and _is_ours(source)
    template = _template(options.template, source, target, ours)
    if ours:
        return _take_back(source, target, template)
    return _learn(source, target, template, options)


def _learn(source: Path, target: Path, template: Path, options: Namespace) -> int:
    from toolkit.intake.learn import learn_form, scheme_table
    from toolkit.intake.learn.report import report_lines, summary

    schemes = find_schemes(options.base)
    base = schemes.known[schemes.wanted or DEFAULT]
    learned = learn_form(source, base)
    title = options.title or f"{_title(learned)}（{source.stem}）"
    table, problems = scheme_table(learned, target.stem, title, f"空白表“{source.name}”")
    for line in report_lines(learned):
        print(line)
    _write(table, target, template, f"“{source.name}”", base.title, summary(learned))
    for problem in problems:
        print(f"{problem}。", file=sys.stderr)
    return CONTRADICTED if learned.contradictions or problems else 0


def _template(asked: str | None, source: Path, target: Path, ours: bool) -> Path:
    """Return where the template goes: beside the scheme under its name, and never over somebody's blank form."""
    beside = target.with_suffix(".xlsx")
    if asked is None and not ours and beside.exists() and beside.samefile(source):
        beside = beside.with_stem(f"{beside.stem}_模板")
    template = target_of(asked or str(beside), (".xlsx", ".xlsm"))
    check_target(template, None if ours else source)
    return template


def _title(learned: Learned) -> str:
    return learned.settings.get(at.TITLE, learned.base.form_title)


def _take_back(source: Path, target: Path, template: Path) -> int:
    """Make scheme and template anew from the settings that the officer corrected in 评分参数."""
    from toolkit.core.scheme.restate import base_of, table_of
    from toolkit.intake.learn import settings_of
    from toolkit.intake.learn.table import kept_readings

    _, settings, rows = settings_of(source)
    table, problems = table_of(settings, target.stem)
    base = base_of(settings)
    before = _stated_before(target)
    readings = kept_readings(settings, rows, problems, before)
    whole = {**table, "readings": readings}
    changes = _changes(before, at.stated(scheme_of_table(target.name, whole)))
    for line in changes:
        print(line)
    for problem in problems:
        print(f"{source.name}：{problem}。", file=sys.stderr)
    told = f"取回评分参数{f'，与原来的标准相比改了 {len(changes)} 项' if before else ''}。"
    _write(whole, target, template, f"“{source.name}”的评分参数", base.title, told)
    return CONTRADICTED if problems else 0


def _write(table: Mapping[str, Any], target: Path, template: Path, origin: str, base: str, told: str) -> None:
    """Write scheme and template, and tell what was understood and how to go on."""
    import tomli_w

    from toolkit.workbook.template import build_workbook

    scheme = scheme_of_table(target.name, table)
    head = _PREAMBLE.format(origin=origin, template=template.name, scheme=target.name, base=base)
    text = head + tomli_w.dumps(table)
    copies = [copy for path in (target, template) if (copy := keep_copy(path)) is not None]
    build_workbook(template, None, scheme)
    write_atomically(target, lambda temporary: temporary.write_text(text, encoding="utf-8"))
    print(f"{origin}：{told}", file=sys.stderr)
    print(f"已生成 {target}（评分标准“{scheme.title}”，编号 {scheme.id}）和模板 {template}。", file=sys.stderr)
    for copy in copies:
        print(f"原来的同名文件另存为 {copy}。", file=sys.stderr)
    print(
        f"请打开 {template} 的工作表“评分参数”逐项核对，读错的直接改；改好后运行 selfeval scheme learn {template} -o {target}。",
        file=sys.stderr,
    )


def _stated_before(target: Path) -> dict[str, str]:
    """Return the settings of the scheme file that stands there, none where there is none or it is no scheme."""
    if not target.exists():
        return {}
    try:
        return at.stated(load_scheme(target))
    except SchemeError:
        return {}


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    if not before:
        return []
    labels = [label for label in {**before, **after} if before.get(label, "") != after.get(label, "")]
    return [f"{label}：{before.get(label) or '（空）'} → {after.get(label) or '（空）'}" for label in labels]


def _is_ours(path: Path) -> bool:
    from toolkit.intake.learn import carries_scheme
    from toolkit.workbook.ours import is_ours

    if not is_ours(path):
        return False
    if not carries_scheme(path):
        raise Unreadable(
            path,
            "是本工具生成的自评表，评分标准已经在里面，不是别处的空白表",
            "请换成上级发的空白表；要改标准，从空白表读起",
        )
    return True
