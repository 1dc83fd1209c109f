"""What lies around: user name, temporary folder, left-over caches, settings of other tools."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath

from toolkit.machine.install import Parcel
from toolkit.machine.model import Line, Machine, State
from toolkit.machine.places import own_folder, startup_folder
from toolkit.problem import Unwritable


def surroundings_lines(machine: Machine, parcel: Parcel) -> Iterator[Line]:
    """Yield the lines about the user's folders."""
    yield _user(machine, with_functions=bool(parcel.functions))
    yield _temporary(machine)
    yield _generated(machine)
    yield _log(machine)
    yield _settings(machine)
    yield _other_addin(machine)


def _user(machine: Machine, *, with_functions: bool) -> Line:
    home = str(machine.folder("USERPROFILE") or "")
    if home.isascii():
        return Line("用户名", State.GOOD, home or "没有设置 USERPROFILE")
    if machine.python.executable.isascii() or not with_functions:
        return Line("用户名", State.GOOD, f"{home} 有中文，按钮不受影响")
    cure = "工作表函数可能启动不了，请把程序装到不带中文的文件夹，如 C:\\selfeval"
    return Line("用户名", State.NOTE, f"{home} 有中文，程序也在里面", cure)


def _temporary(machine: Machine) -> Line:
    folder = machine.folder("TEMP")
    if folder is None or not machine.files.exists(folder):
        return Line("临时文件夹", State.CURE, f"{folder or 'TEMP'} 不存在", "请建好这个文件夹，或改正环境变量 TEMP")
    if not machine.files.is_writable(folder):
        return Line("临时文件夹", State.CURE, f"{folder} 写不了", "请腾出磁盘空间，或让管理员放开权限")
    return Line("临时文件夹", State.GOOD, str(folder))


def _generated(machine: Machine) -> Line:
    """Look for the cache that pywin32 keeps of Excel's interface; one of another version breaks every call."""
    folder = (machine.folder("TEMP") or PureWindowsPath()) / "gen_py"
    if machine.files.exists(folder):
        return Line(
            "接口缓存", State.NOTE, f"有 {folder}", "如按钮报“找不到成员”，请关闭 Excel 后删除这个文件夹，会自动重建"
        )
    return Line("接口缓存", State.GOOD, "没有旧的")


def _log(machine: Machine) -> Line:
    folder = own_folder(machine)
    parent = folder.parent if folder else None
    if (
        folder is None
        or parent is None
        or not machine.files.is_writable(folder if machine.files.exists(folder) else parent)
    ):
        return Line("日志", State.CURE, f"{folder or 'LOCALAPPDATA'} 写不了", "请检查环境变量 LOCALAPPDATA 和磁盘空间")
    return Line("日志", State.GOOD, str(folder / "selfeval.log"))


def _settings(machine: Machine) -> Line:
    """Look at the settings file of xlwings: nothing of ours reads it, but an empty line in it stops other programs."""
    path = (machine.folder("USERPROFILE") or PureWindowsPath()) / ".xlwings" / "xlwings.conf"
    if not machine.files.exists(path):
        return Line("xlwings 设置", State.GOOD, "没有个人设置")
    lines = machine.files.read(path).decode("utf-8", "replace").rstrip("\r\n").splitlines()
    if any(not line.strip() for line in lines):
        cure = "本工具不读它；别的 xlwings 程序启动不了的，请删除空行"
        return Line("xlwings 设置", State.NOTE, f"{path} 里有空行", cure)
    return Line("xlwings 设置", State.GOOD, f"有 {path}，本工具不读它")


def _other_addin(machine: Machine) -> Line:
    try:
        folder = startup_folder(machine)
    except Unwritable as problem:
        return Line("XLSTART", State.CURE, str(problem).rstrip("。"))
    if any(name.lower() == "xlwings.xlam" for name in machine.files.names(folder)):
        return Line(
            "XLSTART", State.NOTE, "有 xlwings.xlam，本工具用不着它", "有的杀毒软件会误报；没有别的程序用它的，可以移走"
        )
    return Line("XLSTART", State.GOOD, str(folder))
