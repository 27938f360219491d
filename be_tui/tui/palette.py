"""What the palette offers, and in which order: actions, trees, passages, themes.

Headless: the screen asks it again at every key, and draws what it gives.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from be_tui.core.document.cells import clean
from be_tui.core.locations import state_dir
from be_tui.tui.actions import shown
from be_tui.tui.fuzzy import Titles, places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from be_tui.core.knowledge import Entry, Hit
    from be_tui.tui.actions import Action

Kind = Literal["action", "tree", "comparison", "reference", "section", "checklist", "rule", "theme"]

LIMIT = 60
"""Lines offered at most: who has not found it by then types another letter."""

_RECENT = 12
_FILE = "recent"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that can be chosen."""

    id: str
    """`action:home.measure`, `theme:light`, or an address of the library."""

    title: str
    kind: Kind
    detail: str = ""
    """A sentence about it, or where it stands."""

    key: str = ""
    """The key that does the same."""

    reason: str = ""
    """Why it cannot be done just now."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An item as it is offered for a query."""

    item: Item
    places: tuple[tuple[int, int], ...] = ()
    """The spans of its title that fit the query."""

    snippet: str = ""
    """The passage that fits, where its title does not."""


@dataclass(slots=True)
class Palette:
    """All that can be chosen, for one opening of the palette."""

    items: Sequence[Item]
    recent: Sequence[str] = ()
    search: Callable[[str], Iterable[Hit]] = lambda _: ()
    """Finds passages by what stands in them."""

    _titles: Titles = field(init=False)

    def __post_init__(self) -> None:
        """Make the titles ready to be searched."""
        self._titles = Titles(item.title for item in self.items)

    def offer(self, query: str) -> list[Offer]:
        """Give what fits a query, the best first; without one, what was used last."""
        if not query.strip():
            return self._usual()
        ages = {item_id: age for age, item_id in enumerate(self.recent)}
        ranked = [
            (-score - _weight(self.items[index], ages), index)
            for index, score in self._titles.best(query)[: 8 * LIMIT]
        ]
        ranked.sort()
        items = [self.items[index] for _, index in ranked[:LIMIT]]
        offers = [Offer(item, places(query, item.title)) for item in items]
        offered = {offer.item.id for offer in offers}
        offers += self._told(query, offered)
        if len(offers) < LIMIT:
            offers += _passages(self.search(query), offered)
        return offers[:LIMIT]

    def _usual(self) -> list[Offer]:
        by_id = {item.id: item for item in self.items}
        first = [by_id[item_id] for item_id in self.recent if item_id in by_id]
        seen = {item.id for item in first}
        rest = [
            item
            for item in self.items
            if item.id not in seen and item.kind not in {"section", "rule"}
        ]
        return [Offer(item) for item in (*first, *rest)][:LIMIT]

    def _told(self, query: str, offered: set[str]) -> list[Offer]:
        """Give the actions whose sentence fits, where their label does not."""
        found = [
            Offer(item)
            for item in self.items
            if item.kind == "action"
            and item.id not in offered
            and all(word in item.detail.lower() for word in query.lower().split())
        ]
        offered.update(offer.item.id for offer in found)
        return found


_WEIGHTS: dict[Kind, float] = {
    "tree": 6,
    "comparison": 6,
    "action": 5,
    "reference": 5,
    "theme": 1,
    "rule": -15,
}


def _weight(item: Item, recent: dict[str, int]) -> float:
    used = 12 - recent[item.id] if item.id in recent else 0
    return _WEIGHTS.get(item.kind, 0) + used - (20 if item.reason else 0)


def _passages(hits: Iterable[Hit], offered: set[str]) -> list[Offer]:
    return [
        Offer(item_of_hit(hit), snippet=clean(" ".join(hit.plain.split())))
        for hit in hits
        if hit.address not in offered
    ]


def action_items(
    actions: Iterable[Action], unavailable: Callable[[str], str], without: Iterable[str] = ()
) -> list[Item]:
    """Give the actions that the palette offers, with why one cannot be done just now."""
    left_out = set(without)
    return [
        Item(
            f"action:{action.id}",
            action.label[:1].upper() + action.label[1:],
            "action",
            action.help,
            shown(action.keys[0]) if action.keys else "",
            unavailable(action.id),
        )
        for action in actions
        if action.palette and action.id not in left_out
    ]


def theme_items(names: Iterable[str], current: str) -> list[Item]:
    """Give the themes to choose from."""
    return [
        Item(
            f"theme:{name}",
            f"Theme: {name}",
            "theme",
            "Use these colours for this session.",
            reason="it is the theme in use" if name == current else "",
        )
        for name in names
    ]


def entry_items(entries: Iterable[Entry]) -> list[Item]:
    """Give the trees, references, checklists and rules."""
    order = {"tree": 0, "comparison": 1, "reference": 2, "checklist": 3, "rule": 4}
    return [
        Item(entry.address, clean(entry.title), entry.kind, clean(entry.summary))
        for entry in sorted(entries, key=lambda entry: order[entry.kind])
    ]


def section_items(hits: Iterable[Hit]) -> list[Item]:
    """Give the sections of references."""
    return [item_of_hit(hit) for hit in hits if "#" in hit.address]


def item_of_hit(hit: Hit) -> Item:
    """Give what was found in the library as an item."""
    kind: Kind = "section" if "#" in hit.address else hit.kind
    return Item(hit.address, clean(hit.title), kind, clean(hit.trail))


def recent() -> list[str]:
    """Give the ids that were chosen last, the latest first."""
    try:
        text = (Path(state_dir()) / _FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.split("\n")[:_RECENT]


def remember(item_id: str) -> None:
    """Keep that an item was chosen; where that cannot be kept, it is not."""
    kept = [item_id, *(each for each in recent() if each not in {item_id, ""})][:_RECENT]
    path = Path(state_dir()) / _FILE
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        half = path.with_name(f"{_FILE}.{os.getpid()}")
        half.write_text("\n".join(kept), encoding="utf-8", errors="replace")
        half.replace(path)
