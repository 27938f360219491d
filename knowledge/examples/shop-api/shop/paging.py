"""Pages by key: the next one begins after the last id seen."""

from typing import Annotated, Generic, TypeVar

from fastapi import Query
from pydantic import BaseModel

Item = TypeVar("Item")
Limit = Annotated[int, Query(ge=1, le=100)]
After = Annotated[int, Query(ge=0, description="the last id of the page before")]


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next_after: int | None = None


def page_of(items: list[Item], ids: list[int], limit: int) -> Page[Item]:
    """Make a page of what was asked for with one more than the limit."""
    more = len(items) > limit
    return Page(items=items[:limit], next_after=ids[limit - 1] if more else None)
