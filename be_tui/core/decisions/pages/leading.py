"""The page of where a walk leads, and the same in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.leading import distribution, settled
from be_tui.core.decisions.pages.parts import heading, items, line
from be_tui.core.document import Document, Lines, Span

if TYPE_CHECKING:
    from be_tui.core.decisions.leading import Distribution, Share
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Text

_BAR = 16
"""Cells of a bar that stands for everything."""

_SHOWN = 6
"""Outcomes that get a line; the others are counted."""

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
