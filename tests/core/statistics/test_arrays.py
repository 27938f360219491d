from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.statistics import read_array, write_array

values = st.lists(st.text(min_size=0), max_size=6).map(tuple)


@given(values)
def test_what_is_written_is_read_again(elements: tuple[str, ...]) -> None:
    assert read_array(write_array(elements)) == elements


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("{}", ()),
        ("{ }", ()),
        ("{1,2}", ("1", "2")),
        ('{"a,b",c d, e }', ("a,b", "c d", "e")),
        (r'{"{\"k\": 1}","back\\slash"}', ('{"k": 1}', "back\\slash")),
        ('{""}', ("",)),
        (r"{a\,b}", ("a,b",)),
        ('{"NULL"}', ("NULL",)),
    ],
)
def test_arrays_are_read_as_postgresql_writes_them(text: str, elements: tuple[str, ...]) -> None:
    assert read_array(text) == elements


@pytest.mark.parametrize("text", ["", "1,2", "{1", "{1}}", "{1,}", "{{1},{2}}", '{"a}', "{NULL}"])
def test_what_is_no_array_of_one_dimension_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="expected"):
        read_array(text)
