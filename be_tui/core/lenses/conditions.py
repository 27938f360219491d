"""The conditions of risk rules: `choice1 && (choice2 || !choice3)`, read into values.

    condition = parse("a && !b")
    holds(condition, {"a": True})        None: what `b` is, is not known
    smallest((condition,), ("a", "b"))   the smallest set of choices under which it holds

Nothing of it is ever run as code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEEPEST = 50
"""Brackets and negations within each other."""

LONGEST = 10_000
"""Characters of one condition."""

_TOKEN = re.compile(r"\s*(?:(&&|\|\||[!()])|([A-Za-z0-9_][A-Za-z0-9_-]*)|(\S))")


@dataclass(frozen=True, slots=True)
class Ticked:
    """A choice is ticked."""

    choice: str


@dataclass(frozen=True, slots=True)
class Negated:
    """Something does not hold."""

    part: Expression


@dataclass(frozen=True, slots=True)
class Both:
    """All parts hold."""

    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One part at least holds."""

    parts: tuple[Expression, ...]


Expression = Ticked | Negated | Both | Either


def parse(text: str) -> Expression:
    """Read a condition; `!` binds closest, then `&&`, then `||`.

    Raises:
        InputError: It cannot be read; the line says what was expected where.
    """
    if len(text) > LONGEST:
        raise InputError(f"a condition of {len(text):,} characters; at most {LONGEST:,} are read")
    reader = _Reader(text)
    found = reader.either(0)
    if reader.sign:
        raise reader.wrong("`&&` or `||`")
    return found


class _Reader:
    """Goes over the signs of a condition, one after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self.sign = ""
        self._start = 0
        self.next()

    def next(self) -> None:
        """Go to the next sign; empty at the end."""
        found = _TOKEN.match(self._text, self._at)
        if found is None:
            self.sign, self._start = "", len(self._text)
            return
        self._start, self._at = found.start(found.lastindex or 0), found.end()
        self.sign = found[0].strip()
        if found[3]:
            raise self.wrong("a choice, `!`, `&&`, `||` or a bracket")

    def wrong(self, expected: str) -> InputError:
        """Say what was expected here."""
        found = f"`{self.sign}`" if self.sign else "the end"
        return InputError(f"expected {expected} at character {self._start + 1}, found {found}")

    def either(self, depth: int) -> Expression:
        parts = [self.both(depth)]
        while self.sign == "||":
            self.next()
            parts.append(self.both(depth))
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def both(self, depth: int) -> Expression:
        parts = [self.one(depth)]
        while self.sign == "&&":
            self.next()
            parts.append(self.one(depth))
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def one(self, depth: int) -> Expression:
        if depth > DEEPEST:
            raise InputError(f"more than {DEEPEST} brackets within each other")
        if self.sign == "!":
            self.next()
            return Negated(self.one(depth + 1))
        if self.sign == "(":
            self.next()
            inner = self.either(depth + 1)
            if self.sign != ")":
                raise self.wrong("`)`")
            self.next()
            return inner
        if not self.sign or self.sign in {"&&", "||", ")"}:
            raise self.wrong("a choice")
        name = self.sign
        self.next()
        return Ticked(name)


def choices_in(expression: Expression) -> tuple[str, ...]:
    """Give the choices that a condition names, each once, in the order of the first time."""
    match expression:
        case Ticked(choice):
            return (choice,)
        case Negated(part):
            return choices_in(part)
        case Both(parts) | Either(parts):
            return tuple(dict.fromkeys(each for part in parts for each in choices_in(part)))


def holds(expression: Expression, known: Mapping[str, bool]) -> bool | None:
    """Tell whether a condition holds; None while that hangs on what is not known."""
    match expression:
        case Ticked(choice):
            return known.get(choice)
        case Negated(part):
            inner = holds(part, known)
            return None if inner is None else not inner
        case Both(parts):
            return _all([holds(part, known) for part in parts])
        case Either(parts):
            found = _all([_not(holds(part, known)) for part in parts])
            return _not(found)


def _all(parts: Sequence[bool | None]) -> bool | None:
    if False in parts:
        return False
    return None if None in parts else True


def _not(part: bool | None) -> bool | None:  # noqa: FBT001 (a truth value is what it takes)
    return None if part is None else not part


def smallest(expressions: Sequence[Expression], names: Sequence[str]) -> frozenset[str] | None:
    """Give the smallest set of choices under which all conditions hold; None where there is none.

    Among sets of the same size, the one whose choices come first.
    """
    every = Both(tuple(expressions))
    named = set(choices_in(every))
    order = [name for name in names if name in named]
    for size in range(len(order) + 1):
        found = _search(every, order, size, {})
        if found is not None:
            return found
    return None


def _search(
    every: Both, order: Sequence[str], left: int, known: dict[str, bool]
) -> frozenset[str] | None:
    """Look for exactly so many more choices, leaving what cannot hold any more at once."""
    truth = holds(every, known)
    if truth is False:
        return None
    if len(known) == len(order):
        return frozenset(name for name, ticked in known.items() if ticked) if not left else None
    if left > len(order) - len(known):
        return None
    name = order[len(known)]
    for ticked in (True, False) if left else (False,):
        found = _search(every, order, left - ticked, {**known, name: ticked})
        if found is not None:
            return found
    return None
