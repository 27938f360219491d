"""The order in which objects can be made: each after those that its text names.

Names are looked for as words. That sees too much at times, never too little; what goes in a circle
for it keeps the order of its kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from be_tui.core.schema import Composite, Domain, Enumeration, Other, Routine, Sequence, Table, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.schema import Schema

Item = Enumeration | Domain | Composite | Sequence | Routine | Table | View | Other

_WORD = re.compile(r"\w+")
_ATOMIC = re.compile(r"\bBEGIN\s+ATOMIC\b", re.I)
_EARLY_OTHERS = ("type", "collation")


@dataclass(frozen=True, slots=True)
class _Node:
    item: Item
    rank: int
    name: str
    words: frozenset[str]
    """What it names, in small letters."""


def in_order(schema: Schema, *, every_other: bool = False) -> tuple[Item, ...]:
    """Give what types, sequences, routines, tables and views there are, as they can be made.

    Args:
        schema: What they are of.
        every_other: Whether what is known by its DDL alone is given too, not its types only.
    """
    nodes = [_node(each, rank) for rank, each in _items(schema, every_other=every_other)]
    before = _before(nodes)
    waiting = [len(each) for each in before]
    after: list[list[int]] = [[] for _ in nodes]
    for at, needed in enumerate(before):
        for each in needed:
            after[each].append(at)
    ready = [(nodes[at].rank, at) for at, count in enumerate(waiting) if not count]
    heapify(ready)
    left = set(range(len(nodes)))
    made: list[Item] = []
    while left:
        if not ready:
            # A circle: the first of its kind goes on.
            ready.append(min((nodes[at].rank, at) for at in left))
        _, at = heappop(ready)
        if at not in left:
            continue
        left.remove(at)
        made.append(nodes[at].item)
        for each in after[at]:
            waiting[each] -= 1
            if waiting[each] == 0:
                heappush(ready, (nodes[each].rank, each))
    return tuple(made)


def _items(schema: Schema, *, every_other: bool) -> Iterable[tuple[int, Item]]:
    kinds: tuple[tuple[Item, ...], ...] = (
        tuple(each for each in schema.others if _early(each)),
        schema.enumerations,
        schema.composites,
        schema.domains,
        schema.sequences,
        schema.routines,
        schema.tables,
        schema.views,
        tuple(each for each in schema.others if every_other and not _early(each)),
    )
    return [(rank, each) for rank, items in enumerate(kinds) for each in items]


def _early(other: Other) -> bool:
    return other.kind.endswith(_EARLY_OTHERS)


def _node(item: Item, rank: int) -> _Node:
    name = item.name.folded if isinstance(item, (Table, View)) else item.name.casefold()
    return _Node(item, rank, name, frozenset(_named(item)))


def _named(item: Item) -> set[str]:
    """Give the words of an item that may be names of others."""
    texts: list[str] = []
    match item:
        case Enumeration() | Sequence():
            pass
        case Table():
            return _of_table(item)
        case Domain():
            texts = [str(item.type), item.default, *(each.expression for each in item.checks)]
        case Composite():
            texts = [str(each.type) for each in item.fields]
        case Routine():
            # The body of a function in PL/pgSQL is looked at when it first runs.
            checked = item.language.lower() == "sql" or bool(_ATOMIC.search(item.definition))
            texts = [item.definition if checked else f"{item.arguments} {item.returns}"]
        case View():
            texts = [item.query]
        case Other():
            texts = [item.definition]
    return _words(texts)


def _of_table(table: Table) -> set[str]:
    texts = [table.parent.rpartition(".")[2], *table.inherits]
    for column in table.columns:
        texts += [column.type.name, column.default, column.generated]
        if column.type.family == "array":
            texts += column.type.arguments
    texts += [each.expression for each in table.checks]
    texts += [part.expression for index in table.indexes for part in index.parts if not part.column]
    texts += [index.where for index in table.indexes]
    texts += [each.definition for each in table.exclusions]
    return _words(texts)


def _words(texts: Iterable[str]) -> set[str]:
    return {each.lower() for text in texts if text for each in _WORD.findall(text)}


def _before(nodes: list[_Node]) -> list[set[int]]:
    """Give, for each node, those that it names."""
    known: dict[str, list[int]] = {}
    for at, node in enumerate(nodes):
        known.setdefault(node.name, []).append(at)
    found: list[set[int]] = []
    for at, node in enumerate(nodes):
        named = {each for word in node.words if word in known for each in known[word]}
        named.discard(at)
        if isinstance(node.item, Table):
            named = {each for each in named if _needed(node.item, nodes[each].item)}
        found.append(named)
    return found


def _needed(table: Table, other: Item) -> bool:
    """Tell whether a table stands on what it names; a column may be called as another table."""
    if isinstance(other, Table):
        folded = other.name.folded
        parents = (table.parent, *table.inherits)
        return any(each.rpartition(".")[2].casefold() == folded for each in parents)
    return not isinstance(other, View)
