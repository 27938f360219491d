"""Indexes that serve several queries: keys made longer, equal parts in an order that is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.indexes.candidates import WIDEST, sketch_of
from be_tui.core.indexes.model import Candidate
from be_tui.core.indexes.subjects import table_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.schema import IndexPart

MOST = 200
"""Combinations that are weighed; beyond, the first pairs are."""

_PAYLOAD = 4


def combined(pool: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Give the indexes that would do what two of a pool do, those of the pool left away."""
    pool = tuple(pool)
    there = {each.sketch for each in pool}
    found: dict[object, Candidate] = {}
    for first in pool:
        for second in pool:
            if first is second or table_key(first.sketch.table) != table_key(second.sketch.table):
                continue
            for each in pairs(first, second):
                if each.sketch not in there:
                    found.setdefault(each.sketch, each)
    return tuple(found.values())[:MOST]


def pairs(first: Candidate, second: Candidate) -> Iterator[Candidate]:
    """Give indexes that would do what both do."""
    one, other = first.sketch.index, second.sketch.index
    if one.method != "btree" or other.method != "btree" or one.where != other.where:
        return
    yield from _reordered(first, second)
    if one.parts == other.parts:
        payload = tuple(dict.fromkeys((*one.include, *other.include)))
        if payload and len(payload) <= _PAYLOAD:
            sketch = sketch_of(first.sketch.table, one.parts, include=payload, where=one.where)
            yield Candidate(sketch, "covering", min(first.free, second.free))
    elif other.parts == one.parts[: len(other.parts)] and other.include:
        held = {part.column for part in one.parts}
        more = (*one.include, *(each for each in other.include if each not in held))
        payload = tuple(dict.fromkeys(more))
        if len(payload) <= _PAYLOAD:
            sketch = sketch_of(first.sketch.table, one.parts, include=payload, where=one.where)
            yield Candidate(sketch, first.rule, first.free)


def _reordered(first: Candidate, second: Candidate) -> Iterator[Candidate]:
    """Give the first, its equal parts so ordered that the second is its beginning."""
    one, other = first.sketch.index, second.sketch.index
    lead: tuple[IndexPart, ...] = other.parts
    free = one.parts[: first.free]
    if len(lead) > len(free) or not set(lead) <= set(free):
        return
    parts = (*lead, *(each for each in one.parts if each not in lead))
    if parts != one.parts and len(parts) <= max(WIDEST, len(one.parts)):
        sketch = sketch_of(first.sketch.table, parts, include=one.include, where=one.where)
        yield Candidate(sketch, first.rule, len(lead))
