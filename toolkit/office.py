"""Files turned into PDF by the LibreOffice of this machine, where there is one. Nothing leaves the machine."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from toolkit.problem import Problem, Unreadable

_SECONDS = 120.0
_RESTART = 81
"""What LibreOffice answers on a fresh profile: start me again."""
_USUAL = (
    *("/usr/lib/libreoffice/program", "/usr/lib64/libreoffice/program", "/snap/libreoffice/current/lib/libreoffice/program"),
    "/Applications/LibreOffice.app/Contents/MacOS",
)
_OTHERWISE = "请在 Word、WPS 或 Excel 中打开后另存为 PDF，或安装 LibreOffice 后再试一次"
_OTHERWISE_COMPUTED = "请在 Excel 或 WPS 中打开，按 F9 重新计算并保存后再试"
_ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


class NoOffice(Problem):
    """No LibreOffice is at hand, or it gave no PDF."""


def find_office() -> Path | None:
    """Return the program of LibreOffice: on the search path or in a usual place, ``None`` where there is none."""
    return next((path for path in _candidates() if path.is_file()), None)


def _candidates() -> Iterator[Path]:
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            # The script would stay behind when it is ended: the program beside it is what is started.
            real = Path(found).resolve()
            yield from (real.with_name("soffice.bin"), real)
    if sys.platform == "win32":
        roots = [os.environ.get(name, "") for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")]
        yield from (Path(root, "LibreOffice", "program", "soffice.exe") for root in roots if root)
        return
    folders = [Path(name) for name in _USUAL] + sorted(Path("/opt").glob("libreoffice*/program"))
    for folder in folders:
        yield from (folder / "soffice.bin", folder / "soffice")


def to_pdf(source: Path, target: Path, *, seconds: float = _SECONDS) -> None:
    """Turn a .docx or .xlsx into a PDF, see :func:`to_pdfs`."""
    to_pdfs([(source, target)], seconds=seconds)


def to_pdfs(jobs: Sequence[tuple[Path, Path]], *, seconds: float = _SECONDS) -> None:
    """Turn files (.docx, .xlsx) into PDFs by one start of LibreOffice: starting costs more than printing.

    LibreOffice runs on a throw-away profile, so that one an officer has open is neither used nor disturbed.

    Args:
        jobs: pairs of a file, which is only read, and its PDF, which is replaced as a whole or not at all. Where one
            file gives none, those of the others are written all the same.
        seconds: how long each may take.

    Raises:
        NoOffice: no LibreOffice at hand, or it did not finish; the text names the first file it gave no PDF of.
        Unreadable: a source does not exist.
        Unwritable: a target cannot be written.
    """
    from toolkit.workbook.save import write_atomically

    for source, _ in jobs:
        if not source.is_file():
            raise Unreadable(source, "找不到", "请核对文件名和所在文件夹")
    program = find_office()
    if not jobs:
        return
    if program is None:
        raise NoOffice(jobs[0][0], "没有转成 PDF，因为这台电脑上没有找到 LibreOffice", _OTHERWISE)
    with tempfile.TemporaryDirectory(prefix="selfeval-") as work:
        folder = Path(work)
        # Plain names: what officers call their files is no business of a command line.
        given = [folder / f"given{number}{source.suffix.lower()}" for number, (source, _) in enumerate(jobs)]
        for copy, (source, _) in zip(given, jobs, strict=True):
            shutil.copyfile(source, copy)
        _convert(program, given, folder, jobs[0][0], seconds * len(jobs))
        failed = []
        for copy, (source, target) in zip(given, jobs, strict=True):
            made = copy.with_suffix(".pdf")
            if made.is_file() and made.stat().st_size:
                write_atomically(target, partial(shutil.copyfile, made), source)
            else:
                failed.append(source)
        if failed:
            raise NoOffice(failed[0], "没有转成 PDF，因为 LibreOffice 打不开它", _OTHERWISE)


def recalculated(source: Path, target: Path, *, seconds: float = _SECONDS) -> None:
    """Let LibreOffice compute every formula of a workbook anew and save it as .xlsx.

    Args:
        source: the workbook; it is only read.
        target: the copy; its formatting is LibreOffice's, its results are what counts.
        seconds: how long it may take.

    Raises:
        NoOffice: no LibreOffice at hand, or it did not finish.
    """
    program = find_office()
    if program is None:
        raise NoOffice(source, "没有重新计算，因为这台电脑上没有找到 LibreOffice", _OTHERWISE_COMPUTED)
    with tempfile.TemporaryDirectory(prefix="selfeval-") as work:
        folder = Path(work)
        given = folder / f"given{source.suffix.lower()}"
        shutil.copyfile(source, given)
        settings = folder / "profile" / "user" / "registrymodifications.xcu"
        settings.parent.mkdir(parents=True)
        settings.write_text(_ALWAYS_COMPUTE, encoding="utf-8")
        out = folder / "out"
        out.mkdir()
        _convert(program, [given], folder, source, seconds, ("xlsx", out))
        made = out / "given.xlsx"
        if not made.is_file():
            raise NoOffice(source, "没有重新计算，因为 LibreOffice 打不开它", _OTHERWISE_COMPUTED)
        shutil.copyfile(made, target)


def _convert(
    program: Path, given: Sequence[Path], folder: Path, source: Path, seconds: float, kind: tuple[str, Path] | None = None
) -> None:
    form, out = kind or ("pdf", folder)
    command = [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nolockcheck", "--nofirststartwizard"),
        *("--convert-to", form, "--outdir", str(out), *map(str, given)),
    ]
    for _ in range(2):
        if _run(command, folder, source, seconds) != _RESTART:
            return


def _run(command: list[str], folder: Path, source: Path, seconds: float) -> int:
    """Run one LibreOffice in a process group of its own, and end that group when time is up."""
    with (folder / "log.txt").open("ab") as log:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=folder, start_new_session=True
            )
        except OSError as error:
            raise NoOffice(source, "没有转成 PDF，因为 LibreOffice 启动不了", _OTHERWISE) from error
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise NoOffice(source, f"没有转成 PDF，因为 LibreOffice 超过 {seconds:.0f} 秒没有完成", _OTHERWISE) from error
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
