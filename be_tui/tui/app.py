"""The session: one app that holds the project, its answers and measures, and opens screens."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import App

from be_tui.tui.actions import ACTIONS, Action
from be_tui.tui.themes import THEMES, TOKENS

if TYPE_CHECKING:
    from pathlib import Path

    from textual.screen import Screen

    from be_tui.tui.base import BaseScreen

SCREEN_NAMES = ("home", "decide", "library")
"""The screens that a session can be opened on."""

_SCREENS = {
    "home": "be_tui.tui.screens.home:HomeScreen",
    "decide": "be_tui.tui.screens.decide:DecideScreen",
    "library": "be_tui.tui.screens.library:LibraryScreen",
    "profile": "be_tui.tui.screens.profile:ProfileScreen",
    "preview": "be_tui.tui.screens.preview:PreviewScreen",
}
"""Where each screen's class stands; imported when it is first opened."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the session was asked to open."""

    project: Path
    screen: str = "home"
    theme: str = ""
    ascii: bool = False
    mouse: bool = True


class BeTuiApp(App[None]):
    """The session."""

    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "be-tui"
    BINDINGS: ClassVar = []

    def __init__(self, opening: Opening) -> None:
        super().__init__()
        self.opening = opening
        self.actions: tuple[Action, ...] = ACTIONS
        self.headline = opening.project.name
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = opening.theme or THEMES[0].name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give what our own colour names fall back to."""
        return TOKENS

    def get_default_screen(self) -> Screen[None]:
        """Give Home, so that the first frame is already useful."""
        return _screen_class("home")("")

    def say(self, text: str, *, problem: bool = False) -> None:
        """Tell the person something that passes."""
        self.notify(text, severity="warning" if problem else "information", timeout=4)

    async def open(self, name: str, argument: str = "") -> None:
        """Open a screen by its name, filled in with an argument where it takes one.

        Its module is imported off the event loop, the first time.
        """
        screen_class = await asyncio.to_thread(_screen_class, name)
        await self.push_screen(screen_class(argument))

    async def do_home(self) -> None:
        """Go back to Home, which lies below every other screen."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    async def do_decide(self) -> None:
        """Open the decision trees."""
        await self.open("decide")

    async def do_library(self) -> None:
        """Open the library."""
        await self.open("library")

    async def do_back(self) -> None:
        """Leave the screen for the one below it."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            self.say("this is the first page; q leaves be-tui")

    def do_quit(self) -> None:
        """Leave; every answer is saved when it is given."""
        self.exit()


def _screen_class(name: str) -> type[BaseScreen]:
    module, _, attribute = _SCREENS[name].partition(":")
    return cast("type[BaseScreen]", getattr(import_module(module), attribute))
