"""Where things of ours stand on a Windows machine, and what we write into the registry."""

from __future__ import annotations

from pathlib import PureWindowsPath

from toolkit.machine.model import Machine
from toolkit.problem import Unwritable

OWN_KEY = r"HKCU\Software\selfeval"
"""The key that the macros read and the installer writes."""
PYTHONW, ADDIN, FUNCTIONS, VERSION = "pythonw", "addin", "functions", "version"
ADDIN_NAME = "selfeval.xlam"

VERSIONS = ("16.0", "15.0", "14.0")
"""Office versions that are looked at, the newest first: 2016 and later all call themselves 16.0."""


def startup_folder(machine: Machine) -> PureWindowsPath:
    """Return the user's XLSTART folder: Excel loads all add-ins in it, and trusts them.

    Raises:
        Unwritable: Windows does not say where the user's data are.
    """
    roaming = machine.folder("APPDATA")
    if roaming is None:
        raise Unwritable("XLSTART", "所在的文件夹找不到：Windows 没有设置 APPDATA", "请注销后重新登录再试")
    return roaming / "Microsoft" / "Excel" / "XLSTART"


def own_folder(machine: Machine) -> PureWindowsPath | None:
    """Return our folder in the user's local data: log, kept readings, journals for undoing, backups without a place."""
    local = machine.folder("LOCALAPPDATA")
    return None if local is None else local / "selfeval"


def windowless(machine: Machine) -> PureWindowsPath:
    """Return the pythonw.exe that belongs to the Python that runs."""
    return PureWindowsPath(machine.python.executable).with_name("pythonw.exe")


def addin_place(machine: Machine) -> PureWindowsPath:
    """Return where the add-in was put, or would be put now."""
    written = machine.text(OWN_KEY, ADDIN)
    return PureWindowsPath(written) if written else startup_folder(machine) / ADDIN_NAME
