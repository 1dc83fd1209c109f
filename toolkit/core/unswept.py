"""Work that makes many small objects and lets go of few: Python's collector of reference cycles rests meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Let the collector rest for a block, for instance while a file is read: its sweeps would find all in use.

    It goes on afterwards as before, also when the block fails; inside another such block nothing changes.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
