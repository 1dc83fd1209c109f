"""The offline bundle: what the target needs is found in the wheels, and the scripts are fit for the machine they meet."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from bundle.build import requirements_of, write_list

_BUNDLE = Path(__file__).parents[2] / "bundle"
_METADATA = """Metadata-Version: 2.4
Name: some
Version: 1.0
Requires-Dist: always >=1,<2
Requires-Dist: pywin32 >=224 ; platform_system == "Windows"
Requires-Dist: psutil ; platform_system == "Darwin"
Requires-Dist: tomli ; python_version < "3.11"
Requires-Dist: docxtpl >=0.18 ; extra == "model"
Requires-Dist: pytest ; extra == "test"

Requires-Dist: not-a-header
"""


@pytest.mark.parametrize(
    ("platform", "python", "extras", "wanted"),
    [
        ("win_amd64", "3.12", (), {"always<2,>=1", "pywin32>=224"}),
        ("win_amd64", "3.12", ("model",), {"always<2,>=1", "pywin32>=224", "docxtpl>=0.18"}),
        ("manylinux_2_28_x86_64", "3.10", (), {"always<2,>=1", "tomli"}),
    ],
)
def test_requirements_are_those_of_the_target(
    tmp_path: Path, platform: str, python: str, extras: tuple[str, ...], wanted: set[str]
) -> None:
    wheel = tmp_path / "some-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        package.writestr("some-1.0.dist-info/METADATA", _METADATA)
    assert set(requirements_of(wheel, extras, platform, python)) == wanted


def test_the_list_names_every_file_with_its_digest(tmp_path: Path) -> None:
    (tmp_path / "wheels").mkdir()
    (tmp_path / "wheels" / "a.whl").write_bytes(b"a")
    (tmp_path / "安装说明.txt").write_bytes(b"b")
    write_list(tmp_path)
    listed = (tmp_path / "清单.txt").read_text("utf-8-sig").splitlines()
    assert listed == [
        f"{hashlib.sha256(b'a').hexdigest()}  wheels/a.whl",
        f"{hashlib.sha256(b'b').hexdigest()}  安装说明.txt",
    ]


def test_the_windows_script_is_ascii_with_windows_line_ends() -> None:
    data = (_BUNDLE / "install.cmd").read_bytes()
    assert data.isascii()
    assert data.count(b"\n") == data.count(b"\r\n") > 10
    assert b"--no-index" in data


def test_the_instructions_open_in_any_notepad() -> None:
    data = (_BUNDLE / "安装说明.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
