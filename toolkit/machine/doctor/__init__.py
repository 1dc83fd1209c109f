"""The doctor: one line for every thing that can keep the buttons from working, with the cure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from toolkit.machine.doctor.addin import addin_lines
from toolkit.machine.doctor.excel import excel_lines
from toolkit.machine.doctor.interpreter import interpreter_lines
from toolkit.machine.doctor.policy import policy_lines
from toolkit.machine.doctor.surroundings import surroundings_lines
from toolkit.machine.install import Parcel
from toolkit.machine.model import Line, Machine, State

Check = Callable[[Machine, Parcel], Iterator[Line]]

_ELSEWHERE: tuple[Check, ...] = (interpreter_lines,)
_ON_WINDOWS: tuple[Check, ...] = (interpreter_lines, excel_lines, policy_lines, addin_lines, surroundings_lines)


def examine(machine: Machine, parcel: Parcel) -> Iterator[Line]:
    """Yield a line for every item, in the order in which they should be put right.

    Args:
        machine: the machine.
        parcel: what this version would install.
    """
    for check in _ON_WINDOWS if machine.windows else _ELSEWHERE:
        yield from check(machine, parcel)
    if not machine.windows:
        yield Line("Excel", State.NOTE, "本机不是 Windows，没有按钮", "各项功能请用 selfeval 命令，效果相同")
    yield _office(machine)


def _office(machine: Machine) -> Line:
    if machine.office:
        return Line("LibreOffice", State.GOOD, machine.office)
    return Line("LibreOffice", State.NOTE, "没有安装", "不装也能用，只是定稿不带 PDF，可在 Word、Excel 里另存为 PDF")
