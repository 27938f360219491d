"""A reader goes back and forward."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import History
from be_tui.core.document.history import LONGEST


def visited(*places: str) -> History[str]:
    history: History[str] = History()
    for place in places:
        history = history.visit(place)
    return history


def test_nothing_was_visited_at_first() -> None:
    history: History[str] = History()
    assert history.here is None
    assert history.back() is history
    assert history.forward() is history
    assert history.keep("x") is history


def test_back_and_forward_come_by_the_same_places() -> None:
    history = visited("a", "b", "c")
    assert history.back().back().here == "a"
    assert not history.back().back().can_go_back
    assert history.back().back().forward().here == "b"
    assert history.back().forward() == history


def test_going_somewhere_new_forgets_what_lay_forward() -> None:
    history = visited("a", "b", "c").back().back().visit("d")
    assert history.places == ("a", "d")
    assert not history.can_go_forward


def test_a_place_can_be_kept_as_it_is_now() -> None:
    history = visited("a", "b").keep("b, line 7").visit("c").back()
    assert history.here == "b, line 7"


@given(st.lists(st.integers(), max_size=LONGEST + 20))
def test_the_oldest_places_are_forgotten_first(places: list[int]) -> None:
    history: History[int] = History()
    for place in places:
        history = history.visit(place)
    assert list(history.places) == places[-LONGEST:]
    assert history.here == (places[-1] if places else None)
