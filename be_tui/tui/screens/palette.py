"""The palette: every action, tree and passage, found by a few letters of it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from be_tui.tui.palette import (
    Palette,
    action_items,
    entry_items,
    recent,
    remember,
    section_items,
    theme_items,
)
from be_tui.tui.standing import StandingScreen
from be_tui.tui.widgets.offers import Offers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult

    from be_tui.core.knowledge import Hit
    from be_tui.tui.actions import Action
    from be_tui.tui.app import BeTuiApp
    from be_tui.tui.base import BaseScreen
    from be_tui.tui.palette import Item, Offer

_PASSAGES = 12
"""Passages found by what stands in them, below the titles that fit."""

_EVERY = 10_000
"""Sections whose titles are searched."""

_OWN = ("app.palette", "app.search", "app.back")
"""Actions that make no sense from here."""


class PaletteScreen(StandingScreen, ModalScreen[None]):
    """A field and what fits, over the screen that it was opened from."""

    CSS_PATH: ClassVar = "palette.tcss"
    BINDINGS: ClassVar = [
        ("up", "move(-1)", "Up"),
        ("down", "move(1)", "Down"),
        ("pageup", "page(-1)", "Page up"),
        ("pagedown", "page(1)", "Page down"),
        ("escape,ctrl+p", "leave", "Close"),
    ]

    def __init__(self, *, actions: bool = True) -> None:
        """Open over the screen that is seen.

        Args:
            actions: Whether actions are offered too, not only what can be read and walked.
        """
        super().__init__()
        self._with_actions = actions
        self._below = cast("BaseScreen", self.session.screen)
        self._palette = Palette(self._items(), recent(), self._search)

    @property
    def session(self) -> BeTuiApp:
        """Give the app, by its type."""
        return cast("BeTuiApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the field above the list, and a word on what is marked below."""
        with Vertical(id="palette") as box:
            box.border_title = "Do, open, read" if self._with_actions else "Find"
            placeholder = "what to do or to find" if self._with_actions else "what to find"
            yield Input(placeholder=placeholder)
            yield Offers()
            yield Static(id="note", markup=False)
            yield Static("↑↓ choose  enter do it  esc close", id="keys", markup=False)

    def on_mount(self) -> None:
        """Offer what is usual."""
        self.query_one(Offers).show(self._palette.offer(""))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer what fits what was typed."""
        self.query_one(Offers).show(self._palette.offer(event.value))

    def on_input_submitted(self) -> None:
        """Do what is marked."""
        offer = self.query_one(Offers).marked
        if offer is not None:
            self._choose(offer.item)

    def on_offers_chosen(self, event: Offers.Chosen) -> None:
        """Do what was clicked."""
        self._choose(event.item)

    def on_offers_marked(self, event: Offers.Marked) -> None:
        """Tell about what is marked."""
        self.query_one("#note", Static).update(_note(event.offer))

    def action_move(self, by: int) -> None:
        """Mark the next, or the one before."""
        self.query_one(Offers).move(by)

    def action_page(self, by: int) -> None:
        """Mark what is a page further."""
        offers = self.query_one(Offers)
        offers.move(by * max(offers.page, 2))

    def action_leave(self) -> None:
        """Close without doing anything."""
        self.dismiss()

    def _items(self) -> list[Item]:
        session, below = self.session, self._below
        items: list[Item] = []
        if self._with_actions:
            items += action_items(self._actions(), below.unavailable, _OWN)
        items += entry_items(session.library.entries())
        if self._with_actions:
            items += theme_items(session.themes, session.theme)
        return items + section_items(session.library.search("", _EVERY))

    def _actions(self) -> Iterator[Action]:
        """Give the actions of the screen below and of everywhere, those without a key too."""
        reached = {action.id: action for action in self._below.actions}
        here = [each for each in self.session.actions if each.scope == self._below.SCOPE]
        for action in (*here, *(each for each in self.session.actions if each.scope == "app")):
            yield reached.get(action.id) or replace(action, keys=())

    def _search(self, query: str) -> Iterable[Hit]:
        return self.session.library.search(query, _PASSAGES)

    def _choose(self, item: Item) -> None:
        if item.reason:
            self.session.say(item.reason)
            return
        remember(item.id)
        kind, _, rest = item.id.partition(":")
        self.dismiss()
        # After this screen has gone, and on behalf of the one that is seen then.
        if kind == "action":
            self._below.call_later(partial(self._below.action_perform, rest))
        elif kind == "theme":
            self.session.call_later(partial(self.session.use_theme, rest))
        else:
            self.session.call_later(partial(self.session.follow, item.id))


def _note(offer: Offer | None) -> str:
    if offer is None:
        return "Nothing fits. Fewer letters, or other words?"
    item = offer.item
    if item.reason:
        return f"Not now: {item.reason}"
    return item.detail
