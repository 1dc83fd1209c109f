"""What several tests read of the sources and the built files."""

from __future__ import annotations

import re
import warnings
import zipfile
from pathlib import Path

with warnings.catch_warnings():
    # Older names of pyparsing's, used while the module loads, would fill the summary of every run.
    warnings.simplefilter("ignore")
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["MACROS", "VBA_Parser", "decompress_stream", "parts", "procedures", "stored"]

ROOT = Path(__file__).parents[2]
MACROS = ROOT / "macros"


def parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a package; fails where a part is damaged."""
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def stored(path: Path) -> str:
    """Return a .bas file as a project stores it."""
    return path.read_text(encoding="ascii").replace("\n", "\r\n")


def procedures(source: str) -> dict[str, str]:
    """Return the parameters of every public procedure of a module, by name."""
    joined = source.replace("\r\n", "\n").replace(" _\n", " ")
    found = re.findall(r"^Public (?:Sub|Function) (\w+)\((.*?)\)(?: As \w+)?$", joined, re.MULTILINE)
    return {name: parameters for name, parameters in found}


def arguments_of(command: str) -> list[str]:
    """Part a command line as Windows does (CommandLineToArgvW) where no quote is escaped."""
    parts, quoted = [""], False
    for sign in command:
        if sign == '"':
            quoted = not quoted
        elif sign == " " and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    assert not quoted and "\\\"" not in command
    return parts
