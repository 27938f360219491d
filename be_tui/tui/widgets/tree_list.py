"""The trees to walk, each with how far it was walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from be_tui.core.decisions import progress_words
from be_tui.tui.widgets.choices import Choice, Choices
from be_tui.tui.widgets.scroll import Scroll

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from be_tui.core.knowledge import Entry
    from be_tui.core.sessions import SavedWalk

_DIGITS = 10
"""Trees below this number have a digit that opens them."""


class TreeList(Scroll):
    """A list `#trees` of their ids; what is taken is opened by the screen."""

    DEFAULT_CSS = "TreeList > Static { height: auto; padding: 0 1; }"

    def compose(self) -> ComposeResult:
        """Give the list, and what is said where it is empty."""
        yield Choices(id="trees", spaced=True)
        yield Static(id="no-trees", markup=False)

    def show(self, entries: Sequence[Entry], walks: Sequence[SavedWalk]) -> None:
        """Show the trees of the library, and what is kept of each."""
        kept = {walk.tree: walk for walk in walks}
        self.query_one("#trees", Choices).show(
            [
                Choice(
                    entry.id,
                    entry.title,
                    str(number) if number < _DIGITS else "",
                    (entry.summary,),
                    tag=progress_words(kept.get(entry.id)),
                )
                for number, entry in enumerate(entries, 1)
            ]
        )
        nothing = "No tree can be read. `be-tui knowledge check` says why."
        self.query_one("#no-trees", Static).update("" if entries else nothing)
