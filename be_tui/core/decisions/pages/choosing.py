"""The page of a tree before it is walked: what it decides, and how far it was walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.pages.parts import heading, line
from be_tui.core.document import Block, Document, Paragraph, Span

if TYPE_CHECKING:
    from be_tui.core.knowledge import Entry
    from be_tui.core.sessions import SavedWalk


def about_page(entry: Entry, saved: SavedWalk | None = None) -> Document:
    """Give what a tree is for.

    Args:
        entry: The tree, as the library lists it.
        saved: What is kept of a walk over it.
    """
    blocks: list[Block] = [heading(entry.title, "about"), line(entry.summary)]
    if saved is not None and saved.outcome:
        when = saved.saved[:10]
        spans = [Span("You came out at “"), Span(saved.outcome, "strong"), Span(f"” on {when}.")]
        blocks.append(Paragraph(tuple(spans)))
    elif saved is not None and saved.answered:
        count = f"{saved.answered} answer{'' if saved.answered == 1 else 's'}"
        when = saved.saved[:10]
        blocks.append(line(f"You gave {count}, last on {when}; it goes on from there."))
    if entry.pack != "bundled":
        blocks.append(line(f"From the {entry.pack}'s pack: {entry.path}", "muted"))
    return Document(tuple(blocks))
