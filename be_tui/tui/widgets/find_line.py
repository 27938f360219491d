"""A line below a document in which to type the words to find in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from be_tui.tui.widgets.document_view import DocumentView


class FindLine(Horizontal):
    """Closed until it is opened; marks as you type, Enter goes on to the document."""

    DEFAULT_CSS = """
    FindLine {
        height: 1; display: none; padding: 0 1;
        &.-open { display: block; }
        & > Static { width: auto; color: $muted; }
        & > Input { width: 1fr; margin: 0 1; background: $surface; color: $foreground; }
        & > Input:focus { background: $cursor; }
    }
    """

    def __init__(self, view: DocumentView, *, id: str | None = None) -> None:  # noqa: A002
        """Make the line of one view."""
        super().__init__(id=id)
        self._view = view

    def compose(self) -> ComposeResult:
        """Give what to type into, between what it is and how many were found."""
        yield Static("find", markup=False)
        yield Input(compact=True, select_on_focus=False)
        yield Static(id="found", markup=False)

    @property
    def is_open(self) -> bool:
        """Tell whether the line is shown."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the line, and type into it."""
        self.add_class("-open")
        self.query_one(Input).focus()
        self.seek()

    def close(self) -> None:
        """Hide the line, and the marks."""
        self.remove_class("-open")
        self._view.search("")
        self._view.focus()

    def seek(self) -> None:
        """Mark the words in what the view shows now."""
        if self.is_open:
            self._view.search(self.query_one(Input).value)
            self._tell()

    def step(self, by: int) -> None:
        """Go to the next place of the words, or with -1 the one before."""
        self._view.next_match(by)
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find what has been typed so far."""
        event.stop()
        self.seek()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the document, where keys lead from match to match."""
        event.stop()
        self._view.focus()

    def _tell(self) -> None:
        reading = self._view.reading
        words = self.query_one(Input).value.strip()
        count = len(reading.matches) if reading else 0
        told = ""
        if count and reading:
            told = f"{reading.match + 1} of {count}   n next  N previous"
        elif words:
            told = "not on this page"
        self.query_one("#found", Static).update(told)
