"""The values of a measure that a tree's routes can tell apart, one for each.

`{tests.functions: {below: 10}}` tells three: 9, 10 and 11 stand for all numbers; not being
known is always one more, and the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.knowledge import All, AnyOf, Compares, Is, Not, conditions_of, is_measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.evidence import Value
    from be_tui.core.knowledge import Condition, Tree

OTHER = "(another)"
"""A text that no condition names."""


def readings(*trees: Tree) -> dict[str, tuple[Value | None, ...]]:
    """Give the values to try for each measure that routes and rules of these trees read."""
    named: dict[str, list[Value]] = {}
    for tree in trees:
        for question in tree.questions:
            for when in conditions_of(question):
                for name, value in _compared(when):
                    named.setdefault(name, []).append(value)
    return {name: (None, *_apart(values)) for name, values in named.items()}


def _apart(values: list[Value]) -> Iterator[Value]:
    texts = {each.casefold(): each for each in values if isinstance(each, str)}
    flags = any(isinstance(each, bool) for each in values)
    points = sorted({float(each) for each in values if not isinstance(each, (str, bool))})
    for place, point in enumerate(points):
        yield (points[place - 1] + point) / 2 if place else point - 1
        yield point
    if points:
        yield points[-1] + 1
    if flags:
        yield from (False, True)
    yield from texts.values()
    if texts or flags:
        yield OTHER


def _compared(condition: Condition) -> Iterator[tuple[str, Value]]:
    match condition:
        case Is(name, values) if is_measure(name):
            yield from ((name, value) for value in values)
        case Compares(name, _, number) if is_measure(name):
            yield name, number
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _compared(part)
        case Not(part):
            yield from _compared(part)
