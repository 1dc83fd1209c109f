"""The doctor: nothing on a sound machine, and exactly one line for each planted fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path, PureWindowsPath

import pytest

from tests.machine.laid_out import (
    ADDIN,
    CLSID,
    EXCEL,
    HOME,
    LOCAL,
    PARCEL,
    PYTHON,
    PYTHONW,
    STARTS_TOOLKIT,
    XLSTART,
    Bench,
    ordinary,
    program,
)
from toolkit.machine.doctor import examine
from toolkit.machine.doctor.excel import bits_of
from toolkit.machine.install import install
from toolkit.machine.model import State
from toolkit.machine.windows import this_machine

Plant = Callable[[Bench], object]

_OFFICE = r"Software\Microsoft\Office\16.0"
_POLICY = r"Software\Policies\Microsoft\Office\16.0"
_OWN = r"HKCU\Software\selfeval"


def sound() -> Bench:
    """Return a machine on which everything is installed."""
    bench = ordinary()
    install(bench.machine, PARCEL)
    return bench


def test_a_sound_machine_has_nothing_to_cure() -> None:
    lines = [str(line) for line in examine(sound().machine, PARCEL)]
    assert lines == [
        f"正常　Python：3.11.7，64 位，{PYTHON}。",
        f"正常　pythonw：{PYTHONW}。",
        "正常　部件：2 个都在，版本相符。",
        "正常　窗口部件：齐全。",
        f"正常　Excel：16.0.17928.20114，64 位，{EXCEL}。",
        "正常　WPS：没有占用 Excel 的登记。",
        "正常　宏：按默认设置，打开带宏的工作簿时询问。",
        "正常　加载项策略：没有禁用加载项，受信任位置有效。",
        f"正常　加载项文件：{ADDIN}，1.2.0。",
        f"正常　程序位置：{PYTHONW}。",
        "正常　禁用项目：没有本加载项。",
        f"正常　用户名：{HOME}。",
        rf"正常　临时文件夹：{LOCAL}\Temp。",
        "正常　接口缓存：没有旧的。",
        rf"正常　日志：{LOCAL}\selfeval\selfeval.log。",
        "正常　xlwings 设置：没有个人设置。",
        f"正常　XLSTART：{XLSTART}。",
        r"正常　LibreOffice：C:\Program Files\LibreOffice\program\soffice.exe。",
    ]


def _set(key: str, name: str, value: str | int | bytes) -> Plant:
    return lambda bench: bench.registry.keys.setdefault(key, {}).__setitem__(name, value)


def _file(path: str, data: bytes = b"") -> Plant:
    return lambda bench: bench.put(path, data)


def _without(path: str) -> Plant:
    return lambda bench: bench.disk.remove(PureWindowsPath(path))


def _python(**changes: object) -> Plant:
    return lambda bench: setattr(bench, "python", replace(bench.python, **changes))  # type: ignore[arg-type]  # by the field's name


def _store_python(bench: Bench) -> None:
    path = HOME + r"\AppData\Local\Microsoft\WindowsApps\PythonSoftwareFoundation.Python.3.11\python.exe"
    _python(executable=path)(bench)
    pythonw = str(bench.put(path.replace("python.exe", "pythonw.exe")))
    bench.registry.keys[_OWN]["pythonw"] = pythonw
    bench.answers.told[path, "-I", "-c", STARTS_TOOLKIT[3]] = "1"


def _store_excel(bench: Bench) -> None:
    path = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051\EXCEL.EXE"
    bench.put(path, program(32))
    _set(r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "", f'"{path}"')(bench)


def _chinese_name(bench: Bench) -> None:
    bench.environment["USERPROFILE"] = r"C:\Users\张三"


_FAULTS: tuple[tuple[str, Plant, str], ...] = (
    ("old Python", _python(version="3.9.13"), "Python：3.9.13"),
    ("Python of the store", _store_python, "Python：3.11.7"),
    ("no pythonw, which is also what is registered", _without(PYTHONW), "pythonw：没有；程序位置：登记的"),
    ("package missing", lambda bench: bench.packages.update({("docx", ">=1"): ""}), "部件：缺少 docx"),
    ("package too new", lambda bench: bench.packages.update({("xlwings", "==0.37.8"): "0.38.0"}), "部件：版本不合"),
    (
        "no Excel",
        _set(r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe", "", ""),
        "Excel：没有找到",
    ),
    (
        "WPS in Excel's place",
        _set(
            r"HKLM\Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe",
            "",
            r"D:\WPS Office\12.1\office6\et.exe",
        ),
        "Excel：没有找到",
    ),
    ("Excel of the store", _store_excel, "Excel：16.0.17928.20114"),
    (
        "WPS answers for Excel",
        _set(rf"HKCR\CLSID\{CLSID}\LocalServer32", "", r'"D:\Kingsoft\WPS Office\office6\wps.exe" /et /automation'),
        "WPS：WPS 登记成了 Excel",
    ),
    ("VBA is off", _set(rf"HKLM\{_POLICY}\Common", "VBAOff", 1), "宏：VBA 被整个关掉"),
    ("no add-ins", _set(rf"HKCU\{_OFFICE}\Excel\Security", "DisableAllAddins", 1), "加载项：所有加载项都被禁用"),
    ("signed add-ins", _set(rf"HKCU\{_POLICY}\Excel\Security", "RequireAddinSig", 1), "加载项：只许运行有签名的加载项"),
    (
        "signed always-on",
        _set(rf"HKCU\{_POLICY}\Common\Security", "requirealwaysonmacrosig", 1),
        "加载项：只许自动加载",
    ),
    (
        "no trusted folders",
        _set(rf"HKCU\{_OFFICE}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1),
        "受信任位置：受信任位置被禁用",
    ),
    ("no add-in", _without(ADDIN), "加载项文件：没有"),
    ("marked add-in", lambda bench: bench.disk.marked.add(PureWindowsPath(ADDIN)), "加载项文件："),
    ("other add-in", _file(ADDIN, b"older"), "加载项文件："),
    ("not registered", lambda bench: bench.registry.keys.pop(_OWN), "程序位置：没有登记"),
    ("does not start", lambda bench: bench.answers.told.clear(), "程序位置："),
    (
        "switched off by Excel",
        _set(
            rf"HKCU\{_OFFICE}\Excel\Resiliency\DisabledItems",
            "2FC8",
            b"\x01\0\0\0" + r"c:\users\zhang\xlstart\SELFEVAL.xlam".encode("utf-16-le"),
        ),
        "禁用项目：Excel 曾因出错停用了本加载项",
    ),
    ("no temporary folder", lambda bench: bench.environment.pop("TEMP"), "临时文件夹：TEMP 不存在"),
    ("temporary folder full", lambda bench: bench.disk.sealed.add(PureWindowsPath(LOCAL + r"\Temp")), "临时文件夹："),
    ("nowhere to log", lambda bench: bench.environment.pop("LOCALAPPDATA"), "日志：LOCALAPPDATA 写不了"),
)

_NOTES: tuple[tuple[str, Plant, str], ...] = (
    ("conda", _python(conda=True), "Python："),
    ("no windows of our own", lambda bench: bench.modules.update(tkinter=False), "窗口部件：这个 Python 没有 tkinter"),
    (
        "opened by WPS",
        _set(
            r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice", "ProgId", "ET.Xlsx.6"
        ),
        "WPS：.xlsx 默认由 WPS 打开",
    ),
    (
        "macros off, add-in still runs",
        _set(rf"HKCU\{_POLICY}\Excel\Security", "VBAWarnings", 4),
        "宏：禁用所有宏，且不通知",
    ),
    ("another Python", _file(r"D:\py\pythonw.exe"), "程序位置：按钮用的是"),
    ("generated cache", _file(LOCAL + r"\Temp\gen_py\3.11\dicts.dat"), "接口缓存：有"),
    ("empty line", _file(HOME + r"\.xlwings\xlwings.conf", b'"A","1"\r\n\r\n"B","2"\r\n'), "xlwings 设置："),
    ("add-in of xlwings", _file(XLSTART + r"\xlwings.xlam"), "XLSTART：有 xlwings.xlam"),
    ("no LibreOffice", lambda bench: setattr(bench, "office", ""), "LibreOffice：没有安装"),
)


def _heads(bench: Bench, state: State) -> list[str]:
    return [f"{line.item}：{line.fact}" for line in examine(bench.machine, PARCEL) if line.state is state]


def _begins(heads: list[str], beginnings: str) -> bool:
    wanted = beginnings.split("；")
    return len(heads) == len(wanted) and all(
        head.startswith(begins) for head, begins in zip(heads, wanted, strict=True)
    )


@pytest.mark.parametrize(("plant", "beginnings"), [fault[1:] for fault in _FAULTS], ids=[fault[0] for fault in _FAULTS])
def test_each_fault_is_named_once_with_its_cure(plant: Plant, beginnings: str) -> None:
    bench = sound()
    plant(bench)
    heads = _heads(bench, State.CURE)
    assert _begins(heads, beginnings), heads
    assert not _heads(bench, State.NOTE)
    assert all(line.cure for line in examine(bench.machine, PARCEL) if line.state is not State.GOOD)


@pytest.mark.parametrize(("plant", "beginnings"), [note[1:] for note in _NOTES], ids=[note[0] for note in _NOTES])
def test_what_may_matter_is_a_note_and_nothing_to_cure(plant: Plant, beginnings: str) -> None:
    bench = sound()
    if "另一个" in beginnings or beginnings.startswith("程序位置"):
        bench.registry.keys[_OWN]["pythonw"] = r"D:\py\pythonw.exe"
    plant(bench)
    heads = _heads(bench, State.NOTE)
    assert _begins(heads, beginnings), heads
    assert not _heads(bench, State.CURE)


def test_macros_off_without_trusted_folders_stop_the_add_in() -> None:
    bench = sound()
    _set(rf"HKCU\{_POLICY}\Excel\Security", "VBAWarnings", 4)(bench)
    _set(rf"HKCU\{_POLICY}\Excel\Security\Trusted Locations", "AllLocationsDisabled", 1)(bench)
    lines = [str(line) for line in examine(bench.machine, PARCEL) if line.state is State.CURE]
    assert lines == [
        "要处理　受信任位置：受信任位置被禁用，XLSTART 里的加载项要看宏设置。这是单位统一设置的，请管理员为本机放开。",
        "要处理　宏：禁用所有宏，且不通知。这是单位统一设置的，请管理员为本机放开。",
    ]


@pytest.mark.parametrize(
    ("functions", "executable", "state"),
    [
        ({}, r"C:\Users\张三\selfeval\python.exe", State.GOOD),
        ({"selfeval-functions.xlam": b"f"}, PYTHON, State.GOOD),
        ({"selfeval-functions.xlam": b"f"}, r"C:\Users\张三\selfeval\python.exe", State.NOTE),
    ],
)
def test_a_chinese_user_name_matters_for_functions_only(
    functions: dict[str, bytes], executable: str, state: State
) -> None:
    bench = sound()
    _chinese_name(bench)
    _python(executable=executable)(bench)
    found = [line for line in examine(bench.machine, replace(PARCEL, functions=functions)) if line.item == "用户名"]
    assert [line.state for line in found] == [state]


def test_bits_are_read_from_real_windows_programs() -> None:
    # setuptools carries the launchers it puts before Windows scripts.
    spec = find_spec("setuptools")
    assert spec is not None and spec.origin is not None
    folder = Path(spec.origin).parent
    bench = ordinary()
    found = {}
    for name in ("cli-32.exe", "cli-64.exe", "cli-arm64.exe"):
        found[name] = bits_of(bench.machine, bench.put(rf"D:\{name}", (folder / name).read_bytes()))
    assert found == {"cli-32.exe": 32, "cli-64.exe": 64, "cli-arm64.exe": 64}
    assert bits_of(bench.machine, bench.put(r"D:\a.exe", b"MZ")) == 0


def test_this_machine_is_examined_for_real() -> None:
    machine = this_machine()
    lines = list(examine(machine, PARCEL))
    assert [line.item for line in lines if line.item in ("Python", "部件", "窗口部件")] == [
        "Python",
        "部件",
        "窗口部件",
    ]
    assert next(line.state for line in lines if line.item == "部件") is State.GOOD
    assert ("xlwings" in {name for name, _ in machine.packages}) and "pytest" not in {
        name for name, _ in machine.packages
    }
