"""The references of items stay short: an upper bound on the words of all of them together."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.knowledge.items import ByHand, ByTool
from tests.knowledge.examples import chapter_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.knowledge.items import Item

REFERENCES = Path(__file__).parents[2] / "knowledge" / "references"

AT_MOST = 40_000
"""Words of all items: what somebody can still read in a week of evenings."""


def texts(item: Item) -> Iterator[str]:
    """Give all of an item that is read; sources are looked up, and examples are code."""
    yield from (item.statement, item.why, item.when_not, item.changed)
    for way in item.ways:
        match way:
            case ByTool(tool, how):
                yield f"{tool} {how}"
            case ByHand(how):
                yield how
            case _:
                yield way.says
    yield from (example.note for example in item.examples)


def words(item: Item) -> int:
    """Count the words of an item: a bar of a table or a sign between figures is none."""
    return sum(any(map(str.isalnum, word)) for text in texts(item) for word in text.split())


@cache
def counted() -> dict[str, int]:
    """Count the words of each reference's items."""
    return {
        folder.name: sum(
            words(item)
            for path in sorted(folder.glob("[0-9]*.yaml"))
            for item in chapter_of(path).items
        )
        for folder in sorted(REFERENCES.iterdir())
        if folder.is_dir()
    }


def test_the_references_together_hold_forty_thousand_words_at_most() -> None:
    assert sum(counted().values()) <= AT_MOST, counted()


def test_every_reference_is_counted() -> None:
    assert len(counted()) >= 4
    assert min(counted().values()) > 1_000, counted()
