"""A review written down: Markdown to keep with the project, JSON for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.reviews.judging import places_of, verdict_words
from be_tui.core.reviews.model import REPLIES, STATES
from be_tui.core.reviews.pages import counts_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.items import Cover
    from be_tui.core.reviews.model import Review, Standing, Verdict

_HOLDS = {True: "holds", False: "does not hold", None: "cannot be told"}
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|"})


def review_markdown(
    cover: Cover, review: Review, standings: Sequence[Standing], project: str, today: date
) -> str:
    """Write a review as Markdown: what is missing first, each item with its reason and proof.

    Args:
        cover: The reference.
        review: What was said.
        standings: How each item stands.
        project: The project's name.
        today: The day to put on it.
    """
    lines = [f"# {_text(cover.title)}: {_text(project)}", ""]
    lines.append(f"Level {review.level.upper()}, {today}: {counts_words(standings)}.")
    for state, title in STATES.items():
        own = [each for each in standings if each.state == state]
        if own:
            lines += ["", f"## {title} ({len(own)})", ""]
            lines += [line for each in own for line in _item_lines(cover.id, each)]
    return "\n".join(lines) + "\n"


def _item_lines(reference: str, standing: Standing) -> Iterator[str]:
    item = standing.item
    tick = "x" if standing.state in {"holds", "na"} else " "
    address = f"`{reference}#{item.id}`"
    yield f"- [{tick}] **{item.level.upper()}** {_text(item.statement)} ({address})"
    for verdict in standing.verdicts:
        yield f"  - measured: {_verdict_line(verdict)}"
    if standing.reply is not None:
        reply = standing.reply
        note = f": {_text(reply.note)}" if reply.note else ""
        day = f" ({reply.said})" if reply.said else ""
        yield f"  - said: {REPLIES[reply.answer]}{note}{day}"
    if standing.state == "missing":
        yield f"  - why: {' '.join(item.why.split())}"


def _verdict_line(verdict: Verdict) -> str:
    places, more = places_of(verdict) if not verdict.holds else ((), 0)
    where = ", ".join(f"`{place}`" for place in places) + (f" and {more} more" if more else "")
    said = f"{_HOLDS[verdict.holds]}: {_text(verdict_words(verdict))}"
    return f"{said}; {where}" if where else said


def _text(text: str) -> str:
    """Give a text as Markdown that says the same."""
    return " ".join(text.split()).translate(_ESCAPED)


def review_json(cover: Cover, review: Review, standings: Sequence[Standing]) -> dict[str, Json]:
    """Give a review for other programs: the same, in the same order."""
    ordered = [each for state in STATES for each in standings if each.state == state]
    counts: dict[str, Json] = {
        state: sum(each.state == state for each in standings) for state in STATES
    }
    return {
        "reference": cover.id,
        "level": review.level,
        "counts": counts,
        "items": [_standing_json(cover.id, each) for each in ordered],
    }


def _standing_json(reference: str, standing: Standing) -> Json:
    item, reply = standing.item, standing.reply
    said: Json = None
    if reply is not None:
        said = {"answer": reply.answer, "note": reply.note, "said": reply.said}
    return {
        "address": f"{reference}#{item.id}",
        "level": item.level,
        "statement": item.statement,
        "chapter": standing.chapter,
        "state": standing.state,
        "disputed": standing.disputed,
        "measured": [_verdict_json(verdict) for verdict in standing.verdicts],
        "said": said,
    }


def _verdict_json(verdict: Verdict) -> Json:
    facts = verdict.evidence.facts
    return {
        "probe": verdict.way.probe,
        "holds": verdict.holds,
        "found": verdict_words(verdict),
        "places": list(dict.fromkeys(fact.place for fact in facts if fact.place)),
    }
