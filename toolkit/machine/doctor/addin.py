"""The add-in: there, of this version, not marked, not switched off by Excel, and started with the right Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PureWindowsPath

from toolkit.machine.install import Parcel
from toolkit.machine.model import Line, Machine, State
from toolkit.machine.places import ADDIN_NAME, OWN_KEY, PYTHONW, VERSION, VERSIONS, addin_place, windowless

_INSTALL = "请运行 selfeval install"


def addin_lines(machine: Machine, parcel: Parcel) -> Iterator[Line]:
    """Yield the lines about the add-in and its settings."""
    yield _addin(machine, parcel)
    yield _python(machine)
    yield _switched_off(machine)


def _addin(machine: Machine, parcel: Parcel) -> Line:
    path = addin_place(machine)
    if not machine.files.exists(path):
        return Line("加载项文件", State.CURE, f"没有 {path}", _INSTALL)
    if machine.files.is_marked(path):
        cure = f"请在文件“属性”里勾选“解除锁定”，或{_INSTALL.removeprefix('请')}"
        return Line("加载项文件", State.CURE, f"{path} 带有“来自其他计算机”的标记，宏不运行", cure)
    if machine.files.read(path) != parcel.addin:
        former = machine.text(OWN_KEY, VERSION) or "旧版"
        return Line(
            "加载项文件",
            State.CURE,
            f"{path} 是 {former}，程序是 {parcel.version}",
            f"请关闭 Excel，再{_INSTALL.removeprefix('请')}",
        )
    return Line("加载项文件", State.GOOD, f"{path}，{parcel.version}")


def _python(machine: Machine) -> Line:
    written = machine.text(OWN_KEY, PYTHONW)
    if not written:
        return Line("程序位置", State.CURE, "没有登记，按钮找不到程序", _INSTALL)
    path = PureWindowsPath(written)
    if not machine.files.exists(path):
        return Line("程序位置", State.CURE, f"登记的 {path} 已不存在", _INSTALL)
    if path != windowless(machine):
        return Line("程序位置", State.NOTE, f"按钮用的是 {path}，不是现在这个 Python", f"要改用现在这个，{_INSTALL}")
    told = machine.programs.answer(
        [str(path.with_name("python.exe")), "-I", "-c", "import toolkit.excel.__main__; print(1)"]
    )
    if told is None or told.strip() != "1":
        return Line("程序位置", State.CURE, f"{path} 启动不了本程序", "请用离线安装包重新安装")
    return Line("程序位置", State.GOOD, str(path))


def _switched_off(machine: Machine) -> Line:
    """Excel keeps a list of add-ins during which it crashed, with their paths in UTF-16."""
    wanted = ADDIN_NAME.encode("utf-16-le")
    for version in VERSIONS:
        values = machine.registry.values(rf"HKCU\Software\Microsoft\Office\{version}\Excel\Resiliency\DisabledItems")
        if any(isinstance(value, bytes) and wanted in value.lower() for value in values.values()):
            cure = "请在 Excel“文件-选项-加载项”最下面选“禁用项目-转到”，把它启用"
            return Line("禁用项目", State.CURE, "Excel 曾因出错停用了本加载项", cure)
    return Line("禁用项目", State.GOOD, "没有本加载项")
