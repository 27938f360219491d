"""The trees to walk and the comparisons to weigh; what the marked one is for beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Container, Vertical

from be_tui.core.decisions import about_page, progress_words
from be_tui.core.document import Document, Paragraph, Span
from be_tui.core.knowledge import grouped, narrowed
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.document_view import DocumentView
from be_tui.tui.widgets.filter_line import FilterLine
from be_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult

    from be_tui.core.knowledge import Entry
    from be_tui.core.sessions import SavedWalk

_DIGITS = 10
"""Trees below this number have a digit that opens them."""

_NONE = "No tree can be read. `be-tui knowledge check` says why."
_NOTHING = "Nothing in this list is called so. Escape shows all of it again."


class TreeList(Container):
    """A list `#trees` that can be narrowed, and a document `#about`.

    The screen opens what is taken: a tree by its id, a comparison by its address, as in
    `comparison:database`.
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002
        """Show nothing yet."""
        super().__init__(id=id)
        self._all: Sequence[Entry] = ()
        self._entries: dict[str, Entry] = {}
        self._walks: dict[str, SavedWalk] = {}
        self._synonyms: Mapping[str, Sequence[str]] = {}

    def compose(self) -> ComposeResult:
        """Give the list, the line that narrows it, and what stands beside them."""
        choices = Choices(id="trees")
        with Vertical(id="tree-pane"):
            with Scroll(id="tree-scroll"):
                yield choices
            yield FilterLine(choices)
        yield DocumentView(id="about")

    def show(
        self,
        entries: Sequence[Entry],
        walks: Sequence[SavedWalk],
        synonyms: Mapping[str, Sequence[str]],
    ) -> None:
        """Show trees and comparisons under their headings.

        Args:
            entries: Both, as the library lists them.
            walks: What is kept of each tree.
            synonyms: What phrases are called besides, to narrow by.
        """
        self._all, self._synonyms = entries, synonyms
        self._entries = {_name(entry): entry for entry in entries}
        self._walks = {walk.tree: walk for walk in walks}
        self._narrow(self.query_one(FilterLine).typed)

    def narrow(self) -> None:
        """Open the line in which to type what narrows the list."""
        self.query_one(FilterLine).open()

    def widen(self) -> bool:
        """Show the whole list again; tell whether it was being narrowed."""
        line = self.query_one(FilterLine)
        if not line.is_open:
            return False
        line.close()
        self._narrow("")
        return True

    def on_filter_line_changed(self, event: FilterLine.Changed) -> None:
        """Show what is called as was typed."""
        event.stop()
        self._narrow(event.words)

    def _narrow(self, words: str) -> None:
        """Show what is called so; what was marked stays marked where it is still there."""
        trees, line = self.query_one("#trees", Choices), self.query_one(FilterLine)
        marked = trees.choice.id if trees.choice else ""
        found = narrowed(self._all, words, self._synonyms)
        rows = [
            self._row(entry, "" if place else group.title)
            for group in grouped(found)
            for place, entry in enumerate(group.entries)
        ]
        rows = [
            replace(row, sign=str(number) if number < _DIGITS else "")
            for number, row in enumerate(rows, 1)
        ]
        ids = [row.id for row in rows]
        trees.show(rows, ids.index(marked) if marked in ids else 0)
        line.tell(f"{len(found)} of {len(self._all)}" if words.strip() else "")
        self._show_about(trees.choice)

    def _row(self, entry: Entry, heading: str) -> Choice:
        if entry.kind == "comparison":
            tag = "a comparison"
            return Choice(_name(entry), entry.title, tag=tag, tone="muted", heading=heading)
        tag = progress_words(self._walks.get(entry.id))
        return Choice(entry.id, entry.title, tag=tag, heading=heading)

    def on_choices_marked(self, event: Choices.Marked) -> None:
        """Tell what the marked tree is for."""
        event.stop()
        self._show_about(event.choice)

    def _show_about(self, choice: Choice | None) -> None:
        if choice is not None:
            page = about_page(self._entries[choice.id], self._walks.get(choice.id))
        else:
            words = _NOTHING if self._all else _NONE
            page = Document((Paragraph((Span(words, "warning"),)),))
        about = self.query_one("#about", DocumentView)
        about.show(page)
        about.refresh(layout=True)  # it is as high as its text


def _name(entry: Entry) -> str:
    return entry.address if entry.kind == "comparison" else entry.id
