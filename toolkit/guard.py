"""The one place where an unforeseen fault is caught: one Chinese sentence for the officer, the details in a log file."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

UNREADABLE = 2
"""Exit code: something could not be read or written."""
_INTERRUPTED = 130


def run_guarded(action: Callable[[], int]) -> int:
    """Run ``action`` and return its exit code; an unforeseen fault is logged and told in one sentence."""
    try:
        return action()
    except KeyboardInterrupt:
        print("已停止，没有写完的文件不会留下。", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone (… | head): nothing is left to say, and nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # the project's only broad except
        import traceback

        log = write_log(traceback.format_exc())
        print(f"程序出错，没有做完。原来的文件没有改动；请把日志 {log} 发给维护人员。", file=sys.stderr)
        return UNREADABLE


def write_log(details: str) -> Path:
    """Append ``details`` with the time to the log file and return its path."""
    log = log_folder() / "selfeval.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as stream:
        stream.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')}\n{details}\n")
    return log


def log_folder() -> Path:
    """Return the folder of the log: SELFEVAL_LOG, else the user's local data folder."""
    named = os.environ.get("SELFEVAL_LOG")
    if named:
        return Path(named)
    local = os.environ.get("LOCALAPPDATA")
    return Path(local) / "selfeval" if local else Path.home() / ".local" / "state" / "selfeval"
