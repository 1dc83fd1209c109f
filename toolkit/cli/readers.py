"""Who reads many files: processes of this machine that get ready while the rest of the command is still being loaded, or a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from toolkit.cli.reading import get_ready, read_one
from toolkit.cli.store import Outcome
from toolkit.cli.workers import Crew, Lost

_LOST = Outcome(reason="读到一半，读取进程被系统结束了（可能内存不足）", ask="请先另存一份再试；仍不行的，重新索取", lasting=False)
_SLOW = Outcome(reason="读了两分钟还没有读完，已跳过", ask="请用 Excel 或 WPS 打开后另存一份再试", lasting=False)


@dataclass
class Readers:
    """Who reads: processes of this machine, or a cluster whose machines see the same files.

    Attributes:
        scheme: the scheme asked for.
        dask: address of the cluster's scheduler.
    """

    scheme: str | None
    jobs: int
    dask: str | None = None
    _crew: Crew = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Know who reads here."""
        self._crew = Crew(partial(read_one, scheme=self.scheme), self.jobs, prepare=partial(get_ready, self.scheme))

    def begin(self) -> None:
        """Start who reads here, before it is known what is to be read; see :meth:`close`."""
        if self.dask is None:
            self._crew.begin()

    def close(self) -> None:
        """Let go who reads here."""
        self._crew.close()

    def read(self, files: Sequence[tuple[str, Path]]) -> Iterator[tuple[int, Outcome]]:
        """Begin, and yield place and outcome of every file, given with the key of its content, as they come."""
        if self.dask is not None and files:
            return self._read_by_cluster(self.dask, files)
        return self._read_here(files, range(len(files)))

    def _read_by_cluster(self, address: str, files: Sequence[tuple[str, Path]]) -> Iterator[tuple[int, Outcome]]:
        from toolkit.cli.cluster import read_on_cluster

        left = dict.fromkeys(range(len(files)))
        for place, outcome in read_on_cluster(address, files, self.scheme):
            del left[place]
            yield place, outcome
        yield from self._read_here(files, list(left))

    def _read_here(self, files: Sequence[tuple[str, Path]], places: Sequence[int]) -> Iterator[tuple[int, Outcome]]:
        results = self._crew.done([str(files[place][1]) for place in places])
        return ((places[number], _outcome(result)) for number, result in results)


def _outcome(result: Outcome | Lost) -> Outcome:
    if isinstance(result, Lost):
        return _SLOW if result.slow else _LOST
    return result
