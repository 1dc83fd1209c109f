"""A private LibreOffice: own profile, own pipe, fonts for the faces officers use. Runs under the system's Python.

The system's Python is the one that has ``uno``. UNO types are reached by name (``uno.getClass``) rather than through
``com.sun.star`` imports, which work only after ``import uno`` and which an import sorter would move.
"""

import subprocess
import time
import uuid
from os import environ
from pathlib import Path
from typing import Any

import uno

STARTUP_SECONDS = 90
RESTART_EXIT_CODE = 81  # what soffice.bin answers on a fresh profile: "start me again"

_SETTINGS = {
    # The default is to trust cached values in files that Excel did not write: nothing would be recalculated.
    "/org.openoffice.Office.Calc/Formula/Load": {"OOXMLRecalcMode": "0", "ODFRecalcMode": "0"},
    # A program that pastes is not asked whether it may.
    "/org.openoffice.Office.Calc/Input": {"ReplaceCellsWarning": "false"},
    "/org.openoffice.Office.Common/Security/Scripting": {"MacroSecurityLevel": "0"},
    "/org.openoffice.Office.Common/Misc": {
        "FirstRun": "false",
        "ShowTipOfTheDay": "false",
        "UseLocking": "false",
        "UseDocumentOOoLockFile": "false",
    },
}

_FACES = {
    "Noto Serif CJK SC": ["宋体", "SimSun", "仿宋", "仿宋_GB2312", "FangSong", "楷体", "楷体_GB2312", "方正小标宋简体"],
    "Noto Sans CJK SC": ["黑体", "SimHei", "微软雅黑", "Microsoft YaHei", "等线", "DengXian"],
}


def _settings_xml() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>\n'
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n{items}</oor:items>\n'
    )


def _fonts_xml() -> str:
    aliases = "".join(
        f'<alias binding="same"><family>{face}</family><prefer><family>{real}</family></prefer></alias>\n'
        for real, faces in _FACES.items()
        for face in faces
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>\n{aliases}</fontconfig>\n'
    )


class Soffice:
    """One running LibreOffice and the connection to it."""

    def __init__(self, binary: Path, profile: Path, display: str = "") -> None:
        """Start ``binary`` on a fresh ``profile`` folder and connect to it, with windows where a display is named.

        Raises:
            RuntimeError: LibreOffice ended or did not answer in time; the message carries the end of its log.
        """
        self._binary, self._profile, self._display = binary, profile, display
        self._pipe = f"selfeval{uuid.uuid4().hex[:12]}"
        self._log = profile / "soffice.log"
        user = profile / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_settings_xml(), encoding="utf-8")
        (profile / "fonts.conf").write_text(_fonts_xml(), encoding="utf-8")
        self._process = self._spawn()
        context = self._connect()
        self.desktop: Any = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    def _spawn(self) -> "subprocess.Popen[bytes]":
        command = [
            str(self._binary),
            f"-env:UserInstallation={self._profile.as_uri()}",
            f"--accept=pipe,name={self._pipe};urp;",
            *([] if self._display else ["--headless"]),
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            "--nofirststartwizard",
        ]
        added = {"FONTCONFIG_FILE": str(self._profile / "fonts.conf")}
        if self._display:
            added["DISPLAY"] = self._display
        with self._log.open("ab") as log:
            return subprocess.Popen(command, env=environ | added, stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def _connect(self) -> Any:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        refused = uno.getClass("com.sun.star.connection.NoConnectException")
        deadline = time.monotonic() + STARTUP_SECONDS
        while time.monotonic() < deadline:
            ended = self._process.poll()
            if ended == RESTART_EXIT_CODE:
                self._process = self._spawn()
            elif ended is not None:
                raise RuntimeError(f"soffice ended with {ended}: {self._log_end()}")
            try:
                return resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
            except refused:
                time.sleep(0.05)
        self._process.kill()
        raise RuntimeError(f"soffice did not answer within {STARTUP_SECONDS} s: {self._log_end()}")

    def _log_end(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-400:]

    def stop(self) -> None:
        """Ask this LibreOffice to end, and kill it when it does not."""
        try:
            self.desktop.terminate()
        except uno.getClass("com.sun.star.uno.Exception"):
            pass  # the connection is already gone, which is what terminating does
        try:
            self._process.wait(15)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
