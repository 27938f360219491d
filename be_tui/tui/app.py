"""The session: one app that holds the project, its answers and measures, and opens screens."""

from __future__ import annotations

import asyncio
import gc
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar, cast

from be_tui.tui.actions import ACTIONS, Action
from be_tui.tui.opening import Opening, draws_ascii
from be_tui.tui.standing import StandingScreen
from be_tui.tui.themes import themes_with
from be_tui.tui.widgets.title_bar import TitleBar
from be_tui.tui.working import WorkingApp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.worker import WorkType

    from be_tui.tui.base import BaseScreen
    from be_tui.tui.hold import Hold

__all__ = ["BeTuiApp", "Opening"]

_SCREENS = {
    "home": "be_tui.tui.screens.home:HomeScreen",
    "decide": "be_tui.tui.screens.decide:DecideScreen",
    "compare": "be_tui.tui.screens.compare:CompareScreen",
    "library": "be_tui.tui.screens.library:LibraryScreen",
    "sql": "be_tui.tui.screens.sql:SqlScreen",
    "migrate": "be_tui.tui.screens.migrate:MigrateScreen",
    "scaffold": "be_tui.tui.screens.scaffold:ScaffoldScreen",
    "profile": "be_tui.tui.screens.profile:ProfileScreen",
    "help": "be_tui.tui.screens.help:HelpScreen",
    "preview": "be_tui.tui.screens.preview:PreviewScreen",
}
"""Where each screen's class stands; imported when it is first opened."""

_COLLECTING = (2_000, 20, 100)
"""When garbage is looked for, by age. A look at the oldest takes 40 ms, felt as a key that hangs,
and what a key leaves behind is young."""


class BeTuiApp(WorkingApp):
    """The session."""

    # Textual loads no stylesheet of the screen that an app begins with.
    CSS_PATH: ClassVar = ["app.tcss", "screens/home.tcss"]
    TITLE = "be-tui"

    def __init__(self, opening: Opening, hold: Hold | None = None) -> None:
        super().__init__(opening, hold)
        chosen = self.settings
        self.actions: tuple[Action, ...] = ACTIONS
        self.key_troubles: tuple[str, ...] = ()
        """What is wrong with the keys that a person chose."""

        if chosen.keys:
            from be_tui.tui.keymap import with_keys

            self.actions, self.key_troubles = with_keys(chosen.keys)
        self.themes = themes_with(chosen.themes)
        for theme in self.themes.values():
            self.register_theme(theme)
        self.theme = opening.theme or chosen.theme
        self.animation_level = "full" if chosen.animations else "none"
        self.clipboard_way, self.editor = chosen.clipboard, chosen.editor
        if draws_ascii(opening, chosen.ascii):
            self.draw_with_ascii(opening.charset)

    def get_default_screen(self) -> BaseScreen:
        """Give Home, so that the first frame is already useful."""
        return _screen_class("home")("")

    async def open(self, name: str, argument: str = "") -> None:
        """Open a screen by its name, filled in with an argument where it takes one.

        Its module is imported off the event loop, the first time.
        """
        screen_class = await asyncio.to_thread(_screen_class, name)
        await self.push_screen(screen_class(argument))

    async def follow(self, link: str) -> None:
        """Open what a link of a document leads to.

        `screen:NAME`, `tree:ID`, `file:PATH:LINE`, the address of a passage (`guide#caching`).
        An address on the web is only told: it is opened by the person.
        """
        kind, _, rest = link.partition(":")
        if kind in {"http", "https"}:
            self.copy_to_clipboard(link)
        elif kind == "screen":
            await self.open(rest)
        elif kind == "tree":
            await self.open("decide", rest)
        elif kind == "comparison":
            await self.open("compare", rest)
        elif kind == "file":
            path, _, line = rest.rpartition(":")
            path, line = (path, line) if line.isdigit() else (rest, "0")
            self.edit(self.opening.project / path, int(line))
        else:
            await self.open("library", link)

    async def on_mount(self) -> None:
        """Open the screen that was asked for, above Home."""
        if self.opening.screen != "home":
            await self.open(self.opening.screen)

    def on_ready(self) -> None:
        """Begin to read the project."""
        begin: WorkType[None] = self._begin
        self.run_worker(begin, group="beginning")

    async def _begin(self) -> None:
        # The first frame comes before all that is not in it.
        if isinstance(self.screen, StandingScreen):
            await self.screen.stands()
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(*_COLLECTING)
            gc.enable()
        self.read_project()
        faults = [f"{fault.place}: {fault.message}" for fault in self.setting_faults]
        self._say_first(faults, "see `be-tui config check`")
        self._say_first(self.key_troubles, "see ?")
        if self.store.trouble:
            self.say(self.store.trouble, problem=True)
        if self.library.troubled:
            where = "`be-tui knowledge check` says which, and where"
            self.say(f"some files of the packs have faults; {where}", problem=True)

    def on_unmount(self) -> None:
        """Stop what runs and save what is left."""
        self.stop_work()

    def _say_first(self, troubles: Sequence[str], where: str) -> None:
        """Say the first trouble, and where the others are told."""
        if troubles:
            more = f" (and {len(troubles) - 1} more; {where})" if len(troubles) > 1 else ""
            self.say(f"{troubles[0]}{more}", problem=True)

    def refresh_title(self) -> None:
        """Draw the titles again, after what they tell has changed."""
        for screen in self.screen_stack:
            for bar in screen.query(TitleBar):
                bar.refresh()

    async def do_home(self) -> None:
        """Go back to Home, which lies below every other screen."""
        while len(self.screen_stack) > 1:
            await self.pop_screen()

    async def do_decide(self) -> None:
        """Open the decision trees."""
        await self.open("decide")

    async def do_compare(self) -> None:
        """Open the comparisons."""
        await self.open("compare")

    async def do_sql(self) -> None:
        """Open the SQL workbench."""
        await self.open("sql")

    async def do_migrate(self) -> None:
        """Open the desk of migrations."""
        await self.open("migrate")

    async def do_scaffold(self) -> None:
        """Open the desk of scaffolds."""
        await self.open("scaffold")

    async def do_library(self) -> None:
        """Open the library."""
        await self.open("library")

    async def do_back(self) -> None:
        """Leave the screen for the one below it."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()
        else:
            self.say("this is the first page; q leaves be-tui")

    async def do_palette(self) -> None:
        """Open the palette: everything that can be done or opened from here."""
        await self._open_palette(actions=True)

    async def do_search(self) -> None:
        """Open the palette for what can be read and walked."""
        await self._open_palette(actions=False)

    async def _open_palette(self, *, actions: bool) -> None:
        module = await asyncio.to_thread(import_module, "be_tui.tui.screens.palette")
        await self.push_screen(module.PaletteScreen(actions=actions))

    async def do_help(self) -> None:
        """Show the keys of where the person is."""
        await self.open("help")

    def do_theme(self) -> None:
        """Change to the next theme, for this session."""
        names = list(self.themes)
        self.use_theme(names[(names.index(self.theme) + 1) % len(names)])

    def use_theme(self, name: str) -> None:
        """Use a theme for this session, and say how to keep it."""
        self.theme = name
        self.say(f'theme: {name}, for now; theme = "{name}" in your settings keeps it')

    def do_mouse(self) -> None:
        """Give the mouse to the terminal, or take it back."""
        on = not self.mouse
        if not self.set_mouse(on=on):
            self.say("this terminal's mouse cannot be switched", problem=True)
        elif on:
            self.say("the session has the mouse again")
        else:
            self.say("the mouse is the terminal's: select text as usual; M takes it back")
        self.refresh_title()

    def do_quit(self) -> None:
        """Leave; every answer is saved when it is given."""
        if self.is_headless:
            self.exit()
        else:
            leave: WorkType[None] = self._leave
            self.run_worker(leave, group="leaving", exclusive=True)

    async def _leave(self) -> None:
        from be_tui.tui.leaving import keep_home

        try:
            await keep_home(self)
        finally:
            self.exit()

    async def action_quit(self) -> None:
        """Leave by the key that Textual has for it."""
        self.do_quit()


def _screen_class(name: str) -> type[BaseScreen]:
    module, _, attribute = _SCREENS[name].partition(":")
    return cast("type[BaseScreen]", getattr(import_module(module), attribute))
