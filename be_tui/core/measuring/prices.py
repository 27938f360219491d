"""What an index costs writes: batches of rows put in and changed, then undone, on both sides."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from be_tui.core.databases import Bounds, StatementError
from be_tui.core.filling import Sql, address, insert, spelt
from be_tui.core.measuring.model import Price, Timing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Literal

    from be_tui.core.filling import FillPlan, TablePlan
    from be_tui.core.measuring.model import Trial
    from be_tui.core.measuring.stage import Stage
    from be_tui.core.sqltext import Parsed

BATCH = 1_000
_TURNS = 15
_BOUNDS = Bounds(seconds=60)


def prices(
    trial: Trial, plan: FillPlan, before: Stage, after: Stage, heed: Callable[[], None]
) -> tuple[tuple[Price, ...], tuple[str, ...]]:
    """Measure what writes cost; give besides why some could not be measured.

    Args:
        trial: What is tried.
        plan: How the tables were filled.
        before: The side without the indexes.
        after: The side with them.
        heed: Asked between turns; raises where the work is to stop.
    """
    found: list[Price] = []
    notes: list[str] = []
    for table, columns in _indexed(trial, plan):
        for what, statement in _writes(Sql(trial.engine, trial.seed), table, columns):
            try:
                sides = _alternate(statement, before, after, heed)
            except StatementError as error:
                if error.trouble != "refused":
                    raise
                notes.append(f"{what}s of {table.table.name.text} not measured: {error.message}")
                continue
            rows = min(BATCH, table.rows) if what == "update" else BATCH
            found.append(Price(table.table.name.text, what, rows, *sides))
    return tuple(found), tuple(notes)


def _indexed(trial: Trial, plan: FillPlan) -> Iterator[tuple[TablePlan, tuple[str, ...]]]:
    """Give the tables that get an index, with the columns in it."""
    from be_tui.core.sqltext import Parsed, parse, split

    seen: dict[str, list[str]] = {}
    for ddl in trial.indexes:
        (statement,) = split(ddl, trial.engine)
        found = parse(statement, trial.engine)
        if isinstance(found, Parsed):
            table, columns = _named(found)
            seen.setdefault(table, []).extend(columns)
    for name, names in seen.items():
        planned = plan.table(name)
        if planned and planned.rows:
            yield planned, tuple(names)


def _named(found: Parsed) -> tuple[str, list[str]]:
    from sqlglot import exp

    tree = found.tree
    table = tree.this.args["table"].name
    return table, [each.name.casefold() for each in tree.this.find_all(exp.Column)]


def _writes(
    sql: Sql, table: TablePlan, columns: tuple[str, ...]
) -> Iterator[tuple[Literal["insert", "update"], str]]:
    yield "insert", insert(sql, table, table.rows, BATCH)
    key = table.table.primary_key
    number = table.table.column(key.columns[0]) if key and len(key.columns) == 1 else None
    if number is None or number.type.family != "integer":
        return
    kept = {name for names in table.table.unique_sets for name in names}
    free = [each for name in columns if name not in kept and (each := table.column(name))]
    if not free:
        return
    by, own = sql.name(spelt(sql, number.name)), free[-1]
    changed = f"{sql.name(spelt(sql, own.column.name))} = {own.make(f'({by} + 1)')}"
    # Spread over the table, as writes mostly are.
    step = max(table.rows // BATCH, 1)
    numbers = ", ".join(str(step * each) for each in range(1, min(BATCH, table.rows) + 1))
    yield "update", f"UPDATE {address(sql, table.table)} SET {changed} WHERE {by} IN ({numbers})"  # noqa: S608 (our names)


def _alternate(
    statement: str, before: Stage, after: Stage, heed: Callable[[], None]
) -> tuple[Timing, Timing]:
    sides = [(before, _Writing(before)), (after, _Writing(after))]
    for _, writing in sides:
        writing.once(statement)
    first, second = sides[0][1], sides[1][1]
    for writing in (first, second):
        writing.forget()
    for _ in range(_TURNS):
        for _, writing in sides:
            heed()
            writing.once(statement)
        sides.reverse()
    return first.timing, second.timing


class _Writing:
    """One side's batches, each undone."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._cpu: list[float] = []
        self._wall: list[float] = []

    def once(self, statement: str) -> None:
        session, clock = self._stage.session, self._stage.clock
        session.run("BEGIN")
        try:
            cpu, wall = clock.read(), time.perf_counter()
            session.run(statement, _BOUNDS)
            self._wall.append((time.perf_counter() - wall) * 1000)
            after = clock.read()
            if cpu is not None and after is not None:
                self._cpu.append(after - cpu)
        finally:
            with suppress(StatementError):
                session.run("ROLLBACK")

    def forget(self) -> None:
        self._cpu.clear()
        self._wall.clear()

    @property
    def timing(self) -> Timing:
        return Timing(tuple(self._cpu), tuple(self._wall))
