"""YAML's three kinds of node, each with its place in the file."""

from __future__ import annotations

import math
from typing import NamedTuple

_SHOWN = 40
"""How much of a text is quoted in a message."""


class Span(NamedTuple):
    """From where to where a node stands; lines and columns from 1, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Scalar(NamedTuple):
    """Text, as written."""

    text: str
    plain: bool
    """True where it was written without quotes or `|`."""

    span: Span


class Listing(NamedTuple):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


class Mapping(NamedTuple):
    """Keys and their values, in the order of the file."""

    pairs: tuple[tuple[Scalar, Node], ...]
    span: Span

    def find(self, key: str) -> Node | None:
        """Give the value under a key."""
        return next((value for name, value in self.pairs if name.text == key), None)


Node = Scalar | Listing | Mapping


def as_number(node: Node) -> float | None:
    """Give a scalar's number; None where it is none, or is written in quotes."""
    if not isinstance(node, Scalar) or not node.plain:
        return None
    digits = node.text.strip()
    if not digits or digits[-1] not in "0123456789." or digits[0] not in "+-.0123456789":
        return None
    try:
        number = float(digits)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def as_truth(node: Node) -> bool | None:
    """Give a scalar's truth: `true` or `false` without quotes, else None."""
    if not isinstance(node, Scalar) or not node.plain:
        return None
    return {"true": True, "false": False}.get(node.text)


def described(node: Node) -> str:
    """Say what a node is, to put after `found`."""
    match node:
        case Scalar(text, plain, _):
            if not text.strip():
                return "nothing"
            shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
            shown = " ".join(shown.split())
            return f"`{shown}`" if plain else f"the text `{shown}`"
        case Listing(items):
            return "a list" if items else "an empty list"
        case Mapping(pairs):
            return "keys with values" if pairs else "no keys at all"
