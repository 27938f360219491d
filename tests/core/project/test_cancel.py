from __future__ import annotations

import pytest

from be_tui.core.project import Cancel, Cancelled


def test_work_goes_on_until_it_is_asked_to_stop() -> None:
    cancel = Cancel()
    cancel.check()
    cancel.set()
    assert cancel.is_set
    with pytest.raises(Cancelled):
        cancel.check()


def test_an_action_runs_once_when_the_work_is_asked_to_stop() -> None:
    cancel, done = Cancel(), []
    with cancel.when_set(lambda: done.append(1)):
        cancel.set()
        cancel.set()
    assert done == [1]


def test_an_action_is_forgotten_at_the_end_of_its_block() -> None:
    cancel, done = Cancel(), []
    with cancel.when_set(lambda: done.append(1)):
        pass
    cancel.set()
    assert done == []


def test_an_action_left_too_late_runs_at_once() -> None:
    cancel, done = Cancel(), []
    cancel.set()
    with cancel.when_set(lambda: done.append(1)):
        assert done == [1]
