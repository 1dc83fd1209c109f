"""The one place where an unforeseen fault is caught: one Chinese sentence for the officer, the details in a log file."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

TYPE_CHECKING = False
if TYPE_CHECKING:  # most runs write no log, and pathlib would be a good part of the start-up
    from pathlib import Path
    from typing import TypeVar

    T = TypeVar("T")

UNREADABLE = 2
"""Exit code: something could not be read or written."""
_INTERRUPTED = 130


class Fault(Exception):
    """Something unforeseen went wrong; the text is one Chinese sentence naming the log."""


def guarded(action: Callable[[], T]) -> T:
    """Run ``action``; an unforeseen fault is written to the log and told as one sentence.

    Raises:
        Fault: in the place of whatever was not foreseen.
    """
    from toolkit.core.scheme.fields import SchemeError
    from toolkit.problem import Problem

    try:
        return action()
    except (Problem, SchemeError, Fault, BrokenPipeError):
        raise
    except Exception as error:  # the project's only broad except
        import traceback

        log = write_log(traceback.format_exc())
        raise Fault(f"程序出错，没有做完。原来的文件没有改动；请把日志 {log} 发给维护人员。") from error


def run_guarded(action: Callable[[], int]) -> int:
    """Run a command and return its exit code."""
    try:
        return guarded(action)
    except KeyboardInterrupt:
        print("已停止，没有写完的文件不会留下。", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (… | head): nothing is left to say, and nothing is wrong.
        stop_output()
        return 0
    except Fault as fault:
        print(fault, file=sys.stderr)
        return UNREADABLE


def say(text: str) -> None:
    """Print to standard output; a reader who has gone (… | head) stops the output, not the work."""
    try:
        print(text)
        sys.stdout.flush()
    except BrokenPipeError:
        stop_output()


def stop_output() -> None:
    """Send what else is printed nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_log(details: str) -> Path:
    """Append ``details`` with the time to the log file and return its path."""
    log = log_folder() / "selfeval.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{details}\n")
    return log


def log_folder() -> Path:
    """Return the folder of the log: SELFEVAL_LOG, else the user's local data folder."""
    from pathlib import Path

    named = os.environ.get("SELFEVAL_LOG")
    if named:
        return Path(named)
    local = os.environ.get("LOCALAPPDATA")
    return Path(local) / "selfeval" if local else Path.home() / ".local" / "state" / "selfeval"
