"""Processes that read: each may be lost or stopped without losing more than the file it was at."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

Task = Callable[[Any], Any]
_AHEAD = 4
"""Items a process has at once, so that it never waits for the next."""
_FIRST = 2
"""Processes started ahead."""
_FEW = 16
"""So few items they do alone: to start others would take longer. Others come where it is not soon done."""
_SOON = 1.0
"""Seconds."""
_TRIES = 2
LIMIT_SECONDS = 120.0
"""Time one item may take; the longest form takes less than one."""
_LIMIT_BYTES = 3 << 30
"""Memory a process may have; a workbook unpacks to 300 MB at most."""
_GRACE = 10


@dataclass(frozen=True, slots=True)
class Lost:
    """An item that ended its process, twice, or was not done in time.

    Attributes:
        slow: it was not done in time.
    """

    slow: bool


@dataclass(eq=False)
class _Worker:
    process: Any
    pipe: Connection
    asked: deque[int] = field(default_factory=deque)
    since: float = field(default_factory=time.monotonic)


class Crew:
    """Some processes that do one kind of task."""

    def __init__(self, task: Task, jobs: int, limit: float | None = None, prepare: Callable[[], object] | None = None) -> None:
        """Do ``task`` in up to ``jobs`` processes, an item in at most ``limit`` seconds; each begins with ``prepare``."""
        self._task, self._jobs, self._limit = task, jobs, LIMIT_SECONDS if limit is None else limit
        self._prepare = prepare
        self._workers: list[_Worker] = []
        self._alone_until = 0.0

    def begin(self) -> None:
        """Start the first processes, so that they are ready when there is something to do."""
        for _ in range(min(_FIRST, self._jobs) - len(self._workers)):
            self._workers.append(self._hired())

    def done(self, items: Sequence[Any]) -> Iterator[tuple[int, Any]]:
        """Begin at once, and yield place and result of every item as they come; ``Lost`` for one that cannot be done."""
        waiting = deque(range(len(items)))
        self._alone_until = time.monotonic() + _SOON if len(items) <= _FEW else 0.0
        self._hand_out(items, waiting)
        return self._results(items, waiting)

    def _results(self, items: Sequence[Any], waiting: deque[int]) -> Iterator[tuple[int, Any]]:
        tries = dict.fromkeys(range(len(items)), 0)
        try:
            while waiting or any(worker.asked for worker in self._workers):
                self._hand_out(items, waiting)
                for worker in self._answering():
                    try:
                        number, result = worker.pipe.recv()
                    except (EOFError, OSError):
                        yield from self._lose(worker, waiting, tries, slow=False)
                        continue
                    worker.asked.remove(number)
                    worker.since = time.monotonic()
                    yield number, result
                for worker in [each for each in self._workers if each.asked and time.monotonic() - each.since > self._limit]:
                    yield from self._lose(worker, waiting, tries, slow=True)
        finally:
            self.close()

    def _hand_out(self, items: Sequence[Any], waiting: deque[int]) -> None:
        jobs = min(_FIRST, self._jobs) if time.monotonic() < self._alone_until else self._jobs
        for _ in range(min(jobs - len(self._workers), len(waiting))):
            self._workers.append(self._hired())
        for _ in range(_AHEAD):
            for worker in self._workers:
                if waiting and len(worker.asked) < _AHEAD:
                    if not worker.asked:
                        worker.since = time.monotonic()
                    # A process that has just ended is noticed when it is asked for its answer.
                    with suppress(OSError):
                        worker.pipe.send((waiting[0], items[waiting[0]]))
                    worker.asked.append(waiting.popleft())

    def _hired(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        # A process that held the other end of a pipe would keep all alive when this one is gone.
        foreign = [ours, *(each.pipe for each in self._workers)]
        given = (theirs, foreign, self._task, self._limit, self._prepare)
        process = multiprocessing.Process(target=_work, args=given, daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _answering(self) -> list[_Worker]:
        now = time.monotonic()
        nearest = min((each.since + self._limit for each in self._workers if each.asked), default=0.0)
        if now < self._alone_until:
            nearest = min(nearest, self._alone_until)
        ready = wait([each.pipe for each in self._workers], max(0.0, nearest - now))
        return [each for each in self._workers if each.pipe in ready]

    def _lose(self, worker: _Worker, waiting: deque[int], tries: dict[int, int], *, slow: bool) -> Iterator[tuple[int, Any]]:
        """Put back what a process had not begun; the item it was at is tried once more unless it was slow."""
        self._workers.remove(worker)
        _end(worker)
        asked = list(worker.asked)
        if not asked:
            return
        guilty = asked[0]
        tries[guilty] += 1
        if slow or tries[guilty] >= _TRIES:
            asked.remove(guilty)
            yield guilty, Lost(slow)
        waiting.extendleft(reversed(asked))

    def close(self) -> None:
        """End the processes."""
        for worker in self._workers:
            _end(worker)
        self._workers.clear()


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()


def _work(
    pipe: Connection, foreign: Sequence[Connection], task: Task, limit: float, prepare: Callable[[], object] | None
) -> None:
    """Do what is asked for until nobody asks any more."""
    for other in foreign:
        other.close()
    # Ctrl-C reaches all processes of a terminal; who asked ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory()
    if prepare is not None:
        prepare()
    with suppress(EOFError, OSError):
        while True:
            number, item = pipe.recv()
            _alarm(limit + _GRACE)
            result = task(item)
            _alarm(0)
            pipe.send((number, result))


def _limit_memory() -> None:
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (_LIMIT_BYTES if most < 0 else min(_LIMIT_BYTES, most), most))


def _alarm(seconds: float) -> None:
    """End this process after some time even if nobody is left to end it."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def usual_jobs() -> int:
    """Return how many processes this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
