"""Names are told apart from what is none, and have the forms that languages give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.scaffold.naming import (
    camel,
    is_name,
    kebab,
    pascal,
    plural,
    singular,
    with_article,
    words,
)

NAMES = st.from_regex(r"[a-z]{3,8}(_[a-z]{3,8})?", fullmatch=True)

PLURALS = [
    ("user", "users"),
    ("order_line", "order_lines"),
    ("category", "categories"),
    ("day", "days"),
    ("box", "boxes"),
    ("address", "addresses"),
    ("match", "matches"),
    ("person", "people"),
    ("series", "series"),
    ("price", "prices"),
]


@pytest.mark.parametrize(("one", "many"), PLURALS)
def test_a_name_has_its_usual_plural_and_back(one: str, many: str) -> None:
    assert plural(one) == many
    assert singular(many) == one


@given(NAMES)
def test_the_singular_of_a_plural_is_no_other_word(name: str) -> None:
    assert plural(singular(plural(name))) == plural(name)


def test_what_is_no_plural_stays() -> None:
    assert singular("stock") == "stock"


@pytest.mark.parametrize("text", ["", "1a", "A", "a__b", "a_", "_a", "a-b", "é", "a b", "a" * 51])
def test_what_no_language_could_name_is_no_name(text: str) -> None:
    assert not is_name(text)


def test_a_name_has_the_form_of_each_language() -> None:
    forms = [form("order_line_2") for form in (pascal, camel, kebab, words)]
    assert forms == ["OrderLine2", "orderLine2", "order-line-2", "order line 2"]


@pytest.mark.parametrize(
    "told",
    ["a user", "an order line", "an unknown", "a unit", "an upload", "a one time code", "a price"],
)
def test_words_have_the_article_that_english_gives_them(told: str) -> None:
    assert with_article(told.partition(" ")[2]) == told
