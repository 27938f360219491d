"""A part of an expression, and what two of them become beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from be_tui.core.schema.pg.literals import as_value
from be_tui.core.schema.pg.types import base_name

if TYPE_CHECKING:
    from be_tui.core.schema.model import DataType

OR, AND, NOT, IS, COMPARED, LIKE, OTHER, SUM, PRODUCT, POWER, AT, COLLATE, SIGN, PART, CAST = range(
    1, 16
)
"""How closely each kind of operator binds, from the loosest up."""

ATOM = 20

TEXTS = frozenset({"text", "varchar", "bpchar", "name", "citext"})
RANKS = {
    name: rank
    for rank, name in enumerate(
        ("smallint", "int", "bigint", "numeric", "real", "double precision")
    )
}
"""Numbers, each turned into the next where both stand together."""

_COMPARING = frozenset({"=", "<", ">", "<=", ">=", "<>"})
_LIKES = {"~~": "LIKE", "!~~": "NOT LIKE", "~~*": "ILIKE", "!~~*": "NOT ILIKE"}


class Expr(NamedTuple):
    """A part of an expression."""

    text: str
    binds: int = ATOM
    type: str = ""
    """The type's name; empty where it is not known."""

    bare: str = ""
    """The text without the cast that stands around it."""

    was: str = ""
    """The type inside that cast; `literal` for a literal."""

    bare_binds: int = ATOM

    def at(self, binds: int) -> str:
        """Give the text where something that binds so stands around it."""
        return self.text if self.binds >= binds else f"({self.text})"

    def uncast(self) -> Expr:
        """Give it without its cast."""
        return Expr(self.bare, self.bare_binds, self.type) if self.bare else self


def agreed(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Give both sides of an operator without the casts that the other side implies."""
    left, right = _kept(left, right.type), _kept(right, left.type)
    if right.was == "literal" and _same(left.type, right.type):
        return left, right.uncast()
    if left.was == "literal" and _same(left.type, right.type):
        return left.uncast(), right
    if _implied(left, right.type):
        return left.uncast(), right
    if _implied(right, left.type):
        return left, right.uncast()
    return left, right


def _kept(part: Expr, other: str) -> Expr:
    """Give a literal as the server keeps one of the type beside it."""
    if part.text[:1] != "'" or part.type or not other:
        return part
    text = as_value(part.text, other)
    return part if text == part.text else Expr(text, ATOM, other)


def _same(one: str, other: str) -> bool:
    return bool(one) and one == other


def _implied(cast: Expr, other: str) -> bool:
    """Tell whether the server adds a cast by itself: a number to the greater kind beside it."""
    if cast.type != other or not cast.bare:
        return False
    rank = RANKS.get(cast.was)
    return rank is not None and rank < RANKS.get(other, -1)


def array_agreed(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Give a value and an array without the cast that the value implies."""
    if right.was == "literal" and left.type and right.type == f"{left.type}[]":
        return left, right.uncast()
    return left, right


def cast_array(inner: Expr, kind: DataType, text: str) -> Expr:
    """Give an array that is cast: what its elements are is said once."""
    name = base_name(kind)
    element = name[:-2]
    if inner.text == "ARRAY[]":
        return Expr(text, CAST, name)
    if element in TEXTS and not kind.arguments[0].endswith(")"):
        if inner.type[:-2] in TEXTS or "::" not in inner.text:
            return Expr(inner.text, inner.binds, name)
        return Expr(text, CAST, name)
    if inner.type == name:
        return inner
    return Expr(text, CAST, name, inner.text, "literal", inner.binds)


def pair(left: Expr, name: str, right: Expr) -> tuple[Expr, str, Expr]:
    """Give what `binary` takes, without the casts that either side implies."""
    one, other = agreed(left, right)
    return one, name, other


def binary(left: Expr, name: str, right: Expr) -> Expr:
    """Write an operator between two operands."""
    if name in _COMPARING:
        text = f"{left.at(COMPARED + 1)} {name} {right.at(COMPARED + 1)}"
        return Expr(text, COMPARED, "boolean")
    like = _LIKES.get(name)
    if like:
        return Expr(f"{left.at(LIKE + 1)} {like} {right.at(LIKE + 1)}", LIKE, "boolean")
    binds = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "%": PRODUCT, "^": POWER}.get(
        name, OTHER
    )
    kind = left.type if left.type == right.type else ""
    if binds == OTHER:
        kind = "text" if name in {"||", "->>", "#>>"} else ""
        if name in {"->", "#>"}:
            kind = left.type
        elif name in {"@>", "<@", "?", "?|", "?&", "&&", "~", "!~", "~*", "!~*", "@@"}:
            kind = "boolean"
    return Expr(f"{left.at(binds)} {name} {right.at(binds + 1)}", binds, kind)


def joined(binds: int, parts: list[Expr]) -> Expr:
    """Write conditions with AND or OR between."""
    word = " AND " if binds == AND else " OR "
    # A chain of one word is written without brackets, however it was nested.
    return Expr(word.join(each.at(binds) for each in parts), binds, "boolean")
