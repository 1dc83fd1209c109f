"""Building workbook_templates/ from the schemes: ``python -m toolkit.workbook.build [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit.core.scheme import load_schemes
from toolkit.workbook.template import build_workbook

FOLDER = "workbook_templates"
SUFFIXES = (".xlsx", ".xlsm")


def build_templates(folder: Path) -> list[Path]:
    """Write a blank form of every built-in scheme into ``folder``, without macros and with buttons; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for scheme in load_schemes().values():
        for suffix in SUFFIXES:
            path = folder / f"{scheme.id}{suffix}"
            build_workbook(path, None, scheme)
            made.append(path)
    return made


if __name__ == "__main__":
    for written in build_templates(Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)):
        print(written)
