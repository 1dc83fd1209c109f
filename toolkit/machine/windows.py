"""This machine: its real registry, files and programs. The one module here that touches Windows."""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import metadata, util
from pathlib import Path, PureWindowsPath

from toolkit.machine.model import Interpreter, Machine, Value
from toolkit.office import find_office

_DISTRIBUTION = "selfeval"
_SECONDS = 60.0
_MODULES = ("tkinter",)
_MARKED = re.compile(r"^ZoneId=[34]\b", re.MULTILINE)
"""The zones of the internet and of restricted sites."""


def this_machine() -> Machine:
    """Return the machine this program runs on."""
    return Machine(
        windows=sys.platform == "win32",
        registry=WindowsRegistry() if sys.platform == "win32" else NoRegistry(),
        files=LocalFiles(),
        programs=LocalPrograms(),
        python=_python(),
        environment={name.upper(): text for name, text in os.environ.items()},
        packages=dict(_packages()),
        modules={name: util.find_spec(name) is not None for name in _MODULES},
        office=str(find_office() or ""),
    )


class NoRegistry:
    """The registry of a machine that has none."""

    def values(self, key: str) -> Mapping[str, Value]:
        """Return nothing."""
        del key
        return {}

    def write(self, key: str, name: str, text: str) -> None:
        """Refuse.

        Raises:
            OSError: always.
        """
        raise OSError(f"there is no registry to write {key} {name} {text!r}")

    def remove(self, key: str) -> None:
        """Do nothing: there is nothing to remove."""


if sys.platform == "win32":
    import winreg

    _HIVES = {
        "HKCU": winreg.HKEY_CURRENT_USER,
        "HKLM": winreg.HKEY_LOCAL_MACHINE,
        "HKCR": winreg.HKEY_CLASSES_ROOT,
    }
    _HIDDEN = subprocess.CREATE_NO_WINDOW
    _VIEWS = (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY)
    """A 32-bit Office on 64-bit Windows writes into the 32-bit view."""

    class WindowsRegistry:
        """The registry of Windows."""

        def values(self, key: str) -> Mapping[str, Value]:
            """Return the values of a key in both views; the 64-bit one counts."""
            hive, _, below = key.partition("\\")
            found: dict[str, Value] = {}
            for view in reversed(_VIEWS):
                with suppress(OSError), winreg.OpenKey(_HIVES[hive], below, access=winreg.KEY_READ | view) as opened:
                    for index in range(winreg.QueryInfoKey(opened)[1]):
                        name, value, _kind = winreg.EnumValue(opened, index)
                        if isinstance(value, (str, int, bytes)):
                            found[name] = value
            return found

        def write(self, key: str, name: str, text: str) -> None:
            """Write a text value."""
            hive, _, below = key.partition("\\")
            with winreg.CreateKey(_HIVES[hive], below) as opened:
                winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, text)

        def remove(self, key: str) -> None:
            """Remove a key with all below it."""
            hive, _, below = key.partition("\\")
            try:
                with winreg.OpenKey(_HIVES[hive], below) as opened:
                    names = [winreg.EnumKey(opened, index) for index in range(winreg.QueryInfoKey(opened)[0])]
            except FileNotFoundError:
                return
            for name in names:
                self.remove(f"{key}\\{name}")
            winreg.DeleteKey(_HIVES[hive], below)

else:
    WindowsRegistry = NoRegistry
    _HIDDEN = 0


class LocalFiles:
    """The files of this machine."""

    def exists(self, path: PureWindowsPath) -> bool:
        """Tell whether there is a file or folder."""
        return Path(path).exists()

    def read(self, path: PureWindowsPath, most: int = -1) -> bytes:
        """Return the first bytes of a file."""
        with Path(path).open("rb") as stream:
            return stream.read(most)

    def write(self, path: PureWindowsPath, data: bytes) -> None:
        """Write a file beside its place, then put it there; written by its bytes it carries no mark of the internet."""
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".~", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.replace(name, target)
        finally:
            with suppress(OSError):
                os.unlink(name)

    def remove(self, path: PureWindowsPath) -> None:
        """Remove a file, or a folder with all in it."""
        place = Path(path)
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)

    def names(self, folder: PureWindowsPath) -> Sequence[str]:
        """Return the names in a folder, sorted."""
        place = Path(folder)
        return sorted(each.name for each in place.iterdir()) if place.is_dir() else ()

    def is_marked(self, path: PureWindowsPath) -> bool:
        """Tell whether a file has the stream in which Windows keeps the zone it came from."""
        try:
            with open(f"{path}:Zone.Identifier", encoding="utf-8", errors="replace") as stream:
                return _MARKED.search(stream.read()) is not None
        except OSError:
            return False

    def is_writable(self, folder: PureWindowsPath) -> bool:
        """Tell whether a file can be made in a folder, by making one."""
        try:
            with tempfile.TemporaryFile(dir=Path(folder)) as stream:
                stream.write(b"selfeval")
        except OSError:
            return False
        return True


class LocalPrograms:
    """The programs of this machine."""

    def answer(self, command: Sequence[str]) -> str | None:
        """Return what a program prints; no window is shown."""
        try:
            done = subprocess.run(command, capture_output=True, timeout=_SECONDS, creationflags=_HIDDEN, check=True)
        except (OSError, subprocess.SubprocessError):
            return None
        return done.stdout.decode("utf-8", "replace")


def _python() -> Interpreter:
    version = ".".join(map(str, sys.version_info[:3]))
    conda = Path(sys.base_prefix, "conda-meta").is_dir()
    return Interpreter(sys.executable, version, struct.calcsize("P") * 8, conda)


def _packages() -> Iterator[tuple[tuple[str, str], str]]:
    """Yield what this package says it needs, and what is installed of it."""
    from packaging.requirements import Requirement

    for text in metadata.requires(_DISTRIBUTION) or ():
        wanted = Requirement(text)
        if wanted.marker is None or wanted.marker.evaluate({"extra": ""}):
            try:
                version = metadata.version(wanted.name)
            except metadata.PackageNotFoundError:
                version = ""
            yield (wanted.name, str(wanted.specifier)), version
