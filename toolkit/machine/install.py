"""Putting the Excel side on a machine and taking it away: for one user, without rights, without a network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PureWindowsPath

from toolkit.machine.model import Machine
from toolkit.machine.places import (
    ADDIN,
    ADDIN_NAME,
    FUNCTIONS,
    OWN_KEY,
    PYTHONW,
    VERSION,
    addin_place,
    own_folder,
    startup_folder,
    windowless,
)
from toolkit.problem import Unwritable

BACKUPS = "备份"
"""The folder of backups within ours; uninstalling leaves it where it is not asked to take it too."""

_ASK_EXCEL = "import xlwings; print(next((app.startup_path for app in xlwings.apps), ''))"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be installed.

    Attributes:
        version: of this package.
        addin: the ribbon add-in's bytes.
        functions: further add-ins by file name, for the worksheet functions; empty where they are not wanted.
    """

    version: str
    addin: bytes
    functions: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Installed:
    """Where things were put.

    Attributes:
        addin: the add-in.
        former: the version that was there before, "" where there was none.
    """

    addin: PureWindowsPath
    pythonw: PureWindowsPath
    functions: tuple[PureWindowsPath, ...]
    former: str


def install(machine: Machine, parcel: Parcel) -> Installed:
    """Put the add-in where Excel loads it and write where Python is; a former version gives way.

    Either all of it is done, or what was there before is there again.

    Raises:
        Unwritable: this is not Windows, Python has no pythonw.exe, Excel holds the add-in, or the folder cannot be written.
    """
    pythonw = _pythonw(machine)
    folder = _asked_of_excel(machine) or startup_folder(machine)
    files = {folder / ADDIN_NAME: parcel.addin, **{folder / name: data for name, data in parcel.functions.items()}}
    former = machine.text(OWN_KEY, VERSION)
    outdated = [path for path in _installed_files(machine) if path not in files]
    settings = {
        PYTHONW: str(pythonw),
        ADDIN: str(folder / ADDIN_NAME),
        FUNCTIONS: "|".join(str(folder / name) for name in parcel.functions),
        VERSION: parcel.version,
    }
    with _Undoing(machine) as undoing:
        for path, data in files.items():
            undoing.write(path, data)
        for path in outdated:
            undoing.remove(path)
        undoing.register(settings)
    return Installed(folder / ADDIN_NAME, pythonw, tuple(folder / name for name in parcel.functions), former)


def uninstall(machine: Machine, *, with_backups: bool = False) -> tuple[list[PureWindowsPath], list[PureWindowsPath]]:
    """Take everything of ours away.

    Args:
        machine: the machine.
        with_backups: take the officers' backups too.

    Returns:
        What was removed, and what was left: the folder of backups, where it holds any.

    Raises:
        Unwritable: this is not Windows, or a program holds a file.
    """
    _refuse_elsewhere(machine)
    files = [path for path in _installed_files(machine) if machine.files.exists(path)]
    folder = own_folder(machine)
    kept = [] if folder is None or with_backups else [folder / BACKUPS] if machine.files.names(folder / BACKUPS) else []
    ours = [] if folder is None else [folder / name for name in machine.files.names(folder)]
    gone = files + [path for path in ours if path not in kept]
    for path in gone:
        _removed(machine, path)
    if folder is not None and not kept:
        _removed(machine, folder)
    machine.registry.remove(OWN_KEY)
    return gone, kept


def _installed_files(machine: Machine) -> Iterator[PureWindowsPath]:
    """Yield the add-ins that we put on the machine, now or in a former version."""
    yield addin_place(machine)
    yield from map(PureWindowsPath, filter(None, machine.text(OWN_KEY, FUNCTIONS).split("|")))


def _pythonw(machine: Machine) -> PureWindowsPath:
    _refuse_elsewhere(machine)
    path = windowless(machine)
    if not machine.files.exists(path):
        raise Unwritable(
            path.as_posix(),
            f"不在 {path.parent} 里，按钮启动不了程序",
            "请用离线安装包或 python.org 的安装程序重新安装 Python",
        )
    return path


def _refuse_elsewhere(machine: Machine) -> None:
    if not machine.windows:
        raise Unwritable("Excel 加载项", "只用于 Windows 上的 Excel", "本机请直接用 selfeval 的各个命令，功能相同")


def _asked_of_excel(machine: Machine) -> PureWindowsPath | None:
    """Return the start-up folder that a running Excel tells; ``None`` where none runs or it is not there."""
    told = machine.programs.answer([machine.python.executable, "-I", "-c", _ASK_EXCEL])
    folder = PureWindowsPath((told or "").strip())
    return folder if folder.is_absolute() and machine.files.exists(folder) else None


def _removed(machine: Machine, path: PureWindowsPath) -> None:
    try:
        machine.files.remove(path)
    except OSError as error:
        raise _held(path, error) from error


def _held(path: PureWindowsPath, error: OSError) -> Unwritable:
    if isinstance(error, PermissionError):
        return Unwritable(path.as_posix(), "正被占用，或没有写入权限", "请关闭所有 Excel 窗口后再试")
    return Unwritable(path.as_posix(), f"写不了（{error.strerror or error}）", "请检查磁盘空间和文件夹后再试")


class _Undoing:
    """Changes that are taken back, last first, where one of them fails."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._former: list[tuple[PureWindowsPath, bytes | None]] = []

    def __enter__(self) -> _Undoing:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        if error is None:
            return
        for path, data in reversed(self._former):
            # What cannot be put back is held by Excel, and then it was not changed either.
            with suppress(OSError):
                self._machine.files.remove(path) if data is None else self._machine.files.write(path, data)

    def write(self, path: PureWindowsPath, data: bytes) -> None:
        """Write a file."""
        self._change(path)
        try:
            self._machine.files.write(path, data)
        except OSError as error:
            raise _held(path, error) from error

    def remove(self, path: PureWindowsPath) -> None:
        """Remove a file of a former version."""
        self._change(path)
        _removed(self._machine, path)

    def register(self, settings: Mapping[str, str]) -> None:
        """Write the registry values; where one fails, the former ones are written again."""
        former = dict(self._machine.registry.values(OWN_KEY))
        try:
            for name, text in settings.items():
                self._machine.registry.write(OWN_KEY, name, text)
        except OSError as error:
            self._machine.registry.remove(OWN_KEY)
            for name, value in former.items():
                self._machine.registry.write(OWN_KEY, name, str(value))
            raise Unwritable(
                "注册表", f"写不了（{error.strerror or error}）", "请让管理员允许本用户写 HKCU\\Software"
            ) from error

    def _change(self, path: PureWindowsPath) -> None:
        there = self._machine.files.exists(path)
        self._former.append((path, self._machine.files.read(path) if there else None))
