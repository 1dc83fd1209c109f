"""selfeval schemes, rules, rule: what is built in."""

from __future__ import annotations

import difflib
from argparse import Namespace
from unicodedata import east_asian_width

from toolkit.cli.parser import Usage


def run(options: Namespace) -> int:
    """Print the list or the page that was asked for."""
    if options.command == "schemes":
        _print_schemes()
    elif options.command == "rules":
        _print_rules()
    else:
        _print_rule(options.code)
    return 0


def pad(text: str, width: int) -> str:
    """Pad ``text`` with blanks to ``width`` columns; a Chinese character takes two."""
    taken = sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
    return text + " " * max(0, width - taken)


def _print_schemes() -> None:
    from toolkit.cli.scheme_text import outline, points
    from toolkit.core.scheme import load_schemes

    for scheme in load_schemes().values():
        print(f"{pad(scheme.id, 24)}{scheme.title}")
        for heading, text in points(scheme):
            print(f"    {heading}：{text}")
        print("    指标：")
        for line in outline(scheme):
            print(f"        {line}")


def _print_rules() -> None:
    from toolkit.cli.catalogue import every_rule

    print(f"{pad('代码', 6)}{pad('级别', 10)}{pad('能做什么', 10)}内容")
    for rule in every_rule():
        print(f"{pad(rule.code, 6)}{pad(rule.severity.word, 10)}{pad(rule.remedy, 10)}{rule.title}")
    print(f"共 {len(every_rule())} 条。用 selfeval rule 代码 查看为什么查、怎么改，例如 selfeval rule F02。")


def _print_rule(code: str) -> None:
    from toolkit.cli.catalogue import every_rule

    found = next((rule for rule in every_rule() if rule.code == code.upper()), None)
    if found is None:
        near = difflib.get_close_matches(code.upper(), [rule.code for rule in every_rule()], n=3, cutoff=0.4)
        hint = f"相近的有 {'、'.join(near)}；" if near else ""
        raise Usage(f"没有代码为“{code}”的检查；{hint}用 selfeval rules 查看全部。")
    print(f"{found.code}　{found.title}　【{found.severity.word}】　{found.remedy}")
    print()
    print(found.manual)
    print(f"依据：{found.source}")
