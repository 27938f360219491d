"""The line above: which project this is, and where in the session you are."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events

    from be_tui.tui.app import BeTuiApp

PLACES = (
    ("Home", "app.home"),
    ("Decide", "app.decide"),
    ("Library", "app.library"),
    ("SQL", "app.sql"),
    ("Migrate", "app.migrate"),
    ("Scaffold", "app.scaffold"),
)
"""The screens named on the right, and the action that opens each."""

_PLACES_WIDTH = sum(len(name) + 2 for name, _ in PLACES)
_PROJECT_WIDTH = 30
"""Cells that are left to the project; where fewer would be, only the place shown is named."""


class TitleBar(Widget):
    """One line: name and stack of the project left, the places right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "title-bar--project",
        "title-bar--place",
        "title-bar--here",
        "title-bar--chip",
    }
    DEFAULT_CSS = """
    TitleBar {
        dock: top; height: 1; background: $panel; color: $foreground;
        & > .title-bar--project { color: $foreground; text-style: bold; }
        & > .title-bar--place { color: $muted; }
        & > .title-bar--chip { color: $warning; text-style: reverse; }
        & > .title-bar--here { color: $accent-text; text-style: bold underline; }
    }
    """

    def __init__(self, here: str) -> None:
        super().__init__()
        self._here = here

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        ground = self.rich_style
        shown = self._places
        room = max(self.size.width - sum(len(name) + 2 for name, _ in shown) - 1, 0)
        session = cast("BeTuiApp", self.app)
        chip = "" if session.mouse else " mouse off "
        project = Strip(
            [
                Segment(" be-tui  ", self.get_component_rich_style("title-bar--project")),
                Segment(session.headline, ground),
            ]
        ).adjust_cell_length(max(room - len(chip), 0), ground)
        places: list[Segment] = []
        for name, _ in shown:
            part = "here" if name == self._here else "place"
            places += [
                Segment("  ", ground),
                Segment(name, self.get_component_rich_style(f"title-bar--{part}")),
            ]
        note = Strip([Segment(chip, self.get_component_rich_style("title-bar--chip"))])
        line = Strip.join([project, note, Strip(places)])
        return line.adjust_cell_length(self.size.width, ground)

    @property
    def _places(self) -> tuple[tuple[str, str], ...]:
        """Give the places that are named: all of them, or in a narrow terminal this one."""
        if self.size.width >= _PLACES_WIDTH + _PROJECT_WIDTH:
            return PLACES
        return tuple(place for place in PLACES if place[0] == self._here)

    async def on_click(self, event: events.Click) -> None:
        """Open the place that was clicked."""
        shown = self._places
        column = self.size.width - sum(len(name) + 2 for name, _ in shown) - 1
        for name, action_id in shown:
            if column + 2 <= event.x < column + 2 + len(name):
                await self.app.run_action(f"perform('{action_id}')", self.screen)
                return
            column += len(name) + 2
