"""The JSON form of items: their fields by name, conditions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.jsonform import to_json
from be_tui.core.knowledge.conditions import words
from be_tui.core.knowledge.items import ByProbe, ByTool

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.items import Chapter, Item, Way

_SAME = (
    *("id", "level", "statement", "why", "when_not", "checked", "applies_to", "concepts"),
    *("related", "disputes", "changed", "subject", "position", "examples", "sources"),
)
"""The fields that are given as they are."""


def item_json(chapter: Chapter, item: Item) -> dict[str, Json]:
    """Give an item with its address and the chapter that it stands in."""
    return {
        "address": f"{chapter.reference}#{item.id}",
        "chapter": chapter.id,
        **{name: to_json(getattr(item, name)) for name in _SAME},
        "check": [_way_json(way) for way in item.ways],
    }


def _way_json(way: Way) -> dict[str, Json]:
    if isinstance(way, ByProbe):
        passes = words(way.passes)
        return {"probe": way.probe, "measure": way.measure, "passes": passes, "says": way.says}
    if isinstance(way, ByTool):
        return {"tool": way.tool, "how": way.how}
    return {"hand": way.how}
