"""The finished workbook: cleaned, marked with its 校验码, and verified by whoever receives it."""

from toolkit.workbook.finish.scan import Leftover, hygiene
from toolkit.workbook.finish.verify import Change, State, Verdict, verify_file
from toolkit.workbook.finish.write import Finished, finish_workbook

__all__ = ["Change", "Finished", "Leftover", "State", "Verdict", "finish_workbook", "hygiene", "verify_file"]
