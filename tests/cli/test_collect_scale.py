"""Collecting on a large scale: interrupted, with files that end their reader, on a cluster, for analysts."""

from __future__ import annotations

import csv
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.cli.test_collect import cells, folder_of, read, run
from tests.collect.bureau import clean, name_of, save, unit_of, with_score
from toolkit.cli import analysis, cluster, collecting, readers, reading, workers
from toolkit.cli.store import Outcome, Store, mark_with

Told = pytest.CaptureFixture[str]
_COUNT = 24


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with some forms and the summary of it, 汇总.xlsx, beside it."""
    root = tmp_path_factory.mktemp("收 件")
    folder = folder_of(root, _COUNT)
    assert run("collect", folder, "-o", root / "汇总.xlsx", "--store", root / "store") == 0
    return folder


def read_carefully(name: str, scheme: str | None) -> Outcome:
    """Read a file; some end their reader, some never end, some need more memory than a reader may have."""
    if "崩溃" in name:
        os._exit(9)
    if "不动" in name:
        time.sleep(600)
    if "巨大" in name:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "read_anything", lambda path: bytearray(4 << 30))
            return reading.read_one(name, scheme)
    return reading.read_one(name, scheme)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("崩溃", "被系统结束了"),
        ("不动", "还没有读完"),
        pytest.param("巨大", "太大，内存装不下", marks=pytest.mark.skipif(sys.platform != "linux", reason="memory is limited there only")),
    ],
)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_ends_its_reader_changes_only_its_own_line(
    received: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told, kind: str, reason: str, jobs: int
) -> None:
    monkeypatch.setattr(readers, "read_one", read_carefully)
    monkeypatch.setattr(workers, "LIMIT_SECONDS", 3.0)
    bad, out, store = received / f"坏{kind}.json", received.parent / f"坏{kind}{jobs}.xlsx", received.parent / f"坏{kind}{jobs}"
    save(clean(50), bad)
    try:
        assert run("collect", received, "-o", out, "--store", store, "--jobs", jobs) == 2
        assert capsys.readouterr().out.splitlines()[-1] == f"共 {_COUNT + 1} 个文件，读出 {_COUNT} 张自评表；1 个文件没有读成，见“未能读取”。"
        ((file, told),) = cells(read(out, "未能读取"), "文件", "原因")
        assert file == f"来件/{bad.name}" and reason in told
        for sheet in ("汇总表", "指标明细", "按单位", "溯源"):
            assert read(out, sheet) == read(received.parent / "汇总.xlsx", sheet)
        # It is not taken for unreadable for ever.
        monkeypatch.undo()
        assert run("collect", received, "-o", out, "--store", store, "--jobs", jobs) == 0
    finally:
        bad.unlink()


@pytest.mark.skipif(sys.platform == "win32", reason="processes are ended otherwise there")
@pytest.mark.parametrize("how", ["SIGKILL", "SIGINT"])
def test_an_interrupted_run_loses_nothing(received: Path, tmp_path: Path, how: str) -> None:
    chance, out, store = random.Random(how), tmp_path / "汇总.xlsx", tmp_path / "store"
    command = [sys.executable, "-m", "toolkit", "collect", str(received), "-o", str(out), "--store", str(store), "--jobs", "2"]
    known = 0
    for _ in range(3):
        started = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while started.poll() is None and _kept(store) < min(_COUNT, known + chance.randint(1, 8)):
            time.sleep(0.002)
        if started.poll() is None:
            # Ctrl-C reaches all processes of a terminal, a sudden end only the one that is meant.
            (os.killpg if how == "SIGINT" else os.kill)(started.pid, getattr(signal, how))
        told = started.communicate(timeout=60)[1].decode()
        assert "Traceback" not in told
        before, known = known, _kept(store)
        assert before <= known <= _COUNT
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    again = subprocess.run(command, check=False, capture_output=True)
    assert (again.returncode, _kept(store)) == (0, _COUNT)
    # Read piece by piece, by whom it may be: the same summary.
    whole = received.parent / "另存.xlsx"
    assert run("collect", received, "-o", whole, "--store", tmp_path / "other", "--jobs", 1) == 0
    assert read(out, "汇总表") == read(whole, "汇总表")


def _kept(store: Path) -> int:
    """Count the contents that are safe in a store."""
    import sqlite3

    if not store.exists():
        return 0
    try:
        base = sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)
        try:
            return int(base.execute("SELECT count(*) FROM files").fetchone()[0])
        finally:
            base.close()
    except sqlite3.OperationalError:
        return 0  # not begun yet


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """Start a cluster of two workers on this machine, and end it."""
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made,
    ):
        yield made


def test_a_cluster_gives_the_same_bytes(received: Path, scheduler: Any, capsys: Told) -> None:
    out = received.parent / "集群.xlsx"
    arguments = ("collect", received, "-o", out, "--store", received.parent / "集群")
    assert run(*arguments, "--dask", scheduler.scheduler_address) == 0
    told = capsys.readouterr()
    assert told.err == "" and told.out.splitlines()[-1] == f"共 {_COUNT} 个文件，读出 {_COUNT} 张自评表，没有读不了的文件。"
    assert out.read_bytes() == (received.parent / "汇总.xlsx").read_bytes()


def test_what_the_cluster_does_not_see_is_read_here(received: Path, scheduler: Any, capsys: Told) -> None:
    paths = sorted(received.glob("*.json"))
    with_keys = [("别的内容.json" if place == 5 else _key(path), path) for place, path in enumerate(paths)]
    found = dict(cluster.read_on_cluster(scheduler.scheduler_address, with_keys, None))
    assert sorted(found) == [place for place in range(_COUNT) if place != 5]
    assert capsys.readouterr().err == "1 个文件在集群的机器上看不到或内容不同（不在共享文件夹），改在本机读取。\n"
    asked = readers.Readers(None, 1, scheduler.scheduler_address)
    assert sorted(place for place, _ in asked.read(with_keys)) == list(range(_COUNT))


def _key(path: Path) -> str:
    from toolkit.cli.store import content_hash

    return content_hash(path) + path.suffix


def test_a_task_that_ends_its_workers_is_given_up(scheduler: Any) -> None:
    from distributed import Client

    with Client(scheduler.scheduler_address, set_as_default=False) as client:
        good, bad = client.submit(len, [1, 2], pure=False), client.submit(os._exit, 9, pure=False)
        found = dict(cluster._results(client, {good: range(1), bad: range(1)}))
        assert (found[good], found[bad]) == (2, None)


def test_what_a_cluster_leaves_when_its_last_worker_goes_is_read_here(received: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(cluster, "_PATIENCE", 0.3)
    monkeypatch.setattr(cluster, "_BATCH", 1)
    with_keys = [(_key(path), path) for path in sorted(received.glob("*.json"))]
    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made:
        # One that nobody starts again.
        command = [sys.executable, "-m", "dask", "worker", made.scheduler_address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as worker:
            made.wait_for_workers(1, timeout=60)
            found = readers.Readers(None, 1, made.scheduler_address).read(with_keys)
            first = next(found)
            worker.kill()
            outcomes = dict([first, *found])
    told = capsys.readouterr().err
    assert sorted(outcomes) == list(range(_COUNT)) and not any(outcome.reason for outcome in outcomes.values())
    (left,) = re.findall(r"(\d+) 个文件没有等到结果，集群已经没有可用的机器，改在本机读取。", told)
    assert 0 < int(left) < _COUNT


def test_a_cluster_without_workers_is_told(received: Path, capsys: Told) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made:
        arguments = ("collect", received, "-o", received.parent / "无.xlsx", "--store", received.parent / "无")
        assert run(*arguments, "--dask", made.scheduler_address) == 2
    assert "没有工作进程；请先启动 dask worker，或去掉 --dask 用本机读。" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "没有这个地址", "nonsense://x"])
def test_a_cluster_that_does_not_answer_is_told(received: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told, address: str) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 1)
    assert run("collect", received, "-o", received.parent / "无.xlsx", "--store", received.parent / "无", "--dask", address) == 2
    assert capsys.readouterr().err.count("连不上；请核对地址和端口，确认调度程序已启动；也可以去掉 --dask 用本机读。") == 1


def test_without_dask_one_sentence_says_what_to_install(received: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    arguments = ("collect", received, "-o", received.parent / "无.xlsx", "--store", received.parent / "无")
    assert run(*arguments, "--dask", "tcp://127.0.0.1:9") == 2
    assert capsys.readouterr().err == "“Dask 集群”用不了，没有安装 Dask；请安装 selfeval[cluster]，或去掉 --dask 用本机的多个进程读。\n"


def test_rows_made_ahead_are_those_made_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "名字很长的文件夹，超过一行才写得下" / "再下一级 & 'x'"
    low = with_score(clean(1), 0, "20", "99.60", actual="1000处")
    save(low, folder / f"{'很长的文件名' * 8}.xlsx")
    save(with_score(clean(2), 0, "20", "98.60"), folder / "短.xlsx")
    save(clean(4) | {"project_name": "<&>\x07_x0041_ 尾空 "}, folder / "特.json")
    made = []
    for ahead in (True, False):
        out = tmp_path / f"{ahead}.xlsx"
        assert run("collect", tmp_path / "名字很长的文件夹，超过一行才写得下", "-o", out, "--store", tmp_path / "store") == 1
        made.append(out.read_bytes())
        monkeypatch.setattr(collecting.StoredLibrary, "ready", lambda self, entries, sheet: (None for _ in entries))
    assert made[0] == made[1]


def test_files_that_were_written_again_are_read_again(tmp_path: Path) -> None:
    path, other = tmp_path / "表.json", tmp_path / "他.json"
    save(clean(1), path)
    save(clean(2), other)
    store = Store(tmp_path / "store", mark_with(None), fresh=False)
    long_ago = time.time() - 1000
    os.utime(path, (long_ago, long_ago))
    first = store.key_of(path)
    assert store.key_of(path) == first == _key(path)
    path.write_bytes(other.read_bytes().ljust(path.stat().st_size)[: path.stat().st_size])
    # As long as before, and its time put back: the time of the change itself still tells.
    os.utime(path, (long_ago, long_ago))
    assert store.key_of(path) == _key(path) != first
    store.close()


def test_analysts_get_typed_tables(received: Path, tmp_path: Path) -> None:
    form = clean(1) | {"project_name": "=HYPERLINK(\"http://x\")", "organisation": "＠单位"}
    form["indicators"][0] |= {"actual": "-5", "deviation": "+1甲"}
    form["indicators"][1] |= {"score": "满分"}
    save(form, tmp_path / "来件" / "甲.json")
    folder = tmp_path / "分 析"
    for kind in ("parquet", "csv"):
        assert run("collect", tmp_path / "来件", "-o", folder, "--format", kind, "--store", tmp_path / "store") == 0
    tables = [path.stem for path in folder.glob("*.parquet")]
    assert sorted(tables) == sorted(path.stem for path in folder.glob("*.csv"))
    whole = pq.read_table(folder / "汇总表.parquet")
    (row,) = whole.to_pylist()
    assert (row["序号"], row["项目名称"], row["全年预算数"], row["执行率"]) == (
        *(1, form["project_name"]),
        *(Decimal("1000000"), Decimal("0.96")),
    )
    assert str(whole.schema.field("全年预算数").type) == "decimal128(38, 10)"
    assert "复核得分" not in whole.column_names
    lines = pq.read_table(folder / "指标明细.parquet").to_pylist()
    assert [(line["得分"], line["得分（原文）"]) for line in lines[:2]] == [(Decimal("20"), None), (None, "满分")]
    with (folder / "指标明细.csv").open(encoding="utf-8-sig", newline="") as stream:
        first, *_ = csv.DictReader(stream)
    assert [first[name] for name in ("填报单位", "项目名称", "实际完成值", "得分", "偏差原因分析及改进措施")] == [
        *("'＠单位", "'=HYPERLINK(\"http://x\")", "-5", "20", "'+1甲"),
    ]
    told = (folder / "字段说明.md").read_text(encoding="utf-8")
    assert "## 指标明细.csv（5 行）" in told and "| 执行率 | 小数 | 比率，0.96 即 96% |" in told


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        *((text, f"'{text}") for text in ("=1+1", "+甲", "-甲", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "-", "+1+1", "1".join("+-"))),
        *((text, text) for text in ("", "甲=1", "-5", "+3.5", "-0.5%", "1-2", "—", "0")),
    ],
)
def test_no_text_becomes_a_formula(text: str, neutral: str) -> None:
    assert analysis.neutral(text) == neutral


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["-o", "占用", "--format", "csv"], 2, "不是文件夹；--format csv 要写几个文件"),
        (["-o", "x", "--format", "xml"], 64, "--format"),
        (["-o", "x", "--format", "parquet"], 2, "请安装 selfeval[analysis]，或改用 --format csv"),
    ],
)
def test_wrong_formats_are_told(
    received: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Told, options: list[str], code: int, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    Path("占用").touch()
    try:
        assert run("collect", received, *options, "--store", received.parent / "store") == code
    except SystemExit as stopped:
        assert stopped.code == code
    assert told in capsys.readouterr().err


def test_names_follow_the_forms(received: Path) -> None:
    rows = cells(read(received.parent / "汇总.xlsx", "汇总表"), "项目名称", "填报单位", "文件")
    assert rows == [(name_of(number), unit_of(number), f"来件/{number:02d}.json") for number in range(1, _COUNT + 1)]
