"""What authorities say under the answers of a walk, side by side, and what decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.decisions.judging import stances
from be_tui.core.decisions.pages.flipping import changes_words
from be_tui.core.decisions.pages.parts import heading, items, line, prose
from be_tui.core.document import Block, Document, Span

if TYPE_CHECKING:
    from be_tui.core.decisions.judging import Stance
    from be_tui.core.decisions.walk import Walk
    from be_tui.core.document import Text

_FACTS = 2
"""Sets of answers that are told as what decides; the others are counted."""


def authorities_page(walk: Walk) -> Document:
    """Give each authority's word on the answers of a walk; empty where none has one."""
    found = stances(walk)
    spoken = [each for each in found if each.position]
    if not spoken:
        return Document()
    silent = [each.authority.title for each in found if not each.position]
    blocks: list[Block] = [heading("What authorities say to these answers", "authorities")]
    afters = [_after(each) for each in spoken]
    # What several in a row lead to, and what decides between them and us, is said once.
    said = [
        () if after == following else after
        for after, following in zip(afters, [*afters[1:], None], strict=True)
    ]
    blocks += items((*_head(each), *after) for each, after in zip(spoken, said, strict=True))
    if silent:
        blocks.append(line(f"Nothing on this: {'; '.join(silent)}.", "muted"))
    return Document(tuple(blocks))


def _head(stance: Stance) -> Text:
    """Give one authority and its word."""
    position = stance.position
    says = prose(position.says).text if position else ()
    url = next((each.url for each in position.sources if each.url), "") if position else ""
    title = Span(stance.authority.title, "link" if url else "strong", url)
    agrees = (Span("  agrees", "good"),) if stance.agrees or stance.outcome is None else ()
    return (title, Span(": "), *says, *agrees)


def _after(stance: Stance) -> Text:
    """Give where its word leads, and what decides between it and us; nothing where it agrees."""
    if stance.agrees or stance.outcome is None:
        return ()
    then = (Span("\n→ ", "muted"), Span(stance.outcome.title, "strong"))
    return (*then, Span(f"\n{decides_words(stance)}", "muted"))


def decides_words(stance: Stance) -> str:
    """Say which facts decide, as in `What decides: Are links kept? “Yes”`."""
    sets = stance.decides.sets
    if not sets:
        return "No few answers would take this walk there."
    told = "; or ".join(changes_words(each.changes) for each in sets[:_FACTS])
    others = len(sets) - _FACTS
    more = f"; or in {others} other way{'s' if others > 1 else ''}" if others > 0 else ""
    return f"What decides: {told}{more}."
