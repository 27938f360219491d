"""A shelf finds the keys of a name however things came and went."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.schema.shelf import Shelf

_KEYS = st.tuples(st.sampled_from(["", "App"]), st.sampled_from(["a", "A", "b", "ß", "ss"]))
_STEPS = st.lists(st.tuples(st.sampled_from(["put", "del", "pop", "update", "copy"]), _KEYS))


def _named(keys: list[tuple[str, str]], name: str) -> list[tuple[str, str]]:
    return [key for key in keys if key[1].casefold() == name.casefold()]


@given(_STEPS)
def test_what_a_name_finds_is_what_a_look_at_all_keys_finds(
    steps: list[tuple[str, tuple[str, str]]],
) -> None:
    shelf: Shelf[tuple[str, str], int] = Shelf()
    plain: dict[tuple[str, str], int] = {}
    for number, (step, key) in enumerate(steps):
        match step:
            case "put":
                shelf[key] = plain[key] = number
            case "del" if key in plain:
                del shelf[key], plain[key]
            case "pop":
                assert shelf.pop(key, None) == plain.pop(key, None)
            case "update":
                shelf.update([(key, number)])
                plain.update({key: number})
            case _:
                shelf = Shelf(shelf)
        assert list(shelf.items()) == list(plain.items())
        for name in ("a", "B", "SS", "nothing"):
            assert list(shelf.named(name)) == _named(list(plain), name)


def test_what_is_not_there_cannot_be_taken_and_all_can_go_at_once() -> None:
    shelf: Shelf[tuple[str, str], int] = Shelf({("", "a"): 1})
    with pytest.raises(KeyError):
        shelf.pop(("", "b"))
    assert shelf.pop(("", "a")) == 1
    shelf["", "c"] = 2
    shelf.clear()
    assert not shelf
    assert not shelf.named("c")
