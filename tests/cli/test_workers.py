"""Processes that read: what one loses costs one item, however it is lost."""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from toolkit.cli.workers import Crew, Lost


def doubled(item: int | str) -> int:
    """Double a number; some texts end the process, some never end."""
    if item == "abort":
        os._exit(9)
    if item == "hang":
        time.sleep(600)
    if isinstance(item, str) and item.startswith("/"):
        # The first who comes leaves a trace and goes.
        path = Path(item)
        if not path.exists():
            path.touch()
            os._exit(9)
        return 0
    return 2 * int(item)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("items", "results"),
    [
        ([], []),
        ([3], [6]),
        (list(range(40)), list(range(0, 80, 2))),
        (["abort"], [Lost(slow=False)]),
        ([1, "abort", 2, "abort", *range(20)], [2, Lost(slow=False), 4, Lost(slow=False), *range(0, 40, 2)]),
        ([1, "hang", 2, *range(20)], [2, Lost(slow=True), 4, *range(0, 40, 2)]),
    ],
)
def test_what_ends_a_process_costs_nothing_else(jobs: int, items: list[int | str], results: list[object]) -> None:
    found = dict(Crew(doubled, jobs, limit=2.0).done(items))
    assert [found[place] for place in range(len(items))] == results


def test_what_was_lost_by_accident_is_tried_again(tmp_path: Path) -> None:
    found = dict(Crew(doubled, 2).done([1, str(tmp_path / "trace"), 2]))
    assert found == {0: 2, 1: 0, 2: 4}


def fits(size: int) -> bool:
    """Tell whether so many bytes can be had."""
    try:
        return len(bytearray(size)) == size
    except MemoryError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited there only")
def test_a_process_may_not_take_all_memory() -> None:
    assert dict(Crew(fits, 1).done([1 << 20, 4 << 30, 1 << 20])) == {0: True, 1: False, 2: True}


READY: list[int] = []


def reader(seconds: float) -> tuple[int, bool]:
    """Take some time, and tell who did it and whether that process was got ready before."""
    time.sleep(seconds)
    return os.getpid(), bool(READY)


def test_few_items_are_done_by_those_who_began() -> None:
    crew = Crew(reader, 4, prepare=partial(READY.append, 1))
    crew.begin()
    began = {worker.process.pid for worker in crew._workers}
    found = [result for _, result in crew.done([0.0] * 12)]
    assert len(began) == 2
    assert {pid for pid, _ in found} <= began
    assert all(ready for _, ready in found)
    assert READY == []


def test_others_come_where_few_items_take_long() -> None:
    found = [result for _, result in Crew(reader, 4).done([0.6] * 12)]
    assert len(found) == 12
    assert len({pid for pid, _ in found}) == 4


def test_many_items_are_done_by_all() -> None:
    assert len({pid for _, (pid, _) in Crew(reader, 3).done([0.05] * 40)}) == 3


def test_those_who_began_are_let_go() -> None:
    crew = Crew(reader, 2)
    crew.begin()
    processes = [worker.process for worker in crew._workers]
    crew.close()
    assert not any(process.is_alive() for process in processes)
