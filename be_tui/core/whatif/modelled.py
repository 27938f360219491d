"""The judge that needs nothing: a small model of no engine's own. What it says is a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema import Index, IndexPart
from be_tui.core.statistics import assume
from be_tui.core.whatif.estimating import Figures, index_pages
from be_tui.core.whatif.held import HeldJudge
from be_tui.core.whatif.model import Judged, RefusedError, StoppedError, Unjudged
from be_tui.core.whatif.modelling import Held, Model
from be_tui.core.whatif.terms import held, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.schema import Schema, Table
    from be_tui.core.sqltext import Target
    from be_tui.core.statistics import Statistics
    from be_tui.core.whatif.model import IndexSketch
    from be_tui.core.whatif.terms import Reading

_METHODS = frozenset({"btree", "hash"})
"""Kinds of index that the model knows how to search."""


class ModelJudge(HeldJudge):
    """Judges by the model."""

    kind = "model"
    unit = "pages"

    def __init__(
        self, schema: Schema, target: Target, statistics: Statistics | None = None
    ) -> None:
        """Take what is known.

        Args:
            schema: The tables.
            target: The engine that it is about.
            statistics: What was measured; the rest is assumed.
        """
        self.engine = target.engine
        self._schema = schema
        self._target = target
        self._given = statistics
        self._figures = Figures(assume(schema, target.engine, statistics))
        self._indexes = {each.name.folded: self._own(each) for each in schema.tables}
        self._readings: dict[str, Reading | RefusedError] = {}
        self._stopped = False

    @property
    def about(self) -> str:
        """Give one line for people."""
        given = self._given
        source = f"statistics from {given.source}" if given and given.source else ""
        return (
            "a model of pages read, no engine's own, over"
            f" {source or 'rows and values assumed from the schema'}: a guess"
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Give what could not be read of the statistics, a line each."""
        return self._given.left_out if self._given else ()

    def costs(
        self,
        statements: Sequence[str],
        indexes: Sequence[IndexSketch] = (),
        without: Sequence[str] = (),
    ) -> tuple[Judged | Unjudged, ...]:
        """Give what the statements would cost."""
        self._stopped = False
        gone = {name.casefold() for name in without}
        there = {
            table: [each for each in own if each.index.name.casefold() not in gone]
            for table, own in self._indexes.items()
        }
        for sketch in dict.fromkeys(indexes):
            table = self._table(sketch)
            share = self._share(table, sketch.index)
            there[table.name.folded].append(Held(sketch.name, sketch.index, share))
        return tuple(self._judged(statement, there) for statement in statements)

    def size(self, index: IndexSketch) -> int:
        """Give the bytes that an index would take."""
        table = self._table(index)
        share = self._share(table, index.index)
        return int(index_pages(table, index.index, self._figures, share)) * self._figures.page

    def stop(self) -> None:
        """End what is under way."""
        self._stopped = True

    def close(self) -> None:
        """Nothing was made."""

    def _judged(self, statement: str, there: dict[str, list[Held]]) -> Judged | Unjudged:
        if self._stopped:
            raise StoppedError("it was stopped")
        if statement not in self._readings:
            try:
                self._readings[statement] = read(
                    statement, self._schema, self._target, self._figures
                )
            except RefusedError as error:
                self._readings[statement] = error
        reading = self._readings[statement]
        if isinstance(reading, RefusedError):
            return Unjudged(reading.message)
        path = Model(reading, self._figures, there).plan()
        return Judged(path.cost, "\n".join(path.said), tuple(path.used))

    def _own(self, table: Table) -> list[Held]:
        """Give the indexes that a table has: its keys, and those made by themselves."""
        found = []
        for number, key in enumerate(table.keys):
            primary = table.primary_key is not None and number == 0
            parts = tuple(IndexPart(column, column) for column in key.columns)
            index = Index(key.name, parts, key.place, unique=True)
            name = key.name or f"{table.name.text} {'primary key' if primary else 'unique'}"
            found.append(Held(name, index, clustered=primary and self._clusters(table)))
        return found + [
            Held(each.name, each, self._share(table, each))
            for each in table.indexes
            if each.method in _METHODS
        ]

    def _clusters(self, table: Table) -> bool:
        """Tell whether rows stand in the primary key: in InnoDB, and in SQLite by number."""
        if self._target.engine == "sqlite":
            return not table.rowid or table.primary_key is not None
        return self._target.is_mysql and table.storage in {"", "innodb"}

    def _share(self, table: Table, index: Index) -> float:
        return held(table, index.where, self._schema, self._target, self._figures)

    def _table(self, sketch: IndexSketch) -> Table:
        name = sketch.table.name.text
        table = self._schema.table(name, sketch.table.namespace)
        if table is None:
            raise RefusedError(f"there is no table {name}", where=sketch.name)
        if sketch.index.method not in _METHODS:
            message = f"the model knows no {sketch.index.method} index"
            raise RefusedError(message, where=sketch.name)
        return table
