"""A spec is made field by field, and what stands in it stays as it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.errors import InputError
from be_tui.core.locations import knowledge_dir
from be_tui.core.scaffold import parse_spec
from be_tui.core.scaffold.editing import read_words, with_field
from be_tui.core.scaffold.model import FIELD_KINDS

SHOP = Path(knowledge_dir(), "specs", "shop.yaml").read_text()


def test_a_spec_begins_with_its_first_field() -> None:
    text = with_field("", "product.name text max=200")
    assert text == (
        "service: my-service\nresources:\n  product:\n    fields:\n"
        "      name: {type: text, max: 200}\n"
    )
    assert parse_spec(text).sound


def test_a_field_goes_behind_the_last_one_of_its_resource() -> None:
    text = with_field(SHOP, "category.colour enum values=red|light-blue default=red filter")
    added = [line for line in text.split("\n") if line not in SHOP.split("\n")]
    assert added == [
        "      colour: {type: enum, values: [red, light-blue], default: red, filter: true}"
    ]
    assert "".join(text.split(f"{added[0]}\n")) == SHOP, "and nothing else is another"
    read = parse_spec(text)
    assert read.sound
    category = read.service.resource("category")
    assert category
    assert [field.name for field in category.fields] == ["name", "parent", "colour"]


def test_a_resource_that_is_not_there_is_made() -> None:
    text = with_field(SHOP, "review.stars integer min=1 max=5")
    assert text.startswith(SHOP)
    assert parse_spec(text).service.resources[-1].name == "review"


def test_a_description_has_spaces() -> None:
    said = read_words("tag.name text description=What it's called. unique")
    assert said.line == ("name: {type: text, description: 'What it''s called.', unique: true}")


def test_fields_may_have_blocks_and_comments() -> None:
    text = (
        "service: a\nresources:\n    tag:\n        fields:\n            name:\n"
        "                type: text\n            # the last\n        allow: {read: anyone}\n"
    )
    made = with_field(text, "tag.size integer")
    assert "                type: text\n            size: {type: integer}\n" in made
    assert "# the last" in made
    assert parse_spec(made).sound


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("", "`` is no `resource.field`"),
        ("price decimal", "`price` is no `resource.field`"),
        ("Product.Price decimal", "is no `resource.field`"),
        ("product.price desimal", "there is no type `desimal`"),
        ("product.price decimal uniq", "nothing is known of `uniq`"),
        ("product.price decimal min=", "nothing is known of `min=`"),
        ("product.price decimal", "`product.price` is there already"),
    ],
)
def test_words_that_say_no_field_are_told(words: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        with_field(SHOP, words)
    assert told in str(raised.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("service: a\n", "no `resources:`"),
        ("service: a\nresources: {tag: {fields: {name: {type: text}}}}\n", "on one line"),
        ("service: a\nresources:\n  tag: {plural: tags}\n", "no `fields:`"),
    ],
)
def test_a_spec_that_takes_no_line_is_left(text: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        with_field(text, "tag.size integer")
    assert told in str(raised.value)


@given(
    st.sampled_from(["user", "order", "payment", "note"]),
    st.from_regex(r"[a-z][a-z0-9]{3,8}", fullmatch=True),
    st.sampled_from(FIELD_KINDS),
)
def test_every_line_of_before_is_there_after(resource: str, name: str, kind: str) -> None:
    spec = parse_spec(SHOP).service.resource(resource)
    if spec and spec.field(name):
        return
    made = with_field(SHOP, f"{resource}.{name} {kind} to=user values=a|b")
    lines = made.split("\n")
    at = next(number for number, line in enumerate(lines) if f" {name}: {{type: {kind}" in line)
    if spec:
        del lines[at]
        assert "\n".join(lines) == SHOP
    else:
        assert made.startswith(SHOP)
