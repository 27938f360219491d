"""The footer: the next useful keys, as many as fit, each to be clicked as well."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, cast

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from be_tui.tui.actions import Action, shown

if TYPE_CHECKING:
    from textual import events

    from be_tui.tui.base import BaseScreen

_GAP = 2
_ALWAYS = ("app.back", "app.help")
"""Shown even where there is no room for the others."""


def fitting(actions: tuple[Action, ...], width: int) -> tuple[Action, ...]:
    """Give the actions that fit into a line, in their order, the standing ones for certain."""
    standing = [action for action in actions if action.id in _ALWAYS]
    room = width - 1 - sum(_cells(action) for action in standing)
    kept = []
    for action in actions:
        if action in standing:
            kept.append(action)
        elif _cells(action) <= room:
            kept.append(action)
            room -= _cells(action)
        else:
            room = 0
    return tuple(kept)


def _while_typing(action: Action) -> Action:
    """Leave out the keys of an action that would be typed into the text."""
    return replace(action, keys=tuple(key for key in action.keys if not _types(key)))


def _types(key: str) -> bool:
    # Only a key's own sign has a name of one letter, or such a name as `question_mark`.
    return len(shown(key)) == 1 or key == "space"


def _cells(action: Action) -> int:
    return len(shown(action.keys[0])) + 1 + len(action.label) + _GAP


class KeyBar(Widget):
    """One line of keys and labels, made from the table of actions."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--label", "key-bar--off"}
    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; background: $panel; color: $foreground;
        & > .key-bar--key { color: $accent-text; text-style: bold; }
        & > .key-bar--label { color: $foreground; }
        & > .key-bar--off { color: $muted; }
    }
    """

    def _shown(self) -> tuple[tuple[Action, bool], ...]:
        """Give the actions that fit, each with whether it cannot be done just now."""
        screen = cast("BaseScreen", self.screen)
        wanted = [each for each in screen.actions if each.footer and each.keys]
        if isinstance(screen.focused, Input) or getattr(screen.focused, "takes_text", False):
            wanted = [each for each in map(_while_typing, wanted) if each.keys]
        # What cannot be done just now gives way to what can.
        off = {each.id: bool(screen.unavailable(each.id)) for each in wanted}
        wanted.sort(key=lambda action: off[action.id])
        if sum(_cells(each) for each in wanted if not off[each.id]) >= self.size.width:
            wanted = [replace(each, label=each.short or each.label) for each in wanted]
        return tuple((each, off[each.id]) for each in fitting(tuple(wanted), self.size.width))

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        """Draw the line."""
        ground = self.rich_style
        key_style = self.get_component_rich_style("key-bar--key")
        label_style = self.get_component_rich_style("key-bar--label")
        off_style = self.get_component_rich_style("key-bar--off")
        segments = [Segment(" ", ground)]
        for action, off in self._shown():
            segments += [
                Segment(shown(action.keys[0]), off_style if off else key_style),
                Segment(f" {action.label}{' ' * _GAP}", off_style if off else label_style),
            ]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    async def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        column = 1
        for action, _ in self._shown():
            if column <= event.x < column + _cells(action) - _GAP:
                await cast("BaseScreen", self.screen).action_perform(action.id)
                return
            column += _cells(action)
