"""Workbooks whose buttons note what they would start, in the place of the one module that speaks to Windows."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.addin.files import MACROS
from toolkit.addin.module import Kind, Module, document_modules, read_module
from toolkit.addin.project import build_project

PYTHON = r"C:\Program Files\selfeval\pythonw.exe"
_PROJECT = "xl/vbaProject.bin"
_KEPT = ("SelfevalBridge", "SelfevalButtons", "SelfevalWords")
_RECORDER = f"""Option Explicit
Private started As String

Public Function Started_() As String
    Started_ = started
End Function

Public Function PythonPath() As String
    PythonPath = "{PYTHON}"
End Function

Public Function LogPath() As String
    LogPath = "@LOG@"
End Function

Public Function ExcelWindow() As String
    ExcelWindow = "1312"
End Function

Public Function RunHidden(ByVal command As String, ByVal program As String, ByVal untilDone As Boolean) As Long
    started = started & command & vbLf
    RunHidden = 0
End Function

Public Sub Tell(ByVal text As String)
    started = started & "told: " & text & vbLf
End Sub
"""
STARTED = "SelfevalStart.Started_"
"""Returns the command lines so far, one per line."""


def record_starts(path: Path, log: Path) -> Path:
    """Put the noting module into a workbook with macros; ``log`` is the log that the macros name (ASCII only)."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheets = sum(name.startswith("xl/worksheets/sheet") for name in parts)
    modules = [read_module(MACROS / f"{name}.bas") for name in _KEPT]
    modules.append(Module("SelfevalStart", Kind.STANDARD, _RECORDER.replace("@LOG@", str(log))))
    parts[_PROJECT] = build_project([*document_modules(sheets), *modules])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return path
