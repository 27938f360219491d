"""The values that a query is judged over: as written, common, rare, absent, NULL, and those seen.

A literal in the text is replaced where it stands; a parameter that no column tells anything of
gets a plain value, for LIMIT that of a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.indexes.model import Variant
from be_tui.core.workloads import parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from be_tui.core.indexes.known import Known
    from be_tui.core.queries import Condition, Query
    from be_tui.core.schema import Column, Table
    from be_tui.core.workloads import Work

    Span = tuple[int, int]

_PAGE = "20"
_BOUND = re.compile(r"\b(LIMIT|OFFSET|FETCH\s+(?:FIRST|NEXT))(?:\s+\S+\s*,)?\s+\Z", re.I)
"""What stands before the parameter of a page."""

_SEEN = 3
"""Of the values that were seen, how many are judged besides."""

_COMPARED = frozenset({"=", "<", "<=", ">", ">=", "between", "in", "<>", "like"})
_LEAST_BOUNDS = 3
_NUMBERS = frozenset({"integer", "decimal", "float"})
_ABSENT_TEXT = "~no such value~"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of the text where a value of a column stands."""

    span: Span
    column: Column
    table: Table
    operator: str
    place: int
    """Among the values of its condition: 1 for the upper end of BETWEEN."""

    given: bool
    """Whether it is a parameter, of which the text tells no value."""


def variants(query: Query, work: Work, known: Known) -> tuple[Variant, ...]:
    """Give a query with the values it is judged over, each text once, as it is run first."""
    slots = tuple(_slots(query))
    usual = {slot.span: _usual(slot, known) for slot in slots if slot.given}
    first = _with(query, usual)
    found: dict[str, Variant] = {}
    keyed = [
        slot
        for slot in slots
        if slot.given or not known.is_state(slot.table, slot.column.name.folded)
    ]
    others: list[tuple[str, str]] = []
    for label in ("common", "rare", "absent", "NULL"):
        changed = {
            slot.span: value
            for slot in (keyed if label != "NULL" else slots)
            if (value := _value(slot, known, label)) is not None
        }
        if changed:
            others.append((label, _with(query, {**usual, **changed})))
    states = [slot for slot in slots if slot not in keyed]
    for label in ("common", "absent"):
        changed = {s.span: v for s in states if (v := _value(s, known, label)) is not None}
        if changed:
            others.append((f"{label} state", _with(query, {**usual, **changed})))
    seen = [sample.text for sample in work.samples if sample.text != work.text][:_SEEN]
    weighing = [text for label, text in others if label in {"common", "rare"}] + seen
    share = 0.5 if weighing else 1.0
    found[first] = Variant("as written" if not usual else "usual", first, share)
    for text in seen:
        found.setdefault(text, Variant("seen", text, (1 - share) / len(weighing)))
    for label, text in others:
        part = (1 - share) / len(weighing) if label in {"common", "rare"} else 0.0
        found.setdefault(text, Variant(label, text, part))
    whole = sum(each.share for each in found.values())
    return tuple(Variant(v.label, v.sql, v.share / whole) for v in found.values())


def _slots(query: Query) -> Iterator[_Slot]:
    """Give the places of values, in the text's order, each once."""
    text = query.parsed.statement.text
    places = parameters(text, query.target.engine)
    found: dict[Span, _Slot] = {}
    for scope in query.scopes:
        for condition in scope.conditions:
            for each in condition.walk():
                if each.operator != "or":
                    for slot in _of_condition(each, places):
                        found.setdefault(slot.span, slot)
    yield from sorted(found.values(), key=lambda each: each.span)


def _of_condition(condition: Condition, places: tuple[Span, ...]) -> Iterator[_Slot]:
    left = condition.left
    if left is None or left.kind != "column" or left.column is None:
        return
    column, table = left.column.column, left.column.table
    if column is None or table is None or condition.operator not in _COMPARED:
        return
    # A parameter has no place in the tree: those of a condition stand in its text, in their order.
    first, last = condition.span
    within = iter([span for span in places if first <= span[0] < last])
    for place, side in enumerate(condition.right):
        if side.kind == "parameter":
            span = next(within, None)
            if span is not None:
                yield _Slot(span, column, table, condition.operator, place, given=True)
        elif side.kind == "literal" and not side.wrappers and condition.operator != "like":
            yield _Slot(side.span, column, table, condition.operator, place, given=False)


def _with(query: Query, values: Mapping[Span, str]) -> str:
    """Give the query's text with values at their places, and none of its parameters left."""
    text = query.parsed.statement.text
    changes = dict(values)
    count = 0
    for start, end in parameters(text, query.target.engine):
        if (start, end) in changes:
            continue
        count += 1
        before = _BOUND.search(text, 0, start)
        if before:
            changes[start, end] = "0" if before[1].upper() == "OFFSET" else _PAGE
        elif query.target.engine != "postgresql":
            changes[start, end] = "1"
        elif not text[start:end].startswith("$"):
            changes[start, end] = f"${count}"
    for (start, end), value in sorted(changes.items(), reverse=True):
        text = text[:start] + value + text[end:]
    return text


def _usual(slot: _Slot, known: Known) -> str:
    """Give a value that rows in the middle have."""
    found = _value(slot, known, "rare") or _value(slot, known, "common")
    return found if found is not None else _plain(slot)


def _value(slot: _Slot, known: Known, label: str) -> str | None:
    """Give a value of a kind; None where nobody can tell one."""
    stats = known.column(slot.table, slot.column.name.folded)
    name = slot.column.name.folded
    if label == "NULL":
        return "NULL" if slot.column.nullable and slot.operator == "=" else None
    if stats is None or slot.operator == "like":
        return None
    commons, bounds = stats.common, stats.bounds
    ranged = slot.operator in {"<", "<=", ">", ">=", "between"}
    if ranged:
        return _bound(slot, bounds, label)
    if label == "common":
        return _written(slot, commons[0].value) if commons else None
    if label == "rare":
        if bounds:
            return _written(slot, bounds[len(bounds) // 2])
        return _written(slot, commons[-1].value) if commons else None
    unique = frozenset({name}) in slot.table.unique_sets
    return None if unique else _absent(slot, bounds)


def _bound(slot: _Slot, bounds: tuple[str, ...], label: str) -> str | None:
    """Give an end of a range: one that leaves much, one that leaves little."""
    if len(bounds) < _LEAST_BOUNDS:
        return None
    last = len(bounds) - 1
    upper = slot.operator in {"<", "<="} or (slot.operator == "between" and slot.place == 1)
    middle = last // 2
    if slot.operator == "between":
        spans = {"common": (0, last), "rare": (middle, middle + 1)}
        pair = spans.get(label)
        return _written(slot, bounds[pair[slot.place]]) if pair else None
    if label == "common":
        return _written(slot, bounds[last if upper else 0])
    if label == "rare":
        return _written(slot, bounds[1 if upper else last - 1])
    return None


def _absent(slot: _Slot, bounds: tuple[str, ...]) -> str | None:
    family = slot.column.type.family
    if family == "integer":
        known = [int(each) for each in bounds if each.lstrip("-").isdigit()]
        return str(min(max(known, default=0) + 1_000_003, 2_000_000_000))
    return f"'{_ABSENT_TEXT}'" if family == "text" else None


def _plain(slot: _Slot) -> str:
    """Give a value of a column of which nothing is known."""
    family = slot.column.type.family
    if family in _NUMBERS:
        return "1"
    if family == "boolean":
        return "TRUE"
    plain = {
        "timestamp": "'2024-01-01 00:00:00'",
        "date": "'2024-01-01'",
        "time": "'12:00:00'",
        "uuid": "'00000000-0000-4000-8000-000000000000'",
        "json": "'{}'",
        "array": "'{}'",
    }
    if family == "enum" and slot.column.type.arguments:
        return "'" + slot.column.type.arguments[0].strip("'\"") + "'"
    return plain.get(family, "'x'")


def _written(slot: _Slot, value: str) -> str:
    """Give a value as SQL has it."""
    if slot.column.type.family in _NUMBERS and _is_number(value):
        return value
    return "'" + value.replace("'", "''") + "'"


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return value.lower() not in {"nan", "infinity", "-infinity", "inf", "-inf"}
