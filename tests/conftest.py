"""Fixtures and settings shared by all tests."""

from collections.abc import Iterator
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import settings

from tests.office.bench import Office, missing_parts
from tests.office.needed import NOT_HERE, need

# The first example of a property pays for imports and tables: a time limit per example would fail by chance.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

_REPEATED = "repeated since LibreOffice ended by itself"


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


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Repeat a test once in which LibreOffice ended by itself, and say so; what fails again has failed."""
    if item.get_closest_marker("office") is None:
        return None
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    before = Office.ended
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    if Office.ended > before and any(report.failed for report in reports):
        _forget_failed_fixtures(item)
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        for report in reports:
            report.user_properties.append((_REPEATED, True))
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


def _forget_failed_fixtures(item: Any) -> None:
    """Let a test and its fixtures begin anew; pytest keeps what a fixture failed with for as long as its module runs."""
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        for each in definitions:
            if each.cached_result is not None and each.cached_result[2] is not None:
                each.cached_result = None
    item._initrequest()


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
    told = [report for kind in ("passed", "failed", "error") for report in terminalreporter.getreports(kind)]
    repeated = sorted({report.nodeid for report in told if (_REPEATED, True) in map(tuple, report.user_properties)})
    if repeated:
        terminalreporter.section(f"repeated since LibreOffice ended by itself: {len(repeated)}")
        for name in repeated:
            terminalreporter.line(name)
