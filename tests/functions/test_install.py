"""The functions' add-in is installed where it is asked for, kept by an upgrade, and taken away with the rest."""

from __future__ import annotations

import pytest

from tests.machine.laid_out import ordinary
from toolkit.cli import machine as command
from toolkit.cli.main import main
from toolkit.functions.carried import ADDIN, functions_addin


def test_functions_come_when_asked_for_and_stay_until_all_goes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bench = ordinary()
    monkeypatch.setattr(command, "this_machine", lambda: bench.machine)

    def installed() -> dict[str, bytes]:
        return {str(path): data for path, data in bench.disk.files.items() if str(path).lower().endswith(ADDIN)}

    assert main(["install"]) == 0
    assert installed() == {}
    assert main(["install", "--functions"]) == 0
    ((place, data),) = installed().items()
    assert data == functions_addin().read_bytes()
    assert f"函数加载项：{place}\n" in capsys.readouterr().out
    # An upgrade need not be told again.
    assert main(["install"]) == 0
    assert list(installed()) == [place]
    assert main(["uninstall"]) == 0
    assert installed() == {}
