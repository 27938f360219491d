"""The pages that are read over a walk: what was measured, the map, where it leads, why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from be_tui.core.decisions import evidence_page, map_page, prospect_page, why_page
from be_tui.core.document import Document, Lines, Paragraph, Span
from be_tui.core.document.reading import Position
from be_tui.tui.widgets.subject_view import SubjectView

if TYPE_CHECKING:
    from collections.abc import Collection

    from be_tui.core.decisions import Prospect, Walk

PageName = Literal["evidence", "leads", "map", "turns", "source"]

TITLES: dict[PageName, str] = {
    "evidence": "measured",
    "leads": "where this leads",
    "map": "map",
    "turns": "what would change this",
    "source": "why it is asked",
}

_MARGINS = 4
"""Cells beside a map: its padding and the scroll bar."""

_ABOVE = 6
"""Lines of a map that are seen above where the walk is."""


_COUNTING = Document((Paragraph((Span("Still counting…", "muted"),)),))


class WalkPage(SubjectView):
    """One page about a walk."""

    def open(self, name: PageName, walk: Walk, waiting: Collection[str]) -> str:
        """Show a page of a walk, and give its title.

        Args:
            name: Which page; not that of where it leads, which comes when it is counted.
            walk: The walk, with what was measured.
            waiting: The probes that are still measuring.
        """
        question = walk.question
        if name == "evidence" and question:
            page = evidence_page(question, walk.evidence, waiting=waiting)
            self.fill(page, f"evidence {question.id}")
        elif name == "source" and question:
            self.fill(why_page(question), f"source {question.id}")
        else:
            return walk.tree.title
        return question.ask


class MapView(SubjectView):
    """The map of a walk, opened where the walk is, and kept there as the walk goes on."""

    def draw(self, walk: Walk, cells: int) -> None:
        """Draw the map so wide."""
        page = map_page(walk, max(cells - _MARGINS, 0))
        page = Document(page.blocks[1:])  # the title stands in the heading
        self.fill(page, f"map {walk.end.id} {walk.at}", _here(page))


class LeadsView(SubjectView):
    """Where a walk leads: bars that keep their places from answer to answer."""

    def draw(self, walk: Walk, ahead: Prospect | None, cells: int) -> None:
        """Draw what was counted; that it still is, where nothing was before.

        Args:
            walk: The walk.
            ahead: Where it leads; None while that is counted.
            cells: The width of the view.
        """
        before = self.document
        if ahead is not None:
            asked = walk.question.id if walk.question else ""
            self.fill(prospect_page(ahead, asked, max(cells - _MARGINS, 0)), walk.tree.id)
        elif self.subject != walk.tree.id:
            self.fill(_COUNTING, walk.tree.id)
        if self.document is not before:
            self.refresh(layout=True)  # it is as high as its text


def _here(page: Document) -> Position:
    """Give where on a map the walk is; its beginning where that is near enough."""
    for number, block in enumerate(page.blocks):
        lines = block.lines if isinstance(block, Lines) else ()
        for index, line in enumerate(lines):
            if any(span.role == "chosen" for span in line) and index > _ABOVE:
                return Position(number, (index - _ABOVE) / len(lines))
    return Position()
