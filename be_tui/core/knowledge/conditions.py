"""The small typed language of trees: conditions over answers and measures, as data.

Because a condition is data, a tree can be drawn, checked and proved. A name with a dot
is a measure (`tests.functions`), one without is a question. In YAML:

    {bottleneck: database}                 the answer to `bottleneck` is `database`
    {bottleneck: [database, network]}      ... is one of these
    {tests.functions: {below: 10}}         below, above, at_least, at_most
    {a: x, b: y}                           all of them
    {any: [{a: x}, {b: y}]}, {not: {a: x}}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Comparison = Literal["below", "above", "at_least", "at_most"]
COMPARISONS: tuple[Comparison, ...] = ("below", "above", "at_least", "at_most")


@dataclass(frozen=True, slots=True)
class Is:
    """The named answer or measure is one of these values."""

    name: str
    values: tuple[str | float | bool, ...]


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
