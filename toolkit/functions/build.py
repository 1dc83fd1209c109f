"""Building the functions' add-in: ``python -m toolkit.functions.build [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path

from toolkit.addin.module import Module, read_module
from toolkit.addin.package import build_addin
from toolkit.functions.carried import ADDIN, CARRIED
from toolkit.functions.described import help_module
from toolkit.functions.library import library_module
from toolkit.functions.wrapper import wrapper_module

FOLDER = "macros"
OWN = "functions"
"""The folder inside ``macros`` with the text of the functions' modules."""
WRITTEN_BY_HAND = ("SelfevalServer",)
SHARED = ("SelfevalStart", "SelfevalWords")
"""Modules of the buttons' add-in that this one needs, too."""


def build(sources: Path, carried: Path = CARRIED) -> list[Path]:
    """Write the generated modules as text and the add-in, into ``sources`` and into ``carried``.

    Returns:
        The files written.

    Raises:
        UnpinnedError: another xlwings is installed than the functions are pinned to.
        ValueError: a source that a VBA project cannot hold.
    """
    own = sources / OWN
    generated = [wrapper_module(), library_module(), help_module()]
    modules = [*(read_module(own / f"{name}.bas") for name in WRITTEN_BY_HAND), *(read_module(sources / f"{name}.bas") for name in SHARED)]
    carried.mkdir(parents=True, exist_ok=True)
    written = [_write(own, module) for module in generated]
    addin = build_addin([*modules, *generated], {})
    for path in (sources / ADDIN, carried / ADDIN):
        path.write_bytes(addin)
        written.append(path)
    return written


def _write(folder: Path, module: Module) -> Path:
    path = folder / f"{module.name}.bas"
    path.write_bytes(module.source.replace("\r\n", "\n").encode("ascii"))
    return path


if __name__ == "__main__":
    for made in build(Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)):
        print(made)
