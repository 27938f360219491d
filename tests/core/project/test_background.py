from __future__ import annotations

import threading

import pytest

from be_tui.core.project.background import Background
from be_tui.core.project.cancel import Cancel, Cancelled


def test_gives_what_the_work_gave_as_often_as_it_is_asked() -> None:
    work = Background(lambda _: 7, Cancel())
    assert (work.result(), work.result()) == (7, 7)
    work.close()


def test_raises_what_the_work_raised() -> None:
    def fail(_: Cancel) -> int:
        raise KeyError("lost")

    work = Background(fail, Cancel())
    for _ in range(2):
        with pytest.raises(KeyError):
            work.result()


def _wait_for(cancel: Cancel) -> None:
    asked = threading.Event()
    with cancel.when_set(asked.set):
        asked.wait(10)
    cancel.check()


def test_the_one_who_waits_is_freed_when_the_cancel_is_set() -> None:
    cancel = Cancel()
    work = Background(_wait_for, cancel)
    threading.Timer(0.05, cancel.set).start()
    with pytest.raises(Cancelled):
        work.result()


def test_closing_ends_the_work_without_setting_the_cancel_that_was_given() -> None:
    cancel = Cancel()
    Background(_wait_for, cancel).close()
    assert not cancel.is_set
