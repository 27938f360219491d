"""The pages that are read over a walk: what was measured, the map, what would change it, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from be_tui.core.decisions import evidence_page, map_page, turns_page, why_page
from be_tui.core.document import Document, Lines
from be_tui.core.document.reading import Position
from be_tui.tui.widgets.subject_view import SubjectView

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.decisions import Walk

PageName = Literal["evidence", "map", "turns", "source"]

TITLES: dict[PageName, str] = {
    "evidence": "measured",
    "map": "map",
    "turns": "what would change this",
    "source": "why it is asked",
}

_MARGINS = 4
"""Cells beside a map: its padding and the scroll bar."""

_ABOVE = 6
"""Lines of a map that are seen above where the walk is."""


class WalkPage(SubjectView):
    """One page about a walk."""

    def open(self, name: PageName, walk: Walk, waiting: Collection[str], cells: int) -> str:
        """Show a page of a walk, and give its title.

        Args:
            name: Which page.
            walk: The walk, with what was measured.
            waiting: The probes that are still measuring.
            cells: The width of the screen.
        """
        question = walk.question
        asked = question.id if question else ""
        if name == "map":
            page = map_page(walk, max(cells - _MARGINS, 0))
            page = Document(page.blocks[1:])  # the title stands in the heading
            self.fill(page, f"map {asked}", _here(page))
        elif name == "turns" or question is None:
            self.fill(turns_page(walk), "turns")
        elif name == "evidence":
            self.fill(evidence_page(question, walk.evidence, waiting=waiting), f"evidence {asked}")
            return question.ask
        else:
            self.fill(why_page(question), f"source {asked}")
            return question.ask
        return walk.tree.title


def _here(page: Document) -> Position:
    """Give where on a map the walk is; its beginning where that is near enough."""
    for number, block in enumerate(page.blocks):
        lines = block.lines if isinstance(block, Lines) else ()
        for index, line in enumerate(lines):
            if any(span.role == "chosen" for span in line) and index > _ABOVE:
                return Position(number, (index - _ABOVE) / len(lines))
    return Position()
