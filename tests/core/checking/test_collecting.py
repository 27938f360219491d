"""The collector of cycles is left as it was found."""

from __future__ import annotations

import gc

import pytest

from be_tui.core.checking.collecting import collecting_seldom


def test_the_collector_looks_seldom_only_within() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        within = gc.get_threshold()
        with collecting_seldom():
            assert gc.get_threshold() == within
        assert gc.get_threshold() == within != before
    assert gc.get_threshold() == before


def test_an_error_within_changes_nothing() -> None:
    before = gc.get_threshold()
    with pytest.raises(RuntimeError), collecting_seldom():
        raise RuntimeError
    assert gc.get_threshold() == before
