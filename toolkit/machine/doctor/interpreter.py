"""Python and its packages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.machine.install import Parcel
from toolkit.machine.model import Line, Machine, State
from toolkit.machine.places import windowless

_OLDEST = (3, 11)
_STORE = "\\windowsapps\\"
_INSTALL_AGAIN = "请用离线安装包重新安装"


def interpreter_lines(machine: Machine, parcel: Parcel) -> Iterator[Line]:
    """Yield the lines about Python, its parts and the packages; ``parcel`` is not looked at."""
    yield _python(machine)
    if machine.windows:
        yield _pythonw(machine)
    yield _packages(machine)
    yield _modules(machine)


def _python(machine: Machine) -> Line:
    python = machine.python
    fact = f"{python.version}，{python.bits} 位，{python.executable}"
    if tuple(map(int, re.findall(r"\d+", python.version)[:2])) < _OLDEST:
        return Line("Python", State.CURE, f"{fact}，版本太旧", "需要 3.11 以上，" + _INSTALL_AGAIN)
    if _STORE in python.executable.lower():
        cure = "Excel 启动不了应用商店的 Python，请改装 python.org 的 Python 后重新安装本工具"
        return Line("Python", State.CURE, f"{fact}，来自应用商店", cure)
    if python.conda:
        cure = "按钮直接启动这个 Python，不经 conda 激活；如按钮没有反应，请改用离线安装包里的 Python"
        return Line("Python", State.NOTE, f"{fact}，属于 conda", cure)
    return Line("Python", State.GOOD, fact)


def _pythonw(machine: Machine) -> Line:
    path = windowless(machine)
    if machine.files.exists(path):
        return Line("pythonw", State.GOOD, str(path))
    return Line("pythonw", State.CURE, f"没有 {path}，按钮启动不了程序", _INSTALL_AGAIN)


def _packages(machine: Machine) -> Line:
    from packaging.specifiers import SpecifierSet

    missing = [name for (name, _), version in machine.packages.items() if not version]
    odd = [
        f"{name} {version}（应为 {allowed}）"
        for (name, allowed), version in machine.packages.items()
        if version and not SpecifierSet(allowed).contains(version, prereleases=True)
    ]
    if missing:
        return Line("部件", State.CURE, f"缺少 {'、'.join(missing)}", _INSTALL_AGAIN)
    if odd:
        return Line("部件", State.CURE, f"版本不合：{'、'.join(odd)}", _INSTALL_AGAIN)
    return Line("部件", State.GOOD, f"{len(machine.packages)} 个都在，版本相符")


def _modules(machine: Machine) -> Line:
    missing = [name for name, there in machine.modules.items() if not there]
    if missing:
        return Line(
            "窗口部件",
            State.NOTE,
            f"这个 Python 没有 {'、'.join(missing)}",
            "提问改用简单的对话框；要完整的窗口，" + _INSTALL_AGAIN,
        )
    return Line("窗口部件", State.GOOD, "齐全")
