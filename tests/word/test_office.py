"""Turning files into PDF where no LibreOffice is at hand, or one that fails."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest

from toolkit import office
from toolkit.office import NoOffice, to_pdf, to_pdfs
from toolkit.problem import Unreadable


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "自评报告.docx"
    path.write_bytes(b"PK")
    return path


def program(folder: Path, text: str) -> Path:
    """Put a program in the place of LibreOffice."""
    path = folder / "soffice.bin"
    path.write_text(f"#!{sys.executable}\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_without_libreoffice_one_sentence_says_what_to_do(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(NoOffice) as refused:
        to_pdf(source, source.with_suffix(".pdf"))
    assert str(refused.value) == (
        "“自评报告.docx”没有转成 PDF，因为这台电脑上没有找到 LibreOffice；"
        "请在 Word、WPS 或 Excel 中打开后另存为 PDF，或安装 LibreOffice 后再试一次。"
    )
    assert not source.with_suffix(".pdf").exists()


def test_a_source_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="找不到"):
        to_pdf(tmp_path / "没有.docx", tmp_path / "没有.pdf")


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_one_that_makes_nothing_leaves_nothing(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = program(tmp_path, "")
    monkeypatch.setattr(office, "find_office", lambda: stand_in)
    with pytest.raises(NoOffice, match="打不开"):
        to_pdf(source, source.with_suffix(".pdf"))
    assert not source.with_suffix(".pdf").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_one_that_hangs_is_ended_with_what_it_started(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = tmp_path / "child"
    sleeper = "[sys.executable, '-c', 'import time; time.sleep(60)']"
    child = (
        f"import subprocess, sys, time\nstarted = subprocess.Popen({sleeper})\n"
        f"open({str(noted)!r}, 'w').write(str(started.pid))\ntime.sleep(60)"
    )
    stand_in = program(tmp_path, child)
    monkeypatch.setattr(office, "find_office", lambda: stand_in)
    with pytest.raises(NoOffice, match="超过 3 秒没有完成"):
        to_pdf(source, source.with_suffix(".pdf"), seconds=3)
    assert _ended(int(noted.read_text()))


def _ended(number: int) -> bool:
    """Tell whether a process is gone, or gone but for whoever should take note of it."""
    for _ in range(50):
        try:
            os.kill(number, 0)
            state = Path(f"/proc/{number}/stat")
            if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_a_fresh_profile_that_asks_to_start_again_is_started_again(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "import pathlib,sys\nprofile=pathlib.Path(sys.argv[1].split('://')[1])\n"
        "if not profile.exists(): profile.mkdir(); sys.exit(81)\n"
        "pathlib.Path(sys.argv[-1]).with_suffix('.pdf').write_bytes(b'%PDF')"
    )
    stand_in = program(tmp_path, text)
    monkeypatch.setattr(office, "find_office", lambda: stand_in)
    to_pdf(source, source.with_suffix(".pdf"))
    assert source.with_suffix(".pdf").read_bytes() == b"%PDF"


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_many_files_cost_one_start_and_one_that_fails_spares_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started = tmp_path / "started"
    text = (
        f"import pathlib,sys\nopen({str(started)!r}, 'a').write('x')\n"
        "for name in sys.argv[sys.argv.index('--outdir') + 2:]:\n"
        "    data = pathlib.Path(name).read_bytes()\n"
        "    if data != b'bad': pathlib.Path(name).with_suffix('.pdf').write_bytes(b'%PDF ' + data)"
    )
    stand_in = program(tmp_path, text)
    monkeypatch.setattr(office, "find_office", lambda: stand_in)
    jobs = []
    for name, data in (("甲.docx", b"one"), ("乙 1.xlsx", b"bad"), ("丙.docx", b"three")):
        (tmp_path / name).write_bytes(data)
        jobs.append((tmp_path / name, tmp_path / f"{name}.pdf"))
    with pytest.raises(NoOffice, match="“乙 1\\.xlsx”没有转成 PDF，因为 LibreOffice 打不开它"):
        to_pdfs(jobs)
    assert started.read_text() == "x"
    assert [target.read_bytes() if target.exists() else None for _, target in jobs] == [b"%PDF one", None, b"%PDF three"]
