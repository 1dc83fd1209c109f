"""A Windows machine laid out in memory: its registry, files and programs, and the faults a test plants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import PureWindowsPath

from toolkit.machine.install import Parcel
from toolkit.machine.model import Interpreter, Machine, Value

HOME = r"C:\Users\zhang"
PYTHON = HOME + r"\AppData\Local\Programs\selfeval\python.exe"
PYTHONW = HOME + r"\AppData\Local\Programs\selfeval\pythonw.exe"
XLSTART = HOME + r"\AppData\Roaming\Microsoft\Excel\XLSTART"
ADDIN = XLSTART + r"\selfeval.xlam"
LOCAL = HOME + r"\AppData\Local"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
CLSID = "{00024500-0000-0000-C000-000000000046}"
PARCEL = Parcel("1.2.0", b"the add-in of 1.2.0", {})
_APP_PATH = r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
STARTS_TOOLKIT = (PYTHON, "-I", "-c", "import toolkit.excel.__main__; print(1)")


def program(bits: int) -> bytes:
    """Return the first bytes of a Windows program: the header says for which processor it was built."""
    processor = {32: b"\x4c\x01", 64: b"\x64\x86"}[bits]
    return b"MZ" + bytes(58) + (128).to_bytes(4, "little") + bytes(64) + b"PE\0\0" + processor


@dataclass
class Keys:
    """A registry; ``sealed`` refuses to be written after so many values."""

    keys: dict[str, dict[str, Value]] = field(default_factory=dict)
    sealed_after: int | None = None

    def values(self, key: str) -> Mapping[str, Value]:
        """Return the values of a key, found without case as Windows does."""
        return next((values for name, values in self.keys.items() if name.lower() == key.lower()), {})

    def write(self, key: str, name: str, text: str) -> None:
        """Write a value, unless sealed."""
        if self.sealed_after is not None:
            self.sealed_after -= 1
            if self.sealed_after == -1:
                raise PermissionError(5, "Access is denied")
        self.keys.setdefault(key, {})[name] = text

    def remove(self, key: str) -> None:
        """Remove a key with all below it."""
        self.keys = {
            name: values for name, values in self.keys.items() if not f"{name}\\".lower().startswith(f"{key}\\".lower())
        }


@dataclass
class Disk:
    """Files by their paths; ``held`` are open in a program, ``sealed`` folders cannot be written."""

    files: dict[PureWindowsPath, bytes] = field(default_factory=dict)
    marked: set[PureWindowsPath] = field(default_factory=set)
    held: set[PureWindowsPath] = field(default_factory=set)
    sealed: set[PureWindowsPath] = field(default_factory=set)

    def exists(self, path: PureWindowsPath) -> bool:
        """Tell whether a file is there, or something below the path."""
        return path in self.files or any(path in each.parents for each in self.files)

    def read(self, path: PureWindowsPath, most: int = -1) -> bytes:
        """Return the first bytes of a file."""
        if path not in self.files:
            raise FileNotFoundError(2, "No such file", str(path))
        return self.files[path] if most < 0 else self.files[path][:most]

    def write(self, path: PureWindowsPath, data: bytes) -> None:
        """Write a file that nobody holds; it loses the mark of the internet."""
        if path in self.held or self.sealed & {path.parent, *path.parents}:
            raise PermissionError(13, "Permission denied", str(path))
        self.files[path] = data
        self.marked.discard(path)

    def remove(self, path: PureWindowsPath) -> None:
        """Remove a file or a folder that nobody holds."""
        gone = [each for each in self.files if each == path or path in each.parents]
        if self.held & set(gone):
            raise PermissionError(13, "Permission denied", str(path))
        for each in gone:
            del self.files[each]

    def names(self, folder: PureWindowsPath) -> Sequence[str]:
        """Return the names in a folder."""
        below = (each.relative_to(folder).parts[0] for each in self.files if folder in each.parents)
        return sorted(set(below))

    def is_marked(self, path: PureWindowsPath) -> bool:
        """Tell whether a file came from the internet."""
        return path in self.marked

    def is_writable(self, folder: PureWindowsPath) -> bool:
        """Tell whether a folder is not sealed."""
        return not self.sealed & {folder, *folder.parents}


@dataclass
class Answers:
    """Programs that answer what a test lays out."""

    told: dict[tuple[str, ...], str] = field(default_factory=dict)

    def answer(self, command: Sequence[str]) -> str | None:
        """Return the answer laid out for a command."""
        return self.told.get(tuple(command))


@dataclass
class Bench:
    """A machine and the parts of it that a test changes."""

    registry: Keys
    disk: Disk
    answers: Answers
    environment: dict[str, str]
    packages: dict[tuple[str, str], str]
    modules: dict[str, bool]
    python: Interpreter
    office: str = r"C:\Program Files\LibreOffice\program\soffice.exe"
    windows: bool = True

    @property
    def machine(self) -> Machine:
        """Return the machine as installer and doctor see it."""
        return Machine(
            self.windows,
            self.registry,
            self.disk,
            self.answers,
            self.python,
            self.environment,
            self.packages,
            self.modules,
            self.office,
        )

    def state(self) -> tuple[dict[str, dict[str, Value]], dict[PureWindowsPath, bytes]]:
        """Return all that is on the machine, to compare."""
        return deepcopy(self.registry.keys), dict(self.disk.files)

    def put(self, path: str, data: bytes = b"") -> PureWindowsPath:
        """Put a file on the disk."""
        place = PureWindowsPath(path)
        self.disk.files[place] = data
        return place


def ordinary() -> Bench:
    """Return a machine with Excel and Python, as an officer has it, nothing of ours installed."""
    bench = Bench(
        registry=Keys(dict(_registry())),
        disk=Disk(),
        answers=Answers({STARTS_TOOLKIT: "1\r\n"}),
        environment={
            "APPDATA": HOME + r"\AppData\Roaming",
            "LOCALAPPDATA": LOCAL,
            "TEMP": LOCAL + r"\Temp",
            "USERPROFILE": HOME,
        },
        packages={("xlwings", "==0.37.8"): "0.37.8", ("lxml", "<7,>=5.3"): "6.0"},
        modules={"tkinter": True},
        python=Interpreter(PYTHON, "3.11.7", 64),
    )
    for path, data in ((EXCEL, program(64)), (PYTHON, b""), (PYTHONW, b""), (LOCAL + r"\Temp\x.tmp", b"")):
        bench.put(path, data)
    return bench


def _registry() -> Iterator[tuple[str, dict[str, Value]]]:
    yield _APP_PATH, {"": EXCEL}
    yield r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration", {"VersionToReport": "16.0.17928.20114"}
    yield r"HKCR\Excel.Application\CLSID", {"": CLSID}
    yield rf"HKCR\CLSID\{CLSID}\LocalServer32", {"": f"{EXCEL} /automation"}
