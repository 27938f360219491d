"""Every example of the library shows what it says that it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.knowledge.trying import Engines
from tests.knowledge.examples import bundled_chapters, misses

if TYPE_CHECKING:
    from be_tui.core.knowledge.items import Item

ITEMS = {
    f"{chapter.reference}#{item.id}": item
    for chapter in bundled_chapters()
    for item in chapter.items
    if item.examples
}


def on(engine: str) -> dict[str, Item]:
    return {
        address: item
        for address, item in ITEMS.items()
        if any(engine in example.engines for example in item.examples)
    }


ON_POSTGRESQL, ON_MARIADB = on("postgresql"), on("mariadb")


def test_the_library_has_examples_of_each_kind() -> None:
    languages = {example.language for item in ITEMS.values() for example in item.examples}
    assert {"sql", "http", "json", "openapi", "python", "typescript", "java", "go"} <= languages


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS.keys())
def test_the_examples_show_what_they_say(item: Item) -> None:
    assert [*misses(item, Engines(postgresql=()))] == []


@pytest.mark.slow
@pytest.mark.parametrize("item", ON_POSTGRESQL.values(), ids=ON_POSTGRESQL.keys())
def test_the_examples_show_it_on_postgresql_too(item: Item) -> None:
    where = Engines(sqlite=(), postgresql=("postgresql:18", "postgresql:16"))
    assert [*misses(item, where)] == []


@pytest.mark.slow
@pytest.mark.parametrize("item", ON_MARIADB.values(), ids=ON_MARIADB.keys())
def test_the_examples_show_it_on_mariadb_too(item: Item, mariadb: str) -> None:
    where = Engines(sqlite=(), postgresql=(), mariadb=(mariadb,))
    assert [*misses(item, where)] == []
