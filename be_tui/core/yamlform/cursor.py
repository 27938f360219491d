"""A mapping asked key by key: what is missing, wrong or never asked for becomes a fault."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from be_tui.core.yamlform.nodes import (
    Listing,
    Mapping,
    Scalar,
    as_number,
    as_truth,
    described,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from be_tui.core.yamlform.faults import Faults
    from be_tui.core.yamlform.nodes import Node

T = TypeVar("T")


class Cursor:
    """A mapping of the file, asked key by key; what nobody asked for is an unknown key."""

    def __init__(
        self, node: Node | None, faults: Faults, trail: str = "", key: Scalar | None = None
    ) -> None:
        """Stand on a node; on None or on something else than a mapping nothing is found."""
        self.node = node
        self.faults = faults
        self.trail = trail
        """The keys that lead here: `questions.problem.options.none`."""

        self.key = key
        """The key or id that the node stands under; None in a list and at the top."""

        self._asked: list[str] = []
        self._missing: list[str] = []

    @property
    def name(self) -> str:
        """Give the key or id that the node stands under."""
        return self.key.text if self.key else ""

    @property
    def line(self) -> int:
        """Give the line of the key that the node stands under, or of the node itself."""
        place = self.key or self.node
        return place.span.line if place else 0

    def fault(self, rule: str, message: str, node: Node | None = None, instead: str = "") -> None:
        """Report something about this node, or about one below it."""
        place = node or self.node
        span = place.span if place else None
        self.faults.form(rule, self.said(message), span, instead=instead)

    def said(self, message: str) -> str:
        """Put the trail before a message."""
        return f"{self.trail}: {message}" if self.trail else message

    def has(self, key: str) -> bool:
        """Tell whether the key is there, without asking for it."""
        return key in self.keys

    @property
    def keys(self) -> tuple[str, ...]:
        """Give the keys that are there, in their order."""
        if not isinstance(self.node, Mapping):
            return ()
        return tuple(name.text for name, _ in self.node.pairs)

    def find(self, key: str) -> Node | None:
        """Ask for the node under a key."""
        self._asked.append(key)
        return self.node.find(key) if isinstance(self.node, Mapping) else None

    def need(self, key: str) -> Node | None:
        """Ask for the node under a key that must be there."""
        node = self.find(key)
        if node is None and key not in self._missing:
            self._missing.append(key)
        return node

    def text(self, key: str, default: str | None = None) -> str:
        """Give the text under a key.

        Without a default the key must be there, with a text that is not empty.
        """
        node = self.need(key) if default is None else self.find(key)
        if node is None:
            return default or ""
        if isinstance(node, Scalar):
            if default is None and not node.text.strip():
                self._wrong(key, "text", node)
            return node.text.strip()
        self._wrong(key, "text", node)
        return ""

    def number(self, key: str, default: float | None = None) -> float:
        """Give the number under a key."""
        node = self.need(key) if default is None else self.find(key)
        if node is None:
            return default or 0.0
        number = as_number(node)
        if number is None:
            self._wrong(key, "a number", node)
        return number or 0.0

    def integer(self, key: str, default: int | None = None) -> int:
        """Give the whole number under a key."""
        number = self.number(key, default)
        node = self.find(key)
        if node is not None and number != int(number):
            self._wrong(key, "a whole number", node)
        return int(number)

    def flag(self, key: str, *, default: bool = False) -> bool:
        """Give the truth under a key: `true` or `false`, as YAML 1.2 writes it."""
        node = self.find(key)
        if node is None:
            return default
        truth = as_truth(node)
        if truth is None:
            self._wrong(key, "true or false", node)
        return bool(truth)

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Give the text under a key, which is one of a few."""
        node = self.need(key) if default is None else self.find(key)
        if node is None:
            return default or ""
        text = node.text if isinstance(node, Scalar) else ""
        if text not in allowed:
            near = self.faults.meant(text, allowed)
            expected = f"one of {', '.join(allowed)}"
            self._wrong(key, expected, node, near)
            return default or allowed[0]
        return text

    def texts(self, key: str, *, least: int = 0) -> tuple[str, ...]:
        """Give the list of texts under a key."""
        return tuple(text for text, _ in self.placed_texts(key, least=least))

    def placed_texts(self, key: str, *, least: int = 0) -> tuple[tuple[str, Scalar], ...]:
        """Give the list of texts under a key, each with its node."""
        found: list[tuple[str, Scalar]] = []
        for number, node in enumerate(self._listed(key, least)):
            if isinstance(node, Scalar) and node.text.strip():
                found.append((node.text.strip(), node))
            else:
                self._wrong(f"{key}[{number}]", "text", node)
        return tuple(found)

    def one(self, key: str, decode: Callable[[Cursor], T]) -> T:
        """Decode the mapping under a key, which must be there."""
        return self._decoded(self.need(key), decode, key)

    def each(self, key: str, decode: Callable[[Cursor], T], *, least: int = 0) -> tuple[T, ...]:
        """Decode the mappings that stand under a key by their ids, in their order."""
        node = self.need(key) if least else self.find(key)
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self._wrong(key, "ids with their values", node)
            return ()
        self._count(key, node, len(node.pairs), least)
        return tuple(
            self._decoded(value, decode, f"{key}.{name.text}", name) for name, value in node.pairs
        )

    def items(self, key: str, decode: Callable[[Cursor], T], *, least: int = 0) -> tuple[T, ...]:
        """Decode the mappings in the list under a key."""
        return tuple(
            self._decoded(node, decode, f"{key}[{number}]")
            for number, node in enumerate(self._listed(key, least))
        )

    def close(self) -> None:
        """Report the keys that are missing and those that nobody asked for."""
        if not isinstance(self.node, Mapping):
            return
        unknown = [name for name, _ in self.node.pairs if name.text not in self._asked]
        absent = [key for key in dict.fromkeys(self._asked) if not self.has(key)] if unknown else []
        for name in unknown:
            self._report_unknown(name, absent)
        for key in self._missing:
            self.fault("missing-key", f"`{key}` is missing", self.key)

    def _report_unknown(self, name: Scalar, absent: Sequence[str]) -> None:
        # A misspelt key that is needed is one fault, not an unknown key and a missing one.
        near = self.faults.meant(name.text, self._missing) or self.faults.meant(name.text, absent)
        if near in self._missing:
            self._missing.remove(near)
        known = f"expected one of {', '.join(dict.fromkeys(self._asked))}"
        hint = f"did you mean `{near}`?" if near else known
        self.fault("unknown-key", f"unknown key `{name.text}`; {hint}", name, near)

    def _decoded(
        self,
        node: Node | None,
        decode: Callable[[Cursor], T],
        trail: str,
        key: Scalar | None = None,
    ) -> T:
        if node is not None and not isinstance(node, Mapping):
            self._wrong(trail, "keys with their values", node)
            node = None
        below = Cursor(node, self.faults, self._below(trail), key)
        value = decode(below)
        below.close()
        return value

    def _listed(self, key: str, least: int) -> tuple[Node, ...]:
        node = self.need(key) if least else self.find(key)
        if node is None:
            return ()
        if not isinstance(node, Listing):
            self._wrong(key, "a list", node)
            return ()
        self._count(key, node, len(node.items), least)
        return node.items

    def _count(self, key: str, node: Node, found: int, least: int) -> None:
        if found < least:
            message = f"{self._below(key)}: expected at least {least}, found {found or 'none'}"
            self.faults.form("wrong-type", message, node.span)

    def _wrong(self, key: str, expected: str, node: Node, near: str = "") -> None:
        hint = f"; did you mean `{near}`?" if near else ""
        message = f"{self._below(key)}: expected {expected}, found {described(node)}{hint}"
        self.faults.form("wrong-type", message, node.span, instead=near)

    def _below(self, key: str) -> str:
        return f"{self.trail}.{key}" if self.trail else key
