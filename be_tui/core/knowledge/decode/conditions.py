"""Conditions from YAML; the form stands in `be_tui.core.knowledge.conditions`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.knowledge.conditions import (
    COMPARISONS,
    All,
    AnyOf,
    Compares,
    Condition,
    Is,
    Not,
    is_measure,
)
from be_tui.core.yamlform import (
    Listing,
    Mapping,
    Scalar,
    as_number,
    as_truth,
    described,
    nearest,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.evidence import Value
    from be_tui.core.yamlform import Cursor, Node

    Take = Callable[[Scalar, Scalar | None], None]
    """Called for each name that a condition reads, with the answer that it is held against."""

NOTHING = All(())
"""What a faulty condition reads as; its file is not used."""

COMBINING = ("any", "all", "not")
"""The words of conditions, which no question may have as its id."""


def read_condition(at: Cursor, key: str, take: Take) -> Condition:
    """Give the condition under a key, which must be there."""
    node = at.need(key)
    return NOTHING if node is None else _Reader(at, key, take).condition(node)


class _Reader(NamedTuple):
    at: Cursor
    key: str
    take: Take

    def condition(self, node: Node) -> Condition:
        if not isinstance(node, Mapping) or not node.pairs:
            return self._wrong("names with what they are held against", node)
        parts = tuple(self._part(name, value) for name, value in node.pairs)
        return parts[0] if len(parts) == 1 else All(parts)

    def _part(self, name: Scalar, value: Node) -> Condition:
        if name.text == "not":
            return Not(self.condition(value))
        if name.text in COMBINING:
            parts = self._parts(value)
            return AnyOf(parts) if name.text == "any" else All(parts)
        return self._measure(name, value) if is_measure(name.text) else self._answer(name, value)

    def _parts(self, node: Node) -> tuple[Condition, ...]:
        if not isinstance(node, Listing) or not node.items:
            return (self._wrong("a list of conditions", node),)
        return tuple(self.condition(item) for item in node.items)

    def _answer(self, name: Scalar, node: Node) -> Condition:
        if isinstance(node, Mapping):
            return self._wrong(f"an answer to `{name.text}`, for only measures compare", node)
        scalars = self._scalars(node)
        for scalar in scalars:
            self.take(name, scalar)
        return Is(name.text, tuple(scalar.text for scalar in scalars))

    def _measure(self, name: Scalar, node: Node) -> Condition:
        self.take(name, None)
        if not isinstance(node, Mapping):
            return Is(name.text, tuple(_value(scalar) for scalar in self._scalars(node)))
        parts = [
            part
            for how, number in node.pairs
            if (part := self._comparison(name.text, how, number)) is not None
        ]
        if not node.pairs:
            return self._wrong(f"one of {', '.join(COMPARISONS)}", node)
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _comparison(self, name: str, how: Scalar, node: Node) -> Compares | None:
        comparison = next((each for each in COMPARISONS if each == how.text), None)
        number = as_number(node)
        if comparison is None:
            near = nearest(how.text, COMPARISONS)
            hint = f"did you mean `{near}`?" if near else f"expected {', '.join(COMPARISONS)}"
            self._fault("unknown-key", f"unknown comparison `{how.text}`; {hint}", how, near)
        if number is None:
            self._wrong("a number", node)
        if comparison is None or number is None:
            return None
        return Compares(name, comparison, number)

    def _scalars(self, node: Node) -> tuple[Scalar, ...]:
        nodes = node.items if isinstance(node, Listing) else (node,)
        found: list[Scalar] = []
        for each in nodes:
            if isinstance(each, Scalar) and each.text.strip():
                found.append(each)
            else:
                self._wrong("a value or a list of values", each)
        if not nodes:
            self._wrong("at least one value", node)
        return tuple(found)

    def _wrong(self, expected: str, node: Node) -> Condition:
        self._fault("wrong-type", f"expected {expected}, found {described(node)}", node)
        return NOTHING

    def _fault(self, rule: str, message: str, node: Node, instead: str = "") -> None:
        self.at.fault(rule, f"{self.key}: {message}", node, instead)


def _value(scalar: Scalar) -> Value:
    """Read a value as YAML 1.2 does: `yes` and `no` are words."""
    truth = as_truth(scalar)
    if truth is not None:
        return truth
    number = as_number(scalar)
    return scalar.text if number is None else number
