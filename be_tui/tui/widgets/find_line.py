"""A line below a document in which to type the words to find in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from be_tui.tui.widgets.field_line import FieldLine

if TYPE_CHECKING:
    from textual.widgets import Input

    from be_tui.tui.widgets.document_view import DocumentView


class FindLine(FieldLine):
    """Closed until it is opened; marks as you type, Enter goes on to the document."""

    LABEL: ClassVar[str] = "find"

    def __init__(self, view: DocumentView, *, id: str | None = None) -> None:  # noqa: A002
        """Make the line of one view."""
        super().__init__(id=id)
        self._view = view

    def open(self) -> None:
        """Show the line, and type into it."""
        super().open()
        self.seek()

    def close(self) -> None:
        """Hide the line, and the marks."""
        super().close()
        self._view.search("")
        self._view.focus()

    def seek(self) -> None:
        """Mark the words in what the view shows now."""
        if self.is_open:
            self._view.search(self.typed)
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
        words = self.typed.strip()
        count = len(reading.matches) if reading else 0
        told = ""
        if count and reading:
            told = f"{reading.match + 1} of {count}   n next  N previous"
        elif words:
            told = "not on this page"
        self.tell(told)
