"""A machine as installer and doctor see it: registry, files, environment, programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PureWindowsPath
from typing import Protocol

Value = str | int | bytes
"""What a registry value holds, as far as anything here reads it."""


class Registry(Protocol):
    """The registry; keys are written with their hive, as in ``HKCU\\Software\\selfeval``."""

    def values(self, key: str) -> Mapping[str, Value]:
        """Return the values of a key by name, the default value under ""; empty where there is no such key."""
        ...

    def write(self, key: str, name: str, text: str) -> None:
        """Write a text value and the keys above it."""
        ...

    def remove(self, key: str) -> None:
        """Remove a key with all below it, if it is there."""
        ...


class Files(Protocol):
    """The files of the machine."""

    def exists(self, path: PureWindowsPath) -> bool:
        """Tell whether there is a file or folder."""
        ...

    def read(self, path: PureWindowsPath, most: int = -1) -> bytes:
        """Return the first ``most`` bytes of a file, all by default.

        Raises:
            OSError: there is no such file, or it may not be read.
        """
        ...

    def write(self, path: PureWindowsPath, data: bytes) -> None:
        """Write a file, its folders before it; the former file stays until the new one is whole.

        Raises:
            OSError: it may not be written, or Excel holds it.
        """
        ...

    def remove(self, path: PureWindowsPath) -> None:
        """Remove a file or a folder with all in it, if it is there.

        Raises:
            OSError: it may not be removed, or a program holds it.
        """
        ...

    def names(self, folder: PureWindowsPath) -> Sequence[str]:
        """Return the names in a folder, sorted; empty where there is none."""
        ...

    def is_marked(self, path: PureWindowsPath) -> bool:
        """Tell whether Windows marks a file as one that came from the internet."""
        ...

    def is_writable(self, folder: PureWindowsPath) -> bool:
        """Tell whether a file can be made in a folder that exists."""
        ...


class Programs(Protocol):
    """Programs that are run to ask them something."""

    def answer(self, command: Sequence[str]) -> str | None:
        """Return what a program prints, ``None`` where it does not start, fails or takes too long."""
        ...


@dataclass(frozen=True, slots=True)
class Interpreter:
    """The Python that runs.

    Attributes:
        executable: full path of python.exe, of the virtual environment where there is one.
        version: such as 3.11.7.
        bits: 32 or 64.
        conda: whether it is one of conda's.
    """

    executable: str
    version: str
    bits: int
    conda: bool = False


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine.

    Attributes:
        windows: whether it runs Windows; on others there is no Excel that could be driven.
        environment: environment variables by their upper-case names.
        packages: what the package needs: name and allowed versions to the version found, "" where it is missing.
        modules: modules that belong to Python but may be left out of it (tkinter): whether they are there.
        office: path of LibreOffice, "" where there is none.
    """

    windows: bool
    registry: Registry
    files: Files
    programs: Programs
    python: Interpreter
    environment: Mapping[str, str]
    packages: Mapping[tuple[str, str], str] = field(default_factory=dict)
    modules: Mapping[str, bool] = field(default_factory=dict)
    office: str = ""

    def folder(self, variable: str) -> PureWindowsPath | None:
        """Return the folder that an environment variable names, ``None`` where it is not set."""
        text = self.environment.get(variable, "")
        return PureWindowsPath(text) if text else None

    def value(self, key: str, name: str = "") -> Value | None:
        """Return a registry value, ``None`` where there is none; names are compared as Windows does, without case."""
        values = self.registry.values(key)
        return next((value for each, value in values.items() if each.lower() == name.lower()), None)

    def text(self, key: str, name: str = "") -> str:
        """Return a registry value as text, "" where there is none."""
        value = self.value(key, name)
        return value if isinstance(value, str) else "" if value is None else str(value)


class State(StrEnum):
    """How an item stands."""

    GOOD = "正常"
    NOTE = "留意"
    CURE = "要处理"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the doctor.

    Attributes:
        item: what was looked at.
        fact: what was found.
        cure: what to do, "" where nothing is to be done.
    """

    item: str
    state: State
    fact: str
    cure: str = ""

    def __str__(self) -> str:
        """Return the line as it is printed."""
        told = f"{self.state}　{self.item}：{self.fact}"
        return f"{told}。{self.cure}。" if self.cure else f"{told}。"
