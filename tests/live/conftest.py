"""The spreadsheet program of these tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.program import Program
from tests.live.screen import Screen, missing_screen_parts
from tests.office.bench import Office, missing_parts
from tests.office.needed import need


@pytest.fixture
def program(office: Office) -> Iterator[Program]:
    """Give a test the LibreOffice of its process with nothing open, and close what it leaves open."""
    with Program(office) as attached:
        yield attached


@pytest.fixture
def screen() -> Iterator[Screen]:
    """Give a test a screen of its own; skip where none can be had, fail where CI has none."""
    need(missing_screen_parts())
    with Screen() as shown:
        yield shown


@pytest.fixture
def visible(screen: Screen, tmp_path: Path) -> Iterator[Program]:
    """Give a test a LibreOffice whose windows are on its screen."""
    need(missing_parts())
    with Office(tmp_path / "office", screen.display) as office, Program(office) as attached:
        attached.impl.visible = True
        yield attached
