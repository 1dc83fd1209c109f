"""What Excel's settings and the administrator's policies allow: macros, add-ins, trusted folders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.machine.install import Parcel
from toolkit.machine.model import Line, Machine, State
from toolkit.machine.places import VERSIONS

_POLICY = r"Software\Policies\Microsoft\Office"
_SETTING = r"Software\Microsoft\Office"
_ADMINISTRATOR = "这是单位统一设置的，请管理员为本机放开"
_OFFICER = "请在 Excel“文件-选项-信任中心-信任中心设置”里改："


class _Switch(NamedTuple):
    """A registry value that keeps the add-in from running.

    Attributes:
        below: the key below the version of Office.
        stops: values with which it does.
        fact: what it means.
        cure: where the officer can change it.
    """

    item: str
    below: str
    name: str
    stops: tuple[int, ...]
    fact: str
    cure: str


_SWITCHES = (
    _Switch("宏", "Common", "VBAOff", (1,), "VBA 被整个关掉，加载项运行不了", "请让管理员打开 VBA"),
    _Switch(
        "加载项",
        r"Excel\Security",
        "DisableAllAddins",
        (1,),
        "所有加载项都被禁用",
        "“加载项”里去掉“禁用所有应用程序加载项”",
    ),
    _Switch(
        "加载项",
        r"Excel\Security",
        "RequireAddinSig",
        (1,),
        "只许运行有签名的加载项",
        "“加载项”里去掉“要求…由受信任的发布者签署”",
    ),
    _Switch(
        "加载项",
        r"Common\Security",
        "RequireAlwaysOnMacroSig",
        (1,),
        "只许自动加载有签名的宏",
        "请让管理员允许本加载项",
    ),
    _Switch(
        "受信任位置",
        r"Excel\Security\Trusted Locations",
        "AllLocationsDisabled",
        (1,),
        "受信任位置被禁用，XLSTART 里的加载项要看宏设置",
        "“受信任位置”里去掉“禁用所有受信任位置”",
    ),
)
_MACROS = (r"Excel\Security", "VBAWarnings")
_BLOCKED = {3: "只许运行有签名的宏", 4: "禁用所有宏，且不通知"}


def policy_lines(machine: Machine, parcel: Parcel) -> Iterator[Line]:
    """Yield a line for each setting that stops the add-in, else one for all of them; ``parcel`` is not looked at."""
    found = [line for switch in _SWITCHES if (line := _stopped(machine, switch))]
    yield from found
    trusted = not any(line.item == "受信任位置" for line in found)
    yield _macros(machine, trusted=trusted)
    if not found:
        yield Line("加载项策略", State.GOOD, "没有禁用加载项，受信任位置有效")


def _stopped(machine: Machine, switch: _Switch) -> Line | None:
    where = _where(machine, switch.below, switch.name, switch.stops)
    if where is None:
        return None
    return Line(switch.item, State.CURE, switch.fact, _ADMINISTRATOR if where == _POLICY else _OFFICER + switch.cure)


def _where(machine: Machine, below: str, name: str, stops: tuple[int, ...]) -> str | None:
    """Return under which root a value stops the add-in: policies count before settings."""
    for root in (_POLICY, _SETTING):
        for hive in ("HKCU", "HKLM"):
            for version in VERSIONS:
                if machine.value(rf"{hive}\{root}\{version}\{below}", name) in stops:
                    return root
    return None


def _macros(machine: Machine, *, trusted: bool) -> Line:
    """Tell about macros; a workbook with buttons needs them, the add-in in a trusted folder does not ask."""
    where = _where(machine, *_MACROS, tuple(_BLOCKED))
    if where is None:
        return Line("宏", State.GOOD, "按默认设置，打开带宏的工作簿时询问")
    value = next(value for value in _BLOCKED if _where(machine, *_MACROS, (value,)) == where)
    whose = _ADMINISTRATOR if where == _POLICY else _OFFICER + "“宏设置”里选“禁用所有宏，并发出通知”"
    if trusted:
        return Line(
            "宏",
            State.NOTE,
            f"{_BLOCKED[value]}，功能区按钮不受影响，带宏的 .xlsm 不能用",
            f"请用 .xlsx；要用 .xlsm 的，{whose}",
        )
    return Line("宏", State.CURE, _BLOCKED[value], whose)
