"""selfeval install, uninstall, doctor: the Excel side of this machine."""

from __future__ import annotations

from argparse import Namespace

from toolkit import __version__
from toolkit.addin.carried import addin_file
from toolkit.functions.carried import ADDIN, functions_addin
from toolkit.guard import say
from toolkit.machine.doctor import examine
from toolkit.machine.install import Parcel, install, uninstall
from toolkit.machine.model import Machine, State
from toolkit.machine.places import FUNCTIONS, OWN_KEY
from toolkit.machine.windows import this_machine

_SOMETHING_TO_CURE = 1


def run(options: Namespace) -> int:
    """Do what was asked for and say what was done."""
    return {"install": _install, "uninstall": _uninstall, "doctor": _doctor}[options.command](options)


def _install(options: Namespace) -> int:
    machine = this_machine()
    done = install(machine, _parcel(machine, with_functions=options.functions))
    say(f"加载项：{done.addin}")
    for path in done.functions:
        say(f"函数加载项：{path}")
    say(f"程序：{done.pythonw}")
    if done.former and done.former != __version__:
        say(f"已从 {done.former} 换成 {__version__}。")
    say("装好了。重新打开 Excel，功能区上会有“绩效自评”。有问题请运行 selfeval doctor。")
    return 0


def _uninstall(options: Namespace) -> int:
    gone, kept = uninstall(this_machine(), with_backups=options.with_backups)
    for path in gone:
        say(f"已删除 {path}")
    for path in kept:
        say(f"保留 {path}：里面是您的工作簿的备份；不要的话，请自行删除，或加 --with-backups 再运行一次。")
    say("按钮已从 Excel 移走。程序本身请删除安装它的文件夹，或用 pip uninstall selfeval。")
    return 0


def _doctor(options: Namespace) -> int:
    machine = this_machine()
    lines = list(examine(machine, _parcel(machine)))
    for line in lines:
        say(str(line))
    wrong = sum(line.state is State.CURE for line in lines)
    say(f"共 {len(lines)} 项，要处理 {wrong} 项。" if wrong else f"共 {len(lines)} 项，没有要处理的。")
    return _SOMETHING_TO_CURE if wrong else 0


def _parcel(machine: Machine, *, with_functions: bool = False) -> Parcel:
    """Return what shall be on the machine; the functions where they are asked for, and where they are already."""
    wanted = with_functions or machine.text(OWN_KEY, FUNCTIONS)
    functions = {ADDIN: functions_addin().read_bytes()} if wanted else {}
    return Parcel(__version__, addin_file().read_bytes(), functions)
