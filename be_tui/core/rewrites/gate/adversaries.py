"""Rows that tell queries apart: none, NULL wherever it may be, the same twice, ends of ranges.

The same tables and literals give the same rows, in every process.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Literal

from be_tui.core.rewrites.gate.values import NULL, ends, hot, pool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from be_tui.core.rewrites.gate.values import Literals
    from be_tui.core.schema import Column, Table
    from be_tui.core.sqltext import Engine

Kind = Literal[
    "empty", "without one", "doubled", "no nulls", "all nulls", "ends", "matching", "mixed"
]
"""`matching` holds what the query compares with, so that many conditions hold at once."""

_NULL_SHARE = 0.25
_NULL_SHARES: dict[Kind, float] = {"no nulls": 0.0, "all nulls": 1.0, "matching": 0.08}
_MATCHING = 0.85
_SIZES = (1, 2, 4, 7)
_TRIES = 4
"""How often a row that its keys refuse is drawn again."""

_HOT = 3
"""Of a pool's values, how many are drawn most: rows of different tables meet in them."""


@dataclass(frozen=True, slots=True)
class Data:
    """What each table holds."""

    kind: Kind
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    """By table, in the order of the tables; values as SQL writes them, generated ones left out."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a query compares with."""

    literals: Literals
    hot: Mapping[tuple[str, str], tuple[str, ...]]
    """By the names of table and column."""

    own: bool = True
    """Whether the query is written for the engine that the rows are made for."""


def filled(table: Table) -> tuple[Column, ...]:
    """Give the columns that are filled: those that the engine does not work out."""
    return tuple(each for each in table.columns if not each.generated)


def adversaries(
    tables: Sequence[Table], wanted: Wanted, engine: Engine, count: int, seed: int
) -> Iterator[Data]:
    """Give sets of rows, the telling ones first.

    Args:
        tables: Those that a query reads.
        wanted: What it compares with.
        engine: Whose values they are.
        count: How many sets.
        seed: Where the draws begin.
    """
    makers = [_Maker(table, wanted, engine) for table in tables]
    for number in range(count):
        draw = Random(f"{seed}/{number}")  # noqa: S311 (drawn again in the next run)
        yield _data(makers, _kind(number, len(tables)), number, draw)


def _kind(number: int, tables: int) -> Kind:
    order: list[Kind] = ["mixed", "empty", "doubled", "matching", "no nulls", "all nulls"]
    order += ["without one"] * (tables if tables > 1 else 0)
    if number < len(order):
        return order[number]
    turn: tuple[Kind, ...] = ("mixed", "matching", "doubled", "no nulls", "matching", "ends")
    return turn[number % len(turn)]


def _data(makers: list[_Maker], kind: Kind, number: int, draw: Random) -> Data:
    rows: list[tuple[tuple[str, ...], ...]] = []
    for at, maker in enumerate(makers):
        gone = kind == "empty" or (kind == "without one" and number % len(makers) == at)
        size = 0 if gone else draw.choice(_SIZES)
        rows.append(maker.rows(kind, size, draw))
    return Data(kind, tuple(rows))


class _Maker:
    """Makes rows of one table that its keys let in."""

    def __init__(self, table: Table, wanted: Wanted, engine: Engine) -> None:
        self._columns = filled(table)
        self._pools = [
            pool(each.type, wanted.literals, engine, own=wanted.own) for each in self._columns
        ]
        self._hot = [
            hot(each.type, wanted.hot.get((table.name.folded, each.name.folded), ()), engine)
            for each in self._columns
        ]
        self._nullable = [each.nullable for each in self._columns]
        # SQLite lets NULL into a key that is no row number; the schema says which those are.
        places = {each.name.folded: at for at, each in enumerate(self._columns)}
        self._keys = [
            tuple(places[name] for name in unique)
            for unique in table.unique_sets
            if unique <= places.keys()
        ]

    def rows(self, kind: Kind, size: int, draw: Random) -> tuple[tuple[str, ...], ...]:
        """Give so many rows, or as many as the keys let in."""
        made: list[tuple[str, ...]] = []
        seen: list[set[tuple[str, ...]]] = [set() for _ in self._keys]
        model = self._row(kind, draw) if kind == "doubled" else ()
        for _ in range(size):
            for _ in range(_TRIES):
                row = self._row(kind, draw)
                if model:
                    row = self._like(model, row)
                if self._fits(row, seen):
                    made.append(row)
                    break
        return tuple(made)

    def _row(self, kind: Kind, draw: Random) -> tuple[str, ...]:
        return tuple(self._value(at, kind, draw) for at in range(len(self._columns)))

    def _value(self, at: int, kind: Kind, draw: Random) -> str:
        if self._nullable[at]:
            share = _NULL_SHARES.get(kind, _NULL_SHARE)
            if draw.random() < share:
                return NULL
        values, wanted = self._pools[at], self._hot[at]
        if wanted and draw.random() < (_MATCHING if kind == "matching" else _NULL_SHARE):
            return draw.choice(wanted)
        if kind == "ends":
            last = ends(self._columns[at].type)
            if last and draw.random() < _NULL_SHARE:
                return draw.choice(last)
        return draw.choice(values[:_HOT] if draw.random() < 1 / 2 else values)

    def _like(self, model: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...]:
        """Give the model again, but for what a key wants to be new."""
        keys = {at for key in self._keys for at in key}
        return tuple(row[at] if at in keys else model[at] for at in range(len(row)))

    def _fits(self, row: tuple[str, ...], seen: list[set[tuple[str, ...]]]) -> bool:
        values = [tuple(row[at] for at in key) for key in self._keys]
        if any(
            value in found and NULL not in value for value, found in zip(values, seen, strict=True)
        ):
            return False
        for value, found in zip(values, seen, strict=True):
            found.add(value)
        return True
