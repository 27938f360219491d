"""Every example of the library shows what it says that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.knowledge.examples import bundled_chapters, engines, misses

if TYPE_CHECKING:
    from be_tui.core.knowledge.items import Item

ITEMS = {
    f"{chapter.reference}#{item.id}": item
    for chapter in bundled_chapters()
    for item in chapter.items
    if item.examples
}


def test_the_library_has_examples_of_each_kind() -> None:
    languages = {example.language for item in ITEMS.values() for example in item.examples}
    assert {"sql", "http", "json", "openapi", "python", "typescript", "java", "go"} <= languages


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())
def test_the_examples_show_what_they_say(item: Item) -> None:
    assert [*misses(item, engines())] == []
