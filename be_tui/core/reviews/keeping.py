"""Reviews as they are kept between sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.knowledge.items import SCALES
from be_tui.core.reviews.model import REPLIES, Reply, Review, first_level

if TYPE_CHECKING:
    from be_tui.core.jsonform import Json
    from be_tui.core.knowledge.items import Cover, Level


def review_to_json(review: Review) -> Json:
    """Give what is kept of a review."""
    replies: list[Json] = [
        {"item": each.item, "answer": each.answer, "note": each.note, "said": each.said}
        for each in review.replies
    ]
    return {"level": review.level, "replies": replies}


def review_from_json(cover: Cover, value: Json) -> Review:
    """Take up what was kept; what has no form that is known is left out."""
    fields = value if isinstance(value, dict) else {}
    review = Review(cover.id, _level(cover, fields.get("level")))
    replies = fields.get("replies")
    for each in replies if isinstance(replies, list) else []:
        reply = _reply(each)
        if reply is not None:
            review = review.replied(reply)
    return review


def _level(cover: Cover, value: Json) -> Level:
    levels = SCALES[cover.scale]
    return next((level for level in levels if level == value), first_level(cover.scale))


def _reply(value: Json) -> Reply | None:
    if not isinstance(value, dict):
        return None
    answer = next((kind for kind in REPLIES if kind == value.get("answer")), None)
    item = value.get("item")
    if answer is None or not isinstance(item, str) or not item:
        return None
    return Reply(item, answer, str(value.get("note") or ""), str(value.get("said") or ""))
