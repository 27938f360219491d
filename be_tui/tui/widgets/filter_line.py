"""A line below a list in which to type what narrows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.widgets import Input

from be_tui.tui.widgets.field_line import FieldLine

if TYPE_CHECKING:
    from textual import events

    from be_tui.tui.widgets.choices import Choices

_MOVES = {"up": -1, "down": 1, "pageup": -10, "pagedown": 10}


class FilterLine(FieldLine):
    """Closed until it is opened; the mark of the list moves and is taken from here."""

    LABEL: ClassVar[str] = "filter"

    class Changed(Message):
        """Something else stands in the field."""

        def __init__(self, words: str) -> None:
            """Carry it."""
            super().__init__()
            self.words = words

    def __init__(self, choices: Choices) -> None:
        """Make the line of one list."""
        super().__init__()
        self._choices = choices

    def close(self) -> None:
        """Hide the line, forget what was typed, and go back to the list."""
        super().close()
        self.query_one(Input).value = ""
        self._choices.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the list to what has been typed so far."""
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what is marked."""
        event.stop()
        self._choices.action_take()

    def on_key(self, event: events.Key) -> None:
        """Move the mark of the list."""
        if event.key in _MOVES:
            event.stop()
            event.prevent_default()
            self._choices.action_move(_MOVES[event.key])
