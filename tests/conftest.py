"""Fixtures and settings shared by all tests."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.office.bench import Office, missing_parts
from tests.office.needed import NOT_HERE, need

# The first example of a property pays for imports and tables: a time limit per example would fail by chance.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

@pytest.fixture(autouse=True)
def _own_log(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the log of unforeseen faults and what was read out of the tester's own folders."""
    monkeypatch.setenv("SELFEVAL_LOG", str(tmp_path_factory.getbasetemp() / "log"))
    monkeypatch.setenv("SELFEVAL_STORE", str(tmp_path_factory.getbasetemp() / "collect.sqlite"))


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Give the tests of this process one LibreOffice of their own; skip where there is none, fail where CI has none."""
    need(missing_parts())
    with Office(tmp_path_factory.mktemp("office")) as running:
        yield running


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that drives LibreOffice, so that ``-m "not office"`` leaves them out."""
    for item in items:
        if {"office", "visible"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("office")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Count and name the tests that need LibreOffice and were skipped for want of it."""
    everything = terminalreporter.getreports("skipped")
    skipped = sorted(report.nodeid for report in everything if NOT_HERE in str(report.longrepr))
    if skipped:
        terminalreporter.section(f"skipped without LibreOffice: {len(skipped)}")
        for name in skipped:
            terminalreporter.line(name)
