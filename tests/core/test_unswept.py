"""The collector of reference cycles rests for a block, and goes on as before."""

import gc
import weakref

import pytest

from toolkit.core.unswept import unswept


def test_rests_for_a_block_and_goes_on() -> None:
    assert gc.isenabled()
    with unswept():
        assert not gc.isenabled()
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_goes_on_after_a_failure() -> None:
    with pytest.raises(ValueError, match="bad"), unswept():
        raise ValueError("bad")
    assert gc.isenabled()


def test_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with unswept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


class Knot:
    """Refers to itself: only the collector can take it away."""

    def __init__(self) -> None:
        self.self = self


def test_what_is_let_go_of_is_found_in_the_end() -> None:
    knots = []
    for _ in range(100):
        with unswept():
            knots.append(weakref.ref(Knot()))
    assert sum(knot() is not None for knot in knots) <= 16
