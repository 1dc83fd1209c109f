"""Entry of the command line. Imports nothing heavy: each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from toolkit.cli.parser import USAGE, Usage, parse
from toolkit.guard import UNREADABLE, run_guarded

_COMMANDS = {
    "new": "toolkit.cli.new",
    "fill": "toolkit.cli.fill",
    "check": "toolkit.cli.check",
    "report": "toolkit.cli.report",
    "compare": "toolkit.cli.compare",
    "finish": "toolkit.cli.finish",
    "carry-over": "toolkit.cli.carry_over",
    "split": "toolkit.cli.split",
    "merge": "toolkit.cli.merge",
    "verify": "toolkit.cli.verify",
    "collect": "toolkit.cli.collect",
    "scheme": "toolkit.cli.scheme",
    "schemes": "toolkit.cli.listing",
    "rules": "toolkit.cli.listing",
    "rule": "toolkit.cli.listing",
    "demo": "toolkit.cli.demo",
    "install": "toolkit.cli.machine",
    "uninstall": "toolkit.cli.machine",
    "doctor": "toolkit.cli.machine",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 no 错误 found, 1 错误 found, 2 something could not be read or written, 64 wrong usage.
    """
    _speak_utf8()
    options = parse(arguments)
    return run_guarded(lambda: _run(options))


def _run(options: Namespace) -> int:
    from toolkit.core.scheme import SchemeError
    from toolkit.problem import Problem

    command: Callable[[Namespace], int] = import_module(_COMMANDS[options.command]).run
    try:
        return command(options)
    except Usage as error:
        print(error, file=sys.stderr)
        return USAGE
    except (Problem, SchemeError) as error:
        print(error, file=sys.stderr)
        return UNREADABLE


def _speak_utf8() -> None:
    # A Chinese Windows console speaks GBK; a character it lacks must not end the program.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
