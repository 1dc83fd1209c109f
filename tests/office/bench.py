"""What tests call to have a file recalculated, copied, typed into or printed by a real LibreOffice."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, ClassVar, Self

Scalar = str | float | None
Block = list[list[Scalar]]
Inputs = Mapping[str, Scalar | Sequence[Sequence[Scalar]]]

_SERVER = Path(__file__).with_name("server.py")
_CALL_SECONDS = 180.0


class OfficeError(RuntimeError):
    """LibreOffice refused a request, or ended; the message is its own."""


@cache
def find_soffice() -> Path | None:
    """Find the LibreOffice program itself, not the script around it, which would stay behind when it is ended."""
    script = shutil.which("soffice") or shutil.which("libreoffice")
    folders = [Path(script).resolve().parent] if script else []
    folders += [Path("/usr/lib/libreoffice/program"), *sorted(Path("/opt").glob("libreoffice*/program"))]
    return next((folder / "soffice.bin" for folder in folders if (folder / "soffice.bin").exists()), None)


@cache
def find_uno_python() -> str | None:
    """Find a Python that can import ``uno``: the system's, or the one LibreOffice brings."""
    soffice = find_soffice()
    candidates = ["/usr/bin/python3", *([str(soffice.with_name("python"))] if soffice else []), sys.executable]
    for candidate in candidates:
        if Path(candidate).exists():
            tried = subprocess.run([candidate, "-I", "-c", "import uno"], capture_output=True, check=False)
            if tried.returncode == 0:
                return candidate
    return None


def missing_parts() -> str:
    """Name what is missing to drive LibreOffice here, or return an empty text."""
    parts = {
        "LibreOffice": find_soffice(),
        "python3-uno": find_uno_python(),
        "pdftoppm": shutil.which("pdftoppm"),
        "pdftotext": shutil.which("pdftotext"),
    }
    return ", ".join(name for name, found in parts.items() if not found)


class Office:
    """One private LibreOffice, started at the first call; after a crash the next call starts another.

    Values read are text, float, "" for an empty cell, or an error text as Excel writes it ("#DIV/0!").
    Addresses are cells ("I6"), ranges ("A1:C9") or defined names that the sheet can see.
    Writing goes where an officer could type: a locked cell of a protected sheet raises.

    Attributes:
        ended: how many ended by themselves in this process, or had to be ended since they gave no answer.
    """

    ended: ClassVar[int] = 0

    def __init__(self, folder: Path, display: str = "") -> None:
        """Keep the profile of every start in a new folder below ``folder``.

        Args:
            folder: where the profiles go.
            display: the X display to show windows on (":99"); none are shown when empty.
        """
        self._folder, self._display = folder, display
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        """Return the office itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the LibreOffice that was started here, and no other."""
        self.close()

    def sheets(self, path: Path) -> list[str]:
        """Return the sheet names in order."""
        names: list[str] = self._call("sheets", path=_url(path))
        return names

    def recalculate(self, path: Path, reads: Mapping[str, str]) -> dict[str, Block]:
        """Recalculate a file and read one range per sheet, as rows of values; the file stays as it is."""
        blocks: dict[str, Block] = self._call("recalculate", path=_url(path), reads=dict(reads))
        return blocks

    def resave(self, path: Path, out: Path) -> Path:
        """Load a file and save it as LibreOffice does, in the format that the suffix of ``out`` says."""
        self._call("resave", path=_url(path), out=_url(out))
        return out

    def copy_sheet(self, path: Path, sheet: str, new_name: str, out: Path) -> Path:
        """Copy a sheet behind itself under a new name and save to ``out``."""
        self._call("copy_sheet", path=_url(path), sheet=sheet, new_name=new_name, out=_url(out))
        return out

    def write_cells(self, path: Path, cells: Mapping[tuple[str, str], Scalar], out: Path) -> Path:
        """Type a text, a number or None (empty) into each (sheet, address), recalculate and save to ``out``."""
        by_sheet: dict[str, dict[str, Scalar]] = {}
        for (sheet, address), value in cells.items():
            by_sheet.setdefault(sheet, {})[address] = value
        self._call("write_cells", path=_url(path), cells=by_sheet, out=_url(out))
        return out

    def evaluate(self, path: Path, sheet: str, inputs: Sequence[Inputs], reads: Sequence[str]) -> list[list[Any]]:
        """Type many sets of inputs into one open file, recalculating and reading after each.

        Every set starts from the file as it is on disk, so nothing of the one before remains. A call to LibreOffice
        costs about as much for a range as for a cell: give thousands of forms as one range per column.

        Args:
            path: the workbook; it is not changed.
            sheet: the sheet that is written and read.
            inputs: per set, address to value, or range to rows of values.
            reads: the addresses to read after each set.

        Returns:
            Per set, in the order of ``reads``: a value for a cell, rows of values for a range.
        """
        sets = [dict(values) for values in inputs]
        answers: list[list[Any]] = self._call(
            "evaluate", _CALL_SECONDS + len(sets), path=_url(path), sheet=sheet, inputs=sets, reads=list(reads)
        )
        return answers

    def run_macros(
        self, path: Path, calls: Sequence[Sequence[Scalar]], reads: Mapping[str, str] | None = None
    ) -> tuple[list[Any], dict[str, Block]]:
        """Run macros of a workbook in order; the file stays as it is.

        A module that does not compile makes every macro do nothing: assert what a macro returns or writes.

        Args:
            path: the workbook, whose macros are allowed to run.
            calls: per call "Module.Procedure" and its arguments.
            reads: per sheet a range to read after the last call.

        Returns:
            What each call returned, and the ranges read.
        """
        listed = [list(call) for call in calls]
        results, cells = self._call("run_macros", path=_url(path), calls=listed, reads=dict(reads or {}))
        return results, cells

    def ask(self, method: str, *arguments: Any) -> Any:
        """Ask something about documents that stay open: a method of a part of the server, as "cells.read"."""
        return self._call(method, arguments=arguments)

    def to_pdf(self, path: Path, out: Path) -> Path:
        """Print a workbook or a Word file to PDF."""
        self._call("to_pdf", path=_url(path), out=_url(out))
        return out

    def close(self) -> None:
        """End this LibreOffice; a later call would start another."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin and process.stdout:
            process.stdin.close()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                _kill_group(process)
                process.wait()
            process.stdout.close()

    def _call(self, method: str, seconds: float = _CALL_SECONDS, arguments: Sequence[Any] = (), **named: Any) -> Any:
        process = self._process or self._start()
        request = json.dumps({"method": method, "arguments": arguments, "named": named})
        answer = self._exchange(process, request, seconds)
        if answer.get("ended"):
            self._end(process)
        if "error" in answer:
            raise OfficeError(f"{method}: {answer['error']}")
        return answer["result"]

    def _end(self, process: "subprocess.Popen[str]") -> None:
        """Give up a LibreOffice that has ended by itself; the next call starts another."""
        Office.ended += 1
        self._process = None
        _kill_group(process)
        process.wait()

    def _start(self) -> "subprocess.Popen[str]":
        soffice, python = find_soffice(), find_uno_python()
        if soffice is None or python is None:
            raise OfficeError(f"not installed: {missing_parts()}")
        self._folder.mkdir(parents=True, exist_ok=True)
        profile = tempfile.mkdtemp(prefix="profile-", dir=self._folder)
        command = [python, "-I", str(_SERVER), str(soffice), profile, self._display]
        # A group of its own, so that a server stuck inside LibreOffice can be ended together with it, and only it.
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
        )
        self._process = process
        self._exchange(process, "", _CALL_SECONDS)
        return process

    def _exchange(self, process: "subprocess.Popen[str]", request: str, seconds: float) -> dict[str, Any]:
        """Send a request (none at the start) and wait for its answer."""
        assert process.stdin is not None and process.stdout is not None
        watch = Timer(seconds, _kill_group, [process])
        watch.start()
        try:
            if request:
                process.stdin.write(request + "\n")
                process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            watch.cancel()
        if not line:
            self._end(process)
            raise OfficeError(f"LibreOffice ended or gave no answer within {seconds:.0f} s")
        answer: dict[str, Any] = json.loads(line)
        return answer


def _url(path: Path) -> str:
    return str(path.resolve())


def _kill_group(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def to_png(pdf: Path, dots_per_inch: int = 80) -> list[Path]:
    """Render every page of a PDF beside it and return the pictures in page order."""
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(stem)], check=True)
    return sorted(pdf.parent.glob(f"{stem.name}-*.png"))


def pdf_text(pdf: Path) -> list[str]:
    """Return the text of a PDF page by page, laid out as printed."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True)
    return done.stdout.decode("utf-8").split("\f")[:-1]
