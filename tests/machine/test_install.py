"""Installing and taking away: all of it or nothing, and nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.machine import laid_out
from tests.machine.laid_out import ADDIN, LOCAL, PARCEL, PYTHONW, XLSTART, Bench, ordinary
from toolkit.machine.install import install, uninstall
from toolkit.problem import Unwritable

_KEY = r"HKCU\Software\selfeval"
_FUNCTIONS = {"selfeval-functions.xlam": b"functions"}


def test_installing_puts_the_add_in_into_xlstart_and_writes_where_python_is() -> None:
    bench = ordinary()
    before_keys, before_files = bench.state()
    done = install(bench.machine, replace(PARCEL, functions=_FUNCTIONS))
    keys, files = bench.state()
    functions = XLSTART + r"\selfeval-functions.xlam"
    assert files == before_files | {PureWindowsPath(ADDIN): PARCEL.addin, PureWindowsPath(functions): b"functions"}
    assert keys == before_keys | {
        _KEY: {"pythonw": PYTHONW, "addin": ADDIN, "functions": functions, "version": "1.2.0"},
    }
    assert (str(done.addin), str(done.pythonw), done.former) == (ADDIN, PYTHONW, "")


def test_the_folder_that_a_running_excel_tells_is_taken() -> None:
    bench = ordinary()
    own = r"D:\漫游 配置\Excel\启动"
    bench.put(own + r"\PERSONAL.XLSB")
    code = "import xlwings; print(next((app.startup_path for app in xlwings.apps), ''))"
    bench.answers.told[laid_out.PYTHON, "-I", "-c", code] = f"{own}\r\n"
    assert str(install(bench.machine, PARCEL).addin) == own + r"\selfeval.xlam"


def test_an_upgrade_takes_away_what_the_former_version_had_put_elsewhere() -> None:
    bench = ordinary()
    former = r"D:\旧 启动\selfeval.xlam"
    bench.put(former, b"old")
    bench.put(XLSTART + r"\selfeval-functions.xlam", b"old functions")
    bench.registry.keys[_KEY] = {
        "pythonw": r"D:\old\pythonw.exe",
        "addin": former,
        "functions": XLSTART + r"\selfeval-functions.xlam",
        "version": "1.1.0",
    }
    done = install(bench.machine, PARCEL)
    ours = {str(path) for path in bench.disk.files if path.suffix == ".xlam"}
    assert (ours, done.former) == ({ADDIN}, "1.1.0")


def _held(bench: Bench) -> None:
    bench.disk.held.add(PureWindowsPath(ADDIN))


def _sealed_folder(bench: Bench) -> None:
    bench.disk.sealed.add(PureWindowsPath(XLSTART))


def _sealed_registry(bench: Bench) -> None:
    bench.registry.sealed_after = 2


def _no_pythonw(bench: Bench) -> None:
    bench.disk.remove(PureWindowsPath(PYTHONW))


def _no_windows(bench: Bench) -> None:
    bench.windows = False


def _no_data_folder(bench: Bench) -> None:
    del bench.environment["APPDATA"]


_SENTENCES = (
    (_held, "“selfeval.xlam”正被占用，或没有写入权限；请关闭所有 Excel 窗口后再试。"),
    (_sealed_folder, "“selfeval.xlam”正被占用，或没有写入权限；请关闭所有 Excel 窗口后再试。"),
    (_sealed_registry, "“注册表”写不了（Access is denied）；请让管理员允许本用户写 HKCU\\Software。"),
    (
        _no_pythonw,
        rf"“pythonw.exe”不在 {LOCAL}\Programs\selfeval 里，按钮启动不了程序；请用离线安装包或 python.org 的安装程序重新安装 Python。",
    ),
    (_no_windows, "“Excel 加载项”只用于 Windows 上的 Excel；本机请直接用 selfeval 的各个命令，功能相同。"),
    (_no_data_folder, "“XLSTART”所在的文件夹找不到：Windows 没有设置 APPDATA；请注销后重新登录再试。"),
)


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize(("plant", "sentence"), _SENTENCES)
def test_where_something_is_in_the_way_all_stays_as_it_was(
    plant: Callable[[Bench], None], sentence: str, *, older: bool
) -> None:
    bench = ordinary()
    if older:
        install(bench.machine, replace(PARCEL, version="1.1.0", addin=b"older"))
    plant(bench)
    before = bench.state()
    with pytest.raises(Unwritable) as refused:
        install(bench.machine, PARCEL)
    assert (str(refused.value), bench.state()) == (sentence, before)


@given(st.lists(st.sampled_from(["1.1.0", "1.2.0", "functions", "uninstall"]), max_size=6))
def test_whatever_was_installed_uninstalling_leaves_nothing_behind(steps: list[str]) -> None:
    bench = ordinary()
    before = bench.state()
    for step in steps:
        if step == "uninstall":
            uninstall(bench.machine)
        else:
            extra = _FUNCTIONS if step == "functions" else {}
            install(bench.machine, replace(PARCEL, version=step, addin=step.encode(), functions=extra))
            bench.put(LOCAL + r"\selfeval\selfeval.log", b"log")
            bench.put(LOCAL + r"\selfeval\journal\1.json", b"{}")
    uninstall(bench.machine)
    assert bench.state() == before


def test_backups_stay_unless_they_are_to_go_too() -> None:
    bench = ordinary()
    before = bench.state()
    backup = bench.put(LOCAL + r"\selfeval\备份\自评表 1.xlsx", b"form")
    bench.put(LOCAL + r"\selfeval\selfeval.log", b"log")
    install(bench.machine, PARCEL)
    gone, kept = uninstall(bench.machine)
    assert ([str(path) for path in gone], kept) == ([ADDIN, LOCAL + r"\selfeval\selfeval.log"], [backup.parent])
    assert bench.state() == (before[0], before[1] | {backup: b"form"})
    assert uninstall(bench.machine, with_backups=True) == ([backup.parent], [])
    assert bench.state() == before


def test_an_add_in_that_excel_holds_is_not_taken_away() -> None:
    bench = ordinary()
    install(bench.machine, PARCEL)
    _held(bench)
    with pytest.raises(Unwritable, match="请关闭所有 Excel 窗口后再试"):
        uninstall(bench.machine)
    assert bench.registry.values(_KEY)["addin"] == ADDIN
