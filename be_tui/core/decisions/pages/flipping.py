"""What would change an outcome that no single answer changes: two or three of them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.flipping import flips, try_words
from be_tui.core.decisions.pages.parts import items, line
from be_tui.core.document import Block, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.decisions.flipping import Change, Flip, Flips
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Text

_SHOWN = 4
"""Sets that are told; the others are counted."""

_NUMBERS = {1: "one", 2: "two", 3: "three"}


def together(walk: Walk, *, tries: bool = False) -> tuple[Block, ...]:
    """Give the smallest sets of answers that change an outcome, where one alone does not.

    Args:
        walk: The walk.
        tries: Whether each begins with a link that tries it.
    """
    found = flips(walk)
    blocks: list[Block] = [line(together_words(found), "text" if found.sets else "muted")]
    rows: list[Text] = [tuple(_flip(flip, tries=tries)) for flip in found.sets[:_SHOWN]]
    if len(found.sets) > _SHOWN:
        rows.append((Span(f"and {len(found.sets) - _SHOWN:,} more", "muted"),))
    return (*blocks, *items(rows))


def together_words(found: Flips) -> str:
    """Say how many answers it takes: `No single answer changes it; these two together do:`."""
    if found.sets:
        number = _NUMBERS[found.size]
        more = "" if found.whole else ", and there may be more"
        if found.size == 1:
            return f"This changes it{more}:"
        return f"No single answer changes it; these {number} together do{more}:"
    if found.tried <= 1:
        return "No single answer would change this."
    bound = "" if found.whole else "; more together are too many to try"
    return f"No single answer would change this, nor would {_NUMBERS[found.tried]} together{bound}."


def changes_words(changes: tuple[Change, ...]) -> str:
    """Say what would have to be answered: `Is it big? “Yes” and Is it old? “No”`."""
    told = (f"{each.step.question.ask} “{each.option.label}”" for each in changes)
    return " and ".join(told)


def _flip(flip: Flip, *, tries: bool) -> Iterator[Span]:
    words = try_words((each.step.question.id, each.option.id) for each in flip.changes)
    for number, each in enumerate(flip.changes):
        told = f"{each.step.question.ask}  {each.step.said} → “{each.option.label}”"
        if number:
            yield Span("\n")
        yield Span(told, "link", f"try:{words}") if tries and not number else Span(told)
    yield Span("\n")
    if flip.outcome:
        yield Span(flip.outcome.title, "strong")
    elif flip.opens:
        yield Span(f"one of {len(flip.among)} outcomes")
        yield Span(f"  (asks: {flip.opens.ask})", "muted")
