"""What the tests of several commands stand on."""

from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a blank in its name, to work in."""
    place = tmp_path / "今年 的表"
    place.mkdir()
    monkeypatch.chdir(place)
    return place
