"""The trees to walk and the comparisons to weigh; what the marked one is for beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Container

from be_tui.core.decisions import about_page, progress_words
from be_tui.core.document import Document, Paragraph, Span
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from be_tui.core.knowledge import Entry
    from be_tui.core.sessions import SavedWalk

_DIGITS = 10
"""Trees below this number have a digit that opens them."""

_NONE = Document(
    (Paragraph((Span("No tree can be read. `be-tui knowledge check` says why.", "warning"),)),)
)


class TreeList(Container):
    """A list `#trees`, and a document `#about`; what is taken the screen opens.

    A tree is taken by its id, a comparison by its address: `comparison:database`.
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._entries: dict[str, Entry] = {}
        self._walks: dict[str, SavedWalk] = {}

    def compose(self) -> ComposeResult:
        """Give the list and what stands beside it."""
        with Scroll(id="tree-scroll"):
            yield Choices(id="trees")
        yield DocumentView(id="about")

    def show(self, entries: Sequence[Entry], walks: Sequence[SavedWalk]) -> None:
        """Show trees, then comparisons, as the library lists them, and what is kept of each."""
        self._entries = {_name(entry): entry for entry in entries}
        self._walks = {walk.tree: walk for walk in walks}
        trees = self.query_one("#trees", Choices)
        trees.show([self._row(number, entry) for number, entry in enumerate(entries, 1)])
        self._show_about(trees.choice)

    def _row(self, number: int, entry: Entry) -> Choice:
        sign = str(number) if number < _DIGITS else ""
        if entry.kind == "comparison":
            return Choice(_name(entry), entry.title, sign, tag="a comparison", tone="muted")
        return Choice(entry.id, entry.title, sign, tag=progress_words(self._walks.get(entry.id)))

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Tell what the marked tree is for."""
        event.stop()
        self._show_about(event.choice)

    def _show_about(self, choice: Choice | None) -> None:
        page = _NONE
        if choice is not None:
            page = about_page(self._entries[choice.id], self._walks.get(choice.id))
        about = self.query_one("#about", DocumentView)
        about.show(page)
        about.refresh(layout=True)  # it is as high as its text


def _name(entry: Entry) -> str:
    return entry.address if entry.kind == "comparison" else entry.id
