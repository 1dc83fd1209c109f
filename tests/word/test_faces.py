"""Whether this machine has the faces a report is set in."""

from __future__ import annotations

import pytest

from toolkit.word import faces

ALL = ["方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"]


@pytest.mark.parametrize(
    ("installed", "missing"),
    [
        (["noto serif cjk sc"], ALL),
        (["fzxiaobiaosong-b05s,方正小标宋简体", "仿宋_gb2312,fangsong_gb2312", "kaiti,楷体", "simhei", "simsun,宋体"], []),
        (["仿宋,fangsong", "simsun & nsimsun (truetype)", "simhei (truetype)"], ["方正小标宋简体", "楷体_GB2312"]),
        ([], []),
    ],
    ids=["none", "all", "some", "not known"],
)
def test_faces_that_are_missing(installed: list[str], missing: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "_installed", lambda: installed)
    assert faces.missing_faces() == missing
