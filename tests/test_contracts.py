"""Promises about the code as a whole: layers, sizes, documentation, what start-up loads, what the wheel carries."""

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PACKAGE = sorted((ROOT / "toolkit").rglob("*.py"))
SOURCES = [path for folder in ("toolkit", "tests", "bench") for path in sorted((ROOT / folder).rglob("*.py"))]

MOST_LINES_IN_A_FILE = 400
MOST_LINES_IN_A_FUNCTION = 45

# All that may be loaded before the command line knows what it is asked for, besides private modules (_bisect) and what
# Python has loaded before any program starts. The second list is the standard library's, by what brings it in.
START_UP_OURS = r"toolkit(\.__main__|\.guard|\.problem|\.cli(\..+)?)?"
START_UP_STANDARD = {
    *("argparse", "gettext", "shutil", "fnmatch", "errno", "zlib", "bz2", "lzma", "pwd", "grp", "locale"),
    *("re", "enum", "types", "operator", "functools", "collections", "keyword", "reprlib", "copyreg", "itertools"),
    *("runpy", "pkgutil", "importlib", "warnings", "weakref", "typing", "contextlib", "__future__"),
    *("pathlib", "glob", "ntpath", "nt", "urllib", "ipaddress", "math"),
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_layers_and_forbidden_imports(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True)
    assert not failed, capsys.readouterr().out


def test_no_file_is_too_long() -> None:
    lines = {named(path): path.read_text(encoding="utf-8").count("\n") for path in SOURCES}
    assert {name: count for name, count in lines.items() if count > MOST_LINES_IN_A_FILE} == {}


def body_lines(function: Function) -> int:
    """Count a function's lines from its first statement, the docstring left out."""
    documented = ast.get_docstring(function) is not None and len(function.body) > 1
    first = function.body[1 if documented else 0]
    return (function.end_lineno or first.lineno) - first.lineno + 1


def test_no_function_is_too_long() -> None:
    too_long = {
        f"{named(path)}:{node.lineno} {node.name}": body_lines(node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, Function) and body_lines(node) > MOST_LINES_IN_A_FUNCTION
    }
    assert too_long == {}


def undocumented(path: Path) -> Iterator[str]:
    """Name the public parts of a module that have no docstring: itself, its functions, classes and their methods."""
    module = ast.parse(path.read_text(encoding="utf-8"))
    if module.body and not ast.get_docstring(module):
        yield named(path)
    yield from _undocumented_in(module, named(path))


def _undocumented_in(scope: ast.Module | ast.ClassDef, where: str) -> Iterator[str]:
    for node in scope.body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield f"{where}:{node.lineno} {node.name}"
            if isinstance(node, ast.ClassDef):
                yield from _undocumented_in(node, where)


def test_every_public_function_and_class_is_documented() -> None:
    assert [missing for path in PACKAGE for missing in undocumented(path)] == []


def imported_by(*arguments: str) -> set[str]:
    """Return every module that Python loads for these arguments, as ``-X importtime`` lists them."""
    command = [sys.executable, "-X", "importtime", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=ROOT)
    assert done.returncode == 0, done.stderr[-800:]
    return set(re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", done.stderr, re.MULTILINE))


@pytest.mark.parametrize(
    "arguments", [("-c", "import toolkit.cli.main"), ("-m", "toolkit", "--version")], ids=["import", "version"]
)
def test_start_up_loads_only_what_is_listed(arguments: tuple[str, ...]) -> None:
    loaded = imported_by(*arguments) - imported_by("-c", "pass")
    ours = {name for name in loaded if name.split(".")[0] == "toolkit"}
    others = {name.split(".")[0] for name in loaded - ours if not name.startswith("_")}
    assert "toolkit.cli.main" in ours
    assert {name for name in ours if not re.fullmatch(START_UP_OURS, name)} == set()
    assert others - START_UP_STANDARD == set()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel out of a copy, since building leaves folders behind."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in ("setup.cfg", "pyproject.toml", "LICENSE", "README.md"):
        shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / "toolkit", source / "toolkit", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index"]
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    built = subprocess.run([*command, "-w", str(out), str(source)], env=quiet, capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("selfeval-*.whl"))


@pytest.mark.slow
def test_wheel_carries_all_files_of_the_package_and_nothing_else(wheel: Path) -> None:
    here = {named(path) for path in (ROOT / "toolkit").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    with zipfile.ZipFile(wheel) as package:
        carried = {name for name in package.namelist() if ".dist-info/" not in name}
    assert carried == here
