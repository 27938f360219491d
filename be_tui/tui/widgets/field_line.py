"""A line with a field, closed until it is opened; what comes of it is said behind the field."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class FieldLine(Horizontal):
    """What is common to the lines in which something is typed that works at each key."""

    DEFAULT_CSS = """
    FieldLine {
        height: 1; display: none; padding: 0 1;
        &.-open { display: block; }
        & > Static { width: auto; color: $muted; }
        & > Input { width: 1fr; margin: 0 1; background: $surface; color: $foreground; }
        & > Input:focus { background: $cursor; }
    }
    """
    LABEL: ClassVar[str] = ""
    """What stands before the field."""

    def compose(self) -> ComposeResult:
        """Give what to type into, between what it is and what comes of it."""
        yield Static(self.LABEL, markup=False)
        yield Input(compact=True, select_on_focus=False)
        yield Static(id="found", markup=False)

    @property
    def is_open(self) -> bool:
        """Tell whether the line is shown."""
        return self.has_class("-open")

    @property
    def typed(self) -> str:
        """Give what stands in the field."""
        return self.query_one(Input).value

    def open(self) -> None:
        """Show the line, and type into it."""
        self.add_class("-open")
        self.query_one(Input).focus()

    def close(self) -> None:
        """Hide the line."""
        self.remove_class("-open")

    def tell(self, words: str) -> None:
        """Say what comes of what was typed."""
        self.query_one("#found", Static).update(words)
