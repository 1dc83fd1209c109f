"""Building the add-in from macros/: ``python -m toolkit.addin.build [FOLDER]``."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from toolkit.addin.carried import CARRIED, ON_SHEETS
from toolkit.addin.module import read_module
from toolkit.addin.package import RIBBONS, build_addin

FOLDER = "macros"
ADDIN = "selfeval.xlam"
IN_ADDIN = ("SelfevalBridge", "SelfevalRibbon", "SelfevalStart", "SelfevalWords")


def build(sources: Path, carried: Path = CARRIED) -> list[Path]:
    """Write the add-in into ``sources``, and into ``carried`` what an installed package needs of it.

    Args:
        sources: the folder of the .bas files and the ribbon's XML.
        carried: the folder inside the package.

    Returns:
        The files written.

    Raises:
        ValueError: a source that a VBA project cannot hold.
    """
    modules = [read_module(sources / f"{name}.bas") for name in IN_ADDIN]
    addin = build_addin(modules, {name: (sources / name).read_bytes().replace(b"\r\n", b"\n") for name in RIBBONS})
    carried.mkdir(parents=True, exist_ok=True)
    written = [sources / ADDIN, carried / ADDIN]
    for path in written:
        path.write_bytes(addin)
    for name in ON_SHEETS:
        written.append(Path(shutil.copyfile(sources / f"{name}.bas", carried / f"{name}.bas")))
    return written


if __name__ == "__main__":
    for made in build(Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER)):
        print(made)
