from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.whatif.values import position, same


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a", "a", True),
        ("a", "A", False),
        ("AIR       ", "AIR", True),
        ("1", "1.0", True),
        ("1", "2", False),
        ("t", "true", True),
        ("f", "TRUE", False),
        ("x", "true", False),
    ],
)
def test_the_same_value_is_known_in_each_way_of_writing(
    one: str,
    other: str,
    alike: bool,  # noqa: FBT001
) -> None:
    assert same(one, other) is alike


@pytest.mark.parametrize(
    ("bounds", "value", "share"),
    [
        (("0", "10", "20"), "-5", 0.0),
        (("0", "10", "20"), "25", 1.0),
        (("0", "10", "20"), "5", 0.25),
        (("0", "10", "20"), "10", 0.5),
        (("5", "5", "5"), "5", 0.0),
        (("0", "10"), "x", None),
        (("a", "b"), "7", None),
        (("2020-01-01", "2020-02-01", "2020-03-01"), "2020-02-10", 0.75),
        (("2020-01-01", "2020-02-01"), "2020-02-01 00:00:00", 0.5),
        (("a", "b", "c"), "0x", 0.0),
    ],
)
def test_a_value_falls_among_the_bounds(
    bounds: tuple[str, ...], value: str, share: float | None
) -> None:
    assert position(bounds, value) == share


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=20).map(sorted),
    st.floats(-2e6, 2e6),
    st.floats(-2e6, 2e6),
)
def test_a_greater_value_has_no_fewer_below(bounds: list[float], one: float, other: float) -> None:
    low, high = sorted((one, other))
    texts = tuple(map(repr, bounds))
    below, above = position(texts, repr(low)), position(texts, repr(high))
    assert below is not None
    assert above is not None
    assert 0 <= below <= above <= 1
