"""The same reading on a Dask cluster whose machines see the same files; what it does not do is left to this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from toolkit.cli.reading import read_one
from toolkit.cli.store import Outcome, content_hash, program_mark
from toolkit.problem import Unreadable

_NAME = "Dask 集群"
_BATCH = 16
"""Files in one task, so that handing out tasks costs little beside reading."""
_ANSWER = 15
"""Seconds a scheduler may take to answer."""
_PATIENCE, _PAUSE = 5.0, 0.02
"""Seconds after which a cluster that says nothing is asked whether it still has workers, and between two looks."""
_Batch = Sequence[tuple[str, str]]


def read_on_cluster(address: str, files: Sequence[tuple[str, Path]], scheme: str | None) -> Iterator[tuple[int, Outcome]]:
    """Yield place and outcome of the files that the cluster has read, as they come.

    Files that no worker sees as they are here, that took workers with them, or that were left when the last worker went
    are not among them; a line on standard error says so.

    Args:
        address: of the scheduler.
        files: key of the content and path of each.
        scheme: the scheme asked for.

    Raises:
        Unreadable: Dask is not installed, nobody answers, there is no worker, or the workers have another version of this program.
    """
    # The name of what is in the way may hold no slash.
    name = f"{_NAME}（{address.rpartition('/')[2]}）"
    with closing(_client(address, name)) as client:
        _check_workers(client, name)
        batches = [range(at, min(at + _BATCH, len(files))) for at in range(0, len(files), _BATCH)]
        tasks = {
            client.submit(_read_batch, [(files[place][0], str(files[place][1])) for place in batch], scheme, pure=False): batch
            for batch in batches
        }
        unseen, lost = 0, 0
        for task, outcomes in _results(client, tasks):
            batch = tasks.pop(task)
            lost += len(batch) if outcomes is None else 0
            for place, outcome in zip(batch, outcomes or (), strict=False):
                if outcome is None:
                    unseen += 1
                else:
                    yield place, outcome
        left = sum(map(len, tasks.values()))
    _tell(unseen, "个文件在集群的机器上看不到或内容不同（不在共享文件夹），改在本机读取")
    _tell(lost, "个文件让集群的机器中途退出，改在本机逐个读取")
    _tell(left, "个文件没有等到结果，集群已经没有可用的机器，改在本机读取")


def _tell(count: int, what: str) -> None:
    if count:
        sys.stderr.write(f"{count} {what}。\n")


def _client(address: str, name: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise Unreadable(_NAME, "用不了，没有安装 Dask", "请安装 selfeval[cluster]，或去掉 --dask 用本机的多个进程读") from error
    try:
        return Client(address, timeout=_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Unreadable(name, "连不上", "请核对地址和端口，确认调度程序已启动；也可以去掉 --dask 用本机读") from error


def _check_workers(client: Any, name: str) -> None:
    """Refuse a cluster that cannot do the work or would do it otherwise than this machine."""
    try:
        marks = client.run(program_mark, on_error="return")
    except (OSError, ValueError) as error:
        raise Unreadable(name, "没有回答", "请检查集群，或去掉 --dask 用本机读") from error
    if not marks:
        raise Unreadable(name, "没有工作进程", "请先启动 dask worker，或去掉 --dask 用本机读")
    others = sorted(worker for worker, mark in marks.items() if mark != program_mark())
    if others:
        listed = "、".join(others[:3]) + ("等" if len(others) > 3 else "")
        reason = f"的 {len(others)} 个工作进程（{listed}）没有装 selfeval，或版本与本机不同"
        raise Unreadable(name, reason, "请在集群各机安装与本机相同的版本")


def _results(client: Any, tasks: dict[Any, range]) -> Iterator[tuple[Any, list[Outcome | None] | None]]:
    """Yield tasks with their results, ``None`` for one that ended its workers, until all are done or no worker is left."""
    from distributed import as_completed

    done = as_completed(tasks, loop=client.loop, with_results=True, raise_errors=False)
    heard = time.monotonic()
    while not done.is_empty():
        ready = done.next_batch(block=False)
        if ready:
            heard = time.monotonic()
        elif time.monotonic() - heard < _PATIENCE:
            time.sleep(_PAUSE)
        elif client.status != "running" or not client.scheduler_info()["workers"]:
            return
        else:
            heard = time.monotonic()
        for task, result in ready:
            # Dask has tried a task on several workers before it gives up.
            yield task, result if task.status == "finished" else None


def _read_batch(batch: _Batch, scheme: str | None) -> list[Outcome | None]:
    """Read files where they are seen as the one who asks sees them."""
    return [read_one(name, scheme) if _is_here(key, Path(name)) else None for key, name in batch]


def _is_here(key: str, path: Path) -> bool:
    try:
        return content_hash(path) + path.suffix.lower() == key
    except OSError:
        return False

