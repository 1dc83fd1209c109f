"""What a test does where the programs it needs are missing."""

import os

import pytest

NOT_HERE = "LibreOffice cannot be driven here, missing: "


def need(missing: str) -> None:
    """Skip the test where something is missing, by name; fail where CI misses it."""
    if missing and os.environ.get("CI", "").lower() == "true":
        pytest.fail(NOT_HERE + missing)
    if missing:
        pytest.skip(NOT_HERE + missing)
