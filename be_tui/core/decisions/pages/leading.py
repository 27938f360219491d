"""The page of where a walk leads, and the same in one line.

A screen draws it again after each answer, so there all outcomes keep their places; in text they
stand by their shares.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.leading import distribution, settled
from be_tui.core.decisions.pages.parts import heading, items, line
from be_tui.core.document import Block, Document, Lines, Paragraph, Span
from be_tui.core.document.wrap import cut_text

if TYPE_CHECKING:
    from be_tui.core.decisions.leading import Distribution, Share
    from be_tui.core.decisions.prospecting import Ahead, Prospect
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Text

_BAR = 16
"""Cells of a bar that stands for everything."""

_SHOWN = 6
"""Outcomes that get a line; the others are counted."""

_PLACES = 9
"""Outcomes that keep a line on a screen, whether or not they can still come out."""

_MOVED = 0.005
"""A share that moved less is said to stand."""

TITLE = "Where this leads"


def leads_page(walk: Walk, *, bars: bool = True) -> Document:
    """Give the outcomes still possible, with their shares; the largest first.

    Args:
        walk: The walk.
        bars: Whether to draw the shares, as for a screen; without, they are a plain list.
    """
    ahead = distribution(walk)
    if settled(walk):
        only = ahead.shares[0].outcome.title
        return Document((heading(TITLE, "leads", 3), line(f"Settled: {only}", "strong")))
    shown = ahead.shares[:_SHOWN]
    rows = [_row(share, bars=bars) for share in shown]
    told = Lines(tuple(rows)) if bars else None
    return Document(
        (
            heading(TITLE, "leads", 3),
            *((told,) if told else items(rows)),
            line(_note(ahead, len(ahead.shares) - len(shown)), "muted"),
        )
    )


def prospect_page(ahead: Prospect, asked: str = "", cells: int = 76) -> Document:
    """Give the outcomes as bars in the order of the tree, and what would settle the most.

    Args:
        ahead: Where the walk leads.
        asked: The id of the question that is asked now.
        cells: The width of a line; a longer title is cut.
    """
    shown = _placed(ahead.outcomes)
    rows = Lines(tuple(_bar(each, cells) for each in shown))
    blocks: list[Block] = [heading(TITLE, "leads", 3), rows]
    if ahead.settled:
        spans = (
            Span(f"Settled: {ahead.settled.title}.", "strong"),
            Span(" Nothing that is still open can change this. "),
            Span("End here", "link", "do:finish"),
        )
        return Document((*blocks, Paragraph(spans)))
    more = len(ahead.outcomes) - len(shown)
    counted = "each answer still open counted alike" + ("" if ahead.exact else "; sampled")
    rest = f"and {more} more; " if more else ""
    blocks.append(line(f"({rest}{ahead.possible} still possible, {counted})", "muted"))
    if ahead.asks:
        blocks.append(_asks(ahead, asked))
    return Document(tuple(blocks))


def prospect_words(ahead: Prospect) -> str:
    """Say the same in one line: `Leads to “Tune it” 62 %, “Pin it” 25 %, and 3 more`."""
    if ahead.settled:
        return f"Nothing that is still open can change the outcome: “{ahead.settled.title}”."
    likely = sorted(ahead.outcomes, key=lambda each: -round(each.share, 9))[:2]
    told = [f"“{each.outcome.title}” {percent(each.share)}" for each in likely]
    more = ahead.possible - len(told)
    how = "Leads to " if ahead.exact else "Leads, as sampled, to "
    return how + ", ".join([*told, f"and {more} more"] if more > 0 else told)


def _placed(outcomes: tuple[Ahead, ...]) -> tuple[Ahead, ...]:
    """Give those that get a line: all of few; of many the largest shares, in their places."""
    if len(outcomes) <= _PLACES:
        return outcomes
    largest = sorted(range(len(outcomes)), key=lambda place: -round(outcomes[place].share, 9))
    return tuple(outcomes[place] for place in sorted(largest[:_PLACES]))


def _bar(ahead: Ahead, cells: int) -> Text:
    if not ahead.share:
        moved = "▼" if ahead.moved < -_MOVED else " "
        text: Text = (Span(f"{'░' * _BAR}    – {moved} {ahead.outcome.title}", "muted"),)
        return cut_text(text, cells)
    moved = "▲" if ahead.moved > _MOVED else "▼" if ahead.moved < -_MOVED else " "
    full = max(1, round(ahead.share * _BAR))
    bar = (
        Span("█" * full, "chosen"),
        Span("░" * (_BAR - full), "muted"),
        Span(f" {percent(ahead.share):>5} ", "strong"),
        Span(f"{moved} ", "muted"),
        Span(ahead.outcome.title),
    )
    return cut_text(bar, cells)


def _asks(ahead: Prospect, asked: str) -> Paragraph:
    gain, part = ahead.asks, percent(ahead.part) if ahead.part else ""
    if gain is None or gain.question.id == asked:
        return line(f"This question settles the most: {part} of what is open.", "muted")
    return Paragraph(
        (
            Span(f"Settles the most, {part} of what is open: ", "muted"),
            Span(gain.question.ask, "link", f"question:{gain.question.id}"),
        )
    )


def leads_words(walk: Walk) -> str:
    """Say in one line where a walk leads: `62 % to “Tune it”, 25 % to “Pin it”, 3 more`."""
    ahead = distribution(walk)
    first, *others = ahead.shares
    if settled(walk):
        return f"settled: “{first.outcome.title}”"
    named = [first, *others[:1]]
    parts = [f"{percent(each.share)} to “{each.outcome.title}”" for each in named]
    more = len(ahead.shares) - len(named)
    about = "" if ahead.exact else "about "
    return about + ", ".join([*parts, f"{more} more"] if more else parts)


def percent(share: float) -> str:
    """Give a share in whole per cent; what is above nothing is never `0 %`, nor `100 %` below all.

    Args:
        share: Above 0, up to 1.
    """
    if share >= 1:
        return "100 %"
    if share < 0.01:  # noqa: PLR2004 (one per cent)
        return "<1 %"
    return f"{min(round(share * 100), 99)} %"


def _row(share: Share, *, bars: bool) -> Text:
    figure = f"{percent(share.share):>5}"
    if not bars:
        return (Span(f"{share.outcome.title}: {figure.strip()}"),)
    cells = max(1, round(share.share * _BAR))
    return (
        Span("█" * cells, "chosen"),
        Span("░" * (_BAR - cells), "muted"),
        Span(f" {figure}  ", "strong"),
        Span(share.outcome.title),
    )


def _note(ahead: Distribution, more: int) -> str:
    weighed = "each answer still open counted alike"
    how = weighed if ahead.exact else f"{weighed}; too many to count, so sampled"
    return f"and {more} more ({how})" if more else f"({how})"
