"""Which of the faces a report is set in this machine has: without them a PDF made here shows others."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping

from toolkit.word.styles import BODY_FACE, HEI, KAI, SONG, TITLE_FACE

_NAMES: Mapping[str, tuple[str, ...]] = {
    TITLE_FACE: ("方正小标宋", "FZXiaoBiaoSong", "小标宋"),
    BODY_FACE: ("仿宋", "FangSong"),
    KAI: ("楷体", "KaiTi", "楷体_GB2312"),
    HEI: ("黑体", "SimHei"),
    SONG: ("宋体", "SimSun"),
}
"""Every face with the beginnings of the names it goes by, those of its usual stand-ins of the same shapes included."""
_SECONDS = 10.0


def missing_faces() -> list[str]:
    """Return the faces of a report that this machine lacks; none where it cannot be told."""
    installed = _installed()
    if not installed:
        return []
    return [face for face, names in _NAMES.items() if not any(name.lower() in each for each in installed for name in names)]


if sys.platform == "win32":
    import winreg

    def _installed() -> list[str]:
        """Return the names of the faces Windows has registered, in small letters, the user's own among them."""
        found: list[str] = []
        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                    found += [winreg.EnumValue(key, at)[0].lower() for at in range(winreg.QueryInfoKey(key)[1])]
            except OSError:
                continue
        return found

else:

    def _installed() -> list[str]:
        """Return the names of the faces fontconfig lists, in small letters; none where it is not there."""
        program = shutil.which("fc-list")
        if program is None:
            return []
        try:
            listed = subprocess.run([program, ":", "family"], capture_output=True, timeout=_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return []
        return listed.stdout.decode("utf-8", "replace").lower().splitlines()
