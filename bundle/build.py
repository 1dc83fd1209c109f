"""Build the offline bundle: wheels for a Windows machine, the scripts that install them, and a list of what is in it.

Run by ``make bundle`` on a machine with a network; the bundle itself needs none. pip judges environment markers by the
machine it runs on, so what only Windows needs (pywin32) is found in the wheels' own metadata and asked for by name.
"""

from __future__ import annotations

import argparse
import email.parser
import hashlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from packaging.requirements import Requirement

from toolkit import __version__

_ROOT = Path(__file__).parents[1]
_HERE = Path(__file__).parent
_SCRIPTS = ("install.cmd", "install.sh", "安装说明.txt")
_EXTRAS = ("model",)
"""What the bundle brings beyond the necessary: a unit's own Word model."""
_LIST = "清单.txt"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the bundle and say where it is."""
    options = _parser().parse_args(arguments)
    folder: Path = options.output / f"selfeval-{__version__}-{options.platform}-py{options.python}"
    if folder.exists():
        shutil.rmtree(folder)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    own = own_wheel(wheels)
    download(wheels, requirements_of(own, _EXTRAS, options.platform, options.python), options.platform, options.python)
    for name in _SCRIPTS:
        shutil.copyfile(_HERE / name, folder / name)
    for path in options.add:
        shutil.copyfile(path, folder / path.name)
    shutil.copytree(_ROOT / "workbook_templates", folder / "空白自评表")
    write_list(folder)
    packed = shutil.make_archive(str(folder), "zip", folder.parent, folder.name)
    print(f"{packed}: {len(list(wheels.iterdir()))} wheels, {Path(packed).stat().st_size / 1e6:.0f} MB")
    return 0


def own_wheel(folder: Path) -> Path:
    """Build the wheel of this project into a folder and return its path."""
    with tempfile.TemporaryDirectory() as work:
        _pip("wheel", "--no-deps", "--wheel-dir", work, str(_ROOT))
        (built,) = Path(work).glob("selfeval-*.whl")
        return Path(shutil.copy(built, folder))


def download(folder: Path, wanted: Iterable[str], platform: str, python: str) -> None:
    """Download wheels until every requirement of every wheel is met on the target.

    Args:
        folder: where the wheels go.
        wanted: requirements to begin with.
        platform: such as ``win_amd64``.
        python: such as ``3.12``.
    """
    asked: set[str] = set()
    pending = sorted(set(wanted))
    while pending:
        asked.update(pending)
        target = ("--only-binary=:all:", "--platform", platform, "--python-version", python, "--implementation", "cp")
        _pip("download", *target, "--dest", str(folder), "--find-links", str(folder), *pending)
        found = {text for wheel in folder.glob("*.whl") for text in requirements_of(wheel, (), platform, python)}
        have = {_name(wheel.name.partition("-")[0]) for wheel in folder.glob("*.whl")}
        pending = sorted(text for text in found - asked if _name(Requirement(text).name) not in have)


def requirements_of(wheel: Path, extras: Sequence[str], platform: str, python: str) -> Iterator[str]:
    """Yield what a wheel requires on the target, without its markers."""
    with zipfile.ZipFile(wheel) as package:
        name = next(each for each in package.namelist() if each.endswith(".dist-info/METADATA"))
        text = package.read(name).decode("utf-8")
    for line in email.parser.Parser().parsestr(text, headersonly=True).get_all("Requires-Dist", []):
        wanted = Requirement(line)
        if wanted.marker is None or any(wanted.marker.evaluate(each) for each in _targets(platform, python, extras)):
            wanted.marker = None
            yield str(wanted)


def _targets(platform: str, python: str, extras: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield the target as markers see it, once without and once with each extra."""
    windows = platform.startswith("win")
    target = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
        "platform_machine": "AMD64" if windows else "x86_64",
        "platform_system": "Windows" if windows else "Linux",
        "sys_platform": "win32" if windows else "linux",
        "os_name": "nt" if windows else "posix",
    }
    for extra in ("", *extras):
        yield {**target, "extra": extra}


def write_list(folder: Path) -> None:
    """Write the list of all files with their SHA-256, so that a receiver can compare."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files
    )
    # Notepad of older Windows takes a file without the mark for GBK.
    (folder / _LIST).write_text("\n".join([*lines, ""]), encoding="utf-8-sig")


def _name(text: str) -> str:
    return text.lower().replace("_", "-").replace(".", "-")


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", *arguments], check=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bundle.build", description=__doc__)
    parser.add_argument(
        "-o", "--output", type=Path, default=Path("dist"), help="where the bundle goes, dist by default"
    )
    parser.add_argument("--platform", default="win_amd64", help="platform of the wheels, win_amd64 by default")
    parser.add_argument("--python", default="3.12", help="version of Python on the target, 3.12 by default")
    parser.add_argument(
        "--add", type=Path, nargs="*", default=[], help="further files, such as the installer of Python"
    )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
