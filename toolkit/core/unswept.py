"""Work that makes many small objects and lets go of few: Python's collector of reference cycles rests meanwhile."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

_SWEEP_EVERY = 16
_times = count(1)


@contextmanager
def unswept() -> Iterator[None]:
    """Let the collector rest for a block, for instance while a file is read: its sweeps would find all in use.

    It goes on afterwards as before, also when the block fails; inside another such block nothing changes. What was made
    counts as old from the start: to look through all of it once more at the next sweep would cost what was saved. Every
    sixteenth time all is looked through, so that what a process that reads for hours lets go of is found.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        sweeping = next(_times) % _SWEEP_EVERY == 0
        if not (sweeping or gc.get_freeze_count()):
            # Freezing moves the young out of reach, thawing puts them among the old; neither looks at any of them.
            gc.freeze()
            gc.unfreeze()
        gc.enable()
        if sweeping:
            gc.collect()
