"""A document view whose page is worked out anew as things change, without losing the place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.tui.widgets.document_view import DocumentView

if TYPE_CHECKING:
    from be_tui.core.document import Document
    from be_tui.core.document.reading import Position


class SubjectView(DocumentView):
    """Keeps the reader where they are for as long as the page is about the same."""

    _subject = ""

    @property
    def subject(self) -> str:
        """Give what the page is about."""
        return self._subject

    def fill(self, page: Document, subject: str, begin: Position | None = None) -> None:
        """Show a page.

        Args:
            page: What to show; nothing is drawn if it is what stands there.
            subject: What it is about.
            begin: Where a page about something else begins; at its top by default.
        """
        if page == self.document and subject == self._subject:
            return
        position = self.position if subject == self._subject else begin
        self._subject = subject
        self.show(page, position=position)
