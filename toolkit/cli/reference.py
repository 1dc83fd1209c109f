"""Writing the generated pages of the manual: docs/检查规则.md, docs/评分标准.md, docs/函数.md, docs/Word模板变量.md.

Run as ``python -m toolkit.cli.reference docs``; a test compares the committed pages with what this gives.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from toolkit.cli.catalogue import AnyRule, every_rule
from toolkit.cli.scheme_text import leaves, points
from toolkit.core.money import plain
from toolkit.core.scheme import Scheme, load_schemes
from toolkit.functions import reference as functions
from toolkit.word.variables import manual_lines

PAGES = ("检查规则.md", "评分标准.md", "Word模板变量.md", "函数.md")
_NOTICE = "<!-- 本页由 make docs 生成，请勿手改 -->"


def page(name: str) -> str:
    """Return the text of one generated page."""
    lines = dict(zip(PAGES, (_rule_lines, _scheme_lines, manual_lines, _function_lines), strict=True))[name]()
    return "\n".join(lines) + "\n"


def write_pages(folder: Path) -> None:
    """Write all generated pages into ``folder``."""
    for name in PAGES:
        folder.joinpath(name).write_text(page(name), encoding="utf-8")


def _rule_lines() -> Iterator[str]:
    yield f"# 检查规则\n\n{_NOTICE}\n"
    yield f"共 {len(every_rule())} 条。级别：错误（须改正）、提醒（改正或写明说明）、留意下年（本年不改）、说明（供参考）。"
    yield "地方标准可以改变级别，结果中会写明依据。\n"
    yield "| 代码 | 级别 | 能做什么 | 内容 |\n|---|---|---|---|"
    for rule in every_rule():
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.severity.word} | {rule.remedy} | {rule.title} |"
    for rule in every_rule():
        yield from _rule_page(rule)


def _rule_page(rule: AnyRule) -> Iterator[str]:
    yield f"\n## {rule.code}\n"
    yield f"**{rule.title}**　{rule.severity.word}　{rule.remedy}\n"
    yield rule.manual.replace("\n", "\n\n").replace("\n\n\n\n", "\n\n")
    yield f"\n依据：{rule.source}"


def _function_lines() -> Iterator[str]:
    yield f"# 工作表函数\n\n{_NOTICE}\n"
    yield from functions.manual_lines()


def _scheme_lines() -> Iterator[str]:
    yield f"# 评分标准\n\n{_NOTICE}\n"
    yield "每个标准是 `toolkit/schemes/` 里的一个 TOML 文件；增加一个地方标准不需要改程序。\n"
    for scheme in load_schemes().values():
        yield from _scheme_page(scheme)


def _scheme_page(scheme: Scheme) -> Iterator[str]:
    yield f"## {scheme.id}　{scheme.title}\n"
    yield "| 要点 | 内容 |\n|---|---|"
    for heading, text in points(scheme):
        yield f"| {heading} | {text} |"
    yield ""
    if any(True for _ in leaves(scheme)):
        yield "| 一级指标 | 二级指标 | 三级指标 | 四级指标 | 分值 | 指标说明 |\n|---|---|---|---|---|---|"
        for block, leaf in leaves(scheme):
            weight = "" if leaf.weight is None else plain(leaf.weight)
            yield f"| {block.level1} | {block.level2} | {leaf.level3} | {leaf.level4} | {weight} | {leaf.note} |"
        yield ""


if __name__ == "__main__":
    write_pages(Path(sys.argv[1]))
