"""How a button calls Python: what is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.addin.call import Call, read_call

SENT = ("check", "--wb=2024年 100~0025 A~003DB.xlsm", "--from_xl=1", "--hwnd=1312", r"--log=C:\用户\a=b\selfeval.log")


def test_a_call_is_read() -> None:
    log = Path(r"C:\用户\a=b\selfeval.log")
    assert read_call(SENT) == Call("check", "2024年 100% A=B.xlsm", 1312, log)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        SENT[1:],
        ("format", *SENT[1:]),
        SENT[:-1],
        (*SENT, "--wb=other.xlsx"),
        (*SENT, "more"),
        (*SENT[:3], "--hwnd=", SENT[4]),
    ],
)
def test_anything_else_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        read_call(arguments)
