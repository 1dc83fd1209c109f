"""Measure the collection of many forms, as ratios within this run; ``--files 10000`` takes the best part of an hour."""

import argparse
import contextlib
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bench.adapters import collect_forms, read_folder_with_openpyxl
from bench.forms import many_forms, rewrite_strings
from bench.ratio import Ratio, report

_FEW, _INDICATORS = 1_000, 20
_CHANGED = 100
"""One file in so many is changed before the second run."""
_MOST_MEGABYTES = 500.0
_ROUNDS = 2


def measure_collection(folder: Path, count: int = _FEW, rounds: int = _ROUNDS) -> list[Ratio]:
    """Compare collecting forms with merely reading them, and collecting them again with the first time."""
    many, again, out = folder / "many", folder / "again", folder / "collected.xlsx"
    many_forms(many, _INDICATORS, count)
    shutil.rmtree(again, ignore_errors=True)
    shutil.copytree(many, again)
    first, read, second = [], [], []
    for turn in range(rounds):
        store = folder / f"store-{turn}"
        store.unlink(missing_ok=True)
        read.append(_seconds(partial(read_folder_with_openpyxl, many)))
        first.append(_seconds(partial(collect_forms, again, out, store)))
        _change(again, turn)
        second.append(_seconds(partial(collect_forms, again, out, store)))
    title = f"collect {count} forms of {_INDICATORS} indicators"
    return [
        Ratio(f"{title} / merely reading them with openpyxl read-only, in as many processes", median(first), median(read), 0.5),
        Ratio(f"{title} again, 1 % of them changed / for the first time", median(second), median(first), 0.1),
    ]


def _change(folder: Path, turn: int) -> None:
    for path in sorted(folder.glob("*.xlsx"))[turn::_CHANGED]:
        beside = path.with_suffix(".new")
        rewrite_strings(path, beside, lambda text: text.replace("号项目", "号改项目"))
        beside.replace(path)


def measure_growth(folder: Path, count: int, *, dask: bool) -> list[Ratio]:
    """Compare the collection of ``count`` forms with that of a thousand, and a Dask cluster with processes of this one."""
    few, many, out, same = folder / "few", folder / "all", folder / "collected.xlsx", folder / "clustered.xlsx"
    many_forms(few, _INDICATORS, _FEW)
    many_forms(many, _INDICATORS, count)
    # Before and after, so that a machine that becomes slower meanwhile favours neither.
    before = _collected(few, out, folder / "store-a")
    whole = _collected(many, out, folder / "store-c")
    after = _collected(few, folder / "few.xlsx", folder / "store-b")
    each, each_few = whole[0] / count, (before[0] + after[0]) / 2 / _FEW
    few_memory = max(before[1], after[1])
    ratios = [
        Ratio(f"ms for one of {count} forms / for one of {_FEW}", each, each_few, 1.2),
        Ratio(f"MB of memory for {count} forms / for {_FEW}", whole[1], few_memory, 2.0),
        Ratio(f"MB of memory for {count} forms / what they may be", whole[1], _MOST_MEGABYTES, 1.0),
    ]
    if dask:
        with _cluster() as address:
            clustered = _collected(many, same, folder / "store-d", "--dask", address)
        if same.read_bytes() != out.read_bytes():
            raise RuntimeError("the cluster's summary is another one")
        ratios.append(Ratio(f"collect {count} forms by a Dask cluster of two workers / by two processes", clustered[0], whole[0], 2.0))
    return ratios


def _collected(folder: Path, out: Path, store: Path, *options: str) -> tuple[float, float]:
    store.unlink(missing_ok=True)
    start = time.perf_counter()
    memory = collect_forms(folder, out, store, *options)
    return (time.perf_counter() - start) * 1000, memory


@contextlib.contextmanager
def _cluster() -> Iterator[str]:
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster:
        yield cluster.scheduler_address


def _seconds(job: Callable[[], object]) -> float:
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def main() -> int:
    """Measure, print the table, and return 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000, help="forms to collect")
    parser.add_argument("--folder", type=Path, help="where to make the forms; kept for the next run")
    parser.add_argument("--no-dask", action="store_true", help="leave the cluster out")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.folder or Path(made)
        ratios = [*measure_collection(folder), *measure_growth(folder, options.files, dask=not options.no_dask)]
    print(report(ratios))
    return 0 if all(ratio.holds for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
