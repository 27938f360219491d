"""The small typed language of trees: conditions over answers and measures, as data.

Because a condition is data, a tree can be drawn, checked and proved. A name with a dot
is a measure (`tests.functions`), one without is a question. In YAML:

    {bottleneck: database}                 the answer to `bottleneck` is `database`
    {bottleneck: [database, network]}      ... is one of these
    {hurts: reads}, {hurts: none}          `reads` is ticked; nothing is, where several may be
    {tests.functions: {below: 10}}         below, above, at_least, at_most
    {a: x, b: y}                           all of them
    {any: [{a: x}, {b: y}]}, {not: {a: x}}

What is not known stays not known: a condition holds, does not hold, or cannot be told,
and it can be told as soon as what is known settles it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from be_tui.core.evidence import Value

Comparison = Literal["below", "above", "at_least", "at_most"]
COMPARISONS: tuple[Comparison, ...] = ("below", "above", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Is:
    """The named answer or measure is one of these values."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Compares:
    """The named measure stands so to a number."""

    name: str
    comparison: Comparison
    number: float


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Is | Compares | All | AnyOf | Not


Held = bool | None
"""Whether something holds; None where it cannot be told."""


def holds(condition: Condition, value_of: Callable[[str], Value | None]) -> Held:
    """Tell whether a condition holds; None where what is known does not settle it.

    Args:
        condition: What is asked.
        value_of: Gives an answer's option id or a measure's value by name, None for not known.
    """
    match condition:
        case Is(name, values):
            value = value_of(name)
            if value is None:
                return None
            return any(_same(each, wanted) for each in _given(name, value) for wanted in values)
        case Compares(name, comparison, number):
            return _stands(value_of(name), comparison, number)
        case All(parts):
            return _every(holds(part, value_of) for part in parts)
        case AnyOf(parts):
            none_holds = _every(_negated(holds(part, value_of)) for part in parts)
            return _negated(none_holds)
        case Not(part):
            return _negated(holds(part, value_of))


def names(condition: Condition) -> tuple[str, ...]:
    """Give the questions and measures that a condition reads, each once, in their order."""
    match condition:
        case Is(name) | Compares(name):
            return (name,)
        case All(parts) | AnyOf(parts):
            return tuple(dict.fromkeys(name for part in parts for name in names(part)))
        case Not(part):
            return names(part)


def is_measure(name: str) -> bool:
    """Tell whether a name is a measure's, not a question's."""
    return "." in name


def words(condition: Condition) -> str:
    """Say a condition in a few words, to label an edge: `bottleneck is database or network`."""
    match condition:
        case Is(name, values):
            return f"{name} is {' or '.join(_value_words(value) for value in values)}"
        case Compares(name, comparison, number):
            return f"{name} {comparison.replace('_', ' ')} {number:g}"
        case All(parts):
            return " and ".join(_bracketed(part, AnyOf) for part in parts)
        case AnyOf(parts):
            return " or ".join(_bracketed(part, All) for part in parts)
        case Not(part):
            return f"not {_bracketed(part, All, AnyOf)}"


def _given(name: str, value: Value) -> tuple[Value, ...]:
    """Give what an answer ticks; all else is one value."""
    if isinstance(value, str) and "," in value and not is_measure(name):
        return tuple(value.split(","))
    return (value,)


def _same(value: Value, wanted: Value) -> bool:
    """Compare without taking `true` for 1, nor `PostgreSQL` for another than `postgresql`."""
    if isinstance(value, str) and isinstance(wanted, str):
        return value.casefold() == wanted.casefold()
    return isinstance(value, bool) is isinstance(wanted, bool) and value == wanted


def _stands(value: Value | None, comparison: Comparison, number: float) -> Held:
    if value is None or isinstance(value, (str, bool)):
        return None
    match comparison:
        case "below":
            return value < number
        case "above":
            return value > number
        case "at_least":
            return value >= number
        case "at_most":
            return value <= number


def _every(answers: Iterable[Held]) -> Held:
    unsettled = False
    for answer in answers:
        if answer is False:
            return False
        unsettled = unsettled or answer is None
    return None if unsettled else True


def _negated(answer: Held) -> Held:
    return None if answer is None else not answer


def _bracketed(part: Condition, *kinds: type[All | AnyOf]) -> str:
    return f"({words(part)})" if isinstance(part, kinds) else words(part)


def _value_words(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else f"{value:g}"
