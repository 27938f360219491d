"""Verdicts and reviews as documents to read: on the screen, in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document.model import Block, Document, Heading, Items, Paragraph, Span
from be_tui.core.knowledge.item_pages import level_span
from be_tui.core.reviews.judging import places_of, verdict_words, verdicts_on
from be_tui.core.reviews.model import REPLIES, STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from be_tui.core.document.model import Role, Text
    from be_tui.core.evidence import Evidence
    from be_tui.core.knowledge.items import Cover, Item
    from be_tui.core.reviews.model import Reply, Review, Standing, State, Verdict

_HOLDS: dict[bool | None, tuple[str, Role]] = {
    True: ("holds", "good"),
    False: ("does not hold", "bad"),
    None: ("cannot be told", "warning"),
}

STATE_ROLES: dict[State, Role] = {
    "missing": "bad",
    "open": "warning",
    "holds": "good",
    "na": "muted",
}


def here_blocks(
    item: Item, evidence: Mapping[str, Evidence], reply: Reply | None = None
) -> tuple[Block, ...]:
    """Give what is known of an item in this project: measured, and said."""
    blocks: list[Block] = []
    for verdict in verdicts_on(item, evidence):
        word, role = _HOLDS[verdict.holds]
        blocks.append(
            Paragraph((Span("Here: ", "strong"), Span(word, role), *_verdict_text(verdict)))
        )
    if reply is not None:
        blocks.append(Paragraph((Span("You said: ", "strong"), *_reply_text(reply))))
    return tuple(blocks)


def _verdict_text(verdict: Verdict) -> Text:
    spans = [Span(f": {verdict_words(verdict)}")]
    places, more = places_of(verdict) if not verdict.holds else ((), 0)
    for number, place in enumerate(places):
        spans += [
            Span("; " if number == 0 else ", ", "muted"),
            Span(place, "path", f"file:{place}"),
        ]
    if more:
        spans.append(Span(f" and {more} more", "muted"))
    return tuple(spans)


def _reply_text(reply: Reply) -> Text:
    day = f" ({reply.said})" if reply.said else ""
    note = f": {reply.note}" if reply.note else ""
    return (Span(f"{REPLIES[reply.answer]}{note}"), Span(day, "muted"))


def counts_words(standings: Iterable[Standing]) -> str:
    """Say how many items stand how: `3 missing, 12 open, 20 hold`."""
    states = [each.state for each in standings]
    words = {"missing": "missing", "open": "open", "holds": "hold", "na": "do not apply"}
    return ", ".join(f"{states.count(state)} {words[state]}" for state in STATES)


def review_page(cover: Cover, review: Review, standings: Sequence[Standing]) -> Document:
    """Give a review: what is missing first, what holds last."""
    blocks: list[Block] = [
        Heading((Span(cover.title, "title"),), 1, cover.id),
        Paragraph(
            (
                Span("Level "),
                level_span(review.level),
                Span(f" asks for {_items(len(standings))}: {counts_words(standings)}."),
            )
        ),
    ]
    for state, title in STATES.items():
        own = [each for each in standings if each.state == state]
        if own:
            role = STATE_ROLES[state]
            blocks.append(Heading((Span(f"{title} ({len(own)})", role),), 2, state))
            items = tuple(tuple(_standing_blocks(cover.id, each)) for each in own)
            blocks.append(Items(items))
    return Document(tuple(blocks))


def _items(count: int) -> str:
    return "1 item" if count == 1 else f"{count} items"


def _standing_blocks(reference: str, standing: Standing) -> Iterator[Block]:
    item = standing.item
    link = Span(item.statement, "text", f"{reference}#{item.id}")
    yield Paragraph((level_span(item.level, padded=True), Span("  "), link))
    if standing.state == "holds" and not standing.disputed:
        return
    for verdict in standing.verdicts:
        word, role = _HOLDS[verdict.holds]
        yield Paragraph((Span(word, role), *_verdict_text(verdict)))
    if standing.reply is not None:
        yield Paragraph((Span("you said: ", "muted"), *_reply_text(standing.reply)))
