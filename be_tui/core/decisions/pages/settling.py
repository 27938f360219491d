"""What to find out first: the page beside a question, and the same in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.informing import inquiry
from be_tui.core.decisions.leading import distribution
from be_tui.core.decisions.pages.leading import percent
from be_tui.core.decisions.pages.parts import heading, items, line, prose
from be_tui.core.document import Document, Span

if TYPE_CHECKING:
    from be_tui.core.decisions.informing import Gain, Inquiry
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Text

_SHOWN = 4
"""Questions that get a line; the others are counted."""

TITLE = "What would settle it"


def settles_page(walk: Walk) -> Document:
    """Give the open questions by how much each would settle, the most telling first.

    Where nothing open can change the outcome, that is said instead; empty where no single
    question tells anything.
    """
    found = inquiry(walk)
    if found.settled:
        told = line(settled_words(walk), "strong") if walk.outcome is None else None
        return Document((heading(TITLE, "settles", 3), told)) if told else Document()
    if not found.gains:
        return Document()
    rows: list[Text] = [_row(found, each) for each in found.gains[:_SHOWN]]
    if len(found.gains) > _SHOWN:
        rows.append((Span(f"and {len(found.gains) - _SHOWN} more", "muted"),))
    how = "" if found.exact else ", sampled"
    note = line(f"(of what is open, each answer counted alike{how})", "muted")
    return Document((heading(TITLE, "settles", 3), *items(rows), note))


def settled_words(walk: Walk) -> str:
    """Say that nothing open can change where a settled walk leads."""
    only = distribution(walk).shares[0].outcome.title
    return f"Nothing that is still open can change the outcome: “{only}”."


def find_out_words(walk: Walk) -> str:
    """Say which of the answers that nobody knew to find out first; nothing where none tells."""
    assumed = (each for each in inquiry(walk).gains if each.assumed)
    first = next(assumed, None)
    return f"Find out first: {first.question.ask} It settles the most." if first else ""


def _row(found: Inquiry, gain: Gain) -> Text:
    settles = f"{gain.question.ask}  "
    share = percent(min(gain.bits / found.bits, 1.0))
    assumed = "  you did not know" if gain.assumed else ""
    head = (Span(settles), Span(f"settles {share}", "strong"), Span(assumed, "muted"))
    if not (gain.assumed and gain.find_out):
        return head
    return (*head, *prose(f"\nTo find out: {gain.find_out}").text)
