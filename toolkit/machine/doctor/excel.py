"""Excel: where it is, 32 or 64 bits, where it came from, and whether WPS stands in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PureWindowsPath

from toolkit.machine.install import Parcel
from toolkit.machine.model import Line, Machine, State

_APP_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_PROGRAM = r"HKCR\Excel.Application"
_WPS = re.compile(r"\\(?:et|wps|ksolaunch|wpsoffice)\.exe|kingsoft|\\wps office\\", re.IGNORECASE)
_STORE = "\\windowsapps\\"
_MACHINES = {0x014C: 32, 0x8664: 64, 0xAA64: 64}
"""What the header of a Windows program says it runs on, in bits."""


def excel_lines(machine: Machine, parcel: Parcel) -> Iterator[Line]:
    """Yield the lines about Excel and WPS; ``parcel`` is not looked at."""
    path = excel_program(machine)
    yield _excel(machine, path)
    yield _wps(machine)


def excel_program(machine: Machine) -> PureWindowsPath | None:
    """Return the path of EXCEL.EXE that Windows would start, ``None`` where Excel is not installed."""
    for hive in ("HKCU", "HKLM"):
        text = machine.text(rf"{hive}\{_APP_PATH}").strip('"')
        if text and not _WPS.search(text):
            return PureWindowsPath(text)
    return None


def bits_of(machine: Machine, program: PureWindowsPath) -> int:
    """Return for how many bits a Windows program was built, from its header; 0 where it cannot be told."""
    try:
        head = machine.files.read(program, 4096)
    except OSError:
        return 0
    at = int.from_bytes(head[60:64], "little")
    if head[:2] != b"MZ" or head[at : at + 4] != b"PE\0\0":
        return 0
    return _MACHINES.get(int.from_bytes(head[at + 4 : at + 6], "little"), 0)


def _excel(machine: Machine, path: PureWindowsPath | None) -> Line:
    if path is None:
        return Line(
            "Excel", State.CURE, "没有找到", "按钮需要 Windows 版 Excel；只有 WPS 的，请用 selfeval 命令，功能相同"
        )
    bits = bits_of(machine, path)
    version = machine.text(_CLICK_TO_RUN, "VersionToReport")
    fact = "，".join(filter(None, (version, f"{bits} 位" if bits else "", str(path))))
    if _STORE in str(path).lower():
        cure = "应用商店版 Excel 不让其他程序驱动它，请卸载后从 office.com 安装桌面版"
        return Line("Excel", State.CURE, f"{fact}，应用商店版", cure)
    return Line("Excel", State.GOOD, fact)


def _wps(machine: Machine) -> Line:
    # Either hive may hold the registration; HKCR shows them merged.
    number = machine.text(_PROGRAM + r"\CLSID")
    server = machine.text(rf"HKCR\CLSID\{number}\LocalServer32")
    if _WPS.search(server):
        cure = "请在 WPS“配置工具”里取消“兼容第三方系统和软件”，再对 Office 做一次“快速修复”"
        return Line("WPS", State.CURE, f"WPS 登记成了 Excel（{server.strip()}），按钮会找错程序", cure)
    opened_by = machine.text(
        r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsx\UserChoice", "ProgId"
    )
    if re.match(r"(?:ET|WPS|KWPS)\.", opened_by, re.IGNORECASE):
        cure = "双击打开的表没有按钮；请用 Excel 的“文件-打开”，或把 .xlsx 的默认程序改为 Excel"
        return Line("WPS", State.NOTE, f".xlsx 默认由 WPS 打开（{opened_by}）", cure)
    return Line("WPS", State.GOOD, "没有占用 Excel 的登记")
